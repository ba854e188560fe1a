/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleTableView: rows of text under their headings: CSV, or a list of JSON objects */
#define TRESTLE_TYPE_TABLE_VIEW (trestle_table_view_get_type ())
G_DECLARE_FINAL_TYPE (TrestleTableView, trestle_table_view, TRESTLE, TABLE_VIEW, GtkWidget)

/**
 * trestle_table_view_set_rows:
 * @columns: (nullable): headings
 * @rows: (nullable) (element-type GStrv): as many cells each
 */
void
trestle_table_view_set_rows (TrestleTableView *self, const char *const *columns, GPtrArray *rows);

/**
 * trestle_table_parse_csv:
 * @text: UTF-8
 * @columns: (out) (transfer full): headings; "1", "2" … where the first line is data
 *
 * Returns: (transfer full) (element-type GStrv): rows, of equal length
 */
GPtrArray *trestle_table_parse_csv (const char *text, char ***columns);

G_END_DECLS
