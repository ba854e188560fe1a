/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <gio/gio.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"
#include "base/trestle-json.h"

/*
 * Where the members of a REST operation travel: the same for requests and answers.
 */

const TrestleAwsMember *
trestle_aws_payload_member (const TrestleAwsShape *shape)
{
  for (guint i = 0; shape != NULL && i < shape->n_members; i++)
    if (shape->members[i].payload)
      return &shape->members[i];

  return NULL;
}

gboolean
trestle_aws_has_body_members (const TrestleAwsShape *shape)
{
  for (guint i = 0; shape != NULL && i < shape->n_members; i++)
    if (shape->members[i].location == TRESTLE_AWS_LOCATION_BODY && !shape->members[i].payload)
      return TRUE;

  return FALSE;
}

JsonNode *
trestle_aws_pick_body (const TrestleAwsShape *shape, JsonNode *node)
{
  g_autoptr (JsonObject) body = json_object_new ();
  JsonNode *made = json_node_new (JSON_NODE_OBJECT);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          const TrestleAwsMember *member = trestle_aws_shape_get_member (shape, name);

          /* what is unknown stays, so that it is noticed */
          if (member == NULL || (member->location == TRESTLE_AWS_LOCATION_BODY && !member->payload))
            json_object_set_member (body, name, json_node_ref (value));
        }
    }

  json_node_take_object (made, g_steal_pointer (&body));
  return made;
}

static gboolean
add_header (GArray *headers, const char *name, const char *value, GError **error)
{
  for (const char *c = value; *c != '\0'; c++)
    if (((guchar) *c < 0x20 && *c != '\t') || *c == 0x7f)
      {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             ": a header cannot hold control characters");
        return FALSE;
      }

  trestle_aws_headers_add (headers, name, value);
  return TRUE;
}

/* One value of a list in a header: quoted where it holds what sets the values apart. */
static void
append_list_value (GString *out, const TrestleAwsShape *shape, const char *text)
{
  if (out->len > 0)
    g_string_append (out, ", ");
  if (shape->kind != TRESTLE_AWS_SHAPE_STRING || strpbrk (text, ",\"") == NULL)
    {
      g_string_append (out, text);
      return;
    }

  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *c);
    }
  g_string_append_c (out, '"');
}

static char *
header_text (const TrestleAwsMember *member, JsonNode *value, GError **error)
{
  const TrestleAwsShape *shape = member->shape;
  g_autoptr (GString) list = NULL;
  JsonArray *array;

  if (member->json)
    {
      gboolean is_text = JSON_NODE_HOLDS_VALUE (value)
                         && json_node_get_value_type (value) == G_TYPE_STRING;
      g_autofree char *text = is_text ? json_node_dup_string (value)
                                      : trestle_json_to_string (value, FALSE);

      return g_base64_encode ((const guchar *) text, strlen (text));
    }
  if (shape->kind != TRESTLE_AWS_SHAPE_LIST)
    return trestle_aws_value_to_text (
        shape, trestle_aws_time_format (member, shape, TRESTLE_AWS_TIME_HTTP), value, error);
  if (!JSON_NODE_HOLDS_ARRAY (value))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": a list is needed");
      return NULL;
    }

  list = g_string_new (NULL);
  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *text = trestle_aws_value_to_text (
          shape->element, trestle_aws_time_format (NULL, shape->element, TRESTLE_AWS_TIME_HTTP),
          json_array_get_element (array, i), error);

      if (text == NULL)
        return NULL;
      append_list_value (list, shape->element, text);
    }
  return g_strdup (list->str);
}

static gboolean
write_prefixed (const TrestleAwsMember *member, JsonNode *value, GArray *headers, GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *text;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": an object is needed");
      return FALSE;
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &key, &text))
    {
      g_autofree char *name = g_strconcat (member->wire_name, key, NULL);
      g_autofree char *line = NULL;

      for (const char *c = name; *c != '\0'; c++)
        if (!g_ascii_isgraph (*c) || *c == ':')
          {
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         ": “%s” cannot be part of a header's name", key);
            return FALSE;
          }
      line = trestle_aws_value_to_text (member->shape->element, 0, text, error);
      if (line == NULL || !add_header (headers, name, line, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
trestle_aws_write_headers (const TrestleAwsShape *shape,
                           JsonNode *node,
                           GArray *headers,
                           GError **error)
{
  JsonObject *object;

  if (shape == NULL || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;

  object = json_node_get_object (node);
  for (guint i = 0; i < shape->n_members; i++)
    {
      const TrestleAwsMember *member = &shape->members[i];
      JsonNode *value = json_object_get_member (object, member->name);
      g_autofree char *text = NULL;
      gboolean good = TRUE;

      if (value == NULL || JSON_NODE_HOLDS_NULL (value))
        continue;
      if (member->location == TRESTLE_AWS_LOCATION_HEADERS)
        good = write_prefixed (member, value, headers, error);
      else if (member->location == TRESTLE_AWS_LOCATION_HEADER)
        {
          text = header_text (member, value, error);
          good = text != NULL && add_header (headers, member->wire_name, text, error);
        }
      if (!good)
        {
          trestle_aws_prefix_path (error, member->name);
          return FALSE;
        }
    }

  return TRUE;
}

/* Sets the values of a list apart: by commas outside quotes; HTTP dates hold one comma each. */
static char **
split_list (const char *text, gboolean dates)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  g_autoptr (GString) value = g_string_new (NULL);
  gboolean quoted = FALSE;
  gboolean was_quoted = FALSE;
  guint commas = 0;

  for (const char *c = text;; c++)
    {
      if (*c == '\0' || (*c == ',' && !quoted && (!dates || ++commas % 2 == 0)))
        {
          if (!was_quoted)
            g_strstrip (value->str);
          if (was_quoted || *value->str != '\0')
            g_ptr_array_add (values, g_strdup (value->str));
          g_string_truncate (value, 0);
          was_quoted = FALSE;
          if (*c == '\0')
            break;
        }
      else if (*c == '"' && (quoted || strspn (value->str, " ") == value->len))
        {
          if (!quoted)
            g_string_truncate (value, 0);
          quoted = !quoted;
          was_quoted = TRUE;
        }
      else if (quoted && *c == '\\' && c[1] != '\0')
        g_string_append_c (value, *++c);
      else if (quoted || !was_quoted)
        g_string_append_c (value, *c);
    }

  return (char **) g_ptr_array_steal (values, NULL);
}

static JsonNode *
read_header (const TrestleAwsMember *member, const char *text, GError **error)
{
  const TrestleAwsShape *shape = member->shape;
  TrestleAwsTimeFormat format;
  g_auto (GStrv) values = NULL;
  g_autoptr (JsonArray) array = NULL;
  JsonNode *node;

  if (member->json)
    {
      gsize length;
      guchar *decoded = g_base64_decode (text, &length);
      g_autoptr (GBytes) bytes = g_bytes_new_take (decoded, length);

      node = trestle_aws_json_parse (bytes, error);
      if (node == NULL)
        g_prefix_error (error, ": ");
      return node;
    }
  if (shape->kind != TRESTLE_AWS_SHAPE_LIST)
    return trestle_aws_value_from_text (
        shape, trestle_aws_time_format (member, shape, TRESTLE_AWS_TIME_HTTP), text, error);

  format = trestle_aws_time_format (NULL, shape->element, TRESTLE_AWS_TIME_HTTP);
  values = split_list (text, shape->element->kind == TRESTLE_AWS_SHAPE_TIMESTAMP
                                 && format == TRESTLE_AWS_TIME_HTTP);
  array = json_array_new ();
  for (guint i = 0; values[i] != NULL; i++)
    {
      JsonNode *value = trestle_aws_value_from_text (shape->element, format, values[i], error);

      if (value == NULL)
        return NULL;
      json_array_add_element (array, value);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, g_steal_pointer (&array));
  return node;
}

static void
read_prefixed (const TrestleAwsMember *member, GArray *headers, JsonObject *into)
{
  gsize length = strlen (member->wire_name);
  JsonObject *map = json_object_new ();

  for (guint i = 0; i < headers->len; i++)
    {
      const TrestleAwsHeader *header = &g_array_index (headers, TrestleAwsHeader, i);

      if (g_ascii_strncasecmp (header->name, member->wire_name, length) == 0)
        json_object_set_string_member (map, header->name + length, header->value);
    }

  json_object_set_object_member (into, member->name, map);
}

gboolean
trestle_aws_read_headers (const TrestleAwsShape *shape,
                          GArray *headers,
                          JsonObject *into,
                          GError **error)
{
  for (guint i = 0; shape != NULL && i < shape->n_members; i++)
    {
      const TrestleAwsMember *member = &shape->members[i];
      const char *text;
      JsonNode *value;

      if (member->location == TRESTLE_AWS_LOCATION_HEADERS)
        read_prefixed (member, headers, into);
      if (member->location != TRESTLE_AWS_LOCATION_HEADER)
        continue;
      text = trestle_aws_headers_get (headers, member->wire_name);
      if (text == NULL || !g_utf8_validate (text, -1, NULL))
        continue;
      value = read_header (member, text, error);
      if (value == NULL)
        {
          trestle_aws_prefix_path (error, member->name);
          return FALSE;
        }
      json_object_set_member (into, member->name, value);
    }

  return TRUE;
}

char *
trestle_aws_bytes_to_text (GBytes *bytes)
{
  gsize length;
  const char *text;

  if (bytes == NULL)
    return g_strdup ("");
  text = g_bytes_get_data (bytes, &length);
  if (length > 0 && !g_utf8_validate_len (text, length, NULL))
    return NULL;
  return g_strndup (length > 0 ? text : "", length);
}

static void
set_content_type (TrestleAwsHttp *http, const char *type)
{
  if (trestle_aws_headers_get (http->headers, "content-type") == NULL)
    trestle_aws_headers_add (http->headers, "Content-Type", type);
}

/* The payload of a blob operation, or what @value says in base64. */
static gboolean
write_blob (JsonNode *value, GBytes *payload, TrestleAwsHttp *http, GError **error)
{
  if (payload != NULL)
    http->body = g_bytes_ref (payload);
  else if (value != NULL)
    {
      static const TrestleAwsShape blob = { .kind = TRESTLE_AWS_SHAPE_BLOB };
      g_autofree char *text = trestle_aws_value_to_text (&blob, 0, value, error);
      gsize length;
      guchar *bytes;

      if (text == NULL)
        return FALSE;
      bytes = g_base64_decode (text, &length);
      http->body = g_bytes_new_take (bytes, length);
    }
  if (http->body != NULL)
    set_content_type (http, "application/octet-stream");
  return TRUE;
}

gboolean
trestle_aws_write_payload (const TrestleAwsModel *model,
                           const TrestleAwsMember *member,
                           JsonNode *input,
                           GBytes *payload,
                           gboolean strict,
                           TrestleAwsHttp *http,
                           GError **error)
{
  const TrestleAwsShape *shape = member->shape;
  TrestleAwsWalk walk = { .strict = strict };
  gboolean xml = trestle_aws_model_get_protocol (model) == TRESTLE_AWS_PROTOCOL_REST_XML;
  JsonNode *value = NULL;
  g_autoptr (JsonNode) empty = NULL;
  g_autoptr (JsonNode) converted = NULL;
  g_autoptr (GString) text = NULL;

  if (input != NULL && JSON_NODE_HOLDS_OBJECT (input))
    value = json_object_get_member (json_node_get_object (input), member->name);
  if (value != NULL && JSON_NODE_HOLDS_NULL (value))
    value = NULL;

  if (shape->is_event_stream)
    {
      if (payload != NULL)
        http->body = g_bytes_ref (payload);
      set_content_type (http, "application/vnd.amazon.eventstream");
      return TRUE;
    }
  if (shape->kind == TRESTLE_AWS_SHAPE_BLOB)
    return write_blob (value, payload, http, error);
  if (shape->kind == TRESTLE_AWS_SHAPE_STRING)
    {
      char *line;

      if (value == NULL)
        return TRUE;
      line = trestle_aws_value_to_text (shape, 0, value, error);
      if (line == NULL)
        return FALSE;
      http->body = g_bytes_new_take (line, strlen (line));
      set_content_type (http, "text/plain");
      return TRUE;
    }

  if (value == NULL && (xml || shape->is_union))
    return TRUE;
  if (value == NULL)
    {
      /* a structure that is the body is sent empty rather than not at all */
      empty = trestle_aws_empty_object ();
      value = empty;
    }
  if (xml)
    {
      const char *name = shape->wire_name != NULL ? shape->wire_name : shape->name;

      if (!g_str_equal (member->wire_name, member->name))
        name = member->wire_name;
      text = g_string_new (NULL);
      if (!trestle_aws_xml_write (text, name, NULL, shape, member, value, strict, error))
        return FALSE;
      http->body = g_string_free_to_bytes (g_steal_pointer (&text));
      set_content_type (http, "application/xml");
      return TRUE;
    }
  converted = trestle_aws_json_convert (&walk, shape, value, error);
  if (converted == NULL)
    return FALSE;
  http->body = trestle_aws_json_bytes (converted);
  set_content_type (http, "application/json");
  return TRUE;
}

gboolean
trestle_aws_read_payload (const TrestleAwsModel *model,
                          const TrestleAwsMember *member,
                          GBytes *body,
                          JsonObject *into,
                          GError **error)
{
  const TrestleAwsShape *shape = member->shape;
  TrestleAwsWalk walk = { .reading = TRUE };
  g_autoptr (JsonNode) parsed = NULL;
  JsonNode *value;

  if (shape->kind == TRESTLE_AWS_SHAPE_BLOB || shape->is_event_stream || body == NULL
      || g_bytes_get_size (body) == 0)
    return TRUE;
  if (shape->kind == TRESTLE_AWS_SHAPE_STRING)
    {
      g_autofree char *text = trestle_aws_bytes_to_text (body);

      if (text == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: the text is not UTF-8",
                       member->name);
          return FALSE;
        }
      json_object_set_string_member (into, member->name, text);
      return TRUE;
    }

  if (trestle_aws_model_get_protocol (model) == TRESTLE_AWS_PROTOCOL_REST_XML)
    {
      g_autoptr (TrestleAwsXml) xml = trestle_aws_xml_parse (body, error);

      if (xml == NULL)
        return FALSE;
      value = trestle_aws_xml_read (shape, trestle_aws_xml_root (xml), error);
    }
  else
    {
      parsed = trestle_aws_json_parse (body, error);
      if (parsed == NULL)
        return FALSE;
      value = trestle_aws_json_convert (&walk, shape, parsed, error);
    }
  if (value == NULL)
    {
      trestle_aws_prefix_path (error, member->name);
      return FALSE;
    }
  json_object_set_member (into, member->name, value);
  return TRUE;
}
