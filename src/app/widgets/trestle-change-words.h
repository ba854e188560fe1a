/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "domain/trestle-finding.h"
#include "domain/trestle-own-product.h"
#include "domain/trestle-submitted-change.h"
#include "widgets/trestle-badge.h"
#include "workbench/trestle-requests.h"

G_BEGIN_DECLS

/* Change sets in words, and what of them still stands. No widget is needed. */

/** trestle_change_words_state: Returns: (transfer none): "Applying", "In review", "Failed" … */
const char *trestle_change_words_state (TrestleChangeRequest *request);
TrestleTone trestle_change_words_tone (TrestleChangeRequest *request);
const char *trestle_change_words_icon (TrestleChangeRequest *request);

/** trestle_change_words_title: Returns: (transfer full): what it was called, without the letters by which it is found again */
char *trestle_change_words_title (TrestleChangeRequest *request);

/** trestle_change_words_age: Returns: (transfer full): "since 08:30, 44 min so far" or "yesterday 18:05, 2 min" */
char *trestle_change_words_age (TrestleChangeRequest *request);

/** trestle_change_words_kind: Returns: (transfer full): "Product information" for `UpdateInformation` of a product */
char *trestle_change_words_kind (TrestleSubmittedChange *change);

/**
 * trestle_change_words_touches:
 * @products: a #GListModel of #TrestleOwnProduct
 *
 * Returns: (transfer full): the products and offers that it touches, by title where that is known
 */
char *trestle_change_words_touches (TrestleChangeRequest *request, GListModel *products);

/** trestle_change_words_failure: Returns: (transfer full) (nullable): in one sentence why it failed */
char *trestle_change_words_failure (TrestleChangeRequest *request);

/**
 * trestle_change_words_locate:
 * @draft: (nullable): what was sent, to find which element is meant
 *
 * Returns: (transfer full) (element-type TrestleFinding): AWS's errors, led to fields, by change
 */
GPtrArray *trestle_change_words_locate (TrestleSubmittedChange *change, JsonNode *draft);

/** trestle_change_words_product: Returns: (transfer none) (nullable): identifier of the product that it is about */
const char *trestle_change_words_product (TrestleChangeRequest *request, GListModel *products);

/**
 * trestle_change_words_last:
 * @requests: a #GListModel of #TrestleChangeRequest, newest first
 *
 * Returns: (transfer full) (nullable): the newest one that touches @product or its public offer
 */
TrestleChangeRequest *trestle_change_words_last (GListModel *requests, TrestleOwnProduct *product);

/**
 * trestle_change_words_stands:
 *
 * Returns: whether @request failed lately, and nothing that was sent later for the same entities
 *   went well or is under way
 */
gboolean trestle_change_words_stands (GListModel *requests, TrestleChangeRequest *request);

/** trestle_change_words_count: Returns: how many run or stand failed */
guint trestle_change_words_count (GListModel *requests);

/** trestle_change_words_restricted: Returns: UTC microseconds when @product was restricted; 0 where it is not, or that is not known */
gint64 trestle_change_words_restricted (GListModel *requests, TrestleOwnProduct *product);

G_END_DECLS
