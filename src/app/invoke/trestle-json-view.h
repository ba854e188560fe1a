/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** TrestleJsonView: a JSON answer as a tree that opens and folds */
#define TRESTLE_TYPE_JSON_VIEW (trestle_json_view_get_type ())
G_DECLARE_FINAL_TYPE (TrestleJsonView, trestle_json_view, TRESTLE, JSON_VIEW, GtkWidget)

/** trestle_json_view_set_node: @node: (nullable) */
void trestle_json_view_set_node (TrestleJsonView *self, JsonNode *node);

/** trestle_json_view_select: selects and scrolls to @node, a member of what is shown */
void trestle_json_view_select (TrestleJsonView *self, JsonNode *node);

G_END_DECLS
