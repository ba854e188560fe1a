/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Names that AWS Marketplace has for everybody. AWS adds some now and then: what is not among them
 * may still be right. Source: seller's documentation, 2026-08.
 */

/** trestle_marketplace_categories: Returns: (transfer none): categories for machine learning */
const char *const *trestle_marketplace_categories (void);

/** trestle_marketplace_regions: Returns: (transfer none): Regions that every account has enabled */
const char *const *trestle_marketplace_regions (void);

G_END_DECLS
