/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire-kit.h"

#define OK "HTTP/1.1 200 OK\r\n"

/* A read whose one answer is @text fails with @code after @n_requests. */
static void
check_answer (const char *text, WireThen then, TrestleAwsError code, guint n_requests)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  g_autoptr (GError) later_error = NULL;
  g_autoptr (TrestleAwsReply) later = NULL;

  for (guint i = 0; i < n_requests; i++)
    wire_server_push (kit->server, text, then);
  reply = wire_kit_read (kit, &error);
  wire_assert_failed (reply, error, (int) code, TRUE);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, n_requests);

  /* What was wrong with one answer does not spoil the next. */
  later = wire_kit_read (kit, &later_error);
  g_assert_no_error (later_error);
}

static DexFuture *
test_garbage_json_fiber (gpointer data)
{
  static const char *const bodies[] = { "{\"EndpointName\":", "not json",    "[1,2,3]",
                                        "\"text\"",           "{} trailing", "\xff\xfe\x01" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *text = g_strdup_printf (OK "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                               strlen (bodies[i]), bodies[i]);

      g_test_message ("body %u", i);
      check_answer (text, WIRE_KEEP, TRESTLE_AWS_ERROR_PROTOCOL, 1);
    }
  return dex_future_new_true ();
}

static DexFuture *
test_garbage_http_fiber (gpointer data)
{
  check_answer ("SSH-2.0-OpenSSH_9.2\r\n\r\n", WIRE_CLOSE, TRESTLE_AWS_ERROR_PROTOCOL, 3);
  check_answer ("HTTP/1.1 banana\r\n\r\n", WIRE_CLOSE, TRESTLE_AWS_ERROR_PROTOCOL, 3);
  return dex_future_new_true ();
}

static DexFuture *
test_html_page_fiber (gpointer data)
{
  const char *page = "Content-Type: text/html\r\nContent-Length: 44\r\n\r\n"
                     "<html><body><h1>Bad day</h1></body></html>\r\n";
  g_autofree char *fine = g_strconcat (OK, page, NULL);
  g_autofree char *bad = g_strconcat ("HTTP/1.1 503 Down\r\n", page, NULL);
  g_autofree char *denied = g_strconcat ("HTTP/1.1 403 No\r\n", page, NULL);
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  check_answer (fine, WIRE_KEEP, TRESTLE_AWS_ERROR_PROTOCOL, 1);
  check_answer (bad, WIRE_KEEP, TRESTLE_AWS_ERROR_SERVICE, 3);
  wire_server_push (kit->server, denied, WIRE_KEEP);
  reply = wire_kit_read (kit, &error);
  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_ACCESS_DENIED, FALSE);
  return dex_future_new_true ();
}

static DexFuture *
test_empty_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  wire_server_push (kit->server, OK "Content-Length: 0\r\n\r\n", WIRE_KEEP);
  reply = wire_kit_call (kit, "sagemaker", "DeleteModel", "{\"ModelName\":\"iris\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (
      json_object_get_size (json_node_get_object (trestle_aws_reply_get_output (reply))), ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_wrong_length_fiber (gpointer data)
{
  /* Too short a length: the rest of the body must not be taken for the next answer. */
  check_answer (OK "Content-Length: 5\r\n\r\n{\"EndpointName\":\"iris\"}", WIRE_KEEP,
                TRESTLE_AWS_ERROR_PROTOCOL, 1);
  check_answer (OK "Content-Length: 5000\r\n\r\n{\"EndpointName\":\"iris\"}", WIRE_CLOSE,
                TRESTLE_AWS_ERROR_NETWORK, 3);
  return dex_future_new_true ();
}

static DexFuture *
test_huge_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autofree char *filler = g_strnfill (200 * 1024, 'x');
  g_autofree char *told = g_strdup_printf (OK "Content-Length: 1099511627776\r\n\r\n%s", filler);
  g_autofree char *untold = g_strdup_printf (OK "Connection: close\r\n\r\n%s", filler);
  const char *answers[] = { told, untold };
  g_autoptr (JsonNode) input = json_from_string ("{\"EndpointName\":\"iris\"}", NULL);
  TrestleAwsCall call = {
    .service = "sagemaker", .operation = "DescribeEndpoint", .input = input, .max_body = 100 * 1024
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;

      wire_server_push (kit->server, answers[i], WIRE_DRIP);
      reply = dex_await_object (trestle_aws_client_call_full (kit->client, &call), &error);
      wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_PROTOCOL, TRUE);
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==, i + 1);
    }
  return dex_future_new_true ();
}

/* Large enough for the thread pool. */
static DexFuture *
test_large_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autofree char *filler = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *body = g_strdup_printf ("{\"EndpointName\":\"iris\",\"FailureReason\":\"%s\"}",
                                           filler);
  g_autofree char *broken = g_strdup_printf ("{\"EndpointName\":\"iris\",\"%s", filler);
  g_autofree char *failure = g_strdup_printf (
      "{\"__type\":\"ValidationException\",\"message\":\"%s\"}", filler);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  g_autoptr (TrestleAwsReply) none = NULL;

  wire_server_answer (kit->server, 200, NULL, body);
  reply = wire_kit_read (kit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (
      strlen (json_object_get_string_member (
          json_node_get_object (trestle_aws_reply_get_output (reply)), "FailureReason")),
      ==, strlen (filler));
  g_assert_nonnull (trestle_aws_reply_get_request_id (reply));

  wire_server_answer (kit->server, 200, NULL, broken);
  none = wire_kit_read (kit, &error);
  wire_assert_failed (none, error, TRESTLE_AWS_ERROR_PROTOCOL, TRUE);
  g_clear_error (&error);
  wire_server_answer (kit->server, 400, NULL, failure);
  none = wire_kit_read (kit, &error);
  wire_assert_failed (none, error, TRESTLE_AWS_ERROR_VALIDATION, FALSE);
  return dex_future_new_true ();
}

static DexFuture *
test_redirect_fiber (gpointer data)
{
  static const char *const statuses[] = { "301", "302", "307", "308" };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (WireServer) elsewhere = wire_server_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;
      g_autofree char *text = g_strdup_printf (
          "HTTP/1.1 %s Moved\r\nLocation: %s/\r\nContent-Length: 0\r\n\r\n", statuses[i],
          wire_server_get_endpoint (elsewhere));

      wire_server_push (kit->server, text, WIRE_KEEP);
      reply = wire_kit_read (kit, &error);
      wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_PROTOCOL, FALSE);
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 1);
      g_assert_cmpuint (wire_server_n_connections (elsewhere), ==, 0);
    }
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  trestle_test_fiber ("/wire/answers/garbage-json", test_garbage_json_fiber);
  trestle_test_fiber ("/wire/answers/garbage-http", test_garbage_http_fiber);
  trestle_test_fiber ("/wire/answers/html-page", test_html_page_fiber);
  trestle_test_fiber ("/wire/answers/empty", test_empty_fiber);
  trestle_test_fiber ("/wire/answers/wrong-length", test_wrong_length_fiber);
  trestle_test_fiber ("/wire/answers/huge", test_huge_fiber);
  trestle_test_fiber ("/wire/answers/large", test_large_fiber);
  trestle_test_fiber ("/wire/answers/redirect", test_redirect_fiber);
  return g_test_run ();
}
