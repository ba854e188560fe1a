/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

#include "changes/trestle-changes-page.h"
#include "changes/trestle-submission-row.h"
#include "listings/trestle-listings-page.h"
#include "publish/trestle-publish-page.h"
#include "ui-driver.h"
#include "widgets/trestle-change-row.h"

/* Change sets that are on their way for as long as they are at AWS: the practice account does not hurry. */

#define SHADE_CARD "prod-c8n4r0s6w2yjf"

static TrestleWindow *
open_seller (void)
{
  TrestleWindow *window = ui_open ();

  trestle_window_show_section (window, "listings");
  ui_press (trestle_window_get_page (window), "Change to the Practice Seller");
  ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  return window;
}

/* Returns: (transfer full): status of the newest change set at AWS */
static char *
dup_newest (guint *n)
{
  g_autofree char *printed = ui_cli ("--account", "seller", "changes", "--json", NULL);
  g_autoptr (JsonNode) root = json_from_string (printed, NULL);
  JsonArray *items = json_object_get_array_member (json_node_get_object (root), "items");

  *n = json_array_get_length (items);
  return g_strdup (
      json_object_get_string_member (json_array_get_object_element (items, 0), "Status"));
}

/* Returns: (transfer full): the product's testers at AWS */
static char *
dup_testers (void)
{
  return ui_cli ("--account", "seller", "testers", "shade-card", NULL);
}

/* Sends the list of testers with one more of them. */
static void
send_tester (TrestleWindow *window, const char *account)
{
  gpointer page, testers, entry;

  trestle_window_open (window, "publish", SHADE_CARD);
  page = ui_page (TRESTLE_TYPE_PUBLISH_PAGE);
  UI_WAIT (ui_reads (page, "7777-8888-9999"));
  testers = ui_child (page, "testers");
  entry = ui_child (testers, "entry");
  gtk_editable_set_text (entry, account);
  g_signal_emit_by_name (entry, "apply");
  ui_press (testers, "Update");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Update");
  ui_wait_no_dialog ();
}

/* A change set that is still being prepared is called off. */
static void
test_cancel (void)
{
  TrestleWindow *window = open_seller ();
  g_autofree char *status = NULL;
  g_autofree char *testers = NULL;
  gpointer page, row;
  guint n;

  send_tester (window, "1111-2222-3333");
  trestle_window_show_section (window, "changes");
  page = ui_page (TRESTLE_TYPE_CHANGES_PAGE);
  UI_WAIT (ui_reads (page, "Test accounts of Shade Card"));
  UI_WAIT (ui_reads (page, "1 running"));
  UI_WAIT ((row = ui_find (page, TRESTLE_TYPE_CHANGE_ROW)) != NULL);
  adw_expander_row_set_expanded (row, TRUE);
  UI_WAIT (ui_reads (row, "UpdateTargeting"));
  ui_press (row, "Cancel Change Set");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Keep It");
  ui_wait_no_dialog ();
  status = dup_newest (&n);
  g_assert_cmpstr (status, ==, "PREPARING");
  g_clear_pointer (&status, g_free);

  ui_press (row, "Cancel Change Set");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Cancel Change Set");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (ui_find (page, TRESTLE_TYPE_CHANGE_ROW), "Cancelled"));
  status = dup_newest (&n);
  g_assert_cmpstr (status, ==, "CANCELLED");
  testers = dup_testers ();
  g_assert_cmpstr (testers, ==, "777788889999\n");
  ui_close ();
}

/* What waits for another change set is taken back before it was sent. */
static void
test_take_back (void)
{
  TrestleWindow *window = open_seller ();
  g_autofree char *sent = ui_cli ("--account", "seller", "testers", "shade-card", "--add",
                                  "444433332222", NULL);
  g_autofree char *status = NULL;
  gpointer page, row;
  guint n, after;

  status = dup_newest (&n);
  g_assert_cmpstr (status, ==, "PREPARING");
  g_clear_pointer (&status, g_free);
  send_tester (window, "1111-2222-3333");
  trestle_window_show_section (window, "changes");
  page = ui_page (TRESTLE_TYPE_CHANGES_PAGE);
  UI_WAIT (ui_reads (page, "On This Computer"));
  UI_WAIT (ui_reads (page, "Held on this computer"));
  UI_WAIT ((row = ui_find (page, TRESTLE_TYPE_SUBMISSION_ROW)) != NULL);
  ui_press (row, "Take Back");
  UI_WAIT (!ui_reads (page, "On This Computer"));
  status = dup_newest (&after);
  g_assert_cmpuint (after, ==, n);
  ui_close ();
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("1");
  g_test_add_func ("/ui/changes/cancel", test_cancel);
  g_test_add_func ("/ui/changes/take-back", test_take_back);
  status = g_test_run ();
  ui_serve_end ();
  return status;
}
