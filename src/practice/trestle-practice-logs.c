/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-context.h"
#include "practice/trestle-practice-filter.h"

#define MS(time) ((time) / 1000)
/* A page of events is at most this large, each counted with 26 bytes of its own. */
#define PAGE_BYTES (1024 * 1024)

static gboolean
fail_parameter (TrestlePracticeContext *ctx, const char *message)
{
  return trestle_practice_fail (ctx, "InvalidParameterException", 400, "%s", message);
}

/* "arn:aws:logs:us-east-1:111122223333:log-group:NAME[:*]" or just the name. */
static char *
dup_group (TrestleJson in)
{
  const char *name = trestle_json_string_or (in, "logGroupName", NULL);
  const char *identifier = trestle_json_string_or (in, "logGroupIdentifier", NULL);
  const char *at;
  char *group;

  if (name != NULL || identifier == NULL)
    return g_strdup (name);
  at = strstr (identifier, ":log-group:");
  group = g_strdup (at != NULL ? at + strlen (":log-group:") : identifier);
  if (g_str_has_suffix (group, ":*"))
    group[strlen (group) - 2] = '\0';
  return group;
}

static char *
find_group (TrestlePracticeContext *ctx, TrestleJson in)
{
  g_autofree char *group = dup_group (in);

  if (group == NULL)
    {
      fail_parameter (ctx, "Either logGroupName or logGroupIdentifier is required.");
      return NULL;
    }
  if (trestle_practice_get_int (ctx->state, 0,
                                "SELECT 1 FROM streams WHERE account = ? AND region = ?"
                                " AND grp = ? AND created <= ?",
                                "sssi", ctx->account->number, ctx->region, group, ctx->now))
    return g_steal_pointer (&group);
  trestle_practice_fail (ctx, "ResourceNotFoundException", 400,
                         "The specified log group does not exist.");
  return NULL;
}

static gboolean
describe_log_groups (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *prefix = trestle_json_string_or (in, "logGroupNamePrefix", NULL);
  const char *pattern = trestle_json_string_or (in, "logGroupNamePattern", NULL);
  g_autofree char *scope = trestle_practice_scope ("DescribeLogGroups", in);
  gint64 max = trestle_json_int_or (in, "limit", 50);
  gint64 offset, seen = 0;
  g_autoptr (sqlite3_stmt) rows = NULL;

  if (prefix != NULL && pattern != NULL)
    return fail_parameter (ctx, "LogGroup name prefix and LogGroup name pattern are mutually"
                                " exclusive parameters.");
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), scope,
                                   &offset))
    return fail_parameter (ctx, "The specified nextToken is invalid.");
  rows = trestle_practice_query (
      ctx->state,
      "SELECT s.grp, min (s.created), (SELECT total (length (e.message) + 26) FROM events e"
      "  JOIN streams t ON t.id = e.stream WHERE t.account = ?1 AND t.region = ?2"
      "  AND t.grp = s.grp AND e.time <= ?3) FROM streams s"
      " WHERE s.account = ?1 AND s.region = ?2 AND s.created <= ?3"
      " AND (?4 IS NULL OR substr (s.grp, 1, length (?4)) = ?4)"
      " AND (?5 IS NULL OR instr (lower (s.grp), lower (?5)) > 0)"
      " GROUP BY s.grp ORDER BY s.grp LIMIT ?6 OFFSET ?7",
      "ssissii", ctx->account->number, ctx->region, ctx->now, prefix, pattern, max + 1, offset);
  open_array (out, "logGroups");
  while (trestle_practice_next (rows) && seen++ < max)
    {
      const char *name = trestle_practice_column_text (rows, 0);
      g_autofree char *arn = g_strdup_printf ("arn:aws:logs:%s:%s:log-group:%s", ctx->region,
                                              ctx->account->number, name);
      g_autofree char *all = g_strconcat (arn, ":*", NULL);

      open_object (out, NULL);
      put_text (out, "logGroupName", name);
      put_int (out, "creationTime", MS (sqlite3_column_int64 (rows, 1)));
      put_int (out, "metricFilterCount", 0);
      put_text (out, "arn", all);
      put_int (out, "storedBytes", sqlite3_column_int64 (rows, 2));
      put_text (out, "logGroupClass", "STANDARD");
      put_text (out, "logGroupArn", arn);
      close_object (out);
    }
  close_array (out);
  if (seen > max)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, offset + max);

      put_text (out, "nextToken", token);
    }
  return TRUE;
}

static void
put_stream (TrestlePracticeContext *ctx, JsonBuilder *out, const char *group, sqlite3_stmt *rows)
{
  const char *name = trestle_practice_column_text (rows, 0);
  g_autofree char *arn = g_strdup_printf ("arn:aws:logs:%s:%s:log-group:%s:log-stream:%s",
                                          ctx->region, ctx->account->number, group, name);

  open_object (out, NULL);
  put_text (out, "logStreamName", name);
  put_int (out, "creationTime", MS (sqlite3_column_int64 (rows, 1)));
  if (sqlite3_column_type (rows, 2) != SQLITE_NULL)
    {
      put_int (out, "firstEventTimestamp", MS (sqlite3_column_int64 (rows, 2)));
      put_int (out, "lastEventTimestamp", MS (sqlite3_column_int64 (rows, 3)));
      put_int (out, "lastIngestionTime", MS (sqlite3_column_int64 (rows, 3)));
    }
  put_text (out, "arn", arn);
  put_int (out, "storedBytes", 0);
  close_object (out);
}

static gboolean
describe_log_streams (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *prefix = trestle_json_string_or (in, "logStreamNamePrefix", NULL);
  gboolean by_time = g_str_equal (trestle_json_string_or (in, "orderBy", ""), "LastEventTime");
  const char *direction = trestle_json_bool_or (in, "descending", FALSE) ? "DESC" : "ASC";
  g_autofree char *group = find_group (ctx, in);
  g_autofree char *scope = trestle_practice_scope ("DescribeLogStreams", in);
  g_autofree char *sql = NULL;
  gint64 max = trestle_json_int_or (in, "limit", 50);
  gint64 offset, seen = 0;
  g_autoptr (sqlite3_stmt) rows = NULL;

  if (group == NULL)
    return FALSE;
  if (by_time && prefix != NULL)
    return fail_parameter (ctx, "Cannot order by LastEventTime with a logStreamNamePrefix.");
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), scope,
                                   &offset))
    return fail_parameter (ctx, "The specified nextToken is invalid.");
  sql = g_strdup_printf (
      "SELECT s.name, s.created,"
      " (SELECT min (time) FROM events WHERE stream = s.id AND time <= ?4),"
      " (SELECT max (time) FROM events WHERE stream = s.id AND time <= ?4) AS last"
      " FROM streams s WHERE s.account = ?1 AND s.region = ?2 AND s.grp = ?3 AND s.created <= ?4"
      " AND (?5 IS NULL OR substr (s.name, 1, length (?5)) = ?5)"
      " ORDER BY %s %s, s.name %s LIMIT ?6 OFFSET ?7",
      by_time ? "last" : "s.name", direction, direction);
  rows = trestle_practice_query (ctx->state, sql, "sssisii", ctx->account->number, ctx->region,
                                 group, ctx->now, prefix, max + 1, offset);
  open_array (out, "logStreams");
  while (trestle_practice_next (rows) && seen++ < max)
    put_stream (ctx, out, group, rows);
  close_array (out);
  if (seen > max)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, offset + max);

      put_text (out, "nextToken", token);
    }
  return TRUE;
}

static gint64
from_ms (TrestleJson in, const char *name, gint64 otherwise)
{
  gint64 ms = trestle_json_int_or (in, name, -1);

  return ms < 0 ? otherwise : ms > G_MAXINT64 / 1000 ? G_MAXINT64 : ms * 1000;
}

static gboolean
wants_stream (TrestleJson in, char **names, const char *name)
{
  const char *prefix = trestle_json_string_or (in, "logStreamNamePrefix", NULL);

  if (prefix != NULL && !g_str_has_prefix (name, prefix))
    return FALSE;
  return names[0] == NULL || g_strv_contains ((const char *const *) names, name);
}

static gboolean
filter_log_events (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autofree char *group = find_group (ctx, in);
  g_autofree char *scope = trestle_practice_scope ("FilterLogEvents", in);
  g_auto (GStrv) names = trestle_json_dup_strv (in, "logStreamNames");
  g_autoptr (TrestlePracticeFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows = NULL;
  gint64 max = trestle_json_int_or (in, "limit", 10000);
  gint64 offset, seen = 0, at = 0;
  gsize size = 0;
  gboolean more = FALSE;

  if (group == NULL)
    return FALSE;
  if (names[0] != NULL && trestle_json_exists (trestle_json_member (in, "logStreamNamePrefix")))
    return fail_parameter (ctx, "logStreamNames and logStreamNamePrefix exclude each other.");
  filter = trestle_practice_filter_new (trestle_json_string_or (in, "filterPattern", ""), &error);
  if (filter == NULL)
    return fail_parameter (ctx, error->message);
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), scope,
                                   &offset))
    return fail_parameter (ctx, "The specified nextToken is invalid.");
  rows = trestle_practice_query (
      ctx->state,
      "SELECT e.id, e.time, e.message, s.name FROM events e JOIN streams s ON s.id = e.stream"
      " WHERE s.account = ? AND s.region = ? AND s.grp = ? AND e.time <= ? AND e.time >= ?"
      " AND e.time < ? ORDER BY e.time, e.id",
      "sssiii", ctx->account->number, ctx->region, group, ctx->now,
      from_ms (in, "startTime", G_MININT64), from_ms (in, "endTime", G_MAXINT64));
  open_array (out, "events");
  for (; trestle_practice_next (rows); at++)
    {
      const char *message = trestle_practice_column_text (rows, 2);
      g_autofree char *id = NULL;

      if (at < offset || !wants_stream (in, names, trestle_practice_column_text (rows, 3))
          || !trestle_practice_filter_matches (filter, message))
        continue;
      if (seen >= max || size > PAGE_BYTES)
        {
          more = TRUE;
          break;
        }
      seen++;
      size += strlen (message) + 26;
      id = g_strdup_printf ("%056" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (rows, 0));
      open_object (out, NULL);
      put_text (out, "logStreamName", trestle_practice_column_text (rows, 3));
      put_int (out, "timestamp", MS (sqlite3_column_int64 (rows, 1)));
      put_text (out, "message", message);
      put_int (out, "ingestionTime", MS (sqlite3_column_int64 (rows, 1)));
      put_text (out, "eventId", id);
      close_object (out);
    }
  close_array (out);
  open_array (out, "searchedLogStreams");
  close_array (out);
  if (more)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, at);

      put_text (out, "nextToken", token);
    }
  return TRUE;
}

/* "f/" or "b/", then time and id of the event at the edge, both of fixed width. */
static char *
make_edge (char side, gint64 time, gint64 id)
{
  return g_strdup_printf ("%c/%036" G_GINT64_FORMAT "%020" G_GINT64_FORMAT "/s", side, time, id);
}

static gboolean
read_edge (const char *token, gint64 *time, gint64 *id)
{
  char text[40];

  if (strlen (token) != 60 || (token[0] != 'f' && token[0] != 'b') || token[1] != '/')
    return FALSE;
  g_strlcpy (text, token + 2, 37);
  *time = g_ascii_strtoll (text, NULL, 10);
  g_strlcpy (text, token + 38, 21);
  *id = g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

typedef struct
{
  gint64 time;
  gint64 id;
} Edge;

static void
put_events (JsonBuilder *out,
            sqlite3_stmt *rows,
            gint64 max,
            gboolean backwards,
            Edge *first,
            Edge *last)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  gsize size = 0;

  while ((gint64) nodes->len < max && size < PAGE_BYTES && trestle_practice_next (rows))
    {
      g_autoptr (JsonBuilder) one = json_builder_new ();
      Edge edge = { sqlite3_column_int64 (rows, 1), sqlite3_column_int64 (rows, 0) };
      const char *message = trestle_practice_column_text (rows, 2);

      json_builder_begin_object (one);
      put_int (one, "timestamp", MS (edge.time));
      put_text (one, "message", message);
      put_int (one, "ingestionTime", MS (edge.time));
      json_builder_end_object (one);
      if (backwards ? TRUE : nodes->len == 0)
        *first = edge;
      if (backwards ? nodes->len == 0 : TRUE)
        *last = edge;
      size += strlen (message) + 26;
      g_ptr_array_add (nodes, json_builder_get_root (one));
    }
  open_array (out, "events");
  for (guint i = 0; i < nodes->len; i++)
    json_builder_add_value (out, json_node_copy (nodes->pdata[backwards ? nodes->len - 1 - i : i]));
  close_array (out);
}

static gboolean
get_log_events (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *token = trestle_json_string_or (in, "nextToken", NULL);
  gboolean head = trestle_json_bool_or (in, "startFromHead", FALSE);
  gint64 max = trestle_json_int_or (in, "limit", 10000);
  g_autofree char *group = find_group (ctx, in);
  g_autofree char *forward = NULL;
  g_autofree char *backward = NULL;
  g_autoptr (sqlite3_stmt) rows = NULL;
  Edge edge = { head ? G_MININT64 : G_MAXINT64, 0 };
  Edge first, last;
  gint64 stream;

  if (group == NULL)
    return FALSE;
  stream = trestle_practice_get_int (ctx->state, 0,
                                     "SELECT id FROM streams WHERE account = ? AND region = ?"
                                     " AND grp = ? AND name = ? AND created <= ?",
                                     "ssssi", ctx->account->number, ctx->region, group,
                                     trestle_json_string (in, "logStreamName"), ctx->now);
  if (stream == 0)
    return trestle_practice_fail (ctx, "ResourceNotFoundException", 400,
                                  "The specified log stream does not exist.");
  if (token != NULL && !read_edge (token, &edge.time, &edge.id))
    return fail_parameter (ctx, "The specified nextToken is invalid.");
  if (token != NULL && token[0] == 'f' && !head
      && trestle_json_exists (trestle_json_member (in, "startFromHead")))
    return fail_parameter (ctx, "startFromHead must be true with a forward token.");
  if (token != NULL)
    head = token[0] == 'f';
  rows = trestle_practice_query (
      ctx->state,
      head ? "SELECT id, time, message FROM events WHERE stream = ?1 AND time <= ?2"
             " AND time >= ?3 AND time < ?4 AND (time, id) > (?5, ?6) ORDER BY time, id"
           : "SELECT id, time, message FROM events WHERE stream = ?1 AND time <= ?2"
             " AND time >= ?3 AND time < ?4 AND (time, id) < (?5, ?6) ORDER BY time DESC, id DESC",
      "iiiiii", stream, ctx->now, from_ms (in, "startTime", G_MININT64),
      from_ms (in, "endTime", G_MAXINT64), edge.time, edge.id);
  /* Without events both edges stay where the caller was: the same token says that this is the end. */
  first = last = edge;
  if (token == NULL)
    first = last = (Edge) { head ? 0 : ctx->now, head ? 0 : G_MAXINT32 };
  put_events (out, rows, max, !head, &first, &last);
  forward = make_edge ('f', last.time, last.id);
  backward = make_edge ('b', first.time, first.id);
  put_text (out, "nextForwardToken", forward);
  put_text (out, "nextBackwardToken", backward);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_logs_routes[] = {
  { "logs", "DescribeLogGroups", describe_log_groups },
  { "logs", "DescribeLogStreams", describe_log_streams },
  { "logs", "FilterLogEvents", filter_log_events },
  { "logs", "GetLogEvents", get_log_events },
  { NULL },
};
