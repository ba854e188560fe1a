/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-draft-list.h"

#include <glib/gi18n.h>

#include "domain/trestle-draft-field.h"
#include "domain/trestle-draft-path.h"
#include "widgets/trestle-draft-entry.h"
#include "widgets/trestle-finding-strip.h"

struct _TrestleDraftList
{
  AdwPreferencesGroup parent_instance;

  GtkLabel *counter;
  TrestleFindingStrip *strip;
  AdwPreferencesRow *add_row;

  TrestleDraftBinding *binding;
  char **members;
  GPtrArray
      *rows; /* TrestleDraftEntry, held by the group; of an element as many as it has members */
};

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_PATH,
  PROP_MEMBERS,
  PROP_ADD_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleDraftList, trestle_draft_list, ADW_TYPE_PREFERENCES_GROUP)

static guint
rows_each (TrestleDraftList *self)
{
  return self->members != NULL ? MAX (g_strv_length (self->members), 1) : 1;
}

static void
focus_element (TrestleDraftList *self, guint index)
{
  guint row = index * rows_each (self);

  gtk_widget_grab_focus (row < self->rows->len ? g_ptr_array_index (self->rows, row)
                                               : GTK_WIDGET (self->add_row));
}

static guint
find_element (TrestleDraftList *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, TRESTLE_TYPE_DRAFT_ENTRY);
  guint index = 0;

  g_ptr_array_find (self->rows, row, &index);
  return index / rows_each (self);
}

static void
on_remove (TrestleDraftList *self, GtkWidget *button)
{
  guint index = find_element (self, button);

  trestle_draft_remove (trestle_draft_binding_get_draft (self->binding),
                        trestle_draft_binding_get_path (self->binding), index);
  focus_element (self, index);
}

static void
move (TrestleDraftList *self, GtkWidget *button, int by)
{
  guint index = find_element (self, button);

  if (trestle_draft_move (trestle_draft_binding_get_draft (self->binding),
                          trestle_draft_binding_get_path (self->binding), index, index + by))
    focus_element (self, index + by);
}

static void
on_up (TrestleDraftList *self, GtkWidget *button)
{
  move (self, button, -1);
}

static void
on_down (TrestleDraftList *self, GtkWidget *button)
{
  move (self, button, 1);
}

static GtkWidget *
create_button (TrestleDraftList *self, const char *icon, const char *tooltip, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "compact");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
append_row (TrestleDraftList *self)
{
  guint each = rows_each (self);
  guint member = self->rows->len % each;
  g_autofree char *element = trestle_draft_path_at (trestle_draft_binding_get_path (self->binding),
                                                    self->rows->len / each);
  g_autofree char *path = self->members != NULL
                              ? trestle_draft_path_join (element, self->members[member])
                              : g_strdup (element);
  GtkWidget *row = trestle_draft_entry_new (trestle_draft_binding_get_open_draft (self->binding),
                                            path);
  TrestleDraftEntry *entry = TRESTLE_DRAFT_ENTRY (row);

  if (member == 0)
    {
      trestle_draft_entry_add_suffix (
          entry, create_button (self, "go-up-symbolic", _ ("Move Up"), G_CALLBACK (on_up)));
      trestle_draft_entry_add_suffix (
          entry, create_button (self, "go-down-symbolic", _ ("Move Down"), G_CALLBACK (on_down)));
      trestle_draft_entry_add_suffix (
          entry, create_button (self, "user-trash-symbolic", _ ("Remove"), G_CALLBACK (on_remove)));
    }
  g_ptr_array_add (self->rows, row);
  /* The button for another one stays the last. */
  g_object_ref (self->add_row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->add_row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->add_row));
  g_object_unref (self->add_row);
}

static void
remove_row (TrestleDraftList *self)
{
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                g_ptr_array_steal_index (self->rows, self->rows->len - 1));
}

static void
update (TrestleDraftList *self)
{
  TrestleDraft *draft = trestle_draft_binding_get_draft (self->binding);
  const char *path = trestle_draft_binding_get_path (self->binding);
  TrestleTone tone;
  g_autofree char *counter = trestle_draft_binding_dup_counter (self->binding, &tone);
  const TrestleDraftField *field = path != NULL ? trestle_draft_field_find (path) : NULL;
  gint64 most = field != NULL ? trestle_draft_field_get_most (field) : -1;
  guint n = draft != NULL && path != NULL ? trestle_draft_get_length (draft, path) : 0;

  while (self->rows->len > n * rows_each (self))
    remove_row (self);
  while (self->rows->len < n * rows_each (self))
    append_row (self);
  gtk_label_set_label (self->counter, counter);
  trestle_tone_set (GTK_WIDGET (self->counter), tone);
  gtk_widget_set_visible (GTK_WIDGET (self->add_row), most < 0 || n < most);
  trestle_finding_strip_set_finding (self->strip,
                                     trestle_draft_binding_get_finding (self->binding));
}

static void
set_list (TrestleDraftList *self, TrestleOpenDraft *open_draft, const char *path)
{
  while (self->rows->len > 0)
    remove_row (self);
  trestle_draft_binding_set_open_draft (self->binding, open_draft);
  trestle_draft_binding_set_path (self->binding, path);
}

void
trestle_draft_list_add (TrestleDraftList *self)
{
  TrestleDraft *draft;
  JsonNode *element;

  g_return_if_fail (TRESTLE_IS_DRAFT_LIST (self));

  draft = trestle_draft_binding_get_draft (self->binding);
  if (draft == NULL)
    return;
  element = json_node_alloc ();
  if (self->members != NULL)
    json_node_take_object (json_node_init (element, JSON_NODE_OBJECT), json_object_new ());
  else
    json_node_init_string (element, "");
  if (trestle_draft_insert (draft, trestle_draft_binding_get_path (self->binding), G_MAXUINT,
                            element))
    focus_element (self, self->rows->len / rows_each (self) - 1);
}

static gboolean
trestle_draft_list_grab_focus (GtkWidget *widget)
{
  TrestleDraftList *self = TRESTLE_DRAFT_LIST (widget);

  focus_element (self, 0);
  return TRUE;
}

static void
trestle_draft_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleDraftList *self = TRESTLE_DRAFT_LIST (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      g_value_set_object (value, trestle_draft_binding_get_open_draft (self->binding));
      break;
    case PROP_PATH:
      g_value_set_string (value, trestle_draft_binding_get_path (self->binding));
      break;
    case PROP_MEMBERS:
      g_value_take_string (value, self->members != NULL ? g_strjoinv (" ", self->members) : NULL);
      break;
    case PROP_ADD_LABEL:
      g_value_set_string (value, adw_preferences_row_get_title (self->add_row));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleDraftList *self = TRESTLE_DRAFT_LIST (object);
  g_autofree char *path = NULL;

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      path = g_strdup (trestle_draft_binding_get_path (self->binding));
      set_list (self, g_value_get_object (value), path);
      break;
    case PROP_PATH:
      set_list (self, trestle_draft_binding_get_open_draft (self->binding),
                g_value_get_string (value));
      break;
    case PROP_MEMBERS:
      while (self->rows->len > 0)
        remove_row (self);
      g_clear_pointer (&self->members, g_strfreev);
      if (g_value_get_string (value) != NULL)
        self->members = g_strsplit (g_value_get_string (value), " ", -1);
      update (self);
      break;
    case PROP_ADD_LABEL:
      adw_preferences_row_set_title (self->add_row, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_list_dispose (GObject *object)
{
  TrestleDraftList *self = TRESTLE_DRAFT_LIST (object);

  if (self->binding != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->binding, self);
      trestle_draft_binding_set_open_draft (self->binding, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_DRAFT_LIST);
  G_OBJECT_CLASS (trestle_draft_list_parent_class)->dispose (object);
}

static void
trestle_draft_list_finalize (GObject *object)
{
  TrestleDraftList *self = TRESTLE_DRAFT_LIST (object);

  g_clear_object (&self->binding);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_strfreev (self->members);
  G_OBJECT_CLASS (trestle_draft_list_parent_class)->finalize (object);
}

static void
trestle_draft_list_class_init (TrestleDraftListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  object_class->dispose = trestle_draft_list_dispose;
  object_class->finalize = trestle_draft_list_finalize;
  object_class->get_property = trestle_draft_list_get_property;
  object_class->set_property = trestle_draft_list_set_property;
  widget_class->grab_focus = trestle_draft_list_grab_focus;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_MEMBERS] = g_param_spec_string ("members", NULL, NULL, NULL, flags);
  properties[PROP_ADD_LABEL] = g_param_spec_string ("add-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-draft-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftList, counter);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftList, strip);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftList, add_row);
  gtk_widget_class_bind_template_callback (widget_class, trestle_draft_list_add);
}

static void
trestle_draft_list_init (TrestleDraftList *self)
{
  self->binding = trestle_draft_binding_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->binding, "changed", G_CALLBACK (update), self);
}

GtkWidget *
trestle_draft_list_new (TrestleOpenDraft *open_draft, const char *path, const char *add_label)
{
  return g_object_new (TRESTLE_TYPE_DRAFT_LIST, "path", path, "add-label", add_label, "open-draft",
                       open_draft, NULL);
}
