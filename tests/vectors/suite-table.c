/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "protocol-vectors"

#include "suite-table.h"

#include "vectors.h"

/*
 * What build-aux/wire-table does for the services, for the small models that each suite of vectors
 * brings along.
 */

static void
word (GString *out, const char *prefix, const char *value)
{
  if (value != NULL)
    g_string_append_printf (out, " %s%s", prefix, value);
}

static void
flag (GString *out, JsonObject *object, const char *name, const char *text)
{
  if (vectors_bool (object, name))
    word (out, text, "");
}

static void
xml_namespace (GString *out, JsonObject *object, const char *prefix)
{
  JsonNode *node = json_object_get_member (object, "xmlNamespace");
  g_autofree char *xmlns = g_strconcat (prefix, "xmlns=", NULL);
  g_autofree char *short_name = g_strconcat (prefix, "prefix=", NULL);

  if (node == NULL)
    return;
  if (JSON_NODE_HOLDS_VALUE (node))
    word (out, xmlns, json_node_get_string (node));
  else
    {
      word (out, xmlns, vectors_string (json_node_get_object (node), "uri"));
      word (out, short_name, vectors_string (json_node_get_object (node), "prefix"));
    }
}

static void
time_format (GString *out, JsonObject *object)
{
  const char *format = vectors_string (object, "timestampFormat");

  if (format != NULL)
    word (out, "time=",
          g_str_equal (format, "iso8601")         ? "iso"
          : g_str_equal (format, "unixTimestamp") ? "epoch"
                                                  : "http");
}

static void
add_member (GString *out, const char *name, JsonObject *member, JsonObject *shape)
{
  static const char *const places[][2] = {
    { "uri", "uri" },         { "querystring", "query" }, { "header", "header" },
    { "headers", "headers" }, { "statusCode", "status" },
  };
  const char *place = vectors_string (member, "location");

  g_string_append_printf (out, "  %s %s", name, vectors_string (member, "shape"));
  for (guint i = 0; place != NULL && i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (place, places[i][0]))
      word (out, "in=", places[i][1]);
  word (out, "as=", vectors_string (member, "locationName"));
  if (g_strcmp0 (vectors_string (shape, "payload"), name) == 0)
    g_string_append (out, " payload");
  flag (out, member, "streaming", "streaming");
  flag (out, member, "idempotencyToken", "token");
  flag (out, member, "flattened", "flattened");
  flag (out, member, "xmlAttribute", "attribute");
  flag (out, member, "jsonvalue", "json");
  time_format (out, member);
  xml_namespace (out, member, "");
  g_string_append_c (out, '\n');
}

static void
add_structure (GString *out, const char *name, JsonObject *shape)
{
  JsonObject *members = json_object_get_object_member (shape, "members");
  JsonObjectIter iter;
  const char *member_name;
  JsonNode *member;

  g_string_append_printf (out, "structure %s", name);
  flag (out, shape, "union", "union");
  if (vectors_bool (shape, "exception"))
    {
      JsonObject *error = json_object_has_member (shape, "error")
                              ? json_object_get_object_member (shape, "error")
                              : NULL;

      g_string_append (out, " exception");
      if (error != NULL)
        {
          word (out, "code=", vectors_string (error, "code"));
          if (json_object_has_member (error, "httpStatusCode"))
            g_string_append_printf (out, " status=%d",
                                    (int) json_object_get_int_member (error, "httpStatusCode"));
        }
    }
  word (out, "as=", vectors_string (shape, "locationName"));
  xml_namespace (out, shape, "");
  g_string_append_c (out, '\n');

  json_object_iter_init_ordered (&iter, members);
  while (json_object_iter_next_ordered (&iter, &member_name, &member))
    add_member (out, member_name, json_node_get_object (member), shape);
}

static void
add_shape (GString *out, const char *name, JsonObject *shape)
{
  static const char *const kinds[][2] = {
    { "string", "string" }, { "character", "string" },    { "integer", "integer" },
    { "long", "integer" },  { "float", "double" },        { "double", "double" },
    { "blob", "blob" },     { "timestamp", "timestamp" }, { "boolean", "boolean" },
  };
  const char *type = vectors_string (shape, "type");

  if (vectors_bool (shape, "document"))
    g_string_append_printf (out, "document %s\n", name);
  else if (g_str_equal (type, "structure"))
    add_structure (out, name, shape);
  else if (g_str_equal (type, "list"))
    {
      JsonObject *element = json_object_get_object_member (shape, "member");

      g_string_append_printf (out, "list %s %s", name, vectors_string (element, "shape"));
      word (out, "element=", vectors_string (element, "locationName"));
      flag (out, shape, "flattened", "flattened");
      xml_namespace (out, shape, "");
      xml_namespace (out, element, "element-");
      g_string_append_c (out, '\n');
    }
  else if (g_str_equal (type, "map"))
    {
      JsonObject *key = json_object_get_object_member (shape, "key");
      JsonObject *value = json_object_get_object_member (shape, "value");

      g_string_append_printf (out, "map %s %s %s", name, vectors_string (key, "shape"),
                              vectors_string (value, "shape"));
      word (out, "key=", vectors_string (key, "locationName"));
      word (out, "element=", vectors_string (value, "locationName"));
      flag (out, shape, "flattened", "flattened");
      xml_namespace (out, shape, "");
      xml_namespace (out, key, "key-");
      xml_namespace (out, value, "element-");
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (type, kinds[i][0]))
      {
        g_string_append_printf (out, "%s %s", kinds[i][1], name);
        time_format (out, shape);
        g_string_append_c (out, '\n');
      }
}

static void
add_operation (GString *out, JsonObject *given)
{
  JsonObject *http = json_object_get_object_member (given, "http");

  g_string_append_printf (out, "operation %s read\n  http ", vectors_string (given, "name"));
  g_string_append_printf (out, "%s %s\n", vectors_string (http, "method"),
                          vectors_string (http, "requestUri"));
  if (json_object_has_member (given, "endpoint"))
    g_string_append_printf (
        out, "  host %s\n",
        vectors_string (json_object_get_object_member (given, "endpoint"), "hostPrefix"));
  for (guint i = 0; i < 2; i++)
    {
      const char *which = i == 0 ? "input" : "output";
      JsonObject *io = json_object_has_member (given, which)
                           ? json_object_get_object_member (given, which)
                           : NULL;

      if (io == NULL)
        continue;
      g_string_append_printf (out, "  %s %s", which, vectors_string (io, "shape"));
      word (out, "root=", vectors_string (io, "locationName"));
      word (out, "wrapper=", vectors_string (io, "resultWrapper"));
      xml_namespace (out, io, "");
      g_string_append_c (out, '\n');
    }
}

TrestleAwsModel *
suite_table (JsonObject *suite, JsonObject *vector, GError **error)
{
  JsonObject *metadata = json_object_get_object_member (suite, "metadata");
  g_autoptr (GString) out = g_string_new ("service vectors\nsigning vectors\n");
  JsonObjectIter iter;
  const char *name;
  JsonNode *shape;

  g_string_append_printf (out, "protocol %s\n", vectors_string (metadata, "protocol"));
  g_string_append_printf (out, "api %s\n", vectors_string (metadata, "apiVersion"));
  if (vectors_string (metadata, "jsonVersion") != NULL)
    g_string_append_printf (out, "json %s\n", vectors_string (metadata, "jsonVersion"));
  if (vectors_string (metadata, "targetPrefix") != NULL)
    g_string_append_printf (out, "target %s\n", vectors_string (metadata, "targetPrefix"));
  if (json_object_has_member (metadata, "awsQueryCompatible"))
    g_string_append (out, "query-compatible\n");
  add_operation (out, json_object_get_object_member (vector, "given"));

  json_object_iter_init_ordered (&iter, json_object_get_object_member (suite, "shapes"));
  while (json_object_iter_next_ordered (&iter, &name, &shape))
    add_shape (out, name, json_node_get_object (shape));
  return trestle_aws_model_parse (out->str, (gssize) out->len, error);
}
