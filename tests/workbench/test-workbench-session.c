/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench-fixture.h"

#include <unistd.h>

#include "workbench/trestle-practice-launcher.h"

/* No server runs at first; the launcher starts it. */

static pid_t server_pid;

static TrestlePracticeHandle *
read_handle (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "trestle", "practice",
                                            "server.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  TrestlePracticeHandle *handle;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  handle = trestle_practice_handle_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  return handle;
}

static DexFuture *
test_launch_fiber (gpointer data)
{
  g_autoptr (TrestleSession) session = NULL;
  g_autoptr (TrestleIdentity) identity = NULL;
  g_autoptr (TrestlePracticeHandle) handle = NULL;

  /* Keys and addresses of AWS in the environment are nobody's business here. */
  g_setenv ("AWS_ACCESS_KEY_ID", "AKIDNOTMINE00000000", TRUE);
  g_setenv ("AWS_SECRET_ACCESS_KEY", "none-of-it", TRUE);
  g_setenv ("AWS_ENDPOINT_URL", "http://127.0.0.1:1", TRUE);
  g_setenv ("AWS_REGION", "eu-west-1", TRUE);
  session = open_session ("buyer");
  handle = read_handle ();
  server_pid = (pid_t) handle->pid;
  g_assert_true (trestle_practice_handle_is_alive (handle));
  g_assert_true (trestle_session_is_practice (session));
  g_assert_cmpstr (trestle_session_get_region (session), ==, "us-east-1");
  g_assert_null (trestle_session_get_identity (session));
  identity = await_object (trestle_session_identify (session));
  g_assert_cmpstr (trestle_identity_get_account (identity), ==, "111122223333");
  g_assert_true (trestle_session_get_identity (session) == identity);
  g_assert_nonnull (trestle_session_get_tag (session));
  g_unsetenv ("AWS_ACCESS_KEY_ID");
  g_unsetenv ("AWS_SECRET_ACCESS_KEY");
  g_unsetenv ("AWS_ENDPOINT_URL");
  g_unsetenv ("AWS_REGION");
  return dex_future_new_true ();
}

/* A server that runs is found again, not started a second time. */
static DexFuture *
test_found_fiber (gpointer data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (TrestleSession) session = open_session ("buyer");
      g_autoptr (TrestlePracticeHandle) handle = read_handle ();

      g_assert_cmpint (handle->pid, ==, server_pid);
    }
  return dex_future_new_true ();
}

static DexFuture *
test_side_by_side_fiber (gpointer data)
{
  g_autoptr (TrestleSession) buyer = open_session ("buyer");
  g_autoptr (TrestleSession) seller = open_session ("seller");
  g_autoptr (TrestleIdentity) a = await_object (trestle_session_identify (buyer));
  g_autoptr (TrestleIdentity) b = await_object (trestle_session_identify (seller));
  g_autoptr (TrestlePackage) package = subscribe (buyer, "iris-classifier");
  TrestleSubscriptions *mine = trestle_session_get_subscriptions (buyer);
  TrestleSubscriptions *theirs = trestle_session_get_subscriptions (seller);
  g_autoptr (TrestleListing) listing = find_listing (seller, "iris-classifier");
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePackage) none = NULL;

  g_assert_cmpstr (trestle_identity_get_account (a), ==, "111122223333");
  g_assert_cmpstr (trestle_identity_get_account (b), ==, "444455556666");
  await_ok (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (mine)));
  await_ok (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (theirs)));
  g_assert_cmpuint (count (mine), ==, 1);
  g_assert_cmpuint (count (theirs), ==, 0);
  none = dex_await_object (trestle_subscriptions_package (theirs, listing, NULL), &error);
  g_assert_null (none);
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_SUBSCRIBED);
  g_assert_cmpstr (trestle_session_get_tag (buyer), ==, trestle_session_get_tag (seller));
  return dex_future_new_true ();
}

/* A server that died is started again at the next use, though its address may be another. */
static DexFuture *
test_revive_fiber (gpointer data)
{
  g_autoptr (TrestleSession) session = open_session ("buyer");
  g_autoptr (TrestlePracticeHandle) handle = NULL;

  kill (server_pid, SIGKILL);
  while (kill (server_pid, 0) == 0)
    dex_await (dex_timeout_new_msec (10), NULL);
  await_ok (trestle_remote_list_refresh (
      TRESTLE_REMOTE_LIST (trestle_session_get_subscriptions (session))));
  g_assert_cmpuint (count (trestle_session_get_subscriptions (session)), ==, 1);
  handle = read_handle ();
  g_assert_cmpint (handle->pid, !=, server_pid);
  server_pid = (pid_t) handle->pid;
  return dex_future_new_true ();
}

static DexFuture *
test_no_program_fiber (gpointer data)
{
  g_autofree char *program = g_strdup (g_getenv ("TRESTLE_PRACTICE"));
  g_autoptr (TrestleAccount) account = trestle_accounts_practice ("buyer");
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleSession) session = NULL;

  kill (server_pid, SIGKILL);
  while (kill (server_pid, 0) == 0)
    dex_await (dex_timeout_new_msec (10), NULL);
  g_setenv ("TRESTLE_PRACTICE", "/nonexistent/trestle-practice", TRUE);
  session = dex_await_object (trestle_session_open (account, NULL), &error);
  g_assert_null (session);
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_PRACTICE);
  g_clear_error (&error);
  g_setenv ("TRESTLE_PRACTICE", "/bin/false", TRUE);
  session = dex_await_object (trestle_session_open (account, NULL), &error);
  g_assert_null (session);
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_PRACTICE);
  g_setenv ("TRESTLE_PRACTICE", program, TRUE);
  server_pid = 0;
  return dex_future_new_true ();
}

static DexFuture *
test_accounts_fiber (gpointer data)
{
  g_autofree char *aws = g_build_filename (g_get_home_dir (), ".aws", NULL);
  g_autofree char *file = g_build_filename (aws, "credentials", NULL);
  g_autoptr (GListModel) accounts = NULL;
  g_autoptr (TrestleAccount) found = NULL;
  g_autoptr (TrestleAccount) standard = NULL;
  g_autoptr (TrestleAccount) nobody = NULL;
  g_autoptr (TrestleAccount) environment = NULL;
  g_autoptr (GError) error = NULL;

  g_mkdir (aws, 0700);
  g_file_set_contents (file,
                       "[work]\naws_access_key_id = AKIDWORK000000000000\n"
                       "aws_secret_access_key = secret-of-work\n",
                       -1, &error);
  g_assert_no_error (error);
  accounts = await_object (trestle_accounts_list ());
  g_assert_cmpuint (count (accounts), ==, 4);
  found = await_object (trestle_accounts_find ("work"));
  g_assert_cmpstr (trestle_account_get_id (found), ==, "profile:work");
  standard = await_object (trestle_accounts_default ("work"));
  g_assert_cmpint (trestle_account_get_kind (standard), ==, TRESTLE_ACCOUNT_KIND_PROFILE);
  nobody = dex_await_object (trestle_accounts_find ("nobody"), &error);
  g_assert_null (nobody);
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  nobody = dex_await_object (trestle_accounts_default (NULL), &error);
  g_assert_null (nobody);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING);

  g_setenv ("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT00000", TRUE);
  g_setenv ("AWS_SECRET_ACCESS_KEY", "secret-of-environment", TRUE);
  environment = await_object (trestle_accounts_default (NULL));
  g_assert_cmpint (trestle_account_get_kind (environment), ==, TRESTLE_ACCOUNT_KIND_ENVIRONMENT);
  g_unsetenv ("AWS_ACCESS_KEY_ID");
  g_unsetenv ("AWS_SECRET_ACCESS_KEY");
  return dex_future_new_true ();
}

static DexFuture *
test_bad_keys_fiber (gpointer data)
{
  static const char *const cases[][3] = { { "", "AKIDNEW0000000000000", "s" },
                                          { "new", "short", "s" },
                                          { "new", "AKID NEW 0000 0000 0000", "s" },
                                          { "new", "AKIDNEW0000000000000", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAccount) account = dex_await_object (
          trestle_accounts_add (cases[i][0], cases[i][1], cases[i][2], NULL, NULL), &error);

      g_assert_null (account);
      g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
    }
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  int status;

  practice_fixture_home ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  trestle_test_fiber ("/workbench/session/launch", test_launch_fiber);
  trestle_test_fiber ("/workbench/session/found", test_found_fiber);
  trestle_test_fiber ("/workbench/session/side-by-side", test_side_by_side_fiber);
  trestle_test_fiber ("/workbench/session/revive", test_revive_fiber);
  trestle_test_fiber ("/workbench/session/no-program", test_no_program_fiber);
  trestle_test_fiber ("/workbench/accounts/list", test_accounts_fiber);
  trestle_test_fiber ("/workbench/accounts/bad-keys", test_bad_keys_fiber);
  status = g_test_run ();
  if (server_pid != 0)
    kill (server_pid, SIGKILL);
  practice_fixture_end ();
  return status;
}
