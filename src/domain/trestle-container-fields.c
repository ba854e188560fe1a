/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-container-fields.h"

#include <string.h>

#include "base/trestle-json.h"
#include "domain/trestle-container-rules.h"

#define MOST_BODY (1024 * 1024)

static gboolean has_field (JsonNode *node, const char *field);

static gboolean
object_has (JsonObject *object, const char *field)
{
  g_autoptr (GList) values = json_object_get_values (object);

  if (json_object_has_member (object, field))
    return TRUE;
  for (GList *l = values; l != NULL; l = l->next)
    if (has_field (l->data, field))
      return TRUE;
  return FALSE;
}

/* As deep as the parser lets anything be. */
static gboolean
has_field (JsonNode *node, const char *field)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return object_has (json_node_get_object (node), field);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (has_field (json_array_get_element (array, i), field))
          return TRUE;
    }
  return FALSE;
}

static gboolean
judge_text (const char *text, gsize length, const char *const *fields, const char **missing)
{
  g_autoptr (JsonNode) node = trestle_json_parse (text, length, NULL);

  if (node == NULL)
    return FALSE;
  for (guint i = 0; *missing == NULL && fields[i] != NULL; i++)
    if (!has_field (node, fields[i]))
      *missing = fields[i];
  return TRUE;
}

gboolean
trestle_container_fields_judge (const char *type,
                                GBytes *body,
                                const char *const *fields,
                                const char **missing)
{
  static const char *const line_types[] = { "application/jsonlines", "application/x-jsonlines",
                                            "application/x-ndjson", "application/jsonl" };
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_auto (GStrv) lines = NULL;
  g_autofree char *copy = NULL;
  gboolean by_line = FALSE, told = FALSE;

  *missing = NULL;
  if (type == NULL || size == 0 || size > MOST_BODY)
    return FALSE;
  if (trestle_container_type_matches (type, "application/json"))
    return judge_text (text, size, fields, missing);
  for (guint i = 0; i < G_N_ELEMENTS (line_types); i++)
    by_line = by_line || trestle_container_type_matches (type, line_types[i]);
  if (!by_line)
    return FALSE;
  copy = g_strndup (text, size);
  lines = g_strsplit (copy, "\n", -1);
  for (char **line = lines; *line != NULL && *missing == NULL; line++)
    if (*g_strstrip (*line) != '\0' && !judge_text (*line, strlen (*line), fields, missing))
      return FALSE;
    else
      told = told || **line != '\0';
  return told;
}
