/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "aws/trestle-aws-config.h"
#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "trestle-test.h"

static const char *const variables[] = {
  "AWS_PROFILE",       "AWS_DEFAULT_PROFILE", "AWS_ACCESS_KEY_ID",        "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",  "AWS_CREDENTIAL_EXPIRATION"
};

static void
clear_environment (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
}

static TrestleAwsCredentials *
get (TrestleAwsCredentialsProvider *provider)
{
  g_autoptr (GError) error = NULL;
  TrestleAwsCredentials *found = dex_await_boxed (trestle_aws_credentials_provider_get (provider),
                                                  &error);

  g_assert_no_error (error);
  return found;
}

static void
assert_refused (TrestleAwsCredentialsProvider *provider, TrestleAwsError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_await_boxed (trestle_aws_credentials_provider_get (provider), &error));
  g_assert_error (error, TRESTLE_AWS_ERROR, (int) code);
  g_assert_null (strstr (error->message, "wJalr"));
}

static DexFuture *
test_environment_fiber (gpointer data)
{
  g_autoptr (TrestleAwsCredentialsProvider) provider = trestle_aws_environment_provider_new ();
  g_autoptr (TrestleAwsCredentials) found = NULL;

  clear_environment ();
  assert_refused (provider, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING);
  g_setenv ("AWS_ACCESS_KEY_ID", "AKIDENV", TRUE);
  assert_refused (provider, TRESTLE_AWS_ERROR_CONFIG);
  g_setenv ("AWS_SECRET_ACCESS_KEY", "wJalrEnvironment", TRUE);
  found = get (provider);
  g_assert_cmpstr (trestle_aws_credentials_get_access_key_id (found), ==, "AKIDENV");
  g_assert_cmpstr (trestle_aws_credentials_get_secret_access_key (found), ==, "wJalrEnvironment");
  g_assert_null (trestle_aws_credentials_get_token (found));
  g_assert_cmpstr (trestle_aws_credentials_get_source (found), ==, "environment");
  g_clear_pointer (&found, trestle_aws_credentials_unref);

  g_setenv ("AWS_SESSION_TOKEN", "session-token", TRUE);
  g_setenv ("AWS_CREDENTIAL_EXPIRATION", "2099-01-01T00:00:00Z", TRUE);
  found = get (provider);
  g_assert_cmpstr (trestle_aws_credentials_get_token (found), ==, "session-token");
  g_assert_cmpint (trestle_aws_credentials_get_expires (found), >, trestle_clock_now ());
  g_clear_pointer (&found, trestle_aws_credentials_unref);
  g_setenv ("AWS_SECURITY_TOKEN", "security-token", TRUE);
  found = get (provider);
  g_assert_cmpstr (trestle_aws_credentials_get_token (found), ==, "security-token");

  g_setenv ("AWS_CREDENTIAL_EXPIRATION", "2001-01-01T00:00:00Z", TRUE);
  assert_refused (provider, TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED);
  g_setenv ("AWS_CREDENTIAL_EXPIRATION", "tomorrow", TRUE);
  assert_refused (provider, TRESTLE_AWS_ERROR_CONFIG);
  return dex_future_new_true ();
}

static TrestleAwsConfig *
config_of (const char *config_text, const char *credentials_text, const char *profile)
{
  g_autofree char *dir = g_dir_make_tmp ("trestle-XXXXXX", NULL);
  g_autofree char *config = g_build_filename (dir, "config", NULL);
  g_autofree char *credentials = g_build_filename (dir, "credentials", NULL);
  g_autoptr (GError) error = NULL;
  TrestleAwsConfig *made;

  g_assert_true (g_file_set_contents (config, config_text, -1, NULL));
  g_assert_true (g_file_set_contents (credentials, credentials_text, -1, NULL));
  g_setenv ("AWS_CONFIG_FILE", config, TRUE);
  g_setenv ("AWS_SHARED_CREDENTIALS_FILE", credentials, TRUE);
  made = trestle_aws_config_new (profile, &error);
  g_assert_no_error (error);
  g_unlink (config);
  g_unlink (credentials);
  g_rmdir (dir);
  return made;
}

static DexFuture *
test_profile_fiber (gpointer data)
{
  const char *config_text = "[default]\naws_access_key_id=AKIDCONFIG\n"
                            "aws_secret_access_key=wJalrConfig\n[profile empty]\nregion=x\n"
                            "[profile half]\naws_access_key_id=AKIDHALF\n"
                            "[profile only]\naws_access_key_id=AKIDONLY\n"
                            "aws_secret_access_key=wJalrOnly\n";
  const char *credentials_text = "[default]\naws_access_key_id=AKIDFILE\n"
                                 "aws_secret_access_key=wJalrFile\naws_session_token=tok\n"
                                 "[half]\naws_secret_access_key=wJalrOther\n";
  static const struct
  {
    const char *profile;
    const char *id; /* NULL: refused with the code */
    TrestleAwsError code;
  } cases[] = {
    { "default", "AKIDFILE" },
    { "only", "AKIDONLY" },
    { "empty", NULL, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING },
    { "half", NULL, TRESTLE_AWS_ERROR_CONFIG },
  };

  clear_environment ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TrestleAwsConfig)
          config = config_of (config_text, credentials_text, cases[i].profile);
      g_autoptr (TrestleAwsCredentialsProvider)
          provider = trestle_aws_profile_provider_new (config);
      g_autoptr (TrestleAwsCredentials) found = NULL;

      if (cases[i].id == NULL)
        {
          assert_refused (provider, cases[i].code);
          continue;
        }
      found = get (provider);
      g_assert_cmpstr (trestle_aws_credentials_get_access_key_id (found), ==, cases[i].id);
    }
  return dex_future_new_true ();
}

static DexFuture *
test_default_chain_fiber (gpointer data)
{
  const char *text = "[default]\naws_access_key_id=AKIDFILE\naws_secret_access_key=wJalrFile\n";
  g_autoptr (TrestleAwsConfig) config = NULL;
  g_autoptr (TrestleAwsConfig) explicit_config = NULL;
  g_autoptr (TrestleAwsCredentialsProvider) chain = NULL;
  g_autoptr (TrestleAwsCredentialsProvider) explicit_chain = NULL;
  g_autoptr (TrestleAwsCredentials) first = NULL;
  g_autoptr (TrestleAwsCredentials) second = NULL;

  clear_environment ();
  config = config_of ("", text, NULL);
  explicit_config = config_of ("", text, "default");
  g_setenv ("AWS_ACCESS_KEY_ID", "AKIDENV", TRUE);
  g_setenv ("AWS_SECRET_ACCESS_KEY", "wJalrEnvironment", TRUE);
  chain = trestle_aws_default_provider_new (config);
  explicit_chain = trestle_aws_default_provider_new (explicit_config);
  first = get (chain);
  second = get (explicit_chain);
  g_assert_cmpstr (trestle_aws_credentials_get_access_key_id (first), ==, "AKIDENV");
  g_assert_cmpstr (trestle_aws_credentials_get_access_key_id (second), ==, "AKIDFILE");

  /* A broken provider stops the chain: it does not fall through to the file. */
  g_clear_object (&chain);
  g_unsetenv ("AWS_SECRET_ACCESS_KEY");
  chain = trestle_aws_default_provider_new (config);
  assert_refused (chain, TRESTLE_AWS_ERROR_CONFIG);
  return dex_future_new_true ();
}

/* A provider that counts how often it is asked, and answers late. */
#define TEST_TYPE_PROVIDER (test_provider_get_type ())
G_DECLARE_FINAL_TYPE (TestProvider, test_provider, TEST, PROVIDER, GObject)

struct _TestProvider
{
  GObject parent_instance;

  guint n_asked;
  gint64 expires;
  gboolean broken;
};

static DexFuture *
answer_fiber (gpointer data)
{
  TestProvider *self = data;

  dex_await (dex_timeout_new_msec (1), NULL);
  if (self->broken)
    return dex_future_new_reject (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NETWORK, "Not now");
  return dex_future_new_take_boxed (
      TRESTLE_TYPE_AWS_CREDENTIALS,
      trestle_aws_credentials_new ("AKIDTEST", "wJalrTest", NULL, self->expires, "test"));
}

static DexFuture *
test_provider_get (TrestleAwsCredentialsProvider *provider)
{
  TEST_PROVIDER (provider)->n_asked++;
  return trestle_fiber_spawn (answer_fiber, g_object_ref (provider), g_object_unref);
}

static void
test_provider_iface_init (TrestleAwsCredentialsProviderInterface *iface)
{
  iface->get = test_provider_get;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestProvider,
                               test_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRESTLE_TYPE_AWS_CREDENTIALS_PROVIDER,
                                                      test_provider_iface_init))

static void
test_provider_class_init (TestProviderClass *klass)
{
}

static void
test_provider_init (TestProvider *self)
{
}

static DexFuture *
test_chain_keeps_fiber (gpointer data)
{
  g_autoptr (TestProvider) test = g_object_new (TEST_TYPE_PROVIDER, NULL);
  g_autoptr (GPtrArray) providers = g_ptr_array_new ();
  g_autoptr (TrestleAwsCredentialsProvider) chain = NULL;
  g_autoptr (DexFuture) one = NULL;
  g_autoptr (DexFuture) two = NULL;
  g_autoptr (TrestleAwsCredentials) found = NULL;

  g_ptr_array_add (providers, test);
  chain = trestle_aws_chain_provider_new (providers);

  /* Two at a time ask once; one that loses interest does not take the answer from the other. */
  test->expires = trestle_clock_now () + TRESTLE_HOUR;
  one = trestle_aws_credentials_provider_get (chain);
  two = trestle_aws_credentials_provider_get (chain);
  dex_clear (&one);
  g_assert_true (dex_await (dex_ref (two), NULL));
  g_assert_cmpuint (test->n_asked, ==, 1);
  found = get (chain);
  g_assert_cmpuint (test->n_asked, ==, 1);
  g_clear_pointer (&found, trestle_aws_credentials_unref);
  return dex_future_new_true ();
}

static DexFuture *
test_chain_renews_fiber (gpointer data)
{
  g_autoptr (TestProvider) test = g_object_new (TEST_TYPE_PROVIDER, NULL);
  g_autoptr (GPtrArray) providers = g_ptr_array_new ();
  g_autoptr (TrestleAwsCredentialsProvider) chain = NULL;
  g_autoptr (TrestleAwsCredentials) first = NULL;
  g_autoptr (TrestleAwsCredentials) second = NULL;

  g_ptr_array_add (providers, test);
  chain = trestle_aws_chain_provider_new (providers);
  test->expires = trestle_clock_now () + 5 * TRESTLE_MINUTE;
  first = get (chain);
  test->expires = trestle_clock_now () + TRESTLE_HOUR;
  second = get (chain);
  g_assert_cmpuint (test->n_asked, ==, 2);
  g_assert_cmpint (trestle_aws_credentials_get_expires (second), ==, test->expires);
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  trestle_test_fiber ("/aws/providers/environment", test_environment_fiber);
  trestle_test_fiber ("/aws/providers/profile", test_profile_fiber);
  trestle_test_fiber ("/aws/providers/default-chain", test_default_chain_fiber);
  trestle_test_fiber ("/aws/providers/chain-keeps", test_chain_keeps_fiber);
  trestle_test_fiber ("/aws/providers/chain-renews", test_chain_renews_fiber);
  return g_test_run ();
}
