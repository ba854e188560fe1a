/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

#include "listings/trestle-listings-page.h"
#include "offers/trestle-offer-dialog.h"
#include "offers/trestle-offer-row.h"
#include "offers/trestle-offers-page.h"
#include "ui-driver.h"
#include "widgets/trestle-date-row.h"

/* Private offers on the practice accounts. */

static gpointer
open_offers (TrestleWindow **window)
{
  *window = ui_open ();
  trestle_window_show_section (*window, "listings");
  ui_press (trestle_window_get_page (*window), "Change to the Practice Seller");
  ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  trestle_window_show_section (*window, "offers");
  return ui_page (TRESTLE_TYPE_OFFERS_PAGE);
}

/* Returns: (transfer full) (nullable): the offer called @name, as AWS has it */
static JsonObject *
find_offer (const char *name)
{
  g_autofree char *printed = ui_cli ("--account", "seller", "private-offer", "list", "--json",
                                     NULL);
  g_autoptr (JsonNode) root = json_from_string (printed, NULL);
  JsonArray *items = json_object_get_array_member (json_node_get_object (root), "items");

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *one = json_array_get_object_element (items, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (one, "Name", NULL), name) == 0)
        return json_object_ref (one);
    }
  return NULL;
}

static gpointer
find_row (gpointer page, const char *name)
{
  GtkListBox *list = ui_child (page, "list");
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), name) == 0)
      return row;
  return NULL;
}

/* Only products that buyers pay for can be offered otherwise. */
static void
test_products (void)
{
  TrestleWindow *window;
  gpointer page = open_offers (&window), dialog;
  GListModel *products;

  UI_WAIT (gtk_widget_get_mapped (ui_child (page, "list")));
  ui_press (page, "New Offer");
  dialog = ui_dialog (TRESTLE_TYPE_OFFER_DIALOG);
  products = adw_combo_row_get_model (ui_child (dialog, "product"));
  g_assert_cmpuint (g_list_model_get_n_items (products), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (products); i++)
    {
      g_autoptr (TrestleOwnProduct) product = g_list_model_get_item (products, i);

      g_assert_cmpstr (trestle_own_product_get_visibility (product), ==, "Public");
      g_assert_nonnull (trestle_own_product_get_offer (product));
    }
  adw_dialog_close (dialog);
  ui_wait_no_dialog ();
  ui_close ();
}

static void
fill (gpointer dialog, const char *row, const char *text)
{
  gtk_editable_set_text (ui_child (dialog, row), text);
}

static GDateTime *
dup_day_from_now (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_add_days (now, days);
}

static gboolean
shows_day (GtkCalendar *calendar, GDateTime *day)
{
  g_autoptr (GDateTime) shown = gtk_calendar_get_date (calendar);
  g_autofree char *one = g_date_time_format (shown, "%F");
  g_autofree char *other = g_date_time_format (day, "%F");

  return g_str_equal (one, other);
}

/* The days that the calendar lets nobody pick: all of a month before this, and none of one to come. */
static guint
count_off (GtkWidget *widget)
{
  guint n = GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "day-number")
            && !gtk_widget_has_css_class (widget, "other-month")
            && !gtk_widget_get_sensitive (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_off (child);
  return n;
}

/* The last day is typed or picked, both in step; what is no day, or over, is said where it is typed. */
static void
test_date (void)
{
  TrestleWindow *window;
  gpointer page = open_offers (&window), dialog, row, text, fault;
  g_autoptr (GDateTime) today = dup_day_from_now (0);
  g_autoptr (GDateTime) later = dup_day_from_now (40);
  g_autoptr (GDateTime) latest = dup_day_from_now (41);
  g_autoptr (GDateTime) past = dup_day_from_now (-1);
  g_autofree char *typed = g_date_time_format (later, "%F");
  g_autofree char *picked = g_date_time_format (latest, "%F");
  g_autofree char *over = g_date_time_format (past, "%F");
  GtkCalendar *calendar;

  UI_WAIT (gtk_widget_get_mapped (ui_child (page, "list")));
  ui_press (page, "New Offer");
  dialog = ui_dialog (TRESTLE_TYPE_OFFER_DIALOG);
  row = ui_child (dialog, "until");
  text = ui_child (row, "text");
  fault = ui_child (row, "fault");
  calendar = ui_child (row, "calendar");
  g_assert_true (trestle_date_row_get_valid (row));
  UI_WAIT (ui_reads (row, "in 30 days"));

  gtk_editable_set_text (text, "2031-02-29");
  UI_WAIT (gtk_widget_get_mapped (fault) && ui_reads (fault, "“2031-02-29” is no day"));
  g_assert_false (trestle_date_row_get_valid (row));
  ui_press (dialog, "Send"); /* goes to the row that is wrong, and sends nothing */
  UI_WAIT (gtk_window_get_focus (GTK_WINDOW (window)) == text);
  g_assert_true (gtk_widget_is_sensitive (ui_child (dialog, "send")));
  gtk_editable_set_text (text, over);
  UI_WAIT (ui_reads (fault, "is over"));
  g_assert_false (trestle_date_row_get_valid (row));

  gtk_editable_set_text (text, typed);
  UI_WAIT (!gtk_widget_get_mapped (fault) && ui_reads (row, "in 40 days"));
  gtk_menu_button_popup (ui_child (row, "button"));
  UI_WAIT (gtk_widget_get_mapped (GTK_WIDGET (calendar)));
  g_assert_true (shows_day (calendar, later));
  g_assert_cmpuint (count_off (GTK_WIDGET (calendar)), ==, 0);

  /* a day that is over is not taken */
  gtk_calendar_select_day (calendar, past);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, typed);
  g_assert_true (shows_day (calendar, later));
  gtk_calendar_select_day (calendar, latest);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, picked);
  UI_WAIT (!gtk_widget_get_mapped (GTK_WIDGET (calendar)));
  g_assert_true (trestle_date_row_get_valid (row));

  /* of this month those before today */
  gtk_editable_set_text (text, "");
  UI_WAIT (gtk_widget_get_mapped (fault));
  g_assert_true (shows_day (calendar, today));
  g_assert_cmpuint (count_off (GTK_WIDGET (calendar)), ==,
                    (guint) g_date_time_get_day_of_month (today) - 1);
  adw_dialog_force_close (dialog);
  ui_wait_no_dialog ();
  ui_close ();
}

/* Made, copied, ended: as AWS has it. */
static void
test_offers (void)
{
  TrestleWindow *window;
  gpointer page = open_offers (&window), dialog, row;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  JsonObject *offer;

  UI_WAIT (gtk_widget_get_mapped (ui_child (page, "list")));
  ui_press (page, "New Offer");
  dialog = ui_dialog (TRESTLE_TYPE_OFFER_DIALOG);
  fill (dialog, "buyers", "12");
  ui_press (dialog, "Send");
  UI_WAIT (gtk_widget_get_mapped (ui_child (dialog, "fault"))); /* said, and nothing is lost */
  fill (dialog, "buyers", "7777-8888-9999");
  fill (dialog, "discount", "10");
  fill (dialog, "name", "For the tester");
  ui_press (dialog, "Send");
  ui_wait_no_dialog ();
  UI_WAIT ((row = find_row (page, "For the tester")) != NULL && ui_reads (row, "Released"));
  offer = find_offer ("For the tester");
  g_assert_nonnull (offer);
  g_assert_cmpstr (json_object_get_string_member (offer, "State"), ==, "Released");
  json_object_unref (offer);

  gtk_widget_activate_action (row, "offer.clone", NULL);
  dialog = ui_dialog (TRESTLE_TYPE_OFFER_DIALOG);
  g_assert_cmpstr (gtk_editable_get_text (ui_child (dialog, "buyers")), ==, "777788889999");
  g_assert_cmpstr (gtk_editable_get_text (ui_child (dialog, "name")), ==, "For the tester");
  fill (dialog, "name", "For the tester, again");
  ui_press (dialog, "Send");
  ui_wait_no_dialog ();
  UI_WAIT ((row = find_row (page, "For the tester, again")) != NULL && ui_reads (row, "Released"));

  gtk_widget_activate_action (row, "offer.expire", NULL);
  ui_press (ui_dialog (ADW_TYPE_ALERT_DIALOG), "End");
  ui_wait_no_dialog ();
  for (guint i = 0;; i++)
    {
      gboolean ended;

      offer = find_offer ("For the tester, again");
      g_assert_nonnull (offer);
      ended = g_str_has_prefix (json_object_get_string_member (offer, "AvailabilityEndDate"),
                                today);
      json_object_unref (offer);
      if (ended)
        break;
      g_assert_cmpuint (i, <, 100);
      UI_WAIT (ui_is_open ()); /* the window goes on meanwhile */
      for (guint k = 0; k < 20; k++)
        g_main_context_iteration (NULL, FALSE);
      g_usleep (100 * 1000);
    }
  ui_close ();
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("4000");
  g_test_add_func ("/ui/offers/products", test_products);
  g_test_add_func ("/ui/offers/date", test_date);
  g_test_add_func ("/ui/offers/offers", test_offers);
  status = g_test_run ();
  ui_serve_end ();
  return status;
}
