/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-s3.h"

#include <string.h>

#include "aws/trestle-aws-signer.h"
#include "practice/trestle-practice-feeds.h"

void
trestle_practice_s3_make_bucket (TrestlePracticeState *state, const char *name, const char *account)
{
  trestle_practice_run (state, "INSERT OR IGNORE INTO buckets VALUES (?, ?, ?, ?)", "sssi", name,
                        account, TRESTLE_PRACTICE_REGION, trestle_clock_now ());
}

void
trestle_practice_s3_make_default_bucket (TrestlePracticeState *state, const char *account)
{
  g_autofree char *name = g_strdup_printf ("sagemaker-%s-%s", TRESTLE_PRACTICE_REGION, account);

  trestle_practice_s3_make_bucket (state, name, account);
}

char *
trestle_practice_s3_dup_owner (TrestlePracticeState *state, const char *bucket)
{
  return trestle_practice_get_text (state, "SELECT account FROM buckets WHERE name = ?", "s",
                                    bucket);
}

char *
trestle_practice_s3_store (TrestlePracticeState *state,
                           const char *bucket,
                           const char *key,
                           const char *type,
                           const char *meta,
                           GBytes *body,
                           gint64 now)
{
  g_autofree char *hex = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, body);
  char *etag = g_strdup_printf ("\"%s\"", hex);

  trestle_practice_run (state, "INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        "ssiisssb", bucket, key, now, (gint64) g_bytes_get_size (body), etag, type,
                        meta, body);
  return etag;
}

GBytes *
trestle_practice_s3_load (TrestlePracticeState *state, const char *bucket, const char *key)
{
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      state, "SELECT body FROM objects WHERE bucket = ? AND key = ?", "ss", bucket, key);

  if (!trestle_practice_next (rows))
    return NULL;
  return g_bytes_new (sqlite3_column_blob (rows, 0), (gsize) sqlite3_column_bytes (rows, 0));
}

GStrv
trestle_practice_s3_list (TrestlePracticeState *state, const char *bucket, const char *prefix)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (state,
                                     "SELECT key FROM objects WHERE bucket = ?1"
                                     " AND substr (key, 1, length (?2)) = ?2 ORDER BY key",
                                     "ss", bucket, prefix);

  while (trestle_practice_next (rows))
    g_strv_builder_add (keys, trestle_practice_column_text (rows, 0));
  return g_strv_builder_end (keys);
}

static gboolean
check_bucket (TrestlePracticeContext *ctx, const char *bucket)
{
  g_autofree char *owner = trestle_practice_s3_dup_owner (ctx->state, bucket);

  if (owner == NULL)
    {
      trestle_practice_fail (ctx, "NoSuchBucket", 404, "The specified bucket does not exist");
      trestle_practice_fail_text (ctx, "BucketName", bucket);
      return FALSE;
    }
  if (!g_str_equal (owner, ctx->account->number))
    return trestle_practice_fail (ctx, "AccessDenied", 403, "Access Denied");
  trestle_practice_feeds_refresh (ctx->world, bucket, ctx->now);
  return TRUE;
}

gboolean
trestle_practice_s3_is_bucket_call (const TrestleAwsHttp *request, char **bucket)
{
  const char *name = request->path + 1;
  gsize length = strcspn (name, "/");

  if (length == 0 || (name[length] == '/' && name[length + 1] != '\0')
      || (request->query != NULL && *request->query != '\0')
      || (!g_str_equal (request->method, "PUT") && !g_str_equal (request->method, "HEAD")
          && !g_str_equal (request->method, "DELETE")))
    return FALSE;
  *bucket = g_uri_unescape_segment (name, name + length, NULL);
  return *bucket != NULL;
}

static gboolean
make_bucket (TrestlePracticeContext *ctx, const char *bucket)
{
  gsize length = strlen (bucket);
  g_autofree char *owner = trestle_practice_s3_dup_owner (ctx->state, bucket);

  if (owner != NULL)
    return trestle_practice_fail (ctx,
                                  g_str_equal (owner, ctx->account->number)
                                      ? "BucketAlreadyOwnedByYou"
                                      : "BucketAlreadyExists",
                                  409, "The requested bucket name is not available.");
  if (length < 3 || length > 63
      || strspn (bucket, "abcdefghijklmnopqrstuvwxyz0123456789.-") != length
      || !g_ascii_isalnum (bucket[0]) || !g_ascii_isalnum (bucket[length - 1]))
    return trestle_practice_fail (ctx, "InvalidBucketName", 400,
                                  "The specified bucket is not valid.");
  trestle_practice_run (ctx->state, "INSERT INTO buckets VALUES (?, ?, ?, ?)", "sssi", bucket,
                        ctx->account->number, ctx->region, ctx->now);
  return TRUE;
}

TrestleAwsHttp *
trestle_practice_s3_bucket_call (TrestlePracticeContext *ctx,
                                 const TrestleAwsHttp *request,
                                 const char *bucket)
{
  g_autoptr (TrestleAwsHttp) answer = trestle_aws_http_new ();

  if (answer->headers == NULL)
    answer->headers = trestle_aws_headers_new ();
  answer->status = 200;
  trestle_aws_headers_add (answer->headers, "x-amz-request-id", ctx->request_id);
  if (g_str_equal (request->method, "PUT"))
    {
      g_autofree char *place = g_strconcat ("/", bucket, NULL);

      trestle_aws_headers_add (answer->headers, "Location", place);
      return make_bucket (ctx, bucket) ? g_steal_pointer (&answer) : NULL;
    }
  if (!check_bucket (ctx, bucket))
    return NULL;
  if (g_str_equal (request->method, "HEAD"))
    {
      trestle_aws_headers_add (answer->headers, "x-amz-bucket-region", ctx->region);
      return g_steal_pointer (&answer);
    }
  if (trestle_practice_get_int (ctx->state, 0, "SELECT 1 FROM objects WHERE bucket = ?", "s",
                                bucket))
    {
      trestle_practice_fail (ctx, "BucketNotEmpty", 409,
                             "The bucket you tried to delete is not empty");
      return NULL;
    }
  trestle_practice_run (ctx->state, "DELETE FROM buckets WHERE name = ?", "s", bucket);
  answer->status = 204;
  return g_steal_pointer (&answer);
}

/* Where a page begins: behind what its token says. Returns: (transfer full) (nullable): NULL for no token of ours */
static char *
dup_after (TrestlePracticeContext *ctx, const char *token)
{
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode (token, &size);

  if (size > 0 && g_utf8_validate ((const char *) bytes, (gssize) size, NULL))
    return g_strndup ((const char *) bytes, size);
  trestle_practice_fail (ctx, "InvalidArgument", 400,
                         "The continuation token provided is incorrect");
  return NULL;
}

static gboolean
list_buckets (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *token = trestle_json_string_or (in, "ContinuationToken", NULL);
  const char *prefix = trestle_json_string_or (in, "Prefix", NULL);
  g_autofree char *after = token != NULL ? dup_after (ctx, token) : g_strdup ("");
  gint64 left = trestle_json_int_or (in, "MaxBuckets", 10000);
  g_autofree char *last = NULL;
  g_autoptr (sqlite3_stmt) rows = NULL;

  if (after == NULL)
    return FALSE;
  rows = trestle_practice_query (
      ctx->state,
      "SELECT name, created FROM buckets WHERE account = ?1 AND name > ?2"
      " AND substr (name, 1, length (?3)) = ?3 ORDER BY name",
      "sss", ctx->account->number, after, prefix != NULL ? prefix : "");
  open_array (out, "Buckets");
  while (trestle_practice_next (rows))
    {
      if (left-- <= 0)
        break;
      g_set_str (&last, trestle_practice_column_text (rows, 0));
      open_object (out, NULL);
      put_text (out, "Name", trestle_practice_column_text (rows, 0));
      put_time (out, "CreationDate", sqlite3_column_int64 (rows, 1));
      close_object (out);
    }
  close_array (out);
  open_object (out, "Owner");
  put_text (out, "ID", ctx->account->number);
  close_object (out);
  put_text (out, "Prefix", prefix);
  if (left < 0 && last != NULL)
    {
      g_autofree char *next = g_base64_encode ((const guchar *) last, strlen (last));

      put_text (out, "ContinuationToken", next);
    }
  return TRUE;
}

static gboolean
get_bucket_location (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *bucket = trestle_json_string (in, "Bucket");
  g_autofree char *region = NULL;

  if (!check_bucket (ctx, bucket))
    return FALSE;
  region = trestle_practice_get_text (ctx->state, "SELECT region FROM buckets WHERE name = ?", "s",
                                      bucket);
  /* The oldest Region is the one that has no name here. */
  put_text (out, "LocationConstraint",
            g_strcmp0 (region, TRESTLE_PRACTICE_REGION) == 0 ? "" : region);
  return TRUE;
}

static gboolean
check_digest (TrestlePracticeContext *ctx, TrestleJson in, GBytes *body)
{
  const char *said = trestle_json_string_or (in, "ContentMD5", NULL);
  g_autofree char *hex = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, body);
  g_autofree guchar *bytes = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gsize size = 0;

  if (said == NULL)
    return TRUE;
  bytes = g_base64_decode (said, &size);
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  if (g_str_equal (text->str, hex))
    return TRUE;
  return trestle_practice_fail (ctx, "BadDigest", 400,
                                "The Content-MD5 you specified did not match what we received.");
}

static gboolean
put_object (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  static const char *const sums[] = { "ChecksumCRC32", "ChecksumCRC32C", "ChecksumCRC64NVME",
                                      "ChecksumSHA1", "ChecksumSHA256" };
  const char *bucket = trestle_json_string (in, "Bucket");
  TrestleJson meta = trestle_json_member (in, "Metadata");
  g_autoptr (GBytes) body = ctx->payload != NULL ? g_bytes_ref (ctx->payload)
                                                 : g_bytes_new_static ("", 0);
  g_autofree char *etag = NULL;
  g_autofree char *text = NULL;

  if (!check_bucket (ctx, bucket) || !check_digest (ctx, in, body))
    return FALSE;
  text = trestle_json_exists (meta) ? trestle_json_to_string (meta.node, FALSE) : g_strdup ("{}");
  etag = trestle_practice_s3_store (
      ctx->state, bucket, trestle_json_string (in, "Key"),
      trestle_json_string_or (in, "ContentType", "binary/octet-stream"), text, body, ctx->now);
  put_text (out, "ETag", etag);
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    put_text (out, sums[i], trestle_json_string_or (in, sums[i], NULL));
  return TRUE;
}

/* "bytes=2-5", "bytes=2-", "bytes=-3"; what cannot be read is passed over, as HTTP has it. */
static gboolean
cut_range (TrestlePracticeContext *ctx, const char *range, gint64 size, JsonBuilder *out)
{
  gint64 from, to;
  char *end;
  g_autofree char *text = NULL;

  if (range == NULL || !g_str_has_prefix (range, "bytes=") || strchr (range, ',') != NULL)
    return TRUE;
  range += strlen ("bytes=");
  if (*range == '-')
    {
      from = MAX (0, size - g_ascii_strtoll (range + 1, NULL, 10));
      to = size - 1;
    }
  else
    {
      from = g_ascii_strtoll (range, &end, 10);
      to = *end == '-' && end[1] != '\0' ? g_ascii_strtoll (end + 1, NULL, 10) : size - 1;
    }
  to = MIN (to, size - 1);
  if (from >= size || from > to)
    return trestle_practice_fail (ctx, "InvalidRange", 416,
                                  "The requested range is not satisfiable");
  if (ctx->answer != NULL)
    {
      GBytes *part = g_bytes_new_from_bytes (ctx->answer, (gsize) from, (gsize) (to - from + 1));

      g_bytes_unref (ctx->answer);
      ctx->answer = part;
    }
  text = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, from,
                          to, size);
  put_text (out, "ContentRange", text);
  put_int (out, "ContentLength", to - from + 1);
  ctx->status = 206;
  return TRUE;
}

static gboolean
read_object (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out, gboolean body)
{
  const char *bucket = trestle_json_string (in, "Bucket");
  const char *key = trestle_json_string (in, "Key");
  g_autoptr (JsonNode) meta = NULL;
  g_autoptr (sqlite3_stmt) rows = NULL;

  if (!check_bucket (ctx, bucket))
    return FALSE;
  rows = trestle_practice_query (ctx->state,
                                 "SELECT modified, size, etag, type, meta, body FROM objects"
                                 " WHERE bucket = ? AND key = ?",
                                 "ss", bucket, key);
  if (!trestle_practice_next (rows))
    {
      trestle_practice_fail (ctx, "NoSuchKey", 404, "The specified key does not exist.");
      trestle_practice_fail_text (ctx, "Key", key);
      return FALSE;
    }
  if (g_strcmp0 (trestle_json_string_or (in, "IfNoneMatch", ""),
                 trestle_practice_column_text (rows, 2))
      == 0)
    return trestle_practice_fail (ctx, "NotModified", 304, "Not Modified");
  if (body)
    ctx->answer = g_bytes_new (sqlite3_column_blob (rows, 5),
                               (gsize) sqlite3_column_bytes (rows, 5));
  put_text (out, "AcceptRanges", "bytes");
  put_time (out, "LastModified", sqlite3_column_int64 (rows, 0));
  put_text (out, "ETag", trestle_practice_column_text (rows, 2));
  put_text (out, "ContentType", trestle_practice_column_text (rows, 3));
  meta = json_from_string (trestle_practice_column_text (rows, 4), NULL);
  put_node (out, "Metadata", meta);
  if (!cut_range (ctx, trestle_json_string_or (in, "Range", NULL), sqlite3_column_int64 (rows, 1),
                  out))
    return FALSE;
  if (ctx->status == 0)
    put_int (out, "ContentLength", sqlite3_column_int64 (rows, 1));
  return TRUE;
}

static gboolean
fetch_object (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  return read_object (ctx, in, out, TRUE);
}

static gboolean
head_object (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  return read_object (ctx, in, out, FALSE);
}

static gboolean
delete_object (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *bucket = trestle_json_string (in, "Bucket");

  if (!check_bucket (ctx, bucket))
    return FALSE;
  trestle_practice_run (ctx->state, "DELETE FROM objects WHERE bucket = ? AND key = ?", "ss",
                        bucket, trestle_json_string (in, "Key"));
  return TRUE;
}

typedef struct
{
  JsonBuilder *contents;
  GHashTable *seen;
  GPtrArray *prefixes; /* in order */
  gboolean encode;
} Listing;

static void
put_key (JsonBuilder *out, const char *name, const char *key, gboolean encode)
{
  g_autofree char *encoded = encode ? trestle_aws_uri_encode (key, FALSE) : NULL;

  put_text (out, name, encode ? encoded : key);
}

static void
put_entry (Listing *listing, sqlite3_stmt *rows)
{
  open_object (listing->contents, NULL);
  put_key (listing->contents, "Key", trestle_practice_column_text (rows, 0), listing->encode);
  put_time (listing->contents, "LastModified", sqlite3_column_int64 (rows, 1));
  put_text (listing->contents, "ETag", trestle_practice_column_text (rows, 2));
  put_int (listing->contents, "Size", sqlite3_column_int64 (rows, 3));
  put_text (listing->contents, "StorageClass", "STANDARD");
  close_object (listing->contents);
}

static gboolean
list_objects (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *bucket = trestle_json_string (in, "Bucket");
  const char *prefix = trestle_json_string_or (in, "Prefix", "");
  const char *delimiter = trestle_json_string_or (in, "Delimiter", NULL);
  const char *token = trestle_json_string_or (in, "ContinuationToken", NULL);
  gint64 max = MIN (1000, trestle_json_int_or (in, "MaxKeys", 1000));
  gint64 count = 0;
  gboolean more = FALSE;
  g_autofree char *after = g_strdup (trestle_json_string_or (in, "StartAfter", ""));
  g_autofree char *last = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) prefixes = g_ptr_array_new ();
  g_autoptr (sqlite3_stmt) rows = NULL;
  Listing listing = { out, seen, prefixes,
                      g_strcmp0 (trestle_json_string_or (in, "EncodingType", NULL), "url") == 0 };

  if (!check_bucket (ctx, bucket))
    return FALSE;
  if (token != NULL)
    {
      g_free (after);
      after = dup_after (ctx, token);
      if (after == NULL)
        return FALSE;
    }
  rows = trestle_practice_query (ctx->state,
                                 "SELECT key, modified, etag, size FROM objects WHERE bucket = ?1"
                                 " AND key > ?2 AND substr (key, 1, length (?3)) = ?3 ORDER BY key",
                                 "sss", bucket, after, prefix);
  open_array (out, "Contents");
  while (trestle_practice_next (rows))
    {
      const char *key = trestle_practice_column_text (rows, 0);
      const char *rest = key + strlen (prefix);
      const char *at = delimiter != NULL && *delimiter ? strstr (rest, delimiter) : NULL;
      g_autofree char *common = at != NULL
                                    ? g_strndup (key, (gsize) (at - key) + strlen (delimiter))
                                    : NULL;

      /* A page that ends with a folder must not begin the next one with the same. */
      if (common != NULL
          && (g_hash_table_contains (seen, common) || g_str_has_prefix (after, common)))
        {
          g_free (last);
          last = g_strdup (key);
          continue;
        }
      if (count >= max)
        {
          more = TRUE;
          break;
        }
      count++;
      g_free (last);
      last = g_strdup (key);
      if (common != NULL)
        {
          g_ptr_array_add (prefixes, common);
          g_hash_table_add (seen, g_steal_pointer (&common));
        }
      else
        put_entry (&listing, rows);
    }
  close_array (out);
  open_array (out, "CommonPrefixes");
  for (guint i = 0; i < prefixes->len; i++)
    {
      open_object (out, NULL);
      put_key (out, "Prefix", prefixes->pdata[i], listing.encode);
      close_object (out);
    }
  close_array (out);
  put_text (out, "Name", bucket);
  put_key (out, "Prefix", prefix, listing.encode);
  if (delimiter != NULL)
    put_key (out, "Delimiter", delimiter, listing.encode);
  put_text (out, "EncodingType", listing.encode ? "url" : NULL);
  put_int (out, "MaxKeys", max);
  put_int (out, "KeyCount", count);
  put_bool (out, "IsTruncated", more);
  put_text (out, "ContinuationToken", token);
  if (more && last != NULL)
    {
      g_autofree char *next = g_base64_encode ((const guchar *) last, strlen (last));

      put_text (out, "NextContinuationToken", next);
    }
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_s3_routes[] = {
  { "s3", "ListBuckets", list_buckets },   { "s3", "GetBucketLocation", get_bucket_location },
  { "s3", "PutObject", put_object },       { "s3", "GetObject", fetch_object },
  { "s3", "HeadObject", head_object },     { "s3", "DeleteObject", delete_object },
  { "s3", "ListObjectsV2", list_objects }, { NULL },
};
