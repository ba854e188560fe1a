/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-parameter-list.h"

#include <glib/gi18n.h>

#include "domain/trestle-draft-field.h"
#include "domain/trestle-node.h"
#include "versions/trestle-parameter-dialog.h"
#include "versions/trestle-parameter-item.h"
#include "versions/trestle-sample-keys-dialog.h"
#include "widgets/trestle-draft-binding.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-growing.h"
#include "widgets/trestle-shell.h"
#include "workbench/trestle-version-samples.h"

/* Of the column with the names, which are short. */
#define NAME_WIDTH 150

/* A row is fifteen milliseconds of work. */
#define ROWS_AT_ONCE 4

struct _TrestleParameterList
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *add_button;
  GtkWidget *sample_button;
  GtkWidget *none;
  GtkWidget *scroller;
  GtkNoSelection *selection;
  GtkWidget *table;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *description_column;
  GtkColumnViewColumn *constraints_column;
  GtkColumnViewColumn *flag_column;
  TrestleFindingStrip *strip;

  TrestleDraftBinding *binding;
  GListStore *items;
  char *flag;
  char *flag_label;
  gboolean constrained; /* the list tells of constraints */
  gboolean narrow;
};

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_PATH,
  PROP_FLAG,
  PROP_FLAG_LABEL,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleParameterList, trestle_parameter_list, ADW_TYPE_PREFERENCES_GROUP)

/* --- Cells ---------------------------------------------------------------------------------- */

static char *
called (GObject *cell, const char *name)
{
  return g_strdup (name == NULL || *name == '\0' ? _ ("Without a name") : name);
}

static char *
described (GObject *cell, const char *description)
{
  return g_strdup (description == NULL || *description == '\0' ? _ ("Not described yet")
                                                               : description);
}

static gboolean
both (GObject *cell, gboolean narrow, const char *text)
{
  return narrow && text != NULL && *text != '\0';
}

static char *
to_edit (GObject *cell, const char *name)
{
  return g_strdup_printf (_ ("Edit %s"), name != NULL ? name : "");
}

static char *
to_remove (GObject *cell, const char *name)
{
  return g_strdup_printf (_ ("Remove %s"), name != NULL ? name : "");
}

static void
on_flag (GtkColumnViewCell *cell, GtkCheckButton *check)
{
  TrestleParameterItem *item = gtk_column_view_cell_get_item (cell);
  TrestleParameterList *self = TRESTLE_PARAMETER_LIST (
      gtk_widget_get_ancestor (GTK_WIDGET (check), TRESTLE_TYPE_PARAMETER_LIST));
  gboolean active = gtk_check_button_get_active (check);
  g_autofree char *path = NULL;

  /* the draft's own change comes here as well */
  if (self == NULL || item == NULL || trestle_parameter_item_get_flag (item) == active)
    return;
  path = g_strdup_printf ("%s[%u].%s", trestle_draft_binding_get_path (self->binding),
                          gtk_column_view_cell_get_position (cell), self->flag);
  trestle_draft_set_bool (trestle_draft_binding_get_draft (self->binding), path, active);
}

static void
on_edit (GtkColumnViewCell *cell, GtkWidget *button)
{
  gtk_widget_activate_action (button, "parameters.edit", "u",
                              gtk_column_view_cell_get_position (cell));
}

static void
on_remove (GtkColumnViewCell *cell, GtkWidget *button)
{
  gtk_widget_activate_action (button, "parameters.remove", "u",
                              gtk_column_view_cell_get_position (cell));
}

/* --- What is shown -------------------------------------------------------------------------- */

static void
show_columns (TrestleParameterList *self)
{
  gtk_column_view_column_set_visible (self->description_column, !self->narrow);
  gtk_column_view_column_set_visible (self->constraints_column, !self->narrow && self->constrained);
  gtk_column_view_column_set_expand (self->name_column, self->narrow);
  gtk_column_view_column_set_fixed_width (self->name_column, self->narrow ? -1 : NAME_WIDTH);
}

static void
update_count (TrestleParameterList *self, guint n)
{
  const TrestleDraftField *field = trestle_draft_field_find (
      trestle_draft_binding_get_path (self->binding));
  g_autofree char *text = NULL;

  if (field == NULL)
    return;
  text = g_strdup_printf (_ ("%u of %d · the web form takes %d"), n,
                          (int) trestle_draft_field_get_most (field),
                          (int) trestle_draft_field_get_advised (field));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
}

static void
update_items (TrestleParameterList *self, JsonNode *list, guint n)
{
  guint old = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  if (old > n)
    g_list_store_splice (self->items, n, old - n, NULL, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleParameterItem)
          item = i < old ? g_list_model_get_item (G_LIST_MODEL (self->items), i)
                         : trestle_parameter_item_new ();

      trestle_parameter_item_set (item, trestle_node_element (list, i), self->flag,
                                  self->flag_label, self->narrow);
      if (i >= old)
        g_list_store_append (self->items, item);
    }
}

static void
update (TrestleParameterList *self)
{
  TrestleDraft *draft = trestle_draft_binding_get_draft (self->binding);
  const char *path = trestle_draft_binding_get_path (self->binding);
  g_autofree char *constraints = NULL;
  guint n;

  if (draft == NULL || path == NULL)
    return;
  constraints = g_strconcat (path, "[].Constraints", NULL);
  self->constrained = trestle_draft_field_find (constraints) != NULL;
  n = trestle_draft_get_length (draft, path);
  update_items (self, trestle_draft_get (draft, path), n);
  show_columns (self);
  gtk_widget_set_visible (self->scroller, n > 0);
  gtk_widget_set_visible (self->none, n == 0);
  gtk_widget_set_visible (self->sample_button, trestle_version_sample_is_told (path));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "parameters.from-sample",
                                 trestle_version_sample_exists (draft, path));
  gtk_widget_set_tooltip_text (self->sample_button,
                               trestle_version_sample_exists (draft, path)
                                   ? _ ("Propose Rows From the Names in the Sample")
                                   : _ ("The version has no sample yet to read names from"));
  update_count (self, n);
  trestle_finding_strip_set_finding (self->strip,
                                     trestle_draft_binding_get_finding (self->binding));
}

static void
edit (TrestleParameterList *self, guint index)
{
  g_autofree char *path = g_strdup_printf ("%s[%u]", trestle_draft_binding_get_path (self->binding),
                                           index);

  adw_dialog_present (
      trestle_parameter_dialog_new (trestle_draft_binding_get_open_draft (self->binding), path,
                                    self->flag, self->flag_label),
      GTK_WIDGET (self));
}

static void
on_activated (TrestleParameterList *self, guint position)
{
  edit (self, position);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (TRESTLE_PARAMETER_LIST (widget), g_variant_get_uint32 (parameter));
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleParameterList *self = TRESTLE_PARAMETER_LIST (widget);

  /* the row takes the keyboard with it */
  gtk_widget_grab_focus (self->add_button);
  trestle_draft_remove (trestle_draft_binding_get_draft (self->binding),
                        trestle_draft_binding_get_path (self->binding),
                        g_variant_get_uint32 (parameter));
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleParameterList *self = TRESTLE_PARAMETER_LIST (widget);
  TrestleDraft *draft = trestle_draft_binding_get_draft (self->binding);
  const char *path = trestle_draft_binding_get_path (self->binding);
  guint n;

  if (draft == NULL || path == NULL)
    return;
  n = trestle_draft_get_length (draft, path);
  trestle_draft_insert (draft, path, n, trestle_node_take_object (json_object_new ()));
  edit (self, n);
}

static void
from_sample_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleParameterList *self = TRESTLE_PARAMETER_LIST (widget);
  TrestleSession *session = trestle_shell_get_session (widget);

  if (session != NULL)
    adw_dialog_present (trestle_sample_keys_dialog_new (
                            session, trestle_draft_binding_get_open_draft (self->binding),
                            trestle_draft_binding_get_path (self->binding)),
                        widget);
}

static void
trestle_parameter_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleParameterList *self = TRESTLE_PARAMETER_LIST (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      g_value_set_object (value, trestle_draft_binding_get_open_draft (self->binding));
      break;
    case PROP_PATH:
      g_value_set_string (value, trestle_draft_binding_get_path (self->binding));
      break;
    case PROP_FLAG:
      g_value_set_string (value, self->flag);
      break;
    case PROP_FLAG_LABEL:
      g_value_set_string (value, self->flag_label);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_parameter_list_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  TrestleParameterList *self = TRESTLE_PARAMETER_LIST (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      trestle_draft_binding_set_open_draft (self->binding, g_value_get_object (value));
      break;
    case PROP_PATH:
      trestle_draft_binding_set_path (self->binding, g_value_get_string (value));
      break;
    case PROP_FLAG:
      g_set_str (&self->flag, g_value_get_string (value));
      break;
    case PROP_FLAG_LABEL:
      g_set_str (&self->flag_label, g_value_get_string (value));
      gtk_column_view_column_set_title (self->flag_column, self->flag_label);
      break;
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_parameter_list_dispose (GObject *object)
{
  TrestleParameterList *self = TRESTLE_PARAMETER_LIST (object);

  if (self->binding != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->binding, self);
      trestle_draft_binding_set_open_draft (self->binding, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PARAMETER_LIST);
  G_OBJECT_CLASS (trestle_parameter_list_parent_class)->dispose (object);
}

static void
trestle_parameter_list_finalize (GObject *object)
{
  TrestleParameterList *self = TRESTLE_PARAMETER_LIST (object);

  g_clear_object (&self->binding);
  g_clear_object (&self->items);
  g_free (self->flag);
  g_free (self->flag_label);
  G_OBJECT_CLASS (trestle_parameter_list_parent_class)->finalize (object);
}

static void
trestle_parameter_list_class_init (TrestleParameterListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_PARAMETER_ITEM);
  object_class->get_property = trestle_parameter_list_get_property;
  object_class->set_property = trestle_parameter_list_set_property;
  object_class->dispose = trestle_parameter_list_dispose;
  object_class->finalize = trestle_parameter_list_finalize;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_FLAG] = g_param_spec_string ("flag", NULL, NULL, NULL, flags);
  properties[PROP_FLAG_LABEL] = g_param_spec_string ("flag-label", NULL, NULL, NULL, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/versions/trestle-parameter-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, add_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, sample_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, none);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, scroller);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, selection);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, table);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, name_column);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, description_column);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, constraints_column);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, flag_column);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_flag);
  gtk_widget_class_bind_template_callback (widget_class, on_edit);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, called);
  gtk_widget_class_bind_template_callback (widget_class, described);
  gtk_widget_class_bind_template_callback (widget_class, both);
  gtk_widget_class_bind_template_callback (widget_class, to_edit);
  gtk_widget_class_bind_template_callback (widget_class, to_remove);
  gtk_widget_class_install_action (widget_class, "parameters.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "parameters.from-sample", NULL,
                                   from_sample_action);
  gtk_widget_class_install_action (widget_class, "parameters.edit", "u", edit_action);
  gtk_widget_class_install_action (widget_class, "parameters.remove", "u", remove_action);
}

static void
trestle_parameter_list_init (TrestleParameterList *self)
{
  g_autoptr (GListModel) growing = NULL;

  self->binding = trestle_draft_binding_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (TRESTLE_TYPE_PARAMETER_ITEM);
  growing = trestle_growing_new (G_LIST_MODEL (self->items), ROWS_AT_ONCE);
  gtk_no_selection_set_model (self->selection, growing);
  g_signal_connect_swapped (self->binding, "changed", G_CALLBACK (update), self);
}
