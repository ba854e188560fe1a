/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <gio/gio.h>

#include "aws/trestle-aws-protocol-private.h"

static gboolean write_element (GString *out,
                               const char *name,
                               const char *xml_namespace,
                               const char *xml_prefix,
                               const TrestleAwsShape *shape,
                               const TrestleAwsMember *member,
                               JsonNode *value,
                               gboolean strict,
                               guint depth,
                               GError **error);

/* XML cannot say most control characters at all; AWS's texts have none. */
static void
append_escaped (GString *out, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    switch (*c)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      case '\r':
        g_string_append (out, "&#xD;");
        break;
      case '\n':
        g_string_append (out, "&#xA;");
        break;
      case '\t':
        g_string_append_c (out, '\t');
        break;
      default:
        if ((guchar) *c >= 0x20)
          g_string_append_c (out, *c);
        break;
      }
}

static void
open_tag (GString *out, const char *name, const char *xml_namespace, const char *xml_prefix)
{
  g_string_append_c (out, '<');
  g_string_append (out, name);
  if (xml_namespace == NULL)
    return;
  g_string_append (out, " xmlns");
  if (xml_prefix != NULL)
    {
      g_string_append_c (out, ':');
      g_string_append (out, xml_prefix);
    }
  g_string_append (out, "=\"");
  append_escaped (out, xml_namespace);
  g_string_append_c (out, '"');
}

static void
close_tag (GString *out, const char *name)
{
  g_string_append (out, "</");
  g_string_append (out, name);
  g_string_append_c (out, '>');
}

void
trestle_aws_xml_append_text (GString *out, const char *name, const char *text)
{
  open_tag (out, name, NULL, NULL);
  g_string_append_c (out, '>');
  append_escaped (out, text);
  close_tag (out, name);
}

static gboolean
fail (GError **error, const char *wanted, JsonNode *got)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": %s is needed, not %s", wanted,
               trestle_aws_node_kind (got));
  return FALSE;
}

static gboolean
write_attributes (GString *out, const TrestleAwsShape *shape, JsonObject *object, GError **error)
{
  for (guint i = 0; i < shape->n_members; i++)
    {
      const TrestleAwsMember *member = &shape->members[i];
      JsonNode *value = json_object_get_member (object, member->name);
      g_autofree char *text = NULL;

      if (!member->attribute || value == NULL || JSON_NODE_HOLDS_NULL (value))
        continue;
      text = trestle_aws_value_to_text (
          member->shape, trestle_aws_time_format (member, member->shape, TRESTLE_AWS_TIME_ISO),
          value, error);
      if (text == NULL)
        {
          trestle_aws_prefix_path (error, member->name);
          return FALSE;
        }
      g_string_append_printf (out, " %s=\"", member->wire_name);
      append_escaped (out, text);
      g_string_append_c (out, '"');
    }

  return TRUE;
}

static gboolean
write_list (GString *out,
            const char *name,
            const TrestleAwsShape *shape,
            const TrestleAwsMember *member,
            JsonNode *value,
            gboolean strict,
            guint depth,
            GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (value))
    return fail (error, "a list", value);

  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_NULL (element))
        continue;
      if (!write_element (out, name, shape->element_namespace, NULL, shape->element, NULL, element,
                          strict, depth, error))
        {
          g_autofree char *index = g_strdup_printf ("[%u]", i);

          trestle_aws_prefix_path (error, index);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
write_map (GString *out,
           const char *entry_name,
           const char *entry_namespace,
           const TrestleAwsShape *shape,
           JsonNode *value,
           gboolean strict,
           guint depth,
           GError **error)
{
  const char *key_name = shape->key_name != NULL ? shape->key_name : "key";
  const char *value_name = shape->element_name != NULL ? shape->element_name : "value";
  JsonObjectIter iter;
  const char *key;
  JsonNode *element;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return fail (error, "an object", value);

  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &key, &element))
    {
      if (JSON_NODE_HOLDS_NULL (element))
        continue;
      open_tag (out, entry_name, entry_namespace, NULL);
      g_string_append_c (out, '>');
      open_tag (out, key_name, shape->key_namespace, NULL);
      g_string_append_c (out, '>');
      append_escaped (out, key);
      close_tag (out, key_name);
      if (!write_element (out, value_name, shape->element_namespace, NULL, shape->element, NULL,
                          element, strict, depth, error))
        {
          g_autofree char *index = g_strdup_printf ("[“%.40s”]", key);

          trestle_aws_prefix_path (error, index);
          return FALSE;
        }
      close_tag (out, entry_name);
    }

  return TRUE;
}

static gboolean
check_known (const TrestleAwsShape *shape, JsonObject *object, gboolean strict, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (strict && json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (trestle_aws_shape_get_member (shape, name) != NULL)
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s has no such member", name,
                   shape->name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
write_members (GString *out,
               const TrestleAwsShape *shape,
               JsonObject *object,
               gboolean strict,
               guint depth,
               GError **error)
{
  for (guint i = 0; i < shape->n_members; i++)
    {
      const TrestleAwsMember *member = &shape->members[i];
      JsonNode *value = json_object_get_member (object, member->name);
      gboolean flattened = member->flattened || member->shape->flattened;
      gboolean good;

      if (member->attribute || value == NULL || JSON_NODE_HOLDS_NULL (value))
        continue;
      if (flattened && member->shape->kind == TRESTLE_AWS_SHAPE_LIST)
        good = write_list (out, member->wire_name, member->shape, member, value, strict, depth + 1,
                           error);
      else if (flattened && member->shape->kind == TRESTLE_AWS_SHAPE_MAP)
        good = write_map (out, member->wire_name, member->xml_namespace, member->shape, value,
                          strict, depth + 1, error);
      else
        good = write_element (out, member->wire_name, member->xml_namespace, member->xml_prefix,
                              member->shape, member, value, strict, depth + 1, error);
      if (!good)
        {
          trestle_aws_prefix_path (error, member->name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
write_element (GString *out,
               const char *name,
               const char *xml_namespace,
               const char *xml_prefix,
               const TrestleAwsShape *shape,
               const TrestleAwsMember *member,
               JsonNode *value,
               gboolean strict,
               guint depth,
               GError **error)
{
  g_autofree char *text = NULL;

  if (depth > TRESTLE_AWS_MAX_DEPTH)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": nested too deeply");
      return FALSE;
    }
  if (xml_namespace == NULL)
    {
      xml_namespace = shape->xml_namespace;
      xml_prefix = shape->xml_prefix;
    }

  open_tag (out, name, xml_namespace, xml_prefix);
  switch (shape->kind)
    {
    case TRESTLE_AWS_SHAPE_STRUCTURE:
      if (!JSON_NODE_HOLDS_OBJECT (value))
        return fail (error, "an object", value);
      if (!check_known (shape, json_node_get_object (value), strict, error)
          || !write_attributes (out, shape, json_node_get_object (value), error))
        return FALSE;
      g_string_append_c (out, '>');
      if (!write_members (out, shape, json_node_get_object (value), strict, depth, error))
        return FALSE;
      break;
    case TRESTLE_AWS_SHAPE_LIST:
      g_string_append_c (out, '>');
      if (!write_list (out, shape->element_name != NULL ? shape->element_name : "member", shape,
                       member, value, strict, depth + 1, error))
        return FALSE;
      break;
    case TRESTLE_AWS_SHAPE_MAP:
      g_string_append_c (out, '>');
      if (!write_map (out, "entry", NULL, shape, value, strict, depth + 1, error))
        return FALSE;
      break;
    case TRESTLE_AWS_SHAPE_STRING:
    case TRESTLE_AWS_SHAPE_INTEGER:
    case TRESTLE_AWS_SHAPE_DOUBLE:
    case TRESTLE_AWS_SHAPE_BOOLEAN:
    case TRESTLE_AWS_SHAPE_BLOB:
    case TRESTLE_AWS_SHAPE_TIMESTAMP:
    case TRESTLE_AWS_SHAPE_DOCUMENT:
    default:
      text = trestle_aws_value_to_text (
          shape, trestle_aws_time_format (member, shape, TRESTLE_AWS_TIME_ISO), value, error);
      if (text == NULL)
        return FALSE;
      g_string_append_c (out, '>');
      append_escaped (out, text);
      break;
    }

  close_tag (out, name);
  return TRUE;
}

gboolean
trestle_aws_xml_write (GString *out,
                       const char *name,
                       const char *xml_namespace,
                       const TrestleAwsShape *shape,
                       const TrestleAwsMember *member,
                       JsonNode *value,
                       gboolean strict,
                       GError **error)
{
  const char *prefix = NULL;

  if (member != NULL && member->xml_namespace != NULL)
    {
      xml_namespace = member->xml_namespace;
      prefix = member->xml_prefix;
    }
  else if (shape->xml_namespace != NULL)
    xml_namespace = NULL; /* the shape's own is taken */

  return write_element (out, name, xml_namespace, prefix, shape, member, value, strict, 0, error);
}
