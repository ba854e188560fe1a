/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-package.h"
#include "domain/trestle-version.h"
#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/* ARNs of packages that were found once, per product, version and Region; no API gives them a second time. */

/**
 * trestle_package_memory_keep:
 * @product_id: (nullable): whose package it is in this Region
 * @option: (nullable): the version's id, where it is known
 * @version: (nullable): the version's title, where it is known
 * @listing_id: (nullable): the listing it is sold by
 */
void trestle_package_memory_keep (TrestleContext *context,
                                  const char *product_id,
                                  const char *option,
                                  const char *version,
                                  const char *listing_id,
                                  TrestlePackage *package);

/** trestle_package_memory_recall: @version: (nullable): the last used; Returns: (transfer full) (nullable): the ARN */
char *trestle_package_memory_recall (TrestleContext *context,
                                     const char *product_id,
                                     TrestleVersion *version);

/** trestle_package_memory_version: Returns: (transfer full) (nullable): title of the version that the last used ARN belongs to */
char *trestle_package_memory_version (TrestleContext *context, const char *product_id);

/** trestle_package_memory_types: Returns: (transfer full) (nullable): instance types of the last used package */
char **trestle_package_memory_types (TrestleContext *context, const char *product_id);

/** trestle_package_memory_keep_trial: remembers when the trial of @product_id ends (µs); 0: there is none */
void
trestle_package_memory_keep_trial (TrestleContext *context, const char *product_id, gint64 ends);

/** trestle_package_memory_has_trial: Returns: whether a trial of @product_id (nullable) runs, as far as known */
gboolean trestle_package_memory_has_trial (TrestleContext *context, const char *product_id);

/** trestle_package_memory_listing: Returns: (transfer full) (nullable): id of the listing that @arn belongs to */
char *trestle_package_memory_listing (TrestleContext *context, const char *arn);

G_END_DECLS
