/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-sagemaker.h"

#include <string.h>

#include "practice/trestle-practice-agreement.h"

char *
trestle_practice_sagemaker_arn (TrestlePracticeContext *ctx, const char *kind, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strdup_printf ("arn:aws:sagemaker:%s:%s:%s/%s", ctx->region, ctx->account->number, kind,
                          lower);
}

gboolean
trestle_practice_sagemaker_missing (TrestlePracticeContext *ctx,
                                    const char *words,
                                    const char *kind,
                                    const char *name)
{
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, kind, name);

  return trestle_practice_invalid (ctx, "Could not find %s \"%s\".", words, arn);
}

gboolean
trestle_practice_sagemaker_taken (TrestlePracticeContext *ctx,
                                  const char *words,
                                  const char *kind,
                                  const char *name)
{
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, kind, name);

  return trestle_practice_invalid (ctx, "Cannot create already existing %s \"%s\".", words, arn);
}

gboolean
trestle_practice_sagemaker_exists (TrestlePracticeContext *ctx, const char *table, const char *name)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT 1 FROM %s WHERE account = ? AND region = ? AND name = ?", table);

  return trestle_practice_get_int (ctx->state, 0, sql, "sss", ctx->account->number, ctx->region,
                                   name)
         != 0;
}

const TrestlePracticeVersion *
trestle_practice_sagemaker_find_package (TrestlePracticeContext *ctx, const char *arn)
{
  const TrestlePracticeVersion *version = trestle_practice_catalogue_find_arn (
      ctx->world->catalogue, arn, ctx->region);

  if (version == NULL)
    {
      trestle_practice_invalid (ctx, "%s %s does not exist.",
                                strstr (arn, ":algorithm/") ? "Algorithm" : "ModelPackage", arn);
      return NULL;
    }
  /* A seller may look at what is its own. */
  if (g_strcmp0 (get_text (version->listing->seller, "account"), ctx->account->number) != 0
      && !trestle_practice_agreement_is_provisioned (ctx->state, ctx->account->number,
                                                     version->listing->product_id, ctx->now))
    {
      trestle_practice_invalid (ctx, "Caller is not subscribed to the marketplace offering.");
      return NULL;
    }
  return version;
}

static JsonObject *
find_role (TrestlePracticeCatalogue *catalogue, const char *account, const char *arn)
{
  JsonArray *roles = trestle_practice_catalogue_get_roles (catalogue, account);

  for (guint i = 0; i < array_length (roles); i++)
    {
      JsonObject *role = json_array_get_object_element (roles, i);

      if (g_strcmp0 (get_text (role, "Arn"), arn) == 0)
        return role;
    }
  return NULL;
}

/* A member of a policy is one text or a list of them. */
static gboolean
member_matches (JsonObject *object, const char *name, const char *text)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (g_pattern_match_simple (json_array_get_string_element (array, i), text))
          return TRUE;
      return FALSE;
    }
  return JSON_NODE_HOLDS_VALUE (node) && g_pattern_match_simple (json_node_get_string (node), text);
}

char *
trestle_practice_role_dup_refusal (TrestlePracticeCatalogue *catalogue,
                                   const char *account,
                                   const char *arn)
{
  JsonObject *role = find_role (catalogue, account, arn);
  JsonObject *policy = role != NULL ? get_object (role, "AssumeRolePolicyDocument") : NULL;
  JsonArray *statements = policy != NULL ? get_array (policy, "Statement") : NULL;

  for (guint i = 0; i < array_length (statements); i++)
    {
      JsonObject *statement = json_array_get_object_element (statements, i);

      if (member_matches (statement, "Effect", "Allow")
          && member_matches (statement, "Action", "sts:AssumeRole")
          && member_matches (get_object (statement, "Principal"), "Service",
                             "sagemaker.amazonaws.com"))
        return NULL;
    }
  return g_strdup_printf ("Could not assume role %s. Please ensure that the role exists and allows"
                          " principal 'sagemaker.amazonaws.com' to assume the role.",
                          arn);
}

gboolean
trestle_practice_sagemaker_check_role (TrestlePracticeContext *ctx, const char *arn)
{
  g_autofree char *refusal = trestle_practice_role_dup_refusal (ctx->world->catalogue,
                                                                ctx->account->number, arn);

  return refusal == NULL || trestle_practice_invalid (ctx, "%s", refusal);
}

gboolean
trestle_practice_sagemaker_check_quota (TrestlePracticeContext *ctx,
                                        const char *kind,
                                        const char *type,
                                        gint64 used,
                                        gint64 delta)
{
  JsonObject *instance = trestle_practice_catalogue_get_instance (ctx->world->catalogue, type);
  JsonObject *quotas = instance != NULL ? get_object (instance, "quota") : NULL;
  gint64 quota = quotas ? json_object_get_int_member_with_default (quotas, kind, 0) : 0;

  if (used + delta <= quota)
    return TRUE;
  return trestle_practice_fail (
      ctx, "ResourceLimitExceeded", 400,
      "The account-level service limit '%s for %s usage' is %" G_GINT64_FORMAT
      " Instances, with current utilization of %" G_GINT64_FORMAT
      " Instances and a request delta of %" G_GINT64_FORMAT
      " Instances. Please use AWS Service Quotas to request an increase for this quota. If AWS"
      " Service Quotas is not available, contact AWS support to request an increase for this"
      " quota.",
      type,
      g_str_equal (kind, "transform")  ? "transform job"
      : g_str_equal (kind, "training") ? "training job"
                                       : kind,
      quota, used, delta);
}

/* Jobs of validations that have not come to their end count as well. */
gint64
trestle_practice_sagemaker_get_used (TrestlePracticeContext *ctx,
                                     gboolean training,
                                     const char *type)
{
  g_autofree char *base = g_strdup_printf ("$.ValidationSpecification.ValidationProfiles[0].%s",
                                           training ? "TrainingJobDefinition.ResourceConfig"
                                                    : "TransformJobDefinition.TransformResources");
  gint64 used = trestle_practice_get_int (
      ctx->state, 0,
      "SELECT total (json_extract (doc, ?1 || '.InstanceCount')) FROM packages"
      " WHERE account = ?2 AND region = ?3 AND status IN ('Pending', 'InProgress')"
      " AND json_extract (doc, ?1 || '.InstanceType') = ?4",
      "ssss", base, ctx->account->number, ctx->region, type);

  if (!training)
    used += trestle_practice_get_int (
        ctx->state, 0,
        "SELECT total (json_extract (doc, '$.TransformResources.InstanceCount'))"
        " FROM transform_jobs WHERE account = ? AND region = ?"
        " AND status IN ('InProgress', 'Stopping')"
        " AND json_extract (doc, '$.TransformResources.InstanceType') = ?",
        "sss", ctx->account->number, ctx->region, type);
  return used;
}

/* What AWS's own policies allow, as far as anybody asks. */
static gboolean
managed_allows (const char *policy, const char *action)
{
  static const struct
  {
    const char *policy;
    const char *action;
  } rows[] = {
    { "AmazonSageMakerFullAccess", "sagemaker:*" },
    { "AmazonSageMakerFullAccess", "s3:*" },
    { "AmazonSageMakerFullAccess", "logs:*" },
    { "AmazonSageMakerFullAccess", "ecr:*" },
    { "AmazonSageMakerFullAccess", "cloudwatch:*" },
    { "AmazonSageMakerFullAccess", "iam:PassRole" },
    { "AmazonSageMakerFullAccess", "aws-marketplace:ViewSubscriptions" },
    { "AmazonEC2ContainerRegistryReadOnly", "ecr:Describe*" },
    { "AmazonEC2ContainerRegistryReadOnly", "ecr:Get*" },
    { "AmazonEC2ContainerRegistryReadOnly", "ecr:BatchGet*" },
    { "AmazonEC2ContainerRegistryReadOnly", "ecr:List*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].policy, policy) && g_pattern_match_simple (rows[i].action, action))
      return TRUE;
  return FALSE;
}

gboolean
trestle_practice_role_allows (TrestlePracticeCatalogue *catalogue,
                              const char *account,
                              const char *arn,
                              const char *action)
{
  JsonObject *role = find_role (catalogue, account, arn);
  JsonArray *attached = role != NULL ? get_array (role, "AttachedPolicies") : NULL;
  JsonArray *own = role != NULL ? get_array (role, "InlinePolicies") : NULL;

  for (guint i = 0; i < array_length (attached); i++)
    if (managed_allows (get_text (json_array_get_object_element (attached, i), "PolicyName"),
                        action))
      return TRUE;
  for (guint i = 0; i < array_length (own); i++)
    {
      JsonObject *document = get_object (json_array_get_object_element (own, i), "PolicyDocument");
      JsonArray *statements = document != NULL ? get_array (document, "Statement") : NULL;

      for (guint j = 0; j < array_length (statements); j++)
        {
          JsonObject *statement = json_array_get_object_element (statements, j);

          if (member_matches (statement, "Effect", "Allow")
              && member_matches (statement, "Action", action))
            return TRUE;
        }
    }
  return FALSE;
}

static gint64
get_bound (TrestleJson in, const char *name, gint64 otherwise)
{
  return trestle_json_time_or (in, name, otherwise);
}

gboolean
trestle_practice_list_open (TrestlePracticeContext *ctx,
                            TrestleJson in,
                            const char *operation,
                            const char *table,
                            const char *columns,
                            TrestlePracticeList *list)
{
  gboolean lives = g_str_equal (table, "endpoints") || g_str_equal (table, "transform_jobs");
  const char *sort = trestle_json_string_or (in, "SortBy", "CreationTime");
  const char *order = trestle_json_string_or (in, "SortOrder", "Descending");
  const char *direction = g_str_equal (order, "Ascending") ? "ASC" : "DESC";
  const char *by = g_str_equal (sort, "Name")              ? "name"
                   : lives && g_str_equal (sort, "Status") ? "status"
                                                           : "created";
  g_autofree char *sql = NULL;

  list->scope = trestle_practice_scope (operation, in);
  list->max = trestle_json_int_or (in, "MaxResults", 10);
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "NextToken", NULL), list->scope,
                                   &list->offset))
    return trestle_practice_invalid (ctx, "The value of NextToken is not valid for this request.");
  sql = g_strdup_printf (
      "SELECT %s FROM %s WHERE account = ?1 AND region = ?2"
      " AND (?3 IS NULL OR instr (lower (name), lower (?3)) > 0) AND created > ?4 AND created < ?5"
      "%s ORDER BY %s %s, name %s LIMIT ?9 OFFSET ?10",
      columns, table,
      lives ? " AND modified > ?6 AND modified < ?7 AND (?8 IS NULL OR status = ?8)"
            : " AND ?6 <= ?7 AND ?8 IS NULL",
      by, direction, direction);
  list->rows = trestle_practice_query (
      ctx->state, sql, "sssiiiisii", ctx->account->number, ctx->region,
      trestle_json_string_or (in, "NameContains", NULL),
      get_bound (in, "CreationTimeAfter", G_MININT64),
      get_bound (in, "CreationTimeBefore", G_MAXINT64),
      get_bound (in, "LastModifiedTimeAfter", G_MININT64),
      get_bound (in, "LastModifiedTimeBefore", G_MAXINT64),
      trestle_json_string_or (in, "StatusEquals", NULL), list->max + 1, list->offset);
  return TRUE;
}

gboolean
trestle_practice_list_next (TrestlePracticeList *list)
{
  if (!trestle_practice_next (list->rows))
    return FALSE;
  list->seen++;
  return list->seen <= list->max;
}

void
trestle_practice_list_end (TrestlePracticeContext *ctx, TrestlePracticeList *list, JsonBuilder *out)
{
  g_autofree char *token = NULL;

  if (list->seen <= list->max)
    return;
  token = trestle_practice_page_token (ctx, list->scope, list->offset + list->max);
  put_text (out, "NextToken", token);
}

void
trestle_practice_list_clear (TrestlePracticeList *list)
{
  g_clear_pointer (&list->rows, sqlite3_finalize);
  g_clear_pointer (&list->scope, g_free);
}
