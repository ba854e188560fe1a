/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <gio/gio.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"

/* Larger than any answer of AWS in XML. */
#define MAX_SIZE ((gsize) 16 * 1024 * 1024)

struct _TrestleAwsXml
{
  xmlDoc *document;
};

TrestleAwsXml *
trestle_aws_xml_parse (GBytes *body, GError **error)
{
  static gsize ready;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  TrestleAwsXml *self;
  xmlParserCtxt *parser;
  xmlDoc *document;

  /* Entities need a DOCTYPE, which AWS never sends: refusing it keeps bombs and foreign files out
   * before the parser sees them. Only UTF-8 is taken, or the word could hide in another
   * encoding. */
  if (length == 0 || length > MAX_SIZE || !g_utf8_validate_len (text, length, NULL)
      || g_strstr_len (text, (gssize) length, "<!DOCTYPE") != NULL
      || g_strstr_len (text, (gssize) length, "<!ENTITY") != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           length == 0         ? "the XML is empty"
                           : length > MAX_SIZE ? "the XML is too long"
                                               : "the XML is not what AWS sends");
      return NULL;
    }

  if (g_once_init_enter (&ready))
    {
      xmlInitParser ();
      g_once_init_leave (&ready, 1);
    }
  parser = xmlNewParserCtxt ();
  document = xmlCtxtReadMemory (parser, text, (int) length, NULL, "UTF-8",
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                                    | XML_PARSE_NOCDATA);
  if (document == NULL || xmlDocGetRootElement (document) == NULL)
    {
      const xmlError *reason = xmlCtxtGetLastError (parser);
      g_autofree char *message = g_strstrip (
          g_strdup (reason != NULL && reason->message != NULL ? reason->message : "no element"));

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the XML is broken: %s", message);
      g_clear_pointer (&document, xmlFreeDoc);
      xmlFreeParserCtxt (parser);
      return NULL;
    }
  xmlFreeParserCtxt (parser);

  self = g_new0 (TrestleAwsXml, 1);
  self->document = document;
  return self;
}

void
trestle_aws_xml_free (TrestleAwsXml *self)
{
  if (self == NULL)
    return;

  xmlFreeDoc (self->document);
  g_free (self);
}

gpointer
trestle_aws_xml_root (TrestleAwsXml *self)
{
  return xmlDocGetRootElement (self->document);
}

const char *
trestle_aws_xml_name (gpointer element)
{
  return (const char *) ((xmlNode *) element)->name;
}

static xmlNode *
next_element (xmlNode *node, const char *name)
{
  for (; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE
        && (name == NULL || g_str_equal ((const char *) node->name, name)))
      return node;

  return NULL;
}

gpointer
trestle_aws_xml_child (gpointer element, const char *name)
{
  return next_element (((xmlNode *) element)->children, name);
}

char *
trestle_aws_xml_dup_text (gpointer element)
{
  xmlChar *content = xmlNodeGetContent (element);
  char *text = g_strdup (content != NULL ? (const char *) content : "");

  xmlFree (content);
  return text;
}

static JsonNode *read_value (const TrestleAwsShape *shape,
                             const TrestleAwsMember *member,
                             xmlNode *element,
                             guint depth,
                             GError **error);

static gboolean
read_entry (const TrestleAwsShape *shape,
            xmlNode *entry,
            JsonObject *into,
            guint depth,
            GError **error)
{
  xmlNode *key_element = trestle_aws_xml_child (entry,
                                                shape->key_name != NULL ? shape->key_name : "key");
  xmlNode *value_element = trestle_aws_xml_child (
      entry, shape->element_name != NULL ? shape->element_name : "value");
  g_autofree char *key = NULL;
  JsonNode *value;

  if (key_element == NULL || value_element == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           ": an entry lacks its key or value");
      return FALSE;
    }
  key = trestle_aws_xml_dup_text (key_element);
  value = read_value (shape->element, NULL, value_element, depth, error);
  if (value == NULL)
    return FALSE;
  json_object_set_member (into, key, value);
  return TRUE;
}

/* All siblings called @name from @first on (all whatever they are called where it is NULL). */
static JsonNode *
read_list (const TrestleAwsShape *shape,
           xmlNode *first,
           const char *name,
           guint depth,
           GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node;

  for (xmlNode *element = next_element (first, name); element != NULL;
       element = next_element (element->next, name))
    {
      JsonNode *value = read_value (shape->element, NULL, element, depth, error);

      if (value == NULL)
        {
          g_autofree char *index = g_strdup_printf ("[%u]", json_array_get_length (array));

          trestle_aws_prefix_path (error, index);
          return NULL;
        }
      json_array_add_element (array, value);
    }

  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, g_steal_pointer (&array));
  return node;
}

static JsonNode *
read_map (const TrestleAwsShape *shape,
          xmlNode *first,
          const char *name,
          guint depth,
          GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node;

  for (xmlNode *element = next_element (first, name); element != NULL;
       element = next_element (element->next, name))
    if (!read_entry (shape, element, object, depth, error))
      return NULL;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, g_steal_pointer (&object));
  return node;
}

static JsonNode *
read_attribute (const TrestleAwsMember *member, xmlNode *element, GError **error)
{
  const char *colon = strchr (member->wire_name, ':');
  const char *name = colon != NULL ? colon + 1 : member->wire_name;

  for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
    {
      g_autofree char *text = NULL;

      if (!g_str_equal ((const char *) attribute->name, name))
        continue;
      text = trestle_aws_xml_dup_text (attribute);
      return trestle_aws_value_from_text (
          member->shape, trestle_aws_time_format (member, member->shape, TRESTLE_AWS_TIME_ISO),
          text, error);
    }

  return NULL;
}

static JsonNode *
read_structure (const TrestleAwsShape *shape, xmlNode *element, guint depth, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node;
  guint known = 0;

  for (guint i = 0; i < shape->n_members; i++)
    {
      const TrestleAwsMember *member = &shape->members[i];
      gboolean flattened = member->flattened || member->shape->flattened;
      xmlNode *child = next_element (element->children, member->wire_name);
      g_autoptr (GError) reason = NULL;
      JsonNode *value = NULL;

      if (member->attribute)
        value = read_attribute (member, element, &reason);
      else if (child == NULL)
        continue;
      else if (flattened && member->shape->kind == TRESTLE_AWS_SHAPE_LIST)
        value = read_list (member->shape, child, member->wire_name, depth + 1, &reason);
      else if (flattened && member->shape->kind == TRESTLE_AWS_SHAPE_MAP)
        value = read_map (member->shape, child, member->wire_name, depth + 1, &reason);
      else
        value = read_value (member->shape, member, child, depth + 1, &reason);

      if (reason != NULL)
        {
          trestle_aws_prefix_path (&reason, member->name);
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      if (value == NULL)
        continue;
      json_object_set_member (object, member->name, value);
      known++;
    }

  if (shape->is_union && known > 1)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   ": exactly one member of %s is needed, not %u", shape->name, known);
      return NULL;
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, g_steal_pointer (&object));
  return node;
}

static JsonNode *
read_value (const TrestleAwsShape *shape,
            const TrestleAwsMember *member,
            xmlNode *element,
            guint depth,
            GError **error)
{
  g_autofree char *text = NULL;

  if (depth > TRESTLE_AWS_MAX_DEPTH)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": nested too deeply");
      return NULL;
    }

  switch (shape->kind)
    {
    case TRESTLE_AWS_SHAPE_STRUCTURE:
      return read_structure (shape, element, depth, error);
    case TRESTLE_AWS_SHAPE_LIST:
      return read_list (shape, element->children, NULL, depth + 1, error);
    case TRESTLE_AWS_SHAPE_MAP:
      return read_map (shape, element->children, NULL, depth + 1, error);
    case TRESTLE_AWS_SHAPE_STRING:
    case TRESTLE_AWS_SHAPE_INTEGER:
    case TRESTLE_AWS_SHAPE_DOUBLE:
    case TRESTLE_AWS_SHAPE_BOOLEAN:
    case TRESTLE_AWS_SHAPE_BLOB:
    case TRESTLE_AWS_SHAPE_TIMESTAMP:
    case TRESTLE_AWS_SHAPE_DOCUMENT:
    default:
      text = trestle_aws_xml_dup_text (element);
      return trestle_aws_value_from_text (
          shape, trestle_aws_time_format (member, shape, TRESTLE_AWS_TIME_ISO), text, error);
    }
}

JsonNode *
trestle_aws_xml_read (const TrestleAwsShape *shape, gpointer element, GError **error)
{
  return read_value (shape, NULL, element, 0, error);
}
