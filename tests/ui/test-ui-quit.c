/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "endpoints/trestle-deploy-dialog.h"
#include "endpoints/trestle-quit-dialog.h"
#include "endpoints/trestle-quit-progress.h"
#include "ui-driver.h"

/* Leaving while something runs, which costs. */

/* Opens the window, waits until it knows of @name, and closes it as the corner's cross does. */
static gpointer
quit (const char *name)
{
  TrestleWindow *window = ui_open ();
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (trestle_window_get_session (window));

  UI_WAIT (trestle_endpoints_find (endpoints, name) != NULL);
  gtk_window_close (GTK_WINDOW (window));
  return ui_dialog (TRESTLE_TYPE_QUIT_DIALOG);
}

static void
wait_closed (void)
{
  UI_WAIT (!ui_is_open ());
  ui_close ();
}

static void
test_cancel (void)
{
  gpointer dialog;

  ui_deploy ("one");
  ui_deploy ("two");
  dialog = quit ("two");
  UI_WAIT (ui_reads (dialog, "2 still running · $"));
  UI_WAIT (ui_reads (dialog, "If both are left until then"));
  ui_press (dialog, "Cancel");
  ui_wait_no_dialog ();
  g_assert_true (ui_is_open ());
  ui_close ();
}

static void
test_leave (void)
{
  ui_press (quit ("two"), "Leave Running");
  wait_closed ();
  g_assert_true (ui_has ("one") && ui_has ("two"));
}

static void
test_delete_one (void)
{
  gpointer dialog = quit ("two");

  UI_WAIT (ui_reads (dialog, "Delete and Quit"));
  ui_activate_row (dialog, "one");
  ui_press (dialog, "Delete 1 and Quit");
  UI_WAIT (ui_reads (ui_dialog (TRESTLE_TYPE_QUIT_PROGRESS), "Deleting 1 Thing"));
  wait_closed ();
  g_assert_true (ui_has ("one") && !ui_has ("two"));
}

/* What cannot be deleted is said, and the window stays until it is told to go. */
static void
test_refused (void)
{
  gpointer dialog;

  dialog = quit ("one");
  ui_break ("[{\"operation\":\"DeleteEndpoint\",\"kind\":\"denied\",\"count\":1}]");
  ui_press (dialog, "Delete and Quit");
  dialog = ui_dialog (TRESTLE_TYPE_QUIT_PROGRESS);
  UI_WAIT (ui_reads (dialog, "1 Thing Could Not Be Deleted"));
  ui_press (dialog, "Stay");
  ui_wait_no_dialog ();
  g_assert_true (ui_is_open ());
  ui_close ();
  g_assert_true (ui_has ("one"));
}

/* A deployment under way is stopped and undone, what runs is deleted; then the window goes. */
static void
test_delete_all (void)
{
  TrestleWindow *window = ui_open ();
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (trestle_window_get_session (window));
  gpointer dialog;

  UI_WAIT (trestle_endpoints_find (endpoints, "one") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open", "(ss)", "deploy", "iris-classifier");
  dialog = ui_dialog (TRESTLE_TYPE_DEPLOY_DIALOG);
  UI_WAIT (g_str_has_prefix (gtk_button_get_label (ui_child (dialog, "deploy_button")),
                             "Deploy · about $"));
  gtk_editable_set_text (ui_child (dialog, "name"), "three");
  ui_click (ui_child (dialog, "deploy_button"));
  ui_wait_no_dialog ();
  gtk_window_close (GTK_WINDOW (window));
  dialog = ui_dialog (TRESTLE_TYPE_QUIT_DIALOG);
  UI_WAIT (ui_reads (dialog, "one") && ui_reads (dialog, "three"));
  ui_press (dialog, "Delete and Quit");
  UI_WAIT (ui_reads (ui_dialog (TRESTLE_TYPE_QUIT_PROGRESS), "Deleting 2 Things"));
  wait_closed ();
  g_assert_cmpuint (ui_delete_left (), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("120");
  g_free (ui_cli ("subscribe", "iris-classifier", "--accept", NULL));
  g_test_add_func ("/ui/quit/cancel", test_cancel);
  g_test_add_func ("/ui/quit/leave", test_leave);
  g_test_add_func ("/ui/quit/delete-one", test_delete_one);
  g_test_add_func ("/ui/quit/refused", test_refused);
  g_test_add_func ("/ui/quit/delete-all", test_delete_all);
  status = g_test_run ();
  ui_serve_end ();
  return status;
}
