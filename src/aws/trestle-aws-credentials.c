/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-credentials.h"

#include <string.h>

#include "base/trestle-redact.h"

struct _TrestleAwsCredentials
{
  char *access_key_id;
  char *secret_access_key;
  char *token;
  gint64 expires;
  char *source;
};

G_DEFINE_BOXED_TYPE (TrestleAwsCredentials,
                     trestle_aws_credentials,
                     trestle_aws_credentials_ref,
                     trestle_aws_credentials_unref)

TrestleAwsCredentials *
trestle_aws_credentials_new (const char *access_key_id,
                             const char *secret_access_key,
                             const char *token,
                             gint64 expires,
                             const char *source)
{
  TrestleAwsCredentials *self;

  g_return_val_if_fail (access_key_id != NULL, NULL);
  g_return_val_if_fail (secret_access_key != NULL, NULL);

  self = g_atomic_rc_box_new0 (TrestleAwsCredentials);
  self->access_key_id = g_strdup (access_key_id);
  self->secret_access_key = g_strdup (secret_access_key);
  self->token = g_strdup (token);
  self->expires = expires;
  self->source = g_strdup (source);

  trestle_redact_add (secret_access_key);
  if (token != NULL)
    trestle_redact_add (token);

  return self;
}

static void
clear_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
trestle_aws_credentials_clear (gpointer data)
{
  TrestleAwsCredentials *self = data;

  g_free (self->access_key_id);
  clear_secret (self->secret_access_key);
  clear_secret (self->token);
  g_free (self->source);
}

TrestleAwsCredentials *
trestle_aws_credentials_ref (TrestleAwsCredentials *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
trestle_aws_credentials_unref (TrestleAwsCredentials *self)
{
  g_atomic_rc_box_release_full (self, trestle_aws_credentials_clear);
}

const char *
trestle_aws_credentials_get_access_key_id (TrestleAwsCredentials *self)
{
  return self->access_key_id;
}

const char *
trestle_aws_credentials_get_secret_access_key (TrestleAwsCredentials *self)
{
  return self->secret_access_key;
}

const char *
trestle_aws_credentials_get_token (TrestleAwsCredentials *self)
{
  return self->token;
}

gint64
trestle_aws_credentials_get_expires (TrestleAwsCredentials *self)
{
  return self->expires;
}

const char *
trestle_aws_credentials_get_source (TrestleAwsCredentials *self)
{
  return self->source;
}

G_DEFINE_INTERFACE (TrestleAwsCredentialsProvider, trestle_aws_credentials_provider, G_TYPE_OBJECT)

static void
trestle_aws_credentials_provider_default_init (TrestleAwsCredentialsProviderInterface *iface)
{
  /* nothing: get() has no default */
}

DexFuture *
trestle_aws_credentials_provider_get (TrestleAwsCredentialsProvider *self)
{
  dex_return_error_if_fail (TRESTLE_IS_AWS_CREDENTIALS_PROVIDER (self));

  return TRESTLE_AWS_CREDENTIALS_PROVIDER_GET_IFACE (self)->get (self);
}
