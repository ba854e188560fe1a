/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-json.h"

#include <math.h>
#include <string.h>

/*
 * A writer rather than json-glib's builder, because answers are read by people: json-glib prints
 * 0.9 as 0.90000000000000002, and a model says how many places its figures have.
 */
struct _TrestlePracticeJson
{
  GString *text;
  gboolean comma;
};

/**
 * trestle_practice_json_new:
 *
 * Returns: (transfer full): a writer of compact JSON
 */
TrestlePracticeJson *
trestle_practice_json_new (void)
{
  TrestlePracticeJson *self = g_new0 (TrestlePracticeJson, 1);

  self->text = g_string_sized_new (256);

  return self;
}

/**
 * trestle_practice_json_free:
 * @self: (transfer full): a writer
 */
void
trestle_practice_json_free (TrestlePracticeJson *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * trestle_practice_json_end:
 * @self: a writer, of which nothing but freeing is left to do afterwards
 *
 * Returns: (transfer full): what was written
 */
GBytes *
trestle_practice_json_end (TrestlePracticeJson *self)
{
  return g_string_free_to_bytes (g_steal_pointer (&self->text));
}

static void
append_quoted (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *p = valid; *p != '\0'; p++)
    {
      guchar c = *p;

      if (c == '"' || c == '\\')
        {
          g_string_append_c (text, '\\');
          g_string_append_c (text, c);
        }
      else if (c == '\n')
        g_string_append (text, "\\n");
      else if (c == '\t')
        g_string_append (text, "\\t");
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_c (text, c);
    }
  g_string_append_c (text, '"');
}

static void
begin (TrestlePracticeJson *self, const char *name)
{
  if (self->comma)
    g_string_append_c (self->text, ',');
  if (name != NULL)
    {
      append_quoted (self->text, name);
      g_string_append_c (self->text, ':');
    }
  self->comma = TRUE;
}

/**
 * trestle_practice_json_open:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL inside an array
 * @bracket: `{` or `[`
 */
void
trestle_practice_json_open (TrestlePracticeJson *self, const char *name, char bracket)
{
  begin (self, name);
  g_string_append_c (self->text, bracket);
  self->comma = FALSE;
}

/**
 * trestle_practice_json_close:
 * @self: a writer
 * @bracket: `}` or `]`
 */
void
trestle_practice_json_close (TrestlePracticeJson *self, char bracket)
{
  g_string_append_c (self->text, bracket);
  self->comma = TRUE;
}

/**
 * trestle_practice_json_string:
 * @self: a writer
 * @name: (nullable): the member's name
 * @value: (nullable): its value; %NULL writes `null`
 */
void
trestle_practice_json_string (TrestlePracticeJson *self, const char *name, const char *value)
{
  begin (self, name);
  if (value != NULL)
    append_quoted (self->text, value);
  else
    g_string_append (self->text, "null");
}

/**
 * trestle_practice_json_int:
 * @self: a writer
 * @name: (nullable): the member's name
 * @value: its value
 */
void
trestle_practice_json_int (TrestlePracticeJson *self, const char *name, gint64 value)
{
  begin (self, name);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * trestle_practice_json_bool:
 * @self: a writer
 * @name: (nullable): the member's name
 * @value: its value
 */
void
trestle_practice_json_bool (TrestlePracticeJson *self, const char *name, gboolean value)
{
  begin (self, name);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * trestle_practice_json_double:
 * @self: a writer
 * @name: (nullable): the member's name
 * @value: its value; what is not finite is written as `null`
 * @places: decimal places, 1 to 9; zeros at the end are left out but for the first
 */
void
trestle_practice_json_double (TrestlePracticeJson *self,
                              const char *name,
                              double value,
                              guint places)
{
  char format[8];
  /* The largest double has 309 digits before the point. */
  char buffer[336];
  gsize length;

  begin (self, name);
  if (!isfinite (value))
    {
      g_string_append (self->text, "null");
      return;
    }

  g_snprintf (format, sizeof format, "%%.%uf", CLAMP (places, 1, 9));
  g_ascii_formatd (buffer, sizeof buffer, format, value);
  length = strlen (buffer);
  while (length > 2 && buffer[length - 1] == '0' && buffer[length - 2] != '.')
    buffer[--length] = '\0';
  g_string_append (self->text, g_str_equal (buffer, "-0.0") ? "0.0" : buffer);
}

/**
 * trestle_practice_json_raw:
 * @self: a writer
 * @name: (nullable): the member's name
 * @json: its value, already JSON
 */
void
trestle_practice_json_raw (TrestlePracticeJson *self, const char *name, const char *json)
{
  begin (self, name);
  g_string_append (self->text, json);
}

/**
 * trestle_practice_json_line:
 * @self: a writer
 *
 * Ends a line of JSON Lines; the next value stands by itself.
 */
void
trestle_practice_json_line (TrestlePracticeJson *self)
{
  g_string_append_c (self->text, '\n');
  self->comma = FALSE;
}
