/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-config.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"

#define TRESTLE_TYPE_AWS_ENVIRONMENT_PROVIDER (trestle_aws_environment_provider_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAwsEnvironmentProvider,
                      trestle_aws_environment_provider,
                      TRESTLE,
                      AWS_ENVIRONMENT_PROVIDER,
                      GObject)

struct _TrestleAwsEnvironmentProvider
{
  GObject parent_instance;
};

static const char *
variable (const char *name)
{
  const char *value = g_getenv (name);

  return value && *value ? value : NULL;
}

static DexFuture *
trestle_aws_environment_provider_get (TrestleAwsCredentialsProvider *provider)
{
  const char *id = variable ("AWS_ACCESS_KEY_ID");
  const char *secret = variable ("AWS_SECRET_ACCESS_KEY");
  const char *token = variable ("AWS_SECURITY_TOKEN");
  const char *expiration = variable ("AWS_CREDENTIAL_EXPIRATION");
  gint64 expires = 0;

  if (id == NULL)
    return dex_future_new_reject (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING,
                                  "AWS_ACCESS_KEY_ID is not set");
  if (secret == NULL)
    return dex_future_new_reject (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CONFIG,
                                  "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not");
  if (token == NULL)
    token = variable ("AWS_SESSION_TOKEN");
  if (expiration != NULL && !trestle_clock_parse (expiration, &expires))
    return dex_future_new_reject (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CONFIG,
                                  "AWS_CREDENTIAL_EXPIRATION is not a time");
  if (expires != 0 && expires <= trestle_clock_now ())
    return dex_future_new_reject (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED,
                                  "The keys of the environment expired at %s", expiration);
  return dex_future_new_take_boxed (
      TRESTLE_TYPE_AWS_CREDENTIALS,
      trestle_aws_credentials_new (id, secret, token, expires, "environment"));
}

static void
trestle_aws_environment_provider_iface_init (TrestleAwsCredentialsProviderInterface *iface)
{
  iface->get = trestle_aws_environment_provider_get;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleAwsEnvironmentProvider,
                               trestle_aws_environment_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRESTLE_TYPE_AWS_CREDENTIALS_PROVIDER,
                                                      trestle_aws_environment_provider_iface_init))

static void
trestle_aws_environment_provider_class_init (TrestleAwsEnvironmentProviderClass *klass)
{
  /* nothing of its own */
}

static void
trestle_aws_environment_provider_init (TrestleAwsEnvironmentProvider *self)
{
  /* nothing of its own */
}

TrestleAwsCredentialsProvider *
trestle_aws_environment_provider_new (void)
{
  return g_object_new (TRESTLE_TYPE_AWS_ENVIRONMENT_PROVIDER, NULL);
}
