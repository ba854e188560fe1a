/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-csv.h"

#include <string.h>

#define CHUNK (1024 * 1024)

struct _TrestleCsv
{
  GInputStream *stream;
  char *name;
  char **columns;
  guint n_columns;

  char *data; /* with room for a NUL behind it */
  gsize room;
  gsize begin; /* of the record that is read next */
  gsize end;
  gboolean over;
  guint64 line;
  guint64 next_line;
  guint64 bytes;

  TrestleCsvField fields[TRESTLE_CSV_MAX_FIELDS];
  gboolean escaped[TRESTLE_CSV_MAX_FIELDS];
  guint n_fields;
};

G_DEFINE_QUARK (trestle-csv-error-quark, trestle_csv_error)

enum
{
  PLAIN,
  COMMA,
  NEWLINE,
  RETURN,
  QUOTE,
  CONTROL,
};

static const guint8 classes[256] = {
  [0 ... 8] = CONTROL,   ['\n'] = NEWLINE, [11] = CONTROL, [12] = CONTROL, ['\r'] = RETURN,
  [14 ... 31] = CONTROL, [127] = CONTROL,  [','] = COMMA,  ['"'] = QUOTE,
};

void
trestle_csv_free (TrestleCsv *self)
{
  g_object_unref (self->stream);
  g_strfreev (self->columns);
  g_free (self->name);
  g_free (self->data);
  g_free (self);
}

static void G_GNUC_PRINTF (5, 6)
    set_error (TrestleCsv *self, int code, int column, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  if (column < 0)
    g_set_error (error, TRESTLE_CSV_ERROR, code, "%s, line %" G_GUINT64_FORMAT ": %s", self->name,
                 self->line, what);
  else if ((guint) column < self->n_columns)
    g_set_error (error, TRESTLE_CSV_ERROR, code, "%s, line %" G_GUINT64_FORMAT ", column %s: %s",
                 self->name, self->line, self->columns[column], what);
  else
    g_set_error (error, TRESTLE_CSV_ERROR, code, "%s, line %" G_GUINT64_FORMAT ", column %d: %s",
                 self->name, self->line, column + 1, what);
}

gboolean
trestle_csv_fail (TrestleCsv *self, int column, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  set_error (self, TRESTLE_CSV_ERROR_VALUE, column, error, "%s", what);
  return FALSE;
}

/* Brings more behind what is there; FALSE at the end of the stream or with @error. */
static gboolean
fill (TrestleCsv *self, GError **error)
{
  gssize n;

  if (self->over)
    return FALSE;
  if (self->end - self->begin > TRESTLE_CSV_MAX_RECORD)
    {
      set_error (self, TRESTLE_CSV_ERROR_SIZE, (int) self->n_fields, error,
                 "the record is longer than %d bytes; is a quote left open?",
                 TRESTLE_CSV_MAX_RECORD);
      return FALSE;
    }
  if (self->begin > 0)
    {
      memmove (self->data, self->data + self->begin, self->end - self->begin);
      self->end -= self->begin;
      self->begin = 0;
    }
  if (self->room - self->end < CHUNK)
    {
      self->room = self->end + CHUNK;
      self->data = g_realloc (self->data, self->room + 1);
    }
  n = g_input_stream_read (self->stream, self->data + self->end, self->room - self->end, NULL,
                           error);
  if (n < 0)
    {
      g_prefix_error (error, "%s: ", self->name);
      return FALSE;
    }
  self->over = n == 0;
  self->end += (gsize) n;
  self->bytes += (guint64) n;
  self->data[self->end] = '\0';
  return n > 0;
}

typedef enum
{
  RECORD,
  MORE, /* the record's end has not been read yet */
  WRONG,
} Outcome;

/* What stands at @p is a control character, or the end of what was read. */
static Outcome
stopped (TrestleCsv *self, const char *p, guint field, GError **error)
{
  if (p == self->data + self->end)
    return MORE;
  set_error (self, TRESTLE_CSV_ERROR_SYNTAX, (int) field, error, "control character 0x%02x",
             (guint8) *p);
  return WRONG;
}

/* @p is behind the opening quote; moved behind the closing one. */
static Outcome
read_quoted (TrestleCsv *self, const char **at, guint field, GError **error)
{
  const char *p = *at, *limit = self->data + self->end;

  self->escaped[field] = FALSE;
  for (;; p++)
    {
      guint8 class = classes[(guint8) *p];

      if (class == NEWLINE)
        self->next_line++;
      else if (class == CONTROL)
        return stopped (self, p, field, error);
      else if (class == QUOTE)
        {
          if (p + 1 == limit && !self->over)
            return MORE;
          if (p[1] != '"')
            break;
          self->escaped[field] = TRUE;
          p++;
        }
    }
  self->fields[field].text = *at;
  self->fields[field].length = (gsize) (p - *at);
  *at = p + 1;
  return RECORD;
}

/* One record from the begin; on MORE nothing has happened to what was read. */
static Outcome
read_record (TrestleCsv *self, GError **error)
{
  const char *p = self->data + self->begin;
  const char *limit = self->data + self->end;
  guint n = 0;

  self->next_line = self->line;
  for (;; n++)
    {
      guint8 class = classes[(guint8) *p];

      self->n_fields = n;
      if (G_UNLIKELY (n == TRESTLE_CSV_MAX_FIELDS))
        {
          set_error (self, TRESTLE_CSV_ERROR_SIZE, -1, error, "more than %d fields",
                     TRESTLE_CSV_MAX_FIELDS);
          return WRONG;
        }
      if (class == QUOTE)
        {
          Outcome outcome;

          p++;
          outcome = read_quoted (self, &p, n, error);
          if (outcome != RECORD)
            return outcome;
          class = classes[(guint8) *p];
          if (class == PLAIN || class == QUOTE)
            {
              set_error (self, TRESTLE_CSV_ERROR_SYNTAX, (int) n, error,
                         "text behind the closing quote");
              return WRONG;
            }
        }
      else
        {
          const char *begin = p;

          while (classes[(guint8) *p] == PLAIN)
            p++;
          class = classes[(guint8) *p];
          self->escaped[n] = FALSE;
          self->fields[n].text = begin;
          self->fields[n].length = (gsize) (p - begin);
          if (G_UNLIKELY (class == QUOTE))
            {
              set_error (self, TRESTLE_CSV_ERROR_SYNTAX, (int) n, error,
                         "a quote inside of a field that does not begin with one");
              return WRONG;
            }
        }
      if (class == COMMA)
        {
          p++;
          continue;
        }
      if (class == RETURN)
        {
          if (p + 1 == limit && !self->over)
            return MORE;
          if (p + 1 != limit && p[1] != '\n')
            {
              set_error (self, TRESTLE_CSV_ERROR_SYNTAX, (int) n, error,
                         "a carriage return without a line feed");
              return WRONG;
            }
          p += p + 1 != limit;
        }
      else if (class == CONTROL)
        {
          Outcome outcome = stopped (self, p, n, error);

          if (outcome != MORE || !self->over)
            return outcome;
          p--; /* the last record need not end with a line feed */
        }
      self->n_fields = n + 1;
      self->next_line++;
      self->begin = (gsize) (p + 1 - self->data);
      return RECORD;
    }
}

static void
unescape (TrestleCsvField *field)
{
  char *to = (char *) field->text;

  for (gsize i = 0; i < field->length; i++)
    {
      *to++ = field->text[i];
      if (field->text[i] == '"')
        i++;
    }
  field->length = (gsize) (to - field->text);
}

/* FALSE with @error unset at the end. */
static gboolean
next_record (TrestleCsv *self, GError **error)
{
  for (;;)
    {
      GError *reason = NULL;
      Outcome outcome = WRONG;

      self->line = self->next_line;
      if (self->begin < self->end)
        outcome = read_record (self, &reason);
      else if (fill (self, &reason))
        continue;
      if (reason != NULL)
        {
          g_propagate_error (error, reason);
          return FALSE;
        }
      if (outcome == MORE)
        {
          self->next_line = self->line;
          if (self->over)
            {
              set_error (self, TRESTLE_CSV_ERROR_SYNTAX, (int) self->n_fields, error,
                         "the file ends inside of quotes");
              return FALSE;
            }
          fill (self, &reason);
          if (reason != NULL)
            {
              g_propagate_error (error, reason);
              return FALSE;
            }
          continue;
        }
      if (outcome != RECORD)
        return FALSE;
      if (self->n_fields == 1 && self->fields[0].length == 0)
        continue;
      for (guint i = 0; i < self->n_fields; i++)
        if (G_UNLIKELY (self->escaped[i]))
          unescape (&self->fields[i]);
      return TRUE;
    }
}

static gboolean
read_header (TrestleCsv *self, GError **error)
{
  static const char mark[] = { '\xef', '\xbb', '\xbf' };
  GError *reason = NULL;

  if (!fill (self, &reason) && reason != NULL)
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  if (self->end >= sizeof mark && memcmp (self->data, mark, sizeof mark) == 0)
    self->begin = sizeof mark;
  if (!next_record (self, &reason))
    {
      if (reason == NULL)
        set_error (self, TRESTLE_CSV_ERROR_SYNTAX, -1, &reason,
                   "the file is empty: there is no line with the columns' names");
      g_propagate_error (error, reason);
      return FALSE;
    }
  self->columns = g_new0 (char *, self->n_fields + 1);
  for (guint i = 0; i < self->n_fields; i++)
    {
      self->columns[i] = g_strstrip (g_strndup (self->fields[i].text, self->fields[i].length));
      if (!g_utf8_validate (self->columns[i], -1, NULL))
        {
          set_error (self, TRESTLE_CSV_ERROR_SYNTAX, (int) i, error, "the name is not UTF-8");
          return FALSE;
        }
    }
  self->n_columns = self->n_fields;
  return TRUE;
}

TrestleCsv *
trestle_csv_new (GInputStream *stream, const char *name, GError **error)
{
  g_autoptr (TrestleCsv) self = g_new0 (TrestleCsv, 1);

  self->stream = g_object_ref (stream);
  self->name = g_strdup (name);
  self->line = self->next_line = 1;
  self->data = g_malloc0 (1);
  return read_header (self, error) ? g_steal_pointer (&self) : NULL;
}

const char *const *
trestle_csv_get_columns (TrestleCsv *self)
{
  return (const char *const *) self->columns;
}

int
trestle_csv_find_column (TrestleCsv *self, const char *name)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (g_ascii_strcasecmp (self->columns[i], name) == 0)
      return (int) i;
  return -1;
}

gboolean
trestle_csv_next (TrestleCsv *self, const TrestleCsvField **fields, GError **error)
{
  if (!next_record (self, error))
    return FALSE;
  *fields = self->fields;
  if (G_LIKELY (self->n_fields == self->n_columns))
    return TRUE;
  set_error (self, TRESTLE_CSV_ERROR_SYNTAX, -1, error,
             "the record has %u fields, the first line names %u columns", self->n_fields,
             self->n_columns);
  return FALSE;
}

guint64
trestle_csv_get_line (TrestleCsv *self)
{
  return self->line;
}

guint64
trestle_csv_get_bytes (TrestleCsv *self)
{
  return self->bytes;
}

void
trestle_csv_append (GString *out, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}
