/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "editor/trestle-editor-page.h"
#include "ui-driver.h"
#include "versions/trestle-package-chooser.h"
#include "versions/trestle-parameter-dialog.h"
#include "versions/trestle-parameter-list.h"
#include "versions/trestle-sample-group.h"
#include "versions/trestle-sample-keys-dialog.h"
#include "versions/trestle-versions-section.h"
#include "widgets/trestle-draft-entry.h"
#include "widgets/trestle-watch.h"

#define INPUTS "Versions[0].InputProperties.Parameters"
#define INPUT_TEXT "Versions[0].InputProperties.SampleInput.RealtimeInferenceText"
#define OUTPUT_TEXT "Versions[0].OutputProperties.SampleOutput.RealtimeInferenceText"

/* What buyers are told of a version, in the real editor. */

static TrestleWindow *window;
static TrestleOpenDraft *open_draft;
static TrestleDraft *draft;
static gpointer section;
static gpointer list;

static void
test_open (void)
{
  g_autofree char *example = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", "examples",
                                               "listing.yaml", NULL);
  g_autofree char *path = g_strstrip (
      ui_cli ("--account", "seller", "listing", "new", "--from", example, NULL));
  gpointer page;

  window = ui_open_seller ();
  trestle_window_open (window, "editor", path);
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (trestle_editor_page_get_draft (page) != NULL);
  open_draft = trestle_editor_page_get_draft (page);
  draft = trestle_open_draft_get_draft (open_draft);
  gtk_widget_activate_action (page, "editor.section", "s", "versions");
  UI_WAIT ((section = ui_find (page, TRESTLE_TYPE_VERSIONS_SECTION)) != NULL);
  trestle_versions_section_show (section, INPUTS);
  list = ui_child (section, "input_parameters");
  UI_WAIT (gtk_widget_get_mapped (list));
}

static gboolean
visit_check (GtkWidget *widget, const char *tooltip, GtkWidget **found)
{
  const char *own = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (own, tooltip) == 0)
    *found = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && *found == NULL;
       child = gtk_widget_get_next_sibling (child))
    visit_check (child, tooltip, found);
  return *found != NULL;
}

/* The table: both limits are said, and what is required is set in its place. */
static void
test_table (void)
{
  GtkWidget *check = NULL;

  UI_WAIT (ui_reads (list, "sepal_length") && ui_reads (list, "A number from 0 to 100"));
  g_assert_true (ui_reads (list, "4 of 35 · the web form takes 24"));
  UI_WAIT (visit_check (list, "Required: sepal_width", &check));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  gtk_widget_grab_focus (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_false (trestle_draft_get_bool (draft, INPUTS "[1].Required"));
  g_assert_true (trestle_draft_get_bool (draft, INPUTS "[0].Required"));
  /* it is the same row that has the keyboard */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == check);
  /* and what comes from elsewhere is shown, not sent back */
  trestle_draft_set_bool (draft, INPUTS "[1].Required", TRUE);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

static void
type (gpointer dialog, const char *text)
{
  gtk_editable_set_text (ui_child (ui_child (dialog, "name_row"), "text"), text);
}

/* Undoing reaches what the dialog shows; beyond that it goes out of the way. */
static void
test_dialog (void)
{
  GtkWidget *table = ui_child (list, "table");
  gpointer dialog;
  guint n = trestle_draft_get_length (draft, INPUTS);

  g_signal_emit_by_name (table, "activate", 2);
  dialog = ui_dialog (TRESTLE_TYPE_PARAMETER_DIALOG);
  UI_WAIT (ui_reads (dialog, "petal_length"));
  adw_dialog_force_close (dialog);
  ui_wait_no_dialog ();

  ui_press (list, "Add");
  dialog = ui_dialog (TRESTLE_TYPE_PARAMETER_DIALOG);
  g_assert_cmpuint (trestle_draft_get_length (draft, INPUTS), ==, n + 1);
  g_main_context_iteration (NULL, FALSE);
  UI_WAIT (trestle_watch_get_pending () == 0);
  type (dialog, "colour");
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[4].Name"), ==, "colour");
  ui_act (dialog, "editor.undo");
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[4].Name"), ==, "");
  g_assert_true (ui_dialog (TRESTLE_TYPE_PARAMETER_DIALOG) == dialog);
  ui_act (dialog, "editor.redo");
  g_assert_cmpstr (gtk_editable_get_text (ui_child (ui_child (dialog, "name_row"), "text")), ==,
                   "colour");
  ui_act (dialog, "editor.undo");
  ui_act (dialog, "editor.undo");
  ui_wait_no_dialog ();
  g_assert_cmpuint (trestle_draft_get_length (draft, INPUTS), ==, n);
}

/* Names of the sample become rows where a person says so, and rows that are there stay. */
static void
test_sample (void)
{
  gpointer dialog;
  guint n = trestle_draft_get_length (draft, INPUTS);

  /* a sample of bare figures has no names, and that is said */
  ui_press (list, "From Sample");
  dialog = ui_dialog (TRESTLE_TYPE_SAMPLE_KEYS_DIALOG);
  UI_WAIT (ui_reads (dialog, "no header"));
  g_assert_false (gtk_widget_is_sensitive (ui_child (dialog, "add_button")));
  adw_dialog_force_close (dialog);
  ui_wait_no_dialog ();

  trestle_draft_set_text (
      draft, INPUT_TEXT, "sepal_length,depth,kind\n5.1,3,tall\n4.9,7,low\n5.0,4,tall\n4.1,4,low\n");
  ui_press (list, "From Sample");
  dialog = ui_dialog (TRESTLE_TYPE_SAMPLE_KEYS_DIALOG);
  UI_WAIT (ui_reads (dialog, "Whole number, 3 to 7"));
  g_assert_true (ui_reads (dialog, "One of: tall, low"));
  g_assert_false (ui_reads (dialog, "sepal_length"));
  UI_WAIT (ui_reads (dialog, "Add 2"));
  ui_activate_row (dialog, "kind");
  UI_WAIT (ui_reads (dialog, "Add 1"));
  ui_click (ui_child (dialog, "add_button"));
  ui_wait_no_dialog ();
  g_assert_cmpuint (trestle_draft_get_length (draft, INPUTS), ==, n + 1);
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[4].Name"), ==, "depth");
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[4].Description"), ==, "");
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[0].Constraints"), ==,
                   "A number from 0 to 100");
  UI_WAIT (ui_reads (list, "depth") && ui_reads (list, "Not described yet"));

  /* one step, there and back */
  g_free (trestle_draft_past_undo (trestle_open_draft_get_past (open_draft)));
  g_assert_cmpuint (trestle_draft_get_length (draft, INPUTS), ==, n);
  /* attributes stand in no sample */
  g_assert_false (
      gtk_widget_get_visible (ui_child (ui_child (section, "attributes"), "sample_button")));
}

/* In a narrow window one column holds all of it. */
static void
test_narrow (void)
{
  g_object_set (list, "narrow", TRUE, NULL);
  g_assert_false (gtk_column_view_column_get_visible (ui_child (list, "description_column")));
  UI_WAIT (ui_reads (list, "Length of the sepal in centimetres"));
  UI_WAIT (ui_reads (list, "A number from 0 to 100"));
  g_object_set (list, "narrow", FALSE, NULL);
  g_object_set (section, "narrow", TRUE, NULL);
  g_assert_true (gtk_widget_is_ancestor (ui_child (section, "change_button"),
                                         ui_child (section, "narrow_bin")));
  g_object_set (section, "narrow", FALSE, NULL);
  g_assert_true (gtk_widget_is_ancestor (ui_child (section, "change_button"),
                                         ui_child (section, "package_row")));
  g_assert_true (gtk_column_view_column_get_visible (ui_child (list, "description_column")));
}

/* What can be made a version stands before what cannot, and the row that is pressed is the one. */
static void
test_chooser (void)
{
  gpointer dialog, list_box;
  GtkListBoxRow *row;
  g_autofree char *name = NULL;
  guint n = trestle_draft_get_length (draft, "Versions");
  gboolean barred = FALSE;

  gtk_widget_activate_action (section, "versions.new", NULL);
  dialog = ui_dialog (TRESTLE_TYPE_PACKAGE_CHOOSER);
  UI_WAIT (trestle_watch_get_pending () == 0 && ui_reads (dialog, "is made of it"));
  list_box = ui_child (dialog, "list");
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list_box, i)) != NULL; i++)
    {
      g_assert_false (barred && gtk_list_box_row_get_activatable (row));
      barred = !gtk_list_box_row_get_activatable (row);
    }
  g_assert_true (barred);
  row = gtk_list_box_get_row_at_index (list_box, 0);
  name = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  gtk_widget_activate (GTK_WIDGET (row));
  ui_wait_no_dialog ();
  g_assert_cmpuint (trestle_draft_get_length (draft, "Versions"), ==, n + 1);
  g_assert_true (g_str_has_suffix (
      trestle_draft_get_text (draft, "Versions[1].SageMakerModelPackageArn"), name));
  g_free (trestle_draft_past_undo (trestle_open_draft_get_past (open_draft)));
  g_assert_cmpuint (trestle_draft_get_length (draft, "Versions"), ==, n);
  trestle_versions_section_show (section, INPUTS);
}

/* The seller's own package on an endpoint is sent the samples, and what it says is shown. */
static void
test_endpoint (void)
{
  TrestleSession *session = trestle_window_get_session (window);
  gpointer group = ui_child (section, "samples");
  AdwComboRow *target = ui_child (group, "target_row");
  g_autoptr (DexFuture) described = trestle_packages_describe (
      trestle_session_get_packages (session),
      trestle_draft_get_text (draft, "Versions[0].SageMakerModelPackageArn"));
  g_autoptr (TrestleDeployPlan) plan = NULL;
  g_autoptr (TrestleTask) task = NULL;
  g_autoptr (TrestleTask) gone = NULL;
  g_autoptr (GError) error = NULL;

  UI_WAIT (!dex_future_is_pending (described));
  plan = g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, "name", "meadow", "package",
                       g_value_get_object (dex_future_get_value (described, &error)),
                       "instance-type", "ml.m5.large", "delete-after", G_TIME_SPAN_HOUR, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (target)), ==, 1);
  g_assert_true (gtk_widget_get_visible (ui_child (group, "address")));
  task = trestle_endpoints_deploy (trestle_session_get_endpoints (session), plan);
  UI_WAIT (trestle_task_get_state (task) != TRESTLE_TASK_STATE_RUNNING);
  g_assert_no_error (trestle_task_get_error (task));
  UI_WAIT (g_list_model_get_n_items (adw_combo_row_get_model (target)) == 2);

  trestle_draft_set_text (draft, INPUT_TEXT, "5.1,3.5,1.4,0.2\n");
  trestle_draft_set_text (draft, OUTPUT_TEXT, "setosa,1.0000\n");
  adw_combo_row_set_selected (target, 1);
  g_assert_false (gtk_widget_get_visible (ui_child (group, "address")));
  UI_WAIT (ui_reads (group, "the calls cost nothing more"));
  ui_press (group, "Try");
  UI_WAIT (ui_reads (group, "Sent as text/csv · answered text/csv"));
  UI_WAIT (ui_reads (group, "Matches"));
  UI_WAIT (ui_reads (group, "Batch input"));

  trestle_draft_set_text (draft, INPUT_TEXT, "not,a,flower\n");
  ui_press (group, "Try");
  UI_WAIT (ui_reads (group, "Failed"));
  UI_WAIT (ui_reads (group, "refused after"));

  /* it is gone: nobody is asked any more that is not there */
  gone = trestle_endpoints_delete (trestle_session_get_endpoints (session), "meadow", FALSE);
  UI_WAIT (trestle_task_get_state (gone) != TRESTLE_TASK_STATE_RUNNING);
  g_assert_no_error (trestle_task_get_error (gone));
  UI_WAIT (g_list_model_get_n_items (adw_combo_row_get_model (target)) == 1);
  g_assert_true (gtk_widget_get_visible (ui_child (group, "address")));
  g_assert_false (ui_reads (group, "Failed"));
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("600");
  g_test_add_func ("/ui/versions/open", test_open);
  g_test_add_func ("/ui/versions/table", test_table);
  g_test_add_func ("/ui/versions/dialog", test_dialog);
  g_test_add_func ("/ui/versions/sample", test_sample);
  g_test_add_func ("/ui/versions/narrow", test_narrow);
  g_test_add_func ("/ui/versions/chooser", test_chooser);
  g_test_add_func ("/ui/versions/endpoint", test_endpoint);
  status = g_test_run ();
  ui_close ();
  ui_serve_end ();
  return status;
}
