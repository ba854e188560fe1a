/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-packages.h"
#include "practice/trestle-practice-sagemaker.h"

#define DELETE_SECONDS 20.0

typedef struct
{
  const char *operation;
  const char *table;
  const char *kind;
  const char *list;
  const char *name;
  const char *arn;
  const char *description;
  const char *status;
} Words;

static const Words packages = {
  "ListModelPackages", "model_packages",  "model-package",           "ModelPackageSummaryList",
  "ModelPackageName",  "ModelPackageArn", "ModelPackageDescription", "ModelPackageStatus",
};
static const Words algorithms = {
  "ListAlgorithms",       "algorithms",      "algorithm",
  "AlgorithmSummaryList", "AlgorithmName",   "AlgorithmArn",
  "AlgorithmDescription", "AlgorithmStatus",
};

static gboolean
list_all (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out, const Words *words)
{
  g_auto (TrestlePracticeList) list = { 0 };

  if (!trestle_practice_list_open (ctx, in, words->operation, words->table,
                                   "name, created, status, doc", &list))
    return FALSE;
  open_array (out, words->list);
  while (trestle_practice_list_next (&list))
    {
      const char *name = trestle_practice_column_text (list.rows, 0);
      g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, words->kind, name);
      g_autoptr (JsonNode)
          doc = json_from_string (trestle_practice_column_text (list.rows, 3), NULL);

      open_object (out, NULL);
      put_text (out, words->name, name);
      put_text (out, words->arn, arn);
      put_text (out, words->description, get_text (json_node_get_object (doc), words->description));
      put_time (out, "CreationTime", sqlite3_column_int64 (list.rows, 1));
      put_text (out, words->status, trestle_practice_column_text (list.rows, 2));
      close_object (out);
    }
  close_array (out);
  trestle_practice_list_end (ctx, &list, out);
  return TRUE;
}

static gboolean
list_model_packages (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *group = trestle_json_string_or (in, "ModelPackageGroupName", NULL);
  const char *type = trestle_json_string_or (in, "ModelPackageType", "Unversioned");

  if (group != NULL)
    return trestle_practice_invalid (ctx, "ModelPackageGroup %s does not exist.", group);
  /* Only versions have an approval, and the practice account keeps no groups of versions. */
  if (g_str_equal (type, "Versioned")
      || trestle_json_string_or (in, "ModelApprovalStatus", NULL) != NULL)
    {
      open_array (out, packages.list);
      close_array (out);
      return TRUE;
    }
  return list_all (ctx, in, out, &packages);
}

static gboolean
list_algorithms (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  return list_all (ctx, in, out, &algorithms);
}

static gboolean
delete_one (TrestlePracticeContext *ctx, TrestleJson in, const Words *words)
{
  const char *reference = trestle_json_string (in, words->name);
  g_autofree char *arn = trestle_practice_packages_dup_own_arn (ctx->account->number, ctx->region,
                                                                words->kind, reference);
  g_autoptr (JsonObject) package = arn ? trestle_practice_packages_find (ctx->state, arn) : NULL;
  const char *status;

  if (package == NULL)
    return trestle_practice_invalid (ctx, "%s %s does not exist.",
                                     words == &packages ? "ModelPackage" : "Algorithm",
                                     arn != NULL ? arn : reference);
  status = get_text (package, words->status);
  if (!g_str_equal (status, "Completed") && !g_str_equal (status, "Failed"))
    return trestle_practice_fail (ctx, "ConflictException", 400,
                                  "%s cannot be deleted while its status is %s.", arn, status);
  trestle_practice_run (ctx->state,
                        "UPDATE packages SET status = 'Deleting', step = ?, due = ?"
                        " WHERE account = ? AND region = ? AND kind = ? AND name = ?",
                        "iissss", (gint64) TRESTLE_PRACTICE_STEP_FORGET,
                        ctx->now + trestle_practice_world_delay (ctx->world, DELETE_SECONDS),
                        ctx->account->number, ctx->region, words->kind,
                        get_text (package, words->name));
  return TRUE;
}

static gboolean
delete_model_package (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  return delete_one (ctx, in, &packages);
}

static gboolean
delete_algorithm (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  return delete_one (ctx, in, &algorithms);
}

const TrestlePracticeRoute trestle_practice_package_routes[] = {
  { "sagemaker", "CreateModelPackage", trestle_practice_create_model_package },
  { "sagemaker", "CreateAlgorithm", trestle_practice_create_algorithm },
  { "sagemaker", "DescribeModelPackage", trestle_practice_describe_model_package },
  { "sagemaker", "DescribeAlgorithm", trestle_practice_describe_algorithm },
  { "sagemaker", "ListModelPackages", list_model_packages },
  { "sagemaker", "ListAlgorithms", list_algorithms },
  { "sagemaker", "DeleteModelPackage", delete_model_package },
  { "sagemaker", "DeleteAlgorithm", delete_algorithm },
  { NULL },
};
