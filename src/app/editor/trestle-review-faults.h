/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-change-request.h"
#include "domain/trestle-change.h"

G_BEGIN_DECLS

/**
 * trestle_review_faults_find:
 * @request: (nullable): what became of the change set that @change was in
 * @draft: root of the draft that was sent
 *
 * Returns: (transfer full) (element-type TrestleFinding): why AWS refused @change, led to the fields
 *   of the draft where that can be mended; empty where it did not
 */
GPtrArray *
trestle_review_faults_find (TrestleChangeRequest *request, TrestleChange *change, JsonNode *draft);

G_END_DECLS
