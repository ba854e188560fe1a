/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-draft.h"

#include "domain/trestle-draft-path.h"
#include "domain/trestle-draft-tree.h"

struct _TrestleDraft
{
  GObject parent_instance;

  JsonNode *root; /* always an object, and ours alone */
};

G_DEFINE_FINAL_TYPE (TrestleDraft, trestle_draft, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emit_changed (TrestleDraft *self, const char *path)
{
  g_signal_emit (self, signals[CHANGED], 0, path != NULL ? path : "");
}

static void
trestle_draft_finalize (GObject *object)
{
  TrestleDraft *self = TRESTLE_DRAFT (object);

  g_clear_pointer (&self->root, json_node_unref);
  G_OBJECT_CLASS (trestle_draft_parent_class)->finalize (object);
}

static void
trestle_draft_class_init (TrestleDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
trestle_draft_init (TrestleDraft *self)
{
  self->root = trestle_draft_tree_new_object ();
  json_object_set_int_member (json_node_get_object (self->root), "Trestle", TRESTLE_DRAFT_FORMAT);
}

TrestleDraft *
trestle_draft_new (void)
{
  return g_object_new (TRESTLE_TYPE_DRAFT, NULL);
}

TrestleDraft *
trestle_draft_new_from_node (JsonNode *root)
{
  TrestleDraft *self = trestle_draft_new ();

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      json_node_unref (self->root);
      self->root = trestle_draft_dup_node (root);
    }
  return self;
}

TrestleDraft *
trestle_draft_copy (TrestleDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT (self), NULL);
  return trestle_draft_new_from_node (self->root);
}

void
trestle_draft_replace (TrestleDraft *self, JsonNode *root)
{
  g_return_if_fail (TRESTLE_IS_DRAFT (self));
  trestle_draft_set (self, "", trestle_draft_dup_node (root));
}

gboolean
trestle_draft_equal (TrestleDraft *self, TrestleDraft *other)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT (self) && TRESTLE_IS_DRAFT (other), FALSE);
  return json_node_equal (self->root, other->root);
}

JsonNode *
trestle_draft_get_root (TrestleDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT (self), NULL);
  return self->root;
}

JsonNode *
trestle_draft_get (TrestleDraft *self, const char *path)
{
  g_autoptr (GArray) steps = trestle_draft_path_parse (path);

  g_return_val_if_fail (TRESTLE_IS_DRAFT (self), NULL);
  return steps != NULL ? trestle_draft_tree_walk (self->root, steps, steps->len) : NULL;
}

gboolean
trestle_draft_has (TrestleDraft *self, const char *path)
{
  return !trestle_draft_node_is_empty (trestle_draft_get (self, path));
}

static const char *
text_of (JsonNode *node)
{
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  return "";
}

const char *
trestle_draft_get_text (TrestleDraft *self, const char *path)
{
  return text_of (trestle_draft_get (self, path));
}

gboolean
trestle_draft_get_bool (TrestleDraft *self, const char *path)
{
  JsonNode *node = trestle_draft_get (self, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

gint64
trestle_draft_get_number (TrestleDraft *self, const char *path)
{
  JsonNode *node = trestle_draft_get (self, path);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  return 0;
}

guint
trestle_draft_get_length (TrestleDraft *self, const char *path)
{
  return trestle_draft_tree_length (trestle_draft_get (self, path));
}

char **
trestle_draft_dup_texts (TrestleDraft *self, const char *path)
{
  JsonNode *list = trestle_draft_get (self, path);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  guint length = trestle_draft_tree_length (list);

  for (guint i = 0; i < length; i++)
    g_strv_builder_add (texts, text_of (json_array_get_element (json_node_get_array (list), i)));
  return g_strv_builder_end (texts);
}

gboolean
trestle_draft_set (TrestleDraft *self, const char *path, JsonNode *value)
{
  g_autoptr (JsonNode) taken = value;
  g_autoptr (GArray) steps = trestle_draft_path_parse (path);
  JsonNode *old;

  g_return_val_if_fail (TRESTLE_IS_DRAFT (self), FALSE);
  if (steps == NULL || !trestle_draft_tree_can_set (self->root, steps))
    return FALSE;
  old = trestle_draft_tree_walk (self->root, steps, steps->len);
  if (old == value || (old != NULL && value != NULL && json_node_equal (old, value)))
    return TRUE;
  if (steps->len == 0)
    {
      if (value == NULL || !JSON_NODE_HOLDS_OBJECT (value))
        return FALSE;
      json_node_unref (self->root);
      self->root = trestle_draft_dup_node (value);
    }
  else if (value == NULL)
    trestle_draft_tree_cut (self->root, steps);
  else
    trestle_draft_tree_set (self->root, steps, trestle_draft_dup_node (value));
  emit_changed (self, path);
  return TRUE;
}

gboolean
trestle_draft_set_text (TrestleDraft *self, const char *path, const char *text)
{
  gboolean empty = text == NULL || *text == '\0';
  gboolean element = path != NULL && g_str_has_suffix (path, "]");
  g_autofree char *mended = g_utf8_make_valid (empty ? "" : text, -1);

  if (empty && !element)
    return trestle_draft_set (self, path, NULL);
  return trestle_draft_set (self, path, json_node_init_string (json_node_alloc (), mended));
}

gboolean
trestle_draft_set_texts (TrestleDraft *self, const char *path, const char *const *texts)
{
  JsonArray *array;
  JsonNode *node;

  if (texts == NULL || *texts == NULL)
    return trestle_draft_set (self, path, NULL);
  array = json_array_new ();
  for (; *texts != NULL; texts++)
    {
      g_autofree char *mended = g_utf8_make_valid (*texts, -1);

      json_array_add_string_element (array, mended);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return trestle_draft_set (self, path, node);
}

gboolean
trestle_draft_set_bool (TrestleDraft *self, const char *path, gboolean value)
{
  return trestle_draft_set (self, path, json_node_init_boolean (json_node_alloc (), value));
}

gboolean
trestle_draft_set_number (TrestleDraft *self, const char *path, gint64 value)
{
  return trestle_draft_set (self, path, json_node_init_int (json_node_alloc (), value));
}

gboolean
trestle_draft_insert (TrestleDraft *self, const char *list_path, guint index, JsonNode *value)
{
  g_autoptr (JsonNode) taken = value;
  JsonNode *list;

  g_return_val_if_fail (TRESTLE_IS_DRAFT (self) && value != NULL, FALSE);
  list = trestle_draft_get (self, list_path);
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    {
      JsonArray *array = json_array_new ();
      JsonNode *node = json_node_new (JSON_NODE_ARRAY);

      json_array_add_element (array, trestle_draft_dup_node (value));
      json_node_take_array (node, array);
      return trestle_draft_set (self, list_path, node);
    }
  trestle_draft_tree_splice (list, MIN (index, trestle_draft_tree_length (list)), 0,
                             trestle_draft_dup_node (value));
  emit_changed (self, list_path);
  return TRUE;
}

gboolean
trestle_draft_remove (TrestleDraft *self, const char *list_path, guint index)
{
  g_autofree char *path = trestle_draft_path_at (list_path != NULL ? list_path : "", index);
  g_autoptr (GArray) steps = trestle_draft_path_parse (path);

  g_return_val_if_fail (TRESTLE_IS_DRAFT (self), FALSE);
  if (steps == NULL || index >= trestle_draft_get_length (self, list_path))
    return FALSE;
  trestle_draft_tree_cut (self->root, steps);
  emit_changed (self, list_path);
  return TRUE;
}

gboolean
trestle_draft_move (TrestleDraft *self, const char *list_path, guint from, guint to)
{
  JsonNode *list;
  JsonNode *moved;

  g_return_val_if_fail (TRESTLE_IS_DRAFT (self), FALSE);
  list = trestle_draft_get (self, list_path);
  if (from >= trestle_draft_tree_length (list) || to >= trestle_draft_tree_length (list))
    return FALSE;
  if (from == to)
    return TRUE;
  moved = json_node_ref (json_array_get_element (json_node_get_array (list), from));
  trestle_draft_tree_splice (list, from, 1, NULL);
  trestle_draft_tree_splice (list, to, 0, moved);
  emit_changed (self, list_path);
  return TRUE;
}
