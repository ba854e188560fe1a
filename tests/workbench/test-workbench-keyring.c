/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench-fixture.h"

/*
 * Sessions of keys that are kept in the keyring: the daemon's where there is a session bus (build-aux/check), else
 * libsecret's own file. The practice server stands for AWS, by its address alone.
 */

typedef struct
{
  char *id;
  char *secret;
} Keys;

static Keys buyer, tester;
static TrestleSession *session;

static void
read_keys (const char *role, Keys *keys)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "trestle", "practice",
                                            "server.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;
  g_autoptr (GError) error = NULL;
  TrestleJson account;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  doc = trestle_json_doc_parse (text, -1, &error);
  g_assert_no_error (error);
  account = trestle_json_member (trestle_json_member (trestle_json_root (doc), "accounts"), role);
  keys->id = g_strdup (trestle_json_string (account, "access_key_id"));
  keys->secret = g_strdup (trestle_json_string (account, "secret_access_key"));
  trestle_json_doc_check (doc, &error);
  g_assert_no_error (error);
}

static TrestleAccount *
keep (const char *name, const char *id, const char *secret)
{
  return await_object (trestle_accounts_add (name, id, secret, NULL, "us-east-1"));
}

/* As the window and the command line open it: by its name in the list of accounts. */
static TrestleSession *
open_kept (const char *name)
{
  g_autoptr (TrestleAccount) account = await_object (trestle_accounts_find (name));

  g_assert_cmpint (trestle_account_get_kind (account), ==, TRESTLE_ACCOUNT_KIND_KEYRING);
  return await_object (trestle_session_open (account, NULL));
}

static DexFuture *
test_open_fiber (gpointer data)
{
  g_autoptr (TrestleAccount) kept = keep ("trestle-test buyer", buyer.id, buyer.secret);
  g_autoptr (TrestleIdentity) identity = NULL;
  g_autoptr (TrestleListing) listing = NULL;

  session = open_kept ("trestle-test buyer");
  g_assert_cmpstr (trestle_account_get_id (trestle_session_get_account (session)), ==,
                   "keyring:trestle-test buyer");
  g_assert_cmpstr (trestle_account_get_access_key_id (trestle_session_get_account (session)), ==,
                   buyer.id);
  g_assert_cmpstr (trestle_session_get_region (session), ==, "us-east-1");
  g_assert_false (trestle_session_is_practice (session));
  identity = await_object (trestle_session_identify (session));
  g_assert_cmpstr (trestle_identity_get_account (identity), ==, "111122223333");
  listing = find_listing (session, "iris-classifier");
  g_assert_true (trestle_listing_get_detailed (listing));
  return dex_future_new_true ();
}

/* Two kept keys, two accounts: neither sees what the other has. */
static DexFuture *
test_side_by_side_fiber (gpointer data)
{
  g_autoptr (TrestleAccount) kept = keep ("trestle-test tester", tester.id, tester.secret);
  g_autoptr (TrestleSession) other = open_kept ("trestle-test tester");
  g_autoptr (TrestleIdentity) identity = await_object (trestle_session_identify (other));
  TrestleSubscriptions *mine = trestle_session_get_subscriptions (session);
  TrestleSubscriptions *theirs = trestle_session_get_subscriptions (other);
  g_autoptr (TrestleListing) listing = find_listing (session, "iris-classifier");
  g_autoptr (TrestleQuote) quote = await_object (trestle_subscriptions_quote (mine, listing, NULL));
  g_autoptr (TrestleTask) task = trestle_subscriptions_accept (mine, listing, quote);

  g_assert_cmpstr (trestle_identity_get_account (identity), ==, "777788889999");
  await_ok (trestle_task_wait (task));
  await_ok (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (mine)));
  await_ok (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (theirs)));
  g_assert_cmpuint (count (mine), ==, 1);
  g_assert_cmpuint (count (theirs), ==, 0);
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  await_ok (trestle_accounts_remove ("trestle-test tester"));
  return dex_future_new_true ();
}

/* One name, one key: the later takes the place of the earlier. */
static DexFuture *
test_replaced_fiber (gpointer data)
{
  g_autoptr (TrestleAccount) first = keep ("trestle-test turns", buyer.id, buyer.secret);
  g_autoptr (TrestleAccount) second = keep ("trestle-test turns", tester.id, tester.secret);
  g_autoptr (TrestleSession) turned = open_kept ("trestle-test turns");
  g_autoptr (TrestleIdentity) identity = await_object (trestle_session_identify (turned));

  g_assert_cmpstr (trestle_identity_get_account (identity), ==, "777788889999");
  await_ok (trestle_accounts_remove ("trestle-test turns"));
  return dex_future_new_true ();
}

static DexFuture *
test_wrong_secret_fiber (gpointer data)
{
  g_autoptr (TrestleAccount) kept = keep ("trestle-test wrong", buyer.id, tester.secret);
  g_autoptr (TrestleSession) wrong = open_kept ("trestle-test wrong");
  g_autoptr (TrestleIdentity) nobody = NULL;
  g_autoptr (GError) error = NULL;

  nobody = dex_await_object (trestle_session_identify (wrong), &error);
  g_assert_null (nobody);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED);
  g_assert_null (strstr (error->message, tester.secret));
  await_ok (trestle_accounts_remove ("trestle-test wrong"));
  return dex_future_new_true ();
}

/* Removed while its account is still on the screen. */
static DexFuture *
test_removed_fiber (gpointer data)
{
  g_autoptr (TrestleAccount) kept = keep ("trestle-test gone", buyer.id, buyer.secret);
  g_autoptr (TrestleSession) late = NULL;
  g_autoptr (TrestleIdentity) nobody = NULL;
  g_autoptr (TrestleAccount) again = NULL;
  g_autoptr (GError) error = NULL;

  await_ok (trestle_accounts_remove ("trestle-test gone"));
  late = await_object (trestle_session_open (kept, NULL));
  nobody = dex_await_object (trestle_session_identify (late), &error);
  g_assert_null (nobody);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING);
  g_assert_nonnull (strstr (error->message, "trestle-test gone"));
  g_clear_error (&error);
  again = dex_await_object (trestle_accounts_find ("trestle-test gone"), &error);
  g_assert_null (again);
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND);
  return dex_future_new_true ();
}

/* How many files below @path hold @secret; what the practice account keeps for itself is its own affair. */
static guint
count_holding (const char *path, const char *secret)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;
      gsize length = 0;

      if (g_file_test (below, G_FILE_TEST_IS_DIR))
        n += g_str_equal (name, "practice") ? 0 : count_holding (below, secret);
      else if (g_file_get_contents (below, &text, &length, NULL))
        n += memmem (text, length, secret, strlen (secret)) != NULL;
    }
  return n;
}

static DexFuture *
test_nowhere_else_fiber (gpointer data)
{
  g_autofree char *known = g_build_filename (practice.home, "known", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (known, buyer.secret, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_holding (practice.home, buyer.secret), ==, 1);
  g_assert_cmpuint (count_holding (practice.home, tester.secret), ==, 0);
  await_ok (trestle_accounts_remove ("keyring:trestle-test buyer"));
  return dex_future_new_true ();
}

/* The session's fiber must go with it. */
static void
test_close (void)
{
  g_autoptr (TrestleSession) last = g_steal_pointer (&session);
  gpointer watched = last;

  g_object_add_weak_pointer (G_OBJECT (last), &watched);
  g_clear_object (&last);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  int status;

  practice_fixture_home ();
  folder = g_dir_make_tmp ("trestle-keyring-XXXXXX", NULL);
  file = g_build_filename (folder, "keyring", NULL);
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL)
    {
      g_setenv ("SECRET_BACKEND", "file", TRUE);
      g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
      g_setenv ("SECRET_FILE_TEST_PASSWORD", "pw", TRUE);
    }
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  practice_fixture_start ("1800");
  g_setenv ("AWS_ENDPOINT_URL", practice.endpoint, TRUE);
  read_keys ("buyer", &buyer);
  read_keys ("tester", &tester);
  trestle_test_fiber ("/workbench/keyring/open", test_open_fiber);
  trestle_test_fiber ("/workbench/keyring/side-by-side", test_side_by_side_fiber);
  trestle_test_fiber ("/workbench/keyring/replaced", test_replaced_fiber);
  trestle_test_fiber ("/workbench/keyring/wrong-secret", test_wrong_secret_fiber);
  trestle_test_fiber ("/workbench/keyring/removed", test_removed_fiber);
  trestle_test_fiber ("/workbench/keyring/nowhere-else", test_nowhere_else_fiber);
  g_test_add_func ("/workbench/keyring/close", test_close);
  status = g_test_run ();
  g_unlink (file);
  g_rmdir (folder);
  g_free (buyer.id);
  g_free (buyer.secret);
  g_free (tester.id);
  g_free (tester.secret);
  practice_fixture_end ();
  return status;
}
