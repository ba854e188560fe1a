/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-yaml.h"

#include <string.h>
#include <yaml.h>

#include "domain/trestle-draft-path.h"
#include "store/trestle-yaml-private.h"

/* A text of this many characters goes below its name, where an editor can wrap it. */
#define LONG_CHARS 60

typedef struct
{
  yaml_emitter_t emitter;
  GString *out;
  GError *error;
} Writer;

static int
append (void *data, unsigned char *bytes, size_t length)
{
  g_string_append_len (data, (const char *) bytes, (gssize) length);
  return 1;
}

static gboolean
fail (Writer *self, TrestleYamlError code, const char *path, const char *what)
{
  if (self->error == NULL)
    g_set_error (&self->error, TRESTLE_YAML_ERROR, code, "%s: %s", path, what);
  return FALSE;
}

/* Takes the event; @made says whether there is one. */
static gboolean
emit (Writer *self, const char *path, int made, yaml_event_t *event)
{
  if (!made)
    return fail (self, TRESTLE_YAML_ERROR_ENCODING, path, "not UTF-8");
  if (!yaml_emitter_emit (&self->emitter, event))
    return fail (self, TRESTLE_YAML_ERROR_SYNTAX, path,
                 self->emitter.problem != NULL ? self->emitter.problem : "cannot be written");
  return TRUE;
}

static gboolean
emit_scalar (Writer *self, const char *path, const char *text, yaml_scalar_style_t style)
{
  yaml_event_t event;

  return emit (self, path,
               yaml_scalar_event_initialize (&event, NULL, NULL, (const yaml_char_t *) text,
                                             (int) strlen (text), TRUE, TRUE, style),
               &event);
}

/* Texts that some reader of YAML, new or old, would not take for such. */
static gboolean
looks_like_another_type (const char *text)
{
  static const char *const words[] = { "y",   "n",    "yes",   "no",   "on",
                                       "off", "true", "false", "null", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], text) == 0)
      return TRUE;
  return *text == '\0' || g_ascii_isdigit (*text) || strchr ("+-.~=<", *text) != NULL;
}

/*
 * A text in lines stands as it is, if all it holds is lines: spaces at the ends of lines get lost in
 * editors, and what YAML also takes for a line's end would not come back as it was.
 */
static gboolean
can_stand_in_lines (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || g_ascii_isspace (*text) || g_str_has_suffix (text, "\n\n"))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      gboolean ends = text[i + 1] == '\n' || text[i + 1] == '\0';

      if (text[i] == '\r' || text[i] == '\t' || (text[i] == ' ' && ends))
        return FALSE;
    }
  return strstr (text, "\xc2\x85") == NULL && strstr (text, "\u2028") == NULL
         && strstr (text, "\u2029") == NULL && strstr (text, "\ufeff") == NULL;
}

static yaml_scalar_style_t
style_of (const TrestleDraftField *field, const char *text)
{
  gboolean lines = strchr (text, '\n') != NULL;

  if (lines
      || (field != NULL && field->kind == TRESTLE_DRAFT_FIELD_KIND_LONG_TEXT
          && g_utf8_strlen (text, -1) > LONG_CHARS))
    return can_stand_in_lines (text) ? YAML_LITERAL_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE;
  if (looks_like_another_type (text))
    return YAML_SINGLE_QUOTED_SCALAR_STYLE;
  return YAML_PLAIN_SCALAR_STYLE; /* libyaml quotes where it has to */
}

static gboolean
write_scalar (Writer *self, JsonNode *node, const char *path)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE] = "null";

  if (JSON_NODE_HOLDS_VALUE (node))
    {
      GType type = json_node_get_value_type (node);

      if (type == G_TYPE_STRING)
        {
          const char *text = json_node_get_string (node);

          return emit_scalar (self, path, text, style_of (trestle_draft_field_find (path), text));
        }
      if (type == G_TYPE_BOOLEAN)
        return emit_scalar (self, path, json_node_get_boolean (node) ? "true" : "false",
                            YAML_PLAIN_SCALAR_STYLE);
      if (type == G_TYPE_INT64)
        g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, json_node_get_int (node));
      else
        g_ascii_dtostr (number, sizeof number, json_node_get_double (node));
    }
  return emit_scalar (self, path, number, YAML_PLAIN_SCALAR_STYLE);
}

typedef struct
{
  const char *name;
  guint order;
} Member;

static int
compare_members (gconstpointer a, gconstpointer b, gpointer unused)
{
  const Member *one = a;
  const Member *other = b;

  return one->order < other->order ? -1 : one->order > other->order;
}

/* Those of the table in its order, then the others in theirs. */
static GArray *
members_in_order (JsonObject *object, const char *path)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (Member));
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      g_autofree char *below = trestle_draft_path_join (path, name);
      const TrestleDraftField *field = trestle_draft_field_find (below);
      Member member = { name, field != NULL ? trestle_draft_field_get_order (field) : G_MAXUINT };

      g_array_append_val (members, member);
    }
  g_array_sort_with_data (members, compare_members, NULL); /* is stable */
  return members;
}

static gboolean write_node (Writer *self, JsonNode *node, const char *path, guint depth);

static gboolean
write_object (Writer *self, JsonNode *node, const char *path, guint depth)
{
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GArray) members = members_in_order (object, path);
  yaml_event_t event;

  if (!emit (
          self, path,
          yaml_mapping_start_event_initialize (&event, NULL, NULL, TRUE, YAML_BLOCK_MAPPING_STYLE),
          &event))
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    {
      const char *name = g_array_index (members, Member, i).name;
      g_autofree char *below = trestle_draft_path_join (path, name);
      yaml_scalar_style_t style = looks_like_another_type (name) ? YAML_SINGLE_QUOTED_SCALAR_STYLE
                                                                 : YAML_PLAIN_SCALAR_STYLE;

      if (!emit_scalar (self, below, name, style)
          || !write_node (self, json_object_get_member (object, name), below, depth + 1))
        return FALSE;
    }
  return emit (self, path, yaml_mapping_end_event_initialize (&event), &event);
}

static gboolean
write_array (Writer *self, JsonNode *node, const char *path, guint depth)
{
  JsonArray *array = json_node_get_array (node);
  guint length = json_array_get_length (array);
  yaml_event_t event;

  if (!emit (self, path,
             yaml_sequence_start_event_initialize (&event, NULL, NULL, TRUE,
                                                   YAML_BLOCK_SEQUENCE_STYLE),
             &event))
    return FALSE;
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *below = trestle_draft_path_at (path, i);

      if (!write_node (self, json_array_get_element (array, i), below, depth + 1))
        return FALSE;
    }
  return emit (self, path, yaml_sequence_end_event_initialize (&event), &event);
}

static gboolean
write_node (Writer *self, JsonNode *node, const char *path, guint depth)
{
  gboolean object = JSON_NODE_HOLDS_OBJECT (node);

  if (!object && !JSON_NODE_HOLDS_ARRAY (node))
    return write_scalar (self, node, path);
  if (depth >= TRESTLE_YAML_MOST_DEPTH)
    return fail (self, TRESTLE_YAML_ERROR_LIMIT, path, "too deep");
  return object ? write_object (self, node, path, depth) : write_array (self, node, path, depth);
}

static gboolean
write_all (Writer *self, JsonNode *root)
{
  yaml_event_t event;

  return emit (self, "", yaml_stream_start_event_initialize (&event, YAML_UTF8_ENCODING), &event)
         && emit (self, "", yaml_document_start_event_initialize (&event, NULL, NULL, NULL, TRUE),
                  &event)
         && write_node (self, root, "", 0)
         && emit (self, "", yaml_document_end_event_initialize (&event, TRUE), &event)
         && emit (self, "", yaml_stream_end_event_initialize (&event), &event);
}

char *
trestle_yaml_write (JsonNode *root, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Writer self = { .out = out };
  gboolean written;

  g_return_val_if_fail (root != NULL && JSON_NODE_HOLDS_OBJECT (root), NULL);
  if (!yaml_emitter_initialize (&self.emitter))
    g_error ("no memory for a YAML emitter");
  yaml_emitter_set_output (&self.emitter, append, out);
  yaml_emitter_set_encoding (&self.emitter, YAML_UTF8_ENCODING);
  yaml_emitter_set_unicode (&self.emitter, TRUE);
  yaml_emitter_set_width (&self.emitter, -1); /* a folded text would differ in every line */
  written = write_all (&self, root);
  yaml_emitter_delete (&self.emitter);
  if (written && out->len > TRESTLE_YAML_MOST_BYTES)
    written = fail (&self, TRESTLE_YAML_ERROR_LIMIT, "draft", "too long");
  if (!written)
    {
      g_propagate_error (error, self.error);
      return NULL;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
