/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-ordering.h"

#include <glib/gi18n.h>

#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-timeline.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleReportOrdering
{
  AdwBin parent_instance;

  GtkLabel *heading;
  GtkLabel *explanation;
  TrestleTimeline *timeline;
  GtkWidget *answer;
  AdwActionRow *request;
  AdwActionRow *file;
  TrestleFindingStrip *outcome;
  GtkWidget *stop_button;
  GtkWidget *show_button;

  TrestleReports *reports;
  const TrestleDataSet *set;
  TrestleTask *task;
};

enum
{
  ENDED,
  SHOW_REPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TrestleReportOrdering, trestle_report_ordering, ADW_TYPE_BIN)

gboolean
trestle_report_ordering_has_feed (TrestleReports *reports, const TrestleDataSet *set)
{
  GListModel *parts = trestle_reports_get_parts (reports);

  for (guint i = 0; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (TrestleReportPart) part = g_list_model_get_item (parts, i);
      g_autofree char *date = NULL;

      if (g_str_equal (trestle_report_part_get_feed (part), trestle_feed_get (set->feed)->name)
          && trestle_report_part_get_rows (part) > 0
          && trestle_data_set_match (trestle_report_part_get_source (part), &date) == NULL)
        return TRUE;
    }
  return FALSE;
}

static const char *
step_detail (TrestleTask *task, guint n)
{
  g_autoptr (TrestleStep) step = g_list_model_get_item (trestle_task_get_steps (task), n);

  return step != NULL ? trestle_step_get_detail (step) : NULL;
}

static void
show_failure (TrestleReportOrdering *self)
{
  gboolean sent = step_detail (self->task, 0) != NULL;
  const GError *error = trestle_task_get_error (self->task);
  g_autoptr (TrestleProblem) problem = trestle_problem_new (
      sent ? _ ("read the data set") : _ ("order the data set"), error);

  if (trestle_task_is_stopping (self->task))
    trestle_finding_strip_set_words (self->outcome, TRESTLE_TONE_ACCENT, _ ("It is not waited for"),
                                     _ ("AWS goes on writing it. It is read with the next reading, "
                                        "if it is where the feeds are."));
  else
    trestle_finding_strip_set_words (self->outcome, TRESTLE_TONE_ERROR, problem->title,
                                     problem->body);
}

static void
show_result (TrestleReportOrdering *self)
{
  TrestleReportFetch *fetch = trestle_task_get_result (self->task);
  gint64 rows = trestle_report_fetch_get_rows (fetch);
  g_autofree char *count = trestle_format_count (rows);
  g_autofree char *title = g_strdup_printf (
      g_dngettext (NULL, "%s row was read", "%s rows were read", (gulong) rows), count);
  g_autofree char *body = NULL;

  if (rows == 0)
    body = g_strdup (_ ("AWS wrote a file with nothing but its columns’ names: there was nothing "
                        "of this kind then."));
  else if (trestle_report_ordering_has_feed (self->reports, self->set))
    body = g_strdup_printf (_ ("The report “%s” goes by the data feed, which says it already."),
                            _ (trestle_report_info (self->set->report)->title));
  else
    body = g_strdup_printf (_ ("They are in the report “%s”."),
                            _ (trestle_report_info (self->set->report)->title));
  trestle_finding_strip_set_words (self->outcome, TRESTLE_TONE_SUCCESS, title, body);
  gtk_widget_set_visible (self->show_button, TRUE);
}

static void
update (TrestleReportOrdering *self)
{
  TrestleTaskState state = trestle_task_get_state (self->task);
  gboolean runs = state == TRESTLE_TASK_STATE_RUNNING || state == TRESTLE_TASK_STATE_WAITING;
  const char *request = step_detail (self->task, 0);
  const char *file = step_detail (self->task, 1);

  gtk_widget_set_visible (self->answer, request != NULL);
  adw_action_row_set_subtitle (self->request, request != NULL ? request : "");
  adw_action_row_set_subtitle (self->file, file != NULL ? file : "");
  gtk_widget_set_visible (self->stop_button, runs && trestle_task_get_can_stop (self->task));
  if (runs)
    return;
  if (state == TRESTLE_TASK_STATE_DONE)
    show_result (self);
  else
    show_failure (self);
  g_signal_emit (self, signals[ENDED], 0);
}

static void
drop_task (TrestleReportOrdering *self)
{
  if (self->task != NULL)
    g_signal_handlers_disconnect_by_data (self->task, self);
  g_clear_object (&self->task);
  g_clear_object (&self->reports);
}

void
trestle_report_ordering_follow (TrestleReportOrdering *self,
                                TrestleReports *reports,
                                const TrestleDataSet *set,
                                TrestleTask *task)
{
  g_return_if_fail (TRESTLE_IS_REPORT_ORDERING (self));

  drop_task (self);
  self->reports = g_object_ref (reports);
  self->set = set;
  self->task = g_object_ref (task);
  trestle_finding_strip_set_words (self->outcome, TRESTLE_TONE_ACCENT, NULL, NULL);
  gtk_widget_set_visible (self->show_button, FALSE);
  gtk_label_set_label (self->heading, _ (set->title));
  gtk_label_set_label (self->explanation,
                       _ ("AWS answers at once and writes the file minutes later. You may close "
                          "this: it is waited for, read, and told of all the same."));
  trestle_timeline_set_task (self->timeline, task);
  g_signal_connect_object (task, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (task, "notify::can-stop", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
on_stop (TrestleReportOrdering *self)
{
  if (self->task != NULL)
    trestle_task_stop (self->task);
}

static void
on_show (TrestleReportOrdering *self)
{
  g_signal_emit (self, signals[SHOW_REPORT], 0, trestle_report_info (self->set->report)->name);
}

static void
on_copy_request (TrestleReportOrdering *self)
{
  trestle_shell_copy (GTK_WIDGET (self), adw_action_row_get_subtitle (self->request),
                      _ ("Request copied"));
}

static void
on_copy_file (TrestleReportOrdering *self)
{
  trestle_shell_copy (GTK_WIDGET (self), adw_action_row_get_subtitle (self->file),
                      _ ("Address copied"));
}

static void
trestle_report_ordering_dispose (GObject *object)
{
  TrestleReportOrdering *self = TRESTLE_REPORT_ORDERING (object);

  drop_task (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_REPORT_ORDERING);
  G_OBJECT_CLASS (trestle_report_ordering_parent_class)->dispose (object);
}

#define BIND(child)                                                                                \
  gtk_widget_class_bind_template_child (widget_class, TrestleReportOrdering, child)

static void
trestle_report_ordering_class_init (TrestleReportOrderingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_TIMELINE);
  G_OBJECT_CLASS (klass)->dispose = trestle_report_ordering_dispose;
  signals[ENDED] = g_signal_new ("ended", TRESTLE_TYPE_REPORT_ORDERING, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOW_REPORT] = g_signal_new ("show-report", TRESTLE_TYPE_REPORT_ORDERING,
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/reports/trestle-report-ordering.ui");
  BIND (heading);
  BIND (explanation);
  BIND (timeline);
  BIND (answer);
  BIND (request);
  BIND (file);
  BIND (outcome);
  BIND (stop_button);
  BIND (show_button);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_request);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_file);
}

static void
trestle_report_ordering_init (TrestleReportOrdering *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
