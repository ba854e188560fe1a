/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * trestle_difference_lines_new:
 * @label: (nullable): what it is a difference of
 * @before: (nullable): what it was
 * @after: (nullable): what it is
 *
 * Returns: (transfer floating): the two, one under the other, with minus and plus; long ones are cut
 */
GtkWidget *trestle_difference_lines_new (const char *label, const char *before, const char *after);

/**
 * trestle_difference_lines_new_row:
 *
 * Returns: (transfer floating): a row for a list, named by @label, with the same in it
 */
GtkWidget *
trestle_difference_lines_new_row (const char *label, const char *before, const char *after);

G_END_DECLS
