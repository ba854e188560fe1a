/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-client.h"

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-reply-private.h"
#include "aws/trestle-aws-transport-private.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"

#define DEFAULT_TIMEOUT_MS (60 * 1000)
#define DEFAULT_MAX_BODY (64 * 1024 * 1024)

struct _TrestleAwsClient
{
  GObject parent_instance;

  TrestleAwsTransport *transport;
  TrestleAwsConfig *config;
  TrestleAwsCredentialsProvider *credentials;
  char *region;
};

enum
{
  CALLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TrestleAwsClient, trestle_aws_client, G_TYPE_OBJECT)

static void
trestle_aws_client_finalize (GObject *object)
{
  TrestleAwsClient *self = TRESTLE_AWS_CLIENT (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->config);
  g_clear_object (&self->credentials);
  g_free (self->region);
  G_OBJECT_CLASS (trestle_aws_client_parent_class)->finalize (object);
}

static void
trestle_aws_client_class_init (TrestleAwsClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_aws_client_finalize;

  /**
   * TrestleAwsClient::called:
   * @record: (transfer none): what was called, and how it went
   *
   * A call came to its end, whatever it was; one that was dropped did not.
   */
  signals[CALLED] = g_signal_new ("called", TRESTLE_TYPE_AWS_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1,
                                  TRESTLE_TYPE_AWS_CALL_RECORD | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
trestle_aws_client_init (TrestleAwsClient *self)
{
  /* everything comes with trestle_aws_client_new() */
}

TrestleAwsClient *
trestle_aws_client_new (TrestleAwsTransport *transport,
                        TrestleAwsConfig *config,
                        TrestleAwsCredentialsProvider *credentials,
                        const char *region)
{
  TrestleAwsClient *self = g_object_new (TRESTLE_TYPE_AWS_CLIENT, NULL);

  self->transport = g_object_ref (transport);
  self->config = g_object_ref (config);
  self->credentials = g_object_ref (credentials);
  self->region = g_strdup (region);
  return self;
}

const char *
trestle_aws_client_get_region (TrestleAwsClient *self)
{
  return self->region;
}

/* A copy of @input with the client tokens that it lacks; the node itself stays as it is. */
static JsonNode *
with_tokens (const TrestleAwsOperation *operation, JsonNode *input)
{
  JsonObject *given = input && JSON_NODE_HOLDS_OBJECT (input) ? json_node_get_object (input) : NULL;
  JsonNode *filled = NULL;
  JsonObject *members;

  for (guint i = 0; operation->input != NULL && i < operation->input->n_members; i++)
    {
      const TrestleAwsMember *member = &operation->input->members[i];
      g_autofree char *token = NULL;

      if (!member->token || (given != NULL && json_object_has_member (given, member->name)))
        continue;
      if (filled == NULL)
        {
          g_autoptr (GList) names = given ? json_object_get_members (given) : NULL;

          filled = json_node_new (JSON_NODE_OBJECT);
          json_node_take_object (filled, json_object_new ());
          members = json_node_get_object (filled);
          for (GList *l = names; l != NULL; l = l->next)
            json_object_set_member (members, l->data,
                                    json_node_copy (json_object_get_member (given, l->data)));
        }
      token = g_uuid_string_random ();
      json_object_set_string_member (json_node_get_object (filled), member->name, token);
    }
  if (filled == NULL && input != NULL)
    filled = json_node_ref (input);
  return filled;
}

static GError *
named_error (GError *error, const char *service, const char *operation)
{
  g_autoptr (GError) owned = error;
  const TrestleAwsErrorDetails *known = trestle_aws_error_details (error);
  TrestleAwsErrorDetails details = { 0 };

  if (known == NULL)
    return g_steal_pointer (&owned);
  details = *known;
  details.service = (char *) service;
  details.operation = (char *) operation;
  return trestle_aws_error_new ((TrestleAwsError) error->code, &details, "%s", error->message);
}

static TrestleAwsExchange *
prepare (TrestleAwsClient *self, const TrestleAwsCall *call, GError **error)
{
  const TrestleAwsModel *model = trestle_aws_model_get (call->service);
  const TrestleAwsOperation *operation = trestle_aws_model_get_operation (model, call->operation);
  const char *region = call->region ? call->region : self->region;
  g_autoptr (JsonNode) input = NULL;
  g_autofree char *endpoint = NULL;
  g_autofree char *signing_region = NULL;
  TrestleAwsExchange *exchange;
  TrestleAwsHttp *request;

  if (operation == NULL)
    g_error ("%s has no operation %s", call->service, call->operation);
  if (region == NULL || *region == '\0')
    {
      g_propagate_error (
          error, trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL, "No Region is chosen"));
      return NULL;
    }
  endpoint = trestle_aws_config_resolve (self->config, call->service, region, &signing_region,
                                         error);
  if (endpoint == NULL)
    return NULL;
  input = with_tokens (operation, call->input);
  request = trestle_aws_protocol_write_request (model, operation, input, call->payload, error);
  if (request == NULL)
    return NULL;

  exchange = trestle_aws_exchange_new (endpoint, request);
  exchange->model = model;
  exchange->operation = operation;
  exchange->signing_region = g_steal_pointer (&signing_region);
  exchange->practice = trestle_aws_config_is_fixed (self->config);
  exchange->credentials = g_object_ref (self->credentials);
  exchange->upload = call->upload ? g_object_ref (call->upload) : NULL;
  exchange->timeout_ms = call->timeout_ms ? call->timeout_ms : operation->timeout_ms;
  if (exchange->timeout_ms == 0)
    exchange->timeout_ms = DEFAULT_TIMEOUT_MS;
  exchange->max_attempts = trestle_aws_config_get_max_attempts (self->config);
  exchange->stream = call->stream;
  exchange->max_body = call->max_body ? call->max_body : DEFAULT_MAX_BODY;
  return exchange;
}

/* A call under way, until its record is written. */
typedef struct
{
  TrestleAwsClient *client;
  TrestleAwsExchange *exchange;
  char *region;
  gint64 started;
} Finish;

static void
finish_free (gpointer data)
{
  Finish *finish = data;

  g_object_unref (finish->client);
  trestle_aws_exchange_unref (finish->exchange);
  g_free (finish->region);
  g_free (finish);
}

static const char *
error_name (const GError *error)
{
  static const char *const names[] = {
    "network",       "timeout",   "throttled", "credentials-missing", "credentials-expired",
    "access-denied", "not-found", "conflict",  "validation",          "quota",
    "model",         "service",   "protocol",  "clock-skew",          "config",
  };
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);

  if (details == NULL)
    return "other";
  return details->code ? details->code : names[error->code];
}

static void
record (Finish *finish, const GError *error)
{
  TrestleAwsExchange *exchange = finish->exchange;
  g_autofree char *request_id = exchange->answer
                                    ? trestle_aws_protocol_request_id (exchange->answer)
                                    : NULL;
  TrestleAwsCallRecord line = {
    .service = (char *) trestle_aws_model_get_service (exchange->model),
    .operation = (char *) exchange->operation->name,
    .region = finish->region,
    .status = exchange->answer ? exchange->answer->status : 0,
    .request_id = request_id,
    .attempts = exchange->attempts,
    .latency = exchange->latency,
    .started = finish->started,
    .error = (char *) (error ? error_name (error) : NULL),
  };

  g_signal_emit (finish->client, signals[CALLED], 0, &line);
}

static DexFuture *
finished_cb (DexFuture *future, gpointer data)
{
  Finish *finish = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = dex_future_get_value (future, &error) != NULL;

  record (finish, error);
  if (!ok)
    return trestle_future_error (error);
  return dex_future_new_take_object (trestle_aws_reply_new (finish->exchange));
}

DexFuture *
trestle_aws_client_call_full (TrestleAwsClient *self, const TrestleAwsCall *call)
{
  g_autoptr (TrestleAwsExchange) exchange = NULL;
  g_autoptr (GError) error = NULL;
  Finish *finish;

  dex_return_error_if_fail (TRESTLE_IS_AWS_CLIENT (self));

  exchange = prepare (self, call, &error);
  if (exchange == NULL)
    {
      error = named_error (g_steal_pointer (&error), call->service, call->operation);
      return trestle_future_error (error);
    }
  finish = g_new0 (Finish, 1);
  finish->client = g_object_ref (self);
  finish->region = g_strdup (call->region ? call->region : self->region);
  finish->started = trestle_clock_now ();
  finish->exchange = g_steal_pointer (&exchange);
  return dex_future_finally (trestle_aws_transport_send (self->transport, finish->exchange),
                             finished_cb, finish, finish_free);
}

DexFuture *
trestle_aws_client_call (TrestleAwsClient *self,
                         const char *service,
                         const char *operation,
                         JsonNode *input)
{
  TrestleAwsCall call = { .service = service, .operation = operation, .input = input };

  return trestle_aws_client_call_full (self, &call);
}

typedef struct
{
  TrestleAwsExchange *exchange;
  gint64 date;
  guint expires;
} Presign;

static void
presign_free (gpointer data)
{
  Presign *presign = data;

  trestle_aws_exchange_unref (presign->exchange);
  g_free (presign);
}

static DexFuture *
presign_cb (DexFuture *future, gpointer data)
{
  Presign *presign = data;
  TrestleAwsExchange *exchange = presign->exchange;
  TrestleAwsCredentials *credentials = g_value_get_boxed (dex_future_get_value (future, NULL));
  g_autofree char *path = trestle_aws_exchange_path (exchange);
  g_autoptr (GArray) headers = trestle_aws_headers_new ();
  TrestleAwsSignable signable = { exchange->request->method, path, exchange->request->query,
                                  headers, TRESTLE_AWS_UNSIGNED_PAYLOAD };
  TrestleAwsSigning signing;
  g_autoptr (TrestleAwsSignature) signature = NULL;
  g_autoptr (GError) error = NULL;

  trestle_aws_headers_add (headers, "host", trestle_aws_exchange_get_host (exchange));
  trestle_aws_exchange_signing (exchange, credentials, presign->date, &signing);
  signature = trestle_aws_sign_query (&signable, &signing, presign->expires, &error);
  if (signature == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_string (
      g_strdup_printf ("%s://%s%s?%s", g_uri_get_scheme (exchange->endpoint),
                       trestle_aws_exchange_get_host (exchange), path, signature->query));
}

DexFuture *
trestle_aws_client_presign (TrestleAwsClient *self, const TrestleAwsCall *call, guint expires)
{
  g_autoptr (TrestleAwsExchange) exchange = NULL;
  g_autoptr (GError) error = NULL;
  Presign *presign;

  dex_return_error_if_fail (TRESTLE_IS_AWS_CLIENT (self));

  exchange = prepare (self, call, &error);
  if (exchange == NULL)
    {
      error = named_error (g_steal_pointer (&error), call->service, call->operation);
      return trestle_future_error (error);
    }
  presign = g_new0 (Presign, 1);
  presign->expires = expires;
  presign->date = trestle_clock_now ()
                  + trestle_aws_transport_get_clock_offset (
                      self->transport, trestle_aws_exchange_get_host (exchange));
  presign->exchange = g_steal_pointer (&exchange);
  return dex_future_then (trestle_aws_credentials_provider_get (self->credentials), presign_cb,
                          presign, presign_free);
}
