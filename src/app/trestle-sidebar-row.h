/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleSidebarRow: a section in the sidebar. Properties: "title", "icon-name", "count" (uint, 0 is not shown) */
#define TRESTLE_TYPE_SIDEBAR_ROW (trestle_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSidebarRow, trestle_sidebar_row, TRESTLE, SIDEBAR_ROW, GtkListBoxRow)

/** trestle_sidebar_row_new: @section and @side are kept as they are (static) */
GtkWidget *trestle_sidebar_row_new (const char *section,
                                    const char *side,
                                    const char *title,
                                    const char *icon_name);
const char *trestle_sidebar_row_get_section (TrestleSidebarRow *self);
const char *trestle_sidebar_row_get_side (TrestleSidebarRow *self);

G_END_DECLS
