/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <gio/gio.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"

/* A list's places are numbered from 1; more than this in a form is no honest request. */
#define MAX_INDEX 10000u

static gboolean write_value (GString *out,
                             const char *name,
                             const TrestleAwsShape *shape,
                             const TrestleAwsMember *member,
                             JsonNode *value,
                             guint depth,
                             GError **error);

static void
append_pair (GString *out, const char *name, const char *value)
{
  g_autofree char *encoded_name = trestle_aws_uri_encode (name, TRUE);
  g_autofree char *encoded_value = trestle_aws_uri_encode (value, TRUE);

  g_string_append_printf (out, "&%s=%s", encoded_name, encoded_value);
}

static gboolean
fail (GError **error, const char *wanted, JsonNode *got)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": %s is needed, not %s", wanted,
               trestle_aws_node_kind (got));
  return FALSE;
}

static gboolean
write_structure (GString *out,
                 const char *prefix,
                 const TrestleAwsShape *shape,
                 JsonNode *value,
                 guint depth,
                 GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *element;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return fail (error, "an object", value);

  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &name, &element))
    {
      const TrestleAwsMember *member = trestle_aws_shape_get_member (shape, name);
      g_autofree char *full = NULL;

      if (member == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s has no such member",
                       name, shape->name);
          return FALSE;
        }
      if (JSON_NODE_HOLDS_NULL (element))
        continue;
      full = *prefix != '\0' ? g_strconcat (prefix, ".", member->wire_name, NULL)
                             : g_strdup (member->wire_name);
      if (!write_value (out, full, member->shape, member, element, depth + 1, error))
        {
          trestle_aws_prefix_path (error, name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
write_list (GString *out,
            const char *prefix,
            const TrestleAwsShape *shape,
            gboolean flattened,
            JsonNode *value,
            guint depth,
            GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (value))
    return fail (error, "a list", value);

  array = json_node_get_array (value);
  if (json_array_get_length (array) == 0)
    append_pair (out, prefix, "");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *element_name = shape->element_name != NULL ? shape->element_name : "member";
      g_autofree char *name = flattened ? g_strdup_printf ("%s.%u", prefix, i + 1)
                                        : g_strdup_printf ("%s.%s.%u", prefix, element_name, i + 1);
      g_autofree char *index = g_strdup_printf ("[%u]", i);

      if (!write_value (out, name, shape->element, NULL, json_array_get_element (array, i),
                        depth + 1, error))
        {
          trestle_aws_prefix_path (error, index);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
write_map (GString *out,
           const char *prefix,
           const TrestleAwsShape *shape,
           gboolean flattened,
           JsonNode *value,
           guint depth,
           GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *element;
  guint index = 1;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return fail (error, "an object", value);

  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &key, &element))
    {
      g_autofree char *entry = g_strdup_printf (flattened ? "%s.%u" : "%s.entry.%u", prefix,
                                                index++);
      g_autofree char *key_name = g_strconcat (
          entry, ".", shape->key_name != NULL ? shape->key_name : "key", NULL);
      g_autofree char *value_name = g_strconcat (
          entry, ".", shape->element_name != NULL ? shape->element_name : "value", NULL);

      append_pair (out, key_name, key);
      if (!write_value (out, value_name, shape->element, NULL, element, depth + 1, error))
        {
          g_autofree char *place = g_strdup_printf ("[“%.40s”]", key);

          trestle_aws_prefix_path (error, place);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
write_value (GString *out,
             const char *name,
             const TrestleAwsShape *shape,
             const TrestleAwsMember *member,
             JsonNode *value,
             guint depth,
             GError **error)
{
  gboolean flattened = shape->flattened || (member != NULL && member->flattened);
  g_autofree char *text = NULL;

  if (depth > TRESTLE_AWS_MAX_DEPTH)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": nested too deeply");
      return FALSE;
    }
  if (shape->kind == TRESTLE_AWS_SHAPE_STRUCTURE)
    return write_structure (out, name, shape, value, depth, error);
  if (shape->kind == TRESTLE_AWS_SHAPE_LIST)
    return write_list (out, name, shape, flattened, value, depth, error);
  if (shape->kind == TRESTLE_AWS_SHAPE_MAP)
    return write_map (out, name, shape, flattened, value, depth, error);

  text = trestle_aws_value_to_text (
      shape, trestle_aws_time_format (member, shape, TRESTLE_AWS_TIME_ISO), value, error);
  if (text == NULL)
    return FALSE;
  append_pair (out, name, text);
  return TRUE;
}

gboolean
trestle_aws_query_write (GString *out,
                         const TrestleAwsShape *shape,
                         JsonNode *input,
                         GError **error)
{
  return write_structure (out, "", shape, input, 0, error);
}

/* "+" is a space in a form. */
static char *
form_decode (const char *text, gsize length)
{
  g_autofree char *spaced = g_strndup (text, length);
  char *decoded;

  g_strdelimit (spaced, "+", ' ');
  decoded = g_uri_unescape_string (spaced, NULL);
  return decoded != NULL && g_utf8_validate (decoded, -1, NULL)
             ? decoded
             : (g_free (decoded), g_utf8_make_valid (text, (gssize) length));
}

GArray *
trestle_aws_form_parse (const char *form)
{
  GArray *pairs = trestle_aws_headers_new ();
  const char *at = form;

  while (at != NULL && *at != '\0')
    {
      gsize length = strcspn (at, "&");
      const char *equals = memchr (at, '=', length);
      gsize name_length = equals != NULL ? (gsize) (equals - at) : length;

      if (length > 0)
        {
          TrestleAwsHeader pair = { 0 };

          pair.name = form_decode (at, name_length);
          pair.value = equals != NULL ? form_decode (equals + 1, length - name_length - 1)
                                      : g_strdup ("");
          g_array_append_val (pairs, pair);
        }
      at += length;
      at += *at == '&';
    }

  return pairs;
}

/* The parameters as a tree: "A.member.1.B" → A → member → 1 → B. */
typedef struct _Tree Tree;
struct _Tree
{
  char *value;
  GHashTable *children; /* char * → Tree */
  GPtrArray *order;     /* names of the children, as they came */
};

static void
tree_free (Tree *self)
{
  g_free (self->value);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->children, g_hash_table_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tree, tree_free)

static Tree *
tree_get (Tree *self, const char *name)
{
  return self->children != NULL ? g_hash_table_lookup (self->children, name) : NULL;
}

static Tree *
tree_ensure (Tree *self, const char *name)
{
  Tree *child = tree_get (self, name);
  char *key;

  if (child != NULL)
    return child;
  if (self->children == NULL)
    {
      self->children = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) tree_free);
      self->order = g_ptr_array_new ();
    }
  child = g_new0 (Tree, 1);
  key = g_strdup (name);
  g_hash_table_insert (self->children, key, child);
  g_ptr_array_add (self->order, key);
  return child;
}

static JsonNode *read_value (const TrestleAwsShape *shape,
                             const TrestleAwsMember *member,
                             Tree *tree,
                             guint depth,
                             GError **error);

static JsonNode *
read_structure (const TrestleAwsShape *shape, Tree *tree, guint depth, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node;

  for (guint i = 0; tree->order != NULL && i < tree->order->len; i++)
    {
      const char *name = g_ptr_array_index (tree->order, i);
      const TrestleAwsMember *member = NULL;
      JsonNode *value;

      for (guint j = 0; member == NULL && j < shape->n_members; j++)
        if (g_str_equal (shape->members[j].wire_name, name))
          member = &shape->members[j];
      if (member == NULL)
        {
          json_object_set_string_member (object, name, "");
          continue;
        }
      value = read_value (member->shape, member, tree_get (tree, name), depth + 1, error);
      if (value == NULL)
        {
          trestle_aws_prefix_path (error, member->name);
          return NULL;
        }
      json_object_set_member (object, member->name, value);
    }

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, g_steal_pointer (&object));
  return node;
}

/* Calls for each of 1, 2, 3 … below @tree until one is missing. */
static Tree *
numbered (Tree *tree, guint index)
{
  char name[16];

  if (tree == NULL || index > MAX_INDEX)
    return NULL;
  g_snprintf (name, sizeof name, "%u", index);
  return tree_get (tree, name);
}

static JsonNode *
read_list (const TrestleAwsShape *shape, Tree *places, guint depth, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node;
  Tree *place;

  for (guint i = 1; (place = numbered (places, i)) != NULL; i++)
    {
      JsonNode *value = read_value (shape->element, NULL, place, depth + 1, error);

      if (value == NULL)
        return NULL;
      json_array_add_element (array, value);
    }

  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, g_steal_pointer (&array));
  return node;
}

static JsonNode *
read_map (const TrestleAwsShape *shape, Tree *places, guint depth, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node;
  Tree *place;

  for (guint i = 1; (place = numbered (places, i)) != NULL; i++)
    {
      Tree *key = tree_get (place, shape->key_name != NULL ? shape->key_name : "key");
      Tree *value = tree_get (place, shape->element_name != NULL ? shape->element_name : "value");
      JsonNode *read;

      if (key == NULL || key->value == NULL || value == NULL)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               ": an entry lacks its key or value");
          return NULL;
        }
      read = read_value (shape->element, NULL, value, depth + 1, error);
      if (read == NULL)
        return NULL;
      json_object_set_member (object, key->value, read);
    }

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, g_steal_pointer (&object));
  return node;
}

static JsonNode *
read_value (const TrestleAwsShape *shape,
            const TrestleAwsMember *member,
            Tree *tree,
            guint depth,
            GError **error)
{
  gboolean flattened = shape->flattened || (member != NULL && member->flattened);

  if (depth > TRESTLE_AWS_MAX_DEPTH)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": nested too deeply");
      return NULL;
    }
  if (shape->kind == TRESTLE_AWS_SHAPE_STRUCTURE)
    return read_structure (shape, tree, depth, error);
  if (shape->kind == TRESTLE_AWS_SHAPE_LIST)
    {
      const char *name = shape->element_name != NULL ? shape->element_name : "member";

      return read_list (shape, flattened ? tree : tree_get (tree, name), depth, error);
    }
  if (shape->kind == TRESTLE_AWS_SHAPE_MAP)
    return read_map (shape, flattened ? tree : tree_get (tree, "entry"), depth, error);

  return trestle_aws_value_from_text (shape,
                                      trestle_aws_time_format (member, shape, TRESTLE_AWS_TIME_ISO),
                                      tree->value != NULL ? tree->value : "", error);
}

JsonNode *
trestle_aws_query_read (const TrestleAwsShape *shape, const char *form, GError **error)
{
  g_autoptr (GArray) pairs = trestle_aws_form_parse (form);
  g_autoptr (Tree) root = g_new0 (Tree, 1);

  for (guint i = 0; i < pairs->len; i++)
    {
      const TrestleAwsHeader *pair = &g_array_index (pairs, TrestleAwsHeader, i);
      g_auto (GStrv) words = NULL;
      Tree *at = root;

      if (g_str_equal (pair->name, "Action") || g_str_equal (pair->name, "Version"))
        continue;
      words = g_strsplit (pair->name, ".", TRESTLE_AWS_MAX_DEPTH);
      for (guint j = 0; words[j] != NULL; j++)
        at = tree_ensure (at, words[j]);
      g_free (at->value);
      at->value = g_strdup (pair->value);
    }

  return read_structure (shape, root, 0, error);
}
