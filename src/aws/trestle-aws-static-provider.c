/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-credentials.h"

#define TRESTLE_TYPE_AWS_STATIC_PROVIDER (trestle_aws_static_provider_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAwsStaticProvider,
                      trestle_aws_static_provider,
                      TRESTLE,
                      AWS_STATIC_PROVIDER,
                      GObject)

struct _TrestleAwsStaticProvider
{
  GObject parent_instance;

  TrestleAwsCredentials *credentials;
};

static DexFuture *
trestle_aws_static_provider_get (TrestleAwsCredentialsProvider *provider)
{
  TrestleAwsStaticProvider *self = TRESTLE_AWS_STATIC_PROVIDER (provider);

  return dex_future_new_take_boxed (TRESTLE_TYPE_AWS_CREDENTIALS,
                                    trestle_aws_credentials_ref (self->credentials));
}

static void
trestle_aws_static_provider_iface_init (TrestleAwsCredentialsProviderInterface *iface)
{
  iface->get = trestle_aws_static_provider_get;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleAwsStaticProvider,
                               trestle_aws_static_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRESTLE_TYPE_AWS_CREDENTIALS_PROVIDER,
                                                      trestle_aws_static_provider_iface_init))

static void
trestle_aws_static_provider_finalize (GObject *object)
{
  TrestleAwsStaticProvider *self = TRESTLE_AWS_STATIC_PROVIDER (object);

  g_clear_pointer (&self->credentials, trestle_aws_credentials_unref);

  G_OBJECT_CLASS (trestle_aws_static_provider_parent_class)->finalize (object);
}

static void
trestle_aws_static_provider_class_init (TrestleAwsStaticProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_aws_static_provider_finalize;
}

static void
trestle_aws_static_provider_init (TrestleAwsStaticProvider *self)
{
}

TrestleAwsCredentialsProvider *
trestle_aws_static_provider_new (TrestleAwsCredentials *credentials)
{
  TrestleAwsStaticProvider *self;

  g_return_val_if_fail (credentials != NULL, NULL);

  self = g_object_new (TRESTLE_TYPE_AWS_STATIC_PROVIDER, NULL);
  self->credentials = trestle_aws_credentials_ref (credentials);
  return TRESTLE_AWS_CREDENTIALS_PROVIDER (self);
}
