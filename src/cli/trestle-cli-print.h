/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/trestle-cli.h"
#include "domain/trestle-offer.h"

G_BEGIN_DECLS

/* What the command line prints. AWS's members keep their names; what Trestle adds is in snake_case. */

/** trestle_cli_print_json: one object or line on stdout; takes @node */
void trestle_cli_print_json (JsonNode *node, gboolean line);

/** trestle_cli_set_items: @object's member @name becomes the array of @model's items, each made by @make */
void trestle_cli_set_items (JsonObject *object,
                            const char *name,
                            GListModel *model,
                            JsonNode *(*make) (gpointer item));

/** trestle_cli_print_items: `{"items":[…]}` of @model, each made by @make */
void trestle_cli_print_items (GListModel *model, JsonNode *(*make) (gpointer item));

/**
 * TrestleCliTable: rows of text with aligned columns
 */
typedef struct _TrestleCliTable TrestleCliTable;
/** trestle_cli_table_new: @...: headings, NULL at the end; a heading that begins with ">" is right-aligned */
TrestleCliTable *trestle_cli_table_new (const char *heading, ...) G_GNUC_NULL_TERMINATED;
/** trestle_cli_table_add: one text a column; NULL prints as "–" */
void trestle_cli_table_add (TrestleCliTable *self, ...);
/** trestle_cli_table_add_heading: one more column; before the first row */
void trestle_cli_table_add_heading (TrestleCliTable *self, const char *heading);
/** trestle_cli_table_add_cells: @cells: (element-type utf8): one text a column */
void trestle_cli_table_add_cells (TrestleCliTable *self, GPtrArray *cells);
/** trestle_cli_table_print: prints and frees; @nothing: what is said of an empty one, on stderr */
void trestle_cli_table_print (TrestleCliTable *self, const char *nothing);
void trestle_cli_table_free (TrestleCliTable *self);

/* JSON of the domain. All (transfer full). */
JsonNode *trestle_cli_json_identity (gpointer item);
JsonNode *trestle_cli_json_account (gpointer item);
JsonNode *trestle_cli_json_listing (gpointer item);
JsonNode *trestle_cli_json_offer (gpointer item);
JsonNode *trestle_cli_json_version (gpointer item);
JsonNode *trestle_cli_json_price_row (gpointer item);
JsonNode *trestle_cli_json_quote (gpointer item);
JsonNode *trestle_cli_json_subscription (gpointer item);
JsonNode *trestle_cli_json_package (gpointer item);
JsonNode *trestle_cli_json_endpoint (gpointer item);
JsonNode *trestle_cli_json_leftover (gpointer item);
JsonNode *trestle_cli_json_log_event (gpointer item);

/* Members of an object under construction; NULL and 0 leave it out. */
void trestle_cli_set_string (JsonObject *object, const char *name, const char *value);
void trestle_cli_set_strv (JsonObject *object, const char *name, const char *const *value);
void trestle_cli_set_time (JsonObject *object, const char *name, gint64 time);
void trestle_cli_set_money (JsonObject *object, const char *name, const TrestleMoney *value);
JsonNode *trestle_cli_take_object (JsonObject *object);

/** trestle_cli_money: Returns: (transfer full): "$0.53" or "–" */
char *trestle_cli_money (const TrestleMoney *money);
/** trestle_cli_when: Returns: (transfer full): local time for people, "–" for 0 */
char *trestle_cli_when (gint64 time);

G_END_DECLS
