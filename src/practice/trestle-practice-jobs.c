/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-jobs.h"

#include "practice/trestle-practice-sagemaker.h"

/* What AWS takes, typically: some minutes until the instances are there, half a one to stop them. */
#define START_SECONDS 240.0
#define STOP_SECONDS 30.0
#define MAX_MB 100

static gboolean
fail_unknown (TrestlePracticeContext *ctx)
{
  return trestle_practice_invalid (ctx, "Requested resource not found.");
}

static gboolean
check_payload (TrestlePracticeContext *ctx, TrestleJson in)
{
  gint64 mb = trestle_json_int_or (in, "MaxPayloadInMB", 6);
  gint64 at_once = trestle_json_int_or (in, "MaxConcurrentTransforms", 1);

  if (mb > MAX_MB)
    return trestle_practice_invalid (ctx, "MaxPayloadInMB must not be greater than %d MB.", MAX_MB);
  if (mb * MAX (at_once, 1) > MAX_MB)
    return trestle_practice_invalid (
        ctx, "MaxConcurrentTransforms * MaxPayloadInMB must not be greater than %d MB.", MAX_MB);
  return TRUE;
}

/* What AWS has and the practice account has not is refused, not passed over. */
static gboolean
check_known (TrestlePracticeContext *ctx, TrestleJson in)
{
  static const char *const unknown[] = { "DataCaptureConfig", "ExperimentConfig" };
  TrestleJson processing = trestle_json_member (in, "DataProcessing");

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    if (trestle_json_exists (trestle_json_member (in, unknown[i])))
      return trestle_practice_invalid (ctx, "The practice account's transform jobs have no %s.",
                                       unknown[i]);
  if (g_strcmp0 (trestle_json_string_or (processing, "InputFilter", "$"), "$") != 0
      || g_strcmp0 (trestle_json_string_or (processing, "OutputFilter", "$"), "$") != 0
      || g_strcmp0 (trestle_json_string_or (processing, "JoinSource", "None"), "None") != 0)
    return trestle_practice_invalid (
        ctx, "The practice account's transform jobs have no filters and no joins.");
  return TRUE;
}

static gboolean
check_instance (TrestlePracticeContext *ctx,
                const TrestlePracticePackage *package,
                TrestleJson resources)
{
  const char *type = trestle_json_string (resources, "InstanceType");
  JsonObject *instance = trestle_practice_catalogue_get_instance (ctx->world->catalogue, type);

  if (instance == NULL || get_text (instance, "transform") == NULL)
    return trestle_practice_invalid (ctx,
                                     "Instance type %s is not supported for the chosen region."
                                     " Please choose some other instance type.",
                                     type);
  if (!array_has (package->batch_types, type))
    return trestle_practice_invalid (
        ctx, "Instance type %s is not supported by the model package of %s for batch transform.",
        type, package->title);
  return trestle_practice_sagemaker_check_quota (
      ctx, "transform", type, trestle_practice_sagemaker_get_used (ctx, FALSE, type),
      trestle_json_int (resources, "InstanceCount"));
}

static gboolean
check_request (TrestlePracticeContext *ctx, TrestleJson in, const TrestlePracticePackage *package)
{
  TrestleJson environment = trestle_json_member (in, "Environment");

  if (!package->own && trestle_json_exists (environment)
      && json_object_get_size (json_node_get_object (environment.node)) > 0)
    return trestle_practice_invalid (
        ctx, "Environment variable map cannot be specified when using a ModelPackage subscribed"
             " from AWS Marketplace.");
  return check_payload (ctx, in) && check_known (ctx, in)
         && check_instance (ctx, package, trestle_json_member (in, "TransformResources"));
}

static void
insert_job (TrestlePracticeContext *ctx,
            TrestleJson in,
            const TrestlePracticePackage *package,
            const char *role)
{
  TrestlePracticeFault fault;
  g_autofree char *doc = trestle_json_to_string (in.node, FALSE);
  g_autofree char *instance = trestle_practice_world_new_id (ctx->world, "i-", TRESTLE_PRACTICE_HEX,
                                                             17);
  gint64 started = ctx->now + trestle_practice_world_delay (ctx->world, START_SECONDS);
  gint64 due = started
               + trestle_practice_world_delay (ctx->world, TRESTLE_PRACTICE_JOB_RUN_SECONDS);
  const char *reason = NULL;

  trestle_practice_faults_take_outcome (ctx->world->faults, "sagemaker", "CreateTransformJob",
                                        &fault);
  if (fault.kind == TRESTLE_PRACTICE_FAULT_CAPACITY)
    reason = "CapacityError: Unable to provision requested ML compute capacity. Please retry using"
             " a different ML instance type.";
  trestle_practice_run (
      ctx->state,
      "INSERT INTO transform_jobs (account, region, name, created, modified, started, due, status,"
      " reason, package, engine, title, version, healthy, role, instance, doc)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, 'InProgress', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sssiiiisssssisss", ctx->account->number, ctx->region,
      trestle_json_string (in, "TransformJobName"), ctx->now, ctx->now,
      reason != NULL ? (gint64) 0 : started,
      fault.kind == TRESTLE_PRACTICE_FAULT_STUCK ? (gint64) 0 : due, reason, package->name,
      package->engine, package->title, package->version,
      (gint64) (package->healthy && fault.kind != TRESTLE_PRACTICE_FAULT_PING), role, instance,
      doc);
}

static gboolean
create_transform_job (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "TransformJobName");
  const char *model = trestle_json_string (in, "ModelName");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "transform-job", name);
  g_auto (TrestlePracticePackage) package = { 0 };
  g_autofree char *role = NULL;
  g_autofree char *remembered = NULL;

  if (trestle_practice_sagemaker_exists (ctx, "transform_jobs", name))
    return trestle_practice_fail (ctx, "ResourceInUse", 400,
                                  "Job name must be unique within an AWS account and region, and a"
                                  " job with this name already exists (%s)",
                                  arn);
  remembered = trestle_practice_get_text (ctx->state,
                                          "SELECT package FROM models"
                                          " WHERE account = ? AND region = ? AND name = ?",
                                          "sss", ctx->account->number, ctx->region, model);
  if (remembered == NULL)
    return trestle_practice_sagemaker_missing (ctx, "model", "model", model);
  role = trestle_practice_get_text (ctx->state,
                                    "SELECT json_extract (doc, '$.ExecutionRoleArn') FROM models"
                                    " WHERE account = ? AND region = ? AND name = ?",
                                    "sss", ctx->account->number, ctx->region, model);
  if (!trestle_practice_package_open (ctx, remembered, TRUE, &package)
      || !check_request (ctx, in, &package))
    return FALSE;
  insert_job (ctx, in, &package, role);
  if (!trestle_practice_sagemaker_tag (ctx, trestle_json_member (in, "Tags"), arn))
    return FALSE;
  put_text (out, "TransformJobArn", arn);
  return TRUE;
}

static gboolean
describe_transform_job (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  static const char *const members[] = { "ModelName",          "MaxConcurrentTransforms",
                                         "ModelClientConfig",  "MaxPayloadInMB",
                                         "BatchStrategy",      "Environment",
                                         "TransformInput",     "TransformOutput",
                                         "TransformResources", "DataProcessing" };
  const char *name = trestle_json_string (in, "TransformJobName");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "transform-job", name);
  g_autoptr (JsonNode) doc = NULL;
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      ctx->state,
      "SELECT status, CASE status WHEN 'Failed' THEN reason END, created,"
      " CASE WHEN started <= ?4 THEN started ELSE 0 END, ended, doc FROM transform_jobs"
      " WHERE account = ?1 AND region = ?2 AND name = ?3",
      "sssi", ctx->account->number, ctx->region, name, ctx->now);

  if (!trestle_practice_next (rows))
    return fail_unknown (ctx);
  doc = json_from_string (trestle_practice_column_text (rows, 5), NULL);
  put_text (out, "TransformJobName", name);
  put_text (out, "TransformJobArn", arn);
  put_text (out, "TransformJobStatus", trestle_practice_column_text (rows, 0));
  put_text (out, "FailureReason", trestle_practice_column_text (rows, 1));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    put_node (out, members[i], json_object_get_member (json_node_get_object (doc), members[i]));
  put_time (out, "CreationTime", sqlite3_column_int64 (rows, 2));
  put_time (out, "TransformStartTime", sqlite3_column_int64 (rows, 3));
  put_time (out, "TransformEndTime", sqlite3_column_int64 (rows, 4));
  return TRUE;
}

static gboolean
list_transform_jobs (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_auto (TrestlePracticeList) list = { 0 };

  if (!trestle_practice_list_open (
          ctx, in, "ListTransformJobs", "transform_jobs",
          "name, created, modified, ended, status, CASE status WHEN 'Failed' THEN reason END",
          &list))
    return FALSE;
  open_array (out, "TransformJobSummaries");
  while (trestle_practice_list_next (&list))
    {
      const char *name = trestle_practice_column_text (list.rows, 0);
      g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "transform-job", name);

      open_object (out, NULL);
      put_text (out, "TransformJobName", name);
      put_text (out, "TransformJobArn", arn);
      put_time (out, "CreationTime", sqlite3_column_int64 (list.rows, 1));
      put_time (out, "LastModifiedTime", sqlite3_column_int64 (list.rows, 2));
      put_time (out, "TransformEndTime", sqlite3_column_int64 (list.rows, 3));
      put_text (out, "TransformJobStatus", trestle_practice_column_text (list.rows, 4));
      put_text (out, "FailureReason", trestle_practice_column_text (list.rows, 5));
      close_object (out);
    }
  close_array (out);
  trestle_practice_list_end (ctx, &list, out);
  return TRUE;
}

/* Who stops before the instances are there has used none. */
static gboolean
stop_transform_job (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "TransformJobName");
  g_autofree char *status = trestle_practice_get_text (
      ctx->state,
      "SELECT status FROM transform_jobs"
      " WHERE account = ? AND region = ? AND name = ?",
      "sss", ctx->account->number, ctx->region, name);

  if (status == NULL)
    return fail_unknown (ctx);
  if (!g_str_equal (status, "InProgress"))
    return trestle_practice_invalid (
        ctx, "The request was rejected because the transform job is in status %s.", status);
  trestle_practice_run (ctx->state,
                        "UPDATE transform_jobs SET status = 'Stopping', modified = ?1, due = ?2,"
                        " started = CASE WHEN started > ?1 THEN 0 ELSE started END"
                        " WHERE account = ?3 AND region = ?4 AND name = ?5",
                        "iisss", ctx->now,
                        ctx->now + trestle_practice_world_delay (ctx->world, STOP_SECONDS),
                        ctx->account->number, ctx->region, name);
  trestle_practice_jobs_log_stop (ctx->world, ctx->account->number, ctx->region, name, ctx->now);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_job_routes[] = {
  { "sagemaker", "CreateTransformJob", create_transform_job },
  { "sagemaker", "DescribeTransformJob", describe_transform_job },
  { "sagemaker", "ListTransformJobs", list_transform_jobs },
  { "sagemaker", "StopTransformJob", stop_transform_job },
  { NULL },
};
