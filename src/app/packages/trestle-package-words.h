/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-container-image.h"
#include "domain/trestle-package.h"
#include "widgets/trestle-badge.h"

G_BEGIN_DECLS

/** trestle_package_status_word: @tone: (out): what goes with the word; Returns: (transfer none): "Completed", "Validating" … */
const char *trestle_package_status_word (TrestlePackage *self, TrestleTone *tone);

/** trestle_package_kind_word: Returns: (transfer none): "Model package" or "Algorithm" */
const char *trestle_package_kind_word (TrestleProductKind kind);

/** trestle_package_dup_image_name: Returns: (transfer full): "iris:1" of `ACCOUNT.dkr.ecr.REGION.amazonaws.com/iris:1` */
char *trestle_package_dup_image_name (const char *uri);

/** trestle_package_dup_summary: Returns: (transfer full): "Model package · iris:1 · made 5 December" */
char *trestle_package_dup_summary (TrestlePackage *self);

/**
 * trestle_package_dup_obstacles:
 * @account: (nullable): the number of the account that wants to list it
 *
 * Returns: (transfer full) (nullable): why it cannot be listed, in sentences, one a line; %NULL where it can
 */
char *trestle_package_dup_obstacles (TrestlePackage *self, const char *account);

/** trestle_image_dup_scan: @tone: (out): Returns: (transfer full): what the scan of @image said: "scanned, nothing found" */
char *trestle_image_dup_scan (TrestleContainerImage *image, TrestleTone *tone);

G_END_DECLS
