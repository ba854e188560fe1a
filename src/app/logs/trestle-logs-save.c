/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-logs-save.h"

#include <glib/gi18n.h>

#include "logs/trestle-log-export.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

typedef struct
{
  GtkWidget *widget;
  TrestleLogModel *model;
} Save;

static void
on_saved (gpointer owner, const GValue *value, const GError *error)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      trestle_shell_problem (owner, _ ("save the lines"), error);
      return;
    }
  number = trestle_format_count (g_value_get_int64 (value));
  text = g_strdup_printf (
      g_dngettext (NULL, "%s line saved", "%s lines saved", (gulong) g_value_get_int64 (value)),
      number);
  trestle_shell_toast (owner, text);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  Save *save = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  /* The file is written even when its page is gone. */
  if (file != NULL)
    trestle_watch (save->widget, NULL,
                   trestle_log_export (save->model, file, trestle_log_export_guess (file)),
                   on_saved);
  g_object_unref (save->widget);
  g_object_unref (save->model);
  g_free (save);
}

static GListStore *
make_filters (void)
{
  static const struct
  {
    const char *name;
    const char *suffixes[2];
  } kinds[] = {
    { N_ ("Text"), { "log", "txt" } },
    { N_ ("JSON Lines"), { "jsonl", "ndjson" } },
  };
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _ (kinds[i].name));
      for (guint j = 0; j < G_N_ELEMENTS (kinds[i].suffixes); j++)
        gtk_file_filter_add_suffix (filter, kinds[i].suffixes[j]);
      g_list_store_append (filters, filter);
    }
  return filters;
}

void
trestle_logs_save (GtkWidget *widget, TrestleLogModel *model, const char *name)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = make_filters ();
  g_autofree char *file = g_strconcat (name, ".log", NULL);
  Save *save = g_new0 (Save, 1);

  save->widget = g_object_ref (widget);
  save->model = g_object_ref (model);
  g_strdelimit (file, "/", '-');
  gtk_file_dialog_set_title (dialog, _ ("Save Lines"));
  gtk_file_dialog_set_initial_name (dialog, file);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, on_file_chosen,
                        save);
}
