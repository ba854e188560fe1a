/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <string.h>

#include "aws/trestle-aws-signer-private.h"

/* Headers that proxies and libraries change on the way. */
static const char *const unsigned_headers[] = {
  "authorization", "connection",        "expect",  "keep-alive", "proxy-connection", "te",
  "trailer",       "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",  NULL,
};

static void
append_encoded (GString *out, const char *text, gsize length, gboolean slash)
{
  static const char digits[] = "0123456789ABCDEF";

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];

      if (g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.' || c == '~'
          || (c == '/' && !slash))
        g_string_append_c (out, (char) c);
      else
        {
          g_string_append_c (out, '%');
          g_string_append_c (out, digits[c >> 4]);
          g_string_append_c (out, digits[c & 15]);
        }
    }
}

char *
trestle_aws_uri_encode (const char *text, gboolean slash)
{
  gsize length = strlen (text);
  GString *out = g_string_sized_new (length + 16);

  append_encoded (out, text, length, slash);
  return g_string_free_and_steal (out);
}

/* Decodes %XX; what is no escape stays. Unlike g_uri_unescape_segment() it takes any byte. */
static void
append_decoded (GString *out, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '%' && i + 2 < length && g_ascii_isxdigit (text[i + 1])
          && g_ascii_isxdigit (text[i + 2]))
        {
          g_string_append_c (out, (char) (g_ascii_xdigit_value (text[i + 1]) << 4
                                          | g_ascii_xdigit_value (text[i + 2])));
          i += 2;
        }
      else
        g_string_append_c (out, text[i]);
    }
}

static char *
reencode (const char *text, gsize length, gboolean slash)
{
  g_autoptr (GString) decoded = g_string_sized_new (length);
  GString *out = g_string_sized_new (length);

  append_decoded (decoded, text, length);
  append_encoded (out, decoded->str, decoded->len, slash);
  return g_string_free_and_steal (out);
}

/* Resolves "." and "..", and drops doubled slashes; a slash at the end stays. */
static char *
normalize_path (const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  GString *out = g_string_new (NULL);
  const char *last = "";

  for (guint i = 0; segments[i] != NULL; i++)
    {
      last = segments[i];
      if (g_str_equal (last, "..") && kept->len > 0)
        g_ptr_array_set_size (kept, (int) kept->len - 1);
      else if (*last != '\0' && !g_str_equal (last, ".") && !g_str_equal (last, ".."))
        g_ptr_array_add (kept, segments[i]);
    }

  for (guint i = 0; i < kept->len; i++)
    {
      g_string_append_c (out, '/');
      g_string_append (out, g_ptr_array_index (kept, i));
    }
  if (out->len == 0 || *last == '\0')
    g_string_append_c (out, '/');
  return g_string_free_and_steal (out);
}

char *
trestle_aws_canonical_path (const char *path, gboolean normalize, gboolean double_encode)
{
  g_autofree char *normal = normalize ? normalize_path (path) : NULL;

  if (normalize)
    path = normal;
  if (*path == '\0')
    path = "/";

  return double_encode ? trestle_aws_uri_encode (path, FALSE)
                       : reencode (path, strlen (path), FALSE);
}

typedef struct
{
  char *name;
  char *value;
} Pair;

static void
pair_clear (Pair *self)
{
  g_free (self->name);
  g_free (self->value);
}

static int
pair_compare (gconstpointer a, gconstpointer b)
{
  const Pair *left = a;
  const Pair *right = b;
  int order = strcmp (left->name, right->name);

  return order != 0 ? order : strcmp (left->value, right->value);
}

/* The next "name=value" of @query; FALSE at the end. */
static gboolean
next_pair (const char **query,
           const char **name,
           gsize *name_length,
           const char **value,
           gsize *value_length)
{
  while (*query != NULL && **query == '&')
    (*query)++;
  if (*query == NULL || **query == '\0')
    return FALSE;

  *name = *query;
  *query += strcspn (*query, "&");
  *name_length = (gsize) (*query - *name);
  *value = memchr (*name, '=', *name_length);
  if (*value == NULL)
    {
      *value = *query;
      *value_length = 0;
      return TRUE;
    }
  *name_length = (gsize) (*value - *name);
  (*value)++;
  *value_length = (gsize) (*query - *value);
  return TRUE;
}

char *
trestle_aws_canonical_query (const char *query, const char *skip)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  GString *out = g_string_new (NULL);
  const char *name;
  const char *value;
  gsize name_length;
  gsize value_length;

  g_array_set_clear_func (pairs, (GDestroyNotify) pair_clear);
  while (next_pair (&query, &name, &name_length, &value, &value_length))
    {
      Pair pair = { reencode (name, name_length, TRUE), reencode (value, value_length, TRUE) };

      if (skip != NULL && g_str_equal (pair.name, skip))
        pair_clear (&pair);
      else
        g_array_append_val (pairs, pair);
    }

  g_array_sort (pairs, pair_compare);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);

      if (i > 0)
        g_string_append_c (out, '&');
      g_string_append (out, pair->name);
      g_string_append_c (out, '=');
      g_string_append (out, pair->value);
    }
  return g_string_free_and_steal (out);
}

char *
trestle_aws_query_get (const char *query, const char *name)
{
  const char *at;
  const char *value;
  gsize at_length;
  gsize value_length;

  while (next_pair (&query, &at, &at_length, &value, &value_length))
    {
      g_autoptr (GString) decoded = g_string_new (NULL);

      append_decoded (decoded, at, at_length);
      if (!g_str_equal (decoded->str, name))
        continue;
      g_string_truncate (decoded, 0);
      append_decoded (decoded, value, value_length);
      return g_strdup (decoded->str);
    }

  return NULL;
}

/* Trimmed, every run of white space a single space: so folded lines become one. */
static void
append_header_value (GString *out, const char *value)
{
  gboolean gap = FALSE;
  gsize start = out->len;

  for (; *value != '\0'; value++)
    {
      if (g_ascii_isspace (*value))
        {
          gap = out->len > start;
          continue;
        }
      if (gap)
        g_string_append_c (out, ' ');
      gap = FALSE;
      g_string_append_c (out, *value);
    }
}

static int
name_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
trestle_aws_names_to_sign (GArray *headers)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (headers->len + 1, g_free, TRUE);

  for (guint i = 0; i < headers->len; i++)
    {
      const TrestleAwsHeader *header = &g_array_index (headers, TrestleAwsHeader, i);
      g_autofree char *name = g_ascii_strdown (header->name, -1);

      if (!g_strv_contains (unsigned_headers, name)
          && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }

  g_ptr_array_sort (names, name_compare);
  return (char **) g_ptr_array_steal (names, NULL);
}

char *
trestle_aws_canonical_request (const TrestleAwsSignable *signable,
                               const char *path,
                               const char *query,
                               const char *const *names)
{
  g_autofree char *joined = g_strjoinv (";", (char **) names);
  GString *out = g_string_sized_new (512);

  g_string_append (out, signable->method);
  g_string_append_c (out, '\n');
  g_string_append (out, path);
  g_string_append_c (out, '\n');
  g_string_append (out, query);
  g_string_append_c (out, '\n');
  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean first = TRUE;

      g_string_append (out, names[i]);
      g_string_append_c (out, ':');
      for (guint j = 0; j < signable->headers->len; j++)
        {
          const TrestleAwsHeader *header = &g_array_index (signable->headers, TrestleAwsHeader, j);

          if (g_ascii_strcasecmp (header->name, names[i]) != 0)
            continue;
          if (!first)
            g_string_append_c (out, ',');
          first = FALSE;
          append_header_value (out, header->value);
        }
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
  g_string_append (out, joined);
  g_string_append_c (out, '\n');
  g_string_append (out, signable->payload_hash);
  return g_string_free_and_steal (out);
}
