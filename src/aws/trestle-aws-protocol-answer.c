/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <gio/gio.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"
#include "aws/trestle-aws-protocol-server.h"

#define S3_NAMESPACE "http://s3.amazonaws.com/doc/2006-03-01/"
#define XML_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static gboolean
is_s3 (const TrestleAwsModel *model)
{
  return g_str_equal (trestle_aws_model_get_service (model), "s3");
}

static void
add_request_id (const TrestleAwsModel *model, TrestleAwsHttp *answer, const char *request_id)
{
  if (request_id != NULL)
    trestle_aws_headers_add (answer->headers,
                             is_s3 (model) ? "x-amz-request-id" : "x-amzn-RequestId", request_id);
}

static void
take_text (TrestleAwsHttp *answer, GString *text, const char *content_type)
{
  answer->body = g_string_free_to_bytes (text);
  trestle_aws_headers_add (answer->headers, "Content-Type", content_type);
}

static char *
json_content_type (const TrestleAwsModel *model)
{
  return trestle_aws_model_get_protocol (model) == TRESTLE_AWS_PROTOCOL_JSON
             ? g_strconcat ("application/x-amz-json-", trestle_aws_model_get_json_version (model),
                            NULL)
             : g_strdup ("application/json");
}

/* S3's names of its root elements are not in its model. */
static char *
s3_root_name (const TrestleAwsOperation *operation)
{
  static const char *const names[][2] = {
    { "ListObjectsV2", "ListBucketResult" },
    { "ListBuckets", "ListAllMyBucketsResult" },
    { "CreateMultipartUpload", "InitiateMultipartUploadResult" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], operation->name))
      return g_strdup (names[i][1]);

  return g_strconcat (operation->name, "Result", NULL);
}

static gboolean
write_rest_xml_body (const TrestleAwsModel *model,
                     const TrestleAwsOperation *operation,
                     JsonNode *body,
                     TrestleAwsHttp *answer,
                     GError **error)
{
  g_autoptr (GString) text = g_string_new (XML_DECLARATION);
  const TrestleAwsShape *shape = operation->output;
  const char *xml_namespace = is_s3 (model) ? S3_NAMESPACE
                                            : trestle_aws_model_get_xml_namespace (model);
  g_autofree char *root = shape->wire_name != NULL ? g_strdup (shape->wire_name)
                                                   : s3_root_name (operation);
  const TrestleAwsMember *location = NULL;
  g_autoptr (JsonNode) nothing = NULL;
  JsonNode *value = body;

  /* the one answer whose root is its member */
  if (g_str_equal (operation->name, "GetBucketLocation"))
    location = trestle_aws_shape_get_member (shape, "LocationConstraint");
  if (location != NULL)
    {
      value = json_object_get_member (json_node_get_object (body), location->name);
      shape = location->shape;
      g_free (root);
      root = g_strdup (location->wire_name);
    }
  if (value == NULL)
    {
      value = nothing = json_node_new (JSON_NODE_VALUE);
      json_node_set_string (nothing, "");
    }
  if (!trestle_aws_xml_write (text, root, xml_namespace, shape, NULL, value, FALSE, error))
    return FALSE;
  take_text (answer, g_steal_pointer (&text), "application/xml");
  return TRUE;
}

static gboolean
write_query_body (const TrestleAwsModel *model,
                  const TrestleAwsOperation *operation,
                  JsonNode *output,
                  const char *request_id,
                  TrestleAwsHttp *answer,
                  GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *usual = g_strconcat (operation->name, "Result", NULL);

  g_string_append_printf (text, "<%sResponse xmlns=\"%s\">", operation->name,
                          trestle_aws_model_get_xml_namespace (model));
  if (operation->output != NULL
      && !trestle_aws_xml_write (
          text, operation->output_wrapper != NULL ? operation->output_wrapper : usual, NULL,
          operation->output, NULL, output, FALSE, error))
    return FALSE;
  g_string_append (text, "<ResponseMetadata>");
  trestle_aws_xml_append_text (text, "RequestId", request_id != NULL ? request_id : "");
  g_string_append_printf (text, "</ResponseMetadata></%sResponse>", operation->name);
  take_text (answer, g_steal_pointer (&text), "text/xml");
  return TRUE;
}

static gboolean
write_json_body (const TrestleAwsModel *model,
                 const TrestleAwsShape *shape,
                 JsonNode *body,
                 TrestleAwsHttp *answer,
                 GError **error)
{
  TrestleAwsWalk walk = { 0 };
  g_autofree char *type = json_content_type (model);
  g_autoptr (JsonNode) converted = shape != NULL
                                       ? trestle_aws_json_convert (&walk, shape, body, error)
                                       : trestle_aws_empty_object ();

  if (converted == NULL)
    return FALSE;
  answer->body = trestle_aws_json_bytes (converted);
  if (trestle_aws_headers_get (answer->headers, "content-type") == NULL)
    trestle_aws_headers_add (answer->headers, "Content-Type", type);
  return TRUE;
}

static gboolean
write_rest (const TrestleAwsModel *model,
            const TrestleAwsOperation *operation,
            JsonNode *output,
            GBytes *payload,
            TrestleAwsHttp *answer,
            GError **error)
{
  const TrestleAwsShape *shape = operation->output;
  const TrestleAwsMember *member = trestle_aws_payload_member (shape);
  g_autoptr (JsonNode) body = NULL;

  if (shape == NULL)
    return TRUE;
  for (guint i = 0; i < shape->n_members; i++)
    {
      const TrestleAwsMember *status = &shape->members[i];

      if (status->location == TRESTLE_AWS_LOCATION_STATUS)
        answer->status = (guint) json_object_get_int_member_with_default (
            json_node_get_object (output), status->name, answer->status);
    }
  if (!trestle_aws_write_headers (shape, output, answer->headers, error))
    return FALSE;
  if (member != NULL)
    return trestle_aws_write_payload (model, member, output, payload, FALSE, answer, error);
  if (g_str_equal (operation->method, "HEAD") || !trestle_aws_has_body_members (shape))
    return TRUE;

  body = trestle_aws_pick_body (shape, output);
  return trestle_aws_model_get_protocol (model) == TRESTLE_AWS_PROTOCOL_REST_XML
             ? write_rest_xml_body (model, operation, body, answer, error)
             : write_json_body (model, shape, body, answer, error);
}

TrestleAwsHttp *
trestle_aws_protocol_write_response (const TrestleAwsModel *model,
                                     const TrestleAwsOperation *operation,
                                     JsonNode *output,
                                     GBytes *payload,
                                     const char *request_id)
{
  TrestleAwsProtocol protocol = trestle_aws_model_get_protocol (model);
  g_autoptr (TrestleAwsHttp) answer = trestle_aws_http_new ();
  g_autoptr (JsonNode) nothing = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good;

  if (output == NULL)
    {
      nothing = trestle_aws_empty_object ();
      output = nothing;
    }
  answer->status = operation->status != 0 ? operation->status : 200;
  add_request_id (model, answer, request_id);
  if (protocol == TRESTLE_AWS_PROTOCOL_JSON)
    good = write_json_body (model, operation->output, output, answer, &error);
  else if (protocol == TRESTLE_AWS_PROTOCOL_QUERY)
    good = write_query_body (model, operation, output, request_id, answer, &error);
  else
    good = write_rest (model, operation, output, payload, answer, &error);

  if (!good)
    {
      /* The server gave members of the wrong type: its fault, told as AWS tells its own. */
      g_critical ("The output of %s does not fit: %s", operation->name, error->message);
      return trestle_aws_protocol_write_error (model, "InternalFailure", 500, error->message, NULL,
                                               request_id);
    }
  return g_steal_pointer (&answer);
}

/* The same refusal has three names: of query services, JSON services and S3. */
static const char *
local_code (const TrestleAwsModel *model, const char *code)
{
  static const struct
  {
    const char *query;
    const char *json;
    const char *s3;
  } names[] = {
    { "AccessDenied", "AccessDeniedException", "AccessDenied" },
    { "ExpiredToken", "ExpiredTokenException", "ExpiredToken" },
    { "IncompleteSignature", "IncompleteSignatureException", "AuthorizationHeaderMalformed" },
    { "InternalFailure", "InternalFailure", "InternalError" },
    { "InvalidAction", "UnknownOperationException", "MethodNotAllowed" },
    { "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId" },
    { "MissingAuthenticationToken", "MissingAuthenticationTokenException", "AccessDenied" },
    { "RequestExpired", "RequestExpired", "RequestTimeTooSkewed" },
    { "ServiceUnavailable", "ServiceUnavailableException", "ServiceUnavailable" },
    { "SignatureDoesNotMatch", "SignatureDoesNotMatch", "SignatureDoesNotMatch" },
    { "Throttling", "ThrottlingException", "SlowDown" },
    { "ValidationError", "ValidationException", "InvalidArgument" },
  };
  TrestleAwsProtocol protocol = trestle_aws_model_get_protocol (model);

  /* a code of the service's own is what was meant */
  if (trestle_aws_model_get_exception (model, code) != NULL)
    return trestle_aws_model_get_exception (model, code)->code;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!g_str_equal (code, names[i].query) && !g_str_equal (code, names[i].json))
        continue;
      if (is_s3 (model))
        return names[i].s3;
      return protocol == TRESTLE_AWS_PROTOCOL_QUERY ? names[i].query : names[i].json;
    }

  return code;
}

static const char *
message_name (const TrestleAwsShape *shape)
{
  for (guint i = 0; shape != NULL && i < shape->n_members; i++)
    if (g_ascii_strcasecmp (shape->members[i].name, "message") == 0)
      return shape->members[i].wire_name;

  return "message";
}

static void
append_members (GString *text, JsonNode *members)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (members == NULL || !JSON_NODE_HOLDS_OBJECT (members))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (members));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
      trestle_aws_xml_append_text (text, name, json_node_get_string (value));
}

static void
write_xml_error (const TrestleAwsModel *model,
                 const char *code,
                 const char *message,
                 JsonNode *members,
                 const char *request_id,
                 TrestleAwsHttp *answer)
{
  gboolean query = trestle_aws_model_get_protocol (model) == TRESTLE_AWS_PROTOCOL_QUERY;
  GString *text = g_string_new (query ? NULL : XML_DECLARATION);

  if (query)
    {
      g_string_append_printf (text, "<ErrorResponse xmlns=\"%s\">",
                              trestle_aws_model_get_xml_namespace (model));
      g_string_append (text, "<Error>");
      trestle_aws_xml_append_text (text, "Type", answer->status >= 500 ? "Receiver" : "Sender");
    }
  else
    g_string_append (text, "<Error>");
  trestle_aws_xml_append_text (text, "Code", code);
  trestle_aws_xml_append_text (text, "Message", message);
  append_members (text, members);
  if (query)
    g_string_append (text, "</Error>");
  trestle_aws_xml_append_text (text, "RequestId", request_id != NULL ? request_id : "");
  g_string_append (text, query ? "</ErrorResponse>" : "</Error>");
  take_text (answer, text, query ? "text/xml" : "application/xml");
}

static void
write_json_error (const TrestleAwsModel *model,
                  const char *code,
                  const char *message,
                  JsonNode *members,
                  TrestleAwsHttp *answer)
{
  const TrestleAwsException *exception = trestle_aws_model_get_exception (model, code);
  const TrestleAwsShape *shape = exception != NULL
                                     ? trestle_aws_model_get_shape (model, exception->shape)
                                     : NULL;
  TrestleAwsWalk walk = { 0 };
  g_autofree char *type = json_content_type (model);
  g_autoptr (JsonNode) body = NULL;

  if (members != NULL && shape != NULL)
    body = trestle_aws_json_convert (&walk, shape, members, NULL);
  if (body == NULL)
    body = trestle_aws_empty_object ();
  json_object_set_string_member (json_node_get_object (body), message_name (shape), message);
  if (trestle_aws_model_get_protocol (model) == TRESTLE_AWS_PROTOCOL_JSON)
    json_object_set_string_member (json_node_get_object (body), "__type", code);
  else
    trestle_aws_headers_add (answer->headers, "x-amzn-ErrorType", code);
  answer->body = trestle_aws_json_bytes (body);
  trestle_aws_headers_add (answer->headers, "Content-Type", type);
}

TrestleAwsHttp *
trestle_aws_protocol_write_error (const TrestleAwsModel *model,
                                  const char *code,
                                  guint status,
                                  const char *message,
                                  JsonNode *members,
                                  const char *request_id)
{
  TrestleAwsProtocol protocol = trestle_aws_model_get_protocol (model);
  TrestleAwsHttp *answer = trestle_aws_http_new ();
  const TrestleAwsException *exception;

  code = local_code (model, code);
  exception = trestle_aws_model_get_exception (model, code);
  if (status == 0)
    status = exception != NULL && exception->status != 0 ? exception->status : 400;
  answer->status = status;
  add_request_id (model, answer, request_id);
  if (message == NULL)
    message = code;
  if (protocol == TRESTLE_AWS_PROTOCOL_QUERY || protocol == TRESTLE_AWS_PROTOCOL_REST_XML)
    write_xml_error (model, code, message, members, request_id, answer);
  else
    write_json_error (model, code, message, members, answer);
  return answer;
}
