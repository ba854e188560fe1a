/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include <math.h>
#include <string.h>

#include "domain/trestle-sample-keys-private.h"

/* Texts that come again are a choice: so many of them, and so long. */
#define MOST_CHOICES 6
#define CHOICE_CHARS 32

enum
{
  WHOLE = 1 << 0,
  NUMBER = 1 << 1, /* with a fraction */
  FLAG = 1 << 2,
  TEXT = 1 << 3,
  LIST = 1 << 4,
  OBJECT = 1 << 5,
  NOTHING = 1 << 6,
};

typedef struct
{
  double least;
  double most;
  gboolean any;
} Span;

struct _TrestleSampleSeen
{
  char *name;
  guint kinds;
  Span numbers;
  Span chars;
  Span elements;
  TrestleSampleSeen *inner; /* of a list's elements */
  GPtrArray *choices;       /* NULL once there are too many */
  guint n_texts;
};

TrestleSampleSeen *
trestle_sample_seen_new (const char *name)
{
  TrestleSampleSeen *self = g_new0 (TrestleSampleSeen, 1);

  self->name = g_strdup (name);
  self->choices = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
trestle_sample_seen_free (gpointer data)
{
  TrestleSampleSeen *self = data;

  if (self->inner != NULL)
    trestle_sample_seen_free (self->inner);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

const char *
trestle_sample_seen_get_name (TrestleSampleSeen *self)
{
  return self->name;
}

static void
widen (Span *span, double value)
{
  span->least = span->any ? MIN (span->least, value) : value;
  span->most = span->any ? MAX (span->most, value) : value;
  span->any = TRUE;
}

static void
see_number (TrestleSampleSeen *self, double value, gboolean whole)
{
  if (!isfinite (value))
    return;
  self->kinds |= whole ? WHOLE : NUMBER;
  widen (&self->numbers, value);
}

static void
see_text (TrestleSampleSeen *self, const char *text)
{
  glong chars = g_utf8_strlen (text, -1);

  self->kinds |= TEXT;
  self->n_texts++;
  widen (&self->chars, chars);
  if (self->choices == NULL
      || g_ptr_array_find_with_equal_func (self->choices, text, g_str_equal, NULL))
    return;
  if (chars == 0 || chars > CHOICE_CHARS || self->choices->len == MOST_CHOICES
      || strpbrk (text, "\n\r\t") != NULL)
    g_clear_pointer (&self->choices, g_ptr_array_unref);
  else
    g_ptr_array_add (self->choices, g_strdup (text));
}

/* Of a list within a list no more is told than that it is one. */
static void
see_list (TrestleSampleSeen *self, JsonArray *array)
{
  guint n = json_array_get_length (array);

  self->kinds |= LIST;
  widen (&self->elements, n);
  if (self->inner == NULL)
    self->inner = trestle_sample_seen_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_ARRAY (element))
        self->inner->kinds |= LIST;
      else
        trestle_sample_seen_node (self->inner, element);
    }
}

void
trestle_sample_seen_node (TrestleSampleSeen *self, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      self->kinds |= OBJECT;
      return;
    case JSON_NODE_ARRAY:
      see_list (self, json_node_get_array (node));
      return;
    case JSON_NODE_NULL:
      self->kinds |= NOTHING;
      return;
    case JSON_NODE_VALUE:
    default:
      break;
    }
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    see_text (self, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    self->kinds |= FLAG;
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    see_number (self, (double) json_node_get_int (node), TRUE);
  else
    see_number (self, json_node_get_double (node), FALSE);
}

void
trestle_sample_seen_cell (TrestleSampleSeen *self, const char *text)
{
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (*text == '\0')
    self->kinds |= NOTHING;
  else if (*end == '\0' && isfinite (number) && !g_ascii_isspace (*text)
           && strpbrk (text, "xX") == NULL)
    see_number (self, number, strspn (text, "+-0123456789") == strlen (text));
  else if (g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "false") == 0)
    self->kinds |= FLAG;
  else
    see_text (self, text);
}

/* --- In words ------------------------------------------------------------------------------- */

static void
append_span (GString *words, const Span *span, const char *unit)
{
  char least[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (least, sizeof least, "%.10g", span->least);
  g_ascii_formatd (most, sizeof most, "%.10g", span->most);
  g_string_append (words, least);
  if (!g_str_equal (least, most))
    g_string_append_printf (words, " to %s", most);
  g_string_append (words, unit);
}

static void
append_text (TrestleSampleSeen *self, GString *words)
{
  /* one text that is seen once is an example, no choice */
  if (self->choices != NULL && self->n_texts >= 2 * self->choices->len && self->n_texts > 2)
    {
      g_string_append (words, "one of: ");
      for (guint i = 0; i < self->choices->len; i++)
        g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                                (const char *) self->choices->pdata[i]);
      return;
    }
  g_string_append (words, "text of ");
  append_span (words, &self->chars,
               self->chars.least == 1 && self->chars.most == 1 ? " character" : " characters");
}

static void
append_list (TrestleSampleSeen *self, GString *words)
{
  guint kinds = self->inner->kinds;

  g_string_append (words, "list of ");
  append_span (words, &self->elements, " ");
  g_string_append (words, (kinds & ~(guint) (WHOLE | NUMBER)) == 0 && kinds != 0 ? "numbers"
                          : kinds == TEXT                                        ? "texts"
                          : kinds == OBJECT                                      ? "objects"
                          : kinds == LIST                                        ? "lists"
                                                                                 : "values");
  if ((kinds & ~(guint) (WHOLE | NUMBER)) == 0 && self->inner->numbers.any)
    {
      g_string_append (words, ", each ");
      append_span (words, &self->inner->numbers, "");
    }
}

static void
join (GString *words)
{
  if (words->len > 0)
    g_string_append (words, ", or ");
}

char *
trestle_sample_seen_dup_words (TrestleSampleSeen *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (self->kinds & (WHOLE | NUMBER))
    {
      g_string_append (words, self->kinds & NUMBER ? "number, " : "whole number, ");
      append_span (words, &self->numbers, "");
    }
  if (self->kinds & FLAG)
    {
      join (words);
      g_string_append (words, "true or false");
    }
  if (self->kinds & TEXT)
    {
      join (words);
      append_text (self, words);
    }
  if (self->kinds & LIST)
    {
      join (words);
      append_list (self, words);
    }
  if (self->kinds & OBJECT)
    {
      join (words);
      g_string_append (words, "object");
    }
  if (self->kinds & NOTHING && words->len > 0)
    g_string_append (words, ", or empty");
  if (words->len > 0)
    words->str[0] = g_ascii_toupper (words->str[0]);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
