/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>

#include "listings/trestle-listings-page.h"
#include "ui-driver.h"
#include "workbench/trestle-accounts.h"

/* The practice seller's folder of drafts, with the example in it, and a window on it. */

#define SELLER "--account", "seller"

static TrestleWindow *window;
static char *folder; /* of drafts */
static char *example;
static char *outside; /* a folder elsewhere */

static inline char *
in (const char *where, const char *name)
{
  return g_build_filename (where, name, NULL);
}

static inline void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static inline char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static inline void
open_seller (void)
{
  g_autoptr (TrestleAccount) seller = trestle_accounts_practice ("seller");

  window = ui_open ();
  trestle_window_open_account (window, seller);
  UI_WAIT (trestle_window_get_session (window) != NULL
           && g_str_equal (trestle_account_get_id (
                               trestle_session_get_account (trestle_window_get_session (window))),
                           trestle_account_get_id (seller)));
  trestle_window_show_section (window, "listings");
  ui_page (TRESTLE_TYPE_LISTINGS_PAGE);
}

static inline GListModel *
get_drafts (void)
{
  return G_LIST_MODEL (trestle_session_get_drafts (trestle_window_get_session (window)));
}

static inline gboolean
is_loaded (void)
{
  gboolean loaded;

  g_object_get (get_drafts (), "loaded", &loaded, NULL);
  return loaded;
}

static inline guint
count (void)
{
  return g_list_model_get_n_items (get_drafts ());
}

static inline void
test_open (void)
{
  g_autofree char *made = NULL;

  example = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", "examples", "listing.yaml",
                              NULL);
  outside = g_build_filename (g_get_home_dir (), "outside", NULL);
  g_assert_cmpint (g_mkdir (outside, 0700), ==, 0);
  made = g_strstrip (ui_cli (SELLER, "listing", "new", "--from", example, NULL));
  folder = g_path_get_dirname (made);
  open_seller ();
  UI_WAIT (is_loaded () && count () == 1);
}
