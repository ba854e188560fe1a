/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/trestle-discover-page.h"
#include "endpoints/trestle-deploy-dialog.h"
#include "endpoints/trestle-deploying-page.h"
#include "endpoints/trestle-endpoint-page.h"
#include "endpoints/trestle-endpoints-page.h"
#include "invoke/trestle-bench-page.h"
#include "logs/trestle-logs-page.h"
#include "product/trestle-arn-dialog.h"
#include "product/trestle-product-page.h"
#include "product/trestle-subscribe-dialog.h"
#include "ui-driver.h"

/* The main job, as a buyer does it for the first time. Each step begins where the one before has led to. */

static guint
count_rows (gpointer view)
{
  GtkSelectionModel *model = GTK_IS_GRID_VIEW (view) ? gtk_grid_view_get_model (view)
                                                     : gtk_list_view_get_model (view);

  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static gboolean
is_shown (gpointer page)
{
  return trestle_page_state_get_state (ui_child (page, "state")) == TRESTLE_PAGE_CONTENT;
}

static void
find_product (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_DISCOVER_PAGE);
  GtkWidget *grid = ui_child (page, "grid");

  gtk_editable_set_text (ui_child (page, "search"), "iris");
  UI_WAIT (count_rows (grid) < 10 && ui_reads (grid, "Iris Classifier"));
  gtk_widget_activate_action (grid, "list.activate-item", "u", 0);
}

static void
subscribe (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_PRODUCT_PAGE);
  gpointer dialog;

  UI_WAIT (ui_reads (page, "Not subscribed"));
  ui_click (ui_child (page, "action"));
  dialog = ui_dialog (TRESTLE_TYPE_SUBSCRIBE_DIALOG);
  UI_WAIT (is_shown (dialog)
           && trestle_page_state_get_state (ui_child (dialog, "quote_state"))
                  == TRESTLE_PAGE_CONTENT);
  /* Nothing is accepted before the terms are. */
  g_assert_false (gtk_widget_is_sensitive (ui_child (dialog, "accept_button")));
  gtk_check_button_set_active (ui_child (dialog, "accept_check"), TRUE);
  ui_click (ui_child (dialog, "accept_button"));
  UI_WAIT (ui_reads (dialog, "Subscribed. The package is known for this Region."));
  ui_press (dialog, "Close");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (page, "Subscribed"));
}

/* The practice account's ARN is known by now; it can be pasted all the same, as on AWS. */
static void
paste_arn (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_PRODUCT_PAGE);
  g_autofree char *arn = g_strchomp (ui_cli ("arn", "iris-classifier", NULL));
  gpointer dialog, view;

  ui_act (page, "product.arn");
  dialog = ui_dialog (TRESTLE_TYPE_ARN_DIALOG);
  UI_WAIT (is_shown (dialog));
  view = ui_child (dialog, "view");
  gtk_editable_set_text (ui_child (view, "entry"), "iris-classifier");
  UI_WAIT (ui_reads (view, "This is not the ARN"));
  g_assert_cmpstr (arn, !=, "");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (view), arn);
  ui_press (view, "Paste ARN");
  UI_WAIT (g_str_equal (gtk_editable_get_text (ui_child (view, "entry")), arn));
  ui_press (view, "Check and Remember");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (gtk_widget_get_root (page), "The ARN is remembered"));
}

static void
deploy (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_PRODUCT_PAGE);
  gpointer dialog;

  UI_WAIT (g_str_equal (gtk_button_get_label (ui_child (page, "action")), "Deploy…"));
  ui_click (ui_child (page, "action"));
  dialog = ui_dialog (TRESTLE_TYPE_DEPLOY_DIALOG);
  UI_WAIT (is_shown (dialog));
  gtk_editable_set_text (ui_child (dialog, "name"), "iris");
  UI_WAIT (g_str_has_prefix (gtk_button_get_label (ui_child (dialog, "deploy_button")),
                             "Deploy · about $"));
  ui_click (ui_child (dialog, "deploy_button"));
  ui_wait_no_dialog ();
}

static void
wait_in_service (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_DEPLOYING_PAGE);

  UI_WAIT (ui_reads (page, "Starting"));
  UI_WAIT (ui_reads (page, "Ready"));
  UI_WAIT (ui_reads (page, "It costs $"));
  ui_click (ui_child (page, "workbench_button"));
}

static void
invoke (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_BENCH_PAGE);
  gpointer answer = ui_child (page, "answer");
  GtkStack *stack = ui_child (answer, "stack");

  UI_WAIT (is_shown (page) && ui_reads (ui_child (page, "files"), "iris"));
  ui_press (ui_child (page, "request"), "Send");
  UI_WAIT (g_str_equal (gtk_stack_get_visible_child_name (stack), "tree"));
  UI_WAIT (ui_reads (answer, "setosa"));
  UI_WAIT (ui_reads (answer, "200"));
  adw_toggle_group_set_active_name (ui_child (answer, "views"), "table");
  UI_WAIT (ui_reads (ui_child (answer, "table"), "versicolor"));
  adw_toggle_group_set_active_name (ui_child (answer, "views"), "raw");
  UI_WAIT (ui_reads (ui_child (answer, "raw"), "\"species\""));
  UI_WAIT (ui_reads (ui_child (page, "history"), "iris"));
  ui_act (page, "bench.logs");
}

static void
read_logs (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_LOGS_PAGE);

  UI_WAIT (is_shown (page) && ui_reads (ui_child (page, "list"), "/invocations"));
  gtk_widget_activate_action (page, "win.show-section", "s", "endpoints");
}

static void
delete_endpoint (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_BENCH_PAGE);

  ui_act (page, "bench.endpoint");
  page = ui_page (TRESTLE_TYPE_ENDPOINT_PAGE);
  UI_WAIT (is_shown (page) && ui_reads (page, "In service"));
  ui_press (page, "Delete");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Delete");
  ui_wait_no_dialog ();
  UI_WAIT (trestle_page_state_get_state (ui_child (page, "state")) == TRESTLE_PAGE_EMPTY);
  ui_press (page, "Show Endpoints");
  page = ui_page (TRESTLE_TYPE_ENDPOINTS_PAGE);
  UI_WAIT (ui_reads (page, "Nothing Is Running"));
  g_assert_cmpuint (ui_delete_left (), ==, 0);
}

static void
test_job (void)
{
  ui_open ();
  find_product ();
  subscribe ();
  paste_arn ();
  deploy ();
  wait_in_service ();
  invoke ();
  read_logs ();
  delete_endpoint ();
  ui_close ();
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("60");
  g_test_add_func ("/ui/job/main", test_job);
  status = g_test_run ();
  ui_serve_end ();
  return status;
}
