/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-keyring-provider.h"

#include <gio/gio.h>

#include "aws/trestle-aws-error.h"
#include "store/trestle-secrets.h"

struct _TrestleKeyringProvider
{
  GObject parent_instance;

  char *name;
};

static void provider_init (TrestleAwsCredentialsProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleKeyringProvider,
                               trestle_keyring_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRESTLE_TYPE_AWS_CREDENTIALS_PROVIDER,
                                                      provider_init))

static DexFuture *
found_cb (DexFuture *future, gpointer name)
{
  const TrestleSecret *secret = g_value_get_boxed (dex_future_get_value (future, NULL));

  return dex_future_new_take_boxed (TRESTLE_TYPE_AWS_CREDENTIALS,
                                    trestle_aws_credentials_new (secret->access_key_id,
                                                                 secret->secret_access_key,
                                                                 secret->token, 0, "keyring"));
}

static DexFuture *
missing_cb (DexFuture *future, gpointer name)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_error (
      trestle_aws_error_new (TRESTLE_AWS_ERROR_CREDENTIALS_MISSING, NULL,
                             "The keyring holds no key named “%s”", (const char *) name));
}

static DexFuture *
provider_get (TrestleAwsCredentialsProvider *provider)
{
  TrestleKeyringProvider *self = TRESTLE_KEYRING_PROVIDER (provider);
  DexFuture *found;

  found = dex_future_then (trestle_secrets_lookup (self->name), found_cb, NULL, NULL);
  return dex_future_catch (found, missing_cb, g_strdup (self->name), g_free);
}

static void
provider_init (TrestleAwsCredentialsProviderInterface *iface)
{
  iface->get = provider_get;
}

static void
trestle_keyring_provider_finalize (GObject *object)
{
  g_free (TRESTLE_KEYRING_PROVIDER (object)->name);
  G_OBJECT_CLASS (trestle_keyring_provider_parent_class)->finalize (object);
}

static void
trestle_keyring_provider_class_init (TrestleKeyringProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_keyring_provider_finalize;
}

static void
trestle_keyring_provider_init (TrestleKeyringProvider *self)
{
}

TrestleAwsCredentialsProvider *
trestle_keyring_provider_new (const char *name)
{
  TrestleKeyringProvider *self = g_object_new (TRESTLE_TYPE_KEYRING_PROVIDER, NULL);

  self->name = g_strdup (name);
  return TRESTLE_AWS_CREDENTIALS_PROVIDER (self);
}
