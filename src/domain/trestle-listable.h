/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-package.h"

G_BEGIN_DECLS

/**
 * trestle_package_dup_obstacles:
 * @account: (nullable): whose listing it would become; %NULL where it is not known
 *
 * Why a package cannot become a version of a listing: one sentence for each reason, the gravest
 * first. It has to be described in full. Source: AWS Marketplace's requirements for SageMaker
 * resources.
 *
 * Returns: (transfer full): empty where nothing stands in the way
 */
char **trestle_package_dup_obstacles (TrestlePackage *self, const char *account);

/** trestle_package_is_final: Returns: whether SageMaker is done with it, well or not */
gboolean trestle_package_is_final (TrestlePackage *self);

/** trestle_region_is_default: Returns: whether every account has @region from the start */
gboolean trestle_region_is_default (const char *region);

/** trestle_default_regions: Returns: (transfer none): these Regions, NULL-terminated */
const char *const *trestle_default_regions (void);

G_END_DECLS
