/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-config.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"

/* From here to the expiry a set is not given out again but asked for anew. */
#define MARGIN (10 * TRESTLE_MINUTE)

#define TRESTLE_TYPE_AWS_CHAIN_PROVIDER (trestle_aws_chain_provider_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAwsChainProvider,
                      trestle_aws_chain_provider,
                      TRESTLE,
                      AWS_CHAIN_PROVIDER,
                      GObject)

struct _TrestleAwsChainProvider
{
  GObject parent_instance;

  GPtrArray *providers;
  TrestleAwsCredentials *kept;
  DexFuture *asking; /* shared by all who ask while it is under way */
};

static gboolean
lasts (TrestleAwsCredentials *credentials, gint64 margin)
{
  gint64 expires = credentials ? trestle_aws_credentials_get_expires (credentials) : 1;

  return expires == 0 || expires - margin > trestle_clock_now ();
}

static DexFuture *
ask_fiber (gpointer data)
{
  GPtrArray *providers = data;

  for (guint i = 0; i < providers->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsCredentials) found = dex_await_boxed (
          trestle_aws_credentials_provider_get (g_ptr_array_index (providers, i)), &error);

      if (found != NULL)
        return dex_future_new_take_boxed (TRESTLE_TYPE_AWS_CREDENTIALS, g_steal_pointer (&found));
      /* Who was the only one to ask knows best what is missing. */
      if (!g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING)
          || providers->len == 1)
        return trestle_future_error (error);
    }
  return dex_future_new_reject (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CREDENTIALS_MISSING,
                                "There are no keys for AWS on this computer");
}

static DexFuture *
asked_cb (DexFuture *future, gpointer data)
{
  TrestleAwsChainProvider *self = data;
  g_autoptr (GError) error = NULL;
  const GValue *found = dex_future_get_value (future, &error);

  dex_clear (&self->asking);
  if (found == NULL && lasts (self->kept, 0))
    {
      g_warning ("Keys that are about to expire stay in use: %s", error->message);
      return dex_future_new_take_boxed (TRESTLE_TYPE_AWS_CREDENTIALS,
                                        trestle_aws_credentials_ref (self->kept));
    }
  g_clear_pointer (&self->kept, trestle_aws_credentials_unref);
  if (found != NULL)
    self->kept = g_value_dup_boxed (found);
  return dex_ref (future);
}

static DexFuture *
trestle_aws_chain_provider_get (TrestleAwsCredentialsProvider *provider)
{
  TrestleAwsChainProvider *self = TRESTLE_AWS_CHAIN_PROVIDER (provider);
  DexFuture *asking;

  if (lasts (self->kept, MARGIN))
    return dex_future_new_take_boxed (TRESTLE_TYPE_AWS_CREDENTIALS,
                                      trestle_aws_credentials_ref (self->kept));
  if (self->asking != NULL)
    return dex_ref (self->asking);

  asking = dex_future_finally (trestle_fiber_spawn (ask_fiber, g_ptr_array_ref (self->providers),
                                                    (GDestroyNotify) g_ptr_array_unref),
                               asked_cb, g_object_ref (self), g_object_unref);
  self->asking = dex_ref (asking);
  return asking;
}

static void
trestle_aws_chain_provider_iface_init (TrestleAwsCredentialsProviderInterface *iface)
{
  iface->get = trestle_aws_chain_provider_get;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleAwsChainProvider,
                               trestle_aws_chain_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRESTLE_TYPE_AWS_CREDENTIALS_PROVIDER,
                                                      trestle_aws_chain_provider_iface_init))

static void
trestle_aws_chain_provider_finalize (GObject *object)
{
  TrestleAwsChainProvider *self = TRESTLE_AWS_CHAIN_PROVIDER (object);

  dex_clear (&self->asking);
  g_clear_pointer (&self->kept, trestle_aws_credentials_unref);
  g_ptr_array_unref (self->providers);
  G_OBJECT_CLASS (trestle_aws_chain_provider_parent_class)->finalize (object);
}

static void
trestle_aws_chain_provider_class_init (TrestleAwsChainProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_aws_chain_provider_finalize;
}

static void
trestle_aws_chain_provider_init (TrestleAwsChainProvider *self)
{
  /* the providers come with trestle_aws_chain_provider_new() */
}

TrestleAwsCredentialsProvider *
trestle_aws_chain_provider_new (GPtrArray *providers)
{
  TrestleAwsChainProvider *self = g_object_new (TRESTLE_TYPE_AWS_CHAIN_PROVIDER, NULL);

  self->providers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < providers->len; i++)
    g_ptr_array_add (self->providers, g_object_ref (g_ptr_array_index (providers, i)));
  return TRESTLE_AWS_CREDENTIALS_PROVIDER (self);
}

TrestleAwsCredentialsProvider *
trestle_aws_default_provider_new (TrestleAwsConfig *config)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func (g_object_unref);

  if (!trestle_aws_config_get_explicit (config))
    g_ptr_array_add (providers, trestle_aws_environment_provider_new ());
  g_ptr_array_add (providers, trestle_aws_profile_provider_new (config));
  return trestle_aws_chain_provider_new (providers);
}
