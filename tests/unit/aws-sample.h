/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "aws/trestle-aws-model.h"

/*
 * Makes a value of a shape: every member is there, to a depth; of a union only one, by @seed. It
 * fits the types and nothing else, which is what a round trip needs.
 */
static inline JsonNode *
aws_sample (const TrestleAwsShape *shape, guint depth, guint seed)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  JsonObject *object;
  JsonArray *array;

  switch (shape->kind)
    {
    case TRESTLE_AWS_SHAPE_STRUCTURE:
      object = json_object_new ();
      for (guint i = 0; i < shape->n_members && depth > 0; i++)
        {
          const TrestleAwsMember *member = &shape->members[i];

          if (member->shape->is_event_stream
              || (member->payload && member->shape->kind == TRESTLE_AWS_SHAPE_BLOB)
              || (shape->is_union && i != seed % shape->n_members))
            continue;
          json_object_set_member (object, member->name,
                                  aws_sample (member->shape, depth - 1, seed));
        }
      json_node_init_object (node, object);
      json_object_unref (object);
      break;
    case TRESTLE_AWS_SHAPE_LIST:
      array = json_array_new ();
      for (guint i = 0; i < 2 && depth > 0; i++)
        json_array_add_element (array, aws_sample (shape->element, depth - 1, seed + i));
      json_node_init_array (node, array);
      json_array_unref (array);
      break;
    case TRESTLE_AWS_SHAPE_MAP:
      object = json_object_new ();
      if (depth > 0)
        json_object_set_member (object, "key-1", aws_sample (shape->element, depth - 1, seed));
      json_node_init_object (node, object);
      json_object_unref (object);
      break;
    case TRESTLE_AWS_SHAPE_INTEGER:
      json_node_init_int (node, 40 + (seed % 3));
      break;
    case TRESTLE_AWS_SHAPE_DOUBLE:
      json_node_init_double (node, 0.1 + seed);
      break;
    case TRESTLE_AWS_SHAPE_BOOLEAN:
      json_node_init_boolean (node, seed % 2 == 0);
      break;
    case TRESTLE_AWS_SHAPE_BLOB:
      json_node_init_string (node, "AAEC/w==");
      break;
    case TRESTLE_AWS_SHAPE_TIMESTAMP:
      json_node_init_int (node, 1786083300 + (gint64) seed);
      break;
    case TRESTLE_AWS_SHAPE_STRING:
    case TRESTLE_AWS_SHAPE_DOCUMENT:
    default:
      json_node_init_string (node, seed % 2 == 0 ? "a <b> & \"c\", größer/+%20" : "plain");
      break;
    }

  return node;
}

static inline JsonNode *
aws_empty (void)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  return node;
}
