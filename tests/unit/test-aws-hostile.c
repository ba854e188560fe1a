/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-aws-hostile"

#include <string.h>

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-event-stream.h"
#include "aws/trestle-aws-protocol-server.h"
#include "aws/trestle-aws-signer.h"
#include "trestle-test.h"

/* Answers no service would send must end in one clear error. */

static GError *
read_answer_bytes (const char *service, const char *operation, guint status, GBytes *body)
{
  const TrestleAwsModel *model = trestle_aws_model_get (service);
  g_autoptr (TrestleAwsHttp) answer = trestle_aws_http_new ();
  g_autoptr (JsonNode) output = NULL;
  GError *error = NULL;

  answer->status = status;
  answer->body = g_bytes_ref (body);
  trestle_aws_headers_add (answer->headers, "x-amzn-RequestId", "r-1");
  output = trestle_aws_protocol_read_response (
      model, trestle_aws_model_get_operation (model, operation), answer, &error);
  g_assert_true ((output == NULL) == (error != NULL));
  return error;
}

static GError *
read_answer (const char *service, const char *operation, guint status, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  return read_answer_bytes (service, operation, status, bytes);
}

static void
test_wrong_answers (void)
{
  static const struct
  {
    const char *service;
    const char *operation;
    const char *body;
    const char *message;
  } cases[] = {
    { "sagemaker", "DescribeEndpoint", "{\"ProductionVariants\":[{\"VariantName\":[]}]}",
      "The answer to DescribeEndpoint cannot be read: ProductionVariants[0].VariantName: a text "
      "is needed, not a list" },
    { "sagemaker", "DescribeEndpoint", "{\"CreationTime\":\"once upon a time\"}",
      "The answer to DescribeEndpoint cannot be read: CreationTime: a time is needed, not a "
      "text" },
    { "sagemaker", "DescribeEndpoint", "{\"CreationTime\":1e300}",
      "The answer to DescribeEndpoint cannot be read: CreationTime: a time is needed, not a "
      "number" },
    { "sagemaker", "DescribeEndpoint", "[]",
      "The answer to DescribeEndpoint cannot be read: an object is needed, not a list" },
    { "marketplace-discovery", "GetOfferTerms",
      "{\"offerTerms\":[{\"legalTerm\":{},\"supportTerm\":{}}]}",
      "The answer to GetOfferTerms cannot be read: offerTerms[0]: exactly one member of OfferTerm "
      "is needed, not 2" },
    { "marketplace-discovery", "SearchListings", "{\"totalResults\":1.5}",
      "The answer to SearchListings cannot be read: totalResults: a whole number is needed, not a "
      "number" },
    { "iam", "ListRoles",
      "<ListRolesResponse><ListRolesResult><IsTruncated>maybe</IsTruncated></ListRolesResult>"
      "</ListRolesResponse>",
      "The answer to ListRoles cannot be read: IsTruncated: “true” or “false” is needed, not "
      "“maybe”" },
    { "s3", "ListObjectsV2",
      "<ListBucketResult><Contents><Size>many</Size></Contents></ListBucketResult>",
      "The answer to ListObjectsV2 cannot be read: Contents[0].Size: a whole number is needed, "
      "not “many”" },
    { "iam", "ListRoles", "<!DOCTYPE a [<!ENTITY b \"bb\">]><ListRolesResponse/>",
      "The answer to ListRoles cannot be read: the XML is not what AWS sends" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)
          error = read_answer (cases[i].service, cases[i].operation, 200, cases[i].body);

      g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpstr (trestle_aws_error_details (error)->request_id, ==, "r-1");
    }
}

/* Cut off anywhere, an answer is an error, not half a result. */
static void
test_truncated (void)
{
  static const struct
  {
    const char *service;
    const char *operation;
    const char *body;
  } cases[] = {
    { "sagemaker", "DescribeEndpoint",
      "{\"EndpointName\":\"iris\",\"CreationTime\":17,\"ProductionVariants\":[{}]}" },
    { "iam", "ListRoles",
      "<ListRolesResponse><ListRolesResult><Roles><member><RoleName>r</RoleName></member>"
      "</Roles></ListRolesResult></ListRolesResponse>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize length = 1; length < strlen (cases[i].body); length++)
      {
        g_autofree char *cut = g_strndup (cases[i].body, length);
        g_autoptr (GError) error = read_answer (cases[i].service, cases[i].operation, 200, cut);

        g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
      }
}

static char *
repeat (const char *open, const char *middle, const char *close, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, open);
  g_string_append (text, middle);
  for (guint i = 0; i < n; i++)
    g_string_append (text, close);
  return g_string_free_and_steal (text);
}

/* Deep nesting, read where the stack is smallest. */
static DexFuture *
test_deep_fiber (gpointer data)
{
  g_autofree char *lists = repeat ("[", "", "]", 100000);
  g_autofree char *objects = repeat ("{\"a\":", "1", "}", 100000);
  g_autofree char *elements = repeat ("<a>", "", "</a>", 100000);
  g_autofree char *allowed = repeat ("{\"a\":", "1", "}", 90);
  g_autoptr (GError) a = read_answer ("sagemaker", "DescribeEndpoint", 200, lists);
  g_autoptr (GError) b = read_answer ("sagemaker", "DescribeEndpoint", 200, objects);
  g_autoptr (GError) c = read_answer ("iam", "ListRoles", 200, elements);
  g_autoptr (GError) d = read_answer ("sagemaker", "DescribeEndpoint", 200, allowed);
  g_autoptr (GError) e = read_answer ("sagemaker", "DescribeEndpoint", 400, lists);

  g_assert_error (a, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_error (b, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_error (c, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_no_error (d);
  g_assert_error (e, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_VALIDATION);
  return dex_future_new_true ();
}

static void
test_not_text (void)
{
  static const char utf16[] = "\xff\xfe<\0a\0/\0>\0";
  g_autoptr (GBytes) wide = g_bytes_new_static (utf16, sizeof utf16 - 1);
  g_autoptr (GBytes) broken = g_bytes_new_static ("{\"a\":\"\xff\"}", 9);
  g_autoptr (GBytes) nul = g_bytes_new_static ("{\"a\":\"\0\"}", 9);
  g_autoptr (GError) a = read_answer_bytes ("iam", "ListRoles", 200, wide);
  g_autoptr (GError) b = read_answer_bytes ("sagemaker", "DescribeEndpoint", 200, broken);
  g_autoptr (GError) c = read_answer_bytes ("sagemaker", "DescribeEndpoint", 200, nul);
  g_autoptr (GError) d = read_answer_bytes ("sagemaker", "DescribeEndpoint", 500, broken);

  g_assert_error (a, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_error (b, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_error (c, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_error (d, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_SERVICE);
}

static void
test_too_long_xml (void)
{
  g_autofree char *text = repeat ("<a/>", "", "", 5 * 1024 * 1024);
  g_autoptr (GError) error = read_answer ("iam", "ListRoles", 200, text);

  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==,
                   "The answer to ListRoles cannot be read: the XML is too long");
}

/* What stands between us and AWS speaks no protocol of AWS. */
static void
test_proxy_pages (void)
{
  g_autoptr (GError) a = read_answer ("sagemaker", "ListModels", 502, "<html>Bad gateway</html>");
  g_autoptr (GError) b = read_answer ("s3", "GetObject", 503, "Service Unavailable");
  g_autoptr (GError) c = read_answer ("sagemaker", "ListModels", 200, "<html>Sign in</html>");
  g_autoptr (GError) d = read_answer ("sagemaker", "ListModels", 407, "");

  g_assert_error (a, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_SERVICE);
  g_assert_cmpstr (a->message, ==, "SageMaker answered ListModels with status 502");
  g_assert_error (b, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_SERVICE);
  g_assert_error (c, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_error (d, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_VALIDATION);
}

static void
test_bad_requests (void)
{
  static const struct
  {
    const char *service;
    const char *operation;
    const char *body;
    const char *code;
  } cases[] = {
    { "sagemaker", "DescribeEndpoint", "{\"EndpointName\":7}", "SerializationException" },
    { "sagemaker", "DescribeEndpoint", "{", "SerializationException" },
    { "marketplace-discovery", "GetListing", "[]", "SerializationException" },
    { "iam", "ListRoles", "Action=ListRoles&MaxItems=many", "MalformedQueryString" },
    { "iam", "ListRoles", "\xff\xfe", "MalformedQueryString" },
    { "s3", "CompleteMultipartUpload", "<a", "MalformedXML" },
    { "s3", "CompleteMultipartUpload", "<!DOCTYPE a><CompleteMultipartUpload/>", "MalformedXML" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TrestleAwsModel *model = trestle_aws_model_get (cases[i].service);
      g_autoptr (TrestleAwsHttp) request = trestle_aws_http_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) input = NULL;

      request->method = g_strdup ("POST");
      request->path = g_strdup ("/");
      request->body = g_bytes_new (cases[i].body, strlen (cases[i].body));
      input = trestle_aws_protocol_read_request (
          model, trestle_aws_model_get_operation (model, cases[i].operation), request, NULL, NULL,
          &error);
      g_assert_null (input);
      g_assert_nonnull (error);
      g_assert_cmpstr (trestle_aws_error_details (error)->code, ==, cases[i].code);
      g_assert_cmpuint (trestle_aws_error_details (error)->status, ==, 400);
    }
}

/* Many messages in pieces that never end where a message ends. */
static void
test_slow_event_stream (void)
{
  static const guint8 prelude[] = { 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x00,
                                    0x05, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff };
  g_autoptr (TrestleAwsEventDecoder) decoder = trestle_aws_event_decoder_new ();
  guint events = 0;

  for (guint i = 0; i < 10000; i++)
    for (gsize j = 0; j < sizeof prelude; j += 5)
      {
        gsize size = sizeof prelude - j;

        size = MIN (size, 5);
        trestle_aws_event_decoder_push (decoder, prelude + j, size);
        while (TRUE)
          {
            g_autoptr (TrestleAwsEvent) event = NULL;
            g_autoptr (GError) error = NULL;

            g_assert_true (trestle_aws_event_decoder_pull (decoder, &event, &error));
            g_assert_no_error (error);
            if (event == NULL)
              break;
            events++;
          }
      }
  g_assert_cmpuint (events, ==, 10000);
  g_assert_true (trestle_aws_event_decoder_finish (decoder, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/aws/hostile/wrong-answers", test_wrong_answers);
  g_test_add_func ("/aws/hostile/truncated", test_truncated);
  trestle_test_fiber ("/aws/hostile/deep", test_deep_fiber);
  g_test_add_func ("/aws/hostile/not-text", test_not_text);
  g_test_add_func ("/aws/hostile/too-long-xml", test_too_long_xml);
  g_test_add_func ("/aws/hostile/proxy-pages", test_proxy_pages);
  g_test_add_func ("/aws/hostile/bad-requests", test_bad_requests);
  g_test_add_func ("/aws/hostile/slow-event-stream", test_slow_event_stream);

  return g_test_run ();
}
