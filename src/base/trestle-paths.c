/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-paths.h"

static char *
below (const char *root, const char *name)
{
  g_autofree char *folder = g_build_filename (root, "trestle", NULL);

  g_mkdir_with_parents (folder, 0700);
  return name ? g_build_filename (folder, name, NULL) : g_steal_pointer (&folder);
}

char *
trestle_paths_data (const char *name)
{
  return below (g_get_user_data_dir (), name);
}

char *
trestle_paths_cache (const char *name)
{
  return below (g_get_user_cache_dir (), name);
}

char *
trestle_slug (const char *title)
{
  g_autofree char *ascii = g_str_to_ascii (title, "C");
  GString *slug = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (slug, g_ascii_tolower (*p));
      else if (slug->len > 0 && slug->str[slug->len - 1] != '-' && *p != '\'')
        g_string_append_c (slug, '-');
    }
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  return g_string_free (slug, FALSE);
}
