/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor/trestle-editor-page.h"
#include "pricing/trestle-price-lines.h"
#include "ui-driver.h"
#include "workbench/trestle-accounts.h"

/* The prices of a listing, in the real window and apart from it. */

static TrestleWindow *window;
static char *path;
static TrestleOpenDraft *draft;

/* Whether the packages were read, which say what there is to price. */
static gboolean
is_checked (void)
{
  gboolean checked;

  g_object_get (draft, "checked", &checked, NULL);
  return checked;
}

static void
test_open (void)
{
  g_autofree char *example = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", "examples",
                                               "listing.yaml", NULL);
  g_autoptr (TrestleAccount) seller = trestle_accounts_practice ("seller");
  gpointer page;

  path = g_strstrip (ui_cli ("--account", "seller", "listing", "new", "--from", example, NULL));
  window = ui_open ();
  trestle_window_open_account (window, seller);
  UI_WAIT (trestle_window_get_session (window) != NULL
           && g_str_equal (trestle_account_get_id (
                               trestle_session_get_account (trestle_window_get_session (window))),
                           trestle_account_get_id (seller)));
  trestle_window_open (window, "editor", path);
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (trestle_editor_page_get_draft (page) != NULL);
  draft = trestle_editor_page_get_draft (page);
  gtk_widget_activate_action (page, "editor.section", "s", "pricing");
  UI_WAIT (ui_reads (page, "Trial and Refund"));
  UI_WAIT (ui_reads (page, "ml.m5.large"));
  UI_WAIT (is_checked ());
}

static TrestlePriceLine *
find_line (TrestlePriceLines *lines, const char *type)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (lines)); i++)
    {
      g_autoptr (TrestlePriceLine) line = g_list_model_get_item (G_LIST_MODEL (lines), i);

      if (g_strcmp0 (trestle_price_line_get_instance_type (line), type) == 0)
        return line; /* the list keeps it */
    }
  g_assert_not_reached ();
}

/* A price that is taken away is missed, and a formula gives it back, exactly. */
static void
test_fill (void)
{
  g_autoptr (TrestlePriceLines) lines = trestle_price_lines_new (draft);
  TrestlePriceLine *line = find_line (lines, "ml.m5.large");
  g_autoptr (GError) error = NULL;
  g_autofree char *version = NULL, *type = NULL, *version_2 = NULL, *type_2 = NULL;

  g_assert_cmpuint (trestle_price_lines_dup_missing (lines, &version, &type), ==, 0);
  trestle_price_line_set_price (line, 0, "");
  g_assert_cmpuint (trestle_price_lines_dup_missing (lines, &version_2, &type_2), ==, 1);
  g_assert_cmpstr (type_2, ==, "ml.m5.large");
  g_assert_true (trestle_price_line_has (line, 0));
  trestle_price_lines_select_missing (lines);
  g_assert_cmpuint (trestle_price_lines_count_selected (lines), ==, 1);
  g_assert_false (trestle_price_lines_fill (lines, 1, "vpcu * 2", "0.05", 1, &error));
  g_assert_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_true (trestle_price_lines_fill (lines, 1, "0.115 × 3", "0.05", 1, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (trestle_price_line_get_price (line, 0), ==, "0.35");
}

static void
test_paste (void)
{
  g_autoptr (TrestlePriceLines) lines = trestle_price_lines_new (draft);
  g_autoptr (TrestlePriceLine) first = g_list_model_get_item (G_LIST_MODEL (lines), 0);
  g_autoptr (TrestlePriceLine) second = g_list_model_get_item (G_LIST_MODEL (lines), 1);

  g_assert_cmpuint (trestle_price_lines_paste (lines, "1.10\t$1.20\nfree\t1.40\n", 0, 0), ==, 3);
  g_assert_cmpstr (trestle_price_line_get_price (first, 0), ==, "1.10");
  g_assert_cmpstr (trestle_price_line_get_price (first, 1), ==, "1.20");
  g_assert_cmpstr (trestle_price_line_get_price (second, 1), ==, "1.40");
}

/* The model of an offer that nobody has yet may change, there and back. */
static void
test_model (void)
{
  g_autoptr (TrestlePriceLines) lines = trestle_price_lines_new (draft);

  g_assert_false (trestle_price_lines_is_locked (lines));
  g_assert_cmpstr (trestle_price_lines_get_model (lines), ==, "hourly");
  trestle_price_lines_set_model (lines, "inference");
  g_assert_cmpstr (trestle_price_lines_get_model (lines), ==, "inference");
  g_assert_cmpstr (trestle_price_line_get_price (find_line (lines, NULL), 0), ==, "0.01");
  g_assert_false (trestle_price_line_has (find_line (lines, "ml.m5.large"), 0));
  g_assert_true (trestle_price_line_has (find_line (lines, "ml.m5.large"), 1));
  trestle_price_lines_set_model (lines, "free");
  g_assert_cmpstr (trestle_price_line_get_price (find_line (lines, "ml.m5.large"), 1), ==, "0");
  g_assert_false (trestle_draft_has (trestle_open_draft_get_draft (draft), "Offer.FreeTrial"));
  trestle_price_lines_set_model (lines, "hourly");
  g_assert_true (trestle_price_line_has (find_line (lines, "ml.m5.large"), 0));
}

int
main (int argc, char *argv[])
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("600");
  g_test_add_func ("/ui/pricing/open", test_open);
  g_test_add_func ("/ui/pricing/fill", test_fill);
  g_test_add_func ("/ui/pricing/paste", test_paste);
  g_test_add_func ("/ui/pricing/model", test_model);
  status = g_test_run ();
  ui_close ();
  ui_serve_end ();
  g_free (path);
  return status;
}
