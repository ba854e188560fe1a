/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-draft-diff.h"
#include "domain/trestle-rate-card.h"
#include "editor/trestle-categories-group.h"
#include "editor/trestle-editor-page.h"
#include "editor/trestle-logo-group.h"
#include "pricing/trestle-pricing-form.h"
#include "pricing/trestle-terms-group.h"
#include "ui-driver.h"
#include "versions/trestle-package-chooser.h"
#include "versions/trestle-parameter-dialog.h"
#include "versions/trestle-parameter-list.h"
#include "versions/trestle-versions-section.h"
#include "widgets/trestle-draft-entry.h"
#include "widgets/trestle-draft-list.h"
#include "widgets/trestle-draft-text.h"
#include "workbench/trestle-accounts.h"

/* A listing that is written field by field in the window is the one that the command line makes. */

static TrestleWindow *window;
static gpointer page;
static TrestleDraft *wanted; /* the example */
static TrestleDraft *made;   /* what the window makes of it */

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

static gpointer
await_bound (gpointer root, GType type, const char *field)
{
  GtkWidget *found;

  UI_WAIT ((found = find_bound (root, type, field)) != NULL && gtk_widget_get_mapped (found));
  return found;
}

/* Types what the example has into the row of @field, one line or many. */
static void
write_field (gpointer root, const char *field)
{
  GtkWidget *row = find_bound (root, TRESTLE_TYPE_DRAFT_ENTRY, field);
  const char *text = trestle_draft_get_text (wanted, field);

  g_assert_cmpstr (text, !=, "");
  g_test_message ("%s", field);
  if (row != NULL)
    {
      gtk_editable_set_text (ui_child (row, "text"), text);
      return;
    }
  row = find_bound (root, TRESTLE_TYPE_DRAFT_TEXT, field);
  g_assert_nonnull (row);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (ui_child (row, "view")), text, -1);
}

/* @members: NULL-terminated; NULL for a list of texts */
static void
write_list (const char *list, const char *const *members)
{
  guint n = trestle_draft_get_length (wanted, list);
  GtkWidget *group = await_bound (page, TRESTLE_TYPE_DRAFT_LIST, list);

  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *element = g_strdup_printf ("%s[%u]", list, i);

      if (trestle_draft_get_length (made, list) <= i)
        trestle_draft_list_add (TRESTLE_DRAFT_LIST (group));
      if (members == NULL)
        write_field (group, element);
      for (guint m = 0; members != NULL && members[m] != NULL; m++)
        {
          g_autofree char *field = g_strdup_printf ("%s.%s", element, members[m]);

          write_field (group, field);
        }
    }
}

static void
show (const char *section)
{
  gtk_widget_activate_action (page, "editor.section", "s", section);
}

/* Where @text stands among what can be chosen; G_MAXUINT where it does not. */
static guint
find_choice (gpointer row, const char *text)
{
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), text))
        return i;
    }
  return G_MAXUINT;
}

static void
choose (gpointer row, const char *text)
{
  UI_WAIT (find_choice (row, text) != G_MAXUINT);
  adw_combo_row_set_selected (row, find_choice (row, text));
}

static void
test_open (void)
{
  g_autofree char *example = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", "examples",
                                               "listing.yaml", NULL);
  g_autofree char *path = g_strstrip (
      ui_cli ("--account", "seller", "listing", "new", "--from", example, NULL));
  g_autofree char *empty = g_strstrip (
      ui_cli ("--account", "seller", "listing", "new", "By Hand", NULL));
  g_autoptr (TrestleAccount) seller = trestle_accounts_practice ("seller");
  gpointer other;

  window = ui_open ();
  trestle_window_open_account (window, seller);
  UI_WAIT (trestle_window_get_session (window) != NULL
           && g_str_equal (trestle_account_get_id (
                               trestle_session_get_account (trestle_window_get_session (window))),
                           trestle_account_get_id (seller)));
  trestle_window_open (window, "editor", path);
  other = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (trestle_editor_page_get_draft (other) != NULL);
  wanted = trestle_draft_copy (
      trestle_open_draft_get_draft (trestle_editor_page_get_draft (other)));
  trestle_window_open (window, "editor", empty);
  UI_WAIT ((page = ui_page (TRESTLE_TYPE_EDITOR_PAGE)) != other);
  UI_WAIT (trestle_editor_page_get_draft (page) != NULL);
  made = trestle_open_draft_get_draft (trestle_editor_page_get_draft (page));
  g_assert_false (trestle_draft_has (made, "Versions"));
}

static void
test_information (void)
{
  g_auto (GStrv) categories = trestle_draft_dup_texts (wanted, "Product.Categories");
  gpointer group;

  show ("information");
  write_field (page, "Product.ProductTitle");
  write_field (page, "Product.ShortDescription");
  write_field (page, "Product.LongDescription");
  write_field (page, "Product.Sku");
  write_list ("Product.Highlights", NULL);
  group = ui_find (page, TRESTLE_TYPE_CATEGORIES_GROUP);
  for (guint i = 0; categories[i] != NULL; i++)
    {
      choose (ui_child (group, "add_row"), categories[i]);
      UI_WAIT (trestle_draft_get_length (made, "Product.Categories") == i + 1);
    }
}

static void
test_promotion (void)
{
  static const char *const link[] = { "Text", "Url", NULL };
  g_autofree char *folder = g_path_get_dirname (
      trestle_open_draft_get_path (trestle_editor_page_get_draft (page)));
  g_autoptr (GFile) logo = g_file_new_build_filename (
      folder, trestle_draft_get_text (wanted, "Product.LogoUrl"), NULL);
  gpointer group;

  show ("promotion");
  UI_WAIT ((group = ui_find (page, TRESTLE_TYPE_LOGO_GROUP)) != NULL);
  trestle_logo_group_take (group, logo);
  UI_WAIT (trestle_draft_has (made, "Product.LogoUrl"));
  write_list ("Product.AdditionalResources", link);
  write_list ("Product.SearchKeywords", NULL);
  show ("support");
  await_bound (page, TRESTLE_TYPE_DRAFT_TEXT, "Product.SupportDescription");
  write_field (page, "Product.SupportDescription");
}

static void
write_parameters (gpointer section, const char *list, const char *flag, gboolean constraints)
{
  guint n = trestle_draft_get_length (wanted, list);
  gpointer group = await_bound (section, TRESTLE_TYPE_PARAMETER_LIST, list);

  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s[%u].Name", list, i);
      g_autofree char *description = g_strdup_printf ("%s[%u].Description", list, i);
      g_autofree char *limits = g_strdup_printf ("%s[%u].Constraints", list, i);
      g_autofree char *required = g_strdup_printf ("%s[%u].%s", list, i, flag);
      gpointer dialog;

      gtk_widget_activate_action (group, "parameters.add", NULL);
      dialog = ui_dialog (TRESTLE_TYPE_PARAMETER_DIALOG);
      write_field (dialog, name);
      write_field (dialog, description);
      if (constraints)
        write_field (dialog, limits);
      adw_switch_row_set_active (ui_child (dialog, "flag_row"),
                                 trestle_draft_get_bool (wanted, required));
      adw_dialog_force_close (dialog);
      ui_wait_no_dialog ();
    }
}

static void
test_version (void)
{
  static const char *const texts[] = { "VersionTitle",
                                       "ReleaseNotes",
                                       "UsageInstructions",
                                       "SampleNotebookUrl",
                                       "RepositoryUrl",
                                       "AccessRoleArn",
                                       "InputProperties.Description",
                                       "InputProperties.Limitations",
                                       "InputProperties.SampleInput.RealtimeInferenceText",
                                       "InputProperties.SampleInput.BatchTransformText",
                                       "OutputProperties.Description",
                                       "OutputProperties.SampleOutput.RealtimeInferenceText",
                                       "OutputProperties.SampleOutput.BatchTransformText" };
  gpointer section, chooser, parts;

  show ("versions");
  UI_WAIT ((section = ui_find (page, TRESTLE_TYPE_VERSIONS_SECTION)) != NULL);
  gtk_widget_activate_action (section, "versions.new", NULL);
  chooser = ui_dialog (TRESTLE_TYPE_PACKAGE_CHOOSER);
  ui_activate_row (chooser, "meadow-sorter-v1");
  ui_wait_no_dialog ();
  UI_WAIT (trestle_draft_get_length (made, "Versions") == 1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *field = g_strconcat ("Versions[0].", texts[i], NULL);

      write_field (section, field);
    }
  parts = ui_child (section, "parts");
  adw_toggle_group_set_active_name (parts, "input");
  write_parameters (section, "Versions[0].InputProperties.Parameters", "Required", TRUE);
  adw_toggle_group_set_active_name (parts, "output");
  write_parameters (section, "Versions[0].OutputProperties.Parameters", "AlwaysReturned", FALSE);
  choose (
      ui_child (section, "realtime_row"),
      trestle_draft_get_text (wanted, "Versions[0].RecommendedInstanceTypes.RealtimeInference"));
  choose (ui_child (section, "batch_row"),
          trestle_draft_get_text (wanted, "Versions[0].RecommendedInstanceTypes.BatchTransform"));
}

static gboolean
has_prices (gpointer grid)
{
  return gtk_list_box_get_row_at_index (grid, 0) != NULL;
}

static void
test_offer (void)
{
  gpointer form, terms, grid;
  GtkListBoxRow *row;

  show ("pricing");
  UI_WAIT ((form = find_bound (page, TRESTLE_TYPE_DRAFT_ENTRY, "Offer.Name")) != NULL);
  write_field (page, "Offer.Name");
  write_field (page, "Offer.Description");
  write_field (page, "Offer.RefundPolicy");
  terms = gtk_widget_get_ancestor (form, TRESTLE_TYPE_TERMS_GROUP);
  adw_switch_row_set_active (ui_child (terms, "trial"), TRUE);
  adw_spin_row_set_value (ui_child (terms, "days"), 14);
  form = gtk_widget_get_ancestor (terms, TRESTLE_TYPE_PRICING_FORM);
  grid = ui_child (form, "grid");
  UI_WAIT (has_prices (grid));
  for (int i = 0; (row = gtk_list_box_get_row_at_index (grid, i)) != NULL; i++)
    {
      const char *type = gtk_label_get_text (ui_child (row, "type"));
      g_autofree char *realtime = g_strconcat (type, ".m.i.r", NULL);
      g_autofree char *batch = g_strconcat (type, ".m.i.b", NULL);

      gtk_editable_set_text (ui_child (row, "realtime"), trestle_rate_card_find (wanted, realtime));
      gtk_editable_set_text (ui_child (row, "batch"), trestle_rate_card_find (wanted, batch));
    }
  show ("testers");
  write_list ("Product.BuyerAccounts", NULL);
}

static void
report (GPtrArray *differences)
{
  for (guint i = 0; i < differences->len; i++)
    g_printerr ("  %s: “%s”, not “%s”\n", trestle_difference_get_path (differences->pdata[i]),
                trestle_difference_get_mine (differences->pdata[i]),
                trestle_difference_get_base (differences->pdata[i]));
}

static int
by_key (gconstpointer a, gconstpointer b)
{
  return strcmp (
      json_object_get_string_member (json_node_get_object (*(JsonNode **) a), "DimensionKey"),
      json_object_get_string_member (json_node_get_object (*(JsonNode **) b), "DimensionKey"));
}

/* Prices and what is free of a trial, in an order that does not depend on who wrote them. */
static void
sort_keyed (JsonObject *object, const char *member)
{
  JsonArray *sorted = json_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  JsonArray *there = json_object_get_array_member (object, member);

  for (guint i = 0; i < json_array_get_length (there); i++)
    g_ptr_array_add (rows, json_array_dup_element (there, i));
  g_ptr_array_sort (rows, by_key);
  for (guint i = 0; i < rows->len; i++)
    json_array_add_element (sorted, json_node_copy (rows->pdata[i]));
  json_object_set_array_member (object, member, sorted);
}

static JsonNode *
dup_details (TrestleChange *change)
{
  g_autofree char *text = json_to_string ((JsonNode *) trestle_change_get_details (change), FALSE);
  JsonNode *details = json_from_string (text, NULL);
  JsonArray *terms;

  if (!g_str_equal (trestle_change_get_change_type (change), "UpdatePricingTerms"))
    return details;
  terms = json_object_get_array_member (json_node_get_object (details), "Terms");
  g_assert_cmpuint (json_array_get_length (terms), ==, 2);
  sort_keyed (
      json_array_get_object_element (
          json_object_get_array_member (json_array_get_object_element (terms, 0), "RateCards"), 0),
      "RateCard");
  sort_keyed (json_array_get_object_element (terms, 1), "Grants");
  return details;
}

/* The same fields, and so the same change set; prices may stand in another order. */
static void
test_same (void)
{
  g_autoptr (GPtrArray) differences = trestle_draft_diff (made, wanted);
  g_autoptr (TrestleChangeSet) one = trestle_change_set_build (made, NULL, NULL);
  g_autoptr (TrestleChangeSet) other = trestle_change_set_build (wanted, NULL, NULL);
  GListModel *changes = trestle_change_set_get_changes (one);
  GListModel *others = trestle_change_set_get_changes (other);

  report (differences);
  g_assert_cmpuint (differences->len, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 11);
  g_assert_cmpuint (g_list_model_get_n_items (others), ==, 11);
  for (guint i = 0; i < 11; i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (changes, i);
      g_autoptr (TrestleChange) like = g_list_model_get_item (others, i);
      const char *type = trestle_change_get_change_type (change);
      g_autoptr (JsonNode) details = NULL;
      g_autoptr (JsonNode) others_details = NULL;

      g_assert_cmpstr (type, ==, trestle_change_get_change_type (like));
      g_test_message ("%s", type);
      details = dup_details (change);
      others_details = dup_details (like);
      g_assert_true (json_node_equal (details, others_details));
    }
  UI_WAIT (trestle_open_draft_get_n_errors (trestle_editor_page_get_draft (page)) == 0);
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("600");
  g_test_add_func ("/ui/whole/open", test_open);
  g_test_add_func ("/ui/whole/information", test_information);
  g_test_add_func ("/ui/whole/promotion", test_promotion);
  g_test_add_func ("/ui/whole/version", test_version);
  g_test_add_func ("/ui/whole/offer", test_offer);
  g_test_add_func ("/ui/whole/same", test_same);
  status = g_test_run ();
  ui_close ();
  ui_serve_end ();
  g_clear_object (&wanted);
  return status;
}
