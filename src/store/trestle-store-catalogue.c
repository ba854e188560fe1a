/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "base/trestle-json.h"
#include "domain/trestle-media-item.h"
#include "domain/trestle-resource.h"
#include "store/trestle-store-private.h"

#include <string.h>

/* Rows a transaction: the main thread's short writes never wait long behind a refresh. */
#define CHUNK 250

#define COLUMNS                                                                                    \
  "l.id, l.slug, l.product_id, l.title, l.publisher, l.publisher_id, l.kind, l.short, l.long, "    \
  "l.logo_url, l.categories, l.category_ids, l.highlights, l.rating, l.rating_count, "             \
  "l.rating_url, l.pricing, l.trial, l.offer_id, l.extras, l.detailed, l.seen, l.price_hint, "     \
  "f.value"
#define FROM_LISTING                                                                               \
  " FROM listing l LEFT JOIN fact f ON f.scope = l.scope "                                         \
  "AND f.key = 'subscribed/' || l.product_id "

/* Pictures and resources as one column of JSON. */
static char *
write_extras (TrestleListing *listing)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  GListModel *media = trestle_listing_get_media (listing);
  GListModel *resources = trestle_listing_get_resources (listing);

  json_builder_begin_object (b);
  json_builder_set_member_name (b, "media");
  json_builder_begin_array (b);
  for (guint i = 0; i < g_list_model_get_n_items (media); i++)
    {
      g_autoptr (TrestleMediaItem) item = g_list_model_get_item (media, i);

      json_builder_begin_array (b);
      json_builder_add_string_value (b, trestle_media_item_get_title (item));
      json_builder_add_string_value (b, trestle_media_item_get_description (item));
      json_builder_add_string_value (b, trestle_media_item_get_url (item));
      json_builder_add_string_value (b, trestle_media_item_get_preview_url (item));
      json_builder_add_string_value (b, trestle_media_item_get_video (item) ? "video" : "");
      json_builder_end_array (b);
    }
  json_builder_end_array (b);
  json_builder_set_member_name (b, "resources");
  json_builder_begin_array (b);
  for (guint i = 0; i < g_list_model_get_n_items (resources); i++)
    {
      g_autoptr (TrestleResource) item = g_list_model_get_item (resources, i);

      json_builder_begin_array (b);
      json_builder_add_string_value (b, trestle_resource_get_kind (item));
      json_builder_add_string_value (b, trestle_resource_get_content_type (item));
      json_builder_add_string_value (b, trestle_resource_get_value (item));
      json_builder_add_string_value (b, trestle_resource_get_display_name (item));
      json_builder_end_array (b);
    }
  json_builder_end_array (b);
  json_builder_end_object (b);
  root = json_builder_get_root (b);
  return json_to_string (root, FALSE);
}

static const char *
cell (TrestleJson row, guint i)
{
  TrestleJson at = trestle_json_element (row, i);

  return trestle_json_exists (at) ? trestle_json_self_string (at) : NULL;
}

static void
read_extras (const char *text, GListStore *media, GListStore *resources)
{
  g_autoptr (TrestleJsonDoc) doc = text ? trestle_json_doc_parse (text, -1, NULL) : NULL;
  TrestleJson list;

  if (doc == NULL)
    return;
  list = trestle_json_member (trestle_json_root (doc), "media");
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      TrestleJson row = trestle_json_element (list, i);
      g_autoptr (TrestleMediaItem)
          item = g_object_new (TRESTLE_TYPE_MEDIA_ITEM, "title", cell (row, 0), "description",
                               cell (row, 1), "url", cell (row, 2), "preview-url", cell (row, 3),
                               "video", g_strcmp0 (cell (row, 4), "video") == 0, NULL);
      g_list_store_append (media, item);
    }
  list = trestle_json_member (trestle_json_root (doc), "resources");
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      TrestleJson row = trestle_json_element (list, i);
      g_autoptr (TrestleResource) item = g_object_new (
          TRESTLE_TYPE_RESOURCE, "kind", cell (row, 0), "content-type", cell (row, 1), "value",
          cell (row, 2), "display-name", cell (row, 3), NULL);
      g_list_store_append (resources, item);
    }
}

static TrestleListing *
read_row (TrestleStatement *stmt)
{
  g_auto (GStrv) categories = trestle_store_split (trestle_statement_text (stmt, 10));
  g_auto (GStrv) ids = trestle_store_split (trestle_statement_text (stmt, 11));
  g_auto (GStrv) highlights = trestle_store_split (trestle_statement_text (stmt, 12));
  g_autoptr (GListStore) media = g_list_store_new (TRESTLE_TYPE_MEDIA_ITEM);
  g_autoptr (GListStore) resources = g_list_store_new (TRESTLE_TYPE_RESOURCE);

  read_extras (trestle_statement_text (stmt, 19), media, resources);
  return g_object_new (
      TRESTLE_TYPE_LISTING, "id", trestle_statement_text (stmt, 0), "slug",
      trestle_statement_text (stmt, 1), "product-id", trestle_statement_text (stmt, 2), "title",
      trestle_statement_text (stmt, 3), "publisher", trestle_statement_text (stmt, 4),
      "publisher-id", trestle_statement_text (stmt, 5), "kind", sqlite3_column_int (stmt, 6),
      "short-description", trestle_statement_text (stmt, 7), "long-description",
      trestle_statement_text (stmt, 8), "logo-url", trestle_statement_text (stmt, 9), "categories",
      categories, "category-ids", ids, "highlights", highlights, "rating",
      sqlite3_column_double (stmt, 13), "rating-count", (gint64) sqlite3_column_int64 (stmt, 14),
      "rating-url", trestle_statement_text (stmt, 15), "pricing", sqlite3_column_int (stmt, 16),
      "free-trial", sqlite3_column_int (stmt, 17), "offer-id", trestle_statement_text (stmt, 18),
      "media", media, "resources", resources, "detailed", sqlite3_column_int (stmt, 20), "seen",
      (gint64) sqlite3_column_int64 (stmt, 21), "price-hint", trestle_statement_text (stmt, 22),
      "subscribed", trestle_statement_text (stmt, 23) != NULL, NULL);
}

/* What a search answer says of a listing; when it is the same, the row is left alone. */
static char *
make_digest (TrestleListing *l, const char *categories)
{
  g_autofree char *rating = g_strdup_printf (
      "%g %" G_GINT64_FORMAT " %d %d %d", trestle_listing_get_rating (l),
      trestle_listing_get_rating_count (l), trestle_listing_get_kind (l),
      trestle_listing_get_pricing (l), trestle_listing_get_free_trial (l));
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *parts[] = { trestle_listing_get_title (l),
                          trestle_listing_get_publisher (l),
                          trestle_listing_get_short_description (l),
                          trestle_listing_get_logo_url (l),
                          trestle_listing_get_product_id (l),
                          categories,
                          rating };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] != NULL)
        g_checksum_update (sum, (const guchar *) parts[i], -1);
      g_checksum_update (sum, (const guchar *) "", 1);
    }
  return g_strdup (g_checksum_get_string (sum));
}

/* Returns 1 when the row is new or changed, 0 when it is as before, -1 on an error. */
static int
put_one (sqlite3 *db, const char *scope, TrestleListing *l, GError **error)
{
  gboolean detailed = trestle_listing_get_detailed (l);
  g_autofree char *categories = trestle_store_join (trestle_listing_get_categories (l));
  g_autofree char *ids = trestle_store_join (trestle_listing_get_category_ids (l));
  g_autofree char *highlights = trestle_store_join (trestle_listing_get_highlights (l));
  g_autofree char *extras = detailed ? write_extras (l) : NULL;
  g_autofree char *digest = make_digest (l, categories);
  g_autoptr (TrestleStatement) old = NULL;
  g_autoptr (TrestleStatement) row = NULL;
  gboolean same = FALSE;

  old = trestle_database_prepare (db, error,
                                  "SELECT digest FROM listing WHERE scope = ? AND id = ?", "ss",
                                  scope, trestle_listing_get_id (l));
  if (old == NULL)
    return -1;
  if (trestle_statement_next (old, NULL))
    same = g_strcmp0 (trestle_statement_text (old, 0), digest) == 0;
  if (same && !detailed)
    return trestle_database_run (db, error,
                                 "UPDATE listing SET seen = ? WHERE scope = ? AND id = ?", "iss",
                                 trestle_listing_get_seen (l), scope, trestle_listing_get_id (l))
               ? 0
               : -1;

  row = trestle_database_prepare (
      db, error,
      "INSERT INTO listing (scope, id, slug, product_id, title, publisher, publisher_id, kind, "
      "short, long, logo_url, categories, category_ids, highlights, rating, rating_count, "
      "rating_url, pricing, trial, offer_id, extras, detailed, seen, digest) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (scope, id) DO UPDATE SET slug = excluded.slug, "
      "product_id = excluded.product_id, title = excluded.title, publisher = excluded.publisher, "
      "publisher_id = excluded.publisher_id, kind = excluded.kind, short = excluded.short, "
      "long = coalesce (excluded.long, long), logo_url = excluded.logo_url, "
      "categories = excluded.categories, category_ids = excluded.category_ids, "
      "highlights = coalesce (excluded.highlights, highlights), rating = excluded.rating, "
      "rating_count = excluded.rating_count, "
      "rating_url = coalesce (excluded.rating_url, rating_url), pricing = excluded.pricing, "
      "trial = excluded.trial, offer_id = coalesce (excluded.offer_id, offer_id), "
      "extras = coalesce (excluded.extras, extras), detailed = max (detailed, excluded.detailed), "
      "seen = excluded.seen, digest = excluded.digest RETURNING row, title, publisher, short, long",
      "sssssssissssssdisiissiis", scope, trestle_listing_get_id (l), trestle_listing_get_slug (l),
      trestle_listing_get_product_id (l), trestle_listing_get_title (l),
      trestle_listing_get_publisher (l), trestle_listing_get_publisher_id (l),
      (gint64) trestle_listing_get_kind (l), trestle_listing_get_short_description (l),
      trestle_listing_get_long_description (l), trestle_listing_get_logo_url (l), categories, ids,
      highlights, trestle_listing_get_rating (l), trestle_listing_get_rating_count (l),
      trestle_listing_get_rating_url (l), (gint64) trestle_listing_get_pricing (l),
      (gint64) trestle_listing_get_free_trial (l), trestle_listing_get_offer_id (l), extras,
      (gint64) detailed, trestle_listing_get_seen (l), digest);
  if (row == NULL || !trestle_statement_next (row, error))
    return -1;
  if (!trestle_database_run (db, error, "DELETE FROM listing_text WHERE rowid = ?", "i",
                             (gint64) sqlite3_column_int64 (row, 0))
      || !trestle_database_run (
          db, error,
          "INSERT INTO listing_text (rowid, title, publisher, short, long) VALUES (?, ?, ?, ?, ?)",
          "issss", (gint64) sqlite3_column_int64 (row, 0), trestle_statement_text (row, 1),
          trestle_statement_text (row, 2), trestle_statement_text (row, 3),
          trestle_statement_text (row, 4)))
    return -1;
  return same ? 0 : 1;
}

static DexFuture *
put_job (TrestleStoreJob *job, sqlite3 *db)
{
  g_autoptr (GError) error = NULL;
  int changed = 0;

  for (guint i = 0; i < job->array->len && error == NULL; i += CHUNK)
    {
      if (!trestle_database_exec (db, "BEGIN IMMEDIATE", &error))
        break;
      for (guint j = i; j < MIN (i + CHUNK, job->array->len); j++)
        {
          int outcome = put_one (db, job->scope, g_ptr_array_index (job->array, j), &error);

          if (outcome < 0)
            break;
          changed += outcome;
        }
      if (error != NULL || !trestle_database_exec (db, "COMMIT", &error))
        sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
    }
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_int (changed);
}

DexFuture *
trestle_store_put_listings (TrestleStore *self, const char *scope, GPtrArray *listings)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope && listings, NULL);
  return trestle_store_job ((TrestleStoreJob) { .store = g_object_ref (self),
                                                .scope = g_strdup (scope),
                                                .array = g_ptr_array_ref (listings) },
                            put_job);
}

static DexFuture *
drop_job (TrestleStoreJob *job, sqlite3 *db)
{
  g_autoptr (GError) error = NULL;

  if (!trestle_database_run (db, &error,
                             "DELETE FROM listing_text WHERE rowid IN (SELECT row FROM listing "
                             "WHERE scope = ? AND seen < ?)",
                             "si", job->scope, job->number)
      || !trestle_database_run (db, &error, "DELETE FROM listing WHERE scope = ? AND seen < ?",
                                "si", job->scope, job->number))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_int (sqlite3_changes (db));
}

DexFuture *
trestle_store_drop_listings (TrestleStore *self, const char *scope, gint64 before)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope, NULL);
  return trestle_store_job ((TrestleStoreJob) { .store = g_object_ref (self),
                                                .scope = g_strdup (scope),
                                                .number = before },
                            drop_job);
}

static DexFuture *
find_job (TrestleStoreJob *job, sqlite3 *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleStatement) stmt = trestle_database_prepare (
      db, &error,
      "SELECT " COLUMNS FROM_LISTING "WHERE l.scope = ?1 "
      "AND (l.id = ?2 OR l.product_id = ?2 OR l.slug = ?2) ORDER BY l.id = ?2 DESC, l.seen DESC "
      "LIMIT 1",
      "ss", job->scope, job->text);

  if (error == NULL && trestle_statement_next (stmt, &error))
    return dex_future_new_take_object (read_row (stmt));
  if (error == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No listing “%s” has been seen yet",
                 job->text);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
trestle_store_find_listing (TrestleStore *self, const char *scope, const char *name)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope && name, NULL);
  return trestle_store_job ((TrestleStoreJob) { .store = g_object_ref (self),
                                                .scope = g_strdup (scope),
                                                .text = g_strdup (name) },
                            find_job);
}

/* Words as FTS5 phrases, the last one still being typed. NULL where @text has no word. */
static char *
make_match (const char *text)
{
  g_autofree char *words = g_strdup (text ? text : "");
  g_autoptr (GString) match = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  for (char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalnum (g_utf8_get_char (p)) && !g_unichar_ismark (g_utf8_get_char (p)))
      memset (p, ' ', (gsize) (g_utf8_next_char (p) - p));
  parts = g_strsplit (words, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (match, "%s\"%s\"", match->len > 0 ? " " : "", parts[i]);
  if (match->len == 0)
    return NULL;
  g_string_append_c (match, '*');
  return g_strdup (match->str);
}

static DexFuture *
search_job (TrestleStoreJob *job, sqlite3 *db)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *match = make_match (job->text);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleStatement) stmt = NULL;

  if (match != NULL)
    stmt = trestle_database_prepare (db, &error,
                                     "SELECT " COLUMNS FROM_LISTING
                                     "JOIN listing_text t ON t.rowid = l.row "
                                     "WHERE l.scope = ? AND listing_text MATCH ? "
                                     "ORDER BY bm25 (listing_text, 12.0, 6.0, 3.0, 1.0), l.title",
                                     "ss", job->scope, match);
  else
    stmt = trestle_database_prepare (db, &error,
                                     "SELECT " COLUMNS FROM_LISTING
                                     "WHERE l.scope = ? ORDER BY l.title COLLATE NOCASE",
                                     "s", job->scope);
  while (error == NULL && trestle_statement_next (stmt, &error))
    g_ptr_array_add (found, read_row (stmt));
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&found));
}

DexFuture *
trestle_store_search (TrestleStore *self, const char *scope, const char *text)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope, NULL);
  return trestle_store_job ((TrestleStoreJob) { .store = g_object_ref (self),
                                                .scope = g_strdup (scope),
                                                .text = g_utf8_make_valid (text ? text : "", -1) },
                            search_job);
}

TrestleStoreHint *
trestle_store_hint_new (const char *listing_id, const char *hourly, const char *text)
{
  TrestleStoreHint *self = g_new0 (TrestleStoreHint, 1);

  self->listing_id = g_strdup (listing_id);
  self->hourly = g_strdup (hourly);
  self->text = g_strdup (text);
  return self;
}

void
trestle_store_hint_free (TrestleStoreHint *self)
{
  g_free (self->listing_id);
  g_free (self->hourly);
  g_free (self->text);
  g_free (self);
}

static DexFuture *
hints_job (TrestleStoreJob *job, sqlite3 *db)
{
  g_autoptr (GError) error = NULL;

  if (trestle_database_exec (db, "BEGIN IMMEDIATE", &error))
    {
      for (guint i = 0; i < job->array->len && error == NULL; i++)
        {
          const TrestleStoreHint *hint = g_ptr_array_index (job->array, i);

          trestle_database_run (db, &error,
                                "UPDATE listing SET hourly = ?, price_hint = ? "
                                "WHERE scope = ? AND id = ?",
                                "ssss", hint->hourly, hint->text, job->scope, hint->listing_id);
        }
      if (error != NULL || !trestle_database_exec (db, "COMMIT", &error))
        sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
    }
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
trestle_store_put_hints (TrestleStore *self, const char *scope, GPtrArray *hints)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope && hints, NULL);
  return trestle_store_job ((TrestleStoreJob) { .store = g_object_ref (self),
                                                .scope = g_strdup (scope),
                                                .array = g_ptr_array_ref (hints) },
                            hints_job);
}
