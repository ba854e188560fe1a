/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * trestle_growing_new:
 * @model: what is shown by widgets that are costly to make, in a list that shows them all
 * @at_once: how many are made at a time
 *
 * Returns: (transfer full): the first of @model, then more of it whenever there is nothing else to do: in
 *   between the window goes on
 */
GListModel *trestle_growing_new (GListModel *model, guint at_once);

/** trestle_growing_finish: all of it now, for one of them is wanted */
void trestle_growing_finish (GListModel *self);

G_END_DECLS
