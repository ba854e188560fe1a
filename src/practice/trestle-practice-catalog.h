/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-change.h"

G_BEGIN_DECLS

#define TRESTLE_PRACTICE_CATALOG "AWSMarketplace"

/** trestle_practice_catalog_invalid: ValidationException with the status that the Catalog gives it */
#define trestle_practice_catalog_invalid(ctx, ...)                                                 \
  trestle_practice_fail ((ctx), "ValidationException", 0, __VA_ARGS__)

/** trestle_practice_catalog_missing: ResourceNotFoundException; Returns: %FALSE */
gboolean trestle_practice_catalog_missing (TrestlePracticeContext *ctx, const char *id);

/** trestle_practice_catalog_check: Returns: whether the request names the one catalogue that there is */
gboolean trestle_practice_catalog_check (TrestlePracticeContext *ctx, TrestleJson in);

/** trestle_practice_catalog_page: opens a page of a sorted list of @n; Returns: whether the token is of this request */
gboolean trestle_practice_catalog_page (TrestlePracticeContext *ctx,
                                        TrestleJson in,
                                        const char *operation,
                                        gint64 *offset);
/** trestle_practice_catalog_put_token: NextToken where there is more than @end of @n */
void trestle_practice_catalog_put_token (TrestlePracticeContext *ctx,
                                         TrestleJson in,
                                         const char *operation,
                                         gint64 end,
                                         gint64 n,
                                         JsonBuilder *out);

/**
 * trestle_practice_check_changes:
 * @in: StartChangeSet's input
 *
 * Everything that AWS says at once: shape of details, unknown, foreign, stale and locked entities,
 * references, repeated changes. Entities that the set makes get their identifiers.
 *
 * Returns: (transfer full) (nullable) (element-type TrestlePracticeChange): the changes; %NULL with
 *   the fault set
 */
GPtrArray *trestle_practice_check_changes (TrestlePracticeContext *ctx, TrestleJson in);

/** trestle_practice_may_see: Returns: whether the caller owns @entity, or its policy shares it */
gboolean
trestle_practice_may_see (TrestlePracticeContext *ctx, const TrestlePracticeEntity *entity);

/** trestle_practice_change_set_dup_arn: Returns: (transfer full): ARN of a change set */
char *trestle_practice_change_set_dup_arn (const char *account, const char *id);

/** trestle_practice_change_sets_next_due: Returns: when the next change set goes on; 0 for none */
gint64 trestle_practice_change_sets_next_due (TrestlePracticeWorld *world);
/** trestle_practice_change_sets_settle: carries out what was due by @now, each at its own time */
void trestle_practice_change_sets_settle (TrestlePracticeWorld *world, gint64 now);

gboolean
trestle_practice_start_change_set (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean trestle_practice_describe_change_set (TrestlePracticeContext *ctx,
                                               TrestleJson in,
                                               JsonBuilder *out);
gboolean
trestle_practice_cancel_change_set (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean
trestle_practice_list_change_sets (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean
trestle_practice_list_entities (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean
trestle_practice_describe_entity (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean trestle_practice_batch_describe_entities (TrestlePracticeContext *ctx,
                                                   TrestleJson in,
                                                   JsonBuilder *out);

G_END_DECLS
