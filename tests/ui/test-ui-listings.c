/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "changes/trestle-changes-page.h"
#include "editor/trestle-editor-page.h"
#include "listings/trestle-listings-page.h"
#include "pricing/trestle-pricing-form.h"
#include "publish/trestle-publish-page.h"
#include "publish/trestle-unpublish-dialog.h"
#include "ui-driver.h"
#include "widgets/trestle-change-row.h"

/* The selling side on the practice accounts. */

#define SHADE_CARD "prod-c8n4r0s6w2yjf"
#define SELLER "--account", "seller"

/* The buyer sells nothing; one press leads to the practice seller. */
static TrestleWindow *
open_listings (void)
{
  TrestleWindow *window = ui_open ();

  trestle_window_show_section (window, "listings");
  ui_press (trestle_window_get_page (window), "Change to the Practice Seller");
  ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  return window;
}

static void
test_listings (void)
{
  static const char *const titles[] = { "Petal Sorter", "Shade Card", "Tuning Fork", "Spot Count",
                                        "Petal Sorter Mini" };
  TrestleWindow *window = open_listings ();
  gpointer page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    UI_WAIT (ui_reads (page, titles[i]));
  UI_WAIT (ui_reads (page, "All 5"));
  UI_WAIT (ui_reads (page, "Failed · price missing"));
  UI_WAIT (ui_reads (page, "Support to"));

  adw_toggle_group_set_active_name (ui_child (page, "states"), "Restricted");
  UI_WAIT (ui_reads (page, "Spot Count") && !ui_reads (page, "Shade Card"));
  adw_toggle_group_set_active_name (ui_child (page, "states"), "all");
  gtk_editable_set_text (ui_child (page, "search"), "tuning");
  UI_WAIT (ui_reads (page, "Tuning Fork") && !ui_reads (page, "Shade Card"));
  gtk_editable_set_text (ui_child (page, "search"), "nowhere");
  UI_WAIT (ui_reads (page, "No Such Listing"));
  gtk_editable_set_text (ui_child (page, "search"), "");
  UI_WAIT (ui_reads (page, "Shade Card"));

  trestle_window_show_section (window, "changes");
  page = ui_page (TRESTLE_TYPE_CHANGES_PAGE);
  UI_WAIT (ui_reads (page, "Petal Sorter Mini 2.0"));
  /* What failed is open, and says which field is meant. */
  UI_WAIT (ui_reads (page, "AddDeliveryOptions"));
  UI_WAIT (ui_reads (page, "Open Field"));
  ui_close ();
}

/* The banner leads to the field; the product becomes a draft for it. */
static void
test_mend (void)
{
  gpointer page;

  open_listings ();
  page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  ui_press (page, "Show the Field");
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (ui_reads (page, "Petal Sorter Mini"));
  gtk_widget_activate_action (page, "navigation.pop", NULL);
  page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  UI_WAIT (ui_reads (page, "All 5"));
  ui_close ();
}

/* Going public from the publishing page ends in the list. */
static void
test_publish (void)
{
  TrestleWindow *window = open_listings ();
  gpointer page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);

  UI_WAIT (ui_reads (page, "Public 2") && ui_reads (page, "Limited 1"));
  trestle_window_open (window, "publish", SHADE_CARD);
  page = ui_page (TRESTLE_TYPE_PUBLISH_PAGE);
  UI_WAIT (ui_reads (page, "Before You Sign Off"));
  UI_WAIT (ui_reads (page, "7777-8888-9999"));
  ui_click (ui_child (page, "primary_button"));
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Sign Off and Publish");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (page, "Worth Knowing"));

  gtk_widget_activate_action (page, "navigation.pop", NULL);
  page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  UI_WAIT (ui_reads (page, "Public 3") && ui_reads (page, "Limited 0"));
  ui_close ();
}

/* --- Testers -------------------------------------------------------------------------------- */

static void
press_update (gpointer testers)
{
  ui_press (testers, "Update");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Update");
  ui_wait_no_dialog ();
  UI_WAIT (!gtk_widget_get_sensitive (ui_child (testers, "save_button")));
}

/* Who may test it is what AWS has afterwards. */
static void
test_testers (void)
{
  TrestleWindow *window = open_listings ();
  g_autofree char *both = NULL;
  g_autofree char *one = NULL;
  gpointer page, testers, entry;

  trestle_window_open (window, "publish", SHADE_CARD);
  page = ui_page (TRESTLE_TYPE_PUBLISH_PAGE);
  UI_WAIT (ui_reads (page, "7777-8888-9999"));
  testers = ui_child (page, "testers");
  entry = ui_child (testers, "entry");
  gtk_editable_set_text (entry, "1111-2222");
  g_signal_emit_by_name (entry, "apply");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (entry, "1111-2222-3333");
  g_signal_emit_by_name (entry, "apply");
  UI_WAIT (ui_reads (testers, "1111-2222-3333"));
  press_update (testers);
  UI_WAIT (ui_reads (page, "2 test accounts"));
  both = ui_cli (SELLER, "testers", "shade-card", NULL);
  g_assert_cmpstr (both, ==, "777788889999\n111122223333\n");

  ui_press (testers, "Remove Account 1111-2222-3333");
  UI_WAIT (!ui_reads (testers, "1111-2222-3333"));
  press_update (testers);
  UI_WAIT (ui_reads (page, "1 test account"));
  one = ui_cli (SELLER, "testers", "shade-card", NULL);
  g_assert_cmpstr (one, ==, "777788889999\n");
  ui_close ();
}

/* --- Leaving the market --------------------------------------------------------------------- */

/* Returns: (transfer full): a product as AWS has it */
static JsonObject *
read_product (const char *slug)
{
  g_autofree char *printed = ui_cli (SELLER, "listing", "show", slug, "--json", NULL);
  g_autoptr (JsonNode) root = json_from_string (printed, NULL);

  return json_node_dup_object (root);
}

/* Unpublished with what takes its place, the duty is said; and limited again. */
static void
test_unpublish (void)
{
  TrestleWindow *window = open_listings ();
  gpointer page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE), dialog;
  g_autofree char *id = NULL;
  JsonObject *product = read_product ("petal-sorter");
  JsonObject *description;

  g_assert_cmpstr (json_object_get_string_member (product, "Visibility"), ==, "Public");
  id = g_strdup (json_object_get_string_member (product, "EntityId"));
  json_object_unref (product);
  trestle_window_open (window, "publish", id);
  page = ui_page (TRESTLE_TYPE_PUBLISH_PAGE);
  UI_WAIT (ui_reads (page, "Petal Sorter"));
  UI_WAIT (ui_reads (page, "Worth Knowing"));
  ui_act (page, "publish.unpublish");
  dialog = ui_dialog (TRESTLE_TYPE_UNPUBLISH_DIALOG);
  UI_WAIT (ui_reads (dialog, "90 days of support"));
  UI_WAIT (g_list_model_get_n_items (adw_combo_row_get_model (ui_child (dialog, "replacement_row")))
           > 1);
  adw_combo_row_set_selected (ui_child (dialog, "replacement_row"), 1);
  ui_press (dialog, "Unpublish");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (page, "support due to"));
  product = read_product ("petal-sorter");
  g_assert_cmpstr (json_object_get_string_member (product, "Visibility"), ==, "Restricted");
  description = json_object_get_object_member (
      json_object_get_object_member (product, "DetailsDocument"), "Description");
  g_assert_true (g_str_has_prefix (
      json_object_get_string_member (description, "ReplacementProductId"), "prod-"));
  json_object_unref (product);

  ui_act (page, "publish.limit");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Back to Limited");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (page, "Before You Sign Off"));
  product = read_product ("petal-sorter");
  g_assert_cmpstr (json_object_get_string_member (product, "Visibility"), ==, "Limited");
  json_object_unref (product);
  ui_close ();
}

/* --- Drafts --------------------------------------------------------------------------------- */

static void
activate (gpointer page, const char *action, const char *which)
{
  if (!gtk_widget_activate_action (page, action, "s", which))
    g_error ("there is no action %s", action);
}

/* Drafts are found by what they say, and say their price and version. */
static void
test_drafts (void)
{
  g_autofree char *source = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", "examples",
                                              "listing.yaml", NULL);
  g_autofree char *made = ui_cli (SELLER, "listing", "new", "--from", source, NULL);
  gpointer page;

  g_assert_nonnull (strstr (made, ".yaml"));
  open_listings ();
  page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  UI_WAIT (ui_reads (page, "Meadow Sorter"));
  UI_WAIT (ui_reads (page, "All 6"));
  gtk_editable_set_text (ui_child (page, "search"), "botany"); /* a keyword */
  UI_WAIT (ui_reads (page, "Meadow Sorter") && !ui_reads (page, "Shade Card"));
  UI_WAIT (ui_reads (page, "/h"));
  UI_WAIT (ui_reads (page, "1 version"));
  UI_WAIT (!ui_reads (page, "not set"));
  gtk_editable_set_text (ui_child (page, "search"), "");
  UI_WAIT (ui_reads (page, "Shade Card"));
  ui_close ();
}

static guint
count_drafts (void)
{
  g_autofree char *printed = ui_cli (SELLER, "listing", "list", "--drafts", "--json", NULL);
  g_autoptr (JsonNode) root = json_from_string (printed, NULL);

  return json_array_get_length (
      json_object_get_array_member (json_node_get_object (root), "items"));
}

/* What a row's menu does: a copy, a draft of what is live, and away with both. */
static void
test_menu (void)
{
  TrestleWindow *window = open_listings ();
  gpointer page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE), dialog;
  guint before = count_drafts ();

  UI_WAIT (ui_reads (page, "Shade Card"));
  activate (page, "listings.duplicate", SHADE_CARD);
  UI_WAIT (ui_reads (window, "is a draft of its own now"));
  g_assert_cmpuint (count_drafts (), ==, before + 1);

  activate (page, "listings.edit", SHADE_CARD);
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (ui_reads (page, "Shade Card"));
  g_assert_cmpuint (count_drafts (), ==, before + 2);
  ui_act (page, "navigation.pop");
  page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);

  activate (page, "listings.delete", "shade-card");
  dialog = ui_dialog (ADW_TYPE_ALERT_DIALOG);
  ui_press (dialog, "Cancel");
  ui_wait_no_dialog ();
  g_assert_cmpuint (count_drafts (), ==, before + 2);
  activate (page, "listings.delete", "shade-card");
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "Delete Draft");
  ui_wait_no_dialog ();
  UI_WAIT (ui_reads (window, "The draft is deleted"));
  g_assert_cmpuint (count_drafts (), ==, before + 1);

  activate (page, "listings.publish", SHADE_CARD);
  page = ui_page (TRESTLE_TYPE_PUBLISH_PAGE);
  UI_WAIT (ui_reads (page, "Shade Card"));
  ui_close ();
}

/* What AWS refused leads from Changes to the part of the editor where it is. */
static void
test_refused (void)
{
  TrestleWindow *window = open_listings ();
  gpointer page;

  trestle_window_show_section (window, "changes");
  page = ui_page (TRESTLE_TYPE_CHANGES_PAGE);
  UI_WAIT (ui_reads (page, "AddDeliveryOptions"));
  ui_press (page, "Open Field");
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (ui_reads (page, "Petal Sorter Mini"));
  UI_WAIT (ui_find (page, TRESTLE_TYPE_PRICING_FORM) != NULL);
  ui_close ();
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("4000");
  g_test_add_func ("/ui/listings/listings", test_listings);
  g_test_add_func ("/ui/listings/mend", test_mend);
  g_test_add_func ("/ui/listings/testers", test_testers);
  g_test_add_func ("/ui/listings/publish", test_publish);
  g_test_add_func ("/ui/listings/unpublish", test_unpublish);
  g_test_add_func ("/ui/listings/refused", test_refused);
  g_test_add_func ("/ui/listings/drafts", test_drafts);
  g_test_add_func ("/ui/listings/menu", test_menu);
  status = g_test_run ();
  ui_serve_end ();
  return status;
}
