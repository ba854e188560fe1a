/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "domain/trestle-limits.h"
#include "practice/trestle-practice-sagemaker.h"

gboolean
trestle_practice_tag (TrestlePracticeContext *ctx, TrestleJson tags, const char *arn, gint64 limit)
{
  for (guint i = 0; i < trestle_json_length (tags); i++)
    {
      TrestleJson tag = trestle_json_element (tags, i);

      trestle_practice_run (ctx->state, "INSERT OR REPLACE INTO tags VALUES (?, ?, ?)", "sss", arn,
                            trestle_json_string (tag, "Key"),
                            trestle_json_string_or (tag, "Value", ""));
    }
  if (trestle_practice_get_int (ctx->state, 0, "SELECT count (*) FROM tags WHERE arn = ?", "s", arn)
      > limit)
    return trestle_practice_fail (
        ctx, "ValidationException", 0,
        "The number of tags of %s exceeds the limit of %" G_GINT64_FORMAT ".", arn, limit);
  return TRUE;
}

void
trestle_practice_untag (TrestlePracticeContext *ctx, TrestleJson keys, const char *arn)
{
  for (guint i = 0; i < trestle_json_length (keys); i++)
    trestle_practice_run (ctx->state, "DELETE FROM tags WHERE arn = ? AND key = ?", "ss", arn,
                          trestle_json_self_string (trestle_json_element (keys, i)));
}

gboolean
trestle_practice_sagemaker_tag (TrestlePracticeContext *ctx, TrestleJson tags, const char *arn)
{
  return trestle_practice_tag (ctx, tags, arn, trestle_limit (TRESTLE_LIMIT_TAGS));
}

void
trestle_practice_sagemaker_untag (TrestlePracticeContext *ctx, const char *arn)
{
  trestle_practice_run (ctx->state, "DELETE FROM tags WHERE arn = ?", "s", arn);
}

/* The caller's own spelling of the name does not matter, the resource has to be there. */
static char *
find_resource (TrestlePracticeContext *ctx, const char *arn)
{
  static const char *const kinds[][3] = {
    { "model", "models", "model" },
    { "endpoint-config", "configs", "endpoint configuration" },
    { "endpoint", "endpoints", "endpoint" },
    { "model-package", "model_packages", "model package" },
    { "algorithm", "algorithms", "algorithm" },
    { "transform-job", "transform_jobs", "transform job" },
  };
  const char *name = strrchr (arn, '/');

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *exact = trestle_practice_sagemaker_arn (ctx, kinds[i][0], name + 1);
      g_autofree char *sql = NULL;

      if (g_ascii_strcasecmp (exact, arn) != 0)
        continue;
      sql = g_strdup_printf (
          "SELECT 1 FROM %s WHERE account = ? AND region = ? AND lower (name) = lower (?)",
          kinds[i][1]);
      if (trestle_practice_get_int (ctx->state, 0, sql, "sss", ctx->account->number, ctx->region,
                                    name + 1))
        return g_steal_pointer (&exact);
      trestle_practice_invalid (ctx, "Could not find %s \"%s\".", kinds[i][2], arn);
      return NULL;
    }
  trestle_practice_invalid (ctx, "Could not find resource \"%s\".", arn);
  return NULL;
}

void
trestle_practice_put_tags (TrestlePracticeState *state,
                           const char *arn,
                           gint64 offset,
                           gint64 max,
                           JsonBuilder *out)
{
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (state,
                                     "SELECT key, value FROM tags WHERE arn = ? ORDER BY key"
                                     " LIMIT ? OFFSET ?",
                                     "sii", arn, max, offset);

  open_array (out, "Tags");
  while (trestle_practice_next (rows))
    {
      open_object (out, NULL);
      put_text (out, "Key", trestle_practice_column_text (rows, 0));
      put_text (out, "Value", trestle_practice_column_text (rows, 1));
      close_object (out);
    }
  close_array (out);
}

gboolean
trestle_practice_add_tags (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autofree char *arn = find_resource (ctx, trestle_json_string (in, "ResourceArn"));

  if (arn == NULL || !trestle_practice_sagemaker_tag (ctx, trestle_json_member (in, "Tags"), arn))
    return FALSE;
  trestle_practice_put_tags (ctx->state, arn, 0, -1, out);
  return TRUE;
}

gboolean
trestle_practice_list_tags (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autofree char *arn = find_resource (ctx, trestle_json_string (in, "ResourceArn"));
  g_autofree char *scope = trestle_practice_scope ("ListTags", in);
  gint64 max = trestle_json_int_or (in, "MaxResults", 50);
  gint64 offset;

  if (arn == NULL)
    return FALSE;
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "NextToken", NULL), scope,
                                   &offset))
    return trestle_practice_invalid (ctx, "The value of NextToken is not valid for this request.");
  trestle_practice_put_tags (ctx->state, arn, offset, max, out);
  if (trestle_practice_get_int (ctx->state, 0, "SELECT count (*) FROM tags WHERE arn = ?", "s", arn)
      > offset + max)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, offset + max);

      put_text (out, "NextToken", token);
    }
  return TRUE;
}

gboolean
trestle_practice_delete_tags (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autofree char *arn = find_resource (ctx, trestle_json_string (in, "ResourceArn"));

  if (arn == NULL)
    return FALSE;
  trestle_practice_untag (ctx, trestle_json_member (in, "TagKeys"), arn);
  return TRUE;
}
