/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "container/trestle-check-form.h"
#include "container/trestle-check-results.h"
#include "container/trestle-container-page.h"
#include "domain/trestle-container-rules.h"
#include "packages/trestle-package-page.h"
#include "practice-fixture.h"
#include "publish/trestle-publish-model.h"
#include "trestle-app-resources.h"
#include "trestle-look-container.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-accounts.h"

#define IMAGE "444455556666.dkr.ecr.us-east-1.amazonaws.com/iris:1"

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
show (GtkWidget *page)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (window, 1100, 800);
  gtk_window_present (window);
  WAIT_UNTIL (gtk_widget_get_mapped (page) && trestle_watch_get_pending () == 0);
  return window;
}

static gpointer
child (gpointer widget, GType type, const char *name)
{
  return gtk_widget_get_template_child (widget, type, name);
}

#define PAGE(name) child (page, TRESTLE_TYPE_CONTAINER_PAGE, name)
#define RESULTS(name) child (PAGE ("results"), TRESTLE_TYPE_CHECK_RESULTS, name)

/* A program of tests/container; its address. */
static GSubprocess *
start (const char *wrong, char **address)
{
  g_autofree char *program = g_test_build_filename (G_TEST_DIST, "container", "program.py", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3", "-B",
                                           program, wrong, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *port = NULL;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  port = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  *address = g_strconcat ("http://127.0.0.1:", port, NULL);
  return process;
}

static void
finish (GSubprocess *process)
{
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

/* From the address to the findings, and back to the form, which still knows the address. */
static void
test_program (void)
{
  GtkWidget *page = trestle_container_page_new (session, "");
  GtkWindow *window = show (page);
  GtkEditable *target = child (PAGE ("form"), TRESTLE_TYPE_CHECK_FORM, "target_row");
  g_autofree char *address = NULL;
  GSubprocess *process = start ("unknown-path", &address);

  g_assert_false (gtk_widget_is_sensitive (PAGE ("check_button")));
  gtk_editable_set_text (target, address);
  g_assert_true (gtk_widget_is_sensitive (PAGE ("check_button")));
  gtk_widget_activate_action (page, "container.check", NULL);
  g_assert_true (gtk_widget_get_visible (PAGE ("stop_button")));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (PAGE ("stack")), ==, "results");
  WAIT_UNTIL (gtk_widget_get_visible (PAGE ("again_button")));
  g_assert_true (gtk_widget_get_visible (PAGE ("save_button")));
  g_assert_false (gtk_widget_get_visible (PAGE ("package_button"))); /* an address is no image */
  g_assert_false (gtk_widget_get_visible (RESULTS ("failed_group")));
  g_assert_true (gtk_widget_get_visible (RESULTS ("warnings_group")));
  g_assert_true (gtk_widget_get_visible (RESULTS ("passed_group")));
  g_assert_false (gtk_widget_get_visible (RESULTS ("running_group")));
  gtk_widget_activate_action (page, "container.again", NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (PAGE ("stack")), ==, "form");
  g_assert_cmpstr (gtk_editable_get_text (target), ==, address);
  finish (process);
  gtk_window_destroy (window);

  /* What it found is there the next time. */
  page = trestle_container_page_new (session, address);
  window = show (page);
  g_assert_true (gtk_widget_get_visible (PAGE ("again_button")));
  g_assert_true (gtk_widget_get_visible (RESULTS ("warnings_group")));
  gtk_window_destroy (window);
}

/* Stop ends a check that would go on for minutes, and so does closing the page. */
static void
test_stop (void)
{
  GtkWidget *page = trestle_container_page_new (session, "");
  GtkWindow *window = show (page);
  g_autofree char *address = NULL;
  GSubprocess *process = start ("never-ready", &address);
  g_autoptr (TrestleContainerPlan)
      plan = g_object_new (TRESTLE_TYPE_CONTAINER_PLAN, "target", address, NULL);

  trestle_container_page_run (TRESTLE_CONTAINER_PAGE (page), plan);
  WAIT_UNTIL (gtk_widget_get_visible (RESULTS ("ping_card")));
  gtk_widget_activate_action (page, "container.stop", NULL);
  WAIT_UNTIL (gtk_widget_get_visible (PAGE ("again_button")));
  g_assert_true (adw_banner_get_revealed (PAGE ("banner")));
  gtk_widget_activate_action (page, "container.again", NULL);
  trestle_container_page_run (TRESTLE_CONTAINER_PAGE (page), plan);
  WAIT_UNTIL (gtk_widget_get_visible (PAGE ("stop_button")));
  gtk_window_destroy (window);
  WAIT_UNTIL (trestle_watch_get_pending () == 0);
  finish (process);
}

/* What cannot be checked is said, and the form stays. */
static void
test_refused (void)
{
  GtkWidget *page = trestle_container_page_new (session, "http://192.0.2.1:8080");
  GtkWindow *window = show (page);

  gtk_widget_activate_action (page, "container.check", NULL);
  WAIT_UNTIL (gtk_widget_get_visible (PAGE ("check_button")));
  g_assert_true (adw_banner_get_revealed (PAGE ("banner")));
  g_assert_nonnull (strstr (adw_banner_get_title (PAGE ("banner")), "192.0.2.1"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (PAGE ("stack")), ==, "form");
  gtk_window_destroy (window);
}

/* Failed first; one error keeps it from becoming a package. */
static void
test_results (void)
{
  GtkWidget *page = trestle_container_page_new (session, "");
  GtkWindow *window = show (page);

  trestle_look_container (TRESTLE_CONTAINER_PAGE (page));
  g_assert_true (gtk_widget_get_visible (RESULTS ("failed_group")));
  g_assert_true (gtk_widget_get_visible (RESULTS ("skipped_group")));
  g_assert_false (gtk_widget_get_visible (PAGE ("package_button")));
  gtk_window_destroy (window);
}

/* What passed begins a package with its image. */
static void
test_package (void)
{
  GtkWidget *page = trestle_container_page_new (session, "");
  GtkWindow *window = show (page);
  g_autoptr (TrestleContainerResult) result = g_object_new (TRESTLE_TYPE_CONTAINER_RESULT, "target",
                                                            IMAGE, "started", (gint64) 1, NULL);
  GtkWidget *package;
  g_autofree char *image = NULL;

  trestle_container_page_show (TRESTLE_CONTAINER_PAGE (page), result);
  g_assert_true (gtk_widget_get_visible (PAGE ("package_button")));
  gtk_window_destroy (window);
  package = trestle_package_page_new (session, "image:" IMAGE);
  window = show (package);
  g_object_get (trestle_package_page_get_form (TRESTLE_PACKAGE_PAGE (package)), "image", &image,
                NULL);
  g_assert_cmpstr (image, ==, IMAGE);
  gtk_window_destroy (window);
}

/* The track tells of the check of the newest version's image. */
static void
test_publish (void)
{
  g_autoptr (GListStore) requests = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (TrestleOwnProduct)
      product = g_object_new (TRESTLE_TYPE_OWN_PRODUCT, "id", "prod-x", "visibility", "Limited",
                              "n-versions", (gint64) 1, NULL);
  g_autoptr (TrestleContainerResult)
      none = g_object_new (TRESTLE_TYPE_CONTAINER_RESULT, "target", IMAGE, NULL);
  g_autoptr (TrestleContainerResult) passed = g_object_new (
      TRESTLE_TYPE_CONTAINER_RESULT, "target", IMAGE, "started", (gint64) 1780000000000000, NULL);
  TrestleContainerResult *const results[] = { NULL, none, passed };
  static const TrestlePublishMark marks[] = { TRESTLE_PUBLISH_MARK_LATER,
                                              TRESTLE_PUBLISH_MARK_UNKNOWN,
                                              TRESTLE_PUBLISH_MARK_DONE };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      const TrestlePublishFacts facts = { .product = product,
                                          .requests = G_LIST_MODEL (requests),
                                          .container = results[i] };
      g_autoptr (GPtrArray) checks = trestle_publish_checks (&facts);
      TrestlePublishPoint *found = NULL;

      for (guint j = 0; j < checks->len; j++)
        if (g_strcmp0 (trestle_publish_point_get_target (checks->pdata[j]), "container:" IMAGE)
            == 0)
          found = checks->pdata[j];
      if (results[i] == NULL)
        g_assert_null (found);
      else
        g_assert_cmpint (trestle_publish_point_get_mark (found), ==, marks[i]);
    }
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

  g_test_add_func ("/ui/container/program", test_program);
  g_test_add_func ("/ui/container/stop", test_stop);
  g_test_add_func ("/ui/container/refused", test_refused);
  g_test_add_func ("/ui/container/results", test_results);
  g_test_add_func ("/ui/container/package", test_package);
  g_test_add_func ("/ui/container/publish", test_publish);
  status = g_test_run ();
  practice_fixture_end ();
  return status;
}
