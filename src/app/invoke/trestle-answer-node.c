/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-answer-node.h"

#include <glib/gi18n.h>
#include <string.h>

/* Longer lists are cut in the tree; the raw view has them whole. */
#define MAX_CHILDREN 10000
#define MAX_TEXT 400

struct _TrestleAnswerNode
{
  GObject parent_instance;

  char *name;
  char *text;
  JsonNode *node;
};

G_DEFINE_FINAL_TYPE (TrestleAnswerNode, trestle_answer_node, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_TEXT,
  PROP_STYLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
describe (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      guint n = json_object_get_size (json_node_get_object (node));

      return g_strdup_printf (ngettext ("{ } %u member", "{ } %u members", n), n);
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    return g_strdup_printf ("[ ] %u", json_array_get_length (json_node_get_array (node)));
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);

      if (g_utf8_strlen (text, -1) > MAX_TEXT)
        {
          g_autofree char *cut = g_utf8_substring (text, 0, MAX_TEXT);

          return g_strdup_printf ("\"%s…\"", cut);
        }
      return g_strdup_printf ("\"%s\"", text);
    }
  return json_to_string (node, FALSE);
}

TrestleAnswerNode *
trestle_answer_node_new (const char *name, JsonNode *node)
{
  TrestleAnswerNode *self = g_object_new (TRESTLE_TYPE_ANSWER_NODE, NULL);

  self->name = g_strdup (name);
  self->node = json_node_ref (node);
  self->text = describe (node);
  return self;
}

JsonNode *
trestle_answer_node_get_node (TrestleAnswerNode *self)
{
  g_return_val_if_fail (TRESTLE_IS_ANSWER_NODE (self), NULL);
  return self->node;
}

const char *
trestle_answer_node_get_name (TrestleAnswerNode *self)
{
  g_return_val_if_fail (TRESTLE_IS_ANSWER_NODE (self), NULL);
  return self->name;
}

const char *
trestle_answer_node_get_text (TrestleAnswerNode *self)
{
  g_return_val_if_fail (TRESTLE_IS_ANSWER_NODE (self), NULL);
  return self->text;
}

const char *
trestle_answer_node_get_style (TrestleAnswerNode *self)
{
  g_return_val_if_fail (TRESTLE_IS_ANSWER_NODE (self), NULL);

  if (!JSON_NODE_HOLDS_VALUE (self->node))
    return "dim-label";
  if (json_node_get_value_type (self->node) == G_TYPE_STRING)
    return "json-text";
  return "json-number";
}

GListModel *
trestle_answer_node_get_children (TrestleAnswerNode *self)
{
  g_autoptr (GPtrArray) children = NULL;
  GListStore *store;

  g_return_val_if_fail (TRESTLE_IS_ANSWER_NODE (self), NULL);

  if (!JSON_NODE_HOLDS_OBJECT (self->node) && !JSON_NODE_HOLDS_ARRAY (self->node))
    return NULL;
  children = g_ptr_array_new_with_free_func (g_object_unref);
  if (JSON_NODE_HOLDS_OBJECT (self->node))
    {
      JsonObject *object = json_node_get_object (self->node);
      JsonObjectIter iter;
      const char *name;
      JsonNode *node;

      json_object_iter_init_ordered (&iter, object);
      while (json_object_iter_next_ordered (&iter, &name, &node) && children->len < MAX_CHILDREN)
        g_ptr_array_add (children, trestle_answer_node_new (name, node));
    }
  else
    {
      JsonArray *array = json_node_get_array (self->node);

      for (guint i = 0; i < MIN (json_array_get_length (array), MAX_CHILDREN); i++)
        {
          g_autofree char *name = g_strdup_printf ("%u", i);

          g_ptr_array_add (children,
                           trestle_answer_node_new (name, json_array_get_element (array, i)));
        }
    }
  store = g_list_store_new (TRESTLE_TYPE_ANSWER_NODE);
  g_list_store_splice (store, 0, 0, children->pdata, children->len);
  return G_LIST_MODEL (store);
}

static void
trestle_answer_node_finalize (GObject *object)
{
  TrestleAnswerNode *self = TRESTLE_ANSWER_NODE (object);

  g_free (self->name);
  g_free (self->text);
  g_clear_pointer (&self->node, json_node_unref);
  G_OBJECT_CLASS (trestle_answer_node_parent_class)->finalize (object);
}

static void
trestle_answer_node_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleAnswerNode *self = TRESTLE_ANSWER_NODE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_STYLE:
      g_value_set_string (value, trestle_answer_node_get_style (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_answer_node_class_init (TrestleAnswerNodeClass *klass)
{
  static const char *const names[] = {
    [PROP_NAME] = "name", [PROP_TEXT] = "text", [PROP_STYLE] = "style"
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = trestle_answer_node_finalize;
  object_class->get_property = trestle_answer_node_get_property;
  for (guint i = PROP_NAME; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_answer_node_init (TrestleAnswerNode *self)
{
}

void
trestle_answer_box_free (TrestleAnswerBox *self)
{
  g_free (self->label);
  g_free (self->kind);
  g_free (self);
}

static gboolean
get_number (JsonObject *object, const char *name, double *number)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_INT64
          && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;
  *number = json_node_get_double (node);
  return TRUE;
}

static const char *
get_text (JsonObject *object, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (object, names[i]);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
          && json_node_get_value_type (node) == G_TYPE_STRING)
        return json_node_get_string (node);
    }
  return NULL;
}

static TrestleAnswerBox *
read_box (JsonNode *node)
{
  static const char *const kinds[] = { "kind", "label", "class", "name", "category", NULL };
  static const char *const lists[] = { "box", "bbox", "bounding_box", NULL };
  TrestleAnswerBox box = { 0 };
  JsonObject *object;
  double score;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  if (!get_number (object, "x", &box.x) || !get_number (object, "y", &box.y)
      || !get_number (object, "width", &box.width) || !get_number (object, "height", &box.height))
    {
      JsonNode *list = NULL;

      for (guint i = 0; list == NULL && lists[i] != NULL; i++)
        list = json_object_get_member (object, lists[i]);
      if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list)
          || json_array_get_length (json_node_get_array (list)) != 4)
        return NULL;
      for (guint i = 0; i < 4; i++)
        {
          JsonNode *value = json_array_get_element (json_node_get_array (list), i);

          if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) == G_TYPE_STRING)
            return NULL;
          (&box.x)[i] = json_node_get_double (value);
        }
    }
  box.kind = g_strdup (get_text (object, kinds));
  if (get_number (object, "score", &score) || get_number (object, "confidence", &score))
    box.label = g_strdup_printf ("%s%s%.2f", box.kind ? box.kind : "", box.kind ? " " : "", score);
  else
    box.label = g_strdup (box.kind);
  return g_memdup2 (&box, sizeof box);
}

/* The first list whose elements are all objects; depth first, not deep. */
static JsonArray *
find_list (JsonNode *node, guint depth)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint n = json_array_get_length (array);

      for (guint i = 0; i < n; i++)
        if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
          return NULL;
      return n > 0 ? array : NULL;
    }
  if (JSON_NODE_HOLDS_OBJECT (node) && depth < 4)
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, NULL, &member))
        {
          JsonArray *found = find_list (member, depth + 1);

          if (found != NULL)
            return found;
        }
    }
  return NULL;
}

GPtrArray *
trestle_answer_find_boxes (JsonNode *node)
{
  GPtrArray *boxes = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_answer_box_free);
  JsonArray *list = find_list (node, 0);

  for (guint i = 0; list != NULL && i < MIN (json_array_get_length (list), MAX_CHILDREN); i++)
    {
      TrestleAnswerBox *box = read_box (json_array_get_element (list, i));

      if (box == NULL)
        break;
      g_ptr_array_add (boxes, box);
    }
  return boxes;
}

static char *
cell_text (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return g_strdup_printf ("%.6g", json_node_get_double (node));
  return json_to_string (node, FALSE);
}

/* "probabilities" of {"setosa": …} become columns of their own: "probabilities.setosa". */
static void
flatten (GHashTable *row, GPtrArray *columns, const char *prefix, JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      char *column = prefix ? g_strconcat (prefix, ".", name, NULL) : g_strdup (name);

      if (JSON_NODE_HOLDS_OBJECT (node) && depth < 2)
        {
          flatten (row, columns, column, json_node_get_object (node), depth + 1);
          g_free (column);
          continue;
        }
      if (!g_ptr_array_find_with_equal_func (columns, column, g_str_equal, NULL))
        g_ptr_array_add (columns, g_strdup (column));
      g_hash_table_insert (row, column, cell_text (node));
    }
}

GPtrArray *
trestle_answer_find_rows (JsonNode *node, char ***columns)
{
  JsonArray *list = find_list (node, 0);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray)
      tables = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  GPtrArray *rows;

  *columns = NULL;
  if (list == NULL)
    return NULL;
  for (guint i = 0; i < MIN (json_array_get_length (list), MAX_CHILDREN); i++)
    {
      GHashTable *row = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

      flatten (row, names, NULL, json_array_get_object_element (list, i), 0);
      g_ptr_array_add (tables, row);
    }
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < tables->len; i++)
    {
      char **cells = g_new0 (char *, names->len + 1);

      for (guint j = 0; j < names->len; j++)
        {
          const char *text = g_hash_table_lookup (tables->pdata[i], names->pdata[j]);

          cells[j] = g_strdup (text ? text : "");
        }
      g_ptr_array_add (rows, cells);
    }
  g_ptr_array_add (names, NULL);
  *columns = g_strdupv ((char **) names->pdata);
  return rows;
}

char *
trestle_answer_summary (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, object);
      while (json_object_iter_next_ordered (&iter, &name, &member))
        if (JSON_NODE_HOLDS_ARRAY (member))
          return g_strdup_printf ("%u %s", json_array_get_length (json_node_get_array (member)),
                                  name);
      json_object_iter_init_ordered (&iter, object);
      if (json_object_iter_next_ordered (&iter, &name, &member) && JSON_NODE_HOLDS_VALUE (member))
        {
          g_autofree char *text = cell_text (member);

          return g_strdup_printf ("%s %s", name, text);
        }
    }
  return describe (node);
}
