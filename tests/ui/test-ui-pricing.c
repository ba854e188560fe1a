/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "editor/trestle-editor-page.h"
#include "pricing/trestle-price-lines.h"
#include "pricing/trestle-pricing-form.h"
#include "pricing/trestle-terms-group.h"
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

/* Beside what is live: the model is final, a cut and a rise are told apart. */
static void
test_live (void)
{
  gpointer page, form, models, old = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  g_autoptr (TrestlePriceLines) lines = NULL;
  g_autoptr (TrestlePriceLine) line = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *rise = NULL;
  TrestleTone tone;

  g_free (path);
  path = g_strstrip (
      ui_cli ("--account", "seller", "listing", "new", "--product", "petal-sorter", NULL));
  trestle_window_open (window, "editor", path);
  UI_WAIT ((page = ui_page (TRESTLE_TYPE_EDITOR_PAGE)) != old);
  UI_WAIT (trestle_editor_page_get_draft (page) != NULL);
  draft = trestle_editor_page_get_draft (page);
  gtk_widget_activate_action (page, "editor.section", "s", "pricing");
  UI_WAIT (trestle_open_draft_get_live (draft) != NULL && is_checked ());
  form = ui_find (page, TRESTLE_TYPE_PRICING_FORM);
  models = ui_child (form, "models");
  UI_WAIT (!gtk_widget_is_sensitive (models));
  UI_WAIT (ui_reads (form, "its pricing model can no longer change"));
  UI_WAIT (ui_reads (form, "Unchanged"));

  lines = trestle_price_lines_new (draft);
  line = g_list_model_get_item (G_LIST_MODEL (lines), 0);
  g_assert_true (trestle_price_lines_is_locked (lines));
  trestle_price_line_set_price (line, 0, "0.01");
  cut = trestle_price_line_dup_against (line, &tone);
  g_assert_cmpint (tone, ==, TRESTLE_TONE_SUCCESS);
  g_assert_true (g_str_has_prefix (cut, "Real-time: cut, was $"));
  UI_WAIT (ui_reads (form, cut));
  trestle_price_line_set_price (line, 0, "99");
  rise = trestle_price_line_dup_against (line, &tone);
  g_assert_cmpint (tone, ==, TRESTLE_TONE_WARNING);
  g_assert_true (g_str_has_prefix (rise, "Real-time: rise, was $"));
  UI_WAIT (ui_reads (form, rise));

  /* each mode for itself, and what both do once */
  g_assert_true (trestle_price_line_has (line, 1));
  trestle_price_line_set_price (line, 1, "0.01");
  g_clear_pointer (&rise, g_free);
  rise = trestle_price_line_dup_against (line, &tone);
  g_assert_cmpint (tone, ==, TRESTLE_TONE_WARNING);
  g_assert_nonnull (strstr (rise, "Real-time: rise, was $"));
  g_assert_nonnull (strstr (rise, "\nBatch: cut, was $"));
  UI_WAIT (ui_reads (form, rise));
  trestle_price_line_set_key (line, 1, "ml.new.large.m.i.b", NULL);
  trestle_price_line_set_key (line, 0, "ml.new.large.m.i.r", NULL);
  g_clear_pointer (&rise, g_free);
  rise = trestle_price_line_dup_against (line, &tone);
  g_assert_cmpint (tone, ==, TRESTLE_TONE_ACCENT);
  g_assert_cmpstr (rise, ==, "New");

  /* the licence is chosen among two, and the draft says which */
  form = ui_find (form, TRESTLE_TYPE_TERMS_GROUP);
  adw_combo_row_set_selected (ui_child (form, "licence"), 0);
  g_assert_cmpstr (trestle_draft_get_text (trestle_open_draft_get_draft (draft), "Offer.Eula.Type"),
                   ==, "StandardEula");
  g_assert_false (gtk_widget_get_visible (ui_child (form, "file")));
  adw_combo_row_set_selected (ui_child (form, "licence"), 1);
  g_assert_cmpstr (trestle_draft_get_text (trestle_open_draft_get_draft (draft), "Offer.Eula.Type"),
                   ==, "CustomEula");
  UI_WAIT (gtk_widget_get_mapped (ui_child (form, "file")));
}

/* Formulas go by what the machine has, and by what it costs when it is used so. */
static void
test_machines (void)
{
  g_autoptr (TrestlePriceLine) line = trestle_price_line_new (draft, "ml.g4dn.12xlarge");
  g_autoptr (TrestleMoney) hosting = trestle_money_parse ("4.89", "USD", NULL);
  g_autoptr (TrestleMoney) training = trestle_money_parse ("5.20", "USD", NULL);
  g_autoptr (TrestleInstancePrice) host = g_object_new (
      TRESTLE_TYPE_INSTANCE_PRICE, "instance-type", "ml.g4dn.12xlarge", "component", "Hosting",
      "hourly", hosting, "vcpu", "48", "memory", "192 GiB", "gpu", "4", NULL);
  g_autoptr (TrestleInstancePrice)
      train = g_object_new (TRESTLE_TYPE_INSTANCE_PRICE, "instance-type", "ml.g4dn.12xlarge",
                            "component", "Training", "hourly", training, NULL);
  g_autofree char *machine = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *totals = NULL;
  g_autoptr (GError) error = NULL;

  trestle_price_line_set_key (line, 0, "ml.g4dn.12xlarge.m.i.r", NULL);
  trestle_price_line_set_key (line, 2, "ml.g4dn.12xlarge.a.t", NULL);
  trestle_price_line_set_machine (line, 0, host);
  trestle_price_line_set_machine (line, 2, train);
  machine = trestle_price_line_dup_machine (line);
  facts = trestle_price_line_dup_facts (line);
  g_assert_cmpstr (machine, ==, "$4.890–$5.200");
  g_assert_cmpstr (facts, ==, "48 vCPU · 192 GiB · 4 GPU");
  g_assert_true (trestle_price_line_fill (line, 1, "gpu * 2 + memory / 192", "0.01", 0, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (trestle_price_line_get_price (line, 0), ==, "9.00");
  g_assert_true (trestle_price_line_fill (line, 4, "machine", "0.01", 0, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (trestle_price_line_get_price (line, 2), ==, "5.20");
  totals = trestle_price_line_dup_totals (line);
  g_assert_nonnull (strstr (totals, "$13.890"));
  g_assert_nonnull (strstr (totals, "$10.400"));
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
  g_test_add_func ("/ui/pricing/live", test_live);
  g_test_add_func ("/ui/pricing/machines", test_machines);
  status = g_test_run ();
  ui_close ();
  ui_serve_end ();
  g_free (path);
  return status;
}
