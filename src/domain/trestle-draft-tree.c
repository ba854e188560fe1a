/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-draft-tree.h"

#include "domain/trestle-draft-path.h"
#include "domain/trestle-draft.h"

JsonNode *
trestle_draft_dup_node (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_object_new ();
      JsonObjectIter iter;
      const char *name;
      JsonNode *child;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &child))
        json_object_set_member (object, name, trestle_draft_dup_node (child));
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, object);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *from = json_node_get_array (node);
      guint length = json_array_get_length (from);
      JsonArray *array = json_array_sized_new (length);

      for (guint i = 0; i < length; i++)
        json_array_add_element (array, trestle_draft_dup_node (json_array_get_element (from, i)));
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, array);
    }
  else
    copy = json_node_copy (node);
  return copy;
}

gboolean
trestle_draft_node_is_empty (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) == 0;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  return json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) == '\0';
}

JsonNode *
trestle_draft_tree_new_object (void)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  return node;
}

/* The child of @node to which @step leads; null is as nothing. */
static JsonNode *
child_of (JsonNode *node, const TrestleDraftStep *step)
{
  JsonNode *child = NULL;

  if (node == NULL)
    return NULL;
  if (step->name != NULL)
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        child = json_object_get_member (json_node_get_object (node), step->name);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      if (step->index < json_array_get_length (array))
        child = json_array_get_element (array, step->index);
    }
  return child != NULL && !JSON_NODE_HOLDS_NULL (child) ? child : NULL;
}

JsonNode *
trestle_draft_tree_walk (JsonNode *root, GArray *steps, guint n)
{
  JsonNode *node = root;

  for (guint i = 0; i < n && node != NULL; i++)
    node = child_of (node, &g_array_index (steps, TrestleDraftStep, i));
  return node;
}

guint
trestle_draft_tree_length (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
             ? json_array_get_length (json_node_get_array (node))
             : 0;
}

/* json-glib can only append, so a list is made anew around what changes in it. */
void
trestle_draft_tree_splice (JsonNode *list, guint at, guint gone, JsonNode *come)
{
  JsonArray *old = json_node_get_array (list);
  guint length = json_array_get_length (old);
  JsonArray *array = json_array_sized_new (length + 1);

  for (guint i = 0; i <= length; i++)
    {
      if (i == at && come != NULL)
        json_array_add_element (array, come);
      if (i < length && (i < at || i >= at + gone))
        json_array_add_element (array, json_node_ref (json_array_get_element (old, i)));
    }
  json_node_take_array (list, array);
}

/* Puts @value where @step leads from @parent, which becomes an object or a list if it is not. */
static void
put (JsonNode *parent, const TrestleDraftStep *step, JsonNode *value)
{
  if (step->name != NULL)
    {
      if (!JSON_NODE_HOLDS_OBJECT (parent))
        json_node_init_object (parent, NULL);
      if (json_node_get_object (parent) == NULL)
        json_node_take_object (parent, json_object_new ());
      json_object_set_member (json_node_get_object (parent), step->name, value);
    }
  else
    {
      if (!JSON_NODE_HOLDS_ARRAY (parent))
        json_node_init_array (parent, NULL);
      if (json_node_get_array (parent) == NULL)
        json_node_take_array (parent, json_array_new ());
      trestle_draft_tree_splice (parent, step->index, 1, value);
    }
}

gboolean
trestle_draft_tree_can_set (JsonNode *root, GArray *steps)
{
  JsonNode *node = root;

  for (guint i = 0; i < steps->len; i++)
    {
      const TrestleDraftStep *step = &g_array_index (steps, TrestleDraftStep, i);

      if (step->name == NULL && step->index > trestle_draft_tree_length (node))
        return FALSE;
      node = child_of (node, step);
    }
  return TRUE;
}

void
trestle_draft_tree_set (JsonNode *root, GArray *steps, JsonNode *value)
{
  JsonNode *node = root;

  for (guint i = 0; i + 1 < steps->len; i++)
    {
      const TrestleDraftStep *step = &g_array_index (steps, TrestleDraftStep, i);
      JsonNode *child = child_of (node, step);

      if (child == NULL)
        {
          child = trestle_draft_tree_new_object ();
          put (node, step, child);
        }
      node = child;
    }
  put (node, &g_array_index (steps, TrestleDraftStep, steps->len - 1), value);
}

/* Takes the last step's node out, and then each parent that this leaves with nothing. */
void
trestle_draft_tree_cut (JsonNode *root, GArray *steps)
{
  for (guint n = steps->len; n > 0; n--)
    {
      const TrestleDraftStep *step = &g_array_index (steps, TrestleDraftStep, n - 1);
      JsonNode *parent = trestle_draft_tree_walk (root, steps, n - 1);

      if (step->name != NULL)
        json_object_remove_member (json_node_get_object (parent), step->name);
      else
        trestle_draft_tree_splice (parent, step->index, 1, NULL);
      if (!trestle_draft_node_is_empty (parent)
          || (n > 1 && g_array_index (steps, TrestleDraftStep, n - 2).name == NULL))
        break;
    }
}
