/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* Data that is not part of the sources; a test that lacks it skips with SHARED_MISSING. */
#define SHARED_MISSING "TRESTLE_SHARED is not set and ../shared is not there"

/* Returns: (transfer full): where @below would be */
static inline char *
dup_shared_path (const char *below)
{
  const char *shared = g_getenv ("TRESTLE_SHARED");
  const char *source = g_getenv ("TRESTLE_SOURCE");

  return shared != NULL
             ? g_build_filename (shared, below, NULL)
             : g_build_filename (source != NULL ? source : ".", "..", "shared", below, NULL);
}

/* Returns: (transfer full) (nullable): one of AWS's own models of its services */
static inline JsonObject *
load_service_model (const char *name)
{
  g_autofree char *folder = dup_shared_path ("aws/models");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (!json_parser_load_from_file (parser, path, NULL))
    return NULL;
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* Asserts that @node is of the shape @name: members, types and lengths. The patterns are left out, for
 * several are wrong for what the service takes. */
static inline void
check_service_model (JsonObject *model, JsonNode *node, const char *name)
{
  JsonObject *shape = json_object_get_object_member (
      json_object_get_object_member (model, "shapes"), name);
  const char *type = json_object_get_string_member (shape, "type");
  gint64 min = json_object_get_int_member_with_default (shape, "min", 0);
  gint64 max = json_object_get_int_member_with_default (shape, "max", G_MAXINT64);

  if (json_object_get_boolean_member_with_default (shape, "document", FALSE))
    {
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
      return;
    }
  if (g_str_equal (type, "string"))
    {
      g_assert_cmpint (g_utf8_strlen (json_node_get_string (node), -1), >=, min);
      g_assert_cmpint (g_utf8_strlen (json_node_get_string (node), -1), <=, max);
      return;
    }
  if (g_str_equal (type, "list"))
    {
      JsonArray *array = json_node_get_array (node);
      JsonObject *member = json_object_get_object_member (shape, "member");

      g_assert_cmpint (json_array_get_length (array), >=, min);
      g_assert_cmpint (json_array_get_length (array), <=, max);
      for (guint i = 0; i < json_array_get_length (array); i++)
        check_service_model (model, json_array_get_element (array, i),
                             json_object_get_string_member (member, "shape"));
      return;
    }
  g_assert_cmpstr (type, ==, "structure");
  {
    JsonObject *members = json_object_get_object_member (shape, "members");
    JsonArray *required = json_object_has_member (shape, "required")
                              ? json_object_get_array_member (shape, "required")
                              : NULL;
    JsonObjectIter iter;
    const char *member;
    JsonNode *value;

    for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
      g_assert_true (json_object_has_member (json_node_get_object (node),
                                             json_array_get_string_element (required, i)));
    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, &member, &value))
      {
        g_test_message ("%s.%s", name, member);
        g_assert_true (json_object_has_member (members, member));
        check_service_model (model, value,
                             json_object_get_string_member (
                                 json_object_get_object_member (members, member), "shape"));
      }
  }
}
