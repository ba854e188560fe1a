/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire-kit.h"

static DexFuture *
test_success_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  WireRequest *request;

  wire_server_answer (kit->server, 200, NULL,
                      "{\"EndpointName\":\"iris\",\"EndpointStatus\":\"InService\","
                      "\"NewMember\":{\"Deep\":[1,2]}}");
  reply = wire_kit_read (kit, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      json_object_get_string_member (json_node_get_object (trestle_aws_reply_get_output (reply)),
                                     "EndpointStatus"),
      ==, "InService");
  g_assert_cmpuint (trestle_aws_reply_get_attempts (reply), ==, 1);
  g_assert_cmpstr (trestle_aws_reply_get_request_id (reply), ==, "request-0");
  g_assert_cmpstr (trestle_aws_reply_get_header (reply, "X-Amzn-RequestId"), ==, "request-0");
  g_assert_cmpint (trestle_aws_reply_get_latency (reply), >, 0);
  g_assert_null (trestle_aws_reply_get_payload (reply));
  g_assert_null (trestle_aws_reply_get_stream (reply));

  request = wire_server_request (kit->server, 0);
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (wire_request_header (request, "X-Amz-Target"), ==, "SageMaker.DescribeEndpoint");
  g_assert_true (g_str_has_prefix (wire_request_header (request, "User-Agent"), "Trestle/"));
  g_assert_cmpstr (wire_request_header (request, "amz-sdk-request"), ==, "attempt=1; max=3");
  g_assert_null (wire_request_header (request, "Accept-Encoding"));
  wire_kit_assert_signed (kit);

  g_assert_cmpuint (kit->n_called, ==, 1);
  g_assert_cmpstr (kit->last->service, ==, "sagemaker");
  g_assert_cmpstr (kit->last->operation, ==, "DescribeEndpoint");
  g_assert_cmpstr (kit->last->region, ==, "eu-west-1");
  g_assert_cmpuint (kit->last->status, ==, 200);
  g_assert_cmpstr (kit->last->request_id, ==, "request-0");
  g_assert_null (kit->last->error);
  return dex_future_new_true ();
}

static DexFuture *
test_throttled_then_ok_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  wire_server_error (kit->server, 400, "ThrottlingException");
  reply = wire_kit_read (kit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trestle_aws_reply_get_attempts (reply), ==, 2);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
  g_assert_cmpuint (kit->delays->len, ==, 1);
  g_assert_cmpint (g_array_index (kit->delays, gint64, 0), <=, G_USEC_PER_SEC);
  g_assert_cmpuint (kit->last->attempts, ==, 2);
  wire_kit_assert_signed (kit);

  g_assert_cmpstr (wire_request_header (wire_server_request (kit->server, 1), "amz-sdk-request"),
                   ==, "attempt=2; max=3");
  g_assert_cmpstr (
      wire_request_header (wire_server_request (kit->server, 0), "amz-sdk-invocation-id"), ==,
      wire_request_header (wire_server_request (kit->server, 1), "amz-sdk-invocation-id"));
  return dex_future_new_true ();
}

/* Where AWS names a rate, no try comes before the next place is free. */
static DexFuture *
test_throttled_by_rate_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonNode) input = json_from_string ("{\"agreementId\":\"agmt-1\"}", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;

      wire_server_error (kit->server, 400, "ThrottlingException");
      wire_server_error (kit->server, 400, "ThrottlingException");
      reply = dex_await_object (
          trestle_aws_client_call (kit->client, "marketplace-agreement", "CancelAgreement", input),
          &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (kit->delays->len, ==, 6);
  for (guint i = 0; i < kit->delays->len; i++)
    g_assert_cmpint (g_array_index (kit->delays, gint64, i), >=, G_USEC_PER_SEC / 3);
  return dex_future_new_true ();
}

static DexFuture *
test_faults_then_ok_fiber (gpointer data)
{
  static const guint statuses[] = { 500, 502, 503, 504 };
  g_autoptr (WireKit) kit = wire_kit_new ();

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;

      wire_server_error (kit->server, statuses[i], "InternalFailure");
      wire_server_error (kit->server, statuses[i], "InternalFailure");
      reply = wire_kit_read (kit, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (trestle_aws_reply_get_attempts (reply), ==, 3);
    }
  g_assert_cmpuint (wire_server_n_connections (kit->server), ==, 1);
  wire_kit_assert_signed (kit);
  return dex_future_new_true ();
}

static DexFuture *
test_to_the_end_fiber (gpointer data)
{
  static const struct
  {
    guint status;
    const char *code;
    TrestleAwsError expected;
    gboolean arrived;
  } cases[] = {
    { 400, "ThrottlingException", TRESTLE_AWS_ERROR_THROTTLED, FALSE },
    { 503, "SlowDown", TRESTLE_AWS_ERROR_THROTTLED, FALSE },
    { 500, "InternalFailure", TRESTLE_AWS_ERROR_SERVICE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;
      const TrestleAwsErrorDetails *details;

      for (guint n = 0; n < 5; n++)
        wire_server_error (kit->server, cases[i].status, cases[i].code);
      reply = wire_kit_read (kit, &error);
      wire_assert_failed (reply, error, (int) cases[i].expected, cases[i].arrived);
      details = trestle_aws_error_details (error);
      g_assert_cmpstr (details->code, ==, cases[i].code);
      g_assert_cmpstr (details->service, ==, "sagemaker");
      g_assert_cmpstr (details->operation, ==, "DescribeEndpoint");
      g_assert_cmpuint (details->status, ==, cases[i].status);
      g_assert_cmpstr (details->request_id, ==, "request-0");
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 3);
      g_assert_cmpuint (kit->last->attempts, ==, 3);
      g_assert_cmpstr (kit->last->error, ==, cases[i].code);
    }
  return dex_future_new_true ();
}

static DexFuture *
test_not_again_fiber (gpointer data)
{
  static const struct
  {
    guint status;
    const char *code;
    TrestleAwsError expected;
  } cases[] = {
    { 400, "ValidationException", TRESTLE_AWS_ERROR_VALIDATION },
    { 400, "AccessDeniedException", TRESTLE_AWS_ERROR_ACCESS_DENIED },
    { 400, "ExpiredTokenException", TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED },
    { 400, "ResourceInUse", TRESTLE_AWS_ERROR_CONFLICT },
    { 403, "UnrecognizedClientException", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  };
  g_autoptr (WireKit) kit = wire_kit_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;

      wire_server_error (kit->server, cases[i].status, cases[i].code);
      reply = wire_kit_ask (kit, &error);
      wire_assert_failed (reply, error, (int) cases[i].expected, FALSE);
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==, i + 1);
    }
  g_assert_cmpuint (kit->delays->len, ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_retry_after_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  wire_server_answer (kit->server, 500, "x-amz-retry-after: 3000\r\n", "{}");
  wire_server_answer (kit->server, 500, "x-amz-retry-after: nonsense\r\n", "{}");
  reply = wire_kit_read (kit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kit->delays->len, ==, 2);
  g_assert_cmpint (g_array_index (kit->delays, gint64, 0), ==, 3 * G_USEC_PER_SEC);
  g_assert_cmpint (g_array_index (kit->delays, gint64, 1), <=, G_USEC_PER_SEC / 10);
  return dex_future_new_true ();
}

static DexFuture *
test_quota_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  guint n_calls = 0;

  /* 35 retries at 14 tokens empty the bucket but for 10: 17 calls of 3 tries, then one of 2. */
  while (trestle_aws_transport_get_quota (kit->transport) >= 14)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;

      for (guint i = 0; i < 3; i++)
        wire_server_error (kit->server, 500, "InternalFailure");
      reply = wire_kit_read (kit, &error);
      wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_SERVICE, TRUE);
      g_assert_cmpuint (kit->last->attempts, ==, ++n_calls <= 17 ? 3 : 2);
    }
  g_assert_cmpuint (n_calls, ==, 18);
  g_assert_cmpuint (trestle_aws_transport_get_quota (kit->transport), ==, 10);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (TrestleAwsReply) reply = wire_kit_read (kit, &error);

    wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_SERVICE, TRUE);
    g_assert_cmpuint (kit->last->attempts, ==, 1);
  }
  /* Throttling costs 5, and what it cost comes back with the success; a first try brings 1. */
  {
    g_autoptr (TrestleAwsReply) reply = NULL;

    wire_server_error (kit->server, 400, "ThrottlingException");
    reply = wire_kit_read (kit, NULL);
    g_assert_nonnull (reply);
    g_assert_cmpuint (trestle_aws_transport_get_quota (kit->transport), ==, 10);
  }
  {
    g_autoptr (TrestleAwsReply) reply = wire_kit_read (kit, NULL);

    g_assert_nonnull (reply);
    g_assert_cmpuint (trestle_aws_transport_get_quota (kit->transport), ==, 11);
  }
  return dex_future_new_true ();
}

static DexFuture *
test_real_delay_fiber (gpointer data)
{
  g_autoptr (WireServer) server = wire_server_new (NULL);
  g_autoptr (TrestleAwsConfig)
      config = trestle_aws_config_new_fixed (wire_server_get_endpoint (server), "us-east-1");
  g_autoptr (TrestleAwsCredentials)
      keys = trestle_aws_credentials_new (WIRE_KEY, WIRE_SECRET, "session-token", 0, "test");
  g_autoptr (TrestleAwsCredentialsProvider) provider = trestle_aws_static_provider_new (keys);
  g_autoptr (TrestleAwsTransport) transport = trestle_aws_transport_new (NULL, NULL);
  g_autoptr (TrestleAwsClient)
      client = trestle_aws_client_new (transport, config, provider, "us-east-1");
  g_autoptr (JsonNode) input = json_from_string ("{\"EndpointName\":\"iris\"}", NULL);
  g_autoptr (TrestleAwsReply) reply = NULL;
  gint64 start = g_get_monotonic_time ();

  wire_server_answer (server, 503, "x-amz-retry-after: 150\r\n", "{}");
  reply = dex_await_object (
      trestle_aws_client_call (client, "sagemaker", "DescribeEndpoint", input), NULL);
  g_assert_nonnull (reply);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 150 * 1000);
  g_assert_cmpint (trestle_aws_reply_get_latency (reply), >=, 150 * 1000);
  g_assert_cmpstr (wire_request_header (wire_server_request (server, 1), "x-amz-security-token"),
                   ==, "session-token");
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  trestle_test_fiber ("/wire/retry/success", test_success_fiber);
  trestle_test_fiber ("/wire/retry/throttled-then-ok", test_throttled_then_ok_fiber);
  trestle_test_fiber ("/wire/retry/throttled-by-rate", test_throttled_by_rate_fiber);
  trestle_test_fiber ("/wire/retry/faults-then-ok", test_faults_then_ok_fiber);
  trestle_test_fiber ("/wire/retry/to-the-end", test_to_the_end_fiber);
  trestle_test_fiber ("/wire/retry/not-again", test_not_again_fiber);
  trestle_test_fiber ("/wire/retry/retry-after", test_retry_after_fiber);
  trestle_test_fiber ("/wire/retry/quota", test_quota_fiber);
  trestle_test_fiber ("/wire/retry/real-delay", test_real_delay_fiber);
  return g_test_run ();
}
