/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-report-data-set.h"
#include "reports/trestle-report-order-dialog.h"
#include "reports/trestle-report-place-dialog.h"
#include "reports/trestle-report-print.h"
#include "reports/trestle-reports-page-private.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

#define TICK_MSEC 200

/* --- Reading -------------------------------------------------------------------------------- */

static void
say_what_came (TrestleReportsPage *self, TrestleReportFetch *fetch)
{
  g_autofree char *months = trestle_format_count (trestle_report_fetch_get_read (fetch));
  g_autofree char *rows = trestle_format_count (trestle_report_fetch_get_rows (fetch));
  g_autofree char *text = NULL;

  if (trestle_report_fetch_get_failure (fetch) != NULL)
    text = g_strdup_printf (_ ("%" G_GINT64_FORMAT " files could not be read: %s"),
                            trestle_report_fetch_get_failed (fetch),
                            trestle_report_fetch_get_failure (fetch));
  else if (trestle_report_fetch_get_unread (fetch) != NULL)
    {
      g_autofree char *names = g_strjoinv (", ", (char **) trestle_report_fetch_get_unread (fetch));

      text = g_strdup_printf (_ ("%s files read, %s rows. No report is made of %s"), months, rows,
                              names);
    }
  else if (trestle_report_fetch_get_read (fetch) == 0)
    text = g_strdup (_ ("Nothing is new"));
  else
    text = g_strdup_printf (g_dngettext (NULL, "%s file read, %s rows", "%s files read, %s rows",
                                         (gulong) trestle_report_fetch_get_read (fetch)),
                            months, rows);
  trestle_shell_toast (GTK_WIDGET (self), text);
}

/* The step that runs, in its own words. */
static char *
dup_step (TrestleTask *task)
{
  GListModel *steps = trestle_task_get_steps (task);

  for (guint i = g_list_model_get_n_items (steps); i > 0; i--)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i - 1);
      const char *detail = trestle_step_get_detail (step);

      if (trestle_step_get_state (step) != TRESTLE_TASK_STATE_RUNNING)
        continue;
      return detail != NULL ? g_strdup_printf ("%s · %s", trestle_step_get_title (step), detail)
                            : g_strdup (trestle_step_get_title (step));
    }
  return g_strdup (trestle_task_get_title (task));
}

static gboolean
on_tick (gpointer data)
{
  TrestleReportsPage *self = data;
  g_autofree char *text = NULL;

  if (self->task == NULL)
    {
      self->tick = 0;
      return G_SOURCE_REMOVE;
    }
  text = dup_step (self->task);
  gtk_label_set_label (self->progress_label, text);
  return G_SOURCE_CONTINUE;
}

static void
on_task_state (TrestleReportsPage *self)
{
  g_autoptr (TrestleTask) task = NULL;
  TrestleTaskState state = self->task != NULL ? trestle_task_get_state (self->task)
                                              : TRESTLE_TASK_STATE_RUNNING;

  if (state == TRESTLE_TASK_STATE_RUNNING || state == TRESTLE_TASK_STATE_WAITING)
    return;
  task = g_steal_pointer (&self->task);
  g_signal_handlers_disconnect_by_func (task, on_task_state, self);
  gtk_widget_set_visible (self->progress, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.refresh", TRUE);
  if (state == TRESTLE_TASK_STATE_DONE)
    say_what_came (self, trestle_task_get_result (task));
  else if (!trestle_task_is_stopping (task))
    trestle_shell_problem (GTK_WIDGET (self),
                           trestle_data_set_find (trestle_task_get_subject (task)) != NULL
                               ? _ ("order the data set")
                               : _ ("read the data feeds"),
                           trestle_task_get_error (task));
}

void
trestle_reports_page_follow (TrestleReportsPage *self)
{
  TrestleTask *task = trestle_reports_get_task (self->reports);

  if (task == NULL || task == self->task)
    return;
  if (self->task != NULL)
    g_signal_handlers_disconnect_by_func (self->task, on_task_state, self);
  g_set_object (&self->task, task);
  g_signal_connect_object (task, "notify::state", G_CALLBACK (on_task_state), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->progress, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.refresh", FALSE);
  if (self->tick == 0)
    self->tick = g_timeout_add (TICK_MSEC, on_tick, self);
  on_tick (self);
  on_task_state (self);
}

static void
place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReportsPage *self = TRESTLE_REPORTS_PAGE (widget);

  adw_dialog_present (trestle_report_place_dialog_new (self->reports), widget);
}

static void
on_show_report (TrestleReportsPage *self, const char *report)
{
  trestle_reports_page_set_kind (self, trestle_report_info_find (report)->kind);
}

static void
order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReportsPage *self = TRESTLE_REPORTS_PAGE (widget);
  AdwDialog *dialog = trestle_report_order_dialog_new (self->reports);

  g_signal_connect_object (dialog, "show-report", G_CALLBACK (on_show_report), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReportsPage *self = TRESTLE_REPORTS_PAGE (widget);
  g_autoptr (TrestleTask) task = NULL;

  if (trestle_reports_get_bucket (self->reports) == NULL)
    {
      place_action (widget, name, parameter);
      return;
    }
  task = trestle_reports_fetch (self->reports);
  trestle_reports_page_follow (self);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReportsPage *self = TRESTLE_REPORTS_PAGE (widget);

  if (self->task != NULL)
    trestle_task_stop (self->task);
}

static void
folder_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleReportsPage) self = data;
  g_autoptr (GFile)
      folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (TrestleTask) task = NULL;

  if (folder == NULL)
    return;
  task = trestle_reports_read_files (self->reports, folder);
  trestle_reports_page_follow (self);
}

static void
folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Folder With Data Feeds"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, folder_cb,
                                 g_object_ref (widget));
}

static void
on_forgotten (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("forget what was read"), error);
}

static void
on_forget_asked (gpointer owner, const GValue *value, const GError *error)
{
  TrestleReportsPage *self = owner;

  if (error != NULL)
    return;
  g_clear_object (&self->report);
  trestle_watch (self, NULL, trestle_reports_forget (self->reports), on_forgotten);
}

static void
forget_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_watch (widget, NULL,
                 trestle_ask_to (widget, _ ("Forget What Was Read?"),
                                 _ ("What is kept on this computer of this account’s data feeds is "
                                    "deleted. The feeds themselves stay where they are."),
                                 _ ("_Forget"), TRUE),
                 on_forget_asked);
}

/* --- Saving --------------------------------------------------------------------------------- */

typedef struct
{
  TrestleReportsPage *page;
  char *text;
} Save;

static void
on_saved (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("save the report"), error);
  else
    trestle_shell_toast (owner, _ ("Report saved"));
}

static void
save_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Save *save = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (save->text, strlen (save->text));

  if (file != NULL)
    trestle_watch (save->page, NULL,
                   dex_file_replace_contents_bytes (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE),
                   on_saved);
  g_object_unref (save->page);
  g_free (save->text);
  g_free (save);
}

static void
save (TrestleReportsPage *self, const char *suffix, char *text)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = g_strconcat (trestle_report_get_info (self->report)->name, suffix, NULL);
  Save *data = g_new0 (Save, 1);

  data->page = g_object_ref (self);
  data->text = text;
  gtk_file_dialog_set_title (dialog, _ ("Save Report"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, save_cb,
                        data);
}

static void
save_csv_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReportsPage *self = TRESTLE_REPORTS_PAGE (widget);

  if (self->report != NULL)
    save (self, ".csv", trestle_report_to_csv (self->report));
}

static void
save_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReportsPage *self = TRESTLE_REPORTS_PAGE (widget);
  TrestleAccount *account = trestle_session_get_account (self->session);

  if (self->report != NULL)
    save (self, ".html", trestle_report_to_html (self->report, trestle_account_get_name (account)));
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReportsPage *self = TRESTLE_REPORTS_PAGE (widget);
  g_autoptr (GtkPrintOperation) print = NULL;
  g_autoptr (GError) error = NULL;

  if (self->report == NULL)
    return;
  print = trestle_report_print_new (self->report);
  gtk_print_operation_run (print, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (gtk_widget_get_root (widget)), &error);
  if (error != NULL)
    trestle_shell_problem (widget, _ ("print the report"), error);
}

void
trestle_reports_page_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (klass, "reports.stop", NULL, stop_action);
  gtk_widget_class_install_action (klass, "reports.place", NULL, place_action);
  gtk_widget_class_install_action (klass, "reports.order", NULL, order_action);
  gtk_widget_class_install_action (klass, "reports.read-folder", NULL, folder_action);
  gtk_widget_class_install_action (klass, "reports.forget", NULL, forget_action);
  gtk_widget_class_install_action (klass, "reports.save-csv", NULL, save_csv_action);
  gtk_widget_class_install_action (klass, "reports.save-page", NULL, save_page_action);
  gtk_widget_class_install_action (klass, "reports.print", NULL, print_action);
}
