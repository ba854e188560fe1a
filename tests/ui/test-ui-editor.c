/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-rate-card.h"
#include "editor/trestle-editor-page.h"
#include "editor/trestle-history-dialog.h"
#include "editor/trestle-review-page.h"
#include "ui-driver.h"
#include "unit/change-error-codes.h"
#include "widgets/trestle-draft-entry.h"
#include "widgets/trestle-draft-list.h"
#include "widgets/trestle-draft-text.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-accounts.h"

/* A listing as its seller writes and sends it, in the real window. */

static TrestleWindow *window;
static char *path;

/* The widget that is bound to @field. */
static GtkWidget *
find_bound (GtkWidget *root, GType type, const char *field)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      g_autofree char *own = NULL;

      g_object_get (root, "path", &own, NULL);
      if (g_strcmp0 (own, field) == 0)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_bound (child, type, field);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
type (gpointer page, const char *field, const char *text)
{
  GtkWidget *entry = find_bound (page, TRESTLE_TYPE_DRAFT_ENTRY, field);

  g_assert_nonnull (entry);
  gtk_editable_set_text (ui_child (entry, "text"), text);
}

static gboolean
file_holds (const char *text)
{
  g_autofree char *content = NULL;

  return g_file_get_contents (path, &content, NULL, NULL) && strstr (content, text) != NULL;
}

static guint
count_errors (gpointer page)
{
  return trestle_open_draft_get_n_errors (trestle_editor_page_get_draft (page));
}

static gboolean
has_focus_in (gpointer widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static gpointer
open_editor (void)
{
  gpointer page;

  trestle_window_open (window, "editor", path);
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (trestle_editor_page_get_draft (page) != NULL);
  return page;
}

/* As trestle-cli makes it, and as the window finds it. */
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
  page = open_editor ();
  UI_WAIT (ui_reads (ui_child (page, "outline"), "Product Information"));
  UI_WAIT (ui_reads (ui_child (page, "preview"), "Meadow Sorter"));
  UI_WAIT (count_errors (page) == 0);
}

/* What is typed is checked, saved and previewed; a finding leads to its field. */
static void
test_type (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  GtkWidget *title = find_bound (page, TRESTLE_TYPE_DRAFT_ENTRY, "Product.ProductTitle");
  GtkWidget *support;

  type (page, "Product.ProductTitle", "");
  UI_WAIT (count_errors (page) > 0);
  UI_WAIT (gtk_widget_get_mapped (trestle_draft_entry_get_strip (TRESTLE_DRAFT_ENTRY (title))));

  /* from somewhere else, back to where it can be mended */
  gtk_widget_activate_action (page, "editor.section", "s", "support");
  support = find_bound (page, TRESTLE_TYPE_DRAFT_TEXT, "Product.SupportDescription");
  UI_WAIT (support != NULL && gtk_widget_get_mapped (support));
  g_assert_false (gtk_widget_get_mapped (title));
  ui_act (page, "editor.first-error");
  UI_WAIT (gtk_widget_get_mapped (title) && has_focus_in (title));

  type (page, "Product.ProductTitle", "Meadow Sorter Deluxe");
  UI_WAIT (count_errors (page) == 0);
  g_assert_false (
      gtk_widget_get_visible (trestle_draft_entry_get_strip (TRESTLE_DRAFT_ENTRY (title))));
  UI_WAIT (file_holds ("ProductTitle: Meadow Sorter Deluxe"));
  UI_WAIT (ui_reads (ui_child (page, "preview"), "Meadow Sorter Deluxe"));
}

/* Back and forward again; the field is shown where something changed. */
static void
test_undo (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  GtkWidget *title = find_bound (page, TRESTLE_TYPE_DRAFT_ENTRY, "Product.ProductTitle");
  GtkText *text = ui_child (title, "text");

  gtk_widget_activate_action (page, "editor.section", "s", "support");
  g_assert_false (gtk_widget_get_mapped (title));
  ui_act (page, "editor.undo");
  UI_WAIT (gtk_widget_get_mapped (title) && has_focus_in (title));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), !=, "Meadow Sorter Deluxe");
  UI_WAIT (!file_holds ("ProductTitle: Meadow Sorter Deluxe"));
  ui_act (page, "editor.redo");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "Meadow Sorter Deluxe");
  UI_WAIT (file_holds ("ProductTitle: Meadow Sorter Deluxe"));
  g_assert_false (trestle_draft_past_can_redo (
      trestle_open_draft_get_past (trestle_editor_page_get_draft (page))));

  /* the field's own undo would not know of the others */
  g_assert_false (gtk_editable_get_enable_undo (GTK_EDITABLE (text)));
}

/* What it was before anybody typed comes back, and goes again. */
static void
test_history (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  GtkWidget *title = find_bound (page, TRESTLE_TYPE_DRAFT_ENTRY, "Product.ProductTitle");
  GtkEditable *text = GTK_EDITABLE (ui_child (title, "text"));
  gpointer dialog;

  ui_act (page, "editor.history");
  dialog = ui_dialog (TRESTLE_TYPE_HISTORY_DIALOG);
  UI_WAIT (ui_reads (dialog, "Other than now: Title"));
  ui_press (dialog, "Restore");
  ui_wait_no_dialog ();
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "Meadow Sorter");
  g_assert_true (file_holds ("ProductTitle: Meadow Sorter\n"));
  ui_act (page, "editor.undo");
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "Meadow Sorter Deluxe");
}

static void
test_list (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  TrestleDraft *draft = trestle_open_draft_get_draft (trestle_editor_page_get_draft (page));
  GtkWidget *list, *first;

  gtk_widget_activate_action (page, "editor.section", "s", "promotion");
  list = find_bound (page, TRESTLE_TYPE_DRAFT_LIST, "Product.AdditionalResources");
  UI_WAIT (list != NULL && gtk_widget_get_mapped (list));
  trestle_draft_list_add (TRESTLE_DRAFT_LIST (list));
  g_assert_cmpuint (trestle_draft_get_length (draft, "Product.AdditionalResources"), ==, 3);
  type (list, "Product.AdditionalResources[2].Text", "Plans");
  type (list, "Product.AdditionalResources[2].Url", "https://practice.example/plans");
  UI_WAIT (file_holds ("https://practice.example/plans"));
  UI_WAIT (count_errors (page) == 0);

  first = find_bound (list, TRESTLE_TYPE_DRAFT_ENTRY, "Product.AdditionalResources[0].Text");
  ui_press (first, "Remove");
  g_assert_cmpuint (trestle_draft_get_length (draft, "Product.AdditionalResources"), ==, 2);
  g_assert_cmpstr (trestle_draft_get_text (draft, "Product.AdditionalResources[1].Text"), ==,
                   "Plans");
  UI_WAIT (!file_holds ("How the flowers are measured"));
}

/* What somebody else writes into the file is in the form at once. */
static void
test_outside (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  g_autofree char *content = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *title = find_bound (page, TRESTLE_TYPE_DRAFT_ENTRY, "Product.ProductTitle");
  gpointer dialog;
  gboolean saved;

  UI_WAIT ((g_object_get (trestle_editor_page_get_draft (page), "saved", &saved, NULL), saved));
  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  changed = g_string_new (content);
  g_string_replace (changed, "Meadow Sorter Deluxe", "Meadow Sorter Plain", 0);
  g_file_set_contents (path, changed->str, -1, &error);
  g_assert_no_error (error);
  UI_WAIT (g_str_equal (gtk_editable_get_text (ui_child (title, "text")), "Meadow Sorter Plain"));
  UI_WAIT (ui_reads (window, "Another program changed the draft"));

  /* both at the same time: what is typed here stays, and what the other wrote is in the history */
  g_string_replace (changed, "Meadow Sorter Plain", "Meadow Sorter Theirs", 0);
  type (page, "Product.ProductTitle", "Meadow Sorter Ours");
  g_file_set_contents (path, changed->str, -1, &error);
  g_assert_no_error (error);
  UI_WAIT (file_holds ("ProductTitle: Meadow Sorter Ours\n"));
  UI_WAIT (ui_reads (window, "Another program wrote the draft at the same time"));
  g_assert_cmpstr (gtk_editable_get_text (ui_child (title, "text")), ==, "Meadow Sorter Ours");
  ui_act (page, "editor.history");
  dialog = ui_dialog (TRESTLE_TYPE_HISTORY_DIALOG);
  ui_press (dialog, "Restore"); /* the newest of it is the other's */
  ui_wait_no_dialog ();
  g_assert_cmpstr (gtk_editable_get_text (ui_child (title, "text")), ==, "Meadow Sorter Theirs");
  ui_act (page, "editor.undo");
  type (page, "Product.ProductTitle", "Meadow Sorter Plain");
  UI_WAIT (file_holds ("ProductTitle: Meadow Sorter Plain\n"));
}

/* What cannot be saved is said where it is typed, kept, and saved when it can be. */
static void
test_cannot_save (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *aside = g_strconcat (folder, "-aside", NULL);

  ui_forgive ("Could not save the draft");
  g_assert_cmpint (g_rename (folder, aside), ==, 0);
  g_file_set_contents (folder, "in the way", -1, NULL);
  type (page, "Product.Sku", "KEPT-1");
  UI_WAIT (ui_reads (page, "Not saved: "));
  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_rename (aside, folder), ==, 0);
  UI_WAIT (file_holds ("Sku: KEPT-1"));
  UI_WAIT (ui_reads (page, "Draft saved"));
  type (page, "Product.Sku", "");
  UI_WAIT (!file_holds ("KEPT-1"));
  ui_forgive (NULL);
}

/* The part of the editor in which a field is mended: of the whole product what buyers read first. */
static const char *
section_of (const char *field)
{
  static const char *const places[][2] = {
    { "Versions", "versions" },
    { "Offer", "pricing" },
    { "Product.BuyerAccounts", "testers" },
    { "Product.SupportDescription", "support" },
    { "Product.LogoUrl", "promotion" },
    { "Product.VideoUrls", "promotion" },
    { "Product.AdditionalResources", "promotion" },
    { "Product.SearchKeywords", "promotion" },
    { "Product", "information" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_has_prefix (field, places[i][0]))
      return places[i][1];
  g_assert_not_reached ();
}

/* Whatever AWS refuses, its field is in a part of the editor that is shown then. */
static void
test_codes (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  GtkStack *forms = ui_child (page, "forms");

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      gtk_widget_activate_action (page, "editor.section", "s", "regions");
      g_assert_cmpstr (gtk_stack_get_visible_child_name (forms), ==, "regions");
      g_test_message ("%s: %s", codes[i].code, codes[i].field);
      gtk_widget_activate_action (page, "editor.field", "s", codes[i].field);
      g_assert_cmpstr (gtk_stack_get_visible_child_name (forms), ==, section_of (codes[i].field));
      UI_WAIT (gtk_widget_get_mapped (gtk_stack_get_visible_child (forms)));
      if (strchr (codes[i].field, '.') != NULL && g_str_has_prefix (codes[i].field, "Product."))
        UI_WAIT (has_focus_in (gtk_stack_get_visible_child (forms)));
    }
}

/* Reviewed and sent; AWS's identifiers are in the draft then, and nothing is left to send. */
static void
test_submit (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  gpointer review, dialog;
  TrestleTask *checked;
  g_autofree char *listed = NULL;
  guint n;

  ui_act (page, "editor.review");
  review = ui_page (TRESTLE_TYPE_REVIEW_PAGE);
  UI_WAIT (ui_reads (review, "11 changes, sent as one"));
  /* none of these AWS would check before it has the product: that is said, and they stay to be sent */
  ui_press (review, "Check with");
  UI_WAIT (ui_reads (review, "does not check this change beforehand"));
  UI_WAIT (gtk_widget_is_sensitive (ui_child (review, "submit_button")));
  UI_WAIT (ui_reads (ui_child (review, "view"), "\"ChangeType\" : \"CreateProduct\""));
  ui_click (ui_child (review, "submit_button"));
  checked = trestle_review_page_get_task (review);
  dialog = ui_dialog (ADW_TYPE_ALERT_DIALOG);
  ui_press (dialog, "Submit");
  UI_WAIT (trestle_review_page_get_task (review) != checked
           && trestle_task_get_state (trestle_review_page_get_task (review))
                  != TRESTLE_TASK_STATE_RUNNING);
  g_assert_no_error (trestle_task_get_error (trestle_review_page_get_task (review)));
  UI_WAIT (ui_reads (review, "Applied."));
  UI_WAIT (file_holds ("Identifier: prod-"));
  g_object_get (trestle_editor_page_get_draft (page), "n-changes", &n, NULL);
  g_assert_cmpuint (n, ==, 0);
  UI_WAIT (ui_reads (review, "Nothing to send"));
  g_assert_false (gtk_widget_is_sensitive (ui_child (review, "submit_button")));
  listed = ui_cli ("--account", "seller", "listing", "list", NULL);
  g_assert_nonnull (strstr (listed, "Meadow Sorter Plain"));
}

/* What is live already: only what differs is sent, with what it was beside what it will be. */
static void
test_live (void)
{
  gpointer page, review, preview;
  GtkWidget *short_text, *group;
  g_autofree char *title = NULL;
  g_autofree char *kept = NULL;
  TrestleDraft *draft;
  guint n;

  g_free (path);
  path = g_strstrip (
      ui_cli ("--account", "seller", "listing", "new", "--product", "petal-sorter", NULL));
  page = open_editor ();
  short_text = find_bound (page, TRESTLE_TYPE_DRAFT_TEXT, "Product.ShortDescription");
  UI_WAIT (short_text != NULL && gtk_widget_get_mapped (short_text));

  /* of several versions a finding says which it is about */
  draft = trestle_open_draft_get_draft (trestle_editor_page_get_draft (page));
  g_assert_cmpuint (trestle_draft_get_length (draft, "Versions"), >, 1);
  kept = g_strdup (trestle_draft_get_text (draft, "Versions[1].ReleaseNotes"));
  title = g_strconcat (trestle_draft_get_text (draft, "Versions[1].VersionTitle"), ": “", NULL);
  g_assert_false (ui_reads (ui_child (page, "outline"), title));
  trestle_draft_set_text (draft, "Versions[1].ReleaseNotes", " begins with a space");
  UI_WAIT (ui_reads (ui_child (page, "outline"), title));
  UI_WAIT (ui_reads (ui_child (page, "preview"), "1 field differs from live"));
  trestle_draft_set_text (draft, "Versions[1].ReleaseNotes", kept);
  UI_WAIT (!ui_reads (ui_child (page, "preview"), "1 field differs from live"));
  g_assert_false (ui_reads (ui_child (page, "outline"), title));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (ui_child (short_text, "view")),
                            "Sorts petals anew.", -1);
  UI_WAIT ((g_object_get (trestle_editor_page_get_draft (page), "n-changes", &n, NULL), n == 1));
  UI_WAIT (ui_reads (ui_child (page, "preview"), "1 field differs from live"));
  gtk_widget_activate_action (page, "editor.section", "s", "support");
  UI_WAIT (!gtk_widget_get_mapped (short_text));
  preview = ui_child (page, "preview");
  gtk_menu_button_popup (ui_child (preview, "differences_button"));
  UI_WAIT (gtk_widget_get_mapped (ui_child (preview, "differences")));
  g_signal_emit_by_name (ui_child (preview, "differences"), "row-activated",
                         gtk_list_box_get_row_at_index (ui_child (preview, "differences"), 0));
  UI_WAIT (gtk_widget_get_mapped (short_text) && has_focus_in (short_text));
  ui_act (page, "editor.review");
  review = ui_page (TRESTLE_TYPE_REVIEW_PAGE);
  UI_WAIT (ui_reads (review, "1 change"));
  UI_WAIT (ui_reads (review, "Sorts petals anew."));
  UI_WAIT (ui_reads (review, "−"));
  UI_WAIT (ui_reads (review, "revision"));

  /* reading it again leaves the cards alone: the keyboard may be in one of them */
  group = gtk_widget_get_first_child (ui_child (review, "groups"));
  trestle_future_report (trestle_open_draft_check (trestle_editor_page_get_draft (page)), "check");
  UI_WAIT (trestle_watch_get_pending () == 0);
  g_object_notify (G_OBJECT (trestle_editor_page_get_draft (page)), "n-changes");
  g_assert_true (group == gtk_widget_get_first_child (ui_child (review, "groups")));
}

/* Of two new versions one is reviewed; what waits is said, and is not among what is sent. */
static void
test_later (void)
{
  static const char *const names[] = { "tuning-fork-v1", "meadow-sorter-v1" };
  gpointer review = ui_page (TRESTLE_TYPE_REVIEW_PAGE), page, groups;
  TrestleDraft *draft;
  guint n;

  g_assert_false (gtk_widget_get_visible (ui_child (review, "later")));
  ui_act (review, "navigation.pop");
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  draft = trestle_open_draft_get_draft (trestle_editor_page_get_draft (page));
  n = trestle_draft_get_length (draft, "Versions");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *at = g_strdup_printf ("Versions[%u]", n + i);
      g_autofree char *id = g_strconcat (at, ".Id", NULL);
      g_autofree char *option = g_strconcat (at, ".DeliveryOptionId", NULL);
      g_autofree char *title = g_strconcat (at, ".VersionTitle", NULL);
      g_autofree char *package = g_strconcat (at, ".SageMakerModelPackageArn", NULL);
      g_autofree char *role = g_strconcat (at, ".AccessRoleArn", NULL);
      g_autofree char *arn = g_strconcat ("arn:aws:sagemaker:us-east-1:444455556666:model-package/",
                                          names[i], NULL);

      trestle_draft_insert (draft, "Versions", n + i,
                            trestle_draft_dup_node (trestle_draft_get (draft, "Versions[0]")));
      trestle_draft_set (draft, id, NULL);
      trestle_draft_set (draft, option, NULL);
      trestle_draft_set_text (draft, title, i == 0 ? "8.1" : "8.2");
      trestle_draft_set_text (draft, package, arn);
      trestle_draft_set_text (draft, role, "arn:aws:iam::444455556666:role/MarketplaceAccess");
    }
  trestle_rate_card_set (draft, "ml.c5.xlarge.m.i.r", "7.00");
  trestle_rate_card_set (draft, "ml.c5.xlarge.m.i.b", "7.00");
  ui_act (page, "editor.review");
  review = ui_page (TRESTLE_TYPE_REVIEW_PAGE);
  groups = ui_child (review, "groups");
  UI_WAIT (ui_reads (groups, "Add version “8.1” from tuning-fork-v1"));
  UI_WAIT (ui_reads (review, "3 changes wait for the next change set."));
  UI_WAIT (ui_reads (review, "Set the price of ml.c5.xlarge batch to $7.00/h"));
  g_assert_false (ui_reads (groups, "ml.c5.xlarge"));
  g_assert_false (ui_reads (groups, "8.2"));
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("600");
  g_test_add_func ("/ui/editor/open", test_open);
  g_test_add_func ("/ui/editor/type", test_type);
  g_test_add_func ("/ui/editor/undo", test_undo);
  g_test_add_func ("/ui/editor/history", test_history);
  g_test_add_func ("/ui/editor/list", test_list);
  g_test_add_func ("/ui/editor/outside", test_outside);
  g_test_add_func ("/ui/editor/cannot-save", test_cannot_save);
  g_test_add_func ("/ui/editor/codes", test_codes);
  g_test_add_func ("/ui/editor/submit", test_submit);
  g_test_add_func ("/ui/editor/live", test_live);
  g_test_add_func ("/ui/editor/later", test_later);
  status = g_test_run ();
  ui_close ();
  ui_serve_end ();
  g_free (path);
  return status;
}
