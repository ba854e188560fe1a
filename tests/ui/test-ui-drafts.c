/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

#include "drafts-folder.h"
#include "editor/trestle-editor-page.h"
#include "product/trestle-product-page.h"
#include "store/trestle-draft-io.h"
#include "widgets/trestle-draft-entry.h"

/* Drafts as files: they come and go, survive what ends the window, and folders that nobody can use. */

/* --- From elsewhere, and out ---------------------------------------------------------------- */

/* A draft from elsewhere comes with its files and is opened. */
static void
test_import (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  g_autofree char *logo = NULL;

  ui_act (page, "listings.import");
  ui_choose_file (NULL);
  ui_act (page, "listings.import");
  ui_choose_file (example);
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (trestle_editor_page_get_draft (page) != NULL);
  UI_WAIT (count () == 2);
  logo = in (folder, trestle_draft_get_text (
                         trestle_open_draft_get_draft (trestle_editor_page_get_draft (page)),
                         "Product.LogoUrl"));
  g_assert_true (g_file_test (logo, G_FILE_TEST_IS_REGULAR));
  ui_act (page, "navigation.pop");
  ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
}

static const struct
{
  const char *name;
  const char *text;
  const char *words; /* in what people read */
} refused[] = {
  { "broken.yaml", "Product:\n  ProductTitle: [\n", "broken.yaml:3:1: " },
  { "twice.yaml", "Product: {Sku: a}\nProduct: {Sku: b}\n", "twice.yaml:2:1: " },
  { "compose.yaml", "services:\n  web:\n    image: nginx\n", "no draft of a listing" },
  { "list.yaml", "- a\n- b\n", "list.yaml:1:1: " },
  { "empty.yaml", "", "" },
  { "bytes.yaml", "Product: \xff\xfe\n", "not UTF-8" },
};

/* What is no draft is refused in words, and nothing is left of it. */
static void
test_import_refused (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = in (outside, refused[i].name);
      gpointer dialog;

      g_test_message ("%s", refused[i].name);
      write_file (path, refused[i].text);
      ui_act (page, "listings.import");
      ui_choose_file (path);
      UI_WAIT (ui_reads (window, "Could not import the draft"));
      ui_press (window, "Details");
      dialog = ui_dialog (ADW_TYPE_ALERT_DIALOG);
      UI_WAIT (ui_reads (dialog, refused[i].words));
      adw_dialog_force_close (dialog);
      ui_wait_no_dialog ();
      UI_WAIT (!ui_reads (window, "Could not import the draft"));
      g_assert_true (trestle_window_get_page (window) == page);
    }
  g_assert_cmpuint (count (), ==, 2);
}

/* A copy with the files it names, of what was typed last. */
static void
test_export (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  g_autofree char *path = in (outside, "given.yaml");
  g_autofree char *logo = in (outside, "given-meadow-sorter-logo.png");
  g_autofree char *later = in (outside, "later.yaml");
  g_autofree char *linted = NULL;
  g_autofree char *text = NULL;
  TrestleDraft *draft;

  g_assert_true (gtk_widget_activate_action (page, "listings.export", "s", "meadow-sorter"));
  ui_choose_file (path);
  UI_WAIT (ui_reads (window, "The draft is exported"));
  g_assert_true (g_file_test (logo, G_FILE_TEST_IS_REGULAR));
  linted = ui_cli (SELLER, "listing", "lint", path, NULL); /* fails with an error in it */

  trestle_window_open (window, "editor", "meadow-sorter");
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT (trestle_editor_page_get_draft (page) != NULL);
  draft = trestle_open_draft_get_draft (trestle_editor_page_get_draft (page));
  ui_act (page, "editor.export");
  trestle_draft_set_text (draft, "Product.Sku", "LAST-1");
  ui_choose_file (later);
  UI_WAIT (g_file_test (later, G_FILE_TEST_EXISTS));
  text = read_file (later);
  g_assert_nonnull (strstr (text, "Sku: LAST-1"));

  ui_act (page, "navigation.pop");
  ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
}

/* --- Killed --------------------------------------------------------------------------------- */

static char *program;

static gboolean
on_type (gpointer entry)
{
  static guint n;
  GtkEditable *text = GTK_EDITABLE (ui_child (entry, "text"));
  g_auto (GStrv) words = g_strsplit (gtk_editable_get_text (text), "#", 2);
  g_autofree char *more = g_strdup_printf ("%s#%u", words[0], n++);

  gtk_editable_set_text (text, more);
  return G_SOURCE_CONTINUE;
}

/* Types into the title, and goes on typing until somebody ends it. */
static G_NORETURN void
type_on (const char *text)
{
  gpointer page, entry;

  open_seller ();
  trestle_window_open (window, "editor", "meadow-sorter");
  page = ui_page (TRESTLE_TYPE_EDITOR_PAGE);
  UI_WAIT ((entry = ui_find (page, TRESTLE_TYPE_DRAFT_ENTRY)) != NULL);
  gtk_editable_set_text (ui_child (entry, "text"), text);
  g_timeout_add (20, on_type, entry);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
has_title (const char *path, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleDraft) draft = trestle_draft_read (path, NULL, &error);

  g_assert_no_error (error); /* whole, whenever it is looked at */
  return g_str_has_prefix (trestle_draft_get_text (draft, "Product.ProductTitle"), title);
}

/* What was typed is saved while typing goes on, and survives whatever ends the window. */
static void
test_killed (void)
{
  g_autofree char *path = in (folder, "meadow-sorter.yaml");
  g_autofree char *before = read_file (path);

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *typed = g_strdup_printf ("Typed in Round %u", round);
      g_autoptr (GSubprocessLauncher)
          launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
      g_autoptr (GSubprocess) process = NULL;

      g_subprocess_launcher_setenv (launcher, "TRESTLE_TEST_HOME", g_get_home_dir (), TRUE);
      process = g_subprocess_launcher_spawn (launcher, &error, program, "--type", typed, NULL);
      g_assert_no_error (error);
      UI_WAIT (has_title (path, typed));
      g_usleep (round * 300 * 1000);
      g_subprocess_send_signal (process, SIGKILL);
      g_assert_true (g_subprocess_wait (process, NULL, &error));
      g_assert_true (has_title (path, typed));
    }
  write_file (path, before); /* for what follows */
}

/* A product of the seller's that everybody sees: what AWS calls it, and its name */
static char *
dup_public (char **title)
{
  g_autofree char *printed = ui_cli (SELLER, "listing", "list", "--json", NULL);
  g_autoptr (JsonNode) root = json_from_string (printed, NULL);
  JsonArray *items = json_object_get_array_member (json_node_get_object (root), "items");

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *one = json_array_get_object_element (items, i);

      if (g_strcmp0 (json_object_get_string_member (one, "Visibility"), "Public") == 0)
        {
          *title = g_strdup (json_object_get_string_member (one, "ProductTitle"));
          return g_strdup (json_object_get_string_member (one, "EntityId"));
        }
    }
  g_assert_not_reached ();
}

static void
test_show (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  g_autofree char *title = NULL;
  g_autofree char *id = dup_public (&title);

  UI_WAIT (ui_reads (page, title));
  g_assert_true (gtk_widget_activate_action (page, "listings.show", "s", id));
  page = ui_page (TRESTLE_TYPE_PRODUCT_PAGE);
  UI_WAIT (ui_reads (page, title));
  UI_WAIT (ui_reads (page, "Overview"));
  trestle_window_show_section (window, "listings");
  ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  ui_close ();
}

/* --- A folder that cannot be used ----------------------------------------------------------- */

static void
test_no_folder (void)
{
  g_autofree char *aside = g_strconcat (folder, "-aside", NULL);
  gpointer page;

  g_assert_cmpint (g_rename (folder, aside), ==, 0);
  write_file (folder, "in the way");
  open_seller ();
  page = ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
  UI_WAIT (ui_reads (page, "The drafts cannot be read"));
  ui_act (page, "listings.new");
  UI_WAIT (ui_reads (window, "Could not make a draft"));
  ui_act (page, "listings.folder");
  UI_WAIT (ui_reads (window, "The folder of drafts cannot be used"));

  /* and when it can, nothing is lost */
  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_rename (aside, folder), ==, 0);
  ui_act (page, "page.refresh");
  UI_WAIT (count () == 2);
  UI_WAIT (!ui_reads (page, "The drafts cannot be read"));
  ui_close ();
}

int
main (int argc, char **argv)
{
  int status;
  const char *text = argc == 3 && g_str_equal (argv[1], "--type") ? argv[2] : NULL;

  program = argv[0];
  if (text != NULL)
    argc = 1;
  ui_init (&argc, &argv);
  if (text != NULL)
    type_on (text);
  ui_serve ("600");
  g_test_add_func ("/ui/drafts/open", test_open);
  g_test_add_func ("/ui/drafts/import", test_import);
  g_test_add_func ("/ui/drafts/import-refused", test_import_refused);
  g_test_add_func ("/ui/drafts/export", test_export);
  g_test_add_func ("/ui/drafts/killed", test_killed);
  g_test_add_func ("/ui/drafts/show", test_show);
  g_test_add_func ("/ui/drafts/no-folder", test_no_folder);
  status = g_test_run ();
  ui_serve_end ();
  g_free (folder);
  g_free (example);
  g_free (outside);
  return status;
}
