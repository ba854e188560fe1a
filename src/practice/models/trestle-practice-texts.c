/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-texts.h"

#include <string.h>

#include "practice/models/trestle-practice-table.h"

#define MAX_TEXTS 10000

/* The text in a JSON string, or in an object's member "text". */
static const char *
text_of (JsonNode *node)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    node = json_object_get_member (json_node_get_object (node), "text");
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static JsonArray *
array_of (JsonNode *node)
{
  static const char *const names[] = { "texts", "instances" };

  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *member = json_object_get_member (json_node_get_object (node), names[i]);

      if (member != NULL && JSON_NODE_HOLDS_ARRAY (member))
        return json_node_get_array (member);
    }

  return NULL;
}

static TrestlePracticeAnswer *
read_json (TrestlePracticeRequest *request, TrestlePracticeTexts *self)
{
  TrestlePracticeAnswer *error = NULL;
  g_autoptr (JsonNode) root = trestle_practice_table_json (request, &error);
  JsonArray *array;
  const char *text;

  if (root == NULL)
    return error;

  text = text_of (root);
  if (text != NULL)
    {
      self->single = TRUE;
      g_ptr_array_add (self->texts, g_strdup (text));
      return NULL;
    }

  array = array_of (root);
  if (array == NULL)
    return trestle_practice_request_error (request, 400,
                                           "{\"text\":\"…\"} or {\"texts\":[…]} "
                                           "expected");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      text = text_of (json_array_get_element (array, i));
      if (text == NULL)
        return trestle_practice_request_error (request, 400, "texts[%u] is not a text", i);
      g_ptr_array_add (self->texts, g_strdup (text));
    }

  return NULL;
}

static TrestlePracticeAnswer *
read_lines (TrestlePracticeRequest *request, TrestlePracticeTexts *self, char *body, gboolean json)
{
  guint number = 0;

  for (char *line = body, *next; line != NULL; line = next)
    {
      gsize length = strcspn (line, "\r\n");

      next = line[length] != '\0' ? line + length + 1 : NULL;
      line[length] = '\0';
      number++;
      if (*g_strstrip (line) == '\0')
        continue;

      if (self->texts->len > MAX_TEXTS)
        break;
      if (json)
        {
          g_autoptr (JsonNode) node = json_from_string (line, NULL);
          const char *text = node != NULL ? text_of (node) : NULL;

          if (text == NULL)
            return trestle_practice_request_error (request, 400,
                                                   "line %u is not a JSON object "
                                                   "with a \"text\"",
                                                   number);
          g_ptr_array_add (self->texts, g_strdup (text));
        }
      else
        g_ptr_array_add (self->texts, g_strdup (line));
    }

  return NULL;
}

static TrestlePracticeAnswer *
read_body (TrestlePracticeRequest *request, TrestlePracticeTexts *self, gboolean by_line)
{
  TrestlePracticeAnswer *error = NULL;
  g_autofree char *body = NULL;

  if (g_str_equal (request->type, "application/json"))
    return read_json (request, self);

  body = trestle_practice_request_text (request, &error);
  if (body == NULL)
    return error;

  if (g_str_equal (request->type, "application/jsonlines"))
    return read_lines (request, self, body, TRUE);
  if (by_line)
    {
      error = read_lines (request, self, body, FALSE);
      self->single = self->texts->len == 1;
      return error;
    }

  self->single = TRUE;
  g_ptr_array_add (self->texts, g_steal_pointer (&body));

  return NULL;
}

/**
 * trestle_practice_texts_read:
 * @request: a request whose body is plain text, JSON with `text` or `texts`, or JSON Lines
 * @by_line: whether each line of plain text is a text of its own
 * @max_chars: how many characters a text may have
 * @texts: (out): the texts
 * @error: (out): a 400 or 422 answer
 *
 * Returns: %FALSE if @error was set
 */
gboolean
trestle_practice_texts_read (TrestlePracticeRequest *request,
                             gboolean by_line,
                             guint max_chars,
                             TrestlePracticeTexts *texts,
                             TrestlePracticeAnswer **error)
{
  texts->texts = g_ptr_array_new_with_free_func (g_free);
  texts->single = FALSE;

  *error = read_body (request, texts, by_line);
  if (*error != NULL)
    return FALSE;

  if (texts->texts->len == 0)
    *error = trestle_practice_request_error (request, 400, "there is no text in the body");
  else if (texts->texts->len > MAX_TEXTS)
    *error = trestle_practice_request_error (request, 422,
                                             "more than the %d texts this model "
                                             "takes at once",
                                             MAX_TEXTS);
  for (guint i = 0; i < texts->texts->len && *error == NULL; i++)
    {
      const char *text = g_ptr_array_index (texts->texts, i);
      glong n = g_utf8_strlen (text, -1);

      if (text[strspn (text, " \t\r\n")] == '\0')
        *error = trestle_practice_request_error (request, 400, "text %u is empty", i + 1);
      else if (n > max_chars)
        *error = trestle_practice_request_error (request, 422,
                                                 "text %u has %ld characters, more "
                                                 "than the %u this model takes",
                                                 i + 1, n, max_chars);
    }
  if (*error != NULL)
    return FALSE;

  trestle_practice_request_log (request, "[INFO] %s: %u texts of %s", request->model->id,
                                texts->texts->len, request->type);

  return TRUE;
}

/**
 * trestle_practice_texts_clear:
 * @self: texts
 */
void
trestle_practice_texts_clear (TrestlePracticeTexts *self)
{
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

/**
 * trestle_practice_texts_write:
 * @request: the request that is answered
 * @texts: its texts
 * @func: writes what is to be said of a text
 * @user_data: for @func
 *
 * JSON Lines in, JSON Lines out, unless the caller wants something else. In JSON, one text by
 * itself gets an object, several get `{"predictions":[…]}`.
 *
 * Returns: (transfer full): the answer
 */
TrestlePracticeAnswer *
trestle_practice_texts_write (TrestlePracticeRequest *request,
                              const TrestlePracticeTexts *texts,
                              TrestlePracticeTextFunc func,
                              gconstpointer user_data)
{
  g_autoptr (TrestlePracticeJson) json = trestle_practice_json_new ();
  gboolean lines = g_str_equal (request->any_accept ? request->type : request->accept,
                                "application/jsonlines");
  gboolean wrap = !lines && !texts->single;

  if (wrap)
    {
      trestle_practice_json_open (json, NULL, '{');
      trestle_practice_json_open (json, "predictions", '[');
    }
  for (guint i = 0; i < texts->texts->len; i++)
    {
      trestle_practice_json_open (json, NULL, '{');
      func (g_ptr_array_index (texts->texts, i), json, user_data);
      trestle_practice_json_close (json, '}');
      if (lines)
        trestle_practice_json_line (json);
    }
  if (wrap)
    {
      trestle_practice_json_close (json, ']');
      trestle_practice_json_close (json, '}');
    }

  return trestle_practice_answer_new (200, trestle_practice_json_end (json),
                                      lines ? "application/jsonlines" : "application/json");
}

/**
 * trestle_practice_texts_answer:
 * @request: a request
 * @by_line: whether each line of plain text is a text of its own
 * @max_chars: how many characters a text may have
 * @func: writes what is to be said of a text
 * @user_data: for @func
 *
 * Reads the texts and writes the answer.
 *
 * Returns: (transfer full): the answer
 */
TrestlePracticeAnswer *
trestle_practice_texts_answer (TrestlePracticeRequest *request,
                               gboolean by_line,
                               guint max_chars,
                               TrestlePracticeTextFunc func,
                               gconstpointer user_data)
{
  g_auto (TrestlePracticeTexts) texts = { 0 };
  TrestlePracticeAnswer *error = NULL;

  if (!trestle_practice_texts_read (request, by_line, max_chars, &texts, &error))
    return error;

  return trestle_practice_texts_write (request, &texts, func, user_data);
}

/**
 * trestle_practice_texts_words:
 * @text: a text
 *
 * Returns: (transfer full): its words in small letters, apostrophes inside of them kept and made
 *   straight
 */
GStrv
trestle_practice_texts_words (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = lower;; p = g_utf8_next_char (p))
    {
      gunichar c = *p != '\0' ? g_utf8_get_char (p) : 0;

      if (c != 0 && (g_unichar_isalnum (c) || g_unichar_ismark (c)))
        g_string_append_unichar (word, c);
      else if ((c == '\'' || c == 0x2019) && word->len > 0
               && g_unichar_isalpha (g_utf8_get_char (g_utf8_next_char (p))))
        g_string_append_c (word, '\'');
      else if (word->len > 0)
        {
          g_strv_builder_add (builder, word->str);
          g_string_truncate (word, 0);
        }
      if (c == 0)
        break;
    }

  return g_strv_builder_end (builder);
}
