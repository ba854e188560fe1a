/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "endpoints/trestle-deploy-dialog.h"
#include "endpoints/trestle-deploying-page.h"
#include "endpoints/trestle-endpoint-page.h"
#include "endpoints/trestle-endpoints-page.h"
#include "ui-driver.h"

/* What is done with endpoints that run. They were deployed by trestle-cli: the same installation. */

static gpointer
open_endpoints (void)
{
  gtk_widget_activate_action (GTK_WIDGET (ui_open ()), "win.show-section", "s", "endpoints");
  return ui_page (TRESTLE_TYPE_ENDPOINTS_PAGE);
}

static gpointer
open_endpoint (const char *name)
{
  gpointer page = open_endpoints ();

  ui_activate_row (ui_child (page, "endpoints_list"), name);
  page = ui_page (TRESTLE_TYPE_ENDPOINT_PAGE);
  UI_WAIT (ui_reads (page, "In service"));
  return page;
}

static void
test_delete_by (void)
{
  gpointer page, details;
  g_autofree char *said = NULL;

  ui_deploy ("due");
  page = open_endpoint ("due");
  details = ui_child (page, "details");
  UI_WAIT (ui_reads (details, "in 2 h"));

  ui_press (details, "Change…");
  /* Each choice says what it comes to. */
  UI_WAIT (ui_reads (ui_dialog (ADW_TYPE_ALERT_DIALOG), "In 8 hours · $"));
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "In 8 hours");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (details, "in 8 h"));

  ui_press (details, "Change…");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Never");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (details, "Never") && ui_reads (details, "a day until it is deleted"));
  said = ui_cli ("endpoint", "due", "--json", NULL);
  g_assert_null (strstr (said, "\"delete_by\""));
  ui_close ();
}

static void
test_kept_model (void)
{
  gpointer page;

  ui_deploy ("kept");
  page = open_endpoint ("kept");
  ui_press (page, "Pause");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Pause");
  ui_wait_no_dialog ();
  UI_WAIT (trestle_page_state_get_state (ui_child (page, "state")) == TRESTLE_PAGE_EMPTY);
  ui_press (page, "Show Endpoints");

  page = ui_page (TRESTLE_TYPE_ENDPOINTS_PAGE);
  UI_WAIT (ui_reads (ui_child (page, "kept_list"), "kept"));
  ui_press (ui_child (page, "kept_list"), "Delete Model “kept”");
  UI_WAIT (ui_reads (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Model “kept”"));
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Delete All");
  ui_wait_no_dialog ();
  UI_WAIT (!ui_reads (page, "Model, made"));
  ui_close ();
}

static void
test_clean_up (void)
{
  gpointer page, dialog;

  ui_deploy ("one");
  ui_deploy ("two");
  page = open_endpoints ();
  UI_WAIT (ui_reads (page, "one") && ui_reads (page, "two"));

  /* Nothing goes that was not agreed to. */
  ui_act (page, "endpoints.clean-up");
  dialog = ui_dialog (ADW_TYPE_ALERT_DIALOG);
  UI_WAIT (ui_reads (dialog, "Endpoint “one”"));
  UI_WAIT (ui_reads (dialog, "Endpoint “two”"));
  ui_press (dialog, "Cancel");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (page, "one") && ui_reads (page, "two"));

  ui_act (page, "endpoints.clean-up");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Delete All");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (page, "Nothing Is Running"));
  UI_WAIT (ui_reads (gtk_widget_get_root (page), "Cleaned up"));
  g_assert_cmpuint (ui_delete_left (), ==, 0);
  ui_act (page, "endpoints.clean-up");
  UI_WAIT (ui_reads (gtk_widget_get_root (page), "There is nothing to clean up"));
  ui_close ();
}

static void
test_failed (void)
{
  TrestleWindow *window;
  gpointer page, dialog;

  ui_break ("[{\"operation\":\"CreateEndpoint\",\"kind\":\"capacity\",\"count\":3}]");
  window = ui_open ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open", "(ss)", "deploy", "iris-classifier");
  dialog = ui_dialog (TRESTLE_TYPE_DEPLOY_DIALOG);
  UI_WAIT (g_str_has_prefix (gtk_button_get_label (ui_child (dialog, "deploy_button")),
                             "Deploy · about $"));
  gtk_editable_set_text (ui_child (dialog, "name"), "failed");
  ui_click (ui_child (dialog, "deploy_button"));
  page = ui_page (TRESTLE_TYPE_DEPLOYING_PAGE);
  UI_WAIT (ui_reads (page, "Undone"));
  UI_WAIT (ui_reads (page, "nothing is billed"));
  UI_WAIT (ui_reads (page, "capacity"));
  g_assert_cmpuint (ui_delete_left (), ==, 0);

  /* It stays in the list until it is tried again, and that works. */
  gtk_widget_activate_action (page, "navigation.pop", NULL);
  page = ui_page (TRESTLE_TYPE_ENDPOINTS_PAGE);
  UI_WAIT (ui_reads (ui_child (page, "tasks_list"), "Failed"));
  ui_activate_row (ui_child (page, "tasks_list"), "failed");
  page = ui_page (TRESTLE_TYPE_DEPLOYING_PAGE);
  ui_click (ui_child (page, "retry_button"));
  dialog = ui_dialog (TRESTLE_TYPE_DEPLOY_DIALOG);
  UI_WAIT (g_str_has_prefix (gtk_button_get_label (ui_child (dialog, "deploy_button")),
                             "Deploy · about $"));
  gtk_editable_set_text (ui_child (dialog, "name"), "failed");
  ui_click (ui_child (dialog, "deploy_button"));
  UI_WAIT (ui_reads (page, "Ready"));
  ui_close ();
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("600");
  g_free (ui_cli ("subscribe", "iris-classifier", "--accept", NULL));
  g_test_add_func ("/ui/endpoints/delete-by", test_delete_by);
  g_test_add_func ("/ui/endpoints/kept-model", test_kept_model);
  g_test_add_func ("/ui/endpoints/clean-up", test_clean_up);
  g_test_add_func ("/ui/endpoints/failed", test_failed);
  status = g_test_run ();
  ui_serve_end ();
  return status;
}
