/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "drafts-folder.h"
#include "editor/trestle-editor-page.h"
#include "listings/trestle-listing-item.h"
#include "pricing/trestle-price-line.h"
#include "pricing/trestle-pricing-form.h"
#include "versions/trestle-versions-section.h"

/* Many drafts, and large ones: all is there, and the window goes on meanwhile. */

#define N_DRAFTS 500u
#define N_TYPES 300u
#define N_PARAMETERS 100u

static GListModel *
get_shown (gpointer page)
{
  return G_LIST_MODEL (gtk_column_view_get_model (ui_child (page, "table")));
}

static guint
count_shown (gpointer page)
{
  return g_list_model_get_n_items (get_shown (page));
}

/* Whether the row on top has @wanted as its @property. */
static gboolean
is_first (gpointer page, const char *property, const char *wanted)
{
  g_autoptr (TrestleListingItem) item = g_list_model_get_item (get_shown (page), 0);
  g_autofree char *text = NULL;

  if (item != NULL)
    g_object_get (item, property, &text, NULL);
  return g_strcmp0 (text, wanted) == 0;
}

static gboolean
all_checked (gpointer page)
{
  GListModel *shown = get_shown (page);

  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (TrestleListingItem) item = g_list_model_get_item (shown, i);
      g_autofree char *price = NULL;

      g_object_get (item, "price", &price, NULL);
      if (trestle_listing_item_get_draft (item) != NULL && g_str_equal (price, "not set"))
        return FALSE;
    }
  return TRUE;
}

static gboolean seldom;

static gboolean
on_seldom (gpointer data)
{
  seldom = TRUE;
  return G_SOURCE_CONTINUE;
}

/* A folder full of drafts: all are listed and checked, and the window goes on meanwhile. */
static void
test_many (void)
{
  g_autofree char *model = in (folder, "meadow-sorter.yaml");
  g_autofree char *text = read_file (model);
  g_autofree char *last = NULL;
  gpointer page;
  UiPulse pulse;
  guint source = g_timeout_add (100, on_seldom, NULL);

  ui_close ();
  for (guint i = 0; i < N_DRAFTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("bulk-%03u.yaml", i);
      g_autofree char *title = g_strdup_printf ("ProductTitle: Bulk %03u", i);
      g_autofree char *path = in (folder, name);
      g_autoptr (GString) content = g_string_new (text);

      g_string_replace (content, "ProductTitle: Meadow Sorter", title, 1);
      write_file (path, content->str);
    }
  open_seller ();
  page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  ui_pulse_begin (&pulse);
  UI_WAIT (count () == N_DRAFTS + 1);
  for (gboolean done = FALSE; !done;)
    {
      seldom = FALSE;
      UI_WAIT (seldom);
      done = all_checked (page);
    }
  ui_pulse_end (&pulse, "many drafts");

  /* one of them changes: it is the first then, and says so */
  ui_pulse_begin (&pulse);
  last = in (folder, "bulk-007.yaml");
  {
    g_autofree char *content = read_file (last);
    g_autoptr (GString) changed = g_string_new (content);

    g_string_replace (changed, "Bulk 007", "Bulk Changed", 0);
    write_file (last, changed->str);
  }
  UI_WAIT (is_first (page, "title", "Bulk Changed"));
  ui_pulse_end (&pulse, "one of many changes");
  g_assert_cmpuint (count (), ==, N_DRAFTS + 1);
  g_source_remove (source);

  ui_pulse_begin (&pulse);
  gtk_editable_set_text (ui_child (page, "search"), "bulk 49");
  UI_WAIT (count_shown (page) == 10);
  gtk_editable_set_text (ui_child (page, "search"), "");
  UI_WAIT (count_shown (page) > N_DRAFTS);
  ui_pulse_end (&pulse, "looking for one of many");
}

static char *
dup_large (void)
{
  static const char *const ends[] = { "m.i.r", "m.i.b", "a.t" };
  GString *text = g_string_new ("Product:\n  ProductTitle: Large\n"
                                "Versions:\n- VersionTitle: '1.0'\n  InputProperties:\n"
                                "    Description: text/csv\n    Parameters:\n");

  for (guint i = 0; i < N_PARAMETERS; i++)
    g_string_append_printf (text,
                            "    - Name: field_%03u\n      Description: A number\n"
                            "      Constraints: 0 to 100\n      Required: true\n",
                            i);
  g_string_append (text, "Offer:\n  PricingModel: Usage\n  CurrencyCode: USD\n  RateCard:\n");
  for (guint i = 0; i < N_TYPES; i++)
    for (gsize mode = 0; mode < G_N_ELEMENTS (ends); mode++)
      g_string_append_printf (text, "  - DimensionKey: ml.x%u.large.%s\n    Price: '%u.50'\n", i,
                              ends[mode], i % 9 + 1);
  return g_string_free (text, FALSE);
}

static char *
dup_block (void)
{
  GString *text = g_string_new ("Instance type\tReal-time\tBatch\tTraining\n");

  for (guint i = 0; i < N_TYPES; i++)
    g_string_append_printf (text, "ml.x%u.large\t7.%02u\t8.%02u\t9.%02u\n", i, i % 100, i % 100,
                            i % 100);
  return g_string_free (text, FALSE);
}

static gboolean
has_rows (gpointer form, int n)
{
  return gtk_list_box_get_row_at_index (ui_child (form, "grid"), n - 1) != NULL;
}

static gboolean
is_saved (TrestleOpenDraft *draft)
{
  gboolean saved;

  g_object_get (draft, "saved", &saved, NULL);
  return saved;
}

/* Until what is shown has been drawn. */
static void
settle (void)
{
  guint source = g_timeout_add (500, on_seldom, NULL);

  seldom = FALSE;
  UI_WAIT (seldom);
  g_source_remove (source);
}

/* Hundreds of prices and parameters: shown, typed, filled and pasted without a stop, and all saved. */
static void
test_large (void)
{
  g_autofree char *path = in (folder, "large.yaml");
  g_autofree char *text = dup_large ();
  g_autofree char *block = dup_block ();
  g_autofree char *saved = NULL;
  gpointer page, form, row, section;
  TrestleOpenDraft *draft;
  GtkEditable *entry;
  UiPulse pulse;

  write_file (path, text);
  ui_pulse_begin (&pulse);
  trestle_window_open (window, "editor", "large");
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (trestle_editor_page_get_draft (page) != NULL);
  draft = trestle_editor_page_get_draft (page);
  UI_WAIT (gtk_widget_get_mapped (ui_child (page, "outline")));
  settle ();
  ui_pulse_end (&pulse, "a large draft opens");

  ui_pulse_begin (&pulse);
  gtk_widget_activate_action (page, "editor.section", "s", "pricing");
  UI_WAIT ((form = ui_find (page, TRESTLE_TYPE_PRICING_FORM)) != NULL);
  UI_WAIT (has_rows (form, (int) N_TYPES));
  ui_pulse_end (&pulse, "all its prices are shown");

  row = gtk_list_box_get_row_at_index (ui_child (form, "grid"), 0);
  entry = ui_child (row, "realtime");
  ui_pulse_begin (&pulse);
  for (const char *typed = "12.34567"; *typed != '\0'; typed++)
    {
      int position = -1;

      gtk_editable_insert_text (entry, typed, 1, &position);
      for (guint i = 0; i < 20; i++)
        g_main_context_iteration (NULL, FALSE);
    }
  UI_WAIT (is_saved (draft));
  ui_pulse_end (&pulse, "typing among many prices");

  ui_pulse_begin (&pulse);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (entry)), block);
  g_signal_emit_by_name (gtk_editable_get_delegate (entry), "paste-clipboard");
  UI_WAIT (g_str_equal (gtk_editable_get_text (entry), "7.00"));
  UI_WAIT (is_saved (draft));
  ui_pulse_end (&pulse, "all prices are pasted");
  saved = read_file (path);
  g_assert_nonnull (strstr (saved, "  - DimensionKey: ml.x299.large.a.t\n    Price: '9.99'\n"));

  ui_pulse_begin (&pulse);
  for (guint i = 0; i < N_TYPES; i++)
    gtk_check_button_set_active (
        ui_child (gtk_list_box_get_row_at_index (ui_child (form, "grid"), (int) i), "check"), TRUE);
  gtk_editable_set_text (ui_child (form, "formula"), "price + 1");
  ui_click (ui_child (form, "fill"));
  UI_WAIT (g_str_equal (gtk_editable_get_text (entry), "8.00"));
  ui_pulse_end (&pulse, "all prices are filled");

  ui_pulse_begin (&pulse);
  gtk_widget_activate_action (page, "editor.section", "s", "versions");
  UI_WAIT ((section = ui_find (page, TRESTLE_TYPE_VERSIONS_SECTION)) != NULL);
  adw_toggle_group_set_active_name (ui_child (section, "parts"), "input");
  UI_WAIT (ui_reads (section, "field_000"));
  UI_WAIT (ui_reads (section, "field_099"));
  ui_pulse_end (&pulse, "all its parameters are shown");

  ui_pulse_begin (&pulse);
  ui_act (page, "editor.undo");
  UI_WAIT (is_saved (draft));
  ui_pulse_end (&pulse, "all is undone");
  ui_act (page, "navigation.pop");
  ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
}

/* A file that no draft can be: it is said, where it lies and where it is taken in. */
static void
test_huge (void)
{
  g_autofree char *path = in (folder, "huge.yaml");
  g_autofree char *line = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GString) text = g_string_new ("Product:\n  ProductTitle: ");
  gpointer page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE), dialog;
  guint before = count ();
  UiPulse pulse;

  for (guint i = 0; i < 50; i++)
    g_string_append (text, line);
  write_file (path, text->str);
  ui_pulse_begin (&pulse);
  UI_WAIT (count () == before + 1);
  UI_WAIT (is_first (page, "change", "Draft: cannot be read"));
  trestle_window_open (window, "editor", "huge");
  UI_WAIT (ui_reads (window, "longer than"));
  ui_pulse_end (&pulse, "a huge file");
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  ui_act (page, "navigation.pop");
  page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  ui_act (page, "listings.import");
  ui_choose_file (path);
  UI_WAIT (ui_reads (window, "Could not import the draft"));
  ui_press (window, "Details");
  dialog = ui_dialog (ADW_TYPE_ALERT_DIALOG);
  UI_WAIT (ui_reads (dialog, "longer than"));
  adw_dialog_force_close (dialog);
  ui_wait_no_dialog ();
  g_assert_cmpint (g_unlink (path), ==, 0);
  UI_WAIT (count () == before);
  ui_close ();
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("600");
  g_test_add_func ("/ui/many/open", test_open);
  g_test_add_func ("/ui/many/drafts", test_many);
  g_test_add_func ("/ui/many/prices", test_large);
  g_test_add_func ("/ui/many/bytes", test_huge);
  status = g_test_run ();
  ui_serve_end ();
  g_free (folder);
  g_free (example);
  g_free (outside);
  return status;
}
