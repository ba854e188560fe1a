/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire-kit.h"

static DexFuture *
note_delay (gint64 usec, gpointer data)
{
  g_array_append_val ((GArray *) data, usec);
  return dex_future_new_true ();
}

static void
called_cb (TrestleAwsClient *client, TrestleAwsCallRecord *record, WireKit *self)
{
  g_clear_pointer (&self->last, trestle_aws_call_record_free);
  self->last = trestle_aws_call_record_copy (record);
  self->n_called++;
}

WireKit *
wire_kit_new_for (const char *endpoint, const char *ca_bundle)
{
  WireKit *self = g_new0 (WireKit, 1);
  g_autoptr (TrestleAwsConfig) config = trestle_aws_config_new_fixed (endpoint, "eu-west-1");
  g_autoptr (TrestleAwsCredentials)
      keys = trestle_aws_credentials_new (WIRE_KEY, WIRE_SECRET, NULL, 0, "test");
  g_autoptr (TrestleAwsCredentialsProvider) provider = trestle_aws_static_provider_new (keys);
  g_autoptr (GError) error = NULL;

  self->transport = trestle_aws_transport_new (ca_bundle, &error);
  g_assert_no_error (error);
  self->delays = g_array_new (FALSE, FALSE, sizeof (gint64));
  trestle_aws_transport_set_delay (self->transport, note_delay, self->delays);
  self->client = trestle_aws_client_new (self->transport, config, provider, "eu-west-1");
  g_signal_connect (self->client, "called", G_CALLBACK (called_cb), self);
  return self;
}

WireKit *
wire_kit_new (void)
{
  WireServer *server = wire_server_new (NULL);
  WireKit *self = wire_kit_new_for (wire_server_get_endpoint (server), NULL);

  self->server = server;
  return self;
}

void
wire_kit_free (WireKit *self)
{
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_object_unref (self->client);
  g_object_unref (self->transport);
  g_clear_pointer (&self->server, wire_server_free);
  g_clear_pointer (&self->last, trestle_aws_call_record_free);
  g_array_unref (self->delays);
  g_free (self);
}

TrestleAwsReply *
wire_kit_call (WireKit *self,
               const char *service,
               const char *operation,
               const char *input,
               GError **error)
{
  g_autoptr (JsonNode) node = input ? json_from_string (input, NULL) : NULL;

  g_assert_true (input == NULL || node != NULL);
  return dex_await_object (trestle_aws_client_call (self->client, service, operation, node), error);
}

TrestleAwsReply *
wire_kit_read (WireKit *self, GError **error)
{
  return wire_kit_call (self, "sagemaker", "DescribeEndpoint", "{\"EndpointName\":\"iris\"}",
                        error);
}

TrestleAwsReply *
wire_kit_token (WireKit *self, GError **error)
{
  return wire_kit_call (self, "marketplace-agreement", "CreateAgreementRequest",
                        "{\"intent\":\"NEW\",\"requestedTerms\":[{\"id\":\"term-1\"}],"
                        "\"agreementProposalIdentifier\":\"offer-1\"}",
                        error);
}

TrestleAwsReply *
wire_kit_ask (WireKit *self, GError **error)
{
  return wire_kit_call (self, "sagemaker", "CreateModel", "{\"ModelName\":\"iris\"}", error);
}

TrestleAwsReply *
wire_kit_invoke (WireKit *self, const char *body, GError **error)
{
  g_autoptr (JsonNode)
      input = json_from_string ("{\"EndpointName\":\"iris\",\"ContentType\":\"text/csv\"}", NULL);
  g_autoptr (GBytes) payload = g_bytes_new (body, strlen (body));
  TrestleAwsCall call = { .service = "sagemaker-runtime",
                          .operation = "InvokeEndpoint",
                          .input = input,
                          .payload = payload };

  return dex_await_object (trestle_aws_client_call_full (self->client, &call), error);
}

void
wire_kit_assert_signed (WireKit *self)
{
  for (guint i = 0; i < wire_server_n_requests (self->server); i++)
    g_assert_true (wire_server_request (self->server, i)->verified);
}

char *
wire_dup_refused_endpoint (void)
{
  WireServer *server = wire_server_new (NULL);
  char *endpoint = g_strdup (wire_server_get_endpoint (server));

  wire_server_free (server);
  return endpoint;
}
