/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-draft-field.h"

#include <string.h>

#include "domain/trestle-draft-field-private.h"
#include "domain/trestle-draft-path.h"
#include "domain/trestle-limits.h"
#include "domain/trestle-text.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

const TrestleDraftField *
trestle_draft_field_all (guint *n)
{
  *n = trestle_draft_n_fields;
  return trestle_draft_fields;
}

static gpointer
index_fields (gpointer unused)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < trestle_draft_n_fields; i++)
    g_hash_table_insert (table, (gpointer) trestle_draft_fields[i].pattern,
                         (gpointer) &trestle_draft_fields[i]);
  return table;
}

const TrestleDraftField *
trestle_draft_field_find (const char *path)
{
  static GOnce once = G_ONCE_INIT;
  g_autofree char *pattern = trestle_draft_path_dup_pattern (path);

  g_once (&once, index_fields, NULL);
  return g_hash_table_lookup (once.retval, pattern);
}

guint
trestle_draft_field_get_order (const TrestleDraftField *field)
{
  g_return_val_if_fail (field != NULL, 0);
  return (guint) (field - trestle_draft_fields);
}

static gint64
limit_of (guint reference)
{
  return reference > 0 ? trestle_limit ((TrestleLimit) (reference - 1)) : -1;
}

gint64
trestle_draft_field_get_most (const TrestleDraftField *field)
{
  return limit_of (field->most);
}

gint64
trestle_draft_field_get_advised (const TrestleDraftField *field)
{
  return limit_of (field->advised);
}

gint64
trestle_draft_field_get_total (const TrestleDraftField *field)
{
  return limit_of (field->total);
}

gboolean
trestle_draft_field_matches (const TrestleDraftField *field, const char *text)
{
  /* a file beside the draft gets its address when it is uploaded */
  if (field->expression == NULL
      || (field->kind == TRESTLE_DRAFT_FIELD_KIND_FILE && strstr (text, "://") == NULL))
    return TRUE;
  return trestle_text_matches (field->expression, text);
}

gboolean
trestle_draft_field_is_text (const TrestleDraftField *field)
{
  return field->kind != TRESTLE_DRAFT_FIELD_KIND_LIST
         && field->kind != TRESTLE_DRAFT_FIELD_KIND_OBJECT
         && field->kind != TRESTLE_DRAFT_FIELD_KIND_BOOL
         && field->kind != TRESTLE_DRAFT_FIELD_KIND_NUMBER;
}

char *
trestle_draft_field_dup_label (const char *path)
{
  g_autoptr (GArray) steps = trestle_draft_path_parse (path);
  g_autofree char *at = g_strdup ("");
  GString *words;

  if (steps == NULL)
    return g_strdup (path);
  words = g_string_new (NULL);
  for (guint i = 0; i < steps->len; i++)
    {
      const TrestleDraftStep *step = &g_array_index (steps, TrestleDraftStep, i);
      g_autofree char *next = step->name != NULL ? trestle_draft_path_join (at, step->name)
                                                 : trestle_draft_path_at (at, step->index);
      const TrestleDraftField *field = trestle_draft_field_find (next);

      /* an object that is only a shelf (`Product`, `SampleInput`) tells people nothing */
      if (step->name == NULL)
        g_string_append_printf (words, " %u", step->index + 1);
      else if (field == NULL || field->kind != TRESTLE_DRAFT_FIELD_KIND_OBJECT
               || i + 1 == steps->len)
        g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "",
                                field != NULL ? _ (field->label) : step->name);
      g_free (at);
      at = g_steal_pointer (&next);
    }
  return g_string_free (words, FALSE);
}
