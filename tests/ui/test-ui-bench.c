/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "invoke/trestle-bench-page.h"
#include "invoke/trestle-files-pane.h"
#include "ui-driver.h"

/* Sending from the bench while one goes on working there. */

static const char *
dup_mark (TrestleFileItem *item, char **mark)
{
  g_free (*mark);
  g_object_get (item, "mark", mark, NULL);
  return *mark;
}

/* Says what the reader of a fifo waits for, once it does. */
static void
say (const char *path, const char *text)
{
  int fd = -1;

  UI_WAIT ((fd = g_open (path, O_WRONLY | O_NONBLOCK | O_CLOEXEC, 0)) >= 0);
  g_assert_cmpint (write (fd, text, strlen (text)), ==, (gssize) strlen (text));
  close (fd);
}

/* Another file may be looked at while one that is to be sent is still being read. */
static void
test_select_while_read (void)
{
  g_autofree char *folder = g_dir_make_tmp ("trestle-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "slow.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (TrestleFileItem) slow = NULL, other = NULL, sample = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("6.3,3.3,6.0,2.5\n", 16);
  g_autofree char *mark = NULL;
  TrestleFilesPane *files;
  gpointer page;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  page = trestle_window_open (ui_open (), "bench", "one");
  files = ui_child (page, "files");
  UI_WAIT (g_list_model_get_n_items (trestle_files_pane_get_items (files)) > 0);
  sample = g_list_model_get_item (trestle_files_pane_get_items (files), 0);
  slow = trestle_file_item_new_for_file (file);
  trestle_files_pane_add (files, slow, FALSE);

  ui_act (page, "bench.send-all");
  UI_WAIT (g_strcmp0 (dup_mark (sample, &mark), "object-select-symbolic") == 0);
  other = trestle_file_item_new_for_bytes ("other.csv", bytes);
  trestle_files_pane_add (files, other, TRUE);
  UI_WAIT (trestle_files_pane_get_selected (files) == other);
  say (path, "5.1,3.5,1.4,0.2\n");

  UI_WAIT (dup_mark (slow, &mark) != NULL);
  g_assert_cmpstr (mark, ==, "object-select-symbolic");
  g_unlink (path);
  g_rmdir (folder);
  ui_close ();
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("600");
  g_free (ui_cli ("subscribe", "iris-classifier", "--accept", NULL));
  ui_deploy ("one");
  g_test_add_func ("/ui/bench/select-while-read", test_select_while_read);
  status = g_test_run ();
  ui_serve_end ();
  return status;
}
