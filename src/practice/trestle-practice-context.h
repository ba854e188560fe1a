/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/trestle-json.h"
#include "practice/trestle-practice-put.h"
#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeContext:
 * @account: who calls
 * @region: where
 * @now: UTC microseconds, one for the whole call
 * @request_id: what the answer will carry
 * @payload: (nullable): the body of operations whose input is a blob
 * @answer: (nullable): set by handlers whose output is a blob
 * @status: set by handlers whose success has another status than the operation's
 *
 * One call, from the verified signature to the answer. Handlers run in a fiber on the main thread,
 * inside a transaction unless their row says that they wait.
 */
typedef struct
{
  TrestlePracticeWorld *world;
  TrestlePracticeState *state; /* world's, for short */
  const TrestlePracticeAccount *account;
  char *region;
  gint64 now;
  char *request_id;
  GBytes *payload;
  GBytes *answer;
  guint status;

  char *fault_code; /* set by trestle_practice_fail() */
  guint fault_status;
  char *fault_message;
  JsonObject *fault_members;
} TrestlePracticeContext;

/**
 * TrestlePracticeHandler:
 * @in: the operation's input, already checked against the wire table
 * @out: an open object for the output's members
 *
 * Returns: %TRUE, or the value of trestle_practice_fail()
 */
typedef gboolean (*TrestlePracticeHandler) (TrestlePracticeContext *ctx,
                                            TrestleJson in,
                                            JsonBuilder *out);

/**
 * TrestlePracticeRoute:
 * @waits: the handler awaits something: no transaction is held open around it
 */
typedef struct
{
  const char *service; /* name of the wire table */
  const char *operation;
  TrestlePracticeHandler handler;
  gboolean waits;
} TrestlePracticeRoute;

/** trestle_practice_fail: Returns: %FALSE, for handlers to return */
gboolean trestle_practice_fail (TrestlePracticeContext *ctx,
                                const char *code,
                                guint status,
                                const char *format,
                                ...) G_GNUC_PRINTF (4, 5);

/** trestle_practice_fail_text: adds a member to the error */
void trestle_practice_fail_text (TrestlePracticeContext *ctx, const char *name, const char *value);
void trestle_practice_fail_int (TrestlePracticeContext *ctx, const char *name, gint64 value);

/** trestle_practice_invalid: SageMaker's and others' ValidationException, HTTP 400 */
#define trestle_practice_invalid(ctx, ...)                                                         \
  trestle_practice_fail ((ctx), "ValidationException", 400, __VA_ARGS__)

/**
 * trestle_practice_page:
 * @token: (nullable): what the caller sent
 * @scope: what the token belongs to: operation and question; Region and account are added
 * @offset: (out): where to go on
 *
 * Returns: whether @token is missing or ours, for this question in this Region
 */
gboolean trestle_practice_page_open (TrestlePracticeContext *ctx,
                                     const char *token,
                                     const char *scope,
                                     gint64 *offset);
/** trestle_practice_page_token: Returns: (transfer full): an opaque token of base64 letters for @offset */
char *trestle_practice_page_token (TrestlePracticeContext *ctx, const char *scope, gint64 offset);

/** trestle_practice_scope: Returns: (transfer full): @operation and @in without its paging members, as one text */
char *trestle_practice_scope (const char *operation, TrestleJson in);

extern const TrestlePracticeRoute trestle_practice_sts_routes[];
extern const TrestlePracticeRoute trestle_practice_discovery_routes[];
extern const TrestlePracticeRoute trestle_practice_agreement_routes[];
extern const TrestlePracticeRoute trestle_practice_catalog_routes[];
extern const TrestlePracticeRoute trestle_practice_sagemaker_routes[];
extern const TrestlePracticeRoute trestle_practice_package_routes[];
extern const TrestlePracticeRoute trestle_practice_endpoint_routes[];
extern const TrestlePracticeRoute trestle_practice_job_routes[];
extern const TrestlePracticeRoute trestle_practice_runtime_routes[];
extern const TrestlePracticeRoute trestle_practice_logs_routes[];
extern const TrestlePracticeRoute trestle_practice_iam_routes[];
extern const TrestlePracticeRoute trestle_practice_pricing_routes[];
extern const TrestlePracticeRoute trestle_practice_quota_routes[];
extern const TrestlePracticeRoute trestle_practice_s3_routes[];
extern const TrestlePracticeRoute trestle_practice_ecr_routes[];
extern const TrestlePracticeRoute trestle_practice_analytics_routes[];

G_END_DECLS
