/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-node.h"

#include "domain/trestle-draft.h"

JsonNode *
trestle_node_member (JsonNode *node, const char *name)
{
  JsonNode *found = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                        ? json_object_get_member (json_node_get_object (node), name)
                        : NULL;

  return found != NULL && !JSON_NODE_HOLDS_NULL (found) ? found : NULL;
}

const char *
trestle_node_self_text (JsonNode *node)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

const char *
trestle_node_text (JsonNode *node, const char *name)
{
  const char *text = trestle_node_self_text (trestle_node_member (node, name));

  return text != NULL && *text != '\0' ? text : NULL;
}

gboolean
trestle_node_flag (JsonNode *node, const char *name)
{
  JsonNode *found = trestle_node_member (node, name);

  return found != NULL && json_node_get_value_type (found) == G_TYPE_BOOLEAN
         && json_node_get_boolean (found);
}

guint
trestle_node_length (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
             ? json_array_get_length (json_node_get_array (node))
             : 0;
}

JsonNode *
trestle_node_element (JsonNode *node, guint index)
{
  return index < trestle_node_length (node)
             ? json_array_get_element (json_node_get_array (node), index)
             : NULL;
}

gboolean
trestle_node_has (JsonNode *node, const char *name)
{
  return !trestle_draft_node_is_empty (trestle_node_member (node, name));
}

gboolean
trestle_node_same (JsonNode *a, JsonNode *b)
{
  gboolean no_a = trestle_draft_node_is_empty (a), no_b = trestle_draft_node_is_empty (b);

  return no_a || no_b ? no_a == no_b : json_node_equal (a, b);
}

JsonNode *
trestle_node_take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

JsonNode *
trestle_node_take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}
