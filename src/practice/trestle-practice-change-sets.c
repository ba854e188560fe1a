/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-change-set.h"

#define HISTORY_DAYS 90

static gboolean
is_filter (const char *name)
{
  static const char *const names[] = { "ChangeSetName",  "Status",
                                       "EntityId",       "BeforeStartTime",
                                       "AfterStartTime", "BeforeEndTime",
                                       "AfterEndTime",   NULL };

  return g_strv_contains (names, name);
}

static gboolean
check_filters (TrestlePracticeContext *ctx, TrestleJson filters)
{
  for (guint i = 0; i < trestle_json_length (filters); i++)
    {
      TrestleJson filter = trestle_json_element (filters, i);
      const char *name = trestle_json_string_or (filter, "Name", "");
      TrestleJson values = trestle_json_member (filter, "ValueList");

      if (!is_filter (name))
        return trestle_practice_catalog_invalid (ctx,
                                                 "FilterList[%u].Name: “%s” cannot be filtered"
                                                 " by.",
                                                 i, name);
      for (guint j = 0; j < trestle_json_length (values) && g_str_has_suffix (name, "Time"); j++)
        {
          const char *text = trestle_json_self_string (trestle_json_element (values, j));
          gint64 time;

          if (text == NULL || strlen (text) != 20 || !trestle_clock_parse (text, &time))
            return trestle_practice_catalog_invalid (ctx,
                                                     "FilterList[%u].ValueList: “%s” is not a time"
                                                     " like 2026-08-07T06:15:00Z.",
                                                     i, text ? text : "");
        }
    }
  return TRUE;
}

static gboolean
has_entity (TrestlePracticeChangeSet *set, const char *id)
{
  for (guint i = 0; i < set->changes->len; i++)
    if (g_strcmp0 (((TrestlePracticeChange *) set->changes->pdata[i])->id, id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
matches_value (TrestlePracticeChangeSet *set, const char *name, const char *value)
{
  gint64 time = 0;
  gint64 moment = strstr (name, "Start") != NULL ? set->started : set->ended;

  if (g_str_equal (name, "ChangeSetName"))
    return g_strcmp0 (set->name, value) == 0;
  if (g_str_equal (name, "Status"))
    return g_strcmp0 (set->status, value) == 0;
  if (g_str_equal (name, "EntityId"))
    return has_entity (set, value);
  if (moment == 0 || !trestle_clock_parse (value, &time))
    return FALSE;
  return g_str_has_prefix (name, "Before") ? moment < time : moment > time;
}

static gboolean
matches (TrestlePracticeChangeSet *set, TrestleJson filters)
{
  for (guint i = 0; i < trestle_json_length (filters); i++)
    {
      TrestleJson filter = trestle_json_element (filters, i);
      TrestleJson values = trestle_json_member (filter, "ValueList");
      gboolean any = FALSE;

      for (guint j = 0; j < trestle_json_length (values); j++)
        any = any
              || matches_value (set, trestle_json_string_or (filter, "Name", ""),
                                trestle_json_self_string (trestle_json_element (values, j)));
      if (!any)
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
load (TrestlePracticeContext *ctx, TrestleJson in, const char *by, const char *order)
{
  g_autofree char *sql = g_strdup_printf (
      TRESTLE_PRACTICE_CHANGE_SETS "WHERE account = ? AND started > ? ORDER BY %s %s, rowid %s",
      g_str_equal (by, "EndTime") ? "ended" : "started", order, order);
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      ctx->state, sql, "si", ctx->account->number, ctx->now - HISTORY_DAYS * TRESTLE_DAY);
  GPtrArray *sets = g_ptr_array_new_with_free_func (
      (GDestroyNotify) trestle_practice_change_set_free);

  while (trestle_practice_next (rows))
    {
      g_autoptr (TrestlePracticeChangeSet) set = trestle_practice_change_set_read (rows);

      if (matches (set, trestle_json_member (in, "FilterList")))
        g_ptr_array_add (sets, g_steal_pointer (&set));
    }
  return sets;
}

/* What a set makes has no identifier before it is made. */
static void
put_entities (JsonBuilder *out, TrestlePracticeChangeSet *set)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) made = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean done = g_str_equal (set->status, "SUCCEEDED");

  for (guint i = 0; i < set->changes->len && !done; i++)
    {
      TrestlePracticeChange *change = set->changes->pdata[i];

      if (change->type->creates)
        g_hash_table_add (made, change->id);
    }
  open_array (out, "EntityIdList");
  for (guint i = 0; i < set->changes->len; i++)
    {
      TrestlePracticeChange *change = set->changes->pdata[i];

      if (!g_hash_table_contains (made, change->id) && g_hash_table_add (seen, change->id))
        json_builder_add_string_value (out, change->id);
    }
  close_array (out);
}

static void
put_set (TrestlePracticeContext *ctx, JsonBuilder *out, TrestlePracticeChangeSet *set)
{
  g_autofree char *arn = trestle_practice_change_set_dup_arn (set->account, set->id);
  g_autofree char *started = trestle_clock_format_iso (set->started);
  g_autofree char *ended = set->ended != 0 ? trestle_clock_format_iso (set->ended) : NULL;

  open_object (out, NULL);
  put_text (out, "ChangeSetId", set->id);
  put_text (out, "ChangeSetArn", arn);
  put_text (out, "ChangeSetName", set->name);
  put_text (out, "StartTime", started);
  put_text (out, "EndTime", ended);
  put_text (out, "Status", set->status);
  put_entities (out, set);
  put_text (out, "FailureCode", set->failure_code);
  close_object (out);
}

gboolean
trestle_practice_list_change_sets (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  TrestleJson sort = trestle_json_member (in, "Sort");
  const char *by = trestle_json_string_or (sort, "SortBy", "StartTime");
  const char *order = trestle_json_string_or (sort, "SortOrder", "DESCENDING");
  gint64 max = trestle_json_int_or (in, "MaxResults", 20);
  g_autoptr (GPtrArray) sets = NULL;
  gint64 offset;

  if (!trestle_practice_catalog_check (ctx, in)
      || !check_filters (ctx, trestle_json_member (in, "FilterList"))
      || !trestle_practice_catalog_page (ctx, in, "ListChangeSets", &offset))
    return FALSE;
  if (!g_str_equal (by, "StartTime") && !g_str_equal (by, "EndTime"))
    return trestle_practice_catalog_invalid (ctx,
                                             "Sort.SortBy: “%s” is neither StartTime nor"
                                             " EndTime.",
                                             by);
  sets = load (ctx, in, by, g_str_equal (order, "ASCENDING") ? "ASC" : "DESC");
  open_array (out, "ChangeSetSummaryList");
  for (gint64 i = offset; i < MIN (offset + max, (gint64) sets->len); i++)
    put_set (ctx, out, sets->pdata[i]);
  close_array (out);
  trestle_practice_catalog_put_token (ctx, in, "ListChangeSets", offset + max, sets->len, out);
  return TRUE;
}
