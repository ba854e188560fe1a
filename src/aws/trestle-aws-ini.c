/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-ini.h"

#include <string.h>

#include "aws/trestle-aws-error.h"

struct _TrestleAwsIni
{
  char *path;
  TrestleAwsIniKind kind;
  GHashTable *sections; /* "profile\nNAME" → (key or "block\nkey" → value) */
  GPtrArray *order;     /* the keys of sections, borrowed */
};

/* Where the reader stands. */
typedef struct
{
  TrestleAwsIni *ini;
  guint line;
  GHashTable *section; /* NULL before the first and in one that is passed over */
  gboolean in_section;
  char *key; /* the last one, for the indented lines after it */
  gboolean block;
} Reader;

static GError *
line_error (TrestleAwsIni *self, guint line, const char *reason)
{
  return trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL, "%s, line %u: %s", self->path, line,
                                reason);
}

static char *
section_id (const char *type, const char *name)
{
  return g_strdup_printf ("%s\n%s", type, name);
}

/* "profile \"my work\"" → "profile\nmy work"; NULL for what is none of the known kinds. */
static char *
canonical_section (TrestleAwsIni *self, const char *header)
{
  g_auto (GStrv) words = NULL;
  int n_words;

  if (self->kind == TRESTLE_AWS_INI_CREDENTIALS)
    return section_id ("profile", header);
  if (g_str_equal (header, "default"))
    return section_id ("default", "default");
  if (!g_shell_parse_argv (header, &n_words, &words, NULL) || n_words != 2)
    return NULL;
  if (g_str_equal (words[0], "profile") || g_str_equal (words[0], "services")
      || g_str_equal (words[0], "sso-session"))
    return section_id (words[0], words[1]);
  return NULL;
}

static gboolean
read_section (Reader *at, char *text, GError **error)
{
  char *end = strrchr (text, ']');
  g_autofree char *id = NULL;

  g_clear_pointer (&at->key, g_free);
  if (end == NULL || end == text + 1)
    {
      g_propagate_error (error, line_error (at->ini, at->line, "a section without its bracket"));
      return FALSE;
    }
  *end = '\0';
  at->in_section = TRUE;
  id = canonical_section (at->ini, g_strstrip (text + 1));
  at->section = id ? g_hash_table_lookup (at->ini->sections, id) : NULL;
  if (id != NULL && at->section != NULL)
    g_warning ("%s, line %u: a section appears twice; both count", at->ini->path, at->line);
  if (id != NULL && at->section == NULL)
    {
      at->section = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_ptr_array_add (at->ini->order, id);
      g_hash_table_insert (at->ini->sections, g_steal_pointer (&id), at->section);
    }
  return TRUE;
}

/* Parts "key = value" in place; FALSE where there is no key or no delimiter. */
static gboolean
part (char *text, char **key, char **value)
{
  char *delimiter = strpbrk (text, "=:");

  if (delimiter == NULL)
    return FALSE;
  *delimiter = '\0';
  *key = g_strstrip (text);
  *value = g_strstrip (delimiter + 1);
  return **key != '\0';
}

static void
keep (Reader *at, char *key, const char *value)
{
  g_autofree char *owned = key;

  if (at->section == NULL)
    return;
  if (!g_hash_table_replace (at->section, g_steal_pointer (&owned), g_strdup (value)))
    g_warning ("%s, line %u: a setting appears twice; the last one counts", at->ini->path,
               at->line);
}

static gboolean
read_setting (Reader *at, char *text, GError **error)
{
  char *key, *value;

  if (!at->in_section)
    {
      g_propagate_error (error, line_error (at->ini, at->line, "a setting before any section"));
      return FALSE;
    }
  if (!part (text, &key, &value))
    {
      g_propagate_error (error, line_error (at->ini, at->line, "not of the form “key = value”"));
      return FALSE;
    }
  g_free (at->key);
  at->key = g_ascii_strdown (key, -1);
  at->block = *value == '\0';
  keep (at, g_strdup (at->key), value);
  return TRUE;
}

static gboolean
read_indented (Reader *at, char *text, GError **error)
{
  char *key, *value;

  if (at->block)
    {
      g_autofree char *folded = NULL;

      if (!part (text, &key, &value))
        {
          g_propagate_error (error, line_error (at->ini, at->line,
                                                "not of the form “key = value” inside a block"));
          return FALSE;
        }
      folded = g_ascii_strdown (key, -1);
      keep (at, g_strdup_printf ("%s\n%s", at->key, folded), value);
      return TRUE;
    }
  if (at->section != NULL)
    {
      const char *before = g_hash_table_lookup (at->section, at->key);

      g_hash_table_replace (at->section, g_strdup (at->key),
                            g_strconcat (before, "\n", g_strstrip (text), NULL));
    }
  return TRUE;
}

static gboolean
read_line (Reader *at, char *line, GError **error)
{
  char *text = line + strspn (line, " \t");

  g_strchomp (line);
  if (*text == '\0' || *text == '#' || *text == ';')
    return TRUE;
  if (text > line && at->key != NULL)
    return read_indented (at, text, error);
  if (*text == '[')
    return read_section (at, text, error);
  return read_setting (at, text, error);
}

TrestleAwsIni *
trestle_aws_ini_parse (const char *text, const char *path, TrestleAwsIniKind kind, GError **error)
{
  g_autoptr (TrestleAwsIni) self = g_new0 (TrestleAwsIni, 1);
  g_auto (GStrv) lines = NULL;
  Reader at = { .ini = self };
  gboolean ok = TRUE;

  self->path = g_strdup (path);
  self->kind = kind;
  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_hash_table_unref);
  self->order = g_ptr_array_new ();
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; ok && lines[i] != NULL; i++)
    {
      at.line = i + 1;
      if (!g_utf8_validate (lines[i], -1, NULL))
        {
          g_propagate_error (error, line_error (self, at.line, "not UTF-8 text"));
          ok = FALSE;
        }
      ok = ok && read_line (&at, lines[i], error);
    }
  g_free (at.key);
  return ok ? g_steal_pointer (&self) : NULL;
}

TrestleAwsIni *
trestle_aws_ini_load (const char *path, TrestleAwsIniKind kind, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, &reason))
    return trestle_aws_ini_parse (text, path, kind, error);
  if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT)
      || g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    return trestle_aws_ini_parse ("", path, kind, error);
  g_propagate_error (error, trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL,
                                                   "The configuration cannot be read: %s",
                                                   reason->message));
  return NULL;
}

void
trestle_aws_ini_free (TrestleAwsIni *self)
{
  g_free (self->path);
  g_hash_table_unref (self->sections);
  g_ptr_array_unref (self->order);
  g_free (self);
}

const char *
trestle_aws_ini_get_path (TrestleAwsIni *self)
{
  return self->path;
}

static GHashTable *
find_section (TrestleAwsIni *self, const char *type, const char *name)
{
  g_autofree char *id = section_id (type, name);
  GHashTable *found = g_hash_table_lookup (self->sections, id);

  /* [default] is the old way to write [profile default], which wins where both are there. */
  if (found == NULL && g_str_equal (type, "profile") && g_str_equal (name, "default"))
    found = g_hash_table_lookup (self->sections, "default\ndefault");
  return found;
}

gboolean
trestle_aws_ini_has (TrestleAwsIni *self, const char *type, const char *name)
{
  return find_section (self, type, name) != NULL;
}

const char *
trestle_aws_ini_get (TrestleAwsIni *self,
                     const char *type,
                     const char *name,
                     const char *block,
                     const char *key)
{
  GHashTable *section = find_section (self, type, name);
  g_autofree char *path = block ? g_strdup_printf ("%s\n%s", block, key) : NULL;

  return section ? g_hash_table_lookup (section, path ? path : key) : NULL;
}

char **
trestle_aws_ini_list (TrestleAwsIni *self, const char *type)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  gboolean default_listed = FALSE;

  for (guint i = 0; i < self->order->len; i++)
    {
      const char *id = g_ptr_array_index (self->order, i);
      const char *name = strchr (id, '\n') + 1;
      gboolean is_default = g_str_equal (id, "default\ndefault");

      if (!(is_default && g_str_equal (type, "profile"))
          && !(g_str_has_prefix (id, type) && id[strlen (type)] == '\n'))
        continue;
      if (g_str_equal (name, "default"))
        {
          if (default_listed)
            continue;
          default_listed = TRUE;
        }
      g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}
