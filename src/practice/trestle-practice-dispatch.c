/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-dispatch.h"

#include <string.h>

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-signer.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-limits.h"
#include "practice/trestle-practice-context.h"
#include "practice/trestle-practice-s3.h"

static const TrestlePracticeRoute *const tables[] = {
  trestle_practice_sts_routes,       trestle_practice_discovery_routes,
  trestle_practice_agreement_routes, trestle_practice_sagemaker_routes,
  trestle_practice_endpoint_routes,  trestle_practice_runtime_routes,
  trestle_practice_logs_routes,      trestle_practice_iam_routes,
  trestle_practice_pricing_routes,   trestle_practice_quota_routes,
  trestle_practice_s3_routes,        trestle_practice_ecr_routes,
  trestle_practice_package_routes,   trestle_practice_catalog_routes,
  trestle_practice_analytics_routes, trestle_practice_job_routes,
};

/* Regions in which a service is; NULL stands for all that the practice account has. */
static const struct
{
  const char *service;
  const char *regions;
} homes[] = {
  { "marketplace-discovery", "us-east-1 us-west-2 eu-west-1" },
  { "marketplace-agreement", "us-east-1" },
  { "marketplace-catalog", "us-east-1" },
  { "marketplacecommerceanalytics", "us-east-1" },
  { "iam", "us-east-1" },
  { "pricing", "us-east-1 eu-central-1 ap-south-1" },
};

typedef struct
{
  TrestlePracticeContext ctx;
  const TrestleAwsModel *model;
  const TrestleAwsOperation *operation;
  const TrestlePracticeRoute *route;
  GHashTable *path_members;
  char *service; /* signing names, from the credential scope */
} Call;

void
trestle_practice_reply_clear (TrestlePracticeReply *self)
{
  g_clear_pointer (&self->answer, trestle_aws_http_free);
}

static void
call_clear (Call *call)
{
  TrestlePracticeContext *ctx = &call->ctx;

  g_clear_pointer (&call->path_members, g_hash_table_unref);
  g_free (call->service);
  g_free (ctx->region);
  g_free (ctx->request_id);
  g_clear_pointer (&ctx->payload, g_bytes_unref);
  g_clear_pointer (&ctx->answer, g_bytes_unref);
  g_free (ctx->fault_code);
  g_free (ctx->fault_message);
  g_clear_pointer (&ctx->fault_members, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static gboolean
has_query (const TrestleAwsHttp *request, const char *name)
{
  return request->query != NULL && strstr (request->query, name) != NULL;
}

gboolean
trestle_practice_dispatch_is_aws (const TrestleAwsHttp *request)
{
  return trestle_aws_headers_get (request->headers, "authorization") != NULL
         || trestle_aws_headers_get (request->headers, "x-amz-target") != NULL
         || has_query (request, "X-Amz-Signature=") || g_str_equal (request->method, "PUT")
         || (g_str_equal (request->method, "POST")
             && (g_str_equal (request->path, "/") || g_str_has_prefix (request->path, "/2026-")
                 || g_str_has_prefix (request->path, "/endpoints/")));
}

/* The service of the credential scope: "AKID/20260807/us-east-1/sagemaker/aws4_request". */
static char *
peek_scope_service (const TrestleAwsHttp *request)
{
  const char *header = trestle_aws_headers_get (request->headers, "authorization");
  const char *at = header != NULL ? strstr (header, "Credential=") : NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  if (at == NULL && request->query != NULL)
    at = strstr (request->query, "X-Amz-Credential=");
  if (at == NULL)
    return NULL;
  at = strchr (at, '=') + 1;
  text = g_strndup (at, strcspn (at, ", &"));
  if (header == NULL)
    {
      char *decoded = g_uri_unescape_string (text, NULL);

      g_free (text);
      text = decoded != NULL ? decoded : g_strdup ("");
    }
  parts = g_strsplit (text, "/", -1);
  return g_strv_length (parts) == 5 ? g_strdup (parts[3]) : NULL;
}

static const TrestleAwsModel *
find_model (const TrestleAwsHttp *request)
{
  const char *target = trestle_aws_headers_get (request->headers, "x-amz-target");
  const char *const *services = trestle_aws_model_services ();
  g_autofree char *scope = peek_scope_service (request);
  const TrestleAwsModel *first = NULL;

  for (guint i = 0; target != NULL && services[i] != NULL; i++)
    {
      const TrestleAwsModel *model = trestle_aws_model_get (services[i]);
      const char *prefix = trestle_aws_model_get_target_prefix (model);

      if (prefix != NULL && g_str_has_prefix (target, prefix)
          && (g_str_has_suffix (prefix, ".") || target[strlen (prefix)] == '.'))
        return model;
    }
  if (g_str_has_prefix (request->path, "/2026-02-05/"))
    return trestle_aws_model_get ("marketplace-discovery");
  if (g_strcmp0 (scope, "sagemaker") == 0)
    return trestle_aws_model_get (
        g_str_has_prefix (request->path, "/endpoints/") ? "sagemaker-runtime" : "sagemaker");
  /* Several services may sign with one name; the one that has the operation is meant. */
  for (guint i = 0; scope != NULL && services[i] != NULL; i++)
    {
      const TrestleAwsModel *model = trestle_aws_model_get (services[i]);

      if (g_strcmp0 (trestle_aws_model_get_signing_name (model), scope) != 0)
        continue;
      if (trestle_aws_protocol_route (model, request, NULL) != NULL)
        return model;
      first = first != NULL ? first : model;
    }
  if (first != NULL)
    return first;
  if (g_str_has_prefix (request->path, "/endpoints/"))
    return trestle_aws_model_get ("sagemaker-runtime");
  return trestle_aws_model_get (g_str_equal (request->path, "/") && request->body != NULL
                                        && g_str_equal (request->method, "POST")
                                    ? "sts"
                                    : "s3");
}

static const char *
secret_for (const char *access_key_id, gpointer world)
{
  const TrestlePracticeAccount *account = trestle_practice_world_find_key (world, access_key_id);

  return account != NULL ? account->secret_access_key : NULL;
}

static gboolean
verify (Call *call, const TrestleAwsHttp *request, gint64 now)
{
  TrestlePracticeContext *ctx = &call->ctx;
  g_autofree char *hash = NULL;
  g_autofree char *identity = NULL;
  g_autoptr (TrestleAwsSignature) expected = NULL;
  g_autoptr (GError) error = NULL;
  const char *said = trestle_aws_headers_get (request->headers, "x-amz-content-sha256");
  const char *code;
  TrestleAwsSignable signable;

  hash = g_strcmp0 (said, TRESTLE_AWS_UNSIGNED_PAYLOAD) == 0
                 || has_query (request, "X-Amz-Signature=")
             ? g_strdup (TRESTLE_AWS_UNSIGNED_PAYLOAD)
             : trestle_aws_sha256_hex (request->body);
  signable = (TrestleAwsSignable) { request->method, request->path, request->query,
                                    request->headers, hash };
  if (trestle_aws_verify (&signable, secret_for, ctx->world, now, &identity, &ctx->region,
                          &call->service, &expected, &error))
    {
      ctx->account = trestle_practice_world_find_key (ctx->world, identity);
      /* The keys are long-lived ones: whoever sends a token with them has mixed something up. */
      if (trestle_aws_headers_get (request->headers, "x-amz-security-token") != NULL
          || has_query (request, "X-Amz-Security-Token="))
        return trestle_practice_fail (ctx, "InvalidClientTokenId", 403,
                                      "The security token included in the request is invalid.");
      return TRUE;
    }
  if (error == NULL || trestle_aws_error_details (error) == NULL)
    return trestle_practice_fail (ctx, "InternalFailure", 500, "The signature was not checked.");
  code = trestle_aws_error_details (error)->code;
  return trestle_practice_fail (ctx, code != NULL ? code : "SignatureDoesNotMatch", 403, "%s",
                                error->message);
}

static gboolean
check_scope (Call *call)
{
  TrestlePracticeContext *ctx = &call->ctx;
  const char *signing = trestle_aws_model_get_signing_name (call->model);
  const char *name = trestle_aws_model_get_service (call->model);

  if (g_strcmp0 (call->service, signing) != 0)
    return trestle_practice_fail (ctx, "SignatureDoesNotMatch", 403,
                                  "Credential should be scoped to correct service: '%s'.", signing);
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (g_str_equal (homes[i].service, name))
      {
        g_auto (GStrv) regions = g_strsplit (homes[i].regions, " ", -1);

        if (!g_strv_contains ((const char *const *) regions, ctx->region))
          return trestle_practice_fail (ctx, "SignatureDoesNotMatch", 403,
                                        "Credential should be scoped to a valid region: %s is not"
                                        " in '%s'.",
                                        name, ctx->region);
      }
  if (trestle_practice_market_account (ctx->region) == NULL)
    return trestle_practice_fail (ctx, "SignatureDoesNotMatch", 403,
                                  "Credential should be scoped to a valid region, not '%s'.",
                                  ctx->region);
  return TRUE;
}

static gboolean
find_route (Call *call, const TrestleAwsHttp *request)
{
  TrestlePracticeContext *ctx = &call->ctx;
  const char *service = trestle_aws_model_get_service (call->model);

  call->operation = trestle_aws_protocol_route (call->model, request, &call->path_members);
  for (guint i = 0; call->operation != NULL && i < G_N_ELEMENTS (tables); i++)
    for (const TrestlePracticeRoute *route = tables[i]; route->service != NULL; route++)
      if (g_str_equal (route->service, service)
          && g_str_equal (route->operation, call->operation->name))
        {
          call->route = route;
          return TRUE;
        }
  switch (trestle_aws_model_get_protocol (call->model))
    {
    case TRESTLE_AWS_PROTOCOL_QUERY:
      return trestle_practice_fail (ctx, "InvalidAction", 400,
                                    "Could not find operation %s for version %s.",
                                    call->operation ? call->operation->name : "of that name",
                                    trestle_aws_model_get_api_version (call->model));
    case TRESTLE_AWS_PROTOCOL_REST_XML:
      return trestle_practice_fail (ctx, "NotImplemented", 501,
                                    "A header or operation that you provided implies functionality"
                                    " that is not implemented.");
    case TRESTLE_AWS_PROTOCOL_JSON:
    case TRESTLE_AWS_PROTOCOL_REST_JSON:
    default:
      return trestle_practice_fail (ctx, "UnknownOperationException", call->operation ? 400 : 404,
                                    call->operation ? "The practice account does not offer %s."
                                                    : "Unknown operation%s.",
                                    call->operation ? call->operation->name : "");
    }
}

static gboolean
handle (Call *call, TrestleJson in, JsonBuilder *out)
{
  TrestlePracticeContext *ctx = &call->ctx;
  gboolean done;

  if (call->route->waits)
    return call->route->handler (ctx, in, out);

  trestle_practice_state_begin (ctx->state);
  done = call->route->handler (ctx, in, out);
  if (!trestle_practice_state_end (ctx->state, done) && done)
    return trestle_practice_fail (ctx, "InternalFailure", 500,
                                  "The practice account could not write its state.");
  return done;
}

static gboolean
check_payload (Call *call)
{
  gsize size = call->ctx.payload != NULL ? g_bytes_get_size (call->ctx.payload) : 0;

  if (!g_str_equal (call->route->service, "sagemaker-runtime")
      || size <= (gsize) trestle_limit (TRESTLE_LIMIT_INVOKE_BYTES))
    return TRUE;
  return trestle_practice_fail (&call->ctx, "ValidationError", 413,
                                "Request body of %" G_GSIZE_FORMAT
                                " bytes exceeds the limit of %" G_GINT64_FORMAT " bytes.",
                                size, trestle_limit (TRESTLE_LIMIT_INVOKE_BYTES));
}

static gboolean
perform (Call *call, const TrestleAwsHttp *request, TrestlePracticeReply *reply)
{
  TrestlePracticeContext *ctx = &call->ctx;
  g_autoptr (JsonNode) input = NULL;
  g_autoptr (JsonNode) output = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  input = trestle_aws_protocol_read_request (call->model, call->operation, request,
                                             call->path_members, &ctx->payload, &error);
  if (input == NULL)
    {
      const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);

      return trestle_practice_fail (
          ctx, details && details->code ? details->code : "SerializationException", 400, "%s",
          error->message);
    }
  if (call->operation->input != NULL
      && !trestle_aws_model_validate (call->model, call->operation->input, input, &problem))
    return trestle_practice_fail (
        ctx,
        g_str_equal (call->route->service, "sagemaker-runtime") ? "ValidationError"
        : g_str_equal (call->route->service, "logs")
                || g_str_equal (call->route->service, "pricing")
                || g_str_equal (call->route->service, "ecr")
            ? "InvalidParameterException"
        : g_str_equal (call->route->service, "service-quotas") ? "IllegalArgumentException"
        : g_str_equal (call->route->service, "iam")            ? "ValidationError"
        : g_str_equal (call->route->service, "s3")             ? "InvalidArgument"
        : g_str_equal (call->route->service, "marketplacecommerceanalytics")
            ? "MarketplaceCommerceAnalyticsException"
            : "ValidationException",
        0, "%s", problem);
  if (!check_payload (call))
    return FALSE;

  doc = trestle_json_doc_new (input);
  json_builder_begin_object (out);
  if (!handle (call, trestle_json_root (doc), out))
    return FALSE;
  json_builder_end_object (out);
  output = json_builder_get_root (out);
  reply->answer = trestle_aws_protocol_write_response (call->model, call->operation, output,
                                                       ctx->answer, ctx->request_id);
  if (ctx->status != 0)
    reply->answer->status = ctx->status;
  return TRUE;
}

static gboolean
apply_fault (Call *call, const TrestlePracticeFault *fault)
{
  TrestlePracticeContext *ctx = &call->ctx;
  const char *service = trestle_aws_model_get_service (call->model);

  switch (fault->kind)
    {
    case TRESTLE_PRACTICE_FAULT_THROTTLE:
      return trestle_practice_fail (ctx, "Throttling",
                                    g_str_equal (service, "s3") ? 503
                                    : g_str_equal (service, "marketplace-discovery")
                                            || g_str_equal (service, "marketplace-catalog")
                                        ? 429
                                        : 400,
                                    "Rate exceeded");
    case TRESTLE_PRACTICE_FAULT_ERROR500:
      return trestle_practice_fail (ctx, "InternalFailure", 500,
                                    "The request processing has failed because of an unknown"
                                    " error, exception or failure.");
    case TRESTLE_PRACTICE_FAULT_ERROR503:
      return trestle_practice_fail (ctx, "ServiceUnavailable", 503,
                                    "The request has failed due to a temporary failure of the"
                                    " server.");
    case TRESTLE_PRACTICE_FAULT_EXPIRED_TOKEN:
      return trestle_practice_fail (ctx, "ExpiredToken", 403,
                                    "The security token included in the request is expired");
    case TRESTLE_PRACTICE_FAULT_DENIED:
      return trestle_practice_fail (
          ctx, "AccessDenied",
          g_str_equal (service, "sagemaker") || g_str_equal (service, "marketplace-agreement")
              ? 400
              : 403,
          "User: %s is not authorized to perform: %s:%s because no identity-based policy allows"
          " the %s:%s action",
          ctx->account->arn, trestle_aws_model_get_signing_name (call->model),
          call->operation->name, trestle_aws_model_get_signing_name (call->model),
          call->operation->name);
    case TRESTLE_PRACTICE_FAULT_RESET:
    case TRESTLE_PRACTICE_FAULT_CUT:
    case TRESTLE_PRACTICE_FAULT_DRIP:
    case TRESTLE_PRACTICE_FAULT_DELAY:
    case TRESTLE_PRACTICE_FAULT_SKEW:
    case TRESTLE_PRACTICE_FAULT_CAPACITY:
    case TRESTLE_PRACTICE_FAULT_STUCK:
    case TRESTLE_PRACTICE_FAULT_PING:
    case TRESTLE_PRACTICE_FAULT_REFUSED:
    case TRESTLE_PRACTICE_FAULT_NONE:
    default:
      return TRUE;
    }
}

static gboolean
answer (Call *call, const TrestleAwsHttp *request, TrestlePracticeReply *reply)
{
  TrestlePracticeContext *ctx = &call->ctx;
  const char *service = trestle_aws_model_get_service (call->model);
  g_autofree char *bucket = NULL;

  call->operation = trestle_aws_protocol_route (call->model, request, NULL);
  reply->skew = trestle_practice_faults_take_skew (ctx->world->faults, service,
                                                   call->operation ? call->operation->name : NULL);
  if (!verify (call, request, ctx->now + reply->skew) || !check_scope (call))
    return FALSE;
  if (g_str_equal (service, "s3") && trestle_practice_s3_is_bucket_call (request, &bucket))
    {
      trestle_practice_state_begin (ctx->state);
      reply->answer = trestle_practice_s3_bucket_call (ctx, request, bucket);
      trestle_practice_state_end (ctx->state, reply->answer != NULL);
      return reply->answer != NULL;
    }
  if (!find_route (call, request))
    return FALSE;
  if (ctx->world->rates != NULL
      && !trestle_practice_rates_take (ctx->world->rates, ctx->account->number, ctx->region,
                                       service, call->operation->name))
    {
      const TrestlePracticeFault throttle = { .kind = TRESTLE_PRACTICE_FAULT_THROTTLE };

      return apply_fault (call, &throttle);
    }
  trestle_practice_faults_take (ctx->world->faults, service, call->operation->name, &reply->fault);
  if (!reply->fault.after
      && (reply->fault.kind == TRESTLE_PRACTICE_FAULT_RESET || !apply_fault (call, &reply->fault)))
    return FALSE;
  if (!reply->fault.after && reply->fault.kind == TRESTLE_PRACTICE_FAULT_DELAY)
    {
      dex_await (dex_timeout_new_msec ((int) reply->fault.delay_ms), NULL);
      reply->fault.kind = TRESTLE_PRACTICE_FAULT_NONE;
      ctx->now = trestle_clock_now ();
    }
  if (!perform (call, request, reply))
    return FALSE;
  if (reply->fault.after && !apply_fault (call, &reply->fault))
    {
      g_clear_pointer (&reply->answer, trestle_aws_http_free);
      return FALSE;
    }
  return TRUE;
}

void
trestle_practice_dispatch (TrestlePracticeWorld *world,
                           const TrestleAwsHttp *request,
                           TrestlePracticeReply *reply)
{
  g_auto (Call) call = { 0 };

  call.ctx.world = world;
  call.ctx.state = world->state;
  call.ctx.now = trestle_clock_now ();
  call.ctx.request_id = g_uuid_string_random ();
  call.model = find_model (request);
  trestle_practice_world_settle (world, call.ctx.now);
  if (!answer (&call, request, reply))
    {
      g_autoptr (JsonNode) members = NULL;

      if (call.ctx.fault_members != NULL)
        {
          members = json_node_alloc ();
          json_node_init_object (members, call.ctx.fault_members);
        }
      reply->answer = trestle_aws_protocol_write_error (
          call.model, call.ctx.fault_code ? call.ctx.fault_code : "InternalFailure",
          call.ctx.fault_code ? call.ctx.fault_status : 500, call.ctx.fault_message, members,
          call.ctx.request_id);
    }
}
