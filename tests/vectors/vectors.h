/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What the vector programs share: counting, and looking into a JSON file of known form. */

typedef struct
{
  guint passed;
  guint failed;
  guint skipped;
} Counts;

static inline JsonArray *
vectors_load (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonNode *root;

  if (!json_parser_load_from_file (parser, path, &error))
    {
      g_printerr ("%s\n", error->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_printerr ("%s: not an array of cases\n", path);
      return NULL;
    }
  return json_array_ref (json_node_get_array (root));
}

static inline const char *
vectors_string (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static inline gboolean
vectors_bool (JsonObject *object, const char *name)
{
  return json_object_get_boolean_member_with_default (object, name, FALSE);
}

/* Says what differs in @what; returns whether nothing does. */
static inline gboolean
vectors_same (const char *name, const char *what, const char *expected, const char *got)
{
  if (g_strcmp0 (expected, got) == 0)
    return TRUE;
  g_printerr ("%s: %s\n  expected: %s\n  got:      %s\n", name, what,
              expected != NULL ? expected : "(nothing)", got != NULL ? got : "(nothing)");
  return FALSE;
}

static inline void
vectors_count (Counts *counts, const char *name, gboolean good)
{
  if (good)
    counts->passed++;
  else
    {
      counts->failed++;
      g_printerr ("FAILED %s\n", name);
    }
}

static inline int
vectors_finish (const Counts *counts)
{
  if (counts->skipped > 0)
    g_print ("%u passed, %u failed, %u skipped\n", counts->passed, counts->failed, counts->skipped);
  else
    g_print ("%u passed, %u failed\n", counts->passed, counts->failed);
  return counts->failed == 0 && counts->passed > 0 ? 0 : 1;
}
