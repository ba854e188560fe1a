/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-accounts.h"

#include <string.h>

#include "aws/trestle-aws-config.h"
#include "aws/trestle-aws-error.h"
#include "base/trestle-future.h"
#include "store/trestle-secrets.h"
#include "workbench/trestle-workbench-error.h"

#define N_COLOURS 8

static const struct
{
  const char *role;
  const char *title;
  const char *number;
} practice[] = {
  { "buyer", "Buyer", "111122223333" },
  { "seller", "Seller", "444455556666" },
  { "tester", "Tester", "777788889999" },
};

static TrestleAccount *
make_account (TrestleAccountKind kind, const char *name, const char *region)
{
  g_autofree char *id = kind == TRESTLE_ACCOUNT_KIND_ENVIRONMENT
                            ? g_strdup ("environment")
                            : g_strdup_printf ("profile:%s", name);

  return g_object_new (TRESTLE_TYPE_ACCOUNT, "id", id, "kind", kind, "name", name, "region", region,
                       "colour", (gint64) (g_str_hash (id) % N_COLOURS), NULL);
}

TrestleAccount *
trestle_accounts_practice (const char *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (practice); i++)
    if (role != NULL && g_ascii_strcasecmp (practice[i].role, role) == 0)
      {
        g_autofree char *id = g_strdup_printf ("practice:%s", practice[i].role);
        g_autofree char *name = g_strdup_printf ("Practice %s", practice[i].role);

        return g_object_new (TRESTLE_TYPE_ACCOUNT, "id", id, "kind", TRESTLE_ACCOUNT_KIND_PRACTICE,
                             "name", name, "number", practice[i].number, "role", practice[i].title,
                             NULL);
      }
  return NULL;
}

static gboolean
environment_has_keys (void)
{
  const char *id = g_getenv ("AWS_ACCESS_KEY_ID");
  const char *secret = g_getenv ("AWS_SECRET_ACCESS_KEY");

  return id != NULL && *id != '\0' && secret != NULL && *secret != '\0';
}

static void
add_environment (GListStore *accounts)
{
  g_autoptr (TrestleAwsConfig) config = NULL;
  g_autoptr (TrestleAccount) account = NULL;

  if (!environment_has_keys ())
    return;
  config = trestle_aws_config_new (NULL, NULL);
  account = make_account (TRESTLE_ACCOUNT_KIND_ENVIRONMENT, "environment",
                          config != NULL ? trestle_aws_config_get_region (config) : NULL);
  g_list_store_append (accounts, account);
}

static void
add_profiles (GListStore *accounts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsConfig) any = trestle_aws_config_new (NULL, &error);
  g_auto (GStrv) names = NULL;

  if (any == NULL)
    {
      g_message ("%s", error->message);
      return;
    }
  names = trestle_aws_config_list_profiles (any);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (TrestleAwsConfig) config = trestle_aws_config_new (names[i], NULL);
      g_autoptr (TrestleAccount) account = NULL;

      account = make_account (TRESTLE_ACCOUNT_KIND_PROFILE, names[i],
                              config != NULL ? trestle_aws_config_get_region (config) : NULL);
      g_list_store_append (accounts, account);
    }
}

/* A machine without a keyring has no keys in it; that is no reason not to list the rest. */
static void
add_keyring (GListStore *accounts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) kept = dex_await_object (trestle_secrets_list (), &error);

  if (kept == NULL)
    {
      g_debug ("No keyring: %s", error->message);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (kept); i++)
    {
      g_autoptr (TrestleAccount) account = g_list_model_get_item (kept, i);

      g_list_store_append (accounts, account);
    }
}

static DexFuture *
list_fiber (gpointer data)
{
  g_autoptr (GListStore) accounts = g_list_store_new (TRESTLE_TYPE_ACCOUNT);

  add_environment (accounts);
  add_profiles (accounts);
  add_keyring (accounts);
  for (guint i = 0; i < G_N_ELEMENTS (practice); i++)
    {
      g_autoptr (TrestleAccount) account = trestle_accounts_practice (practice[i].role);

      g_list_store_append (accounts, account);
    }
  return dex_future_new_take_object (g_steal_pointer (&accounts));
}

DexFuture *
trestle_accounts_list (void)
{
  return trestle_fiber_spawn (list_fiber, NULL, NULL);
}

static DexFuture *
find_fiber (gpointer data)
{
  const char *name = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) accounts = dex_await_object (trestle_accounts_list (), &error);
  g_autoptr (TrestleAccount) found = NULL;

  if (accounts == NULL)
    return trestle_future_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (TrestleAccount) account = g_list_model_get_item (accounts, i);

      if (g_strcmp0 (trestle_account_get_id (account), name) == 0)
        return dex_future_new_take_object (g_steal_pointer (&account));
      if (g_strcmp0 (trestle_account_get_name (account), name) != 0)
        continue;
      if (found != NULL)
        return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_AMBIGUOUS,
                                      "Two accounts are called “%s”: %s and %s", name,
                                      trestle_account_get_id (found),
                                      trestle_account_get_id (account));
      found = g_steal_pointer (&account);
    }
  if (found == NULL)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                                  "There is no account “%s”", name);
  return dex_future_new_take_object (g_steal_pointer (&found));
}

DexFuture *
trestle_accounts_find (const char *name)
{
  return trestle_fiber_spawn (find_fiber, g_strdup (name), g_free);
}

static DexFuture *
default_fiber (gpointer data)
{
  const char *profile = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsConfig) config = NULL;
  g_autoptr (TrestleAwsCredentialsProvider) provider = NULL;
  g_autoptr (TrestleAwsCredentials) credentials = NULL;

  config = trestle_aws_config_new (profile, &error);
  if (config == NULL)
    return trestle_future_error (error);
  if (profile == NULL && environment_has_keys ())
    return dex_future_new_take_object (make_account (
        TRESTLE_ACCOUNT_KIND_ENVIRONMENT, "environment", trestle_aws_config_get_region (config)));
  provider = trestle_aws_profile_provider_new (config);
  credentials = dex_await_boxed (trestle_aws_credentials_provider_get (provider), &error);
  if (credentials == NULL)
    {
      if (profile != NULL
          || !g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING))
        return trestle_future_error (error);
      return dex_future_new_reject (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING,
                                    "There are no AWS credentials in the environment or in "
                                    "profile “%s”",
                                    trestle_aws_config_get_profile (config));
    }
  return dex_future_new_take_object (make_account (TRESTLE_ACCOUNT_KIND_PROFILE,
                                                   trestle_aws_config_get_profile (config),
                                                   trestle_aws_config_get_region (config)));
}

DexFuture *
trestle_accounts_default (const char *profile)
{
  return trestle_fiber_spawn (default_fiber, g_strdup (profile), g_free);
}

static DexFuture *
added_cb (DexFuture *future, gpointer data)
{
  return dex_future_new_for_object (data);
}

static gboolean
is_key_id (const char *id)
{
  gsize n = 0;

  for (; id != NULL && id[n] != '\0'; n++)
    if (!g_ascii_isalnum (id[n]) && id[n] != '_')
      return FALSE;
  return n >= 16 && n <= 128;
}

DexFuture *
trestle_accounts_add (const char *name,
                      const char *access_key_id,
                      const char *secret_access_key,
                      const char *token,
                      const char *region)
{
  g_autofree char *id = NULL;
  TrestleAccount *account;

  if (name == NULL || *name == '\0')
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  "An account needs a name");
  if (!is_key_id (access_key_id))
    return dex_future_new_reject (
        TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
        "That is no access key ID: it has at least 16 letters and digits");
  if (secret_access_key == NULL || *secret_access_key == '\0')
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  "The secret access key is missing");
  id = g_strdup_printf ("keyring:%s", name);
  account = g_object_new (TRESTLE_TYPE_ACCOUNT, "id", id, "kind", TRESTLE_ACCOUNT_KIND_KEYRING,
                          "name", name, "access-key-id", access_key_id, "region", region, "colour",
                          (gint64) (g_str_hash (id) % N_COLOURS), NULL);
  return dex_future_then (
      trestle_secrets_store (name, access_key_id, secret_access_key, token, region), added_cb,
      account, g_object_unref);
}

static DexFuture *
not_removed_cb (DexFuture *future, gpointer name)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                                "The keyring holds no account “%s”", (const char *) name);
}

DexFuture *
trestle_accounts_remove (const char *name)
{
  const char *bare = g_str_has_prefix (name, "keyring:") ? name + strlen ("keyring:") : name;

  return dex_future_catch (trestle_secrets_remove (bare), not_removed_cb, g_strdup (bare), g_free);
}
