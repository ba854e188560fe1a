/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"
#include "base/trestle-json.h"

JsonNode *
trestle_aws_json_parse (GBytes *body, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  return trestle_json_parse (text, length, error);
}

GBytes *
trestle_aws_json_bytes (JsonNode *node)
{
  char *text = trestle_json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static JsonNode *
mismatch (GError **error, const char *wanted, JsonNode *got)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": %s is needed, not %s", wanted,
               trestle_aws_node_kind (got));
  return NULL;
}

static JsonNode *convert (const TrestleAwsWalk *walk,
                          const TrestleAwsShape *shape,
                          const TrestleAwsMember *member,
                          JsonNode *node,
                          guint depth,
                          GError **error);

/* A document that travels as a text within the JSON. */
static JsonNode *
convert_embedded (const TrestleAwsWalk *walk, JsonNode *node, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JsonNode *embedded;

  if (!walk->reading)
    {
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        return json_node_ref (node); /* JSON already */
      text = trestle_json_to_string (node, FALSE);
      embedded = json_node_new (JSON_NODE_VALUE);
      json_node_set_string (embedded, text);
      return embedded;
    }

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return mismatch (error, "a text", node);
  text = json_node_dup_string (node);
  bytes = g_bytes_new (text, strlen (text));
  embedded = trestle_aws_json_parse (bytes, error);
  if (embedded == NULL)
    g_prefix_error (error, ": ");
  return embedded;
}

static const TrestleAwsMember *
find_member (const TrestleAwsShape *shape, const char *name, gboolean by_wire_name)
{
  for (guint i = 0; i < shape->n_members; i++)
    {
      const TrestleAwsMember *member = &shape->members[i];

      if (g_str_equal (by_wire_name ? member->wire_name : member->name, name))
        return member;
    }

  return NULL;
}

static JsonNode *
convert_structure (const TrestleAwsWalk *walk,
                   const TrestleAwsShape *shape,
                   JsonNode *node,
                   guint depth,
                   GError **error)
{
  g_autoptr (JsonObject) into = NULL;
  JsonNode *made;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint known = 0;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mismatch (error, "an object", node);

  into = json_object_new ();
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      const TrestleAwsMember *member = find_member (shape, name, walk->reading);
      JsonNode *converted;

      if (JSON_NODE_HOLDS_NULL (value))
        continue;
      if (member == NULL)
        {
          if (walk->strict)
            {
              g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s has no such member",
                           name, shape->name);
              return NULL;
            }
          /* An unknown kind of a union is told apart from none; its name is all there is to it. */
          if (walk->keep_unknown
              || (walk->reading && shape->is_union && !g_str_equal (name, "__type")))
            json_object_set_member (into, name, json_node_copy (value));
          continue;
        }

      converted = convert (walk, member->shape, member, value, depth + 1, error);
      if (converted == NULL)
        {
          trestle_aws_prefix_path (error, name);
          return NULL;
        }
      known++;
      json_object_set_member (into, walk->reading ? member->name : member->wire_name, converted);
    }

  if (shape->is_union && (walk->strict ? known != 1 : known > 1) && !walk->keep_unknown)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   ": exactly one member of %s is needed, not %u", shape->name, known);
      return NULL;
    }
  made = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (made, g_steal_pointer (&into));
  return made;
}

static JsonNode *
convert_list (const TrestleAwsWalk *walk,
              const TrestleAwsShape *shape,
              JsonNode *node,
              guint depth,
              GError **error)
{
  g_autoptr (JsonArray) into = NULL;
  JsonArray *from;
  JsonNode *made;
  guint length;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return mismatch (error, "a list", node);

  from = json_node_get_array (node);
  length = json_array_get_length (from);
  into = json_array_sized_new (length);
  for (guint i = 0; i < length; i++)
    {
      JsonNode *element = json_array_get_element (from, i);
      JsonNode *converted;

      if (JSON_NODE_HOLDS_NULL (element))
        {
          json_array_add_null_element (into);
          continue;
        }
      converted = convert (walk, shape->element, NULL, element, depth + 1, error);
      if (converted == NULL)
        {
          g_autofree char *index = g_strdup_printf ("[%u]", i);

          trestle_aws_prefix_path (error, index);
          return NULL;
        }
      json_array_add_element (into, converted);
    }

  made = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (made, g_steal_pointer (&into));
  return made;
}

static JsonNode *
convert_map (const TrestleAwsWalk *walk,
             const TrestleAwsShape *shape,
             JsonNode *node,
             guint depth,
             GError **error)
{
  g_autoptr (JsonObject) into = NULL;
  JsonNode *made;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mismatch (error, "an object", node);

  into = json_object_new ();
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      JsonNode *converted;

      if (JSON_NODE_HOLDS_NULL (value))
        {
          json_object_set_null_member (into, key);
          continue;
        }
      converted = convert (walk, shape->element, NULL, value, depth + 1, error);
      if (converted == NULL)
        {
          g_autofree char *index = g_strdup_printf ("[“%.40s”]", key);

          trestle_aws_prefix_path (error, index);
          return NULL;
        }
      json_object_set_member (into, key, converted);
    }

  made = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (made, g_steal_pointer (&into));
  return made;
}

static JsonNode *
convert_number (const TrestleAwsShape *shape, JsonNode *node, GError **error)
{
  gboolean whole = shape->kind == TRESTLE_AWS_SHAPE_INTEGER;
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double value;

  if (type == G_TYPE_INT64)
    return json_node_ref (node);
  if (type == G_TYPE_DOUBLE)
    {
      value = json_node_get_double (node);
      if (!whole && isfinite (value))
        return json_node_ref (node);
      if (whole && value == floor (value) && fabs (value) < 9.2e18)
        {
          JsonNode *made = json_node_new (JSON_NODE_VALUE);

          json_node_set_int (made, (gint64) value);
          return made;
        }
    }
  if (type == G_TYPE_STRING && !whole)
    {
      const char *text = json_node_get_string (node);

      if (g_str_equal (text, "NaN") || g_str_equal (text, "Infinity")
          || g_str_equal (text, "-Infinity"))
        return json_node_ref (node);
    }
  return mismatch (error, whole ? "a whole number" : "a number", node);
}

static JsonNode *
convert (const TrestleAwsWalk *walk,
         const TrestleAwsShape *shape,
         const TrestleAwsMember *member,
         JsonNode *node,
         guint depth,
         GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  JsonNode *made;

  if (depth > TRESTLE_AWS_MAX_DEPTH)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": nested too deeply");
      return NULL;
    }
  if (member != NULL && member->json)
    return convert_embedded (walk, node, error);

  switch (shape->kind)
    {
    case TRESTLE_AWS_SHAPE_STRUCTURE:
      return convert_structure (walk, shape, node, depth, error);
    case TRESTLE_AWS_SHAPE_LIST:
      return convert_list (walk, shape, node, depth, error);
    case TRESTLE_AWS_SHAPE_MAP:
      return convert_map (walk, shape, node, depth, error);
    case TRESTLE_AWS_SHAPE_STRING:
    case TRESTLE_AWS_SHAPE_BLOB:
      return type == G_TYPE_STRING ? json_node_ref (node) : mismatch (error, "a text", node);
    case TRESTLE_AWS_SHAPE_BOOLEAN:
      return type == G_TYPE_BOOLEAN ? json_node_ref (node)
                                    : mismatch (error, "a truth value", node);
    case TRESTLE_AWS_SHAPE_INTEGER:
    case TRESTLE_AWS_SHAPE_DOUBLE:
      return convert_number (shape, node, error);
    case TRESTLE_AWS_SHAPE_TIMESTAMP:
      made = walk->reading
                 ? trestle_aws_time_to_json (node)
                 : trestle_aws_time_from_json (
                       node, trestle_aws_time_format (member, shape, TRESTLE_AWS_TIME_EPOCH));
      return made != NULL ? made : mismatch (error, "a time", node);
    case TRESTLE_AWS_SHAPE_DOCUMENT:
    default:
      return json_node_ref (node);
    }
}

JsonNode *
trestle_aws_json_convert (const TrestleAwsWalk *walk,
                          const TrestleAwsShape *shape,
                          JsonNode *node,
                          GError **error)
{
  return convert (walk, shape, NULL, node, 0, error);
}
