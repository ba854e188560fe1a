/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "wire-kit.h"

static const char *
output_text (TrestleAwsReply *reply, const char *member)
{
  return json_object_get_string_member_with_default (
      json_node_get_object (trestle_aws_reply_get_output (reply)), member, NULL);
}

static DexFuture *
test_invoke_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (JsonNode) input = json_from_string (
      "{\"EndpointName\":\"iris\",\"ContentType\":\"image/png\",\"Accept\":\"application/json\","
      "\"CustomAttributes\":\"a=b; c\",\"InferenceId\":\"id-1\"}",
      NULL);
  const guint8 sent[] = { 0x89, 'P', 'N', 'G', 0, 1, 2, 0xff, 0 };
  const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Type: audio/wav\r\n"
                        "x-amzn-RequestId: r-1\r\n"
                        "x-Amzn-Invoked-Production-Variant: AllTraffic\r\n\r\n\0\1\2\xff";
  g_autoptr (GBytes) payload = g_bytes_new_static (sent, sizeof sent);
  g_autoptr (GBytes) answer_bytes = g_bytes_new_static (answer, sizeof answer - 1);
  g_autoptr (GBytes) expected = g_bytes_new_static ("\0\1\2\xff", 4);
  TrestleAwsCall call = { .service = "sagemaker-runtime",
                          .operation = "InvokeEndpoint",
                          .input = input,
                          .payload = payload };
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  WireRequest *request;

  wire_server_push_bytes (kit->server, answer_bytes, WIRE_KEEP);
  reply = dex_await_object (trestle_aws_client_call_full (kit->client, &call), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (trestle_aws_reply_get_payload (reply), expected));
  g_assert_cmpstr (output_text (reply, "ContentType"), ==, "audio/wav");
  g_assert_cmpstr (output_text (reply, "InvokedProductionVariant"), ==, "AllTraffic");
  g_assert_cmpstr (trestle_aws_reply_get_request_id (reply), ==, "r-1");

  request = wire_server_request (kit->server, 0);
  g_assert_cmpstr (request->path, ==, "/endpoints/iris/invocations");
  g_assert_true (g_bytes_equal (request->body, payload));
  g_assert_cmpstr (wire_request_header (request, "Content-Type"), ==, "image/png");
  g_assert_cmpstr (wire_request_header (request, "Accept"), ==, "application/json");
  g_assert_cmpstr (wire_request_header (request, "X-Amzn-SageMaker-Custom-Attributes"), ==,
                   "a=b; c");
  g_assert_cmpstr (wire_request_header (request, "X-Amzn-SageMaker-Inference-Id"), ==, "id-1");
  wire_kit_assert_signed (kit);
  return dex_future_new_true ();
}

static DexFuture *
test_model_error_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  const TrestleAwsErrorDetails *details;
  g_autoptr (JsonNode) members = NULL;

  wire_server_answer (kit->server, 424, "x-amzn-ErrorType: ModelError\r\n",
                      "{\"Message\":\"Received client error (415) from primary\","
                      "\"OriginalStatusCode\":415,\"OriginalMessage\":\"No such type\","
                      "\"LogStreamArn\":\"arn:aws:logs:x\"}");
  reply = wire_kit_invoke (kit, "1,2,3,4", &error);
  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_MODEL, FALSE);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 1);
  details = trestle_aws_error_details (error);
  g_assert_cmpuint (details->status, ==, 424);
  g_assert_cmpstr (details->code, ==, "ModelError");
  members = json_from_string (details->body, NULL);
  g_assert_cmpint (
      json_object_get_int_member (json_node_get_object (members), "OriginalStatusCode"), ==, 415);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (members), "LogStreamArn"),
                   ==, "arn:aws:logs:x");
  return dex_future_new_true ();
}

/* What a person types must not become a header line of its own. */
static DexFuture *
test_header_injection_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = wire_kit_call (
      kit, "sagemaker-runtime", "InvokeEndpoint",
      "{\"EndpointName\":\"iris\",\"CustomAttributes\":\"a\\r\\nX-Evil: 1\"}", &error);

  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_VALIDATION, FALSE);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_large_payload_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autofree char *body = g_strnfill (3 * 1024 * 1024, 'y');
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  wire_server_error (kit->server, 400, "ThrottlingException");
  reply = wire_kit_invoke (kit, body, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (wire_server_request (kit->server, 1)->body), ==,
                    3 * 1024 * 1024);
  wire_kit_assert_signed (kit);
  return dex_future_new_true ();
}

static DexFuture *
put (WireKit *kit, GFile *file)
{
  g_autoptr (JsonNode) input = json_from_string (
      "{\"Bucket\":\"samples\",\"Key\":\"in/../a b+ü.bin\",\"ContentType\":\"image/png\"}", NULL);
  TrestleAwsCall call = {
    .service = "s3", .operation = "PutObject", .input = input, .upload = file
  };

  return trestle_aws_client_call_full (kit->client, &call);
}

static DexFuture *
test_put_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autofree char *filler = g_strnfill (1024 * 1024 + 7, 'z');
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/file");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  g_autoptr (TrestleAwsReply) none = NULL;
  int fd = g_file_open_tmp ("trestle-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, filler, -1, NULL));
  file = g_file_new_for_path (path);

  /* Lost once: the file is read anew. */
  wire_server_push (kit->server, "", WIRE_RESET);
  wire_server_push (kit->server,
                    "HTTP/1.1 200 OK\r\nETag: \"e1\"\r\nContent-Length: 0\r\n"
                    "x-amz-request-id: s3-1\r\n\r\n",
                    WIRE_KEEP);
  reply = dex_await_object (put (kit, file), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (output_text (reply, "ETag"), ==, "\"e1\"");
  g_assert_cmpstr (trestle_aws_reply_get_request_id (reply), ==, "s3-1");
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      WireRequest *request = wire_server_request (kit->server, i);

      g_assert_cmpstr (request->method, ==, "PUT");
      g_assert_cmpstr (request->path, ==, "/samples/in/../a%20b%2B%C3%BC.bin");
      g_assert_cmpuint (g_bytes_get_size (request->body), ==, strlen (filler));
      g_assert_cmpstr (wire_request_header (request, "Content-Type"), ==, "image/png");
    }
  wire_kit_assert_signed (kit);

  none = dex_await_object (put (kit, missing), &error);
  wire_assert_failed (none, error, TRESTLE_AWS_ERROR_VALIDATION, FALSE);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
  g_unlink (path);
  return dex_future_new_true ();
}

static DexFuture *
get (WireKit *kit)
{
  g_autoptr (JsonNode)
      input = json_from_string ("{\"Bucket\":\"samples\",\"Key\":\"a.bin\"}", NULL);
  TrestleAwsCall call = {
    .service = "s3", .operation = "GetObject", .input = input, .stream = TRUE
  };

  return trestle_aws_client_call_full (kit->client, &call);
}

static DexFuture *
test_get_stream_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autofree char *filler = g_strnfill (1000 * 1000, 'w');
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
                                           "Content-Length: 1000000\r\n\r\n%s",
                                           filler);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  gsize n_read = 0;

  wire_server_push (kit->server, "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n", WIRE_KEEP);
  wire_server_push (kit->server, text, WIRE_KEEP);
  reply = dex_await_object (get (kit), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trestle_aws_reply_get_attempts (reply), ==, 2);
  g_assert_cmpstr (output_text (reply, "ContentType"), ==, "image/png");
  g_assert_null (trestle_aws_reply_get_payload (reply));
  for (;;)
    {
      g_autoptr (GBytes) piece = dex_await_boxed (
          dex_input_stream_read_bytes (trestle_aws_reply_get_stream (reply), 65536, 0), &error);

      g_assert_no_error (error);
      if (g_bytes_get_size (piece) == 0)
        break;
      n_read += g_bytes_get_size (piece);
    }
  g_assert_cmpuint (n_read, ==, 1000 * 1000);
  wire_kit_assert_signed (kit);
  return dex_future_new_true ();
}

static DexFuture *
test_get_stream_faults_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  const char *body = "<Error><Code>NoSuchKey</Code><Message>No</Message></Error>";
  g_autofree char *missing = g_strdup_printf (
      "HTTP/1.1 404 Not Found\r\nContent-Type: application/xml\r\n"
      "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
      strlen (body), body);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  g_autoptr (GBytes) piece = NULL;
  gsize n_read = 0;

  wire_server_push (kit->server, missing, WIRE_KEEP);
  reply = dex_await_object (get (kit), &error);
  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_NOT_FOUND, FALSE);
  g_assert_cmpstr (trestle_aws_error_details (error)->code, ==, "NoSuchKey");
  g_clear_error (&error);

  /* Cut while the caller reads: the caller sees it. */
  wire_server_push (kit->server, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", WIRE_CLOSE);
  reply = dex_await_object (get (kit), &error);
  g_assert_no_error (error);
  do
    {
      g_clear_pointer (&piece, g_bytes_unref);
      piece = dex_await_boxed (
          dex_input_stream_read_bytes (trestle_aws_reply_get_stream (reply), 4096, 0), &error);
      n_read += piece ? g_bytes_get_size (piece) : 0;
    }
  while (piece != NULL && g_bytes_get_size (piece) > 0);
  g_assert_null (piece);
  g_assert_cmpuint (n_read, ==, 3);
  g_clear_object (&reply);

  /* Dropped unread: nothing waits for the rest. */
  wire_server_push (kit->server, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc", WIRE_DRIP);
  g_clear_error (&error);
  reply = dex_await_object (get (kit), &error);
  g_assert_no_error (error);
  g_clear_object (&reply);
  while (wire_server_n_ended (kit->server) < 2)
    dex_await (dex_timeout_new_msec (1), NULL);
  return dex_future_new_true ();
}

static DexFuture *
test_presign_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (JsonNode)
      input = json_from_string ("{\"Bucket\":\"samples\",\"Key\":\"a b.bin\"}", NULL);
  TrestleAwsCall call = { .service = "s3", .operation = "GetObject", .input = input };
  g_autoptr (GError) error = NULL;
  g_autofree char *address = dex_await_string (trestle_aws_client_presign (kit->client, &call, 600),
                                               &error);
  g_autoptr (GBytes) body = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (address, wire_server_get_endpoint (kit->server)));
  g_assert_nonnull (strstr (address, "/samples/a%20b.bin?"));
  g_assert_nonnull (strstr (address, "X-Amz-Expires=600"));
  body = dex_await_boxed (trestle_aws_transport_fetch (kit->transport, address, 1024), &error);
  g_assert_no_error (error);
  wire_kit_assert_signed (kit);
  return dex_future_new_true ();
}

static DexFuture *
test_fetch_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  const char *endpoint = wire_server_get_endpoint (kit->server);
  g_autofree char *address = g_strconcat (endpoint, "/pictures/a.png?size=2", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) none = NULL;
  WireRequest *request;

  wire_server_push (kit->server,
                    "HTTP/1.1 302 Found\r\nLocation: /moved.png\r\nContent-Length: 0\r\n\r\n",
                    WIRE_KEEP);
  wire_server_answer (kit->server, 503, NULL, "");
  wire_server_answer (kit->server, 200, NULL, "picture");
  body = dex_await_boxed (trestle_aws_transport_fetch (kit->transport, address, 1024), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (body), ==, strlen ("picture"));
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 3);
  request = wire_server_request (kit->server, 0);
  g_assert_cmpstr (request->method, ==, "GET");
  g_assert_cmpstr (request->path, ==, "/pictures/a.png");
  g_assert_cmpstr (request->query, ==, "size=2");
  g_assert_null (wire_request_header (request, "Authorization"));
  g_assert_cmpstr (wire_server_request (kit->server, 1)->path, ==, "/moved.png");

  wire_server_answer (kit->server, 200, NULL, "far too long");
  none = dex_await_boxed (trestle_aws_transport_fetch (kit->transport, address, 4), &error);
  wire_assert_failed (none, error, TRESTLE_AWS_ERROR_PROTOCOL, TRUE);
  g_clear_error (&error);
  wire_server_answer (kit->server, 404, NULL, "");
  none = dex_await_boxed (trestle_aws_transport_fetch (kit->transport, address, 4), &error);
  wire_assert_failed (none, error, TRESTLE_AWS_ERROR_NOT_FOUND, FALSE);
  g_clear_error (&error);
  none = dex_await_boxed (trestle_aws_transport_fetch (kit->transport, "file:///etc/passwd", 4),
                          &error);
  wire_assert_failed (none, error, TRESTLE_AWS_ERROR_VALIDATION, FALSE);
  return dex_future_new_true ();
}

/* XML and Query answers by the same way. */
static DexFuture *
test_query_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  const char *body = "<GetCallerIdentityResponse><GetCallerIdentityResult>"
                     "<Account>111122223333</Account></GetCallerIdentityResult>"
                     "<ResponseMetadata><RequestId>sts-1</RequestId></ResponseMetadata>"
                     "</GetCallerIdentityResponse>";
  const char *failure = "<ErrorResponse><Error><Code>ExpiredToken</Code>"
                        "<Message>The token expired</Message></Error></ErrorResponse>";
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  g_autoptr (TrestleAwsReply) none = NULL;

  wire_server_answer (kit->server, 200, NULL, body);
  reply = wire_kit_call (kit, "sts", "GetCallerIdentity", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (output_text (reply, "Account"), ==, "111122223333");
  wire_server_answer (kit->server, 403, NULL, failure);
  none = wire_kit_call (kit, "sts", "GetCallerIdentity", NULL, &error);
  wire_assert_failed (none, error, TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED, FALSE);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
  wire_kit_assert_signed (kit);
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  trestle_test_fiber ("/wire/bodies/invoke", test_invoke_fiber);
  trestle_test_fiber ("/wire/bodies/model-error", test_model_error_fiber);
  trestle_test_fiber ("/wire/bodies/header-injection", test_header_injection_fiber);
  trestle_test_fiber ("/wire/bodies/large-payload", test_large_payload_fiber);
  trestle_test_fiber ("/wire/bodies/put", test_put_fiber);
  trestle_test_fiber ("/wire/bodies/get-stream", test_get_stream_fiber);
  trestle_test_fiber ("/wire/bodies/get-stream-faults", test_get_stream_faults_fiber);
  trestle_test_fiber ("/wire/bodies/presign", test_presign_fiber);
  trestle_test_fiber ("/wire/bodies/fetch", test_fetch_fiber);
  trestle_test_fiber ("/wire/bodies/query", test_query_fiber);
  return g_test_run ();
}
