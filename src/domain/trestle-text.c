/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-text.h"

/* A draft has thousands of texts and a few dozen expressions, which are slow to compile. */
gboolean
trestle_text_matches (const char *expression, const char *text)
{
  static GMutex mutex;
  static GHashTable *compiled;
  GRegex *regex;

  g_mutex_lock (&mutex);
  if (compiled == NULL)
    compiled = g_hash_table_new (g_str_hash, g_str_equal);
  regex = g_hash_table_lookup (compiled, expression);
  if (regex == NULL)
    {
      g_autoptr (GError) error = NULL;

      regex = g_regex_new (expression, G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, &error);
      if (regex == NULL)
        g_error ("%s: %s", expression, error->message);
      g_hash_table_insert (compiled, g_strdup (expression), regex);
    }
  g_mutex_unlock (&mutex);
  return g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, NULL);
}
