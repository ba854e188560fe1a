/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "domain/trestle-draft-versions.h"
#include "domain/trestle-lint.h"
#include "packages/trestle-chip-row.h"
#include "packages/trestle-package-details.h"
#include "packages/trestle-package-page.h"
#include "packages/trestle-package-watch.h"
#include "packages/trestle-packages-page.h"
#include "packages/trestle-spec-list.h"
#include "packages/trestle-training-groups.h"
#include "practice-fixture.h"
#include "trestle-app-resources.h"
#include "versions/trestle-parameter-list.h"
#include "versions/trestle-versions-section.h"
#include "widgets/trestle-log-card.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-accounts.h"

#define SELLER "444455556666"
#define BUCKET "s3://practice-seller-" SELLER

static TrestleSession *session;

static gboolean
on_wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until @condition holds; a test that hangs is ended by its runner. */
#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint wake = g_timeout_add (20, on_wake, NULL);                                                \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (wake);                                                                        \
  }                                                                                                \
  G_STMT_END

static const GValue *
await (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;

  WAIT_UNTIL (!dex_future_is_pending (future));
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return value;
}

static GtkWindow *
show (GtkWidget *widget)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  if (ADW_IS_NAVIGATION_PAGE (widget))
    {
      GtkWidget *view = adw_navigation_view_new ();

      adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (widget));
      widget = view;
    }
  adw_window_set_content (ADW_WINDOW (window), widget);
  gtk_window_set_default_size (window, 1100, 800);
  gtk_window_present (window);
  WAIT_UNTIL (gtk_widget_get_mapped (widget) && trestle_watch_get_pending () == 0);
  return window;
}

static gpointer
child (gpointer widget, GType type, const char *name)
{
  return gtk_widget_get_template_child (widget, type, name);
}

#define FORM(name) child (page, TRESTLE_TYPE_PACKAGE_PAGE, name)

/* The list says of each package whether it can be listed, and why not. */
static void
test_list (void)
{
  GtkWidget *page = trestle_packages_page_new (session);
  GtkWindow *window = show (page);
  GtkListBox *list = child (page, TRESTLE_TYPE_PACKAGES_PAGE, "list");
  AdwToggleGroup *filter = child (page, TRESTLE_TYPE_PACKAGES_PAGE, "filter");
  guint n = 0, n_not = 0;

  WAIT_UNTIL (gtk_list_box_get_row_at_index (list, 0) != NULL);
  while (gtk_list_box_get_row_at_index (list, (int) n) != NULL)
    n++;
  g_assert_cmpuint (
      n, ==, g_list_model_get_n_items (G_LIST_MODEL (trestle_session_get_packages (session))));
  adw_toggle_group_set_active_name (filter, "not");
  while (gtk_list_box_get_row_at_index (list, (int) n_not) != NULL)
    n_not++;
  g_assert_cmpuint (n_not, >=, 2); /* one failed its scan, one is not certified */
  g_assert_cmpuint (n_not, <, n);
  gtk_window_destroy (window);
}

/* A package is made of what the form says, once nothing stands against it. */
static void
test_create (void)
{
  GtkWidget *page = trestle_package_page_new (session, "");
  GtkWindow *window = show (page);
  TrestlePackageForm *form = trestle_package_page_get_form (TRESTLE_PACKAGE_PAGE (page));
  TrestlePackage *package;
  TrestleTask *task;
  g_autofree char *role = NULL;
  g_autofree char *output = NULL;

  g_assert_false (gtk_widget_get_visible (FORM ("name_strip")));
  gtk_widget_activate_action (page, "package.create", NULL);
  g_assert_null (trestle_package_page_get_task (TRESTLE_PACKAGE_PAGE (page)));
  g_assert_true (gtk_widget_get_visible (FORM ("name_strip")));
  g_assert_true (gtk_widget_get_visible (FORM ("realtime_strip")));

  gtk_editable_set_text (FORM ("name_row"), "petal-sorter-v9");
  gtk_editable_set_text (FORM ("model_data_row"), BUCKET "/models/iris/model.tar.gz");
  gtk_editable_set_text (FORM ("sample_row"), BUCKET "/validation/iris/");
  trestle_chip_row_add (FORM ("realtime_row"), "ml.m5.large");
  trestle_chip_row_add (FORM ("batch_row"), "ml.m5.large");
  trestle_chip_row_add (FORM ("content_types_row"), "text/csv");
  trestle_chip_row_add (FORM ("response_types_row"), "text/csv");
  g_object_set (FORM ("image_row"), "uri", SELLER ".dkr.ecr.us-east-1.amazonaws.com/iris:1", NULL);
  g_assert_false (gtk_widget_get_visible (FORM ("name_strip")));
  g_object_get (form, "role", &role, "output", &output, NULL);
  g_assert_true (g_str_has_prefix (role, "arn:aws:iam::" SELLER ":role/"));
  g_assert_cmpstr (output, ==, BUCKET "/validation-output");

  gtk_widget_activate_action (page, "package.create", NULL);
  task = trestle_package_page_get_task (TRESTLE_PACKAGE_PAGE (page));
  g_assert_nonnull (task);
  g_assert_true (gtk_widget_get_visible (FORM ("watch")));
  g_assert_false (gtk_widget_get_sensitive (FORM ("groups")));
  WAIT_UNTIL (trestle_task_get_state (task) != TRESTLE_TASK_STATE_RUNNING);
  g_assert_null (trestle_task_get_error (task));
  package = trestle_task_get_result (task);
  g_assert_cmpstr (trestle_package_get_status (package), ==, "Completed");
  g_assert_true (trestle_package_get_certified (package));
  WAIT_UNTIL (gtk_widget_get_visible (child (
      child (FORM ("watch"), TRESTLE_TYPE_PACKAGE_WATCH, "log"), TRESTLE_TYPE_LOG_CARD, "grid")));

  /* the same once more has another name */
  gtk_widget_activate_action (page, "package.again", NULL);
  g_assert_cmpstr (gtk_editable_get_text (FORM ("name_row")), ==, "petal-sorter-v10");
  g_assert_true (gtk_widget_get_sensitive (FORM ("groups")));
  gtk_window_destroy (window);
}

static void
test_copy (void)
{
  GtkWidget *page = trestle_package_page_new (session, "arn:aws:sagemaker:us-east-1:" SELLER
                                                       ":model-package/petal-sorter-v2");
  GtkWindow *window = show (page);
  GtkStringObject *type = adw_combo_row_get_selected_item (FORM ("job_type_row"));

  g_assert_true (g_str_has_prefix (gtk_editable_get_text (FORM ("name_row")), "petal-sorter-v"));
  g_assert_cmpstr (gtk_editable_get_text (FORM ("sample_row")), ==, BUCKET "/validation/iris/");
  g_assert_cmpstr (gtk_string_object_get_string (type), ==, "ml.m5.large");
  gtk_window_destroy (window);
}

/* The dialog of @list's row @index, or of a new one. */
static gpointer
open_spec (GtkWidget *page, const char *list, int index)
{
  gpointer training = FORM ("training"), dialog;
  gpointer group = child (training, TRESTLE_TYPE_TRAINING_GROUPS, list);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (page));

  if (index < 0)
    gtk_widget_activate_action (group, "spec.add", NULL);
  else
    gtk_widget_activate (GTK_WIDGET (
        gtk_list_box_get_row_at_index (child (group, TRESTLE_TYPE_SPEC_LIST, "list"), index)));
  WAIT_UNTIL ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (window))) != NULL);
  return dialog;
}

static void
apply (gpointer dialog)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (dialog));

  g_signal_emit_by_name (child (dialog, G_OBJECT_TYPE (dialog), "save_button"), "clicked");
  WAIT_UNTIL (adw_window_get_visible_dialog (ADW_WINDOW (window)) == NULL);
}

#define SPEC(name) child (dialog, G_OBJECT_TYPE (dialog), name)

static void
fill_training (GtkWidget *page)
{
  gpointer dialog = open_spec (page, "channels", -1);

  /* the first channel is mostly called so */
  g_assert_cmpstr (gtk_editable_get_text (SPEC ("name_row")), ==, "train");
  trestle_chip_row_add (SPEC ("types_row"), "text/csv");
  gtk_editable_set_text (SPEC ("sample_row"), BUCKET "/training/iris/");
  apply (dialog);

  dialog = open_spec (page, "hyperparameters", -1);
  g_assert_false (gtk_widget_get_sensitive (SPEC ("save_button")));
  gtk_editable_set_text (SPEC ("name_row"), "depth");
  gtk_editable_set_text (SPEC ("least_row"), "1");
  gtk_editable_set_text (SPEC ("most_row"), "9");
  gtk_editable_set_text (SPEC ("default_row"), "12");
  adw_switch_row_set_active (SPEC ("tunable_row"), TRUE);
  apply (dialog);

  dialog = open_spec (page, "metrics", -1);
  gtk_editable_set_text (SPEC ("name_row"), "train:rows");
  gtk_editable_set_text (SPEC ("regex_row"), "train:rows=([0-9]+)");
  gtk_editable_set_text (SPEC ("line_row"), "train:rows=4; train:columns=4;");
  g_assert_cmpstr (adw_action_row_get_subtitle (SPEC ("result_row")), ==, "4");
  adw_combo_row_set_selected (SPEC ("objective_row"), 2);
  apply (dialog);
}

/* An algorithm is made, trained and used once by SageMaker, and can be listed then. */
static void
test_algorithm (void)
{
  GtkWidget *page = trestle_package_page_new (session, "algorithm");
  GtkWindow *window = show (page);
  gpointer training = FORM ("training"), dialog, watch;
  TrestlePackage *package;
  TrestleTask *task;
  g_autoptr (GPtrArray) obstacles = NULL;
  g_autofree char *arn = NULL;

  g_assert_true (gtk_widget_get_visible (training));
  g_assert_false (gtk_widget_get_visible (FORM ("model_data_row")));
  gtk_widget_activate_action (page, "package.create", NULL);
  g_assert_null (trestle_package_page_get_task (TRESTLE_PACKAGE_PAGE (page)));
  gtk_editable_set_text (FORM ("name_row"), "petal-learner");
  gtk_editable_set_text (FORM ("sample_row"), BUCKET "/validation/iris/");
  g_object_set (FORM ("image_row"), "uri", SELLER ".dkr.ecr.us-east-1.amazonaws.com/iris:1", NULL);
  trestle_chip_row_add (FORM ("realtime_row"), "ml.m5.large");
  trestle_chip_row_add (FORM ("batch_row"), "ml.m5.large");
  trestle_chip_row_add (FORM ("content_types_row"), "text/csv");
  trestle_chip_row_add (FORM ("response_types_row"), "application/json");
  trestle_chip_row_add (child (training, TRESTLE_TYPE_TRAINING_GROUPS, "training_row"),
                        "ml.m5.large");
  fill_training (page);

  /* a default out of its range is said, and nothing is sent */
  gtk_widget_activate_action (page, "package.create", NULL);
  g_assert_null (trestle_package_page_get_task (TRESTLE_PACKAGE_PAGE (page)));
  g_assert_true (gtk_widget_get_visible (
      child (child (training, TRESTLE_TYPE_TRAINING_GROUPS, "hyperparameters"),
             TRESTLE_TYPE_SPEC_LIST, "strip")));
  dialog = open_spec (page, "hyperparameters", 0);
  g_assert_cmpstr (gtk_editable_get_text (SPEC ("name_row")), ==, "depth");
  gtk_editable_set_text (SPEC ("default_row"), "4");
  apply (dialog);

  gtk_widget_activate_action (page, "package.create", NULL);
  task = trestle_package_page_get_task (TRESTLE_PACKAGE_PAGE (page));
  g_assert_nonnull (task);
  WAIT_UNTIL (trestle_task_get_state (task) != TRESTLE_TASK_STATE_RUNNING);
  g_assert_null (trestle_task_get_error (task));
  package = trestle_task_get_result (task);
  g_assert_cmpint (trestle_package_get_kind (package), ==, TRESTLE_PRODUCT_KIND_ALGORITHM);
  g_assert_cmpstr (trestle_package_get_status (package), ==, "Completed");
  obstacles = trestle_package_find_obstacles (package, SELLER);
  g_assert_cmpuint (obstacles->len, ==, 0);
  arn = g_strdup (trestle_package_get_arn (package));
  watch = FORM ("watch");
  WAIT_UNTIL (gtk_widget_get_visible (child (
      child (watch, TRESTLE_TYPE_PACKAGE_WATCH, "training_log"), TRESTLE_TYPE_LOG_CARD, "grid")));
  gtk_window_destroy (window);

  /* a copy of it has all of its training */
  page = trestle_package_page_new (session, arn);
  window = show (page);
  g_assert_false (gtk_widget_get_visible (FORM ("kind")));
  g_assert_cmpstr (gtk_editable_get_text (FORM ("name_row")), ==, "petal-learner-2");
  dialog = open_spec (page, "channels", 0);
  g_assert_cmpstr (gtk_editable_get_text (SPEC ("sample_row")), ==, BUCKET "/training/iris/");
  apply (dialog);
  dialog = open_spec (page, "metrics", 0);
  g_assert_cmpuint (adw_combo_row_get_selected (SPEC ("objective_row")), ==, 2);
  apply (dialog);
  gtk_window_destroy (window);

  page = trestle_package_details_new (session, arn);
  window = show (page);
  g_assert_nonnull (gtk_list_box_get_row_at_index (
      child (page, TRESTLE_TYPE_PACKAGE_DETAILS, "hyperparameters"), 0));
  gtk_window_destroy (window);
}

static void
test_details (void)
{
  GtkWidget *page = trestle_package_details_new (session, "arn:aws:sagemaker:us-east-1:" SELLER
                                                          ":model-package/spot-count-v2-beta");
  GtkWindow *window = show (page);
  GtkListBox *checks = child (page, TRESTLE_TYPE_PACKAGE_DETAILS, "checks");
  AdwActionRow *arn = child (page, TRESTLE_TYPE_PACKAGE_DETAILS, "arn_row");

  g_assert_true (g_str_has_suffix (adw_action_row_get_subtitle (arn), "spot-count-v2-beta"));
  g_assert_nonnull (gtk_list_box_get_row_at_index (checks, 1));
  gtk_window_destroy (window);
}

#define VERSIONS(name) child (section, TRESTLE_TYPE_VERSIONS_SECTION, name)

static void
test_versions (void)
{
  TrestleDrafts *drafts = trestle_session_get_drafts (session);
  g_autoptr (DexFuture) created = trestle_drafts_create (drafts, "versions", NULL);
  g_autoptr (DexFuture) opened = trestle_drafts_open (drafts, g_value_get_string (await (created)));
  TrestleOpenDraft *open = g_value_get_object (await (opened));
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  g_autoptr (DexFuture) described = trestle_packages_describe (
      trestle_session_get_packages (session), "petal-sorter-v1");
  g_autoptr (TrestlePackage) package = g_value_dup_object (await (described));
  GtkWidget *section = trestle_versions_section.create (session, open);
  GtkWindow *window = show (section);
  GtkStringObject *chosen;
  g_autofree char *path = NULL;

  g_assert_cmpstr (gtk_stack_get_visible_child_name (VERSIONS ("whole")), ==, "empty");
  trestle_draft_add_version (draft, package);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (VERSIONS ("whole")), ==, "content");
  chosen = gtk_drop_down_get_selected_item (VERSIONS ("chooser"));
  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, "1.0 · drafted");
  WAIT_UNTIL (trestle_watch_get_pending () == 0);
  chosen = adw_combo_row_get_selected_item (VERSIONS ("realtime_row"));
  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, "ml.m5.large");

  /* a finding leads to its version and part */
  trestle_draft_set_text (draft, "Versions[0].InputProperties.Parameters[0].Name", "sepal");
  trestle_draft_set_text (draft, "Versions[1].VersionTitle", "2.0");
  trestle_versions_section.show (section, "Versions[0].InputProperties.Parameters[0].Name");
  g_assert_cmpstr (adw_toggle_group_get_active_name (VERSIONS ("parts")), ==, "input");
  g_object_get (VERSIONS ("input_parameters"), "path", &path, NULL);
  g_assert_cmpstr (path, ==, "Versions[0].InputProperties.Parameters");
  trestle_versions_section.show (section, "Versions[1].VersionTitle");
  g_assert_cmpuint (gtk_drop_down_get_selected (VERSIONS ("chooser")), ==, 1);
  g_assert_cmpstr (adw_toggle_group_get_active_name (VERSIONS ("parts")), ==, "about");

  /* what goes away is not shown any more */
  trestle_draft_remove (draft, "Versions", 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (VERSIONS ("chooser")), ==, 0);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (TrestleAccount) account = NULL;
  g_autoptr (DexFuture) opened = NULL;
  int status;

  practice_fixture_home ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  adw_init ();
  g_resources_register (trestle_app_get_resource ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  practice_fixture_start ("200");
  account = trestle_accounts_practice ("seller");
  opened = trestle_session_open (account, NULL);
  session = g_value_get_object (await (opened));

  g_test_add_func ("/ui/packages/list", test_list);
  g_test_add_func ("/ui/packages/create", test_create);
  g_test_add_func ("/ui/packages/copy", test_copy);
  g_test_add_func ("/ui/packages/algorithm", test_algorithm);
  g_test_add_func ("/ui/packages/details", test_details);
  g_test_add_func ("/ui/versions/section", test_versions);
  status = g_test_run ();
  practice_fixture_end ();
  return status;
}
