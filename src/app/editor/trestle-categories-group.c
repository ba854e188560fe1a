/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-categories-group.h"

#include <glib/gi18n.h>

#include "domain/trestle-draft-field.h"
#include "domain/trestle-draft-path.h"
#include "domain/trestle-marketplace.h"
#include "widgets/trestle-draft-binding.h"
#include "widgets/trestle-finding-strip.h"

#define PATH "Product.Categories"

struct _TrestleCategoriesGroup
{
  AdwPreferencesGroup parent_instance;

  GtkLabel *counter;
  TrestleFindingStrip *strip;
  AdwComboRow *add_row;

  TrestleDraftBinding *binding;
  GPtrArray *rows; /* held by the group */
  char *chosen;    /* and not in the draft yet */
  guint adding;
  gboolean updating;
};

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_PATH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleCategoriesGroup, trestle_categories_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_remove (TrestleCategoriesGroup *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  guint index;

  if (g_ptr_array_find (self->rows, row, &index))
    trestle_draft_remove (trestle_draft_binding_get_draft (self->binding), PATH, index);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_row));
}

static gboolean
add_cb (gpointer data)
{
  TrestleCategoriesGroup *self = data;
  TrestleDraft *draft = trestle_draft_binding_get_draft (self->binding);
  g_autofree char *chosen = g_steal_pointer (&self->chosen);

  self->adding = 0;
  if (draft != NULL)
    trestle_draft_insert (draft, PATH, G_MAXUINT,
                          json_node_init_string (json_node_alloc (), chosen));
  return G_SOURCE_REMOVE;
}

/* The row's list is another then, which it must not become while the row tells of the choice. */
static void
on_selected (TrestleCategoriesGroup *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (self->add_row);

  if (self->updating || chosen == NULL || adw_combo_row_get_selected (self->add_row) == 0)
    return;
  g_set_str (&self->chosen, gtk_string_object_get_string (chosen));
  if (self->adding == 0)
    self->adding = g_timeout_add (0, add_cb, self);
}

static void
add_chosen (TrestleCategoriesGroup *self, const char *name)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *tooltip = g_strdup_printf (_ ("Remove %s"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

/* What can still be chosen, after what says that nothing is: the row always has something chosen. */
static void
offer_others (TrestleCategoriesGroup *self, char **chosen)
{
  const char *const *all = trestle_marketplace_categories ();
  g_autoptr (GtkStringList) others = gtk_string_list_new (NULL);

  gtk_string_list_append (others, _ ("Choose…"));
  for (guint i = 0; all[i] != NULL; i++)
    if (chosen == NULL || !g_strv_contains ((const char *const *) chosen, all[i]))
      gtk_string_list_append (others, all[i]);
  adw_combo_row_set_model (self->add_row, G_LIST_MODEL (others));
  adw_combo_row_set_selected (self->add_row, 0);
}

static void
update (TrestleCategoriesGroup *self)
{
  TrestleDraft *draft = trestle_draft_binding_get_draft (self->binding);
  TrestleTone tone;
  g_autofree char *counter = trestle_draft_binding_dup_counter (self->binding, &tone);
  gint64 most = trestle_draft_field_get_most (trestle_draft_field_find (PATH));
  g_auto (GStrv) chosen = draft != NULL ? trestle_draft_dup_texts (draft, PATH) : NULL;
  guint n = chosen != NULL ? g_strv_length (chosen) : 0;

  self->updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_object_ref (self->add_row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->add_row));
  for (guint i = 0; i < n; i++)
    add_chosen (self, chosen[i]);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->add_row));
  g_object_unref (self->add_row);
  offer_others (self, chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->add_row), most < 0 || n < most);
  self->updating = FALSE;

  gtk_label_set_label (self->counter, counter);
  trestle_tone_set (GTK_WIDGET (self->counter), tone);
  trestle_finding_strip_set_finding (self->strip,
                                     trestle_draft_binding_get_finding (self->binding));
}

static gboolean
trestle_categories_group_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TRESTLE_CATEGORIES_GROUP (widget)->add_row));
}

static void
trestle_categories_group_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleCategoriesGroup *self = TRESTLE_CATEGORIES_GROUP (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      g_value_set_object (value, trestle_draft_binding_get_open_draft (self->binding));
      break;
    case PROP_PATH:
      g_value_set_string (value, PATH);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_categories_group_set_property (GObject *object,
                                       guint id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  TrestleCategoriesGroup *self = TRESTLE_CATEGORIES_GROUP (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      trestle_draft_binding_set_open_draft (self->binding, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_categories_group_dispose (GObject *object)
{
  TrestleCategoriesGroup *self = TRESTLE_CATEGORIES_GROUP (object);

  g_clear_handle_id (&self->adding, g_source_remove);
  if (self->binding != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->binding, self);
      trestle_draft_binding_set_open_draft (self->binding, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_CATEGORIES_GROUP);
  G_OBJECT_CLASS (trestle_categories_group_parent_class)->dispose (object);
}

static void
trestle_categories_group_finalize (GObject *object)
{
  TrestleCategoriesGroup *self = TRESTLE_CATEGORIES_GROUP (object);

  g_clear_object (&self->binding);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->chosen);
  G_OBJECT_CLASS (trestle_categories_group_parent_class)->finalize (object);
}

static void
trestle_categories_group_class_init (TrestleCategoriesGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  object_class->dispose = trestle_categories_group_dispose;
  object_class->finalize = trestle_categories_group_finalize;
  object_class->get_property = trestle_categories_group_get_property;
  object_class->set_property = trestle_categories_group_set_property;
  widget_class->grab_focus = trestle_categories_group_grab_focus;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-categories-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleCategoriesGroup, counter);
  gtk_widget_class_bind_template_child (widget_class, TrestleCategoriesGroup, strip);
  gtk_widget_class_bind_template_child (widget_class, TrestleCategoriesGroup, add_row);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
}

static void
trestle_categories_group_init (TrestleCategoriesGroup *self)
{
  self->binding = trestle_draft_binding_new ();
  self->rows = g_ptr_array_new ();
  trestle_draft_binding_set_path (self->binding, PATH);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->binding, "changed", G_CALLBACK (update), self);
}
