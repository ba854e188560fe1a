/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TrestleParameterItem:
 *
 * A parameter as a table shows it: it stays the same while the draft changes, so that the keyboard stays in
 * its row. Properties: "name", "description", "constraints" (string, never %NULL), "flag" (boolean),
 * "flag-words" (string: what that says, and of which), "narrow" (boolean: all stands in one column).
 */
#define TRESTLE_TYPE_PARAMETER_ITEM (trestle_parameter_item_get_type ())
G_DECLARE_FINAL_TYPE (TrestleParameterItem,
                      trestle_parameter_item,
                      TRESTLE,
                      PARAMETER_ITEM,
                      GObject)

TrestleParameterItem *trestle_parameter_item_new (void);

/**
 * trestle_parameter_item_set:
 * @parameter: (nullable): as it is now
 * @flag: (nullable): its member that is a yes or no
 * @flag_label: (nullable): what people call that
 */
void trestle_parameter_item_set (TrestleParameterItem *self,
                                 JsonNode *parameter,
                                 const char *flag,
                                 const char *flag_label,
                                 gboolean narrow);

const char *trestle_parameter_item_get_name (TrestleParameterItem *self);
gboolean trestle_parameter_item_get_flag (TrestleParameterItem *self);

G_END_DECLS
