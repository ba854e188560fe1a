/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "domain/trestle-package.h"
#include "workbench/trestle-remote-list.h"

G_BEGIN_DECLS

/**
 * TrestlePackages:
 *
 * The account's own model packages and algorithms in this Region, newest first: a
 * #TrestleRemoteList of #TrestlePackage, each described in full.
 */
#define TRESTLE_TYPE_PACKAGES (trestle_packages_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePackages, trestle_packages, TRESTLE, PACKAGES, TrestleRemoteList)

/** trestle_package_is_final: Returns: whether SageMaker is done with it, well or not */
gboolean trestle_package_is_final (TrestlePackage *self);

/** trestle_packages_describe: @name: an ARN, or the name of an own package; resolves to a #TrestlePackage in full */
DexFuture *trestle_packages_describe (TrestlePackages *self, const char *name);

/** trestle_packages_images: resolves to a #GListModel of #TrestleContainerImage of all the account's repositories, newest first in each */
DexFuture *trestle_packages_images (TrestlePackages *self);

/**
 * trestle_packages_create:
 * @kind: model package or algorithm
 * @input: (transfer full): of CreateModelPackage or CreateAlgorithm, without a client token
 *
 * Makes the package and follows its validation and scan to their end. Stopping ends the following
 * only: SageMaker goes on.
 *
 * Returns: (transfer full): a task (steps made, validated, scanned) whose result is the #TrestlePackage
 */
TrestleTask *
trestle_packages_create (TrestlePackages *self, TrestleProductKind kind, JsonObject *input);

/** trestle_packages_delete: resolves to TRUE; buyers of a published version keep theirs (DeleteModelPackage, DeleteAlgorithm) */
DexFuture *trestle_packages_delete (TrestlePackages *self, const char *arn);

G_END_DECLS
