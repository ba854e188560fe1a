/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "changes/trestle-changes-page.h"
#include "editor/trestle-editor-page.h"
#include "listings/trestle-listings-page.h"
#include "publish/trestle-publish-page.h"
#include "ui-driver.h"

/* The selling side on the practice accounts. */

#define SHADE_CARD "prod-c8n4r0s6w2yjf"

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

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("4000");
  g_test_add_func ("/ui/listings/listings", test_listings);
  g_test_add_func ("/ui/listings/mend", test_mend);
  g_test_add_func ("/ui/listings/publish", test_publish);
  status = g_test_run ();
  ui_serve_end ();
  return status;
}
