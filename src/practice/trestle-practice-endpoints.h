/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

/** trestle_practice_endpoints_next_due: Returns: when the next endpoint changes its state; 0 for none */
gint64 trestle_practice_endpoints_next_due (TrestlePracticeWorld *world);

/** trestle_practice_endpoints_settle: brings endpoints whose time has come into their next state */
void trestle_practice_endpoints_settle (TrestlePracticeWorld *world, gint64 now);

gboolean
trestle_practice_create_endpoint (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);

gboolean trestle_practice_create_endpoint_config (TrestlePracticeContext *ctx,
                                                  TrestleJson in,
                                                  JsonBuilder *out);
gboolean trestle_practice_describe_endpoint_config (TrestlePracticeContext *ctx,
                                                    TrestleJson in,
                                                    JsonBuilder *out);
gboolean trestle_practice_delete_endpoint_config (TrestlePracticeContext *ctx,
                                                  TrestleJson in,
                                                  JsonBuilder *out);
gboolean trestle_practice_list_endpoint_configs (TrestlePracticeContext *ctx,
                                                 TrestleJson in,
                                                 JsonBuilder *out);

G_END_DECLS
