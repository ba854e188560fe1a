/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-draft-path.h"

#include <string.h>

/* More digits than any list has elements, and fewer than overflow. */
#define MOST_DIGITS 9u

static void
clear_step (gpointer data)
{
  TrestleDraftStep *step = data;

  g_free (step->name);
}

static gboolean
parse_index (const char **at, guint *index)
{
  const char *p = *at + 1;
  guint digits = 0;

  *index = 0;
  for (; g_ascii_isdigit (*p); p++)
    {
      if (++digits > MOST_DIGITS)
        return FALSE;
      *index = *index * 10 + (guint) g_ascii_digit_value (*p);
    }
  if (digits == 0 || *p != ']')
    return FALSE;
  *at = p + 1;
  return TRUE;
}

GArray *
trestle_draft_path_parse (const char *path)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (TrestleDraftStep));
  const char *p = path != NULL ? path : "";

  g_array_set_clear_func (steps, clear_step);
  while (*p != '\0')
    {
      TrestleDraftStep step = { 0 };

      if (*p == '[' && steps->len > 0)
        {
          if (!parse_index (&p, &step.index))
            return NULL;
        }
      else
        {
          gsize length;

          if (steps->len > 0 && *p++ != '.')
            return NULL;
          length = strcspn (p, ".[]");
          if (length == 0)
            return NULL;
          step.name = g_strndup (p, length);
          p += length;
        }
      g_array_append_val (steps, step);
    }
  return g_steal_pointer (&steps);
}

char *
trestle_draft_path_join (const char *parent, const char *name)
{
  if (parent == NULL || *parent == '\0')
    return g_strdup (name);
  return g_strconcat (parent, ".", name, NULL);
}

char *
trestle_draft_path_at (const char *list, guint index)
{
  return g_strdup_printf ("%s[%u]", list, index);
}

char *
trestle_draft_path_dup_parent (const char *path)
{
  gsize length = path != NULL ? strlen (path) : 0;

  if (length == 0)
    return NULL;
  do
    length--;
  while (length > 0 && path[length] != '.' && path[length] != '[');
  return g_strndup (path, length);
}

char *
trestle_draft_path_dup_pattern (const char *path)
{
  GString *pattern = g_string_new (NULL);
  gboolean inside = FALSE;

  for (const char *p = path != NULL ? path : ""; *p != '\0'; p++)
    {
      inside = *p == '[' || (inside && *p != ']');
      if (!inside || *p == '[')
        g_string_append_c (pattern, *p);
    }
  return g_string_free (pattern, FALSE);
}
