/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-context.h"

#include <string.h>

#include "aws/trestle-aws-config.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "services/trestle-sts-service.h"
#include "workbench/trestle-keyring-provider.h"
#include "workbench/trestle-workbench-error.h"

#define DEFAULT_REGION "us-east-1"
#define PRACTICE_PAUSE_MSEC 250
#define MAX_ENDED_TASKS 20

G_DEFINE_FINAL_TYPE (TrestleContext, trestle_context, G_TYPE_OBJECT)

static void
trestle_context_finalize (GObject *object)
{
  TrestleContext *self = TRESTLE_CONTEXT (object);

  dex_clear (&self->reviving);
  dex_clear (&self->hinting);
  g_clear_object (&self->account);
  g_clear_object (&self->transport);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  g_clear_object (&self->identity);
  g_clear_object (&self->tasks);
  g_clear_pointer (&self->practice, trestle_practice_handle_free);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_free (self->region);
  g_free (self->scope);
  g_free (self->tag);
  g_clear_weak_pointer (&self->catalogue);
  g_clear_weak_pointer (&self->subscriptions);
  g_clear_weak_pointer (&self->endpoints);
  G_OBJECT_CLASS (trestle_context_parent_class)->finalize (object);
}

static void
trestle_context_class_init (TrestleContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_context_finalize;
}

static void
trestle_context_init (TrestleContext *self)
{
  self->tasks = g_list_store_new (TRESTLE_TYPE_TASK);
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/* One transport and one store serve all sessions of the process. */
static TrestleAwsTransport *
shared_transport (const char *ca_bundle, GError **error)
{
  static GHashTable *transports;
  const char *key = ca_bundle != NULL ? ca_bundle : "";
  TrestleAwsTransport *transport;

  if (transports == NULL)
    transports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  transport = g_hash_table_lookup (transports, key);
  if (transport == NULL)
    {
      transport = trestle_aws_transport_new (ca_bundle, error);
      if (transport == NULL)
        return NULL;
      g_hash_table_insert (transports, g_strdup (key), transport);
    }
  return g_object_ref (transport);
}

static TrestleStore *
shared_store (GError **error)
{
  static GWeakRef ref;
  TrestleStore *store = g_weak_ref_get (&ref);

  if (store == NULL)
    {
      store = trestle_store_open (NULL, error);
      g_weak_ref_set (&ref, store);
    }
  return store;
}

static gboolean
choose_tag (TrestleContext *self, GError **error)
{
  g_autofree char *fresh = NULL;

  self->tag = trestle_store_recall (self->store, "", "installation");
  if (self->tag != NULL)
    return TRUE;
  fresh = g_uuid_string_random ();
  if (!trestle_store_remember (self->store, "", "installation", fresh, error))
    return FALSE;
  self->tag = trestle_store_recall (self->store, "", "installation");
  return TRUE;
}

static TrestleAwsClient *
practice_client (TrestleContext *self)
{
  const char *role = strchr (trestle_account_get_id (self->account), ':');
  const TrestlePracticeKeys *keys = trestle_practice_handle_keys (
      self->practice, role != NULL ? role + 1 : "buyer");
  g_autoptr (TrestleAwsConfig) config = NULL;
  g_autoptr (TrestleAwsCredentials) credentials = NULL;
  g_autoptr (TrestleAwsCredentialsProvider) provider = NULL;

  if (keys == NULL)
    keys = &self->practice->keys[0];
  config = trestle_aws_config_new_fixed (self->practice->endpoint, self->region);
  credentials = trestle_aws_credentials_new (keys->access_key_id, keys->secret_access_key, NULL, 0,
                                             "practice account");
  provider = trestle_aws_static_provider_new (credentials);
  return trestle_aws_client_new (self->transport, config, provider, self->region);
}

static gboolean
open_practice (TrestleContext *self, const char *region, GError **error)
{
  const char *own = trestle_account_get_region (self->account);

  self->transport = shared_transport (NULL, error);
  if (self->transport == NULL)
    return FALSE;
  self->practice = dex_await_boxed (trestle_practice_launch (self->transport), error);
  if (self->practice == NULL)
    return FALSE;
  self->region = g_strdup (region ? region : own ? own : self->practice->region);
  self->client = practice_client (self);
  return TRUE;
}

/* The chain of where the account's keys may be. */
static TrestleAwsCredentialsProvider *
make_chain (TrestleAccount *account, TrestleAwsConfig *config)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func (g_object_unref);

  switch (trestle_account_get_kind (account))
    {
    case TRESTLE_ACCOUNT_KIND_KEYRING:
      g_ptr_array_add (providers,
                       trestle_keyring_provider_new (trestle_account_get_name (account)));
      break;
    case TRESTLE_ACCOUNT_KIND_ENVIRONMENT:
      g_ptr_array_add (providers, trestle_aws_environment_provider_new ());
      break;
    case TRESTLE_ACCOUNT_KIND_PROFILE:
    case TRESTLE_ACCOUNT_KIND_PRACTICE:
    default:
      g_ptr_array_add (providers, trestle_aws_profile_provider_new (config));
    }
  return trestle_aws_chain_provider_new (providers);
}

static gboolean
open_aws (TrestleContext *self, const char *region, GError **error)
{
  gboolean profile = trestle_account_get_kind (self->account) == TRESTLE_ACCOUNT_KIND_PROFILE;
  const char *own = trestle_account_get_region (self->account);
  g_autoptr (TrestleAwsConfig) config = NULL;
  g_autoptr (TrestleAwsCredentialsProvider) chain = NULL;

  config = trestle_aws_config_new (profile ? trestle_account_get_name (self->account) : NULL,
                                   error);
  if (config == NULL)
    return FALSE;
  self->transport = shared_transport (trestle_aws_config_get_ca_bundle (config), error);
  if (self->transport == NULL)
    return FALSE;
  if (region == NULL)
    region = own != NULL ? own : trestle_aws_config_get_region (config);
  self->region = g_strdup (region != NULL ? region : DEFAULT_REGION);
  chain = make_chain (self->account, config);
  self->client = trestle_aws_client_new (self->transport, config, chain, self->region);
  return TRUE;
}

/* Keys in the environment may be another account's tomorrow. */
static char *
make_scope (TrestleContext *self)
{
  const char *id = trestle_account_get_id (self->account);
  const char *key = g_getenv ("AWS_ACCESS_KEY_ID");

  if (trestle_account_get_kind (self->account) == TRESTLE_ACCOUNT_KIND_ENVIRONMENT && key != NULL)
    return g_strdup_printf ("%s:%s/%s", id, key, self->region);
  return g_strdup_printf ("%s/%s", id, self->region);
}

typedef struct
{
  TrestleAccount *account;
  char *region;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_object_unref (self->account);
  g_free (self->region);
  g_free (self);
}

static DexFuture *
open_fiber (gpointer data)
{
  Opening *opening = data;
  g_autoptr (TrestleContext) self = g_object_new (TRESTLE_TYPE_CONTEXT, NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  self->account = g_object_ref (opening->account);
  if (trestle_account_get_kind (self->account) == TRESTLE_ACCOUNT_KIND_PRACTICE)
    ok = open_practice (self, opening->region, &error);
  else
    ok = open_aws (self, opening->region, &error);
  if (!ok)
    return trestle_future_error (error);
  self->scope = make_scope (self);
  self->store = shared_store (&error);
  if (self->store == NULL || !choose_tag (self, &error))
    return trestle_future_error (error);
  return dex_future_new_take_object (g_steal_pointer (&self));
}

DexFuture *
trestle_context_open (TrestleAccount *account, const char *region)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->account = g_object_ref (account);
  opening->region = g_strdup (region);
  return trestle_fiber_spawn (open_fiber, opening, opening_free);
}

gboolean
trestle_context_is_practice (TrestleContext *self)
{
  return self->practice != NULL;
}

static DexFuture *
revive_fiber (gpointer data)
{
  TrestleContext *self = data;
  g_autoptr (GError) error = NULL;
  TrestlePracticeHandle *handle = dex_await_boxed (trestle_practice_launch (self->transport),
                                                   &error);

  dex_clear (&self->reviving);
  if (handle == NULL)
    return trestle_future_error (error);
  g_clear_pointer (&self->practice, trestle_practice_handle_free);
  self->practice = handle;
  g_clear_object (&self->client);
  self->client = practice_client (self);
  return dex_future_new_true ();
}

DexFuture *
trestle_context_ready (TrestleContext *self)
{
  if (self->practice == NULL || trestle_practice_handle_is_alive (self->practice))
    return dex_future_new_true ();
  if (self->reviving == NULL)
    {
      self->reviving = trestle_fiber_spawn (revive_fiber, g_object_ref (self), g_object_unref);
      trestle_context_keep (self->reviving);
    }
  return dex_ref (self->reviving);
}

static DexFuture *
settled_cb (DexFuture *future, gpointer data)
{
  return dex_future_new_true ();
}

DexFuture *
trestle_context_sleep (guint msec)
{
  return dex_future_catch (dex_timeout_new_msec (msec), settled_cb, NULL, NULL);
}

DexFuture *
trestle_context_pause (TrestleContext *self, guint n)
{
  if (trestle_context_is_practice (self))
    return trestle_context_sleep (PRACTICE_PAUSE_MSEC);
  return trestle_context_sleep (MIN (1000u << MIN (n, 3u), 5000u));
}

/* libdex cancels a fiber when the last one who waited for it goes away; this is one who never does. */
void
trestle_context_keep (DexFuture *future)
{
  trestle_future_report (dex_future_catch (dex_ref (future), settled_cb, NULL, NULL), "go on");
}

void
trestle_context_add_task (TrestleContext *self, TrestleTask *task)
{
  guint ended = 0;

  g_list_store_insert (self->tasks, 0, task);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tasks));)
    {
      g_autoptr (TrestleTask) old = g_list_model_get_item (G_LIST_MODEL (self->tasks), i);

      if (trestle_task_get_ended (old) != 0 && ++ended > MAX_ENDED_TASKS)
        g_list_store_remove (self->tasks, i);
      else
        i++;
    }
}

static DexFuture *
identified_cb (DexFuture *future, gpointer data)
{
  TrestleContext *self = data;

  g_set_object (&self->identity, g_value_get_object (dex_future_get_value (future, NULL)));
  return dex_ref (future);
}

static DexFuture *
ask_identity_cb (DexFuture *future, gpointer data)
{
  TrestleContext *self = data;

  return trestle_sts_service_identify (self->client);
}

DexFuture *
trestle_context_identify (TrestleContext *self)
{
  DexFuture *asked;

  if (self->identity != NULL)
    return dex_future_new_for_object (self->identity);
  asked = dex_future_then (trestle_context_ready (self), ask_identity_cb, g_object_ref (self),
                           g_object_unref);
  return dex_future_then (asked, identified_cb, g_object_ref (self), g_object_unref);
}

GHashTable *
trestle_context_new_tags (TrestleContext *self, const char *listing_id, gint64 delete_by)
{
  GHashTable *tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (tags, g_strdup (TRESTLE_TAG_SESSION), g_strdup (self->tag));
  if (listing_id != NULL)
    g_hash_table_insert (tags, g_strdup (TRESTLE_TAG_LISTING), g_strdup (listing_id));
  if (delete_by != 0)
    g_hash_table_insert (tags, g_strdup (TRESTLE_TAG_DELETE_BY),
                         trestle_clock_format_iso (delete_by));
  return tags;
}
