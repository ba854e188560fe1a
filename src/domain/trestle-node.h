/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Reading a tree of any form: what is not of the form that is asked for is not there, and nothing
 * of nothing is nothing. For trees whose faults are somebody else's to tell; a reader that has to
 * tell them uses #TrestleJson.
 */

/** trestle_node_member: Returns: (nullable): @name of the object @node; %NULL also for null */
JsonNode *trestle_node_member (JsonNode *node, const char *name);

/** trestle_node_text: Returns: (nullable): the text @name of the object @node; %NULL for "" */
const char *trestle_node_text (JsonNode *node, const char *name);

/** trestle_node_flag: Returns: whether @name of the object @node is true */
gboolean trestle_node_flag (JsonNode *node, const char *name);

/** trestle_node_self_text: Returns: (nullable): @node itself, if it is a text */
const char *trestle_node_self_text (JsonNode *node);

/** trestle_node_length: Returns: elements of the list @node; 0 where it is none */
guint trestle_node_length (JsonNode *node);

/** trestle_node_element: Returns: (nullable): element @index of the list @node */
JsonNode *trestle_node_element (JsonNode *node, guint index);

/** trestle_node_has: Returns: whether @name of the object @node is there and not empty */
gboolean trestle_node_has (JsonNode *node, const char *name);

/** trestle_node_same: Returns: whether both hold the same; what is empty is as what is not there */
gboolean trestle_node_same (JsonNode *a, JsonNode *b);

/** trestle_node_take_object: Returns: (transfer full): a node of @object (transfer full) */
JsonNode *trestle_node_take_object (JsonObject *object);
JsonNode *trestle_node_take_array (JsonArray *array);

G_END_DECLS
