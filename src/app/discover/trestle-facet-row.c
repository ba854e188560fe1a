/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-facet-row.h"

#include <glib/gi18n.h>

#include "widgets/trestle-format.h"
#include "widgets/trestle-stars.h"
#include "widgets/trestle-widget.h"

struct _TrestleFacetRow
{
  GtkWidget parent_instance;

  GtkCheckButton *check;
  TrestleStars *stars;
  GtkLabel *label;
  GtkLabel *count;

  char *group;
  char *value;
  char *text;
  gint64 n;
  gboolean following;
};

static guint toggled_signal;

G_DEFINE_FINAL_TYPE (TrestleFacetRow, trestle_facet_row, GTK_TYPE_WIDGET)

const char *
trestle_facet_row_get_group (TrestleFacetRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_FACET_ROW (self), NULL);
  return self->group;
}

const char *
trestle_facet_row_get_value (TrestleFacetRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_FACET_ROW (self), NULL);
  return self->value;
}

const char *
trestle_facet_row_get_label (TrestleFacetRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_FACET_ROW (self), NULL);
  return self->text;
}

gboolean
trestle_facet_row_get_active (TrestleFacetRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_FACET_ROW (self), FALSE);
  return gtk_check_button_get_active (self->check);
}

void
trestle_facet_row_set_active (TrestleFacetRow *self, gboolean active)
{
  g_return_if_fail (TRESTLE_IS_FACET_ROW (self));
  self->following = TRUE;
  gtk_check_button_set_active (self->check, active);
  self->following = FALSE;
}

void
trestle_facet_row_set_count (TrestleFacetRow *self, gint64 count)
{
  g_autofree char *text = count >= 0 ? trestle_format_count (count) : g_strdup ("");
  g_autofree char *name = NULL;

  g_return_if_fail (TRESTLE_IS_FACET_ROW (self));

  self->n = count;
  gtk_label_set_label (self->count, text);
  name = count >= 0 ? g_strdup_printf (
                          g_dngettext (NULL, "%s, %s product", "%s, %s products", (gulong) count),
                          self->text, text)
                    : g_strdup (self->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

gint64
trestle_facet_row_get_count (TrestleFacetRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_FACET_ROW (self), -1);
  return self->n;
}

static void
on_toggled (TrestleFacetRow *self)
{
  if (!self->following)
    g_signal_emit (self, toggled_signal, 0);
}

static void
trestle_facet_row_dispose (GObject *object)
{
  TrestleFacetRow *self = TRESTLE_FACET_ROW (object);

  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->text, g_free);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_FACET_ROW);
  G_OBJECT_CLASS (trestle_facet_row_parent_class)->dispose (object);
}

static void
trestle_facet_row_class_init (TrestleFacetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_STARS);
  G_OBJECT_CLASS (klass)->dispose = trestle_facet_row_dispose;
  toggled_signal = g_signal_new ("toggled", TRESTLE_TYPE_FACET_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/discover/trestle-facet-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleFacetRow, check);
  gtk_widget_class_bind_template_child (widget_class, TrestleFacetRow, stars);
  gtk_widget_class_bind_template_child (widget_class, TrestleFacetRow, label);
  gtk_widget_class_bind_template_child (widget_class, TrestleFacetRow, count);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
trestle_facet_row_init (TrestleFacetRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_facet_row_new (const char *group, const char *value, const char *label, double stars)
{
  TrestleFacetRow *self = g_object_new (TRESTLE_TYPE_FACET_ROW, NULL);

  self->group = g_strdup (group);
  self->value = g_strdup (value);
  self->text = g_strdup (label);
  g_object_set (self->stars, "visible", stars > 0, "rating", stars, NULL);
  gtk_label_set_label (self->label, stars > 0 ? _ ("and up") : label);
  trestle_facet_row_set_count (self, -1);
  return GTK_WIDGET (self);
}
