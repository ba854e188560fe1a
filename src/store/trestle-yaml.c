/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-yaml.h"

#include "store/trestle-yaml-private.h"

G_DEFINE_QUARK (trestle-yaml-error-quark, trestle_yaml_error)

void
trestle_yaml_note_free (TrestleYamlNote *note)
{
  g_free (note->path);
  g_free (note);
}

static JsonNode *
new_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
resolve_number (const char *text)
{
  char written[G_ASCII_DTOSTR_BUF_SIZE];
  gint64 whole = g_ascii_strtoll (text, NULL, 10);
  double real;

  g_snprintf (written, sizeof written, "%" G_GINT64_FORMAT, whole);
  if (g_str_equal (written, text))
    return json_node_init_int (json_node_alloc (), whole);
  real = g_ascii_strtod (text, NULL);
  g_ascii_dtostr (written, sizeof written, real);
  if (g_str_equal (written, text) && g_ascii_isdigit (text[*text == '-']))
    return json_node_init_double (json_node_alloc (), real);
  return NULL;
}

JsonNode *
trestle_yaml_resolve (const TrestleDraftField *field, const char *text)
{
  gboolean any = field == NULL || field->kind == TRESTLE_DRAFT_FIELD_KIND_LIST
                 || field->kind == TRESTLE_DRAFT_FIELD_KIND_OBJECT;
  JsonNode *node = NULL;

  if (field != NULL && trestle_draft_field_is_text (field))
    return new_text (text);
  if (g_str_equal (text, "true") || g_str_equal (text, "false"))
    node = json_node_init_boolean (json_node_alloc (), *text == 't');
  else if (!any && field->kind == TRESTLE_DRAFT_FIELD_KIND_BOOL
           && (g_str_equal (text, "yes") || g_str_equal (text, "no")))
    node = json_node_init_boolean (json_node_alloc (), *text == 'y');
  else if (g_str_equal (text, "null") || g_str_equal (text, "~") || *text == '\0')
    node = json_node_init_null (json_node_alloc ());
  else
    node = resolve_number (text);
  return node != NULL ? node : new_text (text);
}
