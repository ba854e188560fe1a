/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fuzz-aws"

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-event-stream.h"
#include "aws/trestle-aws-protocol-server.h"
#include "aws/trestle-aws-signer.h"
#include "fuzz-kit.h"

static void
fuzz_event_stream (GBytes *bytes, GRand *random)
{
  g_autoptr (TrestleAwsEventDecoder) decoder = trestle_aws_event_decoder_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gboolean good = TRUE;

  for (gsize at = 0; at < length;)
    {
      gsize size = (gsize) g_rand_int_range (random, 1, 64);

      size = MIN (size, length - at);
      trestle_aws_event_decoder_push (decoder, data + at, size);
      at += size;
      while (TRUE)
        {
          g_autoptr (TrestleAwsEvent) event = NULL;
          g_autoptr (GError) error = NULL;
          gboolean pulled = trestle_aws_event_decoder_pull (decoder, &event, &error);

          g_assert_true (pulled == (error == NULL));
          g_assert_true (good || !pulled);
          good = pulled;
          if (event == NULL)
            break;
          trestle_aws_event_get_string (event, ":event-type");
        }
    }

  {
    g_autoptr (GError) error = NULL;
    gboolean finished = trestle_aws_event_decoder_finish (decoder, &error);

    g_assert_true (finished == (error == NULL));
    g_assert_true (good || !finished);
  }
}

static void
read_answer (const char *service, const char *operation, guint status, GBytes *body)
{
  const TrestleAwsModel *model = trestle_aws_model_get (service);
  g_autoptr (TrestleAwsHttp) answer = trestle_aws_http_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) output = NULL;
  g_autofree char *request_id = NULL;

  answer->status = status;
  answer->body = g_bytes_ref (body);
  request_id = trestle_aws_protocol_request_id (answer);
  output = trestle_aws_protocol_read_response (
      model, trestle_aws_model_get_operation (model, operation), answer, &error);
  g_assert_true ((output == NULL) == (error != NULL));
  g_assert_true (status == 200 || output == NULL);
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
}

static void
fuzz_xml (GBytes *bytes, GRand *random)
{
  read_answer ("iam", "ListRoles", 200, bytes);
  read_answer ("iam", "GetRole", 404, bytes);
  read_answer ("s3", "ListObjectsV2", 200, bytes);
  read_answer ("s3", "GetBucketLocation", 200, bytes);
  read_answer ("s3", "GetObject", 404, bytes);
}

static void
read_request (const char *service, const char *operation, const TrestleAwsHttp *request)
{
  const TrestleAwsModel *model = trestle_aws_model_get (service);
  const TrestleAwsOperation *found = trestle_aws_model_get_operation (model, operation);
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode)
      input = trestle_aws_protocol_read_request (model, found, request, NULL, &payload, &error);
  g_autofree char *problem = NULL;

  g_assert_true ((input == NULL) == (error != NULL));
  if (input != NULL)
    g_assert_true (trestle_aws_model_validate (model, found->input, input, &problem)
                   == (problem == NULL));
}

static void
fuzz_json (GBytes *bytes, GRand *random)
{
  g_autoptr (TrestleAwsHttp) request = trestle_aws_http_new ();

  read_answer ("marketplace-discovery", "GetOfferTerms", 200, bytes);
  read_answer ("sagemaker", "DescribeEndpoint", 200, bytes);
  read_answer ("sagemaker", "DescribeEndpoint", 400, bytes);
  read_answer ("sagemaker-runtime", "InvokeEndpoint", 424, bytes);
  request->method = g_strdup ("POST");
  request->path = g_strdup ("/");
  request->body = g_bytes_ref (bytes);
  read_request ("sagemaker", "CreateEndpointConfig", request);
  read_request ("sagemaker", "DescribeEndpoint", request);
}

static void
fuzz_table (GBytes *bytes, GRand *random)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsModel)
      model = trestle_aws_model_parse (text != NULL ? text : "", (gssize) length, &error);
  g_autoptr (TrestleAwsHttp) request = NULL;

  g_assert_true ((model == NULL) == (error != NULL));
  if (model == NULL)
    return;
  request = trestle_aws_http_new ();
  request->method = g_strdup ("GET");
  request->path = g_strdup ("/a/b/c");
  request->query = g_strdup ("list=2");
  trestle_aws_protocol_route (model, request, NULL);
}

static const char *
secret_for (const char *access_key_id, gpointer data)
{
  return "practice/secret";
}

static void
fuzz_authorization (GBytes *bytes, GRand *random)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data != NULL ? data : "", length);
  g_autoptr (GArray) headers = trestle_aws_headers_new ();
  TrestleAwsSignable signable = {
    .method = "POST",
    .path = "/",
    .headers = headers,
    .payload_hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  };

  trestle_aws_headers_add (headers, "host", "127.0.0.1:1");
  trestle_aws_headers_add (headers, "content-type", text);
  trestle_aws_headers_add (headers, "x-amz-date", "20260807T061500Z");
  trestle_aws_headers_add (headers, "x-amz-content-sha256", TRESTLE_AWS_UNSIGNED_PAYLOAD);
  trestle_aws_headers_add (headers, "authorization", text);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *identity = NULL;
      g_autofree char *region = NULL;
      g_autofree char *service = NULL;
      g_autoptr (TrestleAwsSignature) expected = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (trestle_aws_verify (&signable, secret_for, NULL,
                                          (gint64) 1786083300 * G_USEC_PER_SEC, &identity, &region,
                                          &service, &expected, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (trestle_aws_error_details (error)->code);
      /* once more as a query */
      g_array_set_size (headers, 1);
      signable.query = text;
    }
}

static void
fuzz_form (GBytes *bytes, GRand *random)
{
  g_autoptr (TrestleAwsHttp) request = trestle_aws_http_new ();
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  request->method = g_strdup ("POST");
  request->path = g_strdup ("/");
  request->body = g_bytes_ref (bytes);
  trestle_aws_protocol_route (trestle_aws_model_get ("iam"), request, NULL);
  read_request ("iam", "ListRoles", request);
  read_request ("sts", "AssumeRole", request);
  request->query = g_strndup (data != NULL ? data : "", length);
  trestle_aws_protocol_route (trestle_aws_model_get ("s3"), request, NULL);
  read_request ("s3", "ListObjectsV2", request);
}

static void
fuzz_header (GBytes *bytes, GRand *random)
{
  static const char *const names[] = { "last-modified", "content-length", "expires",
                                       "etag",          "x-amz-meta-a",   "x-amz-delete-marker" };
  const TrestleAwsModel *model = trestle_aws_model_get ("s3");
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data != NULL ? data : "", length);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TrestleAwsHttp) answer = trestle_aws_http_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) output = NULL;

      answer->status = 200;
      trestle_aws_headers_add (answer->headers, names[i], text);
      output = trestle_aws_protocol_read_response (
          model, trestle_aws_model_get_operation (model, "GetObject"), answer, &error);
      g_assert_true ((output == NULL) == (error != NULL));
    }
}

int
main (int argc, char *argv[])
{
  static const FuzzEntry entries[] = {
    { "authorization", fuzz_authorization },
    { "event-stream", fuzz_event_stream },
    { "form", fuzz_form },
    { "header", fuzz_header },
    { "json", fuzz_json },
    { "table", fuzz_table },
    { "xml", fuzz_xml },
  };

  return fuzz_main (argc, argv, "aws", entries, G_N_ELEMENTS (entries));
}
