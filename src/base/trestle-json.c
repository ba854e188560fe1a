/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-json.h"

#include <gio/gio.h>

#include "base/trestle-clock.h"

typedef struct
{
  guint parent;
  const char *name; /* of the doc's chunk; NULL: an element */
  guint index;
} Step;

struct _TrestleJsonDoc
{
  JsonNode *root;
  GStringChunk *names;
  GArray *steps;
  char *fault;
};

G_DEFINE_QUARK (trestle-json-error-quark, trestle_json_error)

TrestleJsonDoc *
trestle_json_doc_new (JsonNode *root)
{
  TrestleJsonDoc *doc = g_new0 (TrestleJsonDoc, 1);
  Step first = { 0 };

  doc->root = json_node_ref (root);
  doc->names = g_string_chunk_new (256);
  doc->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_append_val (doc->steps, first);
  return doc;
}

/* Checked before parsing: the parser recurses, and a fiber's stack is small. */
static gboolean
check_depth (const char *text, gsize length, GError **error)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (quoted)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            quoted = FALSE;
        }
      else if (c == '"')
        quoted = TRUE;
      else if (c == '{' || c == '[')
        {
          if (++depth > TRESTLE_JSON_MAX_DEPTH)
            {
              g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                   "the JSON is nested too deeply");
              return FALSE;
            }
        }
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
    }

  return TRUE;
}

JsonNode *
trestle_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) reason = NULL;
  JsonNode *root;

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the JSON is not UTF-8");
      return NULL;
    }
  if (!check_depth (text, length, error))
    return NULL;

  parser = json_parser_new_immutable ();
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, (gssize) length, &reason))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the JSON is broken: %s",
                   reason->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the JSON is empty");
      return NULL;
    }
  return json_node_ref (root);
}

TrestleJsonDoc *
trestle_json_doc_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, length, &reason))
    {
      g_set_error (error, TRESTLE_JSON_ERROR, TRESTLE_JSON_ERROR_SYNTAX, "Not JSON: %s",
                   reason->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL)
    {
      g_set_error_literal (error, TRESTLE_JSON_ERROR, TRESTLE_JSON_ERROR_SYNTAX, "Not JSON: empty");
      return NULL;
    }
  return trestle_json_doc_new (root);
}

void
trestle_json_doc_free (TrestleJsonDoc *doc)
{
  json_node_unref (doc->root);
  g_string_chunk_free (doc->names);
  g_array_unref (doc->steps);
  g_free (doc->fault);
  g_free (doc);
}

gboolean
trestle_json_doc_check (TrestleJsonDoc *doc, GError **error)
{
  if (doc->fault == NULL)
    return TRUE;
  g_set_error_literal (error, TRESTLE_JSON_ERROR, TRESTLE_JSON_ERROR_SHAPE, doc->fault);
  return FALSE;
}

char *
trestle_json_dup_path (TrestleJson at, const char *name)
{
  GString *path = g_string_new (name);

  for (guint i = at.step; i != 0;)
    {
      const Step *step = &g_array_index (at.doc->steps, Step, i);

      if (path->len > 0 && path->str[0] != '[')
        g_string_prepend_c (path, '.');
      if (step->name != NULL)
        {
          g_string_prepend (path, step->name);
        }
      else
        {
          g_autofree char *index = g_strdup_printf ("[%u]", step->index);
          g_string_prepend (path, index);
        }
      i = step->parent;
    }
  if (path->len == 0)
    g_string_assign (path, "the answer");
  return g_string_free (path, FALSE);
}

void
trestle_json_fault (TrestleJson at, const char *name, const char *what)
{
  g_autofree char *path = NULL;

  if (at.doc->fault != NULL)
    return;
  path = trestle_json_dup_path (at, name);
  at.doc->fault = g_strdup_printf ("%s: %s", path, what);
}

TrestleJson
trestle_json_root (TrestleJsonDoc *doc)
{
  return (TrestleJson) { doc, doc->root, 0 };
}

static TrestleJson
descend (TrestleJson at, JsonNode *node, const char *name, guint index)
{
  Step step = { at.step, name ? g_string_chunk_insert_const (at.doc->names, name) : NULL, index };

  g_array_append_val (at.doc->steps, step);
  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    node = NULL;
  return (TrestleJson) { at.doc, node, at.doc->steps->len - 1 };
}

/* The member without a step of its own; NULL where it is missing or null. */
static JsonNode *
peek (TrestleJson at, const char *name)
{
  JsonNode *node;

  if (at.node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (at.node))
    {
      trestle_json_fault (at, NULL, "not an object");
      return NULL;
    }
  node = json_object_get_member (json_node_get_object (at.node), name);
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

TrestleJson
trestle_json_member (TrestleJson at, const char *name)
{
  return descend (at, peek (at, name), name, 0);
}

TrestleJson
trestle_json_element (TrestleJson at, guint index)
{
  JsonNode *node = NULL;

  if (index < trestle_json_length (at))
    node = json_array_get_element (json_node_get_array (at.node), index);
  return descend (at, node, NULL, index);
}

gboolean
trestle_json_exists (TrestleJson at)
{
  return at.node != NULL;
}

guint
trestle_json_length (TrestleJson at)
{
  if (at.node == NULL)
    return 0;
  if (!JSON_NODE_HOLDS_ARRAY (at.node))
    {
      trestle_json_fault (at, NULL, "not an array");
      return 0;
    }
  return json_array_get_length (json_node_get_array (at.node));
}

GList *
trestle_json_names (TrestleJson at)
{
  if (at.node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (at.node))
    {
      trestle_json_fault (at, NULL, "not an object");
      return NULL;
    }
  return json_object_get_members (json_node_get_object (at.node));
}

const char *
trestle_json_only_member (TrestleJson at)
{
  g_autoptr (GList) names = trestle_json_names (at);
  const char *found = NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      if (JSON_NODE_HOLDS_NULL (json_object_get_member (json_node_get_object (at.node), l->data)))
        continue;
      if (found != NULL)
        {
          trestle_json_fault (at, NULL, "more than one member in a union");
          return NULL;
        }
      found = l->data;
    }
  if (found == NULL)
    trestle_json_fault (at, NULL, "no member in a union");
  return found;
}

const char *
trestle_json_string_or (TrestleJson at, const char *name, const char *otherwise)
{
  JsonNode *node = peek (at, name);

  if (node == NULL)
    return otherwise;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      trestle_json_fault (at, name, "not a text");
      return otherwise;
    }
  return json_node_get_string (node);
}

const char *
trestle_json_string (TrestleJson at, const char *name)
{
  const char *text = trestle_json_string_or (at, name, NULL);

  if (text == NULL)
    trestle_json_fault (at, name, "missing");
  return text ? text : "";
}

const char *
trestle_json_self_string (TrestleJson at)
{
  if (at.node == NULL)
    {
      trestle_json_fault (at, NULL, "missing");
      return NULL;
    }
  if (json_node_get_value_type (at.node) != G_TYPE_STRING)
    {
      trestle_json_fault (at, NULL, "not a text");
      return NULL;
    }
  return json_node_get_string (at.node);
}

gint64
trestle_json_int_or (TrestleJson at, const char *name, gint64 otherwise)
{
  JsonNode *node = peek (at, name);

  if (node == NULL)
    return otherwise;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      double value = json_node_get_double (node);

      if (value >= -9.0e15 && value <= 9.0e15 && value == (double) (gint64) value)
        return (gint64) value;
    }
  trestle_json_fault (at, name, "not a whole number");
  return otherwise;
}

gint64
trestle_json_int (TrestleJson at, const char *name)
{
  if (peek (at, name) == NULL)
    trestle_json_fault (at, name, "missing");
  return trestle_json_int_or (at, name, 0);
}

double
trestle_json_double_or (TrestleJson at, const char *name, double otherwise)
{
  JsonNode *node = peek (at, name);

  if (node == NULL)
    return otherwise;
  if (json_node_get_value_type (node) != G_TYPE_INT64
      && json_node_get_value_type (node) != G_TYPE_DOUBLE)
    {
      trestle_json_fault (at, name, "not a number");
      return otherwise;
    }
  return json_node_get_double (node);
}

gboolean
trestle_json_bool_or (TrestleJson at, const char *name, gboolean otherwise)
{
  JsonNode *node = peek (at, name);

  if (node == NULL)
    return otherwise;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      trestle_json_fault (at, name, "neither true nor false");
      return otherwise;
    }
  return json_node_get_boolean (node);
}

gint64
trestle_json_time_or (TrestleJson at, const char *name, gint64 otherwise)
{
  JsonNode *node = peek (at, name);
  gint64 time;

  if (node == NULL)
    return otherwise;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      if (trestle_clock_parse (json_node_get_string (node), &time))
        return time;
      trestle_json_fault (at, name, "not a time");
      return otherwise;
    }
  if (json_node_get_value_type (node) == G_TYPE_INT64
      || json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      double seconds = json_node_get_double (node);

      if (seconds > -1.0e11 && seconds < 1.0e11)
        return (gint64) (seconds * (double) TRESTLE_SECOND);
    }
  trestle_json_fault (at, name, "not a time");
  return otherwise;
}

char **
trestle_json_dup_strv (TrestleJson at, const char *name)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  TrestleJson list = trestle_json_member (at, name);
  guint length = trestle_json_length (list);

  for (guint i = 0; i < length; i++)
    {
      const char *text = trestle_json_self_string (trestle_json_element (list, i));

      if (text != NULL)
        g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

TrestleMoney *
trestle_json_money (TrestleJson at, const char *name, const char *currency)
{
  const char *text = trestle_json_string_or (at, name, NULL);
  g_autoptr (GError) error = NULL;
  TrestleMoney *money;

  if (text == NULL)
    {
      trestle_json_fault (at, name, "missing");
      return NULL;
    }
  money = trestle_money_parse (text, currency, &error);
  if (money == NULL)
    trestle_json_fault (at, name, error->message);
  return money;
}

char *
trestle_json_to_string (JsonNode *node, gboolean pretty)
{
  return json_to_string (node, pretty);
}
