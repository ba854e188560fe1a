/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

/** trestle_practice_agreement_is_provisioned: Returns: whether @account may use @product: an active agreement whose entitlement is through */
gboolean trestle_practice_agreement_is_provisioned (TrestlePracticeState *state,
                                                    const char *account,
                                                    const char *product,
                                                    gint64 now);

/** trestle_practice_agreement_settle: contracts whose end has come expire */
void trestle_practice_agreement_settle (TrestlePracticeState *state, gint64 now);

/** trestle_practice_agreement_find_active: Returns: (transfer full) (nullable): agreement of @account on @product */
char *trestle_practice_agreement_find_active (TrestlePracticeState *state,
                                              const char *account,
                                              const char *product);

gboolean trestle_practice_create_agreement_request (TrestlePracticeContext *ctx,
                                                    TrestleJson in,
                                                    JsonBuilder *out);
gboolean trestle_practice_accept_agreement_request (TrestlePracticeContext *ctx,
                                                    TrestleJson in,
                                                    JsonBuilder *out);
gboolean
trestle_practice_search_agreements (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);

/** trestle_practice_put_agreement: what DescribeAgreement and SearchAgreements have in common; @rows: columns of %TRESTLE_PRACTICE_AGREEMENT */
void
trestle_practice_put_agreement (TrestlePracticeContext *ctx, JsonBuilder *out, sqlite3_stmt *rows);

#define TRESTLE_PRACTICE_AGREEMENT                                                                 \
  "SELECT id, account, proposer, product, offer, status, value, accepted, ends, provisioned,"      \
  " license, terms FROM agreements "

/** trestle_practice_agreement_invalid: ValidationException with the reason that Agreement gives */
gboolean trestle_practice_agreement_invalid (TrestlePracticeContext *ctx,
                                             const char *reason,
                                             const char *format,
                                             ...) G_GNUC_PRINTF (3, 4);
gboolean
trestle_practice_agreement_missing (TrestlePracticeContext *ctx, const char *type, const char *id);

G_END_DECLS
