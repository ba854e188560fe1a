/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-aws-protocol"

#include <string.h>

#include "aws-sample.h"
#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-protocol-server.h"
#include "aws/trestle-aws-signer.h"
#include "base/trestle-json.h"

static void
assert_same (const char *what, JsonNode *expected, JsonNode *got)
{
  g_autofree char *expected_text = NULL;
  g_autofree char *got_text = NULL;

  if (json_node_equal (expected, got))
    return;
  expected_text = trestle_json_to_string (expected, FALSE);
  got_text = trestle_json_to_string (got, FALSE);
  g_test_message ("%s", what);
  g_assert_cmpstr (got_text, ==, expected_text);
  g_assert_not_reached ();
}

/* What the client writes, the server must find and read, for every operation there is. */
static void
round_trip_request (const TrestleAwsModel *model,
                    const TrestleAwsOperation *operation,
                    guint depth,
                    guint seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) input = operation->input != NULL ? aws_sample (operation->input, depth, seed)
                                                        : aws_empty ();
  g_autoptr (GBytes) payload = g_bytes_new_static ("\0\1bytes", 7);
  g_autoptr (TrestleAwsHttp)
      http = trestle_aws_protocol_write_request (model, operation, input, payload, &error);
  g_autoptr (GHashTable) path_members = NULL;
  g_autoptr (GBytes) arrived = NULL;
  g_autoptr (JsonNode) read = NULL;

  g_assert_no_error (error);
  g_assert_true (trestle_aws_protocol_route (model, http, &path_members) == operation);
  read = trestle_aws_protocol_read_request (model, operation, http, path_members, &arrived, &error);
  g_assert_no_error (error);
  assert_same (operation->name, input, read);
  if (arrived != NULL)
    g_assert_true (g_bytes_equal (arrived, payload));
}

static void
round_trip_answer (const TrestleAwsModel *model,
                   const TrestleAwsOperation *operation,
                   guint depth,
                   guint seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) output = operation->output != NULL
                                    ? aws_sample (operation->output, depth, seed)
                                    : aws_empty ();
  g_autoptr (TrestleAwsHttp)
      http = trestle_aws_protocol_write_response (model, operation, output, NULL, "request-1");
  g_autofree char *request_id = trestle_aws_protocol_request_id (http);
  g_autoptr (JsonNode) read = NULL;

  g_assert_cmpuint (http->status, >=, 200);
  g_assert_cmpstr (request_id, ==, "request-1");
  read = trestle_aws_protocol_read_response (model, operation, http, &error);
  g_assert_no_error (error);
  assert_same (operation->name, output, read);
}

static void
test_round_trips (void)
{
  const char *const *services = trestle_aws_model_services ();

  for (guint i = 0; services[i] != NULL; i++)
    {
      const TrestleAwsModel *model = trestle_aws_model_get (services[i]);
      const TrestleAwsOperation *operations;
      guint n;

      operations = trestle_aws_model_list_operations (model, &n);
      for (guint j = 0; j < n; j++)
        for (guint seed = 0; seed < 6; seed++)
          {
            round_trip_request (model, &operations[j], 6, seed);
            round_trip_answer (model, &operations[j], 6, seed);
          }
    }
}

static void
assert_routes (const char *service,
               const char *method,
               const char *path,
               const char *query,
               const char *operation)
{
  const TrestleAwsModel *model = trestle_aws_model_get (service);
  g_autoptr (TrestleAwsHttp) http = trestle_aws_http_new ();
  const TrestleAwsOperation *found;

  http->method = g_strdup (method);
  http->path = g_strdup (path);
  http->query = g_strdup (query);
  found = trestle_aws_protocol_route (model, http, NULL);
  g_assert_cmpstr (found != NULL ? found->name : NULL, ==, operation);
}

static void
test_route (void)
{
  const TrestleAwsModel *model = trestle_aws_model_get ("s3");
  g_autoptr (TrestleAwsHttp) http = trestle_aws_http_new ();
  g_autoptr (GHashTable) members = NULL;

  assert_routes ("s3", "GET", "/", NULL, "ListBuckets");
  assert_routes ("s3", "GET", "/bucket", "list-type=2&prefix=a", "ListObjectsV2");
  assert_routes ("s3", "GET", "/bucket/", "list-type=2", "ListObjectsV2");
  assert_routes ("s3", "GET", "/bucket", "location", "GetBucketLocation");
  assert_routes ("s3", "GET", "/bucket", "uploads=", "ListMultipartUploads");
  assert_routes ("s3", "GET", "/bucket/a/b", NULL, "GetObject");
  assert_routes ("s3", "GET", "/bucket/a/b", "uploadId=1", "ListParts");
  assert_routes ("s3", "HEAD", "/bucket/a", NULL, "HeadObject");
  assert_routes ("s3", "PUT", "/bucket/a", NULL, "PutObject");
  assert_routes ("s3", "PUT", "/bucket/a", "partNumber=1&uploadId=2", "UploadPart");
  assert_routes ("s3", "POST", "/bucket/a", "uploads", "CreateMultipartUpload");
  assert_routes ("s3", "POST", "/bucket/a", "uploadId=2", "CompleteMultipartUpload");
  assert_routes ("s3", "DELETE", "/bucket/a", "uploadId=2", "AbortMultipartUpload");
  assert_routes ("s3", "DELETE", "/bucket/a", NULL, "DeleteObject");
  assert_routes ("s3", "DELETE", "/bucket", NULL, NULL);
  assert_routes ("sagemaker-runtime", "POST", "/endpoints/e/invocations", NULL, "InvokeEndpoint");
  assert_routes ("sagemaker-runtime", "POST", "/endpoints//invocations", NULL, NULL);
  assert_routes ("sagemaker-runtime", "GET", "/endpoints/e/invocations", NULL, NULL);
  assert_routes ("sagemaker-runtime", "POST", "/endpoints/%ff/invocations", NULL, NULL);
  assert_routes ("sagemaker", "POST", "/", NULL, NULL);
  assert_routes ("sts", "GET", "/", "Action=GetCallerIdentity", "GetCallerIdentity");

  http->method = g_strdup ("GET");
  http->path = g_strdup ("/bucket/a%20b/c%2Fd");
  g_assert_nonnull (trestle_aws_protocol_route (model, http, &members));
  g_assert_cmpstr (g_hash_table_lookup (members, "Bucket"), ==, "bucket");
  g_assert_cmpstr (g_hash_table_lookup (members, "Key"), ==, "a b/c/d");
}

static char *
validate (const char *service, const char *operation, const char *text)
{
  const TrestleAwsModel *model = trestle_aws_model_get (service);
  const TrestleAwsOperation *found = trestle_aws_model_get_operation (model, operation);
  g_autoptr (JsonNode) input = json_from_string (text, NULL);
  char *problem = NULL;

  g_assert_true (trestle_aws_model_validate (model, found->input, input, &problem)
                 == (problem == NULL));
  return problem;
}

static void
test_validate (void)
{
  static const struct
  {
    const char *service;
    const char *operation;
    const char *input;
    const char *problem;
  } cases[] = {
    { "sagemaker", "DescribeEndpoint", "{\"EndpointName\":\"iris\"}", NULL },
    { "sagemaker", "DescribeEndpoint", "{}",
      "1 validation error detected: Value null at 'endpointName' failed to satisfy constraint: "
      "Member must not be null" },
    { "sagemaker", "DescribeEndpoint", "{\"EndpointName\":\"a_b\"}",
      "1 validation error detected: Value 'a_b' at 'endpointName' failed to satisfy constraint: "
      "Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}" },
    { "sagemaker", "DescribeEndpoint", "{\"EndpointName\":\"a\\n\"}",
      "1 validation error detected: Value 'a\n' at 'endpointName' failed to satisfy constraint: "
      "Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}" },
    { "sagemaker", "DescribeEndpoint", "{\"EndpointName\":7}",
      "1 validation error detected: Value '7' at 'endpointName' failed to satisfy constraint: "
      "Member must be a string" },
    { "sagemaker", "DescribeEndpoint", "{\"EndpointName\":\"a\",\"Colour\":1}",
      "1 validation error detected: Value '1' at 'colour' failed to satisfy constraint: Member "
      "must be one of DescribeEndpointInput" },
    { "sagemaker", "CreateEndpointConfig",
      "{\"EndpointConfigName\":\"a\",\"ProductionVariants\":[]}",
      "1 validation error detected: Value '[]' at 'productionVariants' failed to satisfy "
      "constraint: Member must have length greater than or equal to 1" },
    { "sagemaker", "ListEndpoints", "{\"MaxResults\":0,\"SortOrder\":\"Sideways\"}",
      "2 validation errors detected: Value 'Sideways' at 'sortOrder' failed to satisfy "
      "constraint: Member must satisfy enum value set: [Ascending, Descending]; Value '0' at "
      "'maxResults' failed to satisfy constraint: Member must have value greater than or equal "
      "to 1" },
    { "marketplace-agreement", "CreateAgreementRequest",
      "{\"intent\":\"NEW\",\"requestedTerms\":[{\"id\":\"t\",\"configuration\":{}}]}",
      "1 validation error detected: Value '{}' at 'requestedTerms.1.member.configuration' failed "
      "to satisfy constraint: Member must have exactly one of its members set" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *problem = validate (cases[i].service, cases[i].operation, cases[i].input);

      g_assert_cmpstr (problem, ==, cases[i].problem);
    }
}

static void
test_validate_enum_in_list (void)
{
  g_autofree char *problem = validate (
      "sagemaker", "CreateEndpointConfig",
      "{\"EndpointConfigName\":\"c\",\"ProductionVariants\":[{\"VariantName\":\"v\","
      "\"ModelName\":\"m\",\"InstanceType\":\"ml.zz.large\",\"InitialInstanceCount\":1}]}");

  g_assert_true (g_str_has_prefix (
      problem,
      "1 validation error detected: Value 'ml.zz.large' at "
      "'productionVariants.1.member.instanceType' failed to satisfy constraint: Member must "
      "satisfy enum value set: [ml."));
}

/* A pattern that cannot be compiled is a critical, which ends the test. */
static guint
compile_patterns (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *table = NULL;
      g_autoptr (TrestleAwsModel) model = NULL;
      g_autoptr (JsonNode) input = json_from_string ("{\"m\":\"\"}", NULL);
      g_autofree char *problem = NULL;

      if (!g_str_has_prefix (lines[i], "  pattern "))
        continue;
      table = g_strconcat ("service x\nprotocol rest-json\nsigning x\napi 1\n"
                           "structure I\n  m S\nstring S\n",
                           lines[i], "\n", NULL);
      model = trestle_aws_model_parse (table, -1, &error);
      g_assert_no_error (error);
      trestle_aws_model_validate (model, trestle_aws_model_get_shape (model, "I"), input, &problem);
      n++;
    }
  return n;
}

static void
test_patterns (void)
{
  const char *const *services = trestle_aws_model_services ();
  const char *source = g_getenv ("TRESTLE_SOURCE");
  guint n = 0;

  if (source == NULL)
    {
      g_test_skip ("TRESTLE_SOURCE is not set");
      return;
    }
  for (guint i = 0; services[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (services[i], ".wire", NULL);
      g_autofree char *path = g_build_filename (source, "src", "aws", "tables", name, NULL);

      n += compile_patterns (path);
    }
  g_assert_cmpuint (n, >, 200);
}

static void
test_java_classes (void)
{
  g_autofree char *good = validate ("iam", "ListRoles", "{\"PathPrefix\":\"/a/\"}");
  g_autofree char *bad = validate ("iam", "ListRoles", "{\"PathPrefix\":\"a\"}");
  g_autofree char *ascii = validate (
      "sagemaker-runtime", "InvokeEndpoint",
      "{\"EndpointName\":\"e\",\"ContentType\":\"text/csv\",\"InferenceId\":\"a b\"}");
  g_autofree char *wide = validate ("sagemaker-runtime", "InvokeEndpoint",
                                    "{\"EndpointName\":\"e\",\"ContentType\":\"größe\"}");

  g_assert_null (good);
  g_assert_nonnull (bad);
  g_assert_null (ascii);
  g_assert_nonnull (wide);
}

static void
assert_error_round_trip (const char *service,
                         const char *operation,
                         const char *code,
                         guint status,
                         const char *expected_code,
                         guint expected_status,
                         TrestleAwsError expected)
{
  const TrestleAwsModel *model = trestle_aws_model_get (service);
  g_autoptr (TrestleAwsHttp) http = trestle_aws_protocol_write_error (
      model, code, status, "No <way> & so on", NULL, "r-9");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) output = trestle_aws_protocol_read_response (
      model, trestle_aws_model_get_operation (model, operation), http, &error);
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);

  g_assert_null (output);
  g_assert_error (error, TRESTLE_AWS_ERROR, (int) expected);
  g_assert_cmpstr (error->message, ==, "No <way> & so on");
  g_assert_cmpstr (details->code, ==, expected_code);
  g_assert_cmpuint (details->status, ==, expected_status);
  g_assert_cmpstr (details->request_id, ==, "r-9");
  g_assert_cmpstr (details->service, ==, service);
  g_assert_cmpstr (details->operation, ==, operation);
}

static void
test_errors (void)
{
  assert_error_round_trip ("sagemaker", "DescribeEndpoint", "ValidationException", 0,
                           "ValidationException", 400, TRESTLE_AWS_ERROR_VALIDATION);
  assert_error_round_trip ("marketplace-discovery", "GetListing", "ResourceNotFoundException", 0,
                           "ResourceNotFoundException", 404, TRESTLE_AWS_ERROR_NOT_FOUND);
  assert_error_round_trip ("marketplace-discovery", "GetListing", "Throttling", 0,
                           "ThrottlingException", 429, TRESTLE_AWS_ERROR_THROTTLED);
  assert_error_round_trip ("sagemaker-runtime", "InvokeEndpoint", "ModelError", 0, "ModelError",
                           424, TRESTLE_AWS_ERROR_MODEL);
  assert_error_round_trip ("iam", "GetRole", "NoSuchEntityException", 0, "NoSuchEntity", 404,
                           TRESTLE_AWS_ERROR_NOT_FOUND);
  assert_error_round_trip ("sts", "GetCallerIdentity", "SignatureDoesNotMatch", 403,
                           "SignatureDoesNotMatch", 403, TRESTLE_AWS_ERROR_ACCESS_DENIED);
  assert_error_round_trip ("sagemaker", "ListModels", "SignatureDoesNotMatch", 403,
                           "SignatureDoesNotMatch", 403, TRESTLE_AWS_ERROR_ACCESS_DENIED);
  assert_error_round_trip ("s3", "GetObject", "NoSuchKey", 0, "NoSuchKey", 404,
                           TRESTLE_AWS_ERROR_NOT_FOUND);
  assert_error_round_trip ("s3", "PutObject", "InvalidClientTokenId", 403, "InvalidAccessKeyId",
                           403, TRESTLE_AWS_ERROR_ACCESS_DENIED);
}

static void
test_error_members (void)
{
  const TrestleAwsModel *model = trestle_aws_model_get ("sagemaker-runtime");
  g_autoptr (JsonNode)
      members = json_from_string ("{\"OriginalStatusCode\":415,\"LogStreamArn\":\"arn:x\"}", NULL);
  g_autoptr (TrestleAwsHttp)
      http = trestle_aws_protocol_write_error (model, "ModelError", 0, "Bad input", members, "r");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) output = trestle_aws_protocol_read_response (
      model, trestle_aws_model_get_operation (model, "InvokeEndpoint"), http, &error);
  g_autoptr (JsonNode) body = NULL;

  g_assert_null (output);
  body = json_from_string (trestle_aws_error_details (error)->body, NULL);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (body), "OriginalStatusCode"),
                   ==, 415);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (body), "LogStreamArn"), ==,
                   "arn:x");
}

static void
test_wrong_input (void)
{
  static const struct
  {
    const char *service;
    const char *operation;
    const char *input;
    const char *message;
  } cases[] = {
    { "sagemaker", "DescribeEndpoint", "[]",
      "The input of DescribeEndpoint does not fit: an object is needed" },
    { "sagemaker", "DescribeEndpoint", "{\"EndpointName\":{}}",
      "The input of DescribeEndpoint does not fit: EndpointName: a text is needed, not an "
      "object" },
    { "sagemaker", "DescribeEndpoint", "{\"Name\":\"x\"}",
      "The input of DescribeEndpoint does not fit: Name: DescribeEndpointInput has no such "
      "member" },
    { "sagemaker", "CreateEndpointConfig", "{\"ProductionVariants\":[{},{\"InstanceType\":3}]}",
      "The input of CreateEndpointConfig does not fit: ProductionVariants[1].InstanceType: a text "
      "is needed, not a number" },
    { "sagemaker-runtime", "InvokeEndpoint", "{}",
      "The input of InvokeEndpoint does not fit: EndpointName: it is part of the address and must "
      "be there" },
    { "sagemaker-runtime", "InvokeEndpoint", "{\"EndpointName\":\"\"}",
      "The input of InvokeEndpoint does not fit: EndpointName: it is part of the address and must "
      "not be empty" },
    { "sagemaker-runtime", "InvokeEndpoint",
      "{\"EndpointName\":\"e\",\"CustomAttributes\":\"a\\r\\nX: y\"}",
      "The input of InvokeEndpoint does not fit: CustomAttributes: a header cannot hold control "
      "characters" },
    { "sagemaker-runtime", "InvokeEndpoint", "{\"EndpointName\":\"e\",\"Colour\":1}",
      "The input of InvokeEndpoint does not fit: Colour: InvokeEndpointInput has no such member" },
    { "s3", "PutObject", "{\"Bucket\":\"b\",\"Key\":\"k\",\"Metadata\":{\"a b\":\"c\"}}",
      "The input of PutObject does not fit: Metadata: “a b” cannot be part of a header's name" },
    { "iam", "ListRoles", "{\"MaxItems\":1.5}",
      "The input of ListRoles does not fit: MaxItems: a whole number is needed, not a number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TrestleAwsModel *model = trestle_aws_model_get (cases[i].service);
      g_autoptr (JsonNode) input = json_from_string (cases[i].input, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsHttp) http = trestle_aws_protocol_write_request (
          model, trestle_aws_model_get_operation (model, cases[i].operation), input, NULL, &error);

      g_assert_null (http);
      g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_VALIDATION);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpstr (trestle_aws_error_details (error)->operation, ==, cases[i].operation);
    }
}

static void
test_host_prefix (void)
{
  const TrestleAwsModel *model = trestle_aws_model_get ("logs");
  g_autofree char *tail = trestle_aws_protocol_host_prefix (
      trestle_aws_model_get_operation (model, "StartLiveTail"), NULL, NULL);
  g_autofree char *none = trestle_aws_protocol_host_prefix (
      trestle_aws_model_get_operation (model, "GetLogEvents"), NULL, NULL);
  TrestleAwsOperation operation = { .name = "Op", .host_prefix = "{Label}." };
  g_autoptr (JsonNode) evil = json_from_string ("{\"Label\":\"evil.example/\"}", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (tail, ==, "stream-");
  g_assert_cmpstr (none, ==, "");
  g_assert_null (trestle_aws_protocol_host_prefix (&operation, evil, &error));
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_VALIDATION);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/aws/protocol/round-trips", test_round_trips);
  g_test_add_func ("/aws/protocol/route", test_route);
  g_test_add_func ("/aws/protocol/validate", test_validate);
  g_test_add_func ("/aws/protocol/validate-enum-in-list", test_validate_enum_in_list);
  g_test_add_func ("/aws/protocol/patterns", test_patterns);
  g_test_add_func ("/aws/protocol/java-classes", test_java_classes);
  g_test_add_func ("/aws/protocol/errors", test_errors);
  g_test_add_func ("/aws/protocol/error-members", test_error_members);
  g_test_add_func ("/aws/protocol/wrong-input", test_wrong_input);
  g_test_add_func ("/aws/protocol/host-prefix", test_host_prefix);

  return g_test_run ();
}
