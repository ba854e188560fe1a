/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <gio/gio.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"
#include "base/trestle-json.h"

static gboolean
is_xml (const TrestleAwsModel *model)
{
  TrestleAwsProtocol protocol = trestle_aws_model_get_protocol (model);

  return protocol == TRESTLE_AWS_PROTOCOL_REST_XML || protocol == TRESTLE_AWS_PROTOCOL_QUERY;
}

static gboolean
is_empty (GBytes *body)
{
  return body == NULL || g_bytes_get_size (body) == 0;
}

char *
trestle_aws_protocol_request_id (const TrestleAwsHttp *answer)
{
  static const char *const names[] = { "x-amzn-requestid", "x-amz-request-id",
                                       "x-amzn-request-id" };
  static const char *const tags[] = { "<RequestId>", "<RequestID>" };
  gsize length;
  const char *text;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = trestle_aws_headers_get (answer->headers, names[i]);

      if (value != NULL && *value != '\0' && g_utf8_validate (value, -1, NULL))
        return g_strdup (value);
    }

  /* Query services and S3 also say it at the end of their XML. */
  if (is_empty (answer->body))
    return NULL;
  text = g_bytes_get_data (answer->body, &length);
  if (*text != '<')
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      const char *start = g_strrstr_len (text, (gssize) length, tags[i]);
      const char *end;

      if (start == NULL)
        continue;
      start += strlen (tags[i]);
      end = memchr (start, '<', length - (gsize) (start - text));
      if (end != NULL && end > start && end - start <= 128
          && g_utf8_validate_len (start, (gsize) (end - start), NULL))
        return g_strndup (start, (gsize) (end - start));
    }

  return NULL;
}

/* What an error answer says, before it becomes an error. */
typedef struct
{
  char *code;
  char *message;
  JsonNode *members;
} Fault;

static void
fault_clear (Fault *self)
{
  g_free (self->code);
  g_free (self->message);
  g_clear_pointer (&self->members, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fault, fault_clear)

/* "aws.protocoltests#FooError:http://…" → "FooError" */
static char *
bare_code (const char *code)
{
  const char *hash = strchr (code, '#');
  const char *colon;

  colon = strchr (code, ':');
  if (colon != NULL && hash != NULL && colon < hash)
    hash = NULL;
  if (hash != NULL)
    code = hash + 1;
  colon = strchr (code, ':');
  return colon != NULL ? g_strndup (code, (gsize) (colon - code)) : g_strdup (code);
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* The first member of @object among @names that is a text, whatever its case. */
static const char *
any_text_member (JsonObject *object, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *text = text_member (object, names[i]);

      if (text != NULL)
        return text;
    }

  return NULL;
}

static const TrestleAwsShape *
exception_shape (const TrestleAwsModel *model, const char *code)
{
  const TrestleAwsException *exception = code != NULL
                                             ? trestle_aws_model_get_exception (model, code)
                                             : NULL;

  return exception != NULL ? trestle_aws_model_get_shape (model, exception->shape) : NULL;
}

/* The exception's modelled members; what cannot be read of them is not worth a second error. */
static void
read_members (const TrestleAwsModel *model,
              GArray *headers,
              JsonNode *json,
              gpointer element,
              Fault *fault)
{
  static const char *const message_names[] = { "message", "Message", "errorMessage", NULL };
  const TrestleAwsShape *shape = exception_shape (model, fault->code);
  TrestleAwsWalk walk = { .reading = TRUE };
  g_autoptr (JsonNode) members = NULL;
  const char *message;

  if (shape == NULL)
    return;
  if (json != NULL)
    members = trestle_aws_json_convert (&walk, shape, json, NULL);
  else if (element != NULL)
    members = trestle_aws_xml_read (shape, element, NULL);
  if (members == NULL)
    members = trestle_aws_empty_object ();
  trestle_aws_read_headers (shape, headers, json_node_get_object (members), NULL);

  if (fault->message == NULL)
    {
      message = any_text_member (json_node_get_object (members), message_names);
      fault->message = g_strdup (message);
    }
  if (json_object_get_size (json_node_get_object (members)) > 0)
    fault->members = g_steal_pointer (&members);
}

static void
read_json_fault (const TrestleAwsModel *model, const TrestleAwsHttp *answer, Fault *fault)
{
  static const char *const code_names[] = { "__type", "code", "Code", NULL };
  static const char *const message_names[] = { "message", "Message", "errorMessage", NULL };
  const char *code = trestle_aws_headers_get (answer->headers, "x-amzn-errortype");
  const char *query_code = trestle_aws_headers_get (answer->headers, "x-amzn-query-error");
  g_autoptr (JsonNode) body = NULL;
  JsonObject *object = NULL;

  if (!is_empty (answer->body))
    body = trestle_aws_json_parse (answer->body, NULL);
  if (body != NULL && JSON_NODE_HOLDS_OBJECT (body))
    object = json_node_get_object (body);
  if (code == NULL && object != NULL)
    code = any_text_member (object, code_names);
  if (code != NULL && g_utf8_validate (code, -1, NULL))
    fault->code = bare_code (code);
  if (object != NULL)
    fault->message = g_strdup (any_text_member (object, message_names));
  read_members (model, answer->headers, object != NULL ? body : NULL, NULL, fault);

  /* "Code;Sender": services that once spoke the query protocol keep their old codes there. */
  if (query_code != NULL && trestle_aws_model_is_query_compatible (model)
      && g_utf8_validate (query_code, -1, NULL) && *query_code != ';')
    {
      g_free (fault->code);
      fault->code = g_strndup (query_code, strcspn (query_code, ";"));
    }
}

/* "<ErrorResponse><Error>", "<Response><Errors><Error>" or a bare "<Error>". */
static gpointer
find_error_element (gpointer root)
{
  gpointer element;

  if (g_str_equal (trestle_aws_xml_name (root), "Error"))
    return root;
  element = trestle_aws_xml_child (root, "Error");
  if (element != NULL)
    return element;
  element = trestle_aws_xml_child (root, "Errors");
  return element != NULL ? trestle_aws_xml_child (element, "Error") : NULL;
}

static char *
child_text (gpointer element, const char *name)
{
  gpointer child = trestle_aws_xml_child (element, name);

  return child != NULL ? trestle_aws_xml_dup_text (child) : NULL;
}

static void
read_xml_fault (const TrestleAwsModel *model, const TrestleAwsHttp *answer, Fault *fault)
{
  g_autoptr (TrestleAwsXml) xml = NULL;
  gpointer element = NULL;

  if (!is_empty (answer->body))
    xml = trestle_aws_xml_parse (answer->body, NULL);
  if (xml != NULL)
    element = find_error_element (trestle_aws_xml_root (xml));
  if (element != NULL)
    {
      fault->code = child_text (element, "Code");
      fault->message = child_text (element, "Message");
    }

  /* An answer to HEAD has no body. */
  if (fault->code == NULL)
    switch (answer->status)
      {
      case 301:
        fault->code = g_strdup ("PermanentRedirect");
        break;
      case 304:
        fault->code = g_strdup ("NotModified");
        break;
      case 403:
        fault->code = g_strdup ("AccessDenied");
        break;
      case 404:
        fault->code = g_strdup ("NotFound");
        break;
      case 412:
        fault->code = g_strdup ("PreconditionFailed");
        break;
      default:
        break;
      }
  read_members (model, answer->headers, NULL, element, fault);
}

static void
read_fault (const TrestleAwsModel *model,
            const TrestleAwsOperation *operation,
            const TrestleAwsHttp *answer,
            GError **error)
{
  g_auto (Fault) fault = { 0 };
  g_autofree char *request_id = trestle_aws_protocol_request_id (answer);
  g_autofree char *members = NULL;
  TrestleAwsErrorDetails details = { 0 };

  if (is_xml (model))
    read_xml_fault (model, answer, &fault);
  else
    read_json_fault (model, answer, &fault);

  members = fault.members != NULL ? trestle_json_to_string (fault.members, FALSE) : NULL;
  details = (TrestleAwsErrorDetails) {
    .service = (char *) trestle_aws_model_get_service (model),
    .operation = (char *) operation->name,
    .code = fault.code,
    .request_id = request_id,
    .status = answer->status,
    .body = members,
  };
  if (fault.message != NULL && *fault.message != '\0')
    g_propagate_error (error, trestle_aws_error_new (trestle_aws_error_classify (
                                                         fault.code, answer->status, fault.message),
                                                     &details, "%s", fault.message));
  else
    g_propagate_error (
        error, trestle_aws_error_new (trestle_aws_error_classify (fault.code, answer->status, NULL),
                                      &details, "%s answered %s with status %u%s%s",
                                      trestle_aws_model_get_service_id (model), operation->name,
                                      answer->status, fault.code != NULL ? " and code " : "",
                                      fault.code != NULL ? fault.code : ""));
}

static gboolean
merge (JsonObject *into, JsonNode *from)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (from == NULL)
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (from));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (into, name, json_node_ref (value));
  return TRUE;
}

static gboolean
read_json_body (const TrestleAwsShape *shape, GBytes *body, JsonObject *into, GError **error)
{
  TrestleAwsWalk walk = { .reading = TRUE };
  g_autoptr (JsonNode) parsed = trestle_aws_json_parse (body, error);
  g_autoptr (JsonNode) converted = NULL;

  if (parsed == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_NULL (parsed))
    return TRUE;
  converted = trestle_aws_json_convert (&walk, shape, parsed, error);
  return merge (into, converted);
}

static gboolean
read_xml_body (const TrestleAwsOperation *operation,
               gboolean query,
               TrestleAwsXml *xml,
               JsonObject *into,
               GError **error)
{
  const TrestleAwsShape *shape = operation->output;
  gpointer root = trestle_aws_xml_root (xml);
  g_autoptr (JsonNode) read = NULL;

  if (query)
    {
      g_autofree char *usual = g_strconcat (operation->name, "Result", NULL);

      root = trestle_aws_xml_child (
          root, operation->output_wrapper != NULL ? operation->output_wrapper : usual);
      if (root == NULL)
        return TRUE;
    }

  /* GetBucketLocation's answer is its only member, without an element around it. */
  for (guint i = 0; i < shape->n_members && !query; i++)
    {
      const TrestleAwsMember *member = &shape->members[i];
      JsonNode *value;

      if (member->location != TRESTLE_AWS_LOCATION_BODY
          || member->shape->kind != TRESTLE_AWS_SHAPE_STRING
          || !g_str_equal (member->wire_name, trestle_aws_xml_name (root))
          || trestle_aws_xml_child (root, NULL) != NULL)
        continue;
      value = trestle_aws_xml_read (member->shape, root, error);
      if (value == NULL)
        return FALSE;
      json_object_set_member (into, member->name, value);
      return TRUE;
    }

  read = trestle_aws_xml_read (shape, root, error);
  return merge (into, read);
}

/* Where a request's path and query matter, an answer's do not: such members are in its body. */
static gboolean
travels_in_body (const TrestleAwsMember *member)
{
  return member->location == TRESTLE_AWS_LOCATION_BODY
         || member->location == TRESTLE_AWS_LOCATION_URI
         || member->location == TRESTLE_AWS_LOCATION_QUERY;
}

static gboolean
has_body (const TrestleAwsShape *shape)
{
  for (guint i = 0; i < shape->n_members; i++)
    if (travels_in_body (&shape->members[i]))
      return TRUE;

  return FALSE;
}

/* Nothing of headers and status is taken from the body. */
static void
drop_bound_members (const TrestleAwsShape *shape, JsonObject *object)
{
  for (guint i = 0; i < shape->n_members; i++)
    if (!travels_in_body (&shape->members[i]))
      json_object_remove_member (object, shape->members[i].name);
}

static gboolean
read_output (const TrestleAwsModel *model,
             const TrestleAwsOperation *operation,
             const TrestleAwsHttp *answer,
             TrestleAwsXml *xml,
             JsonObject *into,
             GError **error)
{
  const TrestleAwsShape *shape = operation->output;
  const TrestleAwsMember *payload = trestle_aws_payload_member (shape);
  TrestleAwsProtocol protocol = trestle_aws_model_get_protocol (model);
  gboolean rest = protocol == TRESTLE_AWS_PROTOCOL_REST_JSON
                  || protocol == TRESTLE_AWS_PROTOCOL_REST_XML;

  if (shape == NULL)
    return TRUE;
  /* A stream of events that is the only body is the payload though nothing says so. */
  for (guint i = 0; i < shape->n_members && payload == NULL; i++)
    if (shape->members[i].shape->is_event_stream)
      payload = &shape->members[i];

  if (payload != NULL)
    {
      if (!trestle_aws_read_payload (model, payload, answer->body, into, error))
        return FALSE;
    }
  else if (!is_empty (answer->body) && (!rest || has_body (shape)))
    {
      gboolean good = xml != NULL ? read_xml_body (operation, !rest, xml, into, error)
                                  : read_json_body (shape, answer->body, into, error);

      if (!good)
        return FALSE;
      drop_bound_members (shape, into);
    }

  if (!rest)
    return TRUE;
  for (guint i = 0; i < shape->n_members; i++)
    if (shape->members[i].location == TRESTLE_AWS_LOCATION_STATUS)
      json_object_set_int_member (into, shape->members[i].name, answer->status);
  return trestle_aws_read_headers (shape, answer->headers, into, error);
}

static JsonNode *
unreadable (const TrestleAwsModel *model,
            const TrestleAwsOperation *operation,
            const TrestleAwsHttp *answer,
            const GError *reason,
            GError **error)
{
  g_autofree char *request_id = trestle_aws_protocol_request_id (answer);
  TrestleAwsErrorDetails details = {
    .service = (char *) trestle_aws_model_get_service (model),
    .operation = (char *) operation->name,
    .request_id = request_id,
    .status = answer->status,
  };

  g_propagate_error (error,
                     trestle_aws_error_new (TRESTLE_AWS_ERROR_PROTOCOL, &details,
                                            "The answer to %s cannot be read%s%s", operation->name,
                                            *reason->message == ':' ? "" : ": ", reason->message));
  return NULL;
}

JsonNode *
trestle_aws_protocol_read_response (const TrestleAwsModel *model,
                                    const TrestleAwsOperation *operation,
                                    const TrestleAwsHttp *answer,
                                    GError **error)
{
  g_autoptr (JsonObject) into = NULL;
  g_autoptr (TrestleAwsXml) xml = NULL;
  g_autoptr (GError) reason = NULL;
  JsonNode *output;

  if (answer->status < 200 || answer->status >= 300)
    {
      read_fault (model, operation, answer, error);
      return NULL;
    }

  if (is_xml (model) && trestle_aws_payload_member (operation->output) == NULL
      && !is_empty (answer->body))
    {
      xml = trestle_aws_xml_parse (answer->body, &reason);
      if (xml == NULL)
        return unreadable (model, operation, answer, reason, error);
      /* S3 begins some answers before it knows whether it can finish them. */
      if (g_str_equal (trestle_aws_xml_name (trestle_aws_xml_root (xml)), "Error"))
        {
          read_fault (model, operation, answer, error);
          return NULL;
        }
    }

  into = json_object_new ();
  if (!read_output (model, operation, answer, xml, into, &reason))
    return unreadable (model, operation, answer, reason, error);

  output = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (output, g_steal_pointer (&into));
  return output;
}
