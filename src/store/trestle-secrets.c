/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-secrets.h"

#include <json-glib/json-glib.h>
#include <libsecret/secret.h>

#include "base/trestle-future.h"
#include "base/trestle-json.h"
#include "base/trestle-redact.h"

/* The one adapter between libsecret's callbacks and futures. */

G_DEFINE_BOXED_TYPE (TrestleSecret, trestle_secret, trestle_secret_copy, trestle_secret_free)

static const SecretSchema *
schema (void)
{
  static const SecretSchema account = { .name = "dev.trestle.Trestle.Account",
                                        .flags = SECRET_SCHEMA_NONE,
                                        .attributes = {
                                            { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                            { "access-key-id", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                            { "region", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                            { NULL, 0 } } };

  return &account;
}

TrestleSecret *
trestle_secret_copy (const TrestleSecret *self)
{
  TrestleSecret *copy = g_new0 (TrestleSecret, 1);

  copy->name = g_strdup (self->name);
  copy->access_key_id = g_strdup (self->access_key_id);
  copy->secret_access_key = g_strdup (self->secret_access_key);
  copy->token = g_strdup (self->token);
  copy->region = g_strdup (self->region);
  return copy;
}

void
trestle_secret_free (TrestleSecret *self)
{
  g_free (self->name);
  g_free (self->access_key_id);
  secret_password_free (self->secret_access_key);
  secret_password_free (self->token);
  g_free (self->region);
  g_free (self);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (error != NULL)
    {
      dex_promise_reject (promise, g_steal_pointer (&error));
      return;
    }
  for (GList *l = items; l != NULL; l = l->next)
    g_ptr_array_add (found, g_object_ref (l->data));
  g_list_free_full (items, g_object_unref);
  {
    g_auto (GValue) value = G_VALUE_INIT;

    g_value_init (&value, G_TYPE_PTR_ARRAY);
    g_value_set_boxed (&value, found);
    dex_promise_resolve (promise, &value);
  }
}

/* Resolves to a GPtrArray of SecretRetrievable. */
static DexFuture *
search (const char *name, SecretSearchFlags flags)
{
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  DexPromise *promise = dex_promise_new_cancellable ();

  if (name != NULL)
    g_hash_table_insert (attributes, "name", (gpointer) name);
  secret_password_searchv (schema (), attributes, flags, dex_promise_get_cancellable (promise),
                           search_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
retrieve_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  SecretValue *secret = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source),
                                                                   result, &error);
  g_auto (GValue) value = G_VALUE_INIT;

  if (secret == NULL)
    {
      if (error == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             "The keyring does not give the secret: unlock it and try again");
      dex_promise_reject (promise, g_steal_pointer (&error));
      return;
    }
  g_value_init (&value, SECRET_TYPE_VALUE);
  g_value_take_boxed (&value, secret);
  dex_promise_resolve (promise, &value);
}

static DexFuture *
lookup_fiber (gpointer data)
{
  const char *name = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;
  g_autoptr (TrestleSecret) secret = NULL;
  SecretValue *value;
  DexPromise *promise;
  const char *text;
  TrestleJson root;

  found = dex_await_boxed (search (name, SECRET_SEARCH_UNLOCK), &error);
  if (found == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (found->len == 0)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                  "No keys named “%s” are in the keyring", name);

  promise = dex_promise_new_cancellable ();
  secret_retrievable_retrieve_secret (found->pdata[0], dex_promise_get_cancellable (promise),
                                      retrieve_cb, dex_ref (promise));
  value = dex_await_boxed (DEX_FUTURE (promise), &error);
  if (value == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  text = secret_value_get_text (value);
  doc = trestle_json_doc_parse (text ? text : "", -1, NULL);
  secret_value_unref (value);
  if (doc == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                  "What the keyring holds for “%s” was not written by Trestle",
                                  name);

  root = trestle_json_root (doc);
  attributes = secret_retrievable_get_attributes (found->pdata[0]);
  secret = g_new0 (TrestleSecret, 1);
  secret->name = g_strdup (name);
  secret->access_key_id = g_strdup (g_hash_table_lookup (attributes, "access-key-id"));
  secret->region = g_strdup (g_hash_table_lookup (attributes, "region"));
  secret->secret_access_key = g_strdup (trestle_json_string (root, "secret_access_key"));
  secret->token = g_strdup (trestle_json_string_or (root, "session_token", NULL));
  trestle_redact_add (secret->secret_access_key);
  trestle_redact_add (secret->token);
  if (!trestle_json_doc_check (doc, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (TRESTLE_TYPE_SECRET, g_steal_pointer (&secret));
}

DexFuture *
trestle_secrets_lookup (const char *name)
{
  return trestle_fiber_spawn (lookup_fiber, g_strdup (name), g_free);
}

static DexFuture *
list_then (DexFuture *future, gpointer data)
{
  g_autoptr (GListStore) accounts = g_list_store_new (TRESTLE_TYPE_ACCOUNT);
  GPtrArray *found = g_value_get_boxed (dex_future_get_value (future, NULL));

  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (found->pdata[i]);
      const char *name = g_hash_table_lookup (attributes, "name");
      const char *region = g_hash_table_lookup (attributes, "region");
      g_autofree char *id = g_strdup_printf ("keyring:%s", name);
      g_autoptr (TrestleAccount) account = g_object_new (
          TRESTLE_TYPE_ACCOUNT, "id", id, "kind", TRESTLE_ACCOUNT_KIND_KEYRING, "name", name,
          "access-key-id", g_hash_table_lookup (attributes, "access-key-id"), "region",
          region != NULL && *region != '\0' ? region : NULL, "colour",
          (gint64) (1 + g_str_hash (name ? name : "") % 6), NULL);

      if (name != NULL)
        g_list_store_append (accounts, account);
    }
  return dex_future_new_take_object (g_steal_pointer (&accounts));
}

DexFuture *
trestle_secrets_list (void)
{
  return dex_future_then (search (NULL, SECRET_SEARCH_ALL), list_then, NULL, NULL);
}

static void
remove_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  gboolean removed = secret_password_clear_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else
    dex_promise_resolve_boolean (promise, removed);
}

/* Cleared by all its attributes: the file backend does not match some of them. */
static DexFuture *
clear (GHashTable *attributes)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  g_hash_table_remove (attributes, "xdg:schema");
  secret_password_clearv (schema (), attributes, dex_promise_get_cancellable (promise), remove_cb,
                          dex_ref (promise));
  return DEX_FUTURE (promise);
}

static DexFuture *
remove_fiber (gpointer data)
{
  const char *name = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = dex_await_boxed (search (name, SECRET_SEARCH_ALL), &error);
  gboolean removed = FALSE;

  if (found == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (found->pdata[i]);

      removed |= dex_await_boolean (clear (attributes), &error);
      if (error != NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
  if (!removed)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                  "No keys named “%s” are in the keyring", name);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_secrets_remove (const char *name)
{
  return trestle_fiber_spawn (remove_fiber, g_strdup (name), g_free);
}

static char *
write_secret (const TrestleSecret *self)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (b);
  json_builder_set_member_name (b, "secret_access_key");
  json_builder_add_string_value (b, self->secret_access_key);
  if (self->token != NULL)
    {
      json_builder_set_member_name (b, "session_token");
      json_builder_add_string_value (b, self->token);
    }
  json_builder_end_object (b);
  root = json_builder_get_root (b);
  return json_to_string (root, FALSE);
}

/* Returns: whether an item with @attributes is one of @self's name, of a key or Region that it had before. */
static gboolean
is_earlier (const TrestleSecret *self, GHashTable *attributes)
{
  return g_strcmp0 (g_hash_table_lookup (attributes, "access-key-id"), self->access_key_id) != 0
         || g_strcmp0 (g_hash_table_lookup (attributes, "region"), self->region) != 0;
}

/* To the keyring another key is another item: what had the name before goes, once the new one is kept. */
static DexFuture *
store_fiber (gpointer data)
{
  const TrestleSecret *self = data;
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *label = g_strdup_printf ("Trestle: AWS keys of “%s”", self->name);
  DexPromise *promise = dex_promise_new_cancellable ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  char *secret = write_secret (self);

  g_hash_table_insert (attributes, "name", self->name);
  g_hash_table_insert (attributes, "access-key-id", self->access_key_id);
  g_hash_table_insert (attributes, "region", self->region);
  secret_password_storev (schema (), attributes, SECRET_COLLECTION_DEFAULT, label, secret,
                          dex_promise_get_cancellable (promise), store_cb, dex_ref (promise));
  secret_password_free (secret);
  if (!dex_await (DEX_FUTURE (promise), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  found = dex_await_boxed (search (self->name, SECRET_SEARCH_ALL), &error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      g_autoptr (GHashTable) other = secret_retrievable_get_attributes (found->pdata[i]);

      if (is_earlier (self, other) && !dex_await (clear (other), &error))
        break;
    }
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_secrets_store (const char *name,
                       const char *access_key_id,
                       const char *secret_access_key,
                       const char *token,
                       const char *region)
{
  TrestleSecret *secret = g_new0 (TrestleSecret, 1);

  trestle_redact_add (secret_access_key);
  trestle_redact_add (token);
  secret->name = g_strdup (name);
  secret->access_key_id = g_strdup (access_key_id);
  secret->secret_access_key = g_strdup (secret_access_key);
  secret->token = g_strdup (token);
  secret->region = g_strdup (region ? region : "");
  return trestle_fiber_spawn (store_fiber, secret, (GDestroyNotify) trestle_secret_free);
}
