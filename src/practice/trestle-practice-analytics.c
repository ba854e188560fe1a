/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-analytics.h"

#include <string.h>

#include "practice/trestle-practice-context.h"
#include "practice/trestle-practice-data-set.h"
#include "practice/trestle-practice-s3.h"
#include "practice/trestle-practice-sagemaker.h"

/* What AWS takes, typically, and what is waited for at the default speed. */
#define WRITE_SECONDS 600.0
#define WRITE_PATIENCE 4.0

#define refuse(ctx, ...)                                                                           \
  trestle_practice_fail ((ctx), "MarketplaceCommerceAnalyticsException", 400, __VA_ARGS__)

gint64
trestle_practice_analytics_next_due (TrestlePracticeWorld *world)
{
  return trestle_practice_get_int (world->state, 0, "SELECT min (due) FROM data_sets", NULL);
}

static void
put_place (JsonBuilder *out, const char *name, const char *bucket, const char *key)
{
  open_object (out, name);
  put_text (out, "bucketName", bucket);
  put_text (out, "key", key);
  close_object (out);
}

static void
put_moment (JsonBuilder *out, const char *name, gint64 time)
{
  g_autofree char *text = trestle_clock_format_iso (time);

  put_text (out, name, text);
}

/* @request: what was asked for, with the account, as it stands in the answer too. */
static GBytes *
write_meta (const char *id,
            JsonNode *request,
            const char *bucket,
            const char *key,
            const char *meta_key,
            gint64 from,
            gint64 to)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  open_object (out, NULL);
  put_text (out, "dataSetRequestId", id);
  open_object (out, "dataSetCoverageRange");
  put_moment (out, "startDateTime", from);
  put_moment (out, "endDateTime", to);
  close_object (out);
  put_node (out, "dataSetRequestParameters", request);
  put_place (out, "dataSetS3Location", bucket, key);
  put_place (out, "dataSetMetaDataS3Location", bucket, meta_key);
  close_object (out);
  root = json_builder_get_root (out);
  text = json_to_string (root, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

static void
write_set (TrestlePracticeWorld *world, TrestlePracticeBooks *books, sqlite3_stmt *rows, gint64 now)
{
  const char *id = trestle_practice_column_text (rows, 0);
  const char *type = trestle_practice_column_text (rows, 1);
  const char *bucket = trestle_practice_column_text (rows, 3);
  const char *prefix = trestle_practice_column_text (rows, 4);
  const TrestlePracticeDataSet *set = trestle_practice_data_set_find (type);
  gint64 date = sqlite3_column_int64 (rows, 2);
  g_autofree char *day = trestle_clock_format_iso (date);
  g_autoptr (JsonNode) request = json_from_string (trestle_practice_column_text (rows, 5), NULL);
  g_autofree char *owner = trestle_practice_s3_dup_owner (world->state, bucket);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) meta = NULL;
  g_autofree char *key = NULL;
  g_autofree char *meta_key = NULL;
  g_autofree char *etag = NULL;
  g_autofree char *meta_etag = NULL;
  gint64 from, to;

  /* AWS tells by SNS alone that there is nothing for that date, or that the bucket is gone. */
  if (owner == NULL || !trestle_practice_data_set_cover (set, date, now, &from, &to))
    return;
  day[10] = '\0';
  key = g_strdup_printf ("%s%s%s_%s.csv", prefix, *prefix != '\0' ? "/" : "", type, day);
  meta_key = g_strdup_printf ("%s%s%s_%s.meta.json", prefix, *prefix != '\0' ? "/" : "", type, day);
  body = trestle_practice_data_set_write (set, books, from, to);
  meta = write_meta (id, request, bucket, key, meta_key, from, to);
  etag = trestle_practice_s3_store (world->state, bucket, key, "text/csv", "{}", body, now);
  meta_etag = trestle_practice_s3_store (world->state, bucket, meta_key, "application/json", "{}",
                                         meta, now);
}

void
trestle_practice_analytics_settle (TrestlePracticeWorld *world, gint64 now)
{
  g_autoptr (TrestlePracticeBooks) books = NULL;
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (world->state,
                                     "SELECT id, type, date, bucket, prefix, request"
                                     " FROM data_sets WHERE due <= ? ORDER BY due, id",
                                     "i", now);

  while (trestle_practice_next (rows))
    {
      if (books == NULL)
        books = trestle_practice_books_new (world, now);
      write_set (world, books, rows, now);
    }
  g_clear_pointer (&rows, sqlite3_finalize);
  trestle_practice_run (world->state, "DELETE FROM data_sets WHERE due <= ?", "i", now);
}

static gboolean
check_role (TrestlePracticeContext *ctx, const char *arn)
{
  static const char *const actions[] = { "s3:PutObject", "s3:GetBucketLocation", "sns:Publish" };
  JsonArray *roles = trestle_practice_catalogue_get_roles (ctx->world->catalogue,
                                                           ctx->account->number);
  gboolean found = FALSE;

  for (guint i = 0; i < array_length (roles); i++)
    {
      JsonObject *role = json_array_get_object_element (roles, i);
      g_autofree char *policy = NULL;

      if (g_strcmp0 (get_text (role, "Arn"), arn) != 0)
        continue;
      policy = json_to_string (json_object_get_member (role, "AssumeRolePolicyDocument"), FALSE);
      found = strstr (policy, "452565589796") != NULL;
    }
  for (guint i = 0; found && i < G_N_ELEMENTS (actions); i++)
    found = trestle_practice_role_allows (ctx->world->catalogue, ctx->account->number, arn,
                                          actions[i]);
  return found
         || refuse (ctx, "Role %s cannot be assumed by AWS Marketplace, or lacks permissions.",
                    arn);
}

static gboolean
check_request (TrestlePracticeContext *ctx, TrestleJson in, gint64 date)
{
  const char *type = trestle_json_string (in, "dataSetType");
  const char *bucket = trestle_json_string (in, "destinationS3BucketName");
  const char *topic = trestle_json_string (in, "snsTopicArn");
  g_autofree char *own = g_strconcat (":", ctx->account->number, ":", NULL);
  g_autofree char *owner = trestle_practice_s3_dup_owner (ctx->state, bucket);
  const TrestlePracticeDataSet *set = trestle_practice_data_set_find (type);

  if (!g_str_equal (ctx->account->role, "seller"))
    return refuse (ctx, "Account %s is not enrolled in the Commerce Analytics Service.",
                   ctx->account->number);
  if (set->write == NULL)
    return refuse (ctx, "Data set %s is deprecated.", type);
  if (date > ctx->now)
    return refuse (ctx, "dataSetPublicationDate is in the future.");
  if (g_strcmp0 (owner, ctx->account->number) != 0)
    return refuse (ctx, "Bucket %s does not exist, or it is not the account's.", bucket);
  if (!g_str_has_prefix (topic, "arn:aws:sns:") || strstr (topic, own) == NULL)
    return refuse (ctx, "Topic %s does not exist, or it is not the account's.", topic);
  return check_role (ctx, trestle_json_string (in, "roleNameArn"));
}

static gboolean
generate_data_set (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  double seconds = json_node_get_double (trestle_json_member (in, "dataSetPublicationDate").node);
  gint64 date = (gint64) seconds * TRESTLE_SECOND;
  g_autofree char *sent = trestle_json_to_string (in.node, FALSE);
  g_autoptr (JsonNode) request = json_from_string (sent, NULL);
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *id = NULL;
  g_autofree char *prefix = g_strdup (trestle_json_string_or (in, "destinationS3Prefix", ""));

  date -= date % TRESTLE_DAY;
  if (!check_request (ctx, in, date))
    return FALSE;
  while (g_str_has_suffix (prefix, "/"))
    prefix[strlen (prefix) - 1] = '\0';
  day = trestle_clock_format_iso (date);
  json_object_set_string_member (json_node_get_object (request), "dataSetPublicationDate", day);
  json_object_set_string_member (json_node_get_object (request), "sellerAccountId",
                                 ctx->account->number);
  text = json_to_string (request, FALSE);
  hex = trestle_practice_world_new_id (ctx->world, "", TRESTLE_PRACTICE_HEX, 32);
  id = g_strdup_printf ("%.8s-%.4s-4%.3s-a%.3s-%.12s", hex, hex + 8, hex + 13, hex + 17, hex + 20);
  trestle_practice_run (
      ctx->state, "INSERT INTO data_sets VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "sssisssi", id,
      ctx->account->number, trestle_json_string (in, "dataSetType"), date,
      trestle_json_string (in, "destinationS3BucketName"), prefix, text,
      ctx->now + trestle_practice_world_wait (ctx->world, WRITE_SECONDS, WRITE_PATIENCE));
  put_text (out, "dataSetRequestId", id);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_analytics_routes[] = {
  { "marketplacecommerceanalytics", "GenerateDataSet", generate_data_set },
  { NULL },
};
