/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-yaml.h"

#include <string.h>
#include <yaml.h>

#include "domain/trestle-draft.h"
#include "store/trestle-yaml-private.h"

/* What is being filled. */
typedef struct
{
  JsonNode *node;
  char *key;        /* of an object: the member whose value comes next */
  gsize path_bytes; /* how much of the reader's path leads here */
  gboolean known;   /* whether the field table has it */
} Frame;

typedef struct
{
  yaml_parser_t parser;
  GArray *frames;
  GString *path; /* of the value that is being read */
  GPtrArray *notes;
  JsonNode *root;
  guint nodes;
  const char *seen; /* the text up to here is that of events */
  gsize seen_chars;
  gboolean commented;
  GError *error;
} Reader;

static void
clear_frame (gpointer data)
{
  Frame *frame = data;

  json_node_unref (frame->node);
  g_free (frame->key);
}

static gboolean G_GNUC_PRINTF (4, 5)
    fail_at (Reader *self, const yaml_mark_t *mark, TrestleYamlError code, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (&self->error, TRESTLE_YAML_ERROR, code, "%zu:%zu: %s", mark->line + 1,
               mark->column + 1, what);
  return FALSE;
}

static void
note (Reader *self, const yaml_mark_t *mark, const char *path)
{
  TrestleYamlNote *note = g_new0 (TrestleYamlNote, 1);

  note->path = g_strdup (path);
  note->line = (guint) mark->line + 1;
  note->column = (guint) mark->column + 1;
  g_ptr_array_add (self->notes, note);
}

/* Line and column of a place in bytes, for what is found before there are marks. */
static yaml_mark_t
mark_of (const char *text, const char *place)
{
  yaml_mark_t mark = { 0 };

  for (const char *p = text; p < place; p++)
    {
      if (*p == '\n')
        {
          mark.line++;
          mark.column = 0;
        }
      else if (((guchar) *p & 0xc0) != 0x80)
        mark.column++;
    }
  return mark;
}

static Frame *
top (Reader *self)
{
  return self->frames->len > 0 ? &g_array_index (self->frames, Frame, self->frames->len - 1) : NULL;
}

/* The member's or element's path for the value that comes next. */
static void
enter_value (Reader *self)
{
  Frame *frame = top (self);

  if (frame == NULL)
    return;
  g_string_truncate (self->path, frame->path_bytes);
  if (frame->key == NULL)
    g_string_append_printf (self->path, "[%u]",
                            json_array_get_length (json_node_get_array (frame->node)));
  else
    g_string_append_printf (self->path, "%s%s", self->path->len > 0 ? "." : "", frame->key);
}

static void
add_value (Reader *self, JsonNode *value)
{
  Frame *frame = top (self);

  if (frame == NULL)
    self->root = value;
  else if (frame->key == NULL)
    json_array_add_element (json_node_get_array (frame->node), value);
  else
    {
      json_object_set_member (json_node_get_object (frame->node), frame->key, value);
      g_clear_pointer (&frame->key, g_free);
    }
}

static gboolean
read_key (Reader *self, const yaml_event_t *event)
{
  Frame *frame = top (self);
  const char *key = (const char *) event->data.scalar.value;

  if (json_object_has_member (json_node_get_object (frame->node), key))
    return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_SYNTAX, "%s is there twice", key);
  frame->key = g_strdup (key);
  if (frame->known)
    {
      enter_value (self);
      if (trestle_draft_field_find (self->path->str) == NULL)
        note (self, &event->start_mark, self->path->str);
    }
  return TRUE;
}

static gboolean
read_scalar (Reader *self, const yaml_event_t *event)
{
  const char *text = (const char *) event->data.scalar.value;
  gboolean plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  Frame *frame = top (self);

  if (strlen (text) != event->data.scalar.length)
    return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_SYNTAX,
                    "a text cannot hold the character NUL");
  if (frame == NULL)
    return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_SYNTAX,
                    "a draft begins with members, such as “Product:”");
  if (frame->key == NULL && JSON_NODE_HOLDS_OBJECT (frame->node))
    return read_key (self, event);
  enter_value (self);
  if (plain && event->data.scalar.tag == NULL)
    add_value (self, trestle_yaml_resolve (trestle_draft_field_find (self->path->str), text));
  else
    add_value (self, json_node_init_string (json_node_alloc (), text));
  return TRUE;
}

static gboolean
begin (Reader *self, const yaml_event_t *event, JsonNodeType type)
{
  Frame *parent = top (self);
  Frame frame = { 0 };

  if (parent != NULL && parent->key == NULL && JSON_NODE_HOLDS_OBJECT (parent->node))
    return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_SYNTAX,
                    "the name of a member must be a text");
  if (self->frames->len >= TRESTLE_YAML_MOST_DEPTH)
    return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_LIMIT, "deeper than %u levels",
                    TRESTLE_YAML_MOST_DEPTH);
  if (parent == NULL && type != JSON_NODE_OBJECT)
    return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_SYNTAX,
                    "a draft begins with members, such as “Product:”");
  enter_value (self);
  frame.path_bytes = self->path->len;
  frame.known = parent == NULL
                || (parent->known && trestle_draft_field_find (self->path->str) != NULL);
  frame.node = json_node_new (type);
  if (type == JSON_NODE_OBJECT)
    json_node_take_object (frame.node, json_object_new ());
  else
    json_node_take_array (frame.node, json_array_new ());
  g_array_append_val (self->frames, frame);
  return TRUE;
}

static void
end (Reader *self)
{
  JsonNode *node = json_node_ref (top (self)->node);

  g_array_set_size (self->frames, self->frames->len - 1);
  add_value (self, node);
}

/* What is between two events is punctuation, space, or comments, which saving will not keep. */
static void
look_for_comment (Reader *self, const yaml_event_t *event)
{
  yaml_mark_t mark = { 0 };

  for (; self->seen_chars < event->end_mark.index && *self->seen != '\0'; self->seen_chars++)
    {
      if (*self->seen == '#' && self->seen_chars < event->start_mark.index && !self->commented)
        {
          mark = mark_of ((const char *) self->parser.input.string.start, self->seen);
          note (self, &mark, NULL);
          self->commented = TRUE;
        }
      self->seen = g_utf8_next_char (self->seen);
    }
}

static gboolean
check_properties (Reader *self,
                  const yaml_event_t *event,
                  const yaml_char_t *anchor,
                  const yaml_char_t *tag)
{
  if (anchor != NULL)
    return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_SYNTAX,
                    "anchors (“&%s”) are not for drafts", anchor);
  if (tag != NULL
      && !(event->type == YAML_SCALAR_EVENT && g_str_equal ((const char *) tag, YAML_STR_TAG)))
    return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_SYNTAX,
                    "tags (“%s”) are not for drafts", tag);
  if (++self->nodes > TRESTLE_YAML_MOST_NODES)
    return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_LIMIT, "more than %u values",
                    TRESTLE_YAML_MOST_NODES);
  return TRUE;
}

static gboolean
read_event (Reader *self, const yaml_event_t *event)
{
  look_for_comment (self, event);
  switch (event->type)
    {
    case YAML_SCALAR_EVENT:
      return check_properties (self, event, event->data.scalar.anchor, event->data.scalar.tag)
             && read_scalar (self, event);
    case YAML_SEQUENCE_START_EVENT:
      return check_properties (self, event, event->data.sequence_start.anchor,
                               event->data.sequence_start.tag)
             && begin (self, event, JSON_NODE_ARRAY);
    case YAML_MAPPING_START_EVENT:
      return check_properties (self, event, event->data.mapping_start.anchor,
                               event->data.mapping_start.tag)
             && begin (self, event, JSON_NODE_OBJECT);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      end (self);
      return TRUE;
    case YAML_ALIAS_EVENT:
      return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_SYNTAX,
                      "aliases (“*%s”) are not for drafts", event->data.alias.anchor);
    case YAML_DOCUMENT_START_EVENT:
      if (self->root != NULL)
        return fail_at (self, &event->start_mark, TRESTLE_YAML_ERROR_SYNTAX,
                        "a second document begins");
      return TRUE;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    default:
      return TRUE;
    }
}

static void
fail_in_parser (Reader *self, const char *text, gsize length)
{
  const char *what = self->parser.problem != NULL ? self->parser.problem : "cannot be read";
  yaml_mark_t mark = self->parser.problem_mark;

  if (self->parser.error == YAML_READER_ERROR)
    mark = mark_of (text, text + MIN (self->parser.problem_offset, length));
  fail_at (self, &mark, TRESTLE_YAML_ERROR_SYNTAX, "%s%s%s",
           self->parser.context != NULL ? self->parser.context : "",
           self->parser.context != NULL ? ": " : "", what);
}

static void
run (Reader *self, const char *text, gsize length)
{
  gboolean done = FALSE;

  while (!done && self->error == NULL)
    {
      yaml_event_t event;

      if (!yaml_parser_parse (&self->parser, &event))
        {
          fail_in_parser (self, text, length);
          break;
        }
      done = event.type == YAML_STREAM_END_EVENT;
      read_event (self, &event);
      yaml_event_delete (&event);
    }
  if (self->error == NULL && self->root == NULL)
    g_set_error_literal (&self->error, TRESTLE_YAML_ERROR, TRESTLE_YAML_ERROR_SYNTAX,
                         "1:1: there is nothing in it");
}

static void
check_format (Reader *self)
{
  gint64 format = json_object_get_int_member_with_default (json_node_get_object (self->root),
                                                           "Trestle", 1);

  if (format > TRESTLE_DRAFT_FORMAT)
    g_set_error (&self->error, TRESTLE_YAML_ERROR, TRESTLE_YAML_ERROR_FORMAT,
                 "1:1: the draft has format %" G_GINT64_FORMAT
                 ", and this Trestle knows %d: a newer one wrote it",
                 format, TRESTLE_DRAFT_FORMAT);
}

JsonNode *
trestle_yaml_read (const char *text, gsize length, GPtrArray **notes, GError **error)
{
  g_autoptr (GPtrArray)
      found = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_yaml_note_free);
  g_autofree char *copy = NULL;
  Reader self = { .notes = found };
  const char *bad;

  if (length > TRESTLE_YAML_MOST_BYTES)
    {
      g_set_error (error, TRESTLE_YAML_ERROR, TRESTLE_YAML_ERROR_LIMIT, "1:1: longer than %d bytes",
                   TRESTLE_YAML_MOST_BYTES);
      return NULL;
    }
  if (!g_utf8_validate_len (text, length, &bad))
    {
      yaml_mark_t mark = mark_of (text, bad);

      fail_at (&self, &mark, TRESTLE_YAML_ERROR_ENCODING, "not UTF-8");
      g_propagate_error (error, self.error);
      return NULL;
    }
  if (!yaml_parser_initialize (&self.parser))
    g_error ("no memory for a YAML parser");
  copy = g_strndup (text, length); /* ends in NUL, where the comments' search stops */
  yaml_parser_set_encoding (&self.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&self.parser, (const guchar *) copy, length);
  self.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_array_set_clear_func (self.frames, clear_frame);
  self.path = g_string_new (NULL);
  self.seen = copy;
  run (&self, copy, length);
  if (self.error == NULL)
    check_format (&self);
  yaml_parser_delete (&self.parser);
  g_array_unref (self.frames);
  g_string_free (self.path, TRUE);
  if (self.error != NULL)
    {
      g_clear_pointer (&self.root, json_node_unref);
      g_propagate_error (error, self.error);
    }
  else if (notes != NULL)
    *notes = g_steal_pointer (&found);
  return self.root;
}
