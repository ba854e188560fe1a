/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "packages/trestle-bucket-dialog.h"
#include "packages/trestle-bucket-place.h"
#include "packages/trestle-channel-dialog.h"
#include "packages/trestle-package-page.h"
#include "packages/trestle-training-groups.h"
#include "ui-driver.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-bucket-browser.h"

#define BUCKET "practice-seller-444455556666"

/* Addresses in S3 that are chosen, not typed. */

static TrestleWindow *window;

static GListModel *
get_items (gpointer dialog)
{
  return G_LIST_MODEL (ui_child (dialog, "selection"));
}

/* The item whose address ends so; the list is read. */
static guint
find (gpointer dialog, const char *end)
{
  GListModel *items = get_items (dialog);
  TrestleBucketBrowser *browser = TRESTLE_BUCKET_BROWSER (
      gtk_single_selection_get_model (GTK_SINGLE_SELECTION (items)));

  UI_WAIT (trestle_watch_get_pending () == 0);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);
      g_autofree char *address = trestle_bucket_browser_dup_address (browser, item);

      if (g_str_has_suffix (address, end))
        return i;
    }
  g_error ("nothing ends with %s", end);
}

static void
enter (gpointer dialog, const char *end)
{
  g_signal_emit_by_name (ui_child (dialog, "list"), "activate", find (dialog, end));
}

static void
select_item (gpointer dialog, const char *end)
{
  gtk_single_selection_set_selected (ui_child (dialog, "selection"), find (dialog, end));
}

static gboolean
can_choose (gpointer dialog)
{
  return gtk_widget_is_sensitive (ui_child (dialog, "choose_button"));
}

static const char *
get_label (gpointer dialog)
{
  return gtk_button_get_label (ui_child (dialog, "choose_button"));
}

/* Buckets, folder by folder, to the file; it is in the field then. */
static void
test_file (void)
{
  gpointer page, row, dialog;

  window = ui_open_seller ();
  trestle_window_open (window, "package", "");
  page = ui_page (TRESTLE_TYPE_PACKAGE_PAGE);
  row = ui_child (page, "model_data_row");
  ui_press (row, "Browse");
  dialog = ui_dialog (TRESTLE_TYPE_BUCKET_DIALOG);
  UI_WAIT (ui_reads (dialog, BUCKET));
  g_assert_false (can_choose (dialog));
  enter (dialog, "/" BUCKET "/");
  UI_WAIT (ui_reads (dialog, "models"));
  /* a folder is no file: the button goes into it */
  select_item (dialog, "/models/");
  g_assert_cmpstr (get_label (dialog), ==, "_Open");
  ui_click (ui_child (dialog, "choose_button"));
  UI_WAIT (ui_reads (dialog, "iris"));
  enter (dialog, "/models/iris/");
  UI_WAIT (ui_reads (dialog, "model.tar.gz"));
  g_assert_true (ui_reads (dialog, "bytes") || ui_reads (dialog, "kB"));
  g_assert_false (can_choose (dialog));
  select_item (dialog, "model.tar.gz");
  g_assert_cmpstr (get_label (dialog), ==, "C_hoose");
  ui_click (ui_child (dialog, "choose_button"));
  ui_wait_no_dialog ();
  g_assert_cmpstr (gtk_editable_get_text (row), ==, "s3://" BUCKET "/models/iris/model.tar.gz");
}

/* It begins where the field is, goes back by the way it shows, and looks for what begins so. */
static void
test_walk (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_PACKAGE_PAGE);
  gpointer row = ui_child (page, "model_data_row");
  gpointer dialog, selected;

  ui_press (row, "Browse");
  dialog = ui_dialog (TRESTLE_TYPE_BUCKET_DIALOG);
  UI_WAIT (ui_reads (dialog, "model.tar.gz") && trestle_watch_get_pending () == 0);
  selected = gtk_single_selection_get_selected_item (ui_child (dialog, "selection"));
  g_assert_nonnull (selected);
  ui_press (ui_child (dialog, "place"), "models");
  UI_WAIT (ui_reads (dialog, "blobs"));
  gtk_editable_set_text (ui_child (dialog, "search"), "pal");
  UI_WAIT (g_list_model_get_n_items (get_items (dialog)) == 1);
  find (dialog, "/models/palette/");
  gtk_editable_set_text (ui_child (dialog, "search"), "nothing");
  UI_WAIT (ui_reads (dialog, "Nothing Begins So"));
  ui_act (dialog, "bucket.up");
  UI_WAIT (ui_reads (dialog, "validation"));
  g_assert_cmpstr (gtk_editable_get_text (ui_child (dialog, "search")), ==, "");
  ui_act (dialog, "bucket.up");
  UI_WAIT (ui_reads (dialog, "Bucket · made"));

  /* an address is gone to; what it may not read is said by the action it lacks */
  gtk_editable_set_text (ui_child (dialog, "search"), "s3://sagemaker-us-east-1-111122223333/x");
  g_signal_emit_by_name (ui_child (dialog, "search"), "activate");
  UI_WAIT (ui_reads (dialog, "s3:ListBucket"));
  ui_press (dialog, "Buckets");
  UI_WAIT (ui_reads (dialog, BUCKET));
  adw_dialog_force_close (dialog);
  ui_wait_no_dialog ();
  g_assert_cmpstr (gtk_editable_get_text (row), ==, "s3://" BUCKET "/models/iris/model.tar.gz");
}

/* Where answers go is a folder; no file can be chosen for it. */
static void
test_folder (void)
{
  gpointer page = ui_page (TRESTLE_TYPE_PACKAGE_PAGE);
  gpointer row = ui_child (page, "output_row");
  gpointer dialog;

  ui_press (row, "Browse");
  dialog = ui_dialog (TRESTLE_TYPE_BUCKET_DIALOG);
  enter (dialog, "/" BUCKET "/");
  UI_WAIT (ui_reads (dialog, "validation"));
  /* the whole bucket is a place too */
  g_assert_true (can_choose (dialog));
  enter (dialog, "/validation/");
  enter (dialog, "/validation/iris/");
  select_item (dialog, ".csv");
  g_assert_false (can_choose (dialog));
  gtk_single_selection_set_selected (ui_child (dialog, "selection"), GTK_INVALID_LIST_POSITION);
  ui_click (ui_child (dialog, "choose_button"));
  ui_wait_no_dialog ();
  g_assert_cmpstr (gtk_editable_get_text (row), ==, "s3://" BUCKET "/validation/iris/");
}

/* From a dialog as well: an algorithm's channel. */
static void
test_channel (void)
{
  gpointer page, channel, dialog;

  trestle_window_open (window, "package", "algorithm");
  page = ui_page (TRESTLE_TYPE_PACKAGE_PAGE);
  UI_WAIT (gtk_widget_get_mapped (ui_child (page, "training")));
  ui_act (ui_child (ui_child (page, "training"), "channels"), "spec.add");
  channel = ui_find (window, ADW_TYPE_DIALOG);
  UI_WAIT ((channel = ui_find (window, ADW_TYPE_DIALOG)) != NULL);
  ui_press (ui_child (channel, "sample_row"), "Browse");
  dialog = ui_dialog (TRESTLE_TYPE_BUCKET_DIALOG);
  enter (dialog, "/" BUCKET "/");
  UI_WAIT (ui_reads (dialog, "training"));
  select_item (dialog, "/training/");
  ui_click (ui_child (dialog, "choose_button"));
  UI_WAIT (strlen (gtk_editable_get_text (ui_child (channel, "sample_row"))) > 0);
  g_assert_cmpstr (gtk_editable_get_text (ui_child (channel, "sample_row")), ==,
                   "s3://" BUCKET "/training/");
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("600");
  g_test_add_func ("/ui/buckets/file", test_file);
  g_test_add_func ("/ui/buckets/walk", test_walk);
  g_test_add_func ("/ui/buckets/folder", test_folder);
  g_test_add_func ("/ui/buckets/channel", test_channel);
  status = g_test_run ();
  ui_close ();
  ui_serve_end ();
  return status;
}
