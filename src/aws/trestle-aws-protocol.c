/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-protocol.h"

#include <gio/gio.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"

TrestleAwsHttp *
trestle_aws_http_new (void)
{
  TrestleAwsHttp *self = g_new0 (TrestleAwsHttp, 1);

  self->headers = trestle_aws_headers_new ();
  return self;
}

void
trestle_aws_http_free (TrestleAwsHttp *self)
{
  if (self == NULL)
    return;

  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/* The caller's mistake, in the words of the domain. */
static gpointer
invalid (const TrestleAwsModel *model,
         const TrestleAwsOperation *operation,
         const GError *reason,
         GError **error)
{
  TrestleAwsErrorDetails details = {
    .service = (char *) trestle_aws_model_get_service (model),
    .operation = (char *) operation->name,
  };

  g_propagate_error (error,
                     trestle_aws_error_new (TRESTLE_AWS_ERROR_VALIDATION, &details,
                                            "The input of %s does not fit%s%s", operation->name,
                                            *reason->message == ':' ? "" : ": ", reason->message));
  return NULL;
}

static JsonNode *
member_value (JsonNode *input, const char *name)
{
  JsonNode *value = NULL;

  if (input != NULL && JSON_NODE_HOLDS_OBJECT (input))
    value = json_object_get_member (json_node_get_object (input), name);
  return value != NULL && !JSON_NODE_HOLDS_NULL (value) ? value : NULL;
}

/* Fills "{Name}" and "{Name+}" of a path; a label may stand anywhere between slashes. */
static char *
fill_path (const TrestleAwsOperation *operation, const char *path, JsonNode *input, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  while (*path != '\0')
    {
      const char *end = *path == '{' ? strchr (path, '}') : NULL;
      const TrestleAwsMember *member = NULL;
      g_autofree char *label = NULL;
      g_autofree char *text = NULL;
      g_autofree char *encoded = NULL;
      gboolean greedy;
      JsonNode *value;

      if (end == NULL)
        {
          g_string_append_c (out, *path++);
          continue;
        }
      label = g_strndup (path + 1, (gsize) (end - path - 1));
      path = end + 1;
      greedy = g_str_has_suffix (label, "+");
      if (greedy)
        label[strlen (label) - 1] = '\0';

      for (guint i = 0; operation->input != NULL && i < operation->input->n_members; i++)
        if (operation->input->members[i].location == TRESTLE_AWS_LOCATION_URI
            && g_str_equal (operation->input->members[i].wire_name, label))
          member = &operation->input->members[i];
      value = member != NULL ? member_value (input, member->name) : NULL;
      if (value != NULL)
        text = trestle_aws_value_to_text (
            member->shape, trestle_aws_time_format (member, member->shape, TRESTLE_AWS_TIME_ISO),
            value, error);
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                     ": it is part of the address and must be there");
      if (text != NULL && *text == '\0')
        {
          g_clear_pointer (&text, g_free);
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       ": it is part of the address and must not be empty");
        }
      if (text == NULL)
        {
          trestle_aws_prefix_path (error, label);
          return NULL;
        }
      encoded = trestle_aws_uri_encode (text, !greedy);
      g_string_append (out, encoded);
    }

  return g_strdup (out->str);
}

static void
append_parameter (GString *query, const char *name, const char *value)
{
  g_autofree char *encoded_name = trestle_aws_uri_encode (name, TRUE);
  g_autofree char *encoded_value = trestle_aws_uri_encode (value, TRUE);

  g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", encoded_name, encoded_value);
}

/* One value, or each of a list. */
static gboolean
append_values (GString *query,
               const char *name,
               const TrestleAwsShape *shape,
               const TrestleAwsMember *member,
               JsonNode *value,
               GError **error)
{
  JsonArray *array;

  if (shape->kind != TRESTLE_AWS_SHAPE_LIST)
    {
      g_autofree char *text = trestle_aws_value_to_text (
          shape, trestle_aws_time_format (member, shape, TRESTLE_AWS_TIME_ISO), value, error);

      if (text == NULL)
        return FALSE;
      append_parameter (query, name, text);
      return TRUE;
    }

  if (!JSON_NODE_HOLDS_ARRAY (value))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": a list is needed");
      return FALSE;
    }
  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!append_values (query, name, shape->element, NULL, json_array_get_element (array, i),
                        error))
      return FALSE;

  return TRUE;
}

/* A map of further parameters; those with a member of their own win. */
static gboolean
append_map (GString *query,
            const TrestleAwsOperation *operation,
            const TrestleAwsMember *member,
            JsonNode *value,
            JsonNode *input,
            GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *element;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": an object is needed");
      return FALSE;
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &key, &element))
    {
      gboolean named = FALSE;

      for (guint i = 0; i < operation->input->n_members; i++)
        {
          const TrestleAwsMember *other = &operation->input->members[i];

          named = named
                  || (other->location == TRESTLE_AWS_LOCATION_QUERY
                      && other->shape->kind != TRESTLE_AWS_SHAPE_MAP
                      && g_str_equal (other->wire_name, key)
                      && member_value (input, other->name) != NULL);
        }
      if (!named && !append_values (query, key, member->shape->element, NULL, element, error))
        return FALSE;
    }

  return TRUE;
}

static char *
build_query (const TrestleAwsOperation *operation,
             const char *constants,
             JsonNode *input,
             GError **error)
{
  g_autoptr (GString) query = g_string_new (constants);

  for (guint i = 0; operation->input != NULL && i < operation->input->n_members; i++)
    {
      const TrestleAwsMember *member = &operation->input->members[i];
      JsonNode *value = member_value (input, member->name);
      gboolean good;

      if (member->location != TRESTLE_AWS_LOCATION_QUERY || value == NULL)
        continue;
      if (member->shape->kind == TRESTLE_AWS_SHAPE_MAP)
        good = append_map (query, operation, member, value, input, error);
      else
        good = append_values (query, member->wire_name, member->shape, member, value, error);
      if (!good)
        {
          trestle_aws_prefix_path (error, member->name);
          return NULL;
        }
    }

  return g_strdup (query->str);
}

static gboolean
write_json_body (const TrestleAwsOperation *operation,
                 const char *content_type,
                 JsonNode *body,
                 TrestleAwsHttp *http,
                 GError **error)
{
  TrestleAwsWalk walk = { .strict = TRUE };
  g_autoptr (JsonNode) converted = NULL;

  if (operation->input == NULL)
    converted = trestle_aws_empty_object ();
  else
    converted = trestle_aws_json_convert (&walk, operation->input, body, error);
  if (converted == NULL)
    return FALSE;
  http->body = trestle_aws_json_bytes (converted);
  if (trestle_aws_headers_get (http->headers, "content-type") == NULL)
    trestle_aws_headers_add (http->headers, "Content-Type", content_type);
  return TRUE;
}

static gboolean
write_json (const TrestleAwsModel *model,
            const TrestleAwsOperation *operation,
            JsonNode *input,
            TrestleAwsHttp *http,
            GError **error)
{
  g_autofree char *type = g_strconcat ("application/x-amz-json-",
                                       trestle_aws_model_get_json_version (model), NULL);
  g_autofree char *target = g_strconcat (trestle_aws_model_get_target_prefix (model), ".",
                                         operation->name, NULL);

  http->path = g_strdup ("/");
  trestle_aws_headers_add (http->headers, "X-Amz-Target", target);
  if (trestle_aws_model_is_query_compatible (model))
    trestle_aws_headers_add (http->headers, "x-amzn-query-mode", "true");
  return write_json_body (operation, type, input, http, error);
}

static gboolean
write_query (const TrestleAwsModel *model,
             const TrestleAwsOperation *operation,
             JsonNode *input,
             TrestleAwsHttp *http,
             GError **error)
{
  g_autoptr (GString) form = g_string_new (NULL);

  g_string_append_printf (form, "Action=%s&Version=%s", operation->name,
                          trestle_aws_model_get_api_version (model));
  if (operation->input != NULL && !trestle_aws_query_write (form, operation->input, input, error))
    return FALSE;
  http->path = g_strdup ("/");
  http->body = g_string_free_to_bytes (g_steal_pointer (&form));
  trestle_aws_headers_add (http->headers, "Content-Type", "application/x-www-form-urlencoded");
  return TRUE;
}

static gboolean
write_xml_body (const TrestleAwsModel *model,
                const TrestleAwsOperation *operation,
                JsonNode *body,
                TrestleAwsHttp *http,
                GError **error)
{
  const TrestleAwsShape *shape = operation->input;
  g_autoptr (GString) text = NULL;
  const char *xml_namespace = operation->input_namespace;
  const char *root = operation->input_root;

  if (json_object_get_size (json_node_get_object (body)) == 0)
    return TRUE;
  /* the shape's own name counts for more than the operation's */
  if (shape->wire_name != NULL)
    root = shape->wire_name;
  if (root == NULL)
    root = shape->name;
  if (xml_namespace == NULL)
    xml_namespace = trestle_aws_model_get_xml_namespace (model);
  text = g_string_new (NULL);
  if (!trestle_aws_xml_write (text, root, xml_namespace, shape, NULL, body, TRUE, error))
    return FALSE;
  http->body = g_string_free_to_bytes (g_steal_pointer (&text));
  if (trestle_aws_headers_get (http->headers, "content-type") == NULL)
    trestle_aws_headers_add (http->headers, "Content-Type", "application/xml");
  return TRUE;
}

static gboolean
write_rest (const TrestleAwsModel *model,
            const TrestleAwsOperation *operation,
            JsonNode *input,
            GBytes *payload,
            TrestleAwsHttp *http,
            GError **error)
{
  const TrestleAwsMember *member = trestle_aws_payload_member (operation->input);
  const char *mark = strchr (operation->uri, '?');
  g_autofree char *template = mark != NULL
                                  ? g_strndup (operation->uri, (gsize) (mark - operation->uri))
                                  : g_strdup (operation->uri);
  g_autoptr (JsonNode) body = NULL;

  http->path = fill_path (operation, template, input, error);
  if (http->path == NULL)
    return FALSE;
  http->query = build_query (operation, mark != NULL ? mark + 1 : "", input, error);
  if (http->query == NULL)
    return FALSE;
  if (*http->query == '\0')
    g_clear_pointer (&http->query, g_free);
  if (!trestle_aws_write_headers (operation->input, input, http->headers, error))
    return FALSE;

  if (operation->input == NULL)
    return TRUE;
  body = trestle_aws_pick_body (operation->input, input);
  if (member != NULL || !trestle_aws_has_body_members (operation->input))
    {
      JsonObjectIter iter;
      const char *name;

      json_object_iter_init_ordered (&iter, json_node_get_object (body));
      if (json_object_iter_next_ordered (&iter, &name, NULL))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s has no such member",
                       name, operation->input->name);
          return FALSE;
        }
      return member == NULL
             || trestle_aws_write_payload (model, member, input, payload, TRUE, http, error);
    }
  if (trestle_aws_model_get_protocol (model) == TRESTLE_AWS_PROTOCOL_REST_XML)
    return write_xml_body (model, operation, body, http, error);
  return write_json_body (operation, "application/json", body, http, error);
}

TrestleAwsHttp *
trestle_aws_protocol_write_request (const TrestleAwsModel *model,
                                    const TrestleAwsOperation *operation,
                                    JsonNode *input,
                                    GBytes *payload,
                                    GError **error)
{
  g_autoptr (TrestleAwsHttp) http = trestle_aws_http_new ();
  g_autoptr (JsonNode) nothing = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean good = FALSE;

  if (input == NULL || JSON_NODE_HOLDS_NULL (input))
    {
      nothing = trestle_aws_empty_object ();
      input = nothing;
    }
  if (!JSON_NODE_HOLDS_OBJECT (input))
    {
      g_set_error_literal (&reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": an object is needed");
      return invalid (model, operation, reason, error);
    }

  http->method = g_strdup (operation->method);
  switch (trestle_aws_model_get_protocol (model))
    {
    case TRESTLE_AWS_PROTOCOL_JSON:
      good = write_json (model, operation, input, http, &reason);
      break;
    case TRESTLE_AWS_PROTOCOL_QUERY:
      good = write_query (model, operation, input, http, &reason);
      break;
    case TRESTLE_AWS_PROTOCOL_REST_JSON:
    case TRESTLE_AWS_PROTOCOL_REST_XML:
    default:
      good = write_rest (model, operation, input, payload, http, &reason);
      break;
    }

  return good ? g_steal_pointer (&http) : invalid (model, operation, reason, error);
}

char *
trestle_aws_protocol_host_prefix (const TrestleAwsOperation *operation,
                                  JsonNode *input,
                                  GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *at = operation->host_prefix;

  while (at != NULL && *at != '\0')
    {
      const char *end = *at == '{' ? strchr (at, '}') : NULL;
      g_autofree char *name = NULL;
      JsonNode *value;
      const char *label = NULL;

      if (end == NULL)
        {
          g_string_append_c (out, *at++);
          continue;
        }
      name = g_strndup (at + 1, (gsize) (end - at - 1));
      at = end + 1;
      value = member_value (input, name);
      if (value != NULL && JSON_NODE_HOLDS_VALUE (value)
          && json_node_get_value_type (value) == G_TYPE_STRING)
        label = json_node_get_string (value);
      /* what goes into a host's name must be one label of it and nothing else */
      if (label == NULL || *label == '\0' || strlen (label) > 63
          || label[strspn (label, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-")] != '\0')
        {
          TrestleAwsErrorDetails details = { .operation = (char *) operation->name };

          g_propagate_error (error,
                             trestle_aws_error_new (TRESTLE_AWS_ERROR_VALIDATION, &details,
                                                    "%s of %s cannot be part of a host's name",
                                                    name, operation->name));
          return NULL;
        }
      g_string_append (out, label);
    }

  return g_strdup (out->str);
}
