/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-files-pane.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/trestle-future.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-widget.h"

/* Files that are read as soon as they are added. */
#define LOADED_AHEAD 12

struct _TrestleFilesPane
{
  GtkWidget parent_instance;

  GtkListView *list;
  GtkSingleSelection *selection;

  GListStore *items;
};

G_DEFINE_FINAL_TYPE (TrestleFilesPane, trestle_files_pane, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

void
trestle_files_pane_add (TrestleFilesPane *self, TrestleFileItem *item, gboolean select)
{
  g_return_if_fail (TRESTLE_IS_FILES_PANE (self));

  g_list_store_append (self->items, item);
  /* What it looks like and how large it is is of use before it is chosen. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) <= LOADED_AHEAD)
    trestle_future_report (trestle_file_item_load (item), "load a file");
  if (select)
    gtk_single_selection_set_selected (self->selection,
                                       g_list_model_get_n_items (G_LIST_MODEL (self->items)) - 1);
}

TrestleFileItem *
trestle_files_pane_get_selected (TrestleFilesPane *self)
{
  g_return_val_if_fail (TRESTLE_IS_FILES_PANE (self), NULL);
  return gtk_single_selection_get_selected_item (self->selection);
}

GListModel *
trestle_files_pane_get_items (TrestleFilesPane *self)
{
  g_return_val_if_fail (TRESTLE_IS_FILES_PANE (self), NULL);
  return G_LIST_MODEL (self->items);
}

static void
add_files (TrestleFilesPane *self, GListModel *files)
{
  guint n = g_list_model_get_n_items (files);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autoptr (TrestleFileItem) item = trestle_file_item_new_for_file (file);

      trestle_files_pane_add (self, item, i + 1 == n);
    }
}

static void
add_file_list (TrestleFilesPane *self, const GValue *value)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);

  for (GSList *l = files; l != NULL; l = l->next)
    g_list_store_append (store, l->data);
  g_slist_free (files);
  add_files (self, G_LIST_MODEL (store));
}

static gboolean
on_drop (TrestleFilesPane *self, const GValue *value, double x, double y)
{
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  add_file_list (self, value);
  return TRUE;
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleFilesPane) self = data;
  g_autoptr (GListModel)
      files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (files != NULL)
    add_files (self, files);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Add Files"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, open_cb,
                                 g_object_ref (widget));
}

static void
add_pasted (TrestleFilesPane *self, const char *name, GBytes *bytes)
{
  g_autoptr (TrestleFileItem) item = trestle_file_item_new_for_bytes (name, bytes);

  trestle_files_pane_add (self, item, TRUE);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleFilesPane) self = data;
  g_autoptr (GError) error = NULL;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      trestle_shell_toast (GTK_WIDGET (self),
                           _ ("There is nothing on the clipboard that can be sent"));
      return;
    }
  bytes = g_bytes_new_take (text, strlen (text));
  add_pasted (self, _ ("clipboard"), bytes);
}

static void
texture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleFilesPane) self = data;
  g_autoptr (GdkTexture)
      texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GBytes) png = texture ? gdk_texture_save_to_png_bytes (texture) : NULL;

  if (png != NULL)
    add_pasted (self, _ ("clipboard.png"), png);
}

static void
files_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleFilesPane) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    add_file_list (self, value);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    files_cb, g_object_ref (widget));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, NULL, texture_cb, g_object_ref (widget));
  else
    gdk_clipboard_read_text_async (clipboard, NULL, text_cb, g_object_ref (widget));
}

static void
trestle_files_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, trestle_files_pane_get_selected (TRESTLE_FILES_PANE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
on_selection (TrestleFilesPane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
trestle_files_pane_dispose (GObject *object)
{
  TrestleFilesPane *self = TRESTLE_FILES_PANE (object);

  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_FILES_PANE);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (trestle_files_pane_parent_class)->dispose (object);
}

static gboolean
is_marked (GObject *item, const char *icon_name)
{
  return icon_name != NULL;
}

static void
trestle_files_pane_class_init (TrestleFilesPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_files_pane_get_property;
  object_class->dispose = trestle_files_pane_dispose;
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, TRESTLE_TYPE_FILE_ITEM,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TRESTLE_TYPE_FILE_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/invoke/trestle-files-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleFilesPane, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleFilesPane, selection);
  gtk_widget_class_bind_template_callback (widget_class, is_marked);
  gtk_widget_class_bind_template_callback (widget_class, on_selection);
  gtk_widget_class_install_action (widget_class, "files.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "files.paste", NULL, paste_action);
}

static void
trestle_files_pane_init (TrestleFilesPane *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->items = g_list_store_new (TRESTLE_TYPE_FILE_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->items));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
