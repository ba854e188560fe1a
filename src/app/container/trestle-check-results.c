/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "container/trestle-check-results.h"

#include <glib/gi18n.h>

#include "container/trestle-check-donut.h"
#include "container/trestle-check-row.h"
#include "container/trestle-ping-chart.h"
#include "domain/trestle-container-ping.h"
#include "domain/trestle-container-rules.h"

struct _TrestleCheckResults
{
  AdwBin parent_instance;

  TrestleCheckDonut *donut;
  GtkFlowBox *figures;
  AdwPreferencesGroup *running_group;
  AdwPreferencesGroup *failed_group;
  AdwPreferencesGroup *warnings_group;
  AdwPreferencesGroup *skipped_group;
  AdwPreferencesGroup *passed_group;
  GtkLabel *passed_count;
  GtkLabel *ping_summary;
  TrestlePingChart *ping_chart;
  GtkStack *ping_stack;
  GtkListView *ping_table;
  GtkWidget *ping_card;

  TrestleContainerRun *run;
  GPtrArray *rows;    /* of the groups: row and group by turns */
  GHashTable *so_far; /* id → row, while it runs */
};

G_DEFINE_FINAL_TYPE (TrestleCheckResults, trestle_check_results, ADW_TYPE_BIN)

/* A line of the table that says what the chart shows. */
static char *
describe_ping (GtkListItem *item, TrestleContainerPing *ping, gpointer data)
{
  g_autofree char *latency = NULL;
  double at;

  if (ping == NULL)
    return g_strdup ("");
  at = (double) trestle_container_ping_get_at (ping) / 1e6;
  latency = trestle_container_format_time (trestle_container_ping_get_latency (ping));
  if (trestle_container_ping_get_status (ping) == 0)
    return g_strdup_printf (_ ("%.1f s · no answer"), at);
  return g_strdup_printf (_ ("%.1f s · status %d · %s"), at,
                          (int) trestle_container_ping_get_status (ping), latency);
}

static void
on_table (TrestleCheckResults *self, GtkToggleButton *button)
{
  gtk_stack_set_visible_child_name (self->ping_stack,
                                    gtk_toggle_button_get_active (button) ? "table" : "chart");
}

static void
clear (TrestleCheckResults *self)
{
  for (guint i = 0; i + 1 < self->rows->len; i += 2)
    adw_preferences_group_remove (self->rows->pdata[i + 1], self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_hash_table_remove_all (self->so_far);
}

static void
add_row (TrestleCheckResults *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->rows, group);
}

static void
add_figure (TrestleCheckResults *self, const char *figure, const char *name, const char *note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const struct
  {
    const char *text;
    const char *classes[3];
  } lines[] = { { figure, { "title-3", "numeric", NULL } },
                { name, { NULL } },
                { note, { "caption", "dimmed", NULL } } };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      GtkWidget *label = gtk_label_new (lines[i].text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
      gtk_widget_set_css_classes (label, (const char **) lines[i].classes);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_flow_box_append (self->figures, box);
}

static void
add_time (TrestleCheckResults *self, gint64 usec, const char *name, const char *note)
{
  g_autofree char *time = trestle_container_format_time (usec);

  if (usec >= 0)
    add_figure (self, time, name, note);
}

static void
add_size (TrestleCheckResults *self, gint64 bytes, const char *name, const char *note)
{
  g_autofree char *size = bytes >= 0 ? g_format_size ((guint64) bytes) : NULL;

  if (bytes >= 0)
    add_figure (self, size, name, note);
}

/* Six figures with the limit beside each; what was not measured is left out. */
static void
show_figures (TrestleCheckResults *self, TrestleContainerResult *result)
{
  gint64 p95 = trestle_container_result_get_call_p95 (result);
  gint64 n_layers = trestle_container_result_get_image_layers (result);
  g_autofree char *p95_time = trestle_container_format_time (p95);
  g_autofree char *p95_note = g_strdup_printf (_ ("p95 %s"), p95_time);
  g_autofree char *layers = g_strdup_printf (
      g_dngettext (NULL, "%d layer", "%d layers", (gulong) MAX (n_layers, 0)), (int) n_layers);

  gtk_flow_box_remove_all (self->figures);
  add_time (self, trestle_container_result_get_ready (result), _ ("Ready"), _ ("limit 480 s"));
  add_time (self, trestle_container_slowest_ping (result), _ ("Slowest ping"), _ ("limit 2 s"));
  add_time (self, trestle_container_result_get_call_median (result), _ ("Call, median"), p95_note);
  add_size (self, trestle_container_result_get_image_size (result), _ ("Image"), layers);
  add_size (self, trestle_container_result_get_memory_peak (result), _ ("Memory, peak"),
            _ ("of all it did"));
  add_time (self, trestle_container_result_get_stop_time (result), _ ("Stop"), _ ("limit 30 s"));
}

static void
show_pings (TrestleCheckResults *self, GListModel *pings)
{
  g_autofree char *summary = trestle_ping_chart_dup_summary (pings);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (pings));

  trestle_ping_chart_set_pings (self->ping_chart, pings);
  gtk_label_set_label (self->ping_summary, summary);
  gtk_list_view_set_model (self->ping_table, GTK_SELECTION_MODEL (selection));
  gtk_widget_set_visible (self->ping_card, g_list_model_get_n_items (pings) > 0);
}

static AdwPreferencesGroup *
group_of (TrestleCheckResults *self, TrestleContainerCheck *check)
{
  switch (trestle_container_check_get_state (check))
    {
    case TRESTLE_CHECK_STATE_PASSED:
      return self->passed_group;
    case TRESTLE_CHECK_STATE_FAILED:
      return trestle_container_check_get_severity (check) == TRESTLE_SEVERITY_ERROR
                 ? self->failed_group
                 : self->warnings_group;
    case TRESTLE_CHECK_STATE_WAITING:
    case TRESTLE_CHECK_STATE_RUNNING:
    case TRESTLE_CHECK_STATE_SKIPPED:
    default:
      return self->skipped_group;
    }
}

static void
show_groups (TrestleCheckResults *self, const TrestleContainerCount *count, gboolean running)
{
  g_autofree char *passed = g_strdup_printf ("%u", count->passed);

  gtk_widget_set_visible (GTK_WIDGET (self->running_group), running);
  gtk_widget_set_visible (GTK_WIDGET (self->failed_group), !running && count->errors > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings_group), !running && count->warnings > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->skipped_group), !running && count->skipped > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->passed_group), !running && count->passed > 0);
  gtk_label_set_label (self->passed_count, passed);
}

void
trestle_check_results_set_result (TrestleCheckResults *self, TrestleContainerResult *result)
{
  GListModel *checks = trestle_container_result_get_checks (result);
  TrestleContainerCount count;

  g_return_if_fail (TRESTLE_IS_CHECK_RESULTS (self));

  clear (self);
  trestle_container_count (checks, &count);
  trestle_check_donut_set_count (self->donut, &count);
  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TrestleContainerCheck) check = g_list_model_get_item (checks, i);

      add_row (self, group_of (self, check), trestle_check_row_new (check));
    }
  show_groups (self, &count, FALSE);
  show_figures (self, result);
  show_pings (self, trestle_container_result_get_pings (result));
}

/* The order does not jump: a row is made when its check begins, and stays where it is. */
static void
on_checks (GListModel *checks, guint position, guint removed, guint added, gpointer data)
{
  TrestleCheckResults *self = data;
  TrestleContainerCount count;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (TrestleContainerCheck) check = g_list_model_get_item (checks, i);
      const char *id = trestle_container_check_get_id (check);
      GtkWidget *row = g_hash_table_lookup (self->so_far, id);
      TrestleCheckState state = trestle_container_check_get_state (check);

      if (row != NULL)
        trestle_check_row_set_check (TRESTLE_CHECK_ROW (row), check);
      else if (state != TRESTLE_CHECK_STATE_WAITING && state != TRESTLE_CHECK_STATE_SKIPPED)
        {
          row = trestle_check_row_new (check);
          add_row (self, self->running_group, row);
          g_hash_table_insert (self->so_far, g_strdup (id), row);
        }
    }
  trestle_container_count (checks, &count);
  trestle_check_donut_set_count (self->donut, &count);
}

static void
on_pings (TrestleCheckResults *self)
{
  GListModel *pings = trestle_container_run_get_pings (self->run);
  g_autofree char *summary = trestle_ping_chart_dup_summary (pings);

  gtk_label_set_label (self->ping_summary, summary);
  gtk_widget_set_visible (self->ping_card, g_list_model_get_n_items (pings) > 0);
}

static void
on_result (TrestleCheckResults *self)
{
  TrestleContainerResult *result = trestle_container_run_get_result (self->run);

  if (result != NULL)
    trestle_check_results_set_result (self, result);
}

static void
leave_run (TrestleCheckResults *self)
{
  if (self->run == NULL)
    return;
  g_signal_handlers_disconnect_by_data (trestle_container_run_get_checks (self->run), self);
  g_signal_handlers_disconnect_by_data (trestle_container_run_get_pings (self->run), self);
  g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
}

void
trestle_check_results_set_run (TrestleCheckResults *self, TrestleContainerRun *run)
{
  GListModel *checks = trestle_container_run_get_checks (run);
  GListModel *pings = trestle_container_run_get_pings (run);
  TrestleContainerCount count;

  g_return_if_fail (TRESTLE_IS_CHECK_RESULTS (self));

  leave_run (self);
  clear (self);
  self->run = g_object_ref (run);
  g_signal_connect (checks, "items-changed", G_CALLBACK (on_checks), self);
  g_signal_connect_swapped (pings, "items-changed", G_CALLBACK (on_pings), self);
  g_signal_connect_swapped (run, "notify::result", G_CALLBACK (on_result), self);
  gtk_flow_box_remove_all (self->figures);
  trestle_container_count (checks, &count);
  show_groups (self, &count, TRUE);
  show_pings (self, pings);
  on_checks (checks, 0, 0, g_list_model_get_n_items (checks), self);
  on_result (self);
}

static void
trestle_check_results_dispose (GObject *object)
{
  TrestleCheckResults *self = TRESTLE_CHECK_RESULTS (object);

  leave_run (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_CHECK_RESULTS);
  G_OBJECT_CLASS (trestle_check_results_parent_class)->dispose (object);
}

static void
trestle_check_results_finalize (GObject *object)
{
  TrestleCheckResults *self = TRESTLE_CHECK_RESULTS (object);

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->so_far);
  G_OBJECT_CLASS (trestle_check_results_parent_class)->finalize (object);
}

static void
trestle_check_results_class_init (TrestleCheckResultsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_CHECK_DONUT);
  g_type_ensure (TRESTLE_TYPE_PING_CHART);
  G_OBJECT_CLASS (klass)->dispose = trestle_check_results_dispose;
  G_OBJECT_CLASS (klass)->finalize = trestle_check_results_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/container/trestle-check-results.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, donut);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, figures);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, running_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, failed_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, warnings_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, skipped_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, passed_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, passed_count);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, ping_summary);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, ping_chart);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, ping_stack);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, ping_table);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckResults, ping_card);
  gtk_widget_class_bind_template_callback (widget_class, describe_ping);
  gtk_widget_class_bind_template_callback (widget_class, on_table);
}

static void
trestle_check_results_init (TrestleCheckResults *self)
{
  self->rows = g_ptr_array_new ();
  self->so_far = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}
