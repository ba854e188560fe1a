/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-parameter-list.h"

#include <glib/gi18n.h>

#include "domain/trestle-draft-field.h"
#include "domain/trestle-node.h"
#include "versions/trestle-parameter-dialog.h"
#include "widgets/trestle-draft-binding.h"
#include "widgets/trestle-finding-strip.h"

struct _TrestleParameterList
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list;
  TrestleFindingStrip *strip;

  TrestleDraftBinding *binding;
  char *flag;
  char *flag_label;
  JsonNode *shown; /* the list as its rows show it */
  gboolean flagging;
};

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_PATH,
  PROP_FLAG,
  PROP_FLAG_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleParameterList, trestle_parameter_list, ADW_TYPE_PREFERENCES_GROUP)

static void
keep_shown (TrestleParameterList *self)
{
  JsonNode *list = trestle_draft_get (trestle_draft_binding_get_draft (self->binding),
                                      trestle_draft_binding_get_path (self->binding));

  g_clear_pointer (&self->shown, json_node_unref);
  self->shown = list != NULL ? trestle_draft_dup_node (list) : NULL;
}

static void
on_flag (GtkCheckButton *check, TrestleParameterList *self)
{
  TrestleDraft *draft = trestle_draft_binding_get_draft (self->binding);
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (check), GTK_TYPE_LIST_BOX_ROW);
  g_autofree char *path = g_strdup_printf (
      "%s[%d].%s", trestle_draft_binding_get_path (self->binding),
      gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), self->flag);

  /* The row shows it already, and keeps the keyboard. */
  g_clear_pointer (&self->shown, json_node_unref);
  self->flagging = TRUE;
  trestle_draft_set_bool (draft, path, gtk_check_button_get_active (check));
  self->flagging = FALSE;
  keep_shown (self);
}

static GtkWidget *
create_check (TrestleParameterList *self, JsonNode *parameter)
{
  GtkWidget *check = gtk_check_button_new_with_label (self->flag_label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), trestle_node_flag (parameter, self->flag));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_signal_connect (check, "toggled", G_CALLBACK (on_flag), self);
  return check;
}

static GtkWidget *
create_button (const char *icon, const char *tooltip, const char *action, guint index)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  return button;
}

static GtkWidget *
create_row (TrestleParameterList *self, JsonNode *parameter, guint index)
{
  GtkWidget *row = adw_action_row_new ();
  const char *name = trestle_node_text (parameter, "Name");
  const char *description = trestle_node_text (parameter, "Description");
  const char *constraints = trestle_node_text (parameter, "Constraints");
  g_autofree char *subtitle =
      constraints != NULL
          ? g_strdup_printf ("%s\n%s", description != NULL ? description : "–", constraints)
          : g_strdup (description != NULL ? description : _ ("Not described yet"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 name != NULL ? name : _ ("Without a name"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (self->flag != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_check (self, parameter));
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      create_button ("document-edit-symbolic", _ ("Edit"), "parameters.edit", index));
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      create_button ("user-trash-symbolic", _ ("Remove"), "parameters.remove", index));
  return row;
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
update (TrestleParameterList *self)
{
  TrestleDraft *draft = trestle_draft_binding_get_draft (self->binding);
  const char *path = trestle_draft_binding_get_path (self->binding);
  JsonNode *list;
  guint n;

  if (draft == NULL || path == NULL)
    return;
  list = trestle_draft_get (draft, path);
  n = trestle_draft_get_length (draft, path);
  if (!self->flagging && !(list != NULL && trestle_node_same (list, self->shown)))
    {
      gtk_list_box_remove_all (self->list);
      for (guint i = 0; i < n; i++)
        gtk_list_box_append (self->list, create_row (self, trestle_node_element (list, i), i));
      keep_shown (self);
    }
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
on_activated (TrestleParameterList *self, GtkListBoxRow *row)
{
  edit (self, (guint) gtk_list_box_row_get_index (row));
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
  g_clear_pointer (&self->shown, json_node_unref);
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
  object_class->get_property = trestle_parameter_list_get_property;
  object_class->set_property = trestle_parameter_list_set_property;
  object_class->dispose = trestle_parameter_list_dispose;
  object_class->finalize = trestle_parameter_list_finalize;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_FLAG] = g_param_spec_string ("flag", NULL, NULL, NULL, flags);
  properties[PROP_FLAG_LABEL] = g_param_spec_string ("flag-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/versions/trestle-parameter-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterList, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "parameters.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "parameters.edit", "u", edit_action);
  gtk_widget_class_install_action (widget_class, "parameters.remove", "u", remove_action);
}

static void
trestle_parameter_list_init (TrestleParameterList *self)
{
  self->binding = trestle_draft_binding_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->binding, "changed", G_CALLBACK (update), self);
}
