/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoint-memory.h"

#include "base/trestle-future.h"
#include "base/trestle-json.h"
#include "workbench/trestle-invoke-flow.h"
#include "workbench/trestle-parts.h"

static char *
key_of (const char *endpoint)
{
  return g_strconcat ("takes/", endpoint, NULL);
}

static void
add_texts (JsonBuilder *b, const char *name, const char *const *texts)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_array (b);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (b, texts[i]);
  json_builder_end_array (b);
}

void
trestle_endpoint_memory_keep (TrestleContext *context,
                              const char *endpoint,
                              TrestlePackage *package)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *key = key_of (endpoint);
  g_autofree char *text = NULL;

  json_builder_begin_object (b);
  json_builder_set_member_name (b, "arn");
  json_builder_add_string_value (b, trestle_package_get_arn (package));
  add_texts (b, "content", trestle_package_get_content_types (package));
  add_texts (b, "response", trestle_package_get_response_types (package));
  json_builder_end_object (b);
  root = json_builder_get_root (b);
  text = json_to_string (root, FALSE);
  trestle_store_remember (context->store, context->scope, key, text, NULL);
}

TrestlePackage *
trestle_endpoint_memory_recall (TrestleContext *context, const char *endpoint)
{
  g_autofree char *key = key_of (endpoint);
  g_autofree char *text = trestle_store_recall (context->store, context->scope, key);
  g_autoptr (TrestleJsonDoc) doc = text ? trestle_json_doc_parse (text, -1, NULL) : NULL;
  g_auto (GStrv) content = NULL;
  g_auto (GStrv) response = NULL;
  TrestleJson root;
  const char *arn;

  if (doc == NULL)
    return NULL;
  root = trestle_json_root (doc);
  arn = trestle_json_string (root, "arn");
  content = trestle_json_dup_strv (root, "content");
  response = trestle_json_dup_strv (root, "response");
  if (!trestle_json_doc_check (doc, NULL))
    return NULL;
  return g_object_new (TRESTLE_TYPE_PACKAGE, "arn", arn, "content-types", content, "response-types",
                       response, NULL);
}

void
trestle_endpoint_memory_forget (TrestleContext *context, const char *endpoint)
{
  g_autofree char *key = key_of (endpoint);

  trestle_store_remember (context->store, context->scope, key, NULL, NULL);
}

typedef struct
{
  TrestleSession *session;
  char *endpoint;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_object_unref (self->session);
  g_free (self->endpoint);
  g_free (self);
}

static DexFuture *
ask_fiber (gpointer data)
{
  Asking *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;
  g_autoptr (TrestlePackage) package = NULL;
  const char *arn;

  endpoint = dex_await_object (
      trestle_endpoints_describe (trestle_session_get_endpoints (self->session), self->endpoint),
      &error);
  if (endpoint == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  arn = trestle_endpoint_get_package_arn (endpoint);
  if (arn != NULL)
    package = dex_await_object (
        trestle_subscriptions_describe (trestle_session_get_subscriptions (self->session), arn),
        NULL);
  /* Without a subscription any more, or a right to describe, nothing is known of what it takes. */
  if (package == NULL)
    return dex_future_new_take_object (g_object_new (TRESTLE_TYPE_PACKAGE, "arn", arn, NULL));
  trestle_endpoint_memory_keep (trestle_session_get_context (self->session), self->endpoint,
                                package);
  return dex_future_new_take_object (g_steal_pointer (&package));
}

DexFuture *
trestle_invoke_package (TrestleSession *session, const char *endpoint)
{
  TrestlePackage *known;
  Asking *asking;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);

  known = trestle_endpoint_memory_recall (trestle_session_get_context (session), endpoint);
  if (known != NULL)
    return dex_future_new_take_object (known);
  asking = g_new0 (Asking, 1);
  asking->session = g_object_ref (session);
  asking->endpoint = g_strdup (endpoint);
  return trestle_fiber_spawn (ask_fiber, asking, asking_free);
}
