/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-usage.h"

#include "base/trestle-future.h"
#include "domain/trestle-endpoint-config.h"
#include "domain/trestle-endpoint.h"
#include "domain/trestle-variant.h"
#include "services/trestle-endpoint-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-recovery.h"
#include "workbench/trestle-teardown.h"

/* How many are asked for at a time. */
#define PARALLEL 8

typedef struct
{
  TrestleContext *context;
  char **without;
  GHashTable *usage; /* "model/NAME", "endpoint-config/NAME" → endpoint */
} Usage;

static void
usage_free (gpointer data)
{
  Usage *self = data;

  g_object_unref (self->context);
  g_strfreev (self->without);
  g_clear_pointer (&self->usage, g_hash_table_unref);
  g_free (self);
}

static void
use (Usage *self, const char *kind, const char *name, const char *endpoint)
{
  if (name != NULL)
    g_hash_table_insert (self->usage, g_strdup_printf ("%s/%s", kind, name), g_strdup (endpoint));
}

const char *
trestle_usage_get_user (GHashTable *usage, const char *kind, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", kind, name);

  return g_hash_table_lookup (usage, key);
}

/* In whichever process it runs. */
static void
use_deployments (Usage *self)
{
  TrestleContext *context = self->context;
  g_autoptr (GPtrArray) entries = trestle_store_journal_open (context->store, context->scope, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TrestleJournalEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (JsonObject) facts = NULL;

      if (!g_str_equal (entry->operation, TRESTLE_FLOW_DEPLOY)
          || !trestle_journal_is_under_way (entry))
        continue;
      facts = trestle_journal_dup_facts (entry);
      use (self, "model", json_object_get_string_member_with_default (facts, "model", NULL),
           entry->resource);
      use (self, "endpoint-config",
           json_object_get_string_member_with_default (facts, "config", NULL), entry->resource);
    }
}

/* Notes the first error; what is not there any more uses nothing. */
static void
note (GError **error, GError *reason)
{
  if (reason != NULL && *error == NULL && !trestle_teardown_is_absent (reason))
    g_propagate_error (error, reason);
  else
    g_clear_error (&reason);
}

/* A handful of endpoints: first their configurations, then what these run. */
static gboolean
read_some (Usage *self, const char *const *names, guint n, GError **error)
{
  TrestleAwsClient *client = self->context->client;
  DexFuture *asked[PARALLEL];
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new_with_free_func (g_object_unref);
  GError *first = NULL;

  for (guint i = 0; i < n; i++)
    asked[i] = trestle_endpoint_service_describe (client, names[i]);
  for (guint i = 0; i < n; i++)
    {
      GError *reason = NULL;
      g_autoptr (TrestleEndpoint) endpoint = dex_await_object (asked[i], &reason);

      note (&first, reason);
      if (endpoint != NULL
          && trestle_endpoint_get_state (endpoint) != TRESTLE_ENDPOINT_STATE_DELETING
          && trestle_endpoint_get_config_name (endpoint) != NULL)
        g_ptr_array_add (endpoints, g_steal_pointer (&endpoint));
    }
  for (guint i = 0; i < endpoints->len; i++)
    asked[i] = trestle_endpoint_service_describe_config (
        client, trestle_endpoint_get_config_name (endpoints->pdata[i]));
  for (guint i = 0; i < endpoints->len; i++)
    {
      GError *reason = NULL;
      const char *name = trestle_endpoint_get_name (endpoints->pdata[i]);
      g_autoptr (TrestleEndpointConfig) config = dex_await_object (asked[i], &reason);
      GListModel *variants = config != NULL ? trestle_endpoint_config_get_variants (config) : NULL;

      note (&first, reason);
      use (self, "endpoint-config", trestle_endpoint_get_config_name (endpoints->pdata[i]), name);
      for (guint j = 0; variants != NULL && j < g_list_model_get_n_items (variants); j++)
        {
          g_autoptr (TrestleVariant) variant = g_list_model_get_item (variants, j);

          use (self, "model", trestle_variant_get_model_name (variant), name);
        }
    }
  if (first != NULL)
    g_propagate_error (error, first);
  return first == NULL;
}

static DexFuture *
find_fiber (gpointer data)
{
  Usage *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) endpoints = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  self->usage = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (dex_await (trestle_context_ready (self->context), &error))
    endpoints = dex_await_object (trestle_endpoint_service_list (self->context->client), &error);
  if (endpoints == NULL)
    return trestle_future_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);
      const char *name = trestle_endpoint_get_name (endpoint);

      if (self->without == NULL || !g_strv_contains ((const char *const *) self->without, name))
        g_ptr_array_add (names, g_strdup (name));
    }
  for (guint i = 0; i < names->len; i += PARALLEL)
    if (!read_some (self, (const char *const *) names->pdata + i, MIN (PARALLEL, names->len - i),
                    &error))
      return trestle_future_error (error);
  use_deployments (self);
  return dex_future_new_take_boxed (G_TYPE_HASH_TABLE, g_steal_pointer (&self->usage));
}

DexFuture *
trestle_usage_find (TrestleContext *context, const char *const *without)
{
  Usage *self = g_new0 (Usage, 1);

  self->context = g_object_ref (context);
  self->without = g_strdupv ((char **) without);
  return trestle_fiber_spawn (find_fiber, self, usage_free);
}
