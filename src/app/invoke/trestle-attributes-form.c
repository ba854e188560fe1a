/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-attributes-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-attributes.h"
#include "domain/trestle-limits.h"
#include "invoke/trestle-attribute-row.h"
#include "widgets/trestle-widget.h"

struct _TrestleAttributesForm
{
  GtkWidget parent_instance;

  GtkLabel *caption;
  GtkWidget *source_label;
  GtkToggleButton *as_text;
  GtkBox *rows;
  GtkEntry *entry;
  GtkLabel *problem_label;
  GtkLabel *sent_label;

  char *text;
  gboolean valid;
};

G_DEFINE_FINAL_TYPE (TrestleAttributesForm, trestle_attributes_form, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_VALID,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_written (TrestleAttributesForm *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->entry));
}

static char *
dup_written (TrestleAttributesForm *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  return *text != '\0' ? g_strdup (text) : NULL;
}

static char *
join_rows (TrestleAttributesForm *self, gboolean *valid)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      g_autofree char *pair = trestle_attribute_row_dup_pair (TRESTLE_ATTRIBUTE_ROW (row));

      *valid &= trestle_attribute_row_is_valid (TRESTLE_ATTRIBUTE_ROW (row));
      if (pair != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ";" : "", pair);
    }
  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

/* What of the whole header AWS would refuse; a row says its own. */
static char *
dup_problem (const char *text)
{
  gint64 limit = trestle_limit (TRESTLE_LIMIT_ATTRIBUTES_CHARS);

  if (text == NULL || trestle_attributes_is_sendable (text))
    return NULL;
  if ((gint64) strlen (text) > limit)
    return g_strdup_printf (_ ("%d of %d characters"), (int) strlen (text), (int) limit);
  return g_strdup (_ ("Only printable ASCII characters can be sent"));
}

static void
on_changed (TrestleAttributesForm *self)
{
  gboolean valid = TRUE;
  g_autofree char *text = is_written (self) ? dup_written (self) : join_rows (self, &valid);
  g_autofree char *problem = dup_problem (text);
  /* Translators: the header of a call, "Sent as min-score=0.6;classes=car" */
  g_autofree char *sent = text != NULL ? g_strdup_printf (_ ("Sent as %s"), text) : NULL;

  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  gtk_label_set_label (self->sent_label, sent != NULL ? sent : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sent_label),
                          sent != NULL && problem == NULL && !is_written (self));
  if (g_set_str (&self->text, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  if (self->valid != (valid && problem == NULL))
    {
      self->valid = !self->valid;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
    }
}

/* One begins to write where the form has come to. */
static void
on_as_text_toggled (TrestleAttributesForm *self)
{
  gboolean written = gtk_toggle_button_get_active (self->as_text);

  if (written)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), self->text != NULL ? self->text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->entry), written);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), !written);
  on_changed (self);
}

void
trestle_attributes_form_set_attributes (TrestleAttributesForm *self, GListModel *attributes)
{
  guint n = g_list_model_get_n_items (attributes);
  GtkWidget *row;

  g_return_if_fail (TRESTLE_IS_ATTRIBUTES_FORM (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleAttribute) attribute = g_list_model_get_item (attributes, i);

      row = trestle_attribute_row_new (attribute);
      g_signal_connect_object (row, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->rows, row);
    }
  if (n > 0)
    gtk_widget_remove_css_class (GTK_WIDGET (self->caption), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->caption), "dim-label");
  gtk_widget_set_visible (self->source_label, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->as_text), n > 0);
  gtk_toggle_button_set_active (self->as_text, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), n == 0);
  on_changed (self);
}

void
trestle_attributes_form_reset (TrestleAttributesForm *self)
{
  g_return_if_fail (TRESTLE_IS_ATTRIBUTES_FORM (self));

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    trestle_attribute_row_reset (TRESTLE_ATTRIBUTE_ROW (row));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_toggle_button_set_active (self->as_text, FALSE);
  on_changed (self);
}

const char *
trestle_attributes_form_get_text (TrestleAttributesForm *self)
{
  g_return_val_if_fail (TRESTLE_IS_ATTRIBUTES_FORM (self), NULL);
  return self->text;
}

gboolean
trestle_attributes_form_get_valid (TrestleAttributesForm *self)
{
  g_return_val_if_fail (TRESTLE_IS_ATTRIBUTES_FORM (self), FALSE);
  return self->valid;
}

static void
trestle_attributes_form_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_ATTRIBUTES_FORM);
  G_OBJECT_CLASS (trestle_attributes_form_parent_class)->dispose (object);
}

static void
trestle_attributes_form_finalize (GObject *object)
{
  g_free (TRESTLE_ATTRIBUTES_FORM (object)->text);
  G_OBJECT_CLASS (trestle_attributes_form_parent_class)->finalize (object);
}

static void
trestle_attributes_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleAttributesForm *self = TRESTLE_ATTRIBUTES_FORM (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

#define BIND(child)                                                                                \
  gtk_widget_class_bind_template_child (widget_class, TrestleAttributesForm, child)

static void
trestle_attributes_form_class_init (TrestleAttributesFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = trestle_attributes_form_dispose;
  object_class->finalize = trestle_attributes_form_finalize;
  object_class->get_property = trestle_attributes_form_get_property;
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/invoke/trestle-attributes-form.ui");
  BIND (caption);
  BIND (source_label);
  BIND (as_text);
  BIND (rows);
  BIND (entry);
  BIND (problem_label);
  BIND (sent_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_as_text_toggled);
}

static void
trestle_attributes_form_init (TrestleAttributesForm *self)
{
  self->valid = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}
