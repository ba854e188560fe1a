/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TrestleAnswerNode:
 *
 * A member of a JSON answer as a row of a tree. Properties, read-only: "name" (string: member name or
 * index), "text" (string: value, or how many members), "style" (string: style class of the value).
 */
#define TRESTLE_TYPE_ANSWER_NODE (trestle_answer_node_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAnswerNode, trestle_answer_node, TRESTLE, ANSWER_NODE, GObject)

TrestleAnswerNode *trestle_answer_node_new (const char *name, JsonNode *node);
JsonNode *trestle_answer_node_get_node (TrestleAnswerNode *self);
const char *trestle_answer_node_get_name (TrestleAnswerNode *self);
const char *trestle_answer_node_get_text (TrestleAnswerNode *self);
const char *trestle_answer_node_get_style (TrestleAnswerNode *self);

/** trestle_answer_node_get_children: Returns: (transfer full) (nullable): members or elements; %NULL of a value */
GListModel *trestle_answer_node_get_children (TrestleAnswerNode *self);

/**
 * TrestleAnswerBox:
 * @x: pixels of the picture that was sent, origin top left
 * @label: (nullable): "van 0.83"
 * @kind: (nullable): class name
 *
 * A region that an answer speaks of.
 */
typedef struct
{
  double x, y, width, height;
  char *label;
  char *kind;
} TrestleAnswerBox;

void trestle_answer_box_free (TrestleAnswerBox *self);

/**
 * trestle_answer_find_boxes:
 * @node: a whole answer
 *
 * Returns: (transfer full) (element-type TrestleAnswerBox): regions in the first list of objects that have
 *   x, y, width and height, or a `box` of four numbers
 */
GPtrArray *trestle_answer_find_boxes (JsonNode *node);

/**
 * trestle_answer_find_rows:
 * @node: a whole answer
 * @columns: (out) (transfer full): their names
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): the first list of objects as rows of a table
 */
GPtrArray *trestle_answer_find_rows (JsonNode *node, char ***columns);

/** trestle_answer_summary: Returns: (transfer full): "28 vehicles", "3 members", "5.2 kB of text" */
char *trestle_answer_summary (JsonNode *node);

G_END_DECLS
