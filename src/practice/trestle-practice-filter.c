/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-filter.h"

#include <gio/gio.h>
#include <string.h>

struct _TrestlePracticeFilter
{
  GPtrArray *all;
  GPtrArray *any;
  GPtrArray *none;
};

void
trestle_practice_filter_free (TrestlePracticeFilter *self)
{
  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->any);
  g_ptr_array_unref (self->none);
  g_free (self);
}

static const char *
read_term (const char *at, char **term)
{
  const char *end;

  if (*at == '"')
    {
      end = strchr (at + 1, '"');
      if (end == NULL)
        return NULL;
      *term = g_strndup (at + 1, (gsize) (end - at - 1));
      return end + 1;
    }
  end = at + strcspn (at, " \t");
  *term = g_strndup (at, (gsize) (end - at));
  return end;
}

/* Outside quotes only letters, digits and underscores need none. */
static gboolean
is_plain (const char *term)
{
  for (; *term != '\0'; term++)
    if (!g_ascii_isalnum (*term) && *term != '_' && (*term & 0x80) == 0)
      return FALSE;
  return TRUE;
}

TrestlePracticeFilter *
trestle_practice_filter_new (const char *pattern, GError **error)
{
  g_autoptr (TrestlePracticeFilter) self = g_new0 (TrestlePracticeFilter, 1);
  const char *at = pattern;

  self->all = g_ptr_array_new_with_free_func (g_free);
  self->any = g_ptr_array_new_with_free_func (g_free);
  self->none = g_ptr_array_new_with_free_func (g_free);
  while (*(at += strspn (at, " \t")) != '\0')
    {
      GPtrArray *list = *at == '?' ? self->any : *at == '-' ? self->none : self->all;
      gboolean quoted;
      char *term = NULL;

      if (list != self->all)
        at++;
      quoted = *at == '"';
      at = read_term (at, &term);
      if (at == NULL || *term == '\0' || (!quoted && !is_plain (term)))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "Invalid character(s) in term '%s'", term != NULL ? term : pattern);
          g_free (term);
          return NULL;
        }
      g_ptr_array_add (list, term);
    }
  return g_steal_pointer (&self);
}

gboolean
trestle_practice_filter_matches (TrestlePracticeFilter *self, const char *message)
{
  gboolean any = self->any->len == 0;

  for (guint i = 0; i < self->all->len; i++)
    if (strstr (message, self->all->pdata[i]) == NULL)
      return FALSE;
  for (guint i = 0; i < self->none->len; i++)
    if (strstr (message, self->none->pdata[i]) != NULL)
      return FALSE;
  for (guint i = 0; i < self->any->len && !any; i++)
    any = strstr (message, self->any->pdata[i]) != NULL;
  return any;
}
