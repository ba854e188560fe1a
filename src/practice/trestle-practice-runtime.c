/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-limits.h"
#include "practice/models/trestle-practice-model.h"
#include "practice/trestle-practice-container.h"
#include "practice/trestle-practice-context.h"
#include "practice/trestle-practice-meter.h"
#include "practice/trestle-practice-packages.h"

typedef struct
{
  const TrestlePracticeModel *model;
  GBytes *body;
  char *content_type;
  char *accept;
  char *attributes;
  TrestlePracticeAnswer *answer;
  GStrv log;
} Job;

static Job *
job_ref (Job *job)
{
  return g_atomic_rc_box_acquire (job);
}

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->body);
  g_free (job->content_type);
  g_free (job->accept);
  g_free (job->attributes);
  g_clear_pointer (&job->answer, trestle_practice_answer_free);
  g_strfreev (job->log);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

static DexFuture *
compute_fiber (gpointer data)
{
  Job *job = data;

  job->answer = job->model->invoke (job->body, job->content_type, job->accept, job->attributes,
                                    &job->log);
  return dex_future_new_true ();
}

typedef struct
{
  char *variant;
  char *instance;
  char *package;
  const TrestlePracticeModel *model; /* NULL where the image is bound to none */
} Target;

static void
target_clear (Target *target)
{
  g_free (target->variant);
  g_free (target->instance);
  g_free (target->package);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

static gboolean
find_target (TrestlePracticeContext *ctx, TrestleJson in, Target *target)
{
  const char *name = trestle_json_string (in, "EndpointName");
  const char *wanted = trestle_json_string_or (in, "TargetVariant", NULL);
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      ctx->state,
      "SELECT v.name, v.instance, coalesce (v.engine, ''), v.package FROM variants v"
      " JOIN endpoints e ON e.account = v.account"
      " AND e.region = v.region AND e.name = v.endpoint"
      " WHERE v.account = ?1 AND v.region = ?2 AND v.endpoint = ?3"
      " AND e.status = 'InService' AND (?4 IS NULL OR v.name = ?4)"
      " ORDER BY v.weight DESC, v.position LIMIT 1",
      "ssss", ctx->account->number, ctx->region, name, wanted);

  if (!trestle_practice_next (rows))
    {
      if (wanted != NULL)
        return trestle_practice_fail (ctx, "ValidationError", 400,
                                      "Variant %s of endpoint %s of account %s not found.", wanted,
                                      name, ctx->account->number);
      return trestle_practice_fail (ctx, "ValidationError", 400,
                                    "Endpoint %s of account %s not found.", name,
                                    ctx->account->number);
    }
  target->variant = g_strdup (trestle_practice_column_text (rows, 0));
  target->instance = g_strdup (trestle_practice_column_text (rows, 1));
  target->package = trestle_practice_packages_dup_arn (ctx->region,
                                                       trestle_practice_column_text (rows, 3));
  target->model = trestle_practice_model_lookup (trestle_practice_column_text (rows, 2));
  return TRUE;
}

static gboolean
fail_model (TrestlePracticeContext *ctx,
            const char *endpoint,
            const Target *target,
            int status,
            const char *message)
{
  g_autofree char *arn = g_strdup_printf (
      "arn:aws:logs:%s:%s:log-group:/aws/sagemaker/Endpoints/%s:log-stream:%s/%s", ctx->region,
      ctx->account->number, endpoint, target->variant, target->instance);

  trestle_practice_fail (
      ctx, "ModelError", 424,
      "Received %s error (%d) from primary with message \"%s\". See"
      " https://%s.console.aws.amazon.com/cloudwatch/home?region=%s"
      "#logEventViewer:group=/aws/sagemaker/Endpoints/%s in account %s for more information.",
      status >= 400 && status < 500 ? "client" : "server", status, message, ctx->region,
      ctx->region, endpoint, ctx->account->number);
  trestle_practice_fail_int (ctx, "OriginalStatusCode", status);
  trestle_practice_fail_text (ctx, "OriginalMessage", message);
  trestle_practice_fail_text (ctx, "LogStreamArn", arn);
  return FALSE;
}

/* The container writes what it says itself; the time it took is added to its access line. */
static void
write_log (TrestlePracticeContext *ctx,
           const char *endpoint,
           const Target *target,
           const Job *job,
           gint64 started)
{
  gint64 now = trestle_clock_now ();
  TrestlePracticeStream stream = { ctx->state, 0 };
  g_autofree char *group = g_strconcat ("/aws/sagemaker/Endpoints/", endpoint, NULL);
  g_autofree char *name = g_strconcat (target->variant, "/", target->instance, NULL);

  trestle_practice_state_begin (ctx->state);
  /* Without a stream the role may not write one: then there is no log, as at AWS. */
  stream.id = trestle_practice_get_int (ctx->state, 0,
                                        "SELECT id FROM streams WHERE account = ? AND region = ?"
                                        " AND grp = ? AND name = ?",
                                        "ssss", ctx->account->number, ctx->region, group, name);
  for (guint i = 0; job->log != NULL && job->log[i] != NULL; i++)
    if (strstr (job->log[i], "\"POST /invocations") != NULL)
      trestle_practice_stream_write (&stream, now, "%s %.3f ms", job->log[i],
                                     (double) (now - started) / 1000.0);
    else
      trestle_practice_stream_write (&stream, now, "%s", job->log[i]);
  trestle_practice_state_end (ctx->state, TRUE);
}

static gboolean
invoke_endpoint (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *endpoint = trestle_json_string (in, "EndpointName");
  g_auto (Target) target = { 0 };
  gint64 started = trestle_clock_now ();
  guint limit = (guint) trestle_limit (TRESTLE_LIMIT_INVOKE_SECONDS) * 1000;
  Job *job;
  gsize size;
  const char *text;

  if (!find_target (ctx, in, &target))
    return FALSE;
  if (target.model == NULL)
    {
      g_autofree char *reason = g_strdup_printf (
          "The practice account has no container for the image of %s: it runs those that the seller's"
          " registry lists.",
          target.package);

      return fail_model (ctx, endpoint, &target, 501, reason);
    }
  job = g_atomic_rc_box_new0 (Job);
  job->model = target.model;
  job->body = ctx->payload != NULL ? g_bytes_ref (ctx->payload) : g_bytes_new_static ("", 0);
  job->content_type = g_strdup (trestle_json_string_or (in, "ContentType", NULL));
  job->accept = g_strdup (trestle_json_string_or (in, "Accept", NULL));
  job->attributes = g_strdup (trestle_json_string_or (in, "CustomAttributes", NULL));
  if (target.model->delay_ms > 0)
    dex_await (dex_timeout_new_msec ((int) MIN (target.model->delay_ms, limit)), NULL);
  dex_await (trestle_future_with_timeout (
                 trestle_pool_spawn (compute_fiber, job_ref (job), job_unref), limit, "the model"),
             NULL);
  if (target.model->delay_ms >= limit || job->answer == NULL)
    {
      job_unref (job);
      return fail_model (ctx, endpoint, &target, 0,
                         "Your invocation timed out while waiting for a response from container"
                         " primary. Review the latency metrics for each container in Amazon"
                         " CloudWatch, resolve the issue, and try again.");
    }
  text = g_bytes_get_data (job->answer->body, &size);
  write_log (ctx, endpoint, &target, job, started);
  if (job->answer->status < 200 || job->answer->status > 299)
    {
      g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", (gssize) size);
      int status = job->answer->status;

      job_unref (job);
      return fail_model (ctx, endpoint, &target, status, valid);
    }
  trestle_practice_state_begin (ctx->state);
  trestle_practice_meter_call (ctx->world, ctx->account->number, ctx->region, target.package,
                               trestle_clock_now ());
  trestle_practice_state_end (ctx->state, TRUE);
  ctx->answer = g_bytes_ref (job->answer->body);
  put_text (out, "ContentType", job->answer->content_type);
  put_text (out, "InvokedProductionVariant", target.variant);
  job_unref (job);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_runtime_routes[] = {
  { "sagemaker-runtime", "InvokeEndpoint", invoke_endpoint, TRUE },
  { NULL },
};
