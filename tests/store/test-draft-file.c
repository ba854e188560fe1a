/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "domain/trestle-draft-snapshot.h"
#include "store/trestle-draft-file.h"
#include "store/trestle-draft-io.h"
#include "trestle-test.h"

/* A text long enough that writing it takes some time. */
#define LONG_TEXT_BYTES 200000
#define KILLS 15u

static char *program;
static char *root;

typedef struct
{
  TrestleDraftStore *store;
  TrestleDraftFile *file;
  TrestleDraft *draft; /* the file's */
  char *path;
  guint reloaded;
  char *displaced;
} Fixture;

static void
on_reloaded (TrestleDraftFile *file, Fixture *f)
{
  f->reloaded++;
}

static void
on_displaced (TrestleDraftFile *file, const char *path, Fixture *f)
{
  g_set_str (&f->displaced, path);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static int count;
  g_autofree char *folder = g_strdup_printf ("%s/%d", root, count++);
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  f->store = trestle_draft_store_new (folder, &error);
  g_assert_no_error (error);
  trestle_draft_set_text (draft, "Product.ProductTitle", "One");
  name = trestle_draft_store_create (f->store, NULL, draft, &error);
  g_assert_no_error (error);
  f->file = trestle_draft_file_open (f->store, name, &error);
  g_assert_no_error (error);
  f->draft = trestle_draft_file_get_draft (f->file);
  f->path = trestle_draft_store_dup_path (f->store, name, NULL);
  g_signal_connect (f->file, "reloaded", G_CALLBACK (on_reloaded), f);
  g_signal_connect (f->file, "displaced", G_CALLBACK (on_displaced), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->file);
  g_clear_object (&f->store);
  g_free (f->path);
  g_free (f->displaced);
}

static void
save (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  DexFuture *done = trestle_await_run (trestle_draft_file_save (f->file), &error);

  g_assert_no_error (error);
  dex_clear (&done);
  g_assert_true (trestle_draft_file_get_saved (f->file));
}

static void
assert_on_disk (Fixture *f, const char *title)
{
  g_autoptr (TrestleDraft) read = trestle_draft_read (f->path, NULL, NULL);

  g_assert_nonnull (read);
  g_assert_cmpstr (trestle_draft_get_text (read, "Product.ProductTitle"), ==, title);
}

static void
assert_in_history (Fixture *f, const char *title)
{
  g_autoptr (GPtrArray)
      history = trestle_draft_store_history (f->store, trestle_draft_file_get_name (f->file));

  for (guint i = 0; i < history->len; i++)
    {
      g_autoptr (TrestleDraft) read = trestle_draft_read (
          trestle_draft_snapshot_get_path (history->pdata[i]), NULL, NULL);

      if (read != NULL
          && g_str_equal (trestle_draft_get_text (read, "Product.ProductTitle"), title))
        return;
    }
  g_error ("“%s” is not in the history", title);
}

static void
write_outside (Fixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (f->path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_saves_itself (Fixture *f, gconstpointer data)
{
  g_assert_true (trestle_draft_file_get_saved (f->file));
  trestle_draft_set_text (f->draft, "Product.ProductTitle", "Two");
  g_assert_false (trestle_draft_file_get_saved (f->file));
  while (!trestle_draft_file_get_saved (f->file))
    g_main_context_iteration (NULL, TRUE);
  assert_on_disk (f, "Two");
  assert_in_history (f, "One");
  g_assert_cmpuint (f->reloaded, ==, 0);
}

/* What is typed while the file is being written is written too before saving is done. */
static void
test_types_on (Fixture *f, gconstpointer data)
{
  DexFuture *saving;

  trestle_draft_set_text (f->draft, "Product.ProductTitle", "Two");
  saving = trestle_draft_file_save (f->file);
  while (g_main_context_iteration (NULL, FALSE) && dex_future_is_pending (saving))
    ;
  trestle_draft_set_text (f->draft, "Product.ProductTitle", "Three");
  save (f);
  assert_on_disk (f, "Three");
  dex_clear (&saving);
}

static void
test_dropped_unsaved (Fixture *f, gconstpointer data)
{
  trestle_draft_set_text (f->draft, "Product.ProductTitle", "Two");
  g_clear_object (&f->file);
  assert_on_disk (f, "Two");
}

static void
test_changed_outside (Fixture *f, gconstpointer data)
{
  write_outside (f, "Product:\n  ProductTitle: From outside\n");
  while (f->reloaded == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (trestle_draft_get_text (f->draft, "Product.ProductTitle"), ==, "From outside");
  g_assert_true (trestle_draft_file_get_saved (f->file));
  assert_in_history (f, "One");
  /* and what is typed then is as any change */
  trestle_draft_set_text (f->draft, "Product.ProductTitle", "After");
  save (f);
  assert_on_disk (f, "After");
  g_assert_null (f->displaced);
}

static void
test_changed_on_both_sides (Fixture *f, gconstpointer data)
{
  g_autoptr (TrestleDraft) other = NULL;

  trestle_draft_set_text (f->draft, "Product.ProductTitle", "Mine");
  write_outside (f, "Product:\n  ProductTitle: Theirs\n");
  save (f);
  assert_on_disk (f, "Mine");
  g_assert_cmpstr (trestle_draft_get_text (f->draft, "Product.ProductTitle"), ==, "Mine");
  other = trestle_draft_read (f->displaced, NULL, NULL);
  g_assert_cmpstr (trestle_draft_get_text (other, "Product.ProductTitle"), ==, "Theirs");
}

static void
test_broken_outside (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  write_outside (f, "Product: [\n");
  while (trestle_draft_file_get_problem (f->file) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (trestle_draft_file_get_problem (f->file), "one.yaml:2:1: "));
  g_assert_cmpstr (trestle_draft_get_text (f->draft, "Product.ProductTitle"), ==, "One");
  /* it stays as it is until someone types, and then it is in the history */
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "Product: [\n");
  trestle_draft_set_text (f->draft, "Product.ProductTitle", "Two");
  save (f);
  g_assert_null (trestle_draft_file_get_problem (f->file));
  assert_on_disk (f, "Two");
  g_assert_nonnull (f->displaced);

  write_outside (f, "Product: [\n");
  while (trestle_draft_file_get_problem (f->file) == NULL)
    g_main_context_iteration (NULL, TRUE);
  write_outside (f, "Product: {ProductTitle: Mended}\n");
  while (f->reloaded == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (trestle_draft_file_get_problem (f->file));
}

static void
test_deleted_outside (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  trestle_draft_set_text (f->draft, "Product.ProductTitle", "Two");
  save (f);
  assert_on_disk (f, "Two");
}

/* What cannot be saved is kept, and said; it is saved when it can be. */
static void
test_cannot_save (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = g_strconcat (trestle_draft_store_get_folder (f->store), "-aside", NULL);
  const char *folder = trestle_draft_store_get_folder (f->store);
  DexFuture *done;

  g_assert_cmpint (g_rename (folder, aside), ==, 0);
  trestle_draft_set_text (f->draft, "Product.ProductTitle", "Two");
  done = trestle_await_run (trestle_draft_file_save (f->file), &error);
  g_assert_null (done);
  g_assert_nonnull (error);
  g_assert_false (trestle_draft_file_get_saved (f->file));
  g_assert_cmpstr (trestle_draft_file_get_problem (f->file), ==, error->message);
  g_assert_cmpint (g_rename (aside, folder), ==, 0);
  save (f);
  g_assert_null (trestle_draft_file_get_problem (f->file));
  assert_on_disk (f, "Two");
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A disk on which nothing longer fits: the file stays whole, nothing lies about, and all is kept. */
static void
test_disk_full (Fixture *f, gconstpointer data)
{
  const char *folder = trestle_draft_store_get_folder (f->store);
  g_autofree char *text = g_strnfill (LONG_TEXT_BYTES, 'x');
  g_autoptr (GError) error = NULL;
  guint before = count_files (folder);
  struct rlimit whole, little;
  DexFuture *done;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &whole), ==, 0);
  little = (struct rlimit) { .rlim_cur = LONG_TEXT_BYTES / 2, .rlim_max = whole.rlim_max };
  trestle_draft_set_text (f->draft, "Product.ProductTitle", "Two");
  save (f);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  trestle_draft_set_text (f->draft, "Product.LongDescription", text);
  done = trestle_await_run (trestle_draft_file_save (f->file), &error);
  g_assert_null (done);
  g_assert_nonnull (error);
  g_assert_cmpstr (trestle_draft_file_get_problem (f->file), ==, error->message);
  g_assert_false (trestle_draft_file_get_saved (f->file));
  assert_on_disk (f, "Two");
  g_assert_cmpuint (count_files (folder), ==, before + 1); /* the history */
  g_assert_cmpstr (trestle_draft_get_text (f->draft, "Product.LongDescription"), ==, text);

  /* there is room again: it is saved without anybody doing anything */
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &whole), ==, 0);
  while (!trestle_draft_file_get_saved (f->file))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (trestle_draft_file_get_problem (f->file));
  {
    g_autoptr (TrestleDraft) read = trestle_draft_read (f->path, NULL, NULL);

    g_assert_cmpstr (trestle_draft_get_text (read, "Product.LongDescription"), ==, text);
  }
}

/* Saves one text after the other for ever, and says the number of each when it is saved. */
static G_NORETURN void
keep_saving (const char *folder, const char *name)
{
  g_autoptr (TrestleDraftStore) store = trestle_draft_store_new (folder, NULL);
  g_autoptr (TrestleDraftFile) file = trestle_draft_file_open (store, name, NULL);
  TrestleDraft *draft = trestle_draft_file_get_draft (file);

  for (gint64 i = trestle_draft_get_number (draft, "Product.Revision") + 1;; i++)
    {
      g_autofree char *text = g_strnfill (LONG_TEXT_BYTES, (char) ('a' + i % 26));
      DexFuture *done;

      trestle_draft_set_number (draft, "Product.Revision", i);
      trestle_draft_set_text (draft, "Product.LongDescription", text);
      done = trestle_await_run (trestle_draft_file_save (file), NULL);
      dex_clear (&done);
      printf ("%" G_GINT64_FORMAT "\n", i);
      fflush (stdout);
    }
}

/* Killed at any moment, a program leaves a whole draft: the last it said was saved, or a newer. */
static void
test_killed (Fixture *f, gconstpointer data)
{
  for (guint round = 0; round < KILLS; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process = g_subprocess_new (
          G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--keep-saving",
          trestle_draft_store_get_folder (f->store), trestle_draft_file_get_name (f->file), NULL);
      g_autoptr (GDataInputStream) lines = NULL;
      g_autoptr (TrestleDraft) read = NULL;
      g_autofree char *expected = NULL;
      gint64 said = 0;
      gint64 found;
      char *line;

      g_assert_no_error (error);
      lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
      for (guint i = 0; i <= round % 3; i++)
        {
          g_autofree char *number = g_data_input_stream_read_line (lines, NULL, NULL, &error);

          g_assert_no_error (error);
          g_assert_nonnull (number);
          said = g_ascii_strtoll (number, NULL, 10);
        }
      g_subprocess_send_signal (process, SIGKILL);
      g_assert_true (g_subprocess_wait (process, NULL, &error));
      while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
        {
          said = g_ascii_strtoll (line, NULL, 10);
          g_free (line);
        }
      read = trestle_draft_read (f->path, NULL, &error);
      g_assert_no_error (error);
      found = trestle_draft_get_number (read, "Product.Revision");
      g_assert_cmpint (found, >=, said);
      g_assert_cmpint (found, <=, said + 1);
      expected = g_strnfill (LONG_TEXT_BYTES, (char) ('a' + found % 26));
      g_assert_cmpstr (trestle_draft_get_text (read, "Product.LongDescription"), ==, expected);
    }
}

int
main (int argc, char **argv)
{
  int status;
  g_autofree char *command = NULL;

  dex_init ();
  if (argc == 4 && g_str_equal (argv[1], "--keep-saving"))
    keep_saving (argv[2], argv[3]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  root = g_dir_make_tmp ("trestle-drafts-XXXXXX", NULL);
#define ADD(name, func) g_test_add ("/draft-file/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("saves-itself", test_saves_itself);
  ADD ("types-on", test_types_on);
  ADD ("dropped-unsaved", test_dropped_unsaved);
  ADD ("changed-outside", test_changed_outside);
  ADD ("changed-on-both-sides", test_changed_on_both_sides);
  ADD ("broken-outside", test_broken_outside);
  ADD ("deleted-outside", test_deleted_outside);
  ADD ("cannot-save", test_cannot_save);
  ADD ("disk-full", test_disk_full);
  ADD ("killed", test_killed);
  status = g_test_run ();
  command = g_strdup_printf ("rm -rf '%s'", root);
  g_assert_cmpint (system (command), ==, 0);
  g_free (root);
  return status;
}
