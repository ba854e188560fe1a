/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-protocol-server.h"

#include <gio/gio.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"

/* Finds the parameter called @name; an empty text where it stands alone. */
static const char *
find_parameter (GArray *parameters, const char *name)
{
  for (guint i = 0; i < parameters->len; i++)
    {
      const TrestleAwsHeader *parameter = &g_array_index (parameters, TrestleAwsHeader, i);

      if (g_str_equal (parameter->name, name))
        return parameter->value;
    }

  return NULL;
}

static char *
decode_segment (const char *text, gsize length)
{
  char *decoded = g_uri_unescape_segment (text, text + length, NULL);

  if (decoded != NULL && g_utf8_validate (decoded, -1, NULL))
    return decoded;
  g_free (decoded);
  return NULL;
}

/* Whether @path is one of @template, "/a/{B}/{C+}"; fills @members with what stands for the
 * labels. */
static gboolean
match_path (const char *template, gsize template_length, const char *path, GHashTable *members)
{
  const char *end = template + template_length;

  while (template <end)
    {
      const char *close;
      gsize length;
      g_autofree char *label = NULL;
      g_autofree char *value = NULL;

      if (*template != '{')
        {
          if (*path != *template)
            return template + 1 == end && *template == '/' && *path == '\0';
          template ++;
          path++;
          continue;
        }

      close = memchr (template, '}', (gsize) (end - template));
      if (close == NULL)
        return FALSE;
      length = close[-1] == '+' ? strlen (path) : strcspn (path, "/");
      label = g_strndup (template + 1, (gsize) (close - template - 1));
      if (close[-1] == '+')
        label[strlen (label) - 1] = '\0';
      value = length > 0 ? decode_segment (path, length) : NULL;
      if (value == NULL)
        return FALSE;
      g_hash_table_insert (members, g_steal_pointer (&label), g_steal_pointer (&value));
      template = close + 1;
      path += length;
    }

  return *path == '\0' || g_str_equal (path, "/");
}

/* How well @request fits @operation beyond its path: each constant or required parameter counts,
 * for S3 tells its operations apart by them. Negative where one is missing. */
static int
match_query (const TrestleAwsOperation *operation, GArray *parameters)
{
  const char *mark = strchr (operation->uri, '?');
  int score = 0;

  if (mark != NULL)
    {
      g_autoptr (GArray) constants = trestle_aws_form_parse (mark + 1);

      for (guint i = 0; i < constants->len; i++)
        {
          const TrestleAwsHeader *constant = &g_array_index (constants, TrestleAwsHeader, i);
          const char *value = find_parameter (parameters, constant->name);

          if (g_strcmp0 (value, constant->value) != 0)
            return -1;
          score += 2;
        }
    }
  for (guint i = 0; operation->input != NULL && i < operation->input->n_members; i++)
    {
      const TrestleAwsMember *member = &operation->input->members[i];

      if (member->location != TRESTLE_AWS_LOCATION_QUERY || !member->required)
        continue;
      if (find_parameter (parameters, member->wire_name) == NULL)
        return -1;
      score += 2;
    }
  return score;
}

static const TrestleAwsOperation *
route_rest (const TrestleAwsModel *model, const TrestleAwsHttp *request, GHashTable **members)
{
  g_autoptr (GArray) parameters = trestle_aws_form_parse (request->query);
  const TrestleAwsOperation *best = NULL;
  int best_score = -1;
  const TrestleAwsOperation *operations;
  guint n;

  operations = trestle_aws_model_list_operations (model, &n);
  for (guint i = 0; i < n; i++)
    {
      const TrestleAwsOperation *operation = &operations[i];
      gsize length = strcspn (operation->uri, "?");
      g_autoptr (GHashTable)
          found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      int score;

      if (!g_str_equal (operation->method, request->method)
          || !match_path (operation->uri, length, request->path, found))
        continue;
      score = match_query (operation, parameters);
      /* among equals the path with fewer labels is the more exact */
      if (score >= 0)
        score = score * 16 + 15 - MIN ((int) g_hash_table_size (found), 15);
      if (score <= best_score)
        continue;
      best = operation;
      best_score = score;
      g_hash_table_unref (*members);
      *members = g_steal_pointer (&found);
    }

  return best;
}

static const TrestleAwsOperation *
route_query (const TrestleAwsModel *model, const TrestleAwsHttp *request)
{
  const char *sources[2] = { NULL, request->query };
  g_autofree char *body = trestle_aws_bytes_to_text (request->body);

  sources[0] = body;
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GArray) parameters = trestle_aws_form_parse (sources[i]);
      const char *action = find_parameter (parameters, "Action");

      if (action != NULL)
        return trestle_aws_model_get_operation (model, action);
    }

  return NULL;
}

static const TrestleAwsOperation *
route_json (const TrestleAwsModel *model, const TrestleAwsHttp *request)
{
  const char *target = trestle_aws_headers_get (request->headers, "x-amz-target");
  const char *prefix = trestle_aws_model_get_target_prefix (model);
  gsize length = strlen (prefix);

  if (target == NULL || strncmp (target, prefix, length) != 0 || target[length] != '.')
    return NULL;
  return trestle_aws_model_get_operation (model, target + length + 1);
}

const TrestleAwsOperation *
trestle_aws_protocol_route (const TrestleAwsModel *model,
                            const TrestleAwsHttp *request,
                            GHashTable **path_members)
{
  g_autoptr (GHashTable) members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const TrestleAwsOperation *operation = NULL;

  switch (trestle_aws_model_get_protocol (model))
    {
    case TRESTLE_AWS_PROTOCOL_JSON:
      operation = route_json (model, request);
      break;
    case TRESTLE_AWS_PROTOCOL_QUERY:
      operation = route_query (model, request);
      break;
    case TRESTLE_AWS_PROTOCOL_REST_JSON:
    case TRESTLE_AWS_PROTOCOL_REST_XML:
    default:
      operation = route_rest (model, request, &members);
      break;
    }

  if (path_members != NULL)
    *path_members = g_steal_pointer (&members);
  return operation;
}

static gboolean
read_path (const TrestleAwsShape *shape, GHashTable *labels, JsonObject *into, GError **error)
{
  for (guint i = 0; labels != NULL && i < shape->n_members; i++)
    {
      const TrestleAwsMember *member = &shape->members[i];
      const char *text = NULL;
      JsonNode *value;

      if (member->location == TRESTLE_AWS_LOCATION_URI)
        text = g_hash_table_lookup (labels, member->wire_name);
      if (text == NULL)
        continue;
      value = trestle_aws_value_from_text (
          member->shape, trestle_aws_time_format (member, member->shape, TRESTLE_AWS_TIME_ISO),
          text, error);
      if (value == NULL)
        {
          trestle_aws_prefix_path (error, member->name);
          return FALSE;
        }
      json_object_set_member (into, member->name, value);
    }

  return TRUE;
}

/* One parameter; further ones of its name make a list. */
static gboolean
read_parameter (const TrestleAwsMember *member,
                GArray *parameters,
                JsonObject *into,
                GError **error)
{
  gboolean list = member->shape->kind == TRESTLE_AWS_SHAPE_LIST;
  const TrestleAwsShape *shape = list ? member->shape->element : member->shape;
  g_autoptr (JsonArray) values = json_array_new ();

  for (guint i = 0; i < parameters->len; i++)
    {
      const TrestleAwsHeader *parameter = &g_array_index (parameters, TrestleAwsHeader, i);
      JsonNode *value;

      if (!g_str_equal (parameter->name, member->wire_name))
        continue;
      value = trestle_aws_value_from_text (
          shape, trestle_aws_time_format (member, shape, TRESTLE_AWS_TIME_ISO), parameter->value,
          error);
      if (value == NULL)
        {
          trestle_aws_prefix_path (error, member->name);
          return FALSE;
        }
      json_array_add_element (values, value);
    }

  if (json_array_get_length (values) == 0)
    return TRUE;
  if (list)
    json_object_set_array_member (into, member->name, g_steal_pointer (&values));
  else
    json_object_set_member (into, member->name, json_array_dup_element (values, 0));
  return TRUE;
}

static gboolean
read_query_members (const TrestleAwsShape *shape,
                    const char *query,
                    JsonObject *into,
                    GError **error)
{
  g_autoptr (GArray) parameters = trestle_aws_form_parse (query);

  for (guint i = 0; i < shape->n_members; i++)
    if (shape->members[i].location == TRESTLE_AWS_LOCATION_QUERY
        && shape->members[i].shape->kind != TRESTLE_AWS_SHAPE_MAP
        && !read_parameter (&shape->members[i], parameters, into, error))
      return FALSE;

  return TRUE;
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
  TrestleAwsWalk walk = { .reading = TRUE, .keep_unknown = TRUE };
  g_autoptr (JsonNode) parsed = NULL;
  g_autoptr (JsonNode) converted = NULL;

  if (body == NULL || g_bytes_get_size (body) == 0)
    return TRUE;
  parsed = trestle_aws_json_parse (body, error);
  if (parsed != NULL)
    converted = trestle_aws_json_convert (&walk, shape, parsed, error);
  return merge (into, converted);
}

static gboolean
read_xml_body (const TrestleAwsShape *shape, GBytes *body, JsonObject *into, GError **error)
{
  g_autoptr (TrestleAwsXml) xml = NULL;
  g_autoptr (JsonNode) read = NULL;

  if (body == NULL || g_bytes_get_size (body) == 0)
    return TRUE;
  xml = trestle_aws_xml_parse (body, error);
  if (xml != NULL)
    read = trestle_aws_xml_read (shape, trestle_aws_xml_root (xml), error);
  return merge (into, read);
}

static gboolean
read_rest (const TrestleAwsModel *model,
           const TrestleAwsOperation *operation,
           const TrestleAwsHttp *request,
           GHashTable *path_members,
           GBytes **payload,
           JsonObject *into,
           GError **error)
{
  const TrestleAwsShape *shape = operation->input;
  const TrestleAwsMember *member = trestle_aws_payload_member (shape);

  if (member != NULL)
    {
      if (payload != NULL && member->shape->kind == TRESTLE_AWS_SHAPE_BLOB)
        *payload = request->body != NULL ? g_bytes_ref (request->body) : g_bytes_new (NULL, 0);
      if (!trestle_aws_read_payload (model, member, request->body, into, error))
        return FALSE;
    }
  else if (trestle_aws_has_body_members (shape))
    {
      gboolean good = trestle_aws_model_get_protocol (model) == TRESTLE_AWS_PROTOCOL_REST_XML
                          ? read_xml_body (shape, request->body, into, error)
                          : read_json_body (shape, request->body, into, error);

      if (!good)
        return FALSE;
    }

  return read_path (shape, path_members, into, error)
         && read_query_members (shape, request->query, into, error)
         && trestle_aws_read_headers (shape, request->headers, into, error);
}

static gboolean
read_form (const TrestleAwsOperation *operation,
           const TrestleAwsHttp *request,
           JsonObject *into,
           GError **error)
{
  g_autofree char *body = trestle_aws_bytes_to_text (request->body);
  g_autofree char *form = NULL;
  g_autoptr (JsonNode) read = NULL;

  if (body == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": the form is not UTF-8");
      return FALSE;
    }
  form = request->query != NULL ? g_strconcat (body, "&", request->query, NULL)
                                : g_steal_pointer (&body);
  read = trestle_aws_query_read (operation->input, form, error);
  return merge (into, read);
}

JsonNode *
trestle_aws_protocol_read_request (const TrestleAwsModel *model,
                                   const TrestleAwsOperation *operation,
                                   const TrestleAwsHttp *request,
                                   GHashTable *path_members,
                                   GBytes **payload,
                                   GError **error)
{
  TrestleAwsProtocol protocol = trestle_aws_model_get_protocol (model);
  g_autoptr (JsonObject) into = json_object_new ();
  g_autoptr (GError) reason = NULL;
  JsonNode *input;
  gboolean good = TRUE;

  if (payload != NULL)
    *payload = NULL;
  if (operation->input == NULL)
    return trestle_aws_empty_object ();

  if (protocol == TRESTLE_AWS_PROTOCOL_JSON)
    good = read_json_body (operation->input, request->body, into, &reason);
  else if (protocol == TRESTLE_AWS_PROTOCOL_QUERY)
    good = read_form (operation, request, into, &reason);
  else
    good = read_rest (model, operation, request, path_members, payload, into, &reason);

  if (!good)
    {
      TrestleAwsErrorDetails details = {
        .service = (char *) trestle_aws_model_get_service (model),
        .operation = (char *) operation->name,
        .code = (char *) (protocol == TRESTLE_AWS_PROTOCOL_REST_XML ? "MalformedXML"
                          : protocol == TRESTLE_AWS_PROTOCOL_QUERY  ? "MalformedQueryString"
                                                                    : "SerializationException"),
        .status = 400,
      };

      g_propagate_error (error, trestle_aws_error_new (TRESTLE_AWS_ERROR_VALIDATION, &details,
                                                       "The request cannot be read%s%s",
                                                       *reason->message == ':' ? "" : ": ",
                                                       reason->message));
      if (payload != NULL)
        g_clear_pointer (payload, g_bytes_unref);
      return NULL;
    }

  input = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (input, g_steal_pointer (&into));
  return input;
}
