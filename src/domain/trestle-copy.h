/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * trestle_copy_with:
 * @object: a value of this room
 * @first_property: a property that is to differ, followed by its value, more pairs and %NULL
 *
 * Values are immutable; this makes one that differs from another in a few properties.
 *
 * Returns: (transfer full): the new value
 */
gpointer
trestle_copy_with (gpointer object, const char *first_property, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
