/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-keep.h"

#include <string.h>

#include "base/trestle-json.h"
#include "practice/trestle-practice-resources.h"
#include "practice/trestle-practice-s3.h"

#define OWNER "aws-marketplace"
#define LOGOS "awsmp-logos"
#define EULAS "awsmp-eulas"
#define PACKAGES "awsmp-packages"
#define HOST ".s3.amazonaws.com/"
#define KEPT "kept/"

static void
store (TrestlePracticeState *state,
       const char *bucket,
       const char *key,
       GBytes *body,
       const char *type,
       gint64 now)
{
  trestle_practice_s3_make_bucket (state, bucket, OWNER);
  g_free (trestle_practice_s3_store (state, bucket, key, type, "{}", body, now));
}

static char *
store_public (TrestlePracticeState *state,
              const char *bucket,
              GBytes *body,
              const char *type,
              const char *ending,
              gint64 now)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  g_autofree char *key = g_strdup_printf ("%.32s%s", sum, ending);

  store (state, bucket, key, body, type, now);
  return g_strconcat ("https://", bucket, HOST, key, NULL);
}

char *
trestle_practice_keep_logo (TrestlePracticeState *state, GBytes *logo, const char *type, gint64 now)
{
  const char *ending = g_str_equal (type, "image/jpeg")  ? ".jpg"
                       : g_str_equal (type, "image/gif") ? ".gif"
                                                         : ".png";

  return store_public (state, LOGOS, logo, type, ending, now);
}

char *
trestle_practice_keep_eula (TrestlePracticeState *state, GBytes *text, const char *type, gint64 now)
{
  return store_public (state, EULAS, text, type,
                       g_str_equal (type, "application/pdf") ? ".pdf" : ".txt", now);
}

static GBytes *
read_object (TrestlePracticeState *state, const char *bucket, const char *key, char **type)
{
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      state, "SELECT body, type FROM objects WHERE bucket = ? AND key = ?", "ss", bucket, key);

  if (!trestle_practice_next (rows))
    return NULL;
  if (type != NULL)
    *type = g_strdup (trestle_practice_column_text (rows, 1));
  return g_bytes_new (sqlite3_column_blob (rows, 0), (gsize) sqlite3_column_bytes (rows, 0));
}

void
trestle_practice_keep_package (TrestlePracticeState *state,
                               const char *arn,
                               const char *engine,
                               JsonObject *description,
                               gint64 now)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GBytes) body = NULL;
  JsonObject *object = json_object_new ();
  char *text;

  json_object_set_string_member (object, "engine", engine);
  json_object_set_object_member (object, "description", json_object_ref (description));
  json_node_take_object (node, object);
  text = trestle_json_to_string (node, FALSE);
  body = g_bytes_new_take (text, strlen (text));
  store (state, PACKAGES, arn, body, "application/json", now);
}

JsonObject *
trestle_practice_keep_find_package (TrestlePracticeState *state, const char *arn)
{
  g_autoptr (GBytes) body = read_object (state, PACKAGES, arn, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *text = body != NULL ? g_bytes_get_data (body, &size) : NULL;

  if (text == NULL || !json_parser_load_from_data (parser, text, (gssize) size, NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* "https://awsmp-logos.s3.amazonaws.com/KEY?…": what is behind the bucket's name. */
static char *
dup_key (const char *address, const char *bucket)
{
  g_autofree char *start = g_strconcat ("https://", bucket, HOST, NULL);
  const char *key;

  if (!g_str_has_prefix (address, start))
    return NULL;
  key = address + strlen (start);
  return g_strndup (key, strcspn (key, "?#"));
}

char *
trestle_practice_keep_dup_path (TrestlePracticeState *state, const char *address)
{
  static const char *const buckets[] = { LOGOS, EULAS };

  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    {
      g_autofree char *key = dup_key (address, buckets[i]);
      g_autofree char *bundled = NULL;
      g_autoptr (GBytes) body = NULL;

      if (key == NULL)
        continue;
      body = read_object (state, buckets[i], key, NULL);
      if (body != NULL)
        return g_strconcat (KEPT, buckets[i], "/", key, NULL);
      bundled = g_strconcat (i == 0 ? "pictures/logo/" : "eula/", key, NULL);
      body = trestle_practice_resources_lookup (bundled, NULL);
      if (body != NULL)
        return g_steal_pointer (&bundled);
    }
  return g_strdup (address);
}

GBytes *
trestle_practice_keep_read (TrestlePracticeState *state, const char *path, char **type)
{
  static const char *const buckets[] = { LOGOS, EULAS };

  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    {
      g_autofree char *start = g_strconcat (KEPT, buckets[i], "/", NULL);

      if (g_str_has_prefix (path, start))
        return read_object (state, buckets[i], path + strlen (start), type);
    }
  return NULL;
}
