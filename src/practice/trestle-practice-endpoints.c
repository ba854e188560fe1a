/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-endpoints.h"

#include "practice/trestle-practice-container.h"
#include "practice/trestle-practice-meter.h"
#include "practice/trestle-practice-sagemaker.h"

#define DELETE_SECONDS 90.0

gint64
trestle_practice_endpoints_next_due (TrestlePracticeWorld *world)
{
  return trestle_practice_get_int (world->state, 0, "SELECT min (due) FROM endpoints WHERE due > 0",
                                   NULL);
}

static void
forget (TrestlePracticeState *state, const char *account, const char *region, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *arn = g_strdup_printf ("arn:aws:sagemaker:%s:%s:endpoint/%s", region, account,
                                          lower);

  trestle_practice_run (state, "DELETE FROM tags WHERE arn = ?", "s", arn);
  trestle_practice_run (state,
                        "DELETE FROM variants WHERE account = ? AND region = ? AND endpoint = ?",
                        "sss", account, region, name);
  trestle_practice_run (state,
                        "DELETE FROM endpoints WHERE account = ? AND region = ? AND name = ?",
                        "sss", account, region, name);
}

void
trestle_practice_endpoints_settle (TrestlePracticeWorld *world, gint64 now)
{
  g_autoptr (sqlite3_stmt)
      gone = trestle_practice_query (world->state,
                                     "SELECT account, region, name FROM endpoints"
                                     " WHERE status = 'Deleting' AND due > 0 AND due <= ?",
                                     "i", now);

  while (trestle_practice_next (gone))
    forget (world->state, trestle_practice_column_text (gone, 0),
            trestle_practice_column_text (gone, 1), trestle_practice_column_text (gone, 2));
  g_clear_pointer (&gone, sqlite3_finalize);
  /* What happened while nobody looked happened at its own time. */
  trestle_practice_run (world->state,
                        "UPDATE endpoints SET status = next, modified = due, due = 0, next = NULL"
                        " WHERE due > 0 AND due <= ?",
                        "i", now);
}

static void
put_variants (TrestlePracticeContext *ctx, JsonBuilder *out, const char *endpoint)
{
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (ctx->state,
                                     "SELECT name, count, weight FROM variants"
                                     " WHERE account = ? AND region = ? AND endpoint = ?"
                                     " ORDER BY position",
                                     "sss", ctx->account->number, ctx->region, endpoint);

  open_array (out, "ProductionVariants");
  while (trestle_practice_next (rows))
    {
      gint64 count = sqlite3_column_int64 (rows, 1);
      double weight = sqlite3_column_double (rows, 2);

      open_object (out, NULL);
      put_text (out, "VariantName", trestle_practice_column_text (rows, 0));
      put_double (out, "CurrentWeight", weight);
      put_double (out, "DesiredWeight", weight);
      put_int (out, "CurrentInstanceCount", count);
      put_int (out, "DesiredInstanceCount", count);
      close_object (out);
    }
  close_array (out);
}

static gboolean
describe_endpoint (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "EndpointName");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "endpoint", name);
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      ctx->state,
      "SELECT config, status, reason, created, modified FROM endpoints"
      " WHERE account = ? AND region = ? AND name = ?",
      "sss", ctx->account->number, ctx->region, name);
  const char *status;

  if (!trestle_practice_next (rows))
    return trestle_practice_sagemaker_missing (ctx, "endpoint", "endpoint", name);
  status = trestle_practice_column_text (rows, 1);
  put_text (out, "EndpointName", name);
  put_text (out, "EndpointArn", arn);
  put_text (out, "EndpointConfigName", trestle_practice_column_text (rows, 0));
  put_text (out, "EndpointStatus", status);
  /* Known from the start, told only once it has failed. */
  if (g_str_equal (status, "Failed"))
    put_text (out, "FailureReason", trestle_practice_column_text (rows, 2));
  put_time (out, "CreationTime", sqlite3_column_int64 (rows, 3));
  put_time (out, "LastModifiedTime", sqlite3_column_int64 (rows, 4));
  if (!g_str_equal (status, "Creating") && !g_str_equal (status, "Failed"))
    put_variants (ctx, out, name);
  return TRUE;
}

static void
stop_containers (TrestlePracticeContext *ctx, const char *endpoint)
{
  g_autofree char *group = g_strconcat ("/aws/sagemaker/Endpoints/", endpoint, NULL);
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (ctx->state,
                                     "SELECT s.id FROM streams s JOIN variants v"
                                     " ON v.account = s.account AND v.region = s.region"
                                     " AND v.name || '/' || v.instance = s.name AND v.endpoint = ?"
                                     " WHERE s.account = ? AND s.region = ? AND s.grp = ?",
                                     "ssss", endpoint, ctx->account->number, ctx->region, group);

  while (trestle_practice_next (rows))
    {
      TrestlePracticeStream stream = { ctx->state, sqlite3_column_int64 (rows, 0) };

      trestle_practice_container_stop (&stream, ctx->now);
    }
}

static gboolean
delete_endpoint (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "EndpointName");
  g_autofree char *status = trestle_practice_get_text (
      ctx->state,
      "SELECT status FROM endpoints"
      " WHERE account = ? AND region = ? AND name = ?",
      "sss", ctx->account->number, ctx->region, name);

  if (status == NULL)
    return trestle_practice_sagemaker_missing (ctx, "endpoint", "endpoint", name);
  if (g_str_equal (status, "Creating") || g_str_equal (status, "Deleting"))
    {
      g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "endpoint", name);

      return trestle_practice_invalid (ctx, "Cannot update in-progress endpoint \"%s\".", arn);
    }
  if (g_str_equal (status, "InService"))
    {
      trestle_practice_meter_endpoints (ctx->world, ctx->account->number, ctx->region, name,
                                        ctx->now);
      stop_containers (ctx, name);
    }
  trestle_practice_run (ctx->state,
                        "UPDATE endpoints SET status = 'Deleting', modified = ?, due = ?,"
                        " next = NULL WHERE account = ? AND region = ? AND name = ?",
                        "iisss", ctx->now,
                        ctx->now + trestle_practice_world_delay (ctx->world, DELETE_SECONDS),
                        ctx->account->number, ctx->region, name);
  return TRUE;
}

static gboolean
list_endpoints (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_auto (TrestlePracticeList) list = { 0 };

  if (!trestle_practice_list_open (ctx, in, "ListEndpoints", "endpoints",
                                   "name, created, modified, status", &list))
    return FALSE;
  open_array (out, "Endpoints");
  while (trestle_practice_list_next (&list))
    {
      const char *name = trestle_practice_column_text (list.rows, 0);
      g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "endpoint", name);

      open_object (out, NULL);
      put_text (out, "EndpointName", name);
      put_text (out, "EndpointArn", arn);
      put_time (out, "CreationTime", sqlite3_column_int64 (list.rows, 1));
      put_time (out, "LastModifiedTime", sqlite3_column_int64 (list.rows, 2));
      put_text (out, "EndpointStatus", trestle_practice_column_text (list.rows, 3));
      close_object (out);
    }
  close_array (out);
  trestle_practice_list_end (ctx, &list, out);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_endpoint_routes[] = {
  { "sagemaker", "CreateEndpointConfig", trestle_practice_create_endpoint_config },
  { "sagemaker", "DescribeEndpointConfig", trestle_practice_describe_endpoint_config },
  { "sagemaker", "DeleteEndpointConfig", trestle_practice_delete_endpoint_config },
  { "sagemaker", "ListEndpointConfigs", trestle_practice_list_endpoint_configs },
  { "sagemaker", "CreateEndpoint", trestle_practice_create_endpoint },
  { "sagemaker", "DescribeEndpoint", describe_endpoint },
  { "sagemaker", "DeleteEndpoint", delete_endpoint },
  { "sagemaker", "ListEndpoints", list_endpoints },
  { NULL },
};
