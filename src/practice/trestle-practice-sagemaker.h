/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

/* What SageMaker's operations share. */

/** trestle_practice_sagemaker_arn: Returns: (transfer full): of the caller's @kind ("endpoint-config"); the name in lower case, as SageMaker writes it */
char *
trestle_practice_sagemaker_arn (TrestlePracticeContext *ctx, const char *kind, const char *name);

/** trestle_practice_sagemaker_missing: `Could not find endpoint "arn:…".` */
gboolean trestle_practice_sagemaker_missing (TrestlePracticeContext *ctx,
                                             const char *words,
                                             const char *kind,
                                             const char *name);
/** trestle_practice_sagemaker_taken: `Cannot create already existing endpoint "arn:…".` */
gboolean trestle_practice_sagemaker_taken (TrestlePracticeContext *ctx,
                                           const char *words,
                                           const char *kind,
                                           const char *name);

/** trestle_practice_sagemaker_exists: @table: "models", "configs", "endpoints", "transform_jobs" */
gboolean trestle_practice_sagemaker_exists (TrestlePracticeContext *ctx,
                                            const char *table,
                                            const char *name);

/** trestle_practice_sagemaker_find_package: @arn: of a model package or algorithm; sets the fault where it is unknown here or not subscribed */
const TrestlePracticeVersion *
trestle_practice_sagemaker_find_package (TrestlePracticeContext *ctx, const char *arn);

/**
 * TrestlePracticePackage:
 * @name: what models and variants remember: see trestle_practice_packages_dup_arn()
 * @engine: the built-in model that answers; "" where the image is bound to none
 * @title: what people call it
 * @version: what its container says of itself
 * @types: (nullable): instance types for endpoints
 * @batch_types: (nullable): those for batch transform
 * @own: the account has made it itself
 * @healthy: whether its container answers `/ping`
 *
 * A model package that models can be made of, bought or the account's own.
 */
typedef struct
{
  char *name;
  char *engine;
  char *title;
  char *version;
  JsonArray *types;
  JsonArray *batch_types;
  gboolean own;
  gboolean healthy;
} TrestlePracticePackage;

/**
 * trestle_practice_package_open:
 * @package: an ARN, or what a model remembers
 * @entitled: whether one that is bought needs a subscription
 *
 * Returns: whether there is such a package; sets the fault where not
 */
gboolean trestle_practice_package_open (TrestlePracticeContext *ctx,
                                        const char *package,
                                        gboolean entitled,
                                        TrestlePracticePackage *self);
void trestle_practice_package_clear (TrestlePracticePackage *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestlePracticePackage, trestle_practice_package_clear)

/** trestle_practice_role_dup_refusal: Returns: (transfer full) (nullable): why SageMaker cannot take on the role @arn; %NULL where it can */
char *trestle_practice_role_dup_refusal (TrestlePracticeCatalogue *catalogue,
                                         const char *account,
                                         const char *arn);

/** trestle_practice_sagemaker_check_role: Returns: whether @arn is a role of the account that trusts SageMaker */
gboolean trestle_practice_sagemaker_check_role (TrestlePracticeContext *ctx, const char *arn);

/** trestle_practice_role_allows: Returns: whether a policy of the role allows @action ("logs:CreateLogStream") */
gboolean trestle_practice_role_allows (TrestlePracticeCatalogue *catalogue,
                                       const char *account,
                                       const char *arn,
                                       const char *action);

/**
 * trestle_practice_sagemaker_check_quota:
 * @kind: "endpoint", "transform", "training": a member of the catalogue's quotas
 * @used: instances that run
 * @delta: instances that are asked for
 *
 * Returns: whether the account may run so many; sets the fault where not
 */
gboolean trestle_practice_sagemaker_check_quota (TrestlePracticeContext *ctx,
                                                 const char *kind,
                                                 const char *type,
                                                 gint64 used,
                                                 gint64 delta);

/** trestle_practice_sagemaker_get_used: Returns: instances of @type that run in jobs: @training, or else batch transform */
gint64 trestle_practice_sagemaker_get_used (TrestlePracticeContext *ctx,
                                            gboolean training,
                                            const char *type);

/* Tags of whatever has an ARN. */

/** trestle_practice_tag: @tags: a list of Key and Value, or nothing; Returns: whether there are no more than @limit then */
gboolean
trestle_practice_tag (TrestlePracticeContext *ctx, TrestleJson tags, const char *arn, gint64 limit);
void trestle_practice_untag (TrestlePracticeContext *ctx, TrestleJson keys, const char *arn);
/** trestle_practice_put_tags: writes `Tags`; @max: -1 for all */
void trestle_practice_put_tags (TrestlePracticeState *state,
                                const char *arn,
                                gint64 offset,
                                gint64 max,
                                JsonBuilder *out);

/** trestle_practice_sagemaker_tag: the `Tags` of a Create call */
gboolean
trestle_practice_sagemaker_tag (TrestlePracticeContext *ctx, TrestleJson tags, const char *arn);
void trestle_practice_sagemaker_untag (TrestlePracticeContext *ctx, const char *arn);

/**
 * TrestlePracticeList:
 *
 * A page of one of the lists, all of which have the same filters.
 */
typedef struct
{
  sqlite3_stmt *rows;
  gint64 max;
  gint64 offset;
  gint64 seen;
  char *scope;
} TrestlePracticeList;

/** trestle_practice_list_open: @columns: of @table, comma-separated; Returns: whether the paging token was good */
gboolean trestle_practice_list_open (TrestlePracticeContext *ctx,
                                     TrestleJson in,
                                     const char *operation,
                                     const char *table,
                                     const char *columns,
                                     TrestlePracticeList *list);
gboolean trestle_practice_list_next (TrestlePracticeList *list);
/** trestle_practice_list_end: writes NextToken where there is more */
void trestle_practice_list_end (TrestlePracticeContext *ctx,
                                TrestlePracticeList *list,
                                JsonBuilder *out);
void trestle_practice_list_clear (TrestlePracticeList *list);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestlePracticeList, trestle_practice_list_clear)

gboolean trestle_practice_add_tags (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean trestle_practice_list_tags (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean
trestle_practice_delete_tags (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean trestle_practice_create_model_package (TrestlePracticeContext *ctx,
                                                TrestleJson in,
                                                JsonBuilder *out);
gboolean
trestle_practice_create_algorithm (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean trestle_practice_describe_model_package (TrestlePracticeContext *ctx,
                                                  TrestleJson in,
                                                  JsonBuilder *out);
gboolean
trestle_practice_describe_algorithm (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);

G_END_DECLS
