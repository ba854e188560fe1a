/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-media"

#include "media/trestle-content-type.h"

#include <gio/gio.h>
#include <string.h>

/* The first type of a row is the one that endpoints name; the others mean the same. */
static const struct
{
  TrestleContentFamily family;
  const char *extension;
  const char *types[5];
} rows[] = {
  { TRESTLE_CONTENT_TABLE, "csv", { "text/csv", "application/csv", "text/x-csv" } },
  { TRESTLE_CONTENT_JSON, "json", { "application/json", "text/json", "application/x-json" } },
  { TRESTLE_CONTENT_JSON,
    "jsonl",
    { "application/jsonlines", "application/x-jsonlines", "application/x-ndjson",
      "application/jsonl" } },
  { TRESTLE_CONTENT_TEXT, "txt", { "text/plain" } },
  { TRESTLE_CONTENT_TEXT, "xml", { "application/xml", "text/xml" } },
  { TRESTLE_CONTENT_TEXT, "html", { "text/html" } },
  { TRESTLE_CONTENT_TEXT, "md", { "text/markdown" } },
  { TRESTLE_CONTENT_PICTURE, "png", { "image/png", "image/x-png" } },
  { TRESTLE_CONTENT_PICTURE, "jpg", { "image/jpeg", "image/jpg", "image/pjpeg" } },
  { TRESTLE_CONTENT_PICTURE, "gif", { "image/gif" } },
  { TRESTLE_CONTENT_PICTURE, "webp", { "image/webp" } },
  { TRESTLE_CONTENT_PICTURE, "tif", { "image/tiff" } },
  { TRESTLE_CONTENT_PICTURE, "bmp", { "image/bmp", "image/x-bmp", "image/x-ms-bmp" } },
  { TRESTLE_CONTENT_SOUND, "wav", { "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" } },
  { TRESTLE_CONTENT_SOUND, "mp3", { "audio/mpeg", "audio/mp3" } },
  { TRESTLE_CONTENT_SOUND, "flac", { "audio/flac", "audio/x-flac" } },
  { TRESTLE_CONTENT_SOUND,
    "ogg",
    { "audio/ogg", "audio/vorbis", "application/ogg", "audio/x-vorbis+ogg" } },
  { TRESTLE_CONTENT_SOUND, "m4a", { "audio/mp4", "audio/x-m4a" } },
  { TRESTLE_CONTENT_VIDEO, "mp4", { "video/mp4" } },
  { TRESTLE_CONTENT_VIDEO, "webm", { "video/webm" } },
  { TRESTLE_CONTENT_BINARY, "npy", { "application/x-npy" } },
  { TRESTLE_CONTENT_BINARY, "pdf", { "application/pdf" } },
  { TRESTLE_CONTENT_BINARY,
    "parquet",
    { "application/x-parquet", "application/vnd.apache.parquet" } },
  { TRESTLE_CONTENT_BINARY, "bin", { "application/octet-stream", "application/x-binary" } },
};

/* A type without parameters, in small letters. */
static char *
bare (const char *type)
{
  g_autofree char *head = g_strndup (type, strcspn (type, ";"));

  g_strstrip (head);
  return g_ascii_strdown (head, -1);
}

static int
row_of (const char *type)
{
  g_autofree char *name = type ? bare (type) : NULL;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (rows); i++)
    for (guint j = 0; j < G_N_ELEMENTS (rows[i].types) && rows[i].types[j] != NULL; j++)
      if (strcmp (rows[i].types[j], name) == 0)
        return (int) i;
  return -1;
}

static gboolean
looks_like_json (const char *text, gsize length, gboolean *lines)
{
  const char *newline;

  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  if (length == 0 || (*text != '{' && *text != '['))
    return FALSE;
  newline = memchr (text, '\n', length);
  *lines = *text == '{' && newline != NULL && newline > text && newline[-1] == '}'
           && newline + 1 < text + length && newline[1] == '{';
  return TRUE;
}

/* Two lines or more with the same number of commas outside quotes, and at least one. */
static gboolean
looks_like_csv (const char *text, gsize length)
{
  int commas = 0, first = -1;
  int count = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      quoted ^= text[i] == '"';
      commas += text[i] == ',' && !quoted;
      if (text[i] == '\n' && !quoted)
        {
          if (first < 0)
            first = commas;
          if (commas != first)
            return FALSE;
          commas = 0;
          count++;
        }
    }
  return first > 0 && count > 0;
}

char *
trestle_content_type_guess (const char *name, GBytes *head)
{
  const char *dot = name ? strrchr (name, '.') : NULL;
  gsize length = 0;
  const char *data = head ? g_bytes_get_data (head, &length) : NULL;
  g_autofree char *content = NULL;
  g_autofree char *mime = NULL;
  gboolean uncertain, lines = FALSE, text;
  int row;

  if (dot != NULL)
    {
      g_autofree char *extension = g_ascii_strdown (dot + 1, -1);

      if (strcmp (extension, "ndjson") == 0)
        return g_strdup ("application/jsonlines");
      if (strcmp (extension, "jpeg") == 0)
        return g_strdup ("image/jpeg");
      if (strcmp (extension, "tiff") == 0)
        return g_strdup ("image/tiff");
      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        if (strcmp (rows[i].extension, extension) == 0)
          return g_strdup (rows[i].types[0]);
    }

  if (data == NULL || length == 0)
    return g_strdup ("application/octet-stream");
  text = memchr (data, '\0', length) == NULL
         && (g_utf8_validate_len (data, length, NULL) || length >= 4096);
  if (text && looks_like_json (data, length, &lines))
    return g_strdup (lines ? "application/jsonlines" : "application/json");
  if (text && looks_like_csv (data, length))
    return g_strdup ("text/csv");
  content = g_content_type_guess (NULL, (const guchar *) data, length, &uncertain);
  mime = content ? g_content_type_get_mime_type (content) : NULL;
  row = row_of (mime);
  if (row >= 0)
    return g_strdup (rows[row].types[0]);
  if (mime != NULL && !g_str_has_prefix (mime, "application/x-zerosize"))
    return g_steal_pointer (&mime);
  return g_strdup (text ? "text/plain" : "application/octet-stream");
}

char *
trestle_content_type_choose (const char *guess, const char *const *supported)
{
  int row = row_of (guess);
  g_autofree char *name = bare (guess);

  if (supported == NULL || supported[0] == NULL)
    return g_strdup (guess);
  for (guint i = 0; supported[i] != NULL; i++)
    {
      g_autofree char *other = bare (supported[i]);

      if (strcmp (other, name) == 0 || (row >= 0 && row_of (supported[i]) == row))
        return g_strdup (supported[i]);
    }
  for (guint i = 0; supported[i] != NULL; i++)
    {
      g_autofree char *other = bare (supported[i]);
      g_autofree char *family = g_strndup (name, strcspn (name, "/"));

      if (strcmp (other, "*/*") == 0
          || (g_str_has_suffix (other, "/*") && g_str_has_prefix (other, family)))
        return g_strdup (guess);
    }
  return NULL;
}

TrestleContentFamily
trestle_content_type_get_family (const char *type)
{
  int row = row_of (type);
  g_autofree char *name = type ? bare (type) : g_strdup ("");

  if (row >= 0)
    return rows[row].family;
  if (g_str_has_suffix (name, "+json"))
    return TRESTLE_CONTENT_JSON;
  if (g_str_has_prefix (name, "text/") || g_str_has_suffix (name, "+xml"))
    return TRESTLE_CONTENT_TEXT;
  if (g_str_has_prefix (name, "image/"))
    return TRESTLE_CONTENT_PICTURE;
  if (g_str_has_prefix (name, "audio/"))
    return TRESTLE_CONTENT_SOUND;
  if (g_str_has_prefix (name, "video/"))
    return TRESTLE_CONTENT_VIDEO;
  return TRESTLE_CONTENT_BINARY;
}

const char *
trestle_content_type_get_extension (const char *type)
{
  int row = row_of (type);

  if (row >= 0)
    return rows[row].extension;
  switch (trestle_content_type_get_family (type))
    {
    case TRESTLE_CONTENT_JSON:
      return "json";
    case TRESTLE_CONTENT_TEXT:
      return "txt";
    case TRESTLE_CONTENT_TABLE:
      return "csv";
    case TRESTLE_CONTENT_BINARY:
    case TRESTLE_CONTENT_PICTURE:
    case TRESTLE_CONTENT_SOUND:
    case TRESTLE_CONTENT_VIDEO:
    default:
      return "bin";
    }
}
