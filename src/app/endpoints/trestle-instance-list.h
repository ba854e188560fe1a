/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-package.h"
#include "domain/trestle-price-row.h"

G_BEGIN_DECLS

/**
 * TrestleInstanceList:
 *
 * The instance types a package runs on, recommended first; one is chosen. Signals "changed" (another is chosen),
 * "retry".
 */
#define TRESTLE_TYPE_INSTANCE_LIST (trestle_instance_list_get_type ())
G_DECLARE_FINAL_TYPE (TrestleInstanceList, trestle_instance_list, TRESTLE, INSTANCE_LIST, GtkWidget)

/** trestle_instance_list_set: shows those of @prices (#GListModel of #TrestlePriceRow) that @package lists; either may be %NULL: not known yet */
void
trestle_instance_list_set (TrestleInstanceList *self, GListModel *prices, TrestlePackage *package);

/** trestle_instance_list_fail: the prices could not be loaded */
void trestle_instance_list_fail (TrestleInstanceList *self, const GError *error);

/** trestle_instance_list_get_chosen: Returns: (transfer none) (nullable) */
TrestlePriceRow *trestle_instance_list_get_chosen (TrestleInstanceList *self);

/** trestle_instance_list_dup_fallbacks: Returns: (transfer full): up to @most other types that the account may start, in order */
char **trestle_instance_list_dup_fallbacks (TrestleInstanceList *self, guint most);

/** trestle_instance_list_is_short: Returns: whether a type has a quota of 0 */
gboolean trestle_instance_list_is_short (TrestleInstanceList *self);

G_END_DECLS
