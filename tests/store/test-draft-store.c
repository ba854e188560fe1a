/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <utime.h>

#include "base/trestle-clock.h"
#include "domain/trestle-draft-info.h"
#include "domain/trestle-draft-snapshot.h"
#include "domain/trestle-lint.h"
#include "store/trestle-draft-history.h"
#include "store/trestle-draft-io.h"
#include "store/trestle-draft-store.h"
#include "store/trestle-yaml.h"

static char *root;

static TrestleDraftStore *
new_store (void)
{
  static int count;
  g_autofree char *folder = g_strdup_printf ("%s/%d/Trestle/Practice", root, count++);
  g_autoptr (GError) error = NULL;
  TrestleDraftStore *store = trestle_draft_store_new (folder, &error);

  g_assert_no_error (error);
  return store;
}

static TrestleDraft *
draft_named (const char *title)
{
  TrestleDraft *draft = trestle_draft_new ();

  trestle_draft_set_text (draft, "Product.ProductTitle", title);
  trestle_draft_set_text (draft, "Product.Identifier", "prod-a");
  return draft;
}

static char *
create (TrestleDraftStore *store, const char *title)
{
  g_autoptr (TrestleDraft) draft = draft_named (title);
  g_autoptr (GError) error = NULL;
  char *name = trestle_draft_store_create (store, NULL, draft, &error);

  g_assert_no_error (error);
  return name;
}

static char *
in_folder (TrestleDraftStore *store, const char *file)
{
  return g_build_filename (trestle_draft_store_get_folder (store), file, NULL);
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
names (TrestleDraftStore *store)
{
  g_autoptr (GPtrArray) list = trestle_draft_store_list (store, NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (sorted, (gpointer) trestle_draft_info_get_name (list->pdata[i]));
  g_ptr_array_sort_values (sorted, (GCompareFunc) strcmp);
  for (guint i = 0; i < sorted->len; i++)
    g_string_append_printf (line, "%s ", (const char *) sorted->pdata[i]);
  return g_string_free (line, FALSE);
}

static void
assert_title (TrestleDraft *draft, const char *title)
{
  g_assert_nonnull (draft);
  g_assert_cmpstr (trestle_draft_get_text (draft, "Product.ProductTitle"), ==, title);
}

static void
test_names (void)
{
  static const char *const bad[] = { "", ".hidden", "a/b", "..", "a\nb", "\xff" };
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *first = create (store, "Meadow Sorter");
  g_autofree char *second = create (store, "Meadow  sorter!");
  g_autofree char *third = create (store, "花の分類");
  g_autofree char *long_title = g_strnfill (300, 'x');
  g_autofree char *fourth = create (store, long_title);
  g_autofree char *path = trestle_draft_store_dup_path (store, first, NULL);
  g_autofree char *expected = in_folder (store, "meadow-sorter.yaml");
  g_autofree char *other = trestle_draft_store_dup_path (store, "./x.yaml", NULL);
  g_autofree char *folder = trestle_draft_store_dup_folder ("../my/account");

  g_assert_cmpstr (first, ==, "meadow-sorter");
  g_assert_cmpstr (second, ==, "meadow-sorter-2");
  g_assert_cmpstr (third, ==, "listing");
  g_assert_cmpuint (strlen (fourth), ==, 100);
  g_assert_cmpstr (path, ==, expected);
  g_assert_cmpstr (other, ==, "./x.yaml");
  g_assert_true (g_str_has_suffix (folder, "/Trestle/_..-my-account"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) history = trestle_draft_store_history (store, bad[i]);

      g_assert_null (trestle_draft_store_load (store, bad[i], NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
      g_assert_false (trestle_draft_store_rename (store, first, bad[i], NULL));
      g_assert_false (trestle_draft_store_remove (store, bad[i], NULL));
      g_assert_cmpuint (history->len, ==, 0);
    }
}

static void
test_list (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *name = create (store, "One");
  g_autofree char *broken = in_folder (store, "broken.yaml");
  g_autofree char *other = in_folder (store, "logo.png");
  g_autoptr (GPtrArray) list = NULL;
  TrestleDraftInfo *whole;
  TrestleDraftInfo *damaged;

  write_file (broken, "Product: [\n");
  write_file (other, "png");
  list = trestle_draft_store_list (store, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  whole = list->pdata[g_str_equal (trestle_draft_info_get_name (list->pdata[0]), "broken") ? 1 : 0];
  damaged = list->pdata[whole == list->pdata[0] ? 1 : 0];
  g_assert_cmpstr (trestle_draft_info_get_name (whole), ==, "one");
  g_assert_cmpstr (trestle_draft_info_get_title (whole), ==, "One");
  g_assert_cmpstr (trestle_draft_info_get_product_id (whole), ==, "prod-a");
  g_assert_cmpint (trestle_draft_info_get_modified (whole), >, 0);
  g_assert_null (trestle_draft_info_get_problem (whole));
  g_assert_null (trestle_draft_info_get_title (damaged));
  g_assert_true (g_str_has_prefix (trestle_draft_info_get_problem (damaged), "broken.yaml:2:1: "));
}

static void
test_save (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *name = create (store, "One");
  g_autoptr (TrestleDraft) draft = trestle_draft_store_load (store, name, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (TrestleDraft) past = NULL;
  g_autoptr (TrestleDraft) now = NULL;
  g_autofree char *displaced = NULL;

  /* the first text goes to the history, those within the pause after it do not */
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *title = g_strdup_printf ("Title %u", i);

      trestle_draft_set_text (draft, "Product.ProductTitle", title);
      g_assert_true (trestle_draft_store_save (store, name, draft, &error));
    }
  before = trestle_draft_store_history (store, name);
  g_assert_cmpuint (before->len, ==, 1);
  past = trestle_draft_read (trestle_draft_snapshot_get_path (before->pdata[0]), NULL, NULL);
  assert_title (past, "One");

  /* but what someone else has written does */
  g_assert_true (trestle_draft_store_save_text (store, name, "Product: {ProductTitle: x}\n",
                                                "what we knew\n", &displaced, &error));
  now = trestle_draft_read (displaced, NULL, NULL);
  assert_title (now, "Title 4");
  g_assert_true (trestle_draft_store_keep (store, name, &error));
  g_assert_true (trestle_draft_store_keep (store, name, &error));
  after = trestle_draft_store_history (store, name);
  g_assert_cmpuint (after->len, ==, 3);
}

static void
test_base (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *name = create (store, "One");
  g_autoptr (TrestleDraft) base = draft_named ("Base");
  g_autoptr (TrestleDraft) read = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (TrestleDraft) copied = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (trestle_draft_store_load_base (store, name, &error));
  g_assert_no_error (error);
  g_assert_true (trestle_draft_store_save_base (store, name, base, &error));
  g_assert_true (trestle_draft_store_save_base (store, "gone", NULL, &error));
  read = trestle_draft_store_load_base (store, name, &error);
  assert_title (read, "Base");

  copy = trestle_draft_store_duplicate (store, name, &error);
  g_assert_cmpstr (copy, ==, "one-2");
  copied = trestle_draft_store_load (store, copy, NULL, &error);
  assert_title (copied, "One");
  g_assert_false (trestle_draft_has (copied, "Product.Identifier"));
  g_assert_null (trestle_draft_store_load_base (store, copy, &error));
  g_assert_no_error (error);
}

static void
test_rename (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *name = create (store, "One");
  g_autofree char *other = create (store, "Two");
  g_autoptr (TrestleDraft) base = draft_named ("Base");
  g_autoptr (TrestleDraft) moved_base = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;

  trestle_draft_store_save_base (store, name, base, NULL);
  trestle_draft_store_keep (store, name, NULL);
  g_assert_false (trestle_draft_store_rename (store, name, "two", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (trestle_draft_store_rename (store, "none", "three", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (trestle_draft_store_rename (store, name, name, &error));
  g_assert_true (trestle_draft_store_rename (store, name, "Drei Äpfel", &error));
  g_assert_no_error (error);
  all = names (store);
  g_assert_cmpstr (all, ==, "Drei Äpfel two ");
  moved_base = trestle_draft_store_load_base (store, "Drei Äpfel", &error);
  assert_title (moved_base, "Base");
  g_assert_null (trestle_draft_store_load_base (store, name, &error));
  g_assert_no_error (error);
  history = trestle_draft_store_history (store, "Drei Äpfel");
  g_assert_cmpuint (history->len, ==, 1);
}

static void
test_remove (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *name = create (store, "One");
  g_autofree char *again = NULL;
  g_autoptr (TrestleDraft) base = draft_named ("Base");
  g_autoptr (TrestleDraft) past = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;

  trestle_draft_store_save_base (store, name, base, NULL);
  g_assert_true (trestle_draft_store_remove (store, name, &error));
  all = names (store);
  g_assert_cmpstr (all, ==, "");
  history = trestle_draft_store_history (store, name);
  g_assert_cmpuint (history->len, ==, 1);
  past = trestle_draft_read (trestle_draft_snapshot_get_path (history->pdata[0]), NULL, NULL);
  assert_title (past, "One");
  g_assert_false (trestle_draft_store_remove (store, name, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* a new one of that name has not the old one's base, and histories come together */
  again = create (store, "Another");
  trestle_draft_store_keep (store, again, NULL);
  g_assert_true (trestle_draft_store_rename (store, again, name, &error));
  g_assert_no_error (error);
  g_assert_null (trestle_draft_store_load_base (store, name, NULL));
  both = trestle_draft_store_history (store, name);
  g_assert_cmpuint (both->len, ==, 2);
}

static void
test_import (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *folder = g_build_filename (root, "elsewhere", NULL);
  g_autofree char *path = g_build_filename (folder, "my file.yaml", NULL);
  g_autofree char *logo = g_build_filename (folder, "logo.png", NULL);
  g_autofree char *secret = g_build_filename (root, "secret.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  write_file (logo, "a picture");
  write_file (secret, "a secret");
  write_file (path, "Product:\n  LogoUrl: logo.png\nOffer:\n  Eula: {File: ../secret.txt}\n");
  for (guint i = 1; i <= 2; i++)
    {
      g_autofree char *name = trestle_draft_store_import (store, path, &error);
      g_autoptr (TrestleDraft) draft = NULL;
      g_autofree char *draft_path = NULL;
      g_autofree char *copy = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (name, ==, i == 1 ? "my-file" : "my-file-2");
      draft = trestle_draft_store_load (store, name, NULL, &error);
      draft_path = trestle_draft_store_dup_path (store, name, NULL);
      copy = trestle_draft_dup_companion (
          draft_path, trestle_draft_get_text (draft, "Product.LogoUrl"), &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (copy, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "a picture");
      /* no draft reaches out of its folder */
      g_assert_cmpstr (trestle_draft_get_text (draft, "Offer.Eula.File"), ==, "../secret.txt");
      g_assert_null (trestle_draft_dup_companion (draft_path, "../secret.txt", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
      g_clear_error (&error);
      g_assert_null (trestle_draft_dup_companion (draft_path, "/etc/passwd", NULL));
      g_assert_null (trestle_draft_dup_companion (draft_path, "https://a.org/../b", &error));
      g_assert_no_error (error);
    }
  g_assert_null (trestle_draft_store_import (store, logo, &error));
  g_assert_error (error, TRESTLE_YAML_ERROR, TRESTLE_YAML_ERROR_SYNTAX);
  g_clear_error (&error);
  write_file (path, "services:\n  web: {image: nginx}\n");
  g_assert_null (trestle_draft_store_import (store, path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* Who lists a folder again and again reads only what changed in between. */
static void
test_list_again (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *one = in_folder (store, "one.yaml");
  g_autofree char *two = in_folder (store, "two.yaml");
  g_autofree char *fresh = in_folder (store, "fresh");
  g_autoptr (GPtrArray) first = NULL, second = NULL, third = NULL;
  gboolean stays = FALSE;

  write_file (one, "Product: {ProductTitle: One}\n");
  write_file (two, "Product: {ProductTitle: Two}\n");
  first = trestle_draft_store_list (store, NULL);
  second = trestle_draft_store_list (store, NULL);
  g_assert_cmpuint (first->len, ==, 2);
  g_assert_cmpuint (second->len, ==, 2);
  g_assert_true (first->pdata[0] == second->pdata[0] && first->pdata[1] == second->pdata[1]);
  /* of the same length, and moved into its place as editors do */
  write_file (fresh, "Product: {ProductTitle: Own}\n");
  g_assert_cmpint (g_rename (fresh, two), ==, 0);
  third = trestle_draft_store_list (store, NULL);
  g_assert_cmpuint (third->len, ==, 2);
  g_assert_cmpstr (trestle_draft_info_get_title (third->pdata[0]), ==, "Own");
  for (guint i = 0; i < first->len; i++)
    stays = stays || third->pdata[1] == first->pdata[i];
  g_assert_true (stays);
}

/* The example lacks nothing, and is as Trestle would write it: saving it changes no letter. */
static void
test_example (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *path = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", "examples",
                                            "listing.yaml", NULL);
  g_autofree char *logo = in_folder (store, "meadow-sorter-logo.png");
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;
  TrestleLintFacts facts = { .account_id = "444455556666" };
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (TrestleDraft) draft = NULL;
  g_autoptr (TrestleDraft) imported = NULL;
  g_autoptr (TrestleDraft) exported = NULL;
  g_autofree char *out = g_build_filename (root, "out.yaml", NULL);
  g_autofree char *out_logo = g_build_filename (root, "out-meadow-sorter-logo.png", NULL);
  g_autoptr (GError) error = NULL;

  draft = trestle_draft_read (path, &notes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  written = trestle_yaml_write (trestle_draft_get_root (draft), &error);
  g_assert_cmpstr (written, ==, text);
  findings = trestle_lint (draft, &facts);
  for (guint i = 0; i < findings->len; i++)
    g_error ("%s: %s", trestle_finding_get_field (findings->pdata[i]),
             trestle_finding_get_message (findings->pdata[i]));

  name = trestle_draft_store_import (store, path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "meadow-sorter");
  g_assert_true (g_file_test (logo, G_FILE_TEST_IS_REGULAR));
  imported = trestle_draft_store_load (store, name, NULL, &error);
  g_assert_cmpstr (trestle_draft_get_text (imported, "Product.LogoUrl"), ==,
                   "meadow-sorter-logo.png");
  trestle_draft_set_text (imported, "Product.LogoUrl", "logo.png");
  g_assert_true (trestle_draft_equal (imported, draft));

  /* and goes out again with its logo */
  g_assert_true (trestle_draft_store_export (store, name, out, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (out_logo, G_FILE_TEST_IS_REGULAR));
  exported = trestle_draft_read (out, NULL, &error);
  g_assert_cmpstr (trestle_draft_get_text (exported, "Product.LogoUrl"), ==,
                   "out-meadow-sorter-logo.png");
  trestle_draft_set_text (exported, "Product.LogoUrl", "logo.png");
  g_assert_true (trestle_draft_equal (exported, draft));
  g_assert_false (trestle_draft_store_export (store, "none", out, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_reading (void)
{
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_null (trestle_draft_read ("/nonexistent/x.yaml", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (trestle_draft_read (root, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  /* what has no end is not read to it */
  g_assert_null (trestle_draft_read ("/dev/zero", NULL, &error));
  g_assert_error (error, TRESTLE_YAML_ERROR, TRESTLE_YAML_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (trestle_draft_read_text ("", &length, &error));
  g_assert_nonnull (error);
}

/* As the history names its files, but without waiting for the disk each time. */
static void
add_past (const char *folder, gint64 taken)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc_usec (taken);
  g_autofree char *file = g_date_time_format (date, "%Y%m%dT%H%M%S.%fZ.yaml");
  g_autofree char *where = g_build_filename (folder, ".history", "a", NULL);
  g_autofree char *path = g_build_filename (where, file, NULL);

  g_mkdir_with_parents (where, 0700);
  g_assert_true (g_file_set_contents_full (path, "{}", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_history (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  const char *folder = trestle_draft_store_get_folder (store);
  gint64 now = (gint64) 1786083300 * TRESTLE_SECOND;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) last = NULL;
  guint of_hour = 0;

  /* one a day for a hundred days, one in five minutes for the last two */
  for (gint64 day = 100; day > 2; day--)
    add_past (folder, now - day * TRESTLE_DAY);
  for (gint64 minute = 2 * 24 * 60; minute > 0; minute -= 5)
    add_past (folder, now - minute * TRESTLE_MINUTE);
  all = trestle_draft_history_list (folder, "a");
  g_assert_cmpuint (all->len, ==, 98 + 576);
  g_assert_cmpint (trestle_draft_snapshot_get_taken (all->pdata[0]), ==, now - 5 * TRESTLE_MINUTE);
  g_assert_true (trestle_draft_history_is_due (folder, "a", now));
  g_assert_false (trestle_draft_history_is_due (folder, "a", now - 4 * TRESTLE_MINUTE));
  trestle_draft_history_thin (folder, "a", now);
  trestle_draft_history_thin (folder, "a", now);
  left = trestle_draft_history_list (folder, "a");
  for (guint i = 0; i < left->len; i++)
    {
      gint64 age = now - trestle_draft_snapshot_get_taken (left->pdata[i]);

      of_hour += age <= TRESTLE_HOUR;
    }
  g_assert_cmpuint (of_hour, ==, 12);
  g_assert_cmpuint (left->len, >, 12 + 130 + 28);
  g_assert_cmpuint (left->len, <, 12 + 140 + 30 + 5);

  /* two within a microsecond, and the same twice */
  g_free (trestle_draft_history_add (folder, "a", "x", now, NULL));
  g_free (trestle_draft_history_add (folder, "a", "y", now, NULL));
  g_free (trestle_draft_history_add (folder, "a", "y", now, NULL));
  last = trestle_draft_history_list (folder, "a");
  g_assert_cmpuint (last->len, ==, left->len + 2);
  g_assert_cmpint (trestle_draft_snapshot_get_taken (last->pdata[0]), ==, now + 1);
}

/* What was being written when a program was killed goes, but not what is being written now. */
static void
test_sweep (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autoptr (TrestleDraftStore) again = NULL;
  g_autofree char *old = in_folder (store, ".new-00000000.ABCDEF");
  g_autofree char *young = in_folder (store, ".new-00000001");
  g_autofree char *name = create (store, "One");
  g_autofree char *all = NULL;
  struct utimbuf times = { 1000000000, 1000000000 };

  write_file (old, "half of a dra");
  write_file (young, "half of a dra");
  g_assert_cmpint (g_utime (old, &times), ==, 0);
  again = trestle_draft_store_new (trestle_draft_store_get_folder (store), NULL);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
  all = names (again);
  g_assert_cmpstr (all, ==, "one ");
}

static void
test_no_folder (void)
{
  g_autofree char *file = g_build_filename (root, "file", NULL);
  g_autofree char *below = g_build_filename (file, "drafts", NULL);
  g_autoptr (GError) error = NULL;

  write_file (file, "");
  g_assert_null (trestle_draft_store_new (below, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
}

static void
count_up (TrestleDraftStore *store, guint *count)
{
  (*count)++;
}

static void
test_watch (void)
{
  g_autoptr (TrestleDraftStore) store = new_store ();
  g_autofree char *path = in_folder (store, "outside.yaml");
  guint count = 0;

  g_signal_connect (store, "changed", G_CALLBACK (count_up), &count);
  write_file (path, "Product: {}\n");
  while (count == 0)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  int status;
  g_autofree char *command = NULL;

  g_test_init (&argc, &argv, NULL);
  root = g_dir_make_tmp ("trestle-drafts-XXXXXX", NULL);
  g_test_add_func ("/draft-store/names", test_names);
  g_test_add_func ("/draft-store/list", test_list);
  g_test_add_func ("/draft-store/save", test_save);
  g_test_add_func ("/draft-store/base", test_base);
  g_test_add_func ("/draft-store/rename", test_rename);
  g_test_add_func ("/draft-store/remove", test_remove);
  g_test_add_func ("/draft-store/import", test_import);
  g_test_add_func ("/draft-store/list-again", test_list_again);
  g_test_add_func ("/draft-store/example", test_example);
  g_test_add_func ("/draft-store/reading", test_reading);
  g_test_add_func ("/draft-store/history", test_history);
  g_test_add_func ("/draft-store/sweep", test_sweep);
  g_test_add_func ("/draft-store/no-folder", test_no_folder);
  g_test_add_func ("/draft-store/watch", test_watch);
  status = g_test_run ();
  command = g_strdup_printf ("rm -rf '%s'", root);
  g_assert_cmpint (system (command), ==, 0);
  g_free (root);
  return status;
}
