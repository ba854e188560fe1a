/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-runtime-service.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "services/trestle-service.h"

#define MAX_ANSWER (64 * 1024 * 1024)

typedef struct
{
  char *endpoint;
  char *content_type;
  char *accept;
  char *attributes;
  char *file_name;
  gint64 size;
  gint64 when;
} Sent;

static void
sent_free (gpointer data)
{
  Sent *self = data;

  g_free (self->endpoint);
  g_free (self->content_type);
  g_free (self->accept);
  g_free (self->attributes);
  g_free (self->file_name);
  g_free (self);
}

/* A container may charge several inferences for one call. */
static gint64
read_units (TrestleAwsReply *reply)
{
  const char *text = trestle_aws_reply_get_header (reply, "x-amzn-inference-metering");
  g_autoptr (TrestleJsonDoc) doc = NULL;
  gint64 units = 1;

  if (text != NULL && (doc = trestle_json_doc_parse (text, -1, NULL)) != NULL)
    units = trestle_json_int_or (trestle_json_root (doc), "ConsumedUnits", 1);
  return MAX (units, 0);
}

static gpointer
read_answer (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  Sent *sent = data;
  GBytes *body = trestle_aws_reply_get_payload (reply);

  return g_object_new (TRESTLE_TYPE_INVOCATION, "endpoint", sent->endpoint, "variant",
                       trestle_json_string_or (at, "InvokedProductionVariant", NULL), "file",
                       sent->file_name, "request-type", sent->content_type, "accept", sent->accept,
                       "attributes", sent->attributes, "status", (gint64) 200, "content-type",
                       trestle_json_string_or (at, "ContentType", NULL), "bytes-sent", sent->size,
                       "bytes-received", (gint64) (body ? g_bytes_get_size (body) : 0), "latency",
                       trestle_aws_reply_get_latency (reply), "attempts",
                       (gint64) trestle_aws_reply_get_attempts (reply), "body", body, "request-id",
                       trestle_aws_reply_get_request_id (reply), "when", sent->when, "units",
                       read_units (reply), NULL);
}

DexFuture *
trestle_runtime_service_invoke (TrestleAwsClient *client, const TrestleRuntimeCall *call)
{
  JsonObject *input = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GBytes) nothing = NULL;
  Sent *sent = g_new0 (Sent, 1);
  TrestleAwsCall made = {
    .service = "sagemaker-runtime",
    .operation = "InvokeEndpoint",
    .input = node,
    .payload = call->bytes,
    .upload = call->bytes ? NULL : call->file,
    .max_body = MAX_ANSWER,
  };

  if (call->bytes == NULL && call->file == NULL)
    made.payload = nothing = g_bytes_new_static ("", 0);
  json_object_set_string_member (input, "EndpointName", call->endpoint);
  trestle_input_text (input, "ContentType", call->content_type);
  trestle_input_text (input, "Accept", call->accept);
  trestle_input_text (input, "CustomAttributes", call->attributes);
  trestle_input_text (input, "TargetVariant", call->variant);
  json_node_take_object (node, input);

  sent->endpoint = g_strdup (call->endpoint);
  sent->content_type = g_strdup (call->content_type);
  sent->accept = g_strdup (call->accept);
  sent->attributes = g_strdup (call->attributes);
  sent->file_name = g_strdup (call->file_name);
  sent->size = call->size;
  sent->when = trestle_clock_now ();
  return trestle_service_call_full (client, &made, read_answer, sent, sent_free);
}

TrestleInvocation *
trestle_runtime_service_failed (const TrestleRuntimeCall *call,
                                const GError *error,
                                gint64 when,
                                gint64 latency)
{
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);
  g_autoptr (TrestleJsonDoc) doc = NULL;
  const char *log = NULL, *message = NULL;
  gint64 status = details ? details->status : 0;

  if (details != NULL && details->body != NULL
      && (doc = trestle_json_doc_parse (details->body, -1, NULL)) != NULL)
    {
      TrestleJson root = trestle_json_root (doc);

      log = trestle_json_string_or (root, "LogStreamArn", NULL);
      message = trestle_json_string_or (root, "OriginalMessage", NULL);
    }
  return g_object_new (TRESTLE_TYPE_INVOCATION, "endpoint", call->endpoint, "variant",
                       call->variant, "file", call->file_name, "request-type", call->content_type,
                       "accept", call->accept, "attributes", call->attributes, "status", status,
                       "bytes-sent", call->size, "latency", latency, "request-id",
                       details ? details->request_id : NULL, "error-code",
                       details && details->code ? details->code : "Failed", "error-message",
                       message && *message ? message : error->message, "log-stream-arn", log,
                       "when", when, "units", (gint64) 0, NULL);
}
