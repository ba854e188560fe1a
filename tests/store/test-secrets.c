/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "base/trestle-redact.h"
#include "store/trestle-secrets.h"
#include "trestle-test.h"

static DexFuture *
test_round_trip_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleSecret) secret = NULL;
  g_autoptr (GListModel) before = NULL, after = NULL;
  g_autofree char *shown = NULL;

  g_assert_true (dex_await (
      trestle_secrets_store ("work", "AKIAEXAMPLE", "verysecretkey1234", NULL, "eu-west-1"),
      &error));
  g_assert_no_error (error);
  before = dex_await_object (trestle_secrets_list (), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (before), ==, 1);
  secret = dex_await_boxed (trestle_secrets_lookup ("work"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret->access_key_id, ==, "AKIAEXAMPLE");
  g_assert_cmpstr (secret->secret_access_key, ==, "verysecretkey1234");
  g_assert_cmpstr (secret->region, ==, "eu-west-1");
  g_assert_null (secret->token);
  shown = trestle_redact ("the key verysecretkey1234 leaks");
  g_assert_cmpstr (shown, ==, "the key ••• leaks");

  g_assert_true (dex_await (trestle_secrets_remove ("work"), &error));
  g_assert_false (dex_await (trestle_secrets_remove ("work"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (dex_await_boxed (trestle_secrets_lookup ("work"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  after = dex_await_object (trestle_secrets_list (), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (after), ==, 0);
  return dex_future_new_for_boolean (TRUE);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("trestle-secrets-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "keyring", NULL);
  int status;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  /* The daemon of the session where there is one (build-aux/check), else libsecret's own file. */
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL)
    {
      g_setenv ("SECRET_BACKEND", "file", TRUE);
      g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
      g_setenv ("SECRET_FILE_TEST_PASSWORD", "pw", TRUE);
    }
  trestle_test_fiber ("/store/secrets/round-trip", test_round_trip_fiber);
  status = g_test_run ();
  g_unlink (file);
  g_rmdir (folder);
  return status;
}
