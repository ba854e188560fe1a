/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-config-private.h"
#include "aws/trestle-aws-error.h"

#define TRESTLE_TYPE_AWS_PROFILE_PROVIDER (trestle_aws_profile_provider_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAwsProfileProvider,
                      trestle_aws_profile_provider,
                      TRESTLE,
                      AWS_PROFILE_PROVIDER,
                      GObject)

struct _TrestleAwsProfileProvider
{
  GObject parent_instance;

  TrestleAwsConfig *config;
};

static const char *
file_value (TrestleAwsIni *file, const char *profile, const char *key)
{
  const char *value = trestle_aws_ini_get (file, "profile", profile, NULL, key);

  return value && *value ? value : NULL;
}

/* The keys of one file, never an id of the one with a secret of the other. */
static DexFuture *
keys_of (TrestleAwsIni *file, const char *profile)
{
  const char *id = file_value (file, profile, "aws_access_key_id");
  const char *secret = file_value (file, profile, "aws_secret_access_key");
  const char *token = file_value (file, profile, "aws_session_token");
  g_autofree char *source = g_strdup_printf ("profile %s", profile);

  if (id == NULL)
    return NULL;
  if (secret == NULL)
    return dex_future_new_reject (
        TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CONFIG,
        "%s: profile “%s” has aws_access_key_id, but no aws_secret_access_key",
        trestle_aws_ini_get_path (file), profile);
  if (token == NULL)
    token = file_value (file, profile, "aws_security_token");
  return dex_future_new_take_boxed (TRESTLE_TYPE_AWS_CREDENTIALS,
                                    trestle_aws_credentials_new (id, secret, token, 0, source));
}

static DexFuture *
trestle_aws_profile_provider_get (TrestleAwsCredentialsProvider *provider)
{
  static const TrestleAwsIniKind kinds[] = { TRESTLE_AWS_INI_CREDENTIALS, TRESTLE_AWS_INI_CONFIG };
  TrestleAwsProfileProvider *self = TRESTLE_AWS_PROFILE_PROVIDER (provider);
  const char *profile = trestle_aws_config_get_profile (self->config);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      TrestleAwsIni *file = trestle_aws_config_get_file (self->config, kinds[i]);
      DexFuture *keys = file ? keys_of (file, profile) : NULL;

      if (keys != NULL)
        return keys;
    }
  return dex_future_new_reject (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING,
                                "Profile “%s” has no keys", profile);
}

static void
trestle_aws_profile_provider_iface_init (TrestleAwsCredentialsProviderInterface *iface)
{
  iface->get = trestle_aws_profile_provider_get;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleAwsProfileProvider,
                               trestle_aws_profile_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRESTLE_TYPE_AWS_CREDENTIALS_PROVIDER,
                                                      trestle_aws_profile_provider_iface_init))

static void
trestle_aws_profile_provider_finalize (GObject *object)
{
  TrestleAwsProfileProvider *self = TRESTLE_AWS_PROFILE_PROVIDER (object);

  g_clear_object (&self->config);
  G_OBJECT_CLASS (trestle_aws_profile_provider_parent_class)->finalize (object);
}

static void
trestle_aws_profile_provider_class_init (TrestleAwsProfileProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_aws_profile_provider_finalize;
}

static void
trestle_aws_profile_provider_init (TrestleAwsProfileProvider *self)
{
  /* the configuration comes with trestle_aws_profile_provider_new() */
}

TrestleAwsCredentialsProvider *
trestle_aws_profile_provider_new (TrestleAwsConfig *config)
{
  TrestleAwsProfileProvider *self = g_object_new (TRESTLE_TYPE_AWS_PROFILE_PROVIDER, NULL);

  self->config = g_object_ref (config);
  return TRESTLE_AWS_CREDENTIALS_PROVIDER (self);
}
