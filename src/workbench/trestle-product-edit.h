/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-change-set.h"
#include "domain/trestle-draft.h"
#include "domain/trestle-own-product.h"
#include "domain/trestle-package.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleProductEdit:
 *
 * A change of a product that is at AWS, without a draft's file: the listing as it is there, a copy
 * to change, and what has to be sent for the difference.
 */
#define TRESTLE_TYPE_PRODUCT_EDIT (trestle_product_edit_get_type ())
G_DECLARE_FINAL_TYPE (TrestleProductEdit, trestle_product_edit, TRESTLE, PRODUCT_EDIT, GObject)

/** trestle_product_edit_open: @product: an identifier, a slug or a title; resolves to a #TrestleProductEdit, whose versions' packages are read */
DexFuture *trestle_product_edit_open (TrestleSession *session, const char *product);

/** trestle_product_edit_get_product: Returns: (transfer none): as it was when it was opened */
TrestleOwnProduct *trestle_product_edit_get_product (TrestleProductEdit *self);

/** trestle_product_edit_get_live: Returns: (transfer none): the listing at AWS, not to be changed */
TrestleDraft *trestle_product_edit_get_live (TrestleProductEdit *self);

/** trestle_product_edit_get_draft: Returns: (transfer none): what it is to become: to be changed */
TrestleDraft *trestle_product_edit_get_draft (TrestleProductEdit *self);

/** trestle_product_edit_get_package: Returns: (transfer none) (nullable): a package of the listing, as read by the last check */
TrestlePackage *trestle_product_edit_get_package (TrestleProductEdit *self, const char *arn);

/** trestle_product_edit_find_version: Returns: index of the version with the title or identifier @name, newest first; -1: none */
int trestle_product_edit_find_version (TrestleProductEdit *self, const char *name);

/**
 * trestle_product_edit_add_version:
 * @package: an own package's ARN or name
 * @like: (nullable): the version whose usage information it takes; else the newest
 * @role: (nullable): AccessRoleArn; else the one that was used last
 *
 * Adds a version without title and notes, for AWS lets each have its own. Where the package does not
 * support an instance type that the other version recommends, its own first one takes that place.
 *
 * Returns: (transfer full): resolves to its index (int)
 */
DexFuture *trestle_product_edit_add_version (TrestleProductEdit *self,
                                             const char *package,
                                             const char *like,
                                             const char *role);

/**
 * trestle_product_edit_check:
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleFinding: what is wrong now and was not
 *   before, errors first
 */
DexFuture *trestle_product_edit_check (TrestleProductEdit *self);

/** trestle_product_edit_build: Returns: (transfer full): what has to be sent; without changes where nothing differs */
TrestleChangeSet *trestle_product_edit_build (TrestleProductEdit *self);

/**
 * trestle_product_edit_submit:
 * @title: what it does, for people: "Prices of Petal Sorter"
 *
 * Checks, and sends what differs.
 *
 * Returns: (transfer full): resolves to the #TrestleTask of trestle_requests_submit(); rejects with
 *   %TRESTLE_WORKBENCH_ERROR_INPUT where AWS would refuse it for something that the live listing does
 *   not have already, and where there is nothing to send
 */
DexFuture *trestle_product_edit_submit (TrestleProductEdit *self, const char *title);

G_END_DECLS
