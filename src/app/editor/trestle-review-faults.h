/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "domain/trestle-change-request.h"
#include "domain/trestle-change-set.h"
#include "domain/trestle-change.h"

G_BEGIN_DECLS

/**
 * trestle_review_faults_find:
 * @changes: what was to be sent
 * @validate: whether only what AWS checks beforehand was sent of it
 * @request: (nullable): what became of it at AWS
 * @error: (nullable): why AWS did not even take it
 * @change: one of @changes
 * @draft: root of the draft that was sent
 *
 * Returns: (transfer full) (element-type TrestleFinding): why AWS refused @change, led to the fields
 *   of the draft where that can be mended; empty where it did not
 */
GPtrArray *trestle_review_faults_find (TrestleChangeSet *changes,
                                       gboolean validate,
                                       TrestleChangeRequest *request,
                                       const GError *error,
                                       TrestleChange *change,
                                       JsonNode *draft);

/** trestle_review_faults_show: puts what trestle_review_faults_find() gives on each card below @groups */
void trestle_review_faults_show (GtkWidget *groups,
                                 TrestleChangeSet *changes,
                                 gboolean validate,
                                 TrestleChangeRequest *request,
                                 const GError *error,
                                 JsonNode *draft);

G_END_DECLS
