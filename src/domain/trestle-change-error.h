/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "domain/trestle-finding.h"

G_BEGIN_DECLS

/**
 * TrestleChangeError:
 *
 * What is known of an error code that a change set may end with, minutes or hours after it was sent.
 * Source: the Catalog API's documentation of each change type.
 */
typedef struct
{
  const char *code;
  const char *change_type; /* NULL: of any change */
  const char *field;       /* pattern in the draft; `Versions[]` is the version of the change */
  const char *message;     /* words for people, not translated yet */
  const char *fix;
} TrestleChangeError;

/**
 * trestle_change_error_find:
 * @code: AWS's ErrorCode
 * @change_type: (nullable): the change that has it, `AddDeliveryOptions`
 *
 * Returns: (transfer none) (nullable): what is known of it; %NULL for a code that is new
 */
const TrestleChangeError *trestle_change_error_find (const char *code, const char *change_type);

/**
 * trestle_change_error_locate:
 * @draft: (nullable): the root of the draft that was sent, to find which element is meant
 * @change_type: (nullable): `UpdateInformation` …
 * @entity_type: (nullable): `MachineLearningProduct@1.0` or `Offer@1.0`
 * @details: (nullable): DetailsDocument of the change
 * @code: (nullable): ErrorCode
 * @message: (nullable): ErrorMessage
 *
 * Leads an item of a change's ErrorDetailList to where it can be mended. A code that is new leads to
 * what its change writes, with AWS's own words. Source: DescribeChangeSet.
 *
 * Returns: (transfer full) (element-type TrestleFinding): one or more findings
 */
GPtrArray *trestle_change_error_locate (JsonNode *draft,
                                        const char *change_type,
                                        const char *entity_type,
                                        JsonNode *details,
                                        const char *code,
                                        const char *message);

G_END_DECLS
