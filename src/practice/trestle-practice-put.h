/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/trestle-clock.h"

G_BEGIN_DECLS

/*
 * Short words for writing answers: each handler is mostly made of them.
 */

/** put_text: a text member; nothing where @value is %NULL */
static inline void
put_text (JsonBuilder *out, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (out, name);
  json_builder_add_string_value (out, value);
}

static inline void
put_int (JsonBuilder *out, const char *name, gint64 value)
{
  json_builder_set_member_name (out, name);
  json_builder_add_int_value (out, value);
}

static inline void
put_double (JsonBuilder *out, const char *name, double value)
{
  json_builder_set_member_name (out, name);
  json_builder_add_double_value (out, value);
}

static inline void
put_bool (JsonBuilder *out, const char *name, gboolean value)
{
  json_builder_set_member_name (out, name);
  json_builder_add_boolean_value (out, value);
}

/** put_time: epoch seconds with milliseconds; nothing where @time (µs) is 0 */
static inline void
put_time (JsonBuilder *out, const char *name, gint64 time)
{
  if (time == 0)
    return;
  json_builder_set_member_name (out, name);
  json_builder_add_double_value (out, (double) (time / 1000) / 1000.0);
}

/** put_node: @node: (nullable): copied */
static inline void
put_node (JsonBuilder *out, const char *name, JsonNode *node)
{
  if (node == NULL)
    return;
  json_builder_set_member_name (out, name);
  json_builder_add_value (out, json_node_copy (node));
}

static inline void
open_object (JsonBuilder *out, const char *name)
{
  if (name != NULL)
    json_builder_set_member_name (out, name);
  json_builder_begin_object (out);
}

static inline void
close_object (JsonBuilder *out)
{
  json_builder_end_object (out);
}

static inline void
open_array (JsonBuilder *out, const char *name)
{
  if (name != NULL)
    json_builder_set_member_name (out, name);
  json_builder_begin_array (out);
}

static inline void
close_array (JsonBuilder *out)
{
  json_builder_end_array (out);
}

/* Documents that have been checked; what is not there, or null, is %NULL. */

static inline const char *
get_text (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_string_member_with_default (object, name, NULL) : NULL;
}

static inline JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static inline JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static inline guint
array_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static inline gboolean
array_has (JsonArray *array, const char *text)
{
  for (guint i = 0; i < array_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), text) == 0)
      return TRUE;
  return FALSE;
}

G_END_DECLS
