/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-text.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define HEAD_PARTS 3

static const char *const level_words[] = { "TRACE",   "DEBUG", "INFO",  "NOTICE",  "WARN",
                                           "WARNING", "ERROR", "FATAL", "CRITICAL" };

static gboolean
is_level (const char *word, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (level_words); i++)
    if (strlen (level_words[i]) == length
        && g_ascii_strncasecmp (level_words[i], word, length) == 0)
      return TRUE;
  return FALSE;
}

/* Returns: bytes of "2026-08-07 10:20:30,123+00:00" at @p, 0 when there is none */
static gsize
date_length (const char *p, const char *end)
{
  static const char shape[] = "dddd-dd-dd dd:dd:dd";
  const char *begin = p;

  for (const char *s = shape; *s != '\0'; s++, p++)
    if (p >= end
        || !(*s == 'd'   ? g_ascii_isdigit (*p)
             : *s == ' ' ? *p == ' ' || *p == 'T'
             : *s == '-' ? *p == '-' || *p == '/'
                         : *p == *s))
      return 0;
  while (p < end && (g_ascii_isdigit (*p) || *p == '.' || *p == ','))
    p++;
  if (p < end && *p == 'Z')
    return p + 1 - begin;
  if (end - p >= 5 && p[0] == ' ' && (p[1] == '+' || p[1] == '-') && g_ascii_isdigit (p[2]))
    p++;
  if (end - p >= 5 && (*p == '+' || *p == '-') && g_ascii_isdigit (p[1]))
    for (p++; p < end && (g_ascii_isdigit (*p) || *p == ':'); p++)
      ;
  return p - begin;
}

/* Returns: bytes of a level's word at @p with what ends it, 0 when there is none */
static gsize
level_length (const char *p, const char *end)
{
  gsize n = 0;

  while (p + n < end && g_ascii_isupper (p[n]))
    n++;
  if (n == 0 || !is_level (p, n))
    return 0;
  if (p + n < end && p[n] == ':')
    return n + 1;
  return p + n < end && p[n] == ' ' ? n : 0;
}

static gsize
part_length (const char *p, const char *end)
{
  const char *close;
  gsize n;

  if (p >= end)
    return 0;
  if (*p != '[')
    {
      n = date_length (p, end);
      return n > 0 ? n : level_length (p, end);
    }
  close = memchr (p, ']', MIN (end - p, 48));
  if (close == NULL)
    return 0;
  if (is_level (p + 1, close - p - 1) || date_length (p + 1, close) > 0)
    return close + 1 - p;
  return 0;
}

/* Returns: bytes before the quoted request of an access log's line, `host - - [date] "GET`, 0 for others */
static gsize
access_length (const char *text, const char *end)
{
  const char *p = text;
  guint dashes = 0;

  while (p < end && (g_ascii_isalnum (*p) || *p == '.' || *p == ':'))
    p++;
  for (; dashes < 2 && end - p >= 3 && p[0] == ' ' && p[1] == '-' && p[2] == ' '; dashes++)
    p += 2;
  if (p == text || dashes == 0)
    return 0;
  if (end - p >= 2 && p[0] == ' ' && p[1] == '[')
    {
      const char *close = memchr (p, ']', MIN (end - p, 48));

      if (close == NULL)
        return 0;
      p = close + 1;
    }
  return end - p >= 2 && p[0] == ' ' && p[1] == '"' ? (gsize) (p + 1 - text) : 0;
}

gsize
trestle_log_text_skip_head (const char *text, gsize length)
{
  const char *end = text + length;
  const char *p = text + access_length (text, end);

  for (guint i = 0; i < HEAD_PARTS; i++)
    {
      const char *next = p;
      gsize n;

      while (next < end && *next == ' ')
        next++;
      n = part_length (next, end);
      if (n == 0)
        break;
      p = next + n;
      next = p;
      while (next < end && *next == ' ')
        next++;
      /* Python's "time - level - text" */
      if (end - next >= 2 && next[0] == '-' && next[1] == ' ')
        p = next + 1;
    }
  while (p < end && g_ascii_isspace (*p))
    p++;
  return p < end ? (gsize) (p - text) : 0;
}

char *
trestle_log_text_dup_row (const char *text, gsize length, gsize max_length)
{
  gsize head = trestle_log_text_skip_head (text, length);
  gsize n = length - head;
  char *row;

  if (n > max_length)
    {
      const char *cut = g_utf8_find_prev_char (text + head, text + head + max_length + 1);

      n = cut != NULL ? (gsize) (cut - text - head) : 0;
    }
  row = g_strndup (text + head, n);
  for (char *p = row; *p != '\0'; p++)
    if ((guchar) *p < ' ' || *p == 0x7f)
      *p = ' ';
  return row;
}

char *
trestle_log_text_dup_pretty (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (JsonGenerator) generator = NULL;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;
  generator = json_generator_new ();
  json_generator_set_root (generator, json_parser_get_root (parser));
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, NULL);
}

static gboolean
is_uuid (const char *p)
{
  for (guint i = 0; i < 36; i++)
    if (i == 8 || i == 13 || i == 18 || i == 23 ? p[i] != '-' : !g_ascii_isxdigit (p[i]))
      return FALSE;
  return !g_ascii_isalnum (p[36]);
}

char *
trestle_log_text_dup_request (const char *text)
{
  static const char *const keys[] = { "request_id",   "requestid",   "request-id",
                                      "inference-id", "inferenceid", "id=" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gsize n = strlen (keys[i]);

      for (const char *p = text; *p != '\0'; p++)
        {
          gsize length;

          if (g_ascii_strncasecmp (p, keys[i], n) != 0 || (p > text && g_ascii_isalnum (p[-1])))
            continue;
          p += n;
          p += strspn (p, "\"'=: ");
          length = strspn (p, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
          if (length >= 6)
            return g_strndup (p, length);
          if (*p == '\0')
            break;
        }
    }
  for (const char *p = text; *p != '\0'; p++)
    if ((p == text || !g_ascii_isalnum (p[-1])) && strnlen (p, 36) == 36 && is_uuid (p))
      return g_strndup (p, 36);
  return NULL;
}

static guint
status_at (const char *p)
{
  p += strspn (p, "\"=: ");
  if (*p >= '1' && *p <= '5' && g_ascii_isdigit (p[1]) && g_ascii_isdigit (p[2])
      && !g_ascii_isalnum (p[3]) && p[3] != '.')
    return (*p - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
  return 0;
}

guint
trestle_log_text_get_status (const char *text)
{
  static const char *const keys[] = { "HTTP/1.1",   "HTTP/1.0",        "HTTP/2",
                                      "\"status\"", "\"status_code\"", "status=" };
  static const char *const methods[] = { "POST /", "GET /" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *p = strstr (text, keys[i]);
      guint status = p != NULL ? status_at (p + strlen (keys[i])) : 0;

      if (status > 0)
        return status;
    }
  /* "POST /invocations 400 …" */
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      const char *p = strstr (text, methods[i]);

      if (p == NULL)
        continue;
      p += strlen (methods[i]);
      p += strcspn (p, " \n");
      if (*p == ' ' && status_at (p + 1) > 0)
        return status_at (p + 1);
    }
  return 0;
}
