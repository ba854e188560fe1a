/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestleFigureRow:
 *
 * A name and what it is. Properties: "title", "figure", "icon-name" (nullable), "strong" (boolean),
 * "plain" (boolean: the name is what it is about, not dimmed).
 */
#define TRESTLE_TYPE_FIGURE_ROW (trestle_figure_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleFigureRow, trestle_figure_row, TRESTLE, FIGURE_ROW, GtkListBoxRow)

GtkWidget *trestle_figure_row_new (const char *title, const char *figure);
void trestle_figure_row_set_figure (TrestleFigureRow *self, const char *figure);

G_END_DECLS
