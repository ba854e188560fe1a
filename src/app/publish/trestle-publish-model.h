/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "domain/trestle-container-result.h"
#include "domain/trestle-own-product.h"
#include "publish/trestle-publish-point.h"
#include "workbench/trestle-requests.h"

G_BEGIN_DECLS

/**
 * TrestlePublishFacts:
 * @product: at AWS
 * @requests: a #GListModel of #TrestleChangeRequest, newest first
 * @findings: (nullable): a #GListModel of #TrestleFinding: of its draft, or of the listing itself
 * @container: (nullable): the last check of its newest version's image; started at 0: none yet
 * @n_changes: what its draft holds that was not submitted
 */
typedef struct
{
  TrestleOwnProduct *product;
  GListModel *requests;
  GListModel *findings;
  TrestleContainerResult *container;
  guint n_changes;
} TrestlePublishFacts;

/* A product's way to its buyers, and what stands before the next step. No display is needed. */

/** trestle_publish_steps: Returns: (transfer full) (element-type TrestlePublishPoint): the track */
GPtrArray *trestle_publish_steps (const TrestlePublishFacts *facts, guint n_blockers);

/** trestle_publish_checks: Returns: (transfer full) (element-type TrestlePublishPoint): worst first */
GPtrArray *trestle_publish_checks (const TrestlePublishFacts *facts);

/** trestle_publish_count: Returns: how many of @points are of @mark */
guint trestle_publish_count (GPtrArray *points, TrestlePublishMark mark);

/** trestle_publish_find_request: Returns: (transfer full) (nullable): the change set that holds the product */
TrestleChangeRequest *trestle_publish_find_request (const TrestlePublishFacts *facts);

G_END_DECLS
