/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/** TrestlePriceHintsChanged: is told now and then that more is known */
typedef void (*TrestlePriceHintsChanged) (gpointer data);

/**
 * trestle_price_hints_refresh:
 *
 * Reads offer and newest version of each listing whose price is not known or older than a week: at most
 * four calls a second on AWS, sixteen listings at a time on the practice account. One under way is joined.
 *
 * Returns: (transfer full): resolves to TRUE
 */
DexFuture *trestle_price_hints_refresh (TrestleContext *context,
                                        TrestlePriceHintsChanged changed,
                                        gpointer data,
                                        GDestroyNotify destroy);

G_END_DECLS
