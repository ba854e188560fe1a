/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "aws/trestle-aws-config.h"

#include <glib/gstdio.h>

#include "aws/trestle-aws-endpoints.h"
#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-ini.h"

static guint n_warnings;

static GLogWriterOutput
count_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (level & G_LOG_LEVEL_WARNING)
    n_warnings++;
  else if (level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR))
    return g_log_writer_default (level, fields, n_fields, data);
  return G_LOG_WRITER_HANDLED;
}

typedef struct
{
  char *dir;
  char *config;
  char *credentials;
} Files;

static const char *const variables[] = {
  "AWS_PROFILE",         "AWS_DEFAULT_PROFILE",
  "AWS_REGION",          "AWS_DEFAULT_REGION",
  "AWS_MAX_ATTEMPTS",    "AWS_RETRY_MODE",
  "AWS_CA_BUNDLE",       "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME",
  "AWS_ACCESS_KEY_ID",   "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"
};

static void
set_up (Files *files, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  files->dir = g_dir_make_tmp ("trestle-XXXXXX", NULL);
  files->config = g_build_filename (files->dir, "config", NULL);
  files->credentials = g_build_filename (files->dir, "credentials", NULL);
  g_setenv ("AWS_CONFIG_FILE", files->config, TRUE);
  g_setenv ("AWS_SHARED_CREDENTIALS_FILE", files->credentials, TRUE);
  n_warnings = 0;
}

static void
tear_down (Files *files, gconstpointer data)
{
  g_unlink (files->config);
  g_unlink (files->credentials);
  g_rmdir (files->dir);
  g_free (files->config);
  g_free (files->credentials);
  g_free (files->dir);
}

static void
write_file (const char *path, const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static TrestleAwsConfig *
load (const char *profile)
{
  g_autoptr (GError) error = NULL;
  TrestleAwsConfig *config = trestle_aws_config_new (profile, &error);

  g_assert_no_error (error);
  g_assert_true (TRESTLE_IS_AWS_CONFIG (config));
  return config;
}

static void
assert_refused (const char *profile, const char *part, const char *not_said)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (trestle_aws_config_new (profile, &error));
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, part));
  if (not_said != NULL)
    g_assert_null (strstr (error->message, not_said));
}

static void
test_ini_rules (void)
{
  const char *text = "\xef\xbb\xbf# a comment\n"
                     "; another\n"
                     "[default]\r\n"
                     "region: eu-west-1\r\n"
                     "Output=json = yes\n"
                     "\n"
                     "[profile \"my work\"]\n"
                     "  region = us-west-2  \n"
                     "s3 =\n"
                     "  addressing_style = path\n"
                     "  # inside\n"
                     "\tMax_Queue_Size : 5\n"
                     "after = one\n"
                     "  two\n"
                     "empty =\n"
                     "[my work]\n"
                     "region = ap-south-1\n"
                     "[services local]\n"
                     "sagemaker_runtime =\n"
                     "  endpoint_url = http://127.0.0.1:1\n"
                     "[sso-session s]\n"
                     "sso_region = us-east-1\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsIni)
      ini = trestle_aws_ini_parse (text, "config", TRESTLE_AWS_INI_CONFIG, &error);
  g_auto (GStrv) names = NULL;
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "default", NULL, "region"), ==,
                   "eu-west-1");
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "default", NULL, "output"), ==,
                   "json = yes");
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "my work", NULL, "region"), ==,
                   "us-west-2");
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "my work", "s3", "addressing_style"), ==,
                   "path");
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "my work", "s3", "max_queue_size"), ==,
                   "5");
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "my work", NULL, "after"), ==, "one\ntwo");
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "my work", NULL, "empty"), ==, "");
  g_assert_null (trestle_aws_ini_get (ini, "profile", "my work", NULL, "missing"));
  g_assert_cmpstr (
      trestle_aws_ini_get (ini, "services", "local", "sagemaker_runtime", "endpoint_url"), ==,
      "http://127.0.0.1:1");
  g_assert_true (trestle_aws_ini_has (ini, "sso-session", "s"));
  g_assert_false (trestle_aws_ini_has (ini, "profile", "s"));
  names = trestle_aws_ini_list (ini, "profile");
  joined = g_strjoinv ("|", names);
  g_assert_cmpstr (joined, ==, "default|my work");
}

static void
test_ini_duplicates (void)
{
  const char *text = "[profile default]\nregion = new\n"
                     "[default]\nregion = old\noutput = text\n"
                     "[profile a]\nx = 1\ny = 1\nx = 2\n"
                     "[profile a]\ny = 3\n";
  g_autoptr (TrestleAwsIni)
      ini = trestle_aws_ini_parse (text, "config", TRESTLE_AWS_INI_CONFIG, NULL);
  g_auto (GStrv) names = NULL;

  n_warnings = 0;
  g_clear_pointer (&ini, trestle_aws_ini_free);
  ini = trestle_aws_ini_parse (text, "config", TRESTLE_AWS_INI_CONFIG, NULL);
  g_assert_cmpuint (n_warnings, ==, 3);
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "a", NULL, "x"), ==, "2");
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "a", NULL, "y"), ==, "3");
  g_assert_cmpstr (trestle_aws_ini_get (ini, "profile", "default", NULL, "region"), ==, "new");
  g_assert_null (trestle_aws_ini_get (ini, "profile", "default", NULL, "output"));
  names = trestle_aws_ini_list (ini, "profile");
  g_assert_cmpuint (g_strv_length (names), ==, 2);
}

static void
test_ini_errors (void)
{
  static const struct
  {
    const char *text;
    const char *where;
  } cases[] = {
    { "aws_secret_access_key = SECRETSECRET\n", "line 1:" },
    { "[default]\nSECRETSECRET\n", "line 2:" },
    { "[default\n", "line 1:" },
    { "[]\n", "line 1:" },
    { "[default]\n\n= SECRETSECRET\n", "line 3:" },
    { "[default]\ns3 =\n  SECRETSECRET\n", "line 3:" },
    { "[default]\nx = \xff\xfeSECRETSECRET\n", "line 2:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (trestle_aws_ini_parse (cases[i].text, "/home/x/.aws/credentials",
                                            TRESTLE_AWS_INI_CREDENTIALS, &error));
      g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CONFIG);
      g_assert_true (g_str_has_prefix (error->message, "/home/x/.aws/credentials, "));
      g_assert_nonnull (strstr (error->message, cases[i].where));
      g_assert_null (strstr (error->message, "SECRET"));
    }
}

static void
test_nothing_there (Files *files, gconstpointer data)
{
  g_autoptr (TrestleAwsConfig) config = load (NULL);
  g_auto (GStrv) profiles = trestle_aws_config_list_profiles (config);

  g_assert_cmpstr (trestle_aws_config_get_profile (config), ==, "default");
  g_assert_false (trestle_aws_config_get_explicit (config));
  g_assert_null (trestle_aws_config_get_region (config));
  g_assert_null (trestle_aws_config_get_ca_bundle (config));
  g_assert_cmpuint (trestle_aws_config_get_max_attempts (config), ==, 3);
  g_assert_cmpuint (g_strv_length (profiles), ==, 0);
}

static void
test_profile (Files *files, gconstpointer data)
{
  g_autoptr (TrestleAwsConfig) config = NULL;
  g_auto (GStrv) profiles = NULL;
  g_autofree char *joined = NULL;

  write_file (files->config, "[default]\nregion=us-east-1\n[profile a]\nregion=eu-west-1\n"
                             "[profile b]\nregion=eu-north-1\nmax_attempts=7\n"
                             "ca_bundle=$AWS_TEST_DIR/${AWS_TEST_DIR}/$NOT_SET/x.pem\n");
  write_file (files->credentials, "[c]\naws_access_key_id=AKIDC\nregion=us-west-1\n[a]\n");
  g_clear_object (&config);
  config = load (NULL);
  g_assert_cmpstr (trestle_aws_config_get_region (config), ==, "us-east-1");
  profiles = trestle_aws_config_list_profiles (config);
  joined = g_strjoinv ("|", profiles);
  g_assert_cmpstr (joined, ==, "default|a|b|c");

  g_setenv ("AWS_PROFILE", "a", TRUE);
  g_clear_object (&config);
  config = load (NULL);
  g_assert_cmpstr (trestle_aws_config_get_profile (config), ==, "a");
  g_assert_false (trestle_aws_config_get_explicit (config));
  g_assert_cmpstr (trestle_aws_config_get_region (config), ==, "eu-west-1");

  g_setenv ("AWS_DEFAULT_PROFILE", "b", TRUE);
  g_setenv ("AWS_TEST_DIR", "dir", TRUE);
  g_clear_object (&config);
  config = load (NULL);
  g_assert_cmpstr (trestle_aws_config_get_profile (config), ==, "b");
  g_assert_cmpuint (trestle_aws_config_get_max_attempts (config), ==, 7);
  g_assert_cmpstr (trestle_aws_config_get_ca_bundle (config), ==, "dir/dir/$NOT_SET/x.pem");

  g_clear_object (&config);
  config = load ("c");
  g_assert_true (trestle_aws_config_get_explicit (config));
  g_assert_cmpstr (trestle_aws_config_get_region (config), ==, "us-west-1");

  g_setenv ("AWS_DEFAULT_REGION", "ca-central-1", TRUE);
  g_clear_object (&config);
  config = load ("c");
  g_assert_cmpstr (trestle_aws_config_get_region (config), ==, "ca-central-1");
  g_setenv ("AWS_REGION", "sa-east-1", TRUE);
  g_clear_object (&config);
  config = load ("c");
  g_assert_cmpstr (trestle_aws_config_get_region (config), ==, "sa-east-1");

  assert_refused ("nobody", "nobody", "AKIDC");
}

static void
test_home (Files *files, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (g_get_home_dir (), "aws-test", NULL);
  g_autofree char *path = g_build_filename (dir, "config", NULL);
  g_autoptr (TrestleAwsConfig) config = NULL;

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  write_file (path, "[default]\nregion = us-east-2\n");
  g_setenv ("AWS_CONFIG_FILE", "~/aws-test/config", TRUE);
  config = load (NULL);
  g_assert_cmpstr (trestle_aws_config_get_region (config), ==, "us-east-2");
}

static void
test_unreadable (Files *files, gconstpointer data)
{
  g_setenv ("AWS_CONFIG_FILE", files->dir, TRUE);
  assert_refused (NULL, files->dir, NULL);
}

static void
test_retries (Files *files, gconstpointer data)
{
  g_autoptr (TrestleAwsConfig) config = NULL;

  write_file (files->config, "[default]\nretry_mode = legacy\n");
  config = load (NULL);
  g_assert_cmpuint (trestle_aws_config_get_max_attempts (config), ==, 5);
  g_setenv ("AWS_MAX_ATTEMPTS", "1", TRUE);
  g_clear_object (&config);
  config = load (NULL);
  g_assert_cmpuint (trestle_aws_config_get_max_attempts (config), ==, 1);
  g_setenv ("AWS_MAX_ATTEMPTS", "0", TRUE);
  assert_refused (NULL, "max_attempts", NULL);
  g_setenv ("AWS_MAX_ATTEMPTS", "many", TRUE);
  assert_refused (NULL, "max_attempts", NULL);
}

static void
assert_endpoint (TrestleAwsConfig *config,
                 const char *service,
                 const char *region,
                 const char *address,
                 const char *signing)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;
  g_autofree char *endpoint = trestle_aws_config_resolve (config, service, region, &place, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (endpoint, ==, address);
  g_assert_cmpstr (place, ==, signing);
}

static void
assert_no_endpoint (TrestleAwsConfig *config, const char *region, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;

  g_assert_null (trestle_aws_config_resolve (config, "s3", region, &place, &error));
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_hosts (Files *files, gconstpointer data)
{
  g_autoptr (TrestleAwsConfig) config = load (NULL);

  assert_endpoint (config, "sts", "eu-west-1", "https://sts.eu-west-1.amazonaws.com", "eu-west-1");
  assert_endpoint (config, "sagemaker", "eu-west-1",
                   "https://api.sagemaker.eu-west-1.amazonaws.com", "eu-west-1");
  assert_endpoint (config, "sagemaker-runtime", "ap-south-1",
                   "https://runtime.sagemaker.ap-south-1.amazonaws.com", "ap-south-1");
  assert_endpoint (config, "logs", "us-west-2", "https://logs.us-west-2.amazonaws.com",
                   "us-west-2");
  assert_endpoint (config, "service-quotas", "us-west-2",
                   "https://servicequotas.us-west-2.amazonaws.com", "us-west-2");
  assert_endpoint (config, "s3", "eu-north-1", "https://s3.eu-north-1.amazonaws.com", "eu-north-1");
  assert_endpoint (config, "iam", "eu-west-1", "https://iam.amazonaws.com", "us-east-1");
  assert_endpoint (config, "ecr", "eu-west-1", "https://api.ecr.eu-west-1.amazonaws.com",
                   "eu-west-1");
  assert_endpoint (config, "marketplacecommerceanalytics", "eu-west-1",
                   "https://marketplacecommerceanalytics.us-east-1.amazonaws.com", "us-east-1");
  assert_endpoint (config, "marketplace-catalog", "eu-west-1",
                   "https://catalog.marketplace.us-east-1.amazonaws.com", "us-east-1");
  assert_endpoint (config, "marketplace-agreement", "eu-west-1",
                   "https://agreement-marketplace.us-east-1.amazonaws.com", "us-east-1");
  assert_endpoint (config, "marketplace-discovery", "eu-west-1",
                   "https://discovery-marketplace.eu-west-1.api.aws", "eu-west-1");
  assert_endpoint (config, "marketplace-discovery", "ap-south-1",
                   "https://discovery-marketplace.us-east-1.api.aws", "us-east-1");
  assert_endpoint (config, "pricing", "eu-north-1",
                   "https://api.pricing.eu-central-1.amazonaws.com", "eu-central-1");
  assert_endpoint (config, "pricing", "ap-northeast-1",
                   "https://api.pricing.ap-south-1.amazonaws.com", "ap-south-1");
  assert_endpoint (config, "pricing", "sa-east-1", "https://api.pricing.us-east-1.amazonaws.com",
                   "us-east-1");
  assert_no_endpoint (config, "evil.example/", "Region");
  assert_no_endpoint (config, "", "Region");
  assert_no_endpoint (config, "us-east-1.evil", "Region");
}

static void
test_endpoint_order (Files *files, gconstpointer data)
{
  g_autoptr (TrestleAwsConfig) config = NULL;

  write_file (files->config, "[default]\nservices = local\nendpoint_url = https://everything/\n"
                             "[services local]\ns3 =\n  endpoint_url = https://buckets\n");
  config = load (NULL);
  assert_endpoint (config, "s3", "eu-west-1", "https://buckets", "eu-west-1");
  assert_endpoint (config, "iam", "eu-west-1", "https://everything", "us-east-1");

  g_setenv ("AWS_ENDPOINT_URL", "http://127.0.0.1:8000", TRUE);
  g_clear_object (&config);
  config = load (NULL);
  assert_endpoint (config, "s3", "eu-west-1", "http://127.0.0.1:8000", "eu-west-1");

  g_setenv ("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", "https://Runtime.Example:444/base/", TRUE);
  g_clear_object (&config);
  config = load (NULL);
  assert_endpoint (config, "sagemaker-runtime", "eu-west-1", "https://runtime.example:444/base",
                   "eu-west-1");
  assert_endpoint (config, "sagemaker", "eu-west-1", "http://127.0.0.1:8000", "eu-west-1");

  g_setenv ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true", TRUE);
  g_clear_object (&config);
  config = load (NULL);
  assert_endpoint (config, "s3", "eu-west-1", "https://s3.eu-west-1.amazonaws.com", "eu-west-1");

  g_unsetenv ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
  write_file (files->config, "[default]\nservices = nowhere\n");
  assert_refused (NULL, "nowhere", NULL);
}

static void
test_endpoint_refused (Files *files, gconstpointer data)
{
  static const char *const refused[] = {
    "http://example.com",        "http://10.0.0.1:80",        "ftp://127.0.0.1",
    "https://user:pw@host",      "https://host?q=1",          "nonsense",
    "http://localhost.evil.com", "http://127.0.0.1.evil.com", "https://"
  };
  static const char *const fine[] = { "http://localhost:1", "http://127.1.2.3:1", "http://[::1]:1",
                                      "https://example.com" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsConfig) config = trestle_aws_config_new_fixed (refused[i], "us-east-1");
      g_autofree char *place = NULL;

      g_assert_null (trestle_aws_config_resolve (config, "s3", "us-east-1", &place, &error));
      g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CONFIG);
      g_assert_null (strstr (error->message, "pw"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      g_autoptr (TrestleAwsConfig) config = trestle_aws_config_new_fixed (fine[i], "us-east-1");

      assert_endpoint (config, "s3", "us-east-1", fine[i], "us-east-1");
    }
}

static void
test_fixed (Files *files, gconstpointer data)
{
  g_autoptr (TrestleAwsConfig) config = NULL;
  g_auto (GStrv) profiles = NULL;

  write_file (files->config, "[default]\nregion = eu-west-1\nendpoint_url = https://x\n");
  g_setenv ("AWS_REGION", "eu-west-2", TRUE);
  g_setenv ("AWS_ENDPOINT_URL", "https://y", TRUE);
  config = trestle_aws_config_new_fixed ("http://127.0.0.1:5000", "us-east-1");
  g_assert_cmpstr (trestle_aws_config_get_region (config), ==, "us-east-1");
  g_assert_null (trestle_aws_config_get_value (config, "region"));
  profiles = trestle_aws_config_list_profiles (config);
  g_assert_cmpuint (g_strv_length (profiles), ==, 0);
  assert_endpoint (config, "sts", "us-east-1", "http://127.0.0.1:5000", "us-east-1");
}

#define ADD(path, func) g_test_add ("/aws/config/" path, Files, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_log_set_writer_func (count_warnings, NULL, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_test_add_func ("/aws/ini/rules", test_ini_rules);
  g_test_add_func ("/aws/ini/duplicates", test_ini_duplicates);
  g_test_add_func ("/aws/ini/errors", test_ini_errors);
  ADD ("nothing-there", test_nothing_there);
  ADD ("profile", test_profile);
  ADD ("home", test_home);
  ADD ("unreadable", test_unreadable);
  ADD ("retries", test_retries);
  ADD ("hosts", test_hosts);
  ADD ("endpoint-order", test_endpoint_order);
  ADD ("endpoint-refused", test_endpoint_refused);
  ADD ("fixed", test_fixed);
  return g_test_run ();
}
