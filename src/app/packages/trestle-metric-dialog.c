/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-metric-dialog.h"

#include <glib/gi18n.h>

#include "domain/trestle-training-metric.h"
#include "packages/trestle-spec-entry.h"

/* In the order of the template. */
static const char *const objectives[] = { NULL, "Minimize", "Maximize" };

struct _TrestleMetricDialog
{
  AdwDialog parent_instance;

  GtkWidget *save_button;
  GtkEditable *name_row;
  GtkEditable *regex_row;
  AdwComboRow *objective_row;
  GtkEditable *line_row;
  AdwActionRow *result_row;

  GListStore *items;
  guint position;
};

G_DEFINE_FINAL_TYPE (TrestleMetricDialog, trestle_metric_dialog, ADW_TYPE_DIALOG)

/* Returns: (transfer full): what the expression finds in the line, or why it does not */
static char *
dup_result (TrestleMetricDialog *self)
{
  const char *text = trestle_spec_entry_get (self->regex_row);
  const char *line = trestle_spec_entry_get (self->line_row);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;

  if (text == NULL)
    return g_strdup ("–");
  regex = g_regex_new (text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, &error);
  if (regex == NULL)
    return g_strdup_printf (_ ("The expression cannot be read: %s"), error->message);
  if (g_regex_get_capture_count (regex) == 0)
    return g_strdup (_ ("The expression has no group. Put brackets around the figure."));
  if (line == NULL)
    return g_strdup ("–");
  if (!g_regex_match (regex, line, G_REGEX_MATCH_DEFAULT, &match))
    return g_strdup (_ ("Nothing in this line"));
  return g_match_info_fetch (match, 1);
}

static void
on_changed (TrestleMetricDialog *self)
{
  g_autofree char *result = dup_result (self);

  adw_action_row_set_subtitle (self->result_row, result);
  gtk_widget_set_sensitive (self->save_button, trestle_spec_entry_get (self->name_row) != NULL);
}

static void
on_save (TrestleMetricDialog *self)
{
  guint objective = adw_combo_row_get_selected (self->objective_row);
  g_autoptr (TrestleTrainingMetric) metric = NULL;

  if (!gtk_widget_get_sensitive (self->save_button))
    return;
  metric = g_object_new (
      TRESTLE_TYPE_TRAINING_METRIC, "name", trestle_spec_entry_get (self->name_row), "regex",
      trestle_spec_entry_get (self->regex_row), "objective",
      objective < G_N_ELEMENTS (objectives) ? objectives[objective] : NULL, NULL);
  trestle_spec_entry_store (self->items, self->position, metric);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
fill (TrestleMetricDialog *self)
{
  g_autoptr (TrestleTrainingMetric)
      metric = g_list_model_get_item (G_LIST_MODEL (self->items), self->position);

  if (metric == NULL)
    return;
  trestle_spec_entry_set (self->name_row, trestle_training_metric_get_name (metric));
  trestle_spec_entry_set (self->regex_row, trestle_training_metric_get_regex (metric));
  for (guint i = 0; i < G_N_ELEMENTS (objectives); i++)
    if (g_strcmp0 (trestle_training_metric_get_objective (metric), objectives[i]) == 0)
      adw_combo_row_set_selected (self->objective_row, i);
}

static void
trestle_metric_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_METRIC_DIALOG);
  g_clear_object (&TRESTLE_METRIC_DIALOG (object)->items);
  G_OBJECT_CLASS (trestle_metric_dialog_parent_class)->dispose (object);
}

static void
trestle_metric_dialog_class_init (TrestleMetricDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_metric_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-metric-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleMetricDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleMetricDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleMetricDialog, regex_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleMetricDialog, objective_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleMetricDialog, line_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleMetricDialog, result_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
trestle_metric_dialog_init (TrestleMetricDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
trestle_metric_dialog_new (GListStore *items, guint position)
{
  TrestleMetricDialog *self = g_object_new (TRESTLE_TYPE_METRIC_DIALOG, NULL);

  self->items = g_object_ref (items);
  self->position = position;
  fill (self);
  on_changed (self);
  return ADW_DIALOG (self);
}
