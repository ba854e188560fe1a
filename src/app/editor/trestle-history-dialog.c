/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-history-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-difference.h"
#include "editor/trestle-difference-lines.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

/* Fields that a row's second line names. */
#define MAX_NAMES 3

struct _TrestleHistoryDialog
{
  AdwDialog parent_instance;

  TrestlePageState *state;
  GtkListBox *list;

  TrestleOpenDraft *open_draft;
  DexFuture *loading;
  DexFuture *restoring;
};

G_DEFINE_FINAL_TYPE (TrestleHistoryDialog, trestle_history_dialog, ADW_TYPE_DIALOG)

static char *
dup_words (GListModel *differences)
{
  guint n = g_list_model_get_n_items (differences);
  g_autoptr (GString) names = g_string_new (NULL);

  if (n == 0)
    return g_strdup (_ ("The same as now"));
  for (guint i = 0; i < MIN (n, MAX_NAMES); i++)
    {
      g_autoptr (TrestleDifference) difference = g_list_model_get_item (differences, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                              trestle_difference_get_label (difference));
    }
  if (n > MAX_NAMES)
    return g_strdup_printf (g_dngettext (NULL, "Other than now: %s and %u more",
                                         "Other than now: %s and %u more", n - MAX_NAMES),
                            names->str, n - MAX_NAMES);
  return g_strdup_printf (_ ("Other than now: %s"), names->str);
}

/* Its rows are made when somebody wants to see them. */
static void
on_expanded (AdwExpanderRow *row, GParamSpec *pspec, TrestleDraftSnapshot *snapshot)
{
  GListModel *differences = trestle_draft_snapshot_get_differences (snapshot);

  if (!adw_expander_row_get_expanded (row) || g_object_get_data (G_OBJECT (row), "filled") != NULL)
    return;
  g_object_set_data (G_OBJECT (row), "filled", row);
  for (guint i = 0; i < g_list_model_get_n_items (differences); i++)
    {
      g_autoptr (TrestleDifference) difference = g_list_model_get_item (differences, i);

      adw_expander_row_add_row (
          row, trestle_difference_lines_new_row (trestle_difference_get_label (difference),
                                                 trestle_difference_get_base (difference),
                                                 trestle_difference_get_mine (difference)));
    }
}

static void
on_restored (gpointer owner, const GValue *value, const GError *error)
{
  TrestleHistoryDialog *self = owner;

  if (error != NULL)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->list), TRUE);
      trestle_shell_problem (owner, _ ("restore the draft"), error);
      return;
    }
  trestle_shell_toast (owner, _ ("Draft restored"));
  adw_dialog_close (owner);
}

static void
on_restore (GtkButton *button, TrestleHistoryDialog *self)
{
  TrestleDraftSnapshot *snapshot = g_object_get_data (G_OBJECT (button), "snapshot");

  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  trestle_watch (self, &self->restoring, trestle_open_draft_restore (self->open_draft, snapshot),
                 on_restored);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestleDraftSnapshot *snapshot = item;
  GListModel *differences = trestle_draft_snapshot_get_differences (snapshot);
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Restore"));
  g_autofree char *time = trestle_format_today (trestle_draft_snapshot_get_taken (snapshot));
  g_autofree char *words = dup_words (differences);
  g_autofree char *spoken = g_strdup_printf (_ ("Restore the draft of %s"), time);
  g_autofree char *label = g_strdup_printf ("%s, %s", time, words);
  gboolean same = g_list_model_get_n_items (differences) == 0;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), time);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), words);
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (row), 2);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), !same);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, !same);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "snapshot", g_object_ref (snapshot), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_restore), data, 0);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (on_expanded), snapshot, 0);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), button);
  return row;
}

static void
on_loaded (gpointer owner, const GValue *value, const GError *error)
{
  TrestleHistoryDialog *self = owner;
  GListModel *snapshots;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("read the draft’s history"), error);
      return;
    }
  snapshots = g_value_get_object (value);
  gtk_list_box_bind_model (self->list, snapshots, create_row, self, NULL);
  trestle_page_state_set_state (self->state, g_list_model_get_n_items (snapshots) > 0
                                                 ? TRESTLE_PAGE_CONTENT
                                                 : TRESTLE_PAGE_EMPTY);
}

static void
load (TrestleHistoryDialog *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  trestle_watch (self, &self->loading, trestle_open_draft_list_history (self->open_draft),
                 on_loaded);
}

static void
on_retry (TrestleHistoryDialog *self)
{
  load (self);
}

static void
trestle_history_dialog_dispose (GObject *object)
{
  TrestleHistoryDialog *self = TRESTLE_HISTORY_DIALOG (object);

  dex_clear (&self->loading);
  dex_clear (&self->restoring);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_HISTORY_DIALOG);
  g_clear_object (&self->open_draft);
  G_OBJECT_CLASS (trestle_history_dialog_parent_class)->dispose (object);
}

static void
trestle_history_dialog_class_init (TrestleHistoryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_history_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-history-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleHistoryDialog, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleHistoryDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
trestle_history_dialog_init (TrestleHistoryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
trestle_history_dialog_new (TrestleOpenDraft *open_draft)
{
  TrestleHistoryDialog *self = g_object_new (TRESTLE_TYPE_HISTORY_DIALOG, NULL);

  self->open_draft = g_object_ref (open_draft);
  load (self);
  return ADW_DIALOG (self);
}
