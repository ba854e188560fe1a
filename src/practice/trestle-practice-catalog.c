/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-catalog.h"

#include <string.h>

#include "practice/trestle-practice-sagemaker.h"

#define MAX_TAGS 200

gboolean
trestle_practice_catalog_missing (TrestlePracticeContext *ctx, const char *id)
{
  return trestle_practice_fail (ctx, "ResourceNotFoundException", 0, "%s was not found.", id);
}

gboolean
trestle_practice_catalog_check (TrestlePracticeContext *ctx, TrestleJson in)
{
  const char *catalog = trestle_json_string (in, "Catalog");

  if (g_strcmp0 (catalog, TRESTLE_PRACTICE_CATALOG) == 0)
    return TRUE;
  return trestle_practice_fail (ctx, "ResourceNotFoundException", 0,
                                "Catalog: there is no catalog “%s”.", catalog);
}

gboolean
trestle_practice_catalog_page (TrestlePracticeContext *ctx,
                               TrestleJson in,
                               const char *operation,
                               gint64 *offset)
{
  g_autofree char *scope = trestle_practice_scope (operation, in);

  return trestle_practice_page_open (ctx, trestle_json_string_or (in, "NextToken", NULL), scope,
                                     offset)
         || trestle_practice_catalog_invalid (ctx, "NextToken is not of this request.");
}

void
trestle_practice_catalog_put_token (TrestlePracticeContext *ctx,
                                    TrestleJson in,
                                    const char *operation,
                                    gint64 end,
                                    gint64 n,
                                    JsonBuilder *out)
{
  g_autofree char *scope = trestle_practice_scope (operation, in);
  g_autofree char *token = end < n ? trestle_practice_page_token (ctx, scope, end) : NULL;

  put_text (out, "NextToken", token);
}

/* "arn:aws:aws-marketplace:us-east-1:ACCOUNT:AWSMarketplace/KIND/ID" of the caller's. */
static gboolean
check_arn (TrestlePracticeContext *ctx, const char *arn, gboolean entity_only)
{
  g_auto (GStrv) parts = g_strsplit (arn, "/", -1);
  g_autofree char *start = g_strdup_printf ("arn:aws:aws-marketplace:" TRESTLE_PRACTICE_REGION
                                            ":%s:" TRESTLE_PRACTICE_CATALOG,
                                            ctx->account->number);
  gboolean there = FALSE;

  if (g_strv_length (parts) == 3 && g_str_equal (parts[0], start))
    {
      if (g_str_equal (parts[1], "ChangeSet") && !entity_only)
        there = trestle_practice_get_int (ctx->state, 0,
                                          "SELECT 1 FROM change_sets WHERE id = ? AND account = ?",
                                          "ss", parts[2], ctx->account->number);
      else
        there = trestle_practice_get_int (
            ctx->state, 0, "SELECT 1 FROM entities WHERE id = ? AND type = ? AND account = ?",
            "sss", parts[2], parts[1], ctx->account->number);
    }
  return there || trestle_practice_catalog_missing (ctx, arn);
}

static gboolean
list_tags (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *arn = trestle_json_string (in, "ResourceArn");

  if (!check_arn (ctx, arn, FALSE))
    return FALSE;
  put_text (out, "ResourceArn", arn);
  trestle_practice_put_tags (ctx->state, arn, 0, -1, out);
  return TRUE;
}

static gboolean
tag_resource (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *arn = trestle_json_string (in, "ResourceArn");

  return check_arn (ctx, arn, FALSE)
         && trestle_practice_tag (ctx, trestle_json_member (in, "Tags"), arn, MAX_TAGS);
}

static gboolean
untag_resource (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *arn = trestle_json_string (in, "ResourceArn");

  if (!check_arn (ctx, arn, FALSE))
    return FALSE;
  trestle_practice_untag (ctx, trestle_json_member (in, "TagKeys"), arn);
  return TRUE;
}

static char *
find_policy (TrestlePracticeState *state, const char *arn)
{
  return trestle_practice_get_text (state, "SELECT policy FROM policies WHERE arn = ?", "s", arn);
}

static gboolean
get_policy (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *arn = trestle_json_string (in, "ResourceArn");
  g_autofree char *policy = NULL;

  if (!check_arn (ctx, arn, TRUE))
    return FALSE;
  policy = find_policy (ctx->state, arn);
  if (policy == NULL)
    return trestle_practice_fail (ctx, "ResourceNotFoundException", 0, "%s has no policy.", arn);
  put_text (out, "Policy", policy);
  return TRUE;
}

static gboolean
put_policy (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *arn = trestle_json_string (in, "ResourceArn");
  const char *policy = trestle_json_string (in, "Policy");
  g_autoptr (JsonNode) node = NULL;

  if (!check_arn (ctx, arn, TRUE))
    return FALSE;
  node = json_from_string (policy, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)
      || !json_object_has_member (json_node_get_object (node), "Statement"))
    return trestle_practice_catalog_invalid (ctx, "Policy: not a policy document.");
  trestle_practice_run (ctx->state, "INSERT OR REPLACE INTO policies VALUES (?, ?)", "ss", arn,
                        policy);
  return TRUE;
}

static gboolean
delete_policy (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *arn = trestle_json_string (in, "ResourceArn");

  if (!check_arn (ctx, arn, TRUE))
    return FALSE;
  trestle_practice_run (ctx->state, "DELETE FROM policies WHERE arn = ?", "s", arn);
  return TRUE;
}

/* The principals of a policy are enough here; what exactly they may do is not weighed. */
gboolean
trestle_practice_may_see (TrestlePracticeContext *ctx, const TrestlePracticeEntity *entity)
{
  g_autofree char *arn = trestle_practice_entity_dup_arn (entity);
  g_autofree char *policy = NULL;

  if (g_str_equal (entity->account, ctx->account->number))
    return TRUE;
  policy = find_policy (ctx->state, arn);
  return policy != NULL && strstr (policy, ctx->account->number) != NULL;
}

const TrestlePracticeRoute trestle_practice_catalog_routes[] = {
  { "marketplace-catalog", "StartChangeSet", trestle_practice_start_change_set },
  { "marketplace-catalog", "DescribeChangeSet", trestle_practice_describe_change_set },
  { "marketplace-catalog", "CancelChangeSet", trestle_practice_cancel_change_set },
  { "marketplace-catalog", "ListChangeSets", trestle_practice_list_change_sets },
  { "marketplace-catalog", "ListEntities", trestle_practice_list_entities },
  { "marketplace-catalog", "DescribeEntity", trestle_practice_describe_entity },
  { "marketplace-catalog", "BatchDescribeEntities", trestle_practice_batch_describe_entities },
  { "marketplace-catalog", "ListTagsForResource", list_tags },
  { "marketplace-catalog", "TagResource", tag_resource },
  { "marketplace-catalog", "UntagResource", untag_resource },
  { "marketplace-catalog", "GetResourcePolicy", get_policy },
  { "marketplace-catalog", "PutResourcePolicy", put_policy },
  { "marketplace-catalog", "DeleteResourcePolicy", delete_policy },
  { NULL },
};
