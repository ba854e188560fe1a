/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-request.h"

#include <math.h>
#include <string.h>

#include "practice/models/trestle-practice-json.h"

/* More than this much text is refused: a model's time must stay bounded. */
#define MAX_TEXT (6 * 1024 * 1024)

/* "image/png" of " Image/PNG; charset=x" */
static char *
bare_type (const char *type, gsize length)
{
  g_autofree char *copy = g_strndup (type, length);
  char *end = strchr (copy, ';');

  if (end != NULL)
    *end = '\0';

  return g_ascii_strdown (g_strstrip (copy), -1);
}

static const char *
match_type (const char *const *types, const char *wanted)
{
  for (guint i = 0; types[i] != NULL; i++)
    {
      gsize main_type = strcspn (types[i], "/") + 1;

      if (g_str_equal (wanted, types[i]) || g_str_equal (wanted, "*/*")
          || (g_str_has_suffix (wanted, "/*") && strlen (wanted) == main_type + 1
              && strncmp (wanted, types[i], main_type) == 0))
        return types[i];
    }

  return NULL;
}

static const char *
choose_type (const char *const *types, const char *wanted)
{
  g_auto (GStrv) parts = NULL;

  if (wanted == NULL || wanted[strspn (wanted, " \t")] == '\0')
    return types[0];

  parts = g_strsplit (wanted, ",", 16);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *bare = bare_type (parts[i], strlen (parts[i]));
      const char *found = match_type (types, bare);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* "min-score=0.5; classes=car,van": names in small letters */
static GHashTable *
parse_attributes (const char *text)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *valid = NULL;
  g_auto (GStrv) parts = NULL;

  if (text == NULL)
    return table;

  valid = g_utf8_make_valid (text, strnlen (text, 4096));
  parts = g_strsplit (valid, ";", 64);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      g_hash_table_replace (table, g_ascii_strdown (g_strstrip (parts[i]), -1),
                            g_strdup (g_strstrip (equals + 1)));
    }

  return table;
}

static void
log_access (TrestlePracticeRequest *self, int status, gsize size)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%d/%b/%Y:%H:%M:%S +0000");

  trestle_practice_request_log (
      self,
      "169.254.178.2 - - [%s] \"POST /invocations HTTP/1.1\" %d %" G_GSIZE_FORMAT
      " \"-\" \"AHC/2.0\"",
      stamp, status, size);
}

/**
 * trestle_practice_request_run:
 * @model: who is asked
 * @engine: what computes the answer once the content types are settled
 * @body: the request's body
 * @content_type: (nullable): its content type
 * @accept: (nullable): the content type wanted
 * @attributes: (nullable): custom attributes, `name=value; name=value`
 * @log_lines: (out) (optional): the container's log lines
 *
 * The frame that all models share: settles content types (415, 406), refuses an empty body (400),
 * runs @engine, and ends the log with the access line of the container's web server.
 *
 * Returns: (transfer full): the answer
 */
TrestlePracticeAnswer *
trestle_practice_request_run (const TrestlePracticeModel *model,
                              TrestlePracticeEngine engine,
                              GBytes *body,
                              const char *content_type,
                              const char *accept,
                              const char *attributes,
                              GStrv *log_lines)
{
  TrestlePracticeRequest self = { .model = model };
  g_autoptr (TrestlePracticeAnswer) answer = NULL;
  g_autoptr (GStrvBuilder) log = g_strv_builder_new ();
  g_autoptr (GHashTable) table = parse_attributes (attributes);

  self.data = body != NULL ? g_bytes_get_data (body, &self.size) : NULL;
  self.type = choose_type (model->content_types, content_type);
  self.accept = choose_type (model->accepts, accept);
  self.any_accept = accept == NULL || accept[strspn (accept, " \t")] == '\0'
                    || strstr (accept, "*/*") != NULL;
  self.attributes = table;
  self.log = log;

  if (self.type == NULL)
    {
      g_autofree char *types = g_strjoinv (", ", (char **) model->content_types);

      answer = trestle_practice_request_error (
          &self, 415, "content type %.100s is not supported; send %s", content_type, types);
    }
  else if (self.accept == NULL)
    {
      g_autofree char *types = g_strjoinv (", ", (char **) model->accepts);

      answer = trestle_practice_request_error (&self, 406, "cannot answer with %.100s; accept %s",
                                               accept, types);
    }
  else if (self.size == 0)
    answer = trestle_practice_request_error (&self, 400, "the body is empty");
  else
    answer = engine (&self);

  log_access (&self, answer->status, g_bytes_get_size (answer->body));
  if (log_lines != NULL)
    *log_lines = g_strv_builder_end (log);

  return g_steal_pointer (&answer);
}

/**
 * trestle_practice_request_log:
 * @self: a request
 * @format: a printf() format
 * @...: its arguments
 *
 * Adds a line to what the container logs.
 */
void
trestle_practice_request_log (TrestlePracticeRequest *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);

  /* What was sent may be quoted in the line: one event stays one line of valid UTF-8. */
  g_strdelimit (line, "\r\n", ' ');
  g_strv_builder_take (self->log, g_utf8_make_valid (line, -1));
}

/**
 * trestle_practice_request_error:
 * @self: a request
 * @status: an HTTP status, 4xx or 5xx
 * @format: a printf() format of a sentence for people
 * @...: its arguments
 *
 * Logs the sentence and makes it an answer.
 *
 * Returns: (transfer full): the answer `{"error":"…"}`
 */
TrestlePracticeAnswer *
trestle_practice_request_error (TrestlePracticeRequest *self, int status, const char *format, ...)
{
  g_autoptr (TrestlePracticeJson) json = trestle_practice_json_new ();
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  trestle_practice_request_log (self, "[ERROR] %s: %s", self->model->id, message);

  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_string (json, "error", message);
  trestle_practice_json_close (json, '}');

  return trestle_practice_answer_new (status, trestle_practice_json_end (json), "application/json");
}

/**
 * trestle_practice_request_attribute:
 * @self: a request
 * @name: a custom attribute's name, in small letters
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
trestle_practice_request_attribute (TrestlePracticeRequest *self, const char *name)
{
  return g_hash_table_lookup (self->attributes, name);
}

/**
 * trestle_practice_request_choice:
 * @self: a request
 * @name: a custom attribute's name
 * @values: what it may be, %NULL-terminated
 * @chosen: (inout): the default; the index of the attribute's value on return if it is there
 * @error: (out): a 400 answer where the attribute is none of @values
 *
 * Returns: %FALSE if @error was set
 */
gboolean
trestle_practice_request_choice (TrestlePracticeRequest *self,
                                 const char *name,
                                 const char *const *values,
                                 guint *chosen,
                                 TrestlePracticeAnswer **error)
{
  const char *text = trestle_practice_request_attribute (self, name);
  g_autofree char *joined = NULL;

  if (text == NULL)
    return TRUE;

  for (guint i = 0; values[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (values[i], text) == 0)
        {
          *chosen = i;
          return TRUE;
        }
    }

  joined = g_strjoinv (", ", (char **) values);
  *error = trestle_practice_request_error (self, 400, "custom attribute %s: %.40s is none of %s",
                                           name, text, joined);

  return FALSE;
}

/**
 * trestle_practice_request_number:
 * @self: a request
 * @name: a custom attribute's name
 * @lowest: the lowest value allowed
 * @highest: the highest value allowed
 * @value: (inout): the default; the attribute's value on return if it is there
 * @error: (out): a 400 answer where the attribute is not a number in range
 *
 * Returns: %FALSE if @error was set
 */
gboolean
trestle_practice_request_number (TrestlePracticeRequest *self,
                                 const char *name,
                                 double lowest,
                                 double highest,
                                 double *value,
                                 TrestlePracticeAnswer **error)
{
  const char *text = trestle_practice_request_attribute (self, name);
  char *end = NULL;
  double number;

  if (text == NULL)
    return TRUE;

  number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (number) || number < lowest || number > highest)
    {
      *error = trestle_practice_request_error (self, 400,
                                               "custom attribute %s: %.40s is not a number "
                                               "from %g to %g",
                                               name, text, lowest, highest);
      return FALSE;
    }

  *value = number;

  return TRUE;
}

/**
 * trestle_practice_request_text:
 * @self: a request
 * @error: (out): a 400 or 422 answer where the body is not text
 *
 * Returns: (transfer full) (nullable): the body as UTF-8 without a byte order mark,
 *   %NULL if @error was set
 */
char *
trestle_practice_request_text (TrestlePracticeRequest *self, TrestlePracticeAnswer **error)
{
  const char *data = (const char *) self->data;
  gsize size = self->size;
  const char *end;

  if (size > MAX_TEXT)
    {
      *error = trestle_practice_request_error (self, 422,
                                               "%" G_GSIZE_FORMAT
                                               " bytes of text are more than the %d this model "
                                               "takes at once",
                                               size, MAX_TEXT);
      return NULL;
    }

  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }

  if (!g_utf8_validate_len (data, size, &end))
    {
      *error = trestle_practice_request_error (
          self, 400, "the body is not UTF-8 text (byte %" G_GSIZE_FORMAT ")",
          (gsize) (end - (const char *) self->data));
      return NULL;
    }

  return g_strndup (data, size);
}
