/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-sample-keys.h"

#include <string.h>

#include "base/trestle-csv.h"
#include "base/trestle-json.h"
#include "domain/trestle-draft-field.h"
#include "domain/trestle-limits.h"
#include "domain/trestle-node.h"
#include "domain/trestle-sample-keys-private.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* How far names of names are followed. */
#define DEPTH 3

typedef struct
{
  GPtrArray *seen; /* TrestleSampleSeen, in order */
  GHashTable *by_name;
  guint records;
} Keys;

static void
keys_clear (Keys *self)
{
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keys, keys_clear)

static gboolean
refuse (GError **error, const char *words)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, words);
  return FALSE;
}

/* A name that a listing could not hold, or that nobody could read, is none. */
static gboolean
is_name (const char *name)
{
  if (*name == '\0' || !g_utf8_validate (name, -1, NULL)
      || g_utf8_strlen (name, -1) > trestle_limit (TRESTLE_LIMIT_PARAMETER_NAME_CHARS))
    return FALSE;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;
  return !g_ascii_isspace (name[0]);
}

static TrestleSampleSeen *
find (Keys *self, const char *name)
{
  TrestleSampleSeen *seen = g_hash_table_lookup (self->by_name, name);

  if (seen != NULL || self->seen->len == TRESTLE_SAMPLE_KEYS_MOST || !is_name (name))
    return seen;
  seen = trestle_sample_seen_new (name);
  g_ptr_array_add (self->seen, seen);
  g_hash_table_insert (self->by_name, (gpointer) trestle_sample_seen_get_name (seen), seen);
  return seen;
}

/* --- JSON ----------------------------------------------------------------------------------- */

static void
read_object (Keys *self, JsonObject *object, const char *outer, guint depth)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    {
      g_autofree char *name = g_strconcat (outer, member, NULL);
      g_autofree char *below = NULL;
      TrestleSampleSeen *seen = find (self, name);

      if (seen == NULL)
        continue;
      trestle_sample_seen_node (seen, node);
      if (depth == DEPTH)
        continue;
      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          below = g_strconcat (name, ".", NULL);
          read_object (self, json_node_get_object (node), below, depth + 1);
        }
      else if (JSON_NODE_HOLDS_ARRAY (node))
        {
          JsonArray *array = json_node_get_array (node);
          guint n = MIN (json_array_get_length (array), TRESTLE_SAMPLE_KEYS_RECORDS);

          below = g_strconcat (name, "[].", NULL);
          for (guint i = 0; i < n; i++)
            if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
              read_object (self, json_array_get_object_element (array, i), below, depth + 1);
        }
    }
}

static void
read_root (Keys *self, JsonNode *root)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  guint n = array != NULL ? MIN (json_array_get_length (array), TRESTLE_SAMPLE_KEYS_RECORDS) : 0;

  if (JSON_NODE_HOLDS_OBJECT (root))
    read_object (self, json_node_get_object (root), "", 1);
  for (guint i = 0; i < n; i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      read_object (self, json_array_get_object_element (array, i), "", 1);
}

/* A record on each line. */
static gboolean
read_lines (Keys *self, const char *text, gsize length, GError **error)
{
  const char *end = text + length;
  guint line = 0;

  while (text < end && self->records < TRESTLE_SAMPLE_KEYS_RECORDS)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));
      gsize size = (gsize) ((stop != NULL ? stop : end) - text);
      g_autofree char *record = g_strndup (text, size);
      g_autoptr (JsonNode) root = NULL;

      line++;
      text += size + 1;
      if (*g_strstrip (record) == '\0')
        continue;
      root = trestle_json_parse (record, strlen (record), NULL);
      if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("The sample is neither JSON nor JSON Lines: line %u is no object"), line);
          return FALSE;
        }
      read_object (self, json_node_get_object (root), "", 1);
      self->records++;
    }
  return TRUE;
}

static gboolean
read_json (Keys *self, const char *text, gsize length, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) root = trestle_json_parse (text, length, &reason);

  if (root != NULL)
    read_root (self, root);
  else if (text[0] == '{' && memchr (text, '\n', length) != NULL)
    return read_lines (self, text, length, error);
  else
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The sample cannot be read: %s"),
                   reason->message);
      return FALSE;
    }
  return TRUE;
}

/* --- CSV ------------------------------------------------------------------------------------ */

/* A first line that has numbers, or the same twice, is data already. */
static gboolean
is_header (const char *const *columns)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; columns[i] != NULL; i++)
    {
      char *end;

      g_ascii_strtod (columns[i], &end);
      if (!is_name (columns[i]) || *end == '\0' || !g_hash_table_add (names, (char *) columns[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_table (Keys *self, GBytes *sample, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (sample);
  g_autoptr (TrestleCsv) csv = trestle_csv_new (stream, _ ("Sample"), error);
  const TrestleCsvField *fields;
  const char *const *columns;

  if (csv == NULL)
    return FALSE;
  columns = trestle_csv_get_columns (csv);
  if (!is_header (columns))
    return refuse (error, _ ("The sample has no names: its first line is no header"));
  while (self->records < TRESTLE_SAMPLE_KEYS_RECORDS && trestle_csv_next (csv, &fields, error))
    {
      for (guint i = 0; columns[i] != NULL; i++)
        {
          TrestleSampleSeen *seen = find (self, columns[i]);
          g_autofree char *cell = g_strndup (fields[i].text, fields[i].length);

          if (seen != NULL && g_utf8_validate (cell, -1, NULL))
            trestle_sample_seen_cell (seen, g_strstrip (cell));
        }
      self->records++;
    }
  if (*error != NULL)
    return FALSE;
  return self->records > 0
         || refuse (error,
                    _ ("The sample has no names: a header and a row below it were looked for"));
}

/* --- Both ----------------------------------------------------------------------------------- */

static gboolean
read_keys (Keys *self, GBytes *sample, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (sample, &length);

  if (length > TRESTLE_SAMPLE_KEYS_BYTES)
    {
      g_autofree char *is = g_format_size (length);
      g_autofree char *may = g_format_size (TRESTLE_SAMPLE_KEYS_BYTES);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("The sample has %s; names are read from samples of up to %s"), is, may);
      return FALSE;
    }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }
  if (length == 0)
    return refuse (error, _ ("The sample is empty"));
  if (!g_utf8_validate_len (text, length, NULL))
    return refuse (error, _ ("The sample is no text: names are read from JSON and CSV"));
  if (*text == '{' || *text == '[')
    return read_json (self, text, length, error);
  return read_table (self, sample, error);
}

GListModel *
trestle_sample_keys_read (GBytes *sample, GError **error)
{
  g_auto (Keys) keys = { g_ptr_array_new_with_free_func (trestle_sample_seen_free),
                         g_hash_table_new (g_str_hash, g_str_equal), 0 };
  g_autoptr (GListStore) list = g_list_store_new (TRESTLE_TYPE_SAMPLE_KEY);
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (sample != NULL, NULL);

  if (!read_keys (&keys, sample, &reason))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason->message);
      return NULL;
    }
  for (guint i = 0; i < keys.seen->len; i++)
    {
      g_autofree char *words = trestle_sample_seen_dup_words (keys.seen->pdata[i]);
      g_autoptr (TrestleSampleKey) key = g_object_new (
          TRESTLE_TYPE_SAMPLE_KEY, "name", trestle_sample_seen_get_name (keys.seen->pdata[i]),
          "constraints", words, NULL);

      g_list_store_append (list, key);
    }
  if (keys.seen->len == 0)
    {
      refuse (error, _ ("The sample has no names: it holds no object"));
      return NULL;
    }
  return G_LIST_MODEL (g_steal_pointer (&list));
}

/* --- Into a draft --------------------------------------------------------------------------- */

static gboolean
has_name (TrestleDraft *draft, const char *list_path, const char *name)
{
  JsonNode *list = trestle_draft_get (draft, list_path);

  for (guint i = 0; list != NULL && i < trestle_node_length (list); i++)
    if (g_strcmp0 (trestle_node_text (trestle_node_element (list, i), "Name"), name) == 0)
      return TRUE;
  return FALSE;
}

GListModel *
trestle_sample_keys_filter (GListModel *keys, TrestleDraft *draft, const char *list_path)
{
  g_autoptr (GListStore) fresh = g_list_store_new (TRESTLE_TYPE_SAMPLE_KEY);

  g_return_val_if_fail (G_IS_LIST_MODEL (keys) && TRESTLE_IS_DRAFT (draft), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (TrestleSampleKey) key = g_list_model_get_item (keys, i);

      if (!has_name (draft, list_path, trestle_sample_key_get_name (key)))
        g_list_store_append (fresh, key);
    }
  return G_LIST_MODEL (g_steal_pointer (&fresh));
}

guint
trestle_sample_keys_room (TrestleDraft *draft, const char *list_path)
{
  const TrestleDraftField *field = trestle_draft_field_find (list_path);
  gint64 most = field != NULL ? trestle_draft_field_get_most (field) : -1;
  guint n = trestle_draft_get_length (draft, list_path);

  if (most < 0)
    return G_MAXUINT;
  return most > n ? (guint) (most - n) : 0;
}

guint
trestle_sample_keys_add (TrestleDraft *draft, const char *list_path, GListModel *keys)
{
  g_autofree char *constraints_path = g_strconcat (list_path, "[].Constraints", NULL);
  gint64 most = trestle_limit (TRESTLE_LIMIT_PARAMETER_CONSTRAINTS_CHARS);
  gboolean constrained = trestle_draft_field_find (constraints_path) != NULL;
  guint n = 0;

  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft) && G_IS_LIST_MODEL (keys), 0);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (TrestleSampleKey) key = g_list_model_get_item (keys, i);
      const char *name = trestle_sample_key_get_name (key);
      const char *constraints = trestle_sample_key_get_constraints (key);
      JsonObject *parameter;

      if (name == NULL || has_name (draft, list_path, name)
          || trestle_sample_keys_room (draft, list_path) == 0)
        continue;
      parameter = json_object_new ();
      json_object_set_string_member (parameter, "Name", name);
      if (constrained && constraints != NULL && *constraints != '\0'
          && g_utf8_strlen (constraints, -1) <= most)
        json_object_set_string_member (parameter, "Constraints", constraints);
      if (trestle_draft_insert (draft, list_path, G_MAXUINT, trestle_node_take_object (parameter)))
        n++;
    }
  return n;
}
