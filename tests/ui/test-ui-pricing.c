/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "editor/trestle-editor-page.h"
#include "pricing/trestle-price-lines.h"
#include "pricing/trestle-pricing-form.h"
#include "pricing/trestle-similar-dialog.h"
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

/* A price that is taken away is missed, and a formula gives it back, exactly. */
static void
test_fill (void)
{
  g_autoptr (TrestlePriceLines) lines = trestle_price_lines_new (draft);
  TrestlePriceLine *line = trestle_price_lines_find (lines, "ml.m5.large");
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

/* Where it comes to no price in one row, none is filled. */
static void
test_fill_all_or_none (void)
{
  g_autoptr (TrestlePriceLines) lines = trestle_price_lines_new (draft);
  g_autoptr (TrestlePriceLine) first = g_list_model_get_item (G_LIST_MODEL (lines), 0);
  g_autoptr (TrestlePriceLine) second = g_list_model_get_item (G_LIST_MODEL (lines), 1);
  g_autoptr (GError) error = NULL;

  trestle_price_line_set_price (first, 0, "1.00");
  trestle_price_line_set_price (second, 0, "2.00");
  g_object_set (first, "selected", TRUE, NULL);
  g_object_set (second, "selected", TRUE, NULL);
  g_assert_false (trestle_price_lines_fill (lines, 1, "4 / (2 - price)", "0.01", 0, &error));
  g_assert_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, trestle_price_line_get_instance_type (second)));
  g_assert_cmpstr (trestle_price_line_get_price (first, 0), ==, "1.00");
  g_assert_cmpstr (trestle_price_line_get_price (second, 0), ==, "2.00");
}

/* --- The form ------------------------------------------------------------------------------- */

static gpointer
get_form (void)
{
  return ui_find (ui_page (TRESTLE_TYPE_EDITOR_PAGE), TRESTLE_TYPE_PRICING_FORM);
}

static gpointer
get_row (int index)
{
  gpointer row;

  UI_WAIT ((row = gtk_list_box_get_row_at_index (ui_child (get_form (), "grid"), index)) != NULL);
  return row;
}

static const char *
get_cell (int index, const char *mode)
{
  return gtk_editable_get_text (ui_child (get_row (index), mode));
}

static void
set_cell (int index, const char *mode, const char *text)
{
  gtk_editable_set_text (ui_child (get_row (index), mode), text);
}

/* What is missing is selected and filled with a formula, by its button or by Enter. */
static void
test_bar (void)
{
  gpointer form = get_form ();
  gpointer formula = ui_child (form, "formula");
  gpointer fault = ui_child (form, "formula_fault");
  GtkButton *fill = ui_child (form, "fill");

  set_cell (0, "realtime", "1.00");
  set_cell (1, "realtime", "");
  set_cell (1, "batch", "2.00");
  UI_WAIT (ui_reads (ui_child (form, "missing"), "1 dimension has no price"));
  UI_WAIT (gtk_widget_has_css_class (ui_child (get_row (1), "realtime"), "error"));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (fill)));
  ui_press (ui_child (form, "missing"), "Select Them");
  g_assert_false (gtk_check_button_get_active (ui_child (get_row (0), "check")));
  g_assert_true (gtk_check_button_get_active (ui_child (get_row (1), "check")));
  UI_WAIT (g_str_equal (gtk_button_get_label (fill), "_Fill 1 Row"));

  /* what cannot be reckoned is said under the formula, and nothing changes */
  gtk_drop_down_set_selected (ui_child (form, "modes"), 1);
  gtk_editable_set_text (formula, "vpcu * 2");
  ui_click (fill);
  UI_WAIT (gtk_widget_get_mapped (fault));
  g_assert_nonnull (strstr (gtk_label_get_text (fault), "vpcu"));
  g_assert_cmpstr (get_cell (1, "realtime"), ==, "");

  gtk_editable_set_text (formula, "0.111 × 3");
  g_signal_emit_by_name (formula, "activate");
  g_assert_false (gtk_widget_get_visible (fault));
  g_assert_cmpstr (get_cell (1, "realtime"), ==, "0.35");
  g_assert_cmpstr (get_cell (1, "batch"), ==, "2.00");
  g_assert_cmpstr (get_cell (0, "realtime"), ==, "1.00");
  UI_WAIT (!gtk_widget_get_visible (ui_child (form, "missing")));

  /* of its own machine, and all that is selected */
  gtk_drop_down_set_selected (ui_child (form, "modes"), 0);
  gtk_drop_down_set_selected (ui_child (form, "rounding"), 5);
  gtk_check_button_set_active (ui_child (get_row (0), "check"), TRUE);
  g_assert_cmpstr (gtk_button_get_label (fill), ==, "_Fill 2 Rows");
  gtk_editable_set_text (formula, "price + 1");
  ui_click (fill);
  g_assert_cmpstr (get_cell (0, "realtime"), ==, "2.00");
  g_assert_cmpstr (get_cell (1, "batch"), ==, "3.00");
}

static void
paste (int index, const char *mode, const char *text)
{
  GtkEditable *entry = GTK_EDITABLE (ui_child (get_row (index), mode));

  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (entry)), text);
  g_signal_emit_by_name (gtk_editable_get_delegate (entry), "paste-clipboard");
}

/* As a spreadsheet copies it: with a heading, by names, or just cells. What is wrong is said. */
static void
test_paste (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_EDITOR_PAGE), form = get_form ();
  gpointer strip = ui_child (form, "pasted");
  g_autofree char *first = g_strdup (gtk_label_get_text (ui_child (get_row (0), "type")));
  g_autofree char *second = g_strdup (gtk_label_get_text (ui_child (get_row (1), "type")));
  g_autofree char *named = NULL;
  g_autofree char *keyed = NULL;

  paste (0, "realtime", "Real-time\tBatch\n1.10\t$1.20\n1.30\t1.40\n");
  UI_WAIT (g_str_equal (get_cell (1, "batch"), "1.40"));
  g_assert_cmpstr (get_cell (0, "realtime"), ==, "1.10");
  g_assert_cmpstr (get_cell (0, "batch"), ==, "1.20");
  g_assert_cmpstr (get_cell (1, "realtime"), ==, "1.30");
  g_assert_false (gtk_widget_get_visible (strip));

  /* one step back, all of it */
  ui_act (page, "editor.undo");
  g_assert_cmpstr (get_cell (0, "realtime"), ==, "2.00");
  g_assert_cmpstr (get_cell (1, "batch"), ==, "3.00");
  ui_act (page, "editor.redo");
  g_assert_cmpstr (get_cell (1, "batch"), ==, "1.40");

  /* what is no price is told with its row, and what was there stays; the rest is taken */
  paste (0, "realtime", "2,50\t2.20\nfree\t\n");
  UI_WAIT (ui_reads (strip, "2 cells were not taken"));
  g_assert_true (ui_reads (strip, "Row 1: “2,50” is no price"));
  g_assert_true (ui_reads (strip, "Row 2: “free” is no price"));
  g_assert_true (ui_reads (strip, "1 price was taken"));
  g_assert_cmpstr (get_cell (0, "realtime"), ==, "1.10");
  g_assert_cmpstr (get_cell (0, "batch"), ==, "2.20");
  g_assert_cmpstr (get_cell (1, "realtime"), ==, "1.30");
  g_assert_cmpstr (get_cell (1, "batch"), ==, "1.40");
  ui_press (strip, "Dismiss");
  g_assert_false (gtk_widget_get_visible (strip));

  /* by names it does not matter where, or in which order */
  named = g_strdup_printf (
      "Batch\tNote\tInstance Type\n3.20\tdear\t%s\n3.10\t\t%s\n9\t\tml.no.such\n", second, first);
  paste (1, "batch", named);
  UI_WAIT (ui_reads (strip, "1 cell was not taken"));
  g_assert_true (ui_reads (strip, "Row 4: no version of this listing runs on ml.no.such"));
  g_assert_cmpstr (get_cell (0, "batch"), ==, "3.10");
  g_assert_cmpstr (get_cell (1, "batch"), ==, "3.20");
  g_assert_cmpstr (get_cell (1, "realtime"), ==, "1.30");
  keyed = g_strdup_printf ("%s.m.i.r\t4.10\n%s\t4.20\t4.30", second, first);
  paste (0, "realtime", keyed);
  UI_WAIT (g_str_equal (get_cell (1, "realtime"), "4.10"));
  g_assert_cmpstr (get_cell (0, "realtime"), ==, "4.20");
  g_assert_cmpstr (get_cell (0, "batch"), ==, "4.30");
  g_assert_false (gtk_widget_get_visible (strip));

  /* beyond the grid, and nothing at all */
  paste (1, "batch", "5.10\t5.20");
  UI_WAIT (ui_reads (strip, "Row 1: “5.20” is right of the last column"));
  g_assert_cmpstr (get_cell (1, "batch"), ==, "5.10");
  paste (1, "batch", "Batch\tPrice\n");
  UI_WAIT (g_str_equal (get_cell (1, "batch"), "5.10") && ui_reads (strip, "There was no price"));

  /* Enter goes down, within the column */
  gtk_widget_grab_focus (ui_child (get_row (0), "batch"));
  g_signal_emit_by_name (ui_child (get_row (0), "batch"), "activate");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                                         ui_child (get_row (1), "batch")));

  /* one price goes where the cursor is */
  set_cell (0, "realtime", "");
  paste (0, "realtime", " $6.50\n");
  UI_WAIT (g_str_equal (get_cell (0, "realtime"), "6.50"));
}

/* What others ask, beside one's own prices, which stay as they are. */
static void
test_compare (void)
{
  gpointer dialog;
  g_autofree char *before = g_strdup (get_cell (0, "realtime"));

  ui_press (get_form (), "Compare with");
  dialog = ui_dialog (TRESTLE_TYPE_SIMILAR_DIALOG);
  UI_WAIT (trestle_page_state_get_state (ui_child (dialog, "state")) != TRESTLE_PAGE_LOADING);
  g_assert_cmpint (trestle_page_state_get_state (ui_child (dialog, "state")), ==,
                   TRESTLE_PAGE_CONTENT);
  UI_WAIT (ui_reads (dialog, gtk_label_get_text (ui_child (get_row (0), "type"))));
  UI_WAIT (ui_reads (dialog, "$6.50"));
  adw_dialog_close (dialog);
  ui_wait_no_dialog ();
  g_assert_cmpstr (get_cell (0, "realtime"), ==, before);
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
  g_assert_cmpstr (trestle_price_line_get_price (trestle_price_lines_find (lines, NULL), 0), ==,
                   "0.01");
  g_assert_false (trestle_price_line_has (trestle_price_lines_find (lines, "ml.m5.large"), 0));
  g_assert_true (trestle_price_line_has (trestle_price_lines_find (lines, "ml.m5.large"), 1));
  trestle_price_lines_set_model (lines, "free");
  g_assert_cmpstr (
      trestle_price_line_get_price (trestle_price_lines_find (lines, "ml.m5.large"), 1), ==, "0");
  g_assert_false (trestle_draft_has (trestle_open_draft_get_draft (draft), "Offer.FreeTrial"));
  trestle_price_lines_set_model (lines, "hourly");
  g_assert_true (trestle_price_line_has (trestle_price_lines_find (lines, "ml.m5.large"), 0));
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
  g_autofree char *hosted = NULL;
  g_autofree char *trained = NULL;
  g_autoptr (GError) error = NULL;

  trestle_price_line_set_key (line, 0, "ml.g4dn.12xlarge.m.i.r", NULL);
  trestle_price_line_set_key (line, 2, "ml.g4dn.12xlarge.a.t", NULL);
  trestle_price_line_set_machine (line, 0, host);
  trestle_price_line_set_machine (line, 2, train);
  machine = trestle_price_line_dup_machine (line);
  facts = trestle_price_line_dup_facts (line);
  g_assert_cmpstr (machine, ==, "$4.890–$5.200");
  g_assert_cmpstr (facts, ==, "48 vCPU · 192 GiB · 4 GPU");
  hosted = trestle_price_line_dup_filled (line, 0, "gpu * 2 + memory / 192", "0.01", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hosted, ==, "9.00");
  trained = trestle_price_line_dup_filled (line, 2, "machine", "0.01", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (trained, ==, "5.20");
  trestle_price_line_set_price (line, 0, hosted);
  trestle_price_line_set_price (line, 2, trained);
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
  g_test_add_func ("/ui/pricing/all-or-none", test_fill_all_or_none);
  g_test_add_func ("/ui/pricing/bar", test_bar);
  g_test_add_func ("/ui/pricing/paste", test_paste);
  g_test_add_func ("/ui/pricing/compare", test_compare);
  g_test_add_func ("/ui/pricing/model", test_model);
  g_test_add_func ("/ui/pricing/live", test_live);
  g_test_add_func ("/ui/pricing/machines", test_machines);
  status = g_test_run ();
  ui_close ();
  ui_serve_end ();
  g_free (path);
  return status;
}
