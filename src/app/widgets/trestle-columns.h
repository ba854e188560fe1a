/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * trestle_columns_align_end:
 * @first: the first of the columns of figures, which are the last ones
 *
 * A column view aligns no headings; those of figures belong above their figures, at the end.
 */
void trestle_columns_align_end (GtkColumnView *view, guint first);

G_END_DECLS
