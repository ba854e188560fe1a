/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-invocation.h"

G_BEGIN_DECLS

/**
 * TrestleCallRow:
 *
 * A call of the history as texts for its columns. Properties, read-only strings: "time", "file", "answer",
 * "latency", "sent", "received", "units", "cost", "state" (style class "success", "warning" or "error"), "state-text".
 */
#define TRESTLE_TYPE_CALL_ROW (trestle_call_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCallRow, trestle_call_row, TRESTLE, CALL_ROW, GObject)

/** trestle_call_row_new: @answer: (nullable): a summary of the answer */
TrestleCallRow *trestle_call_row_new (TrestleInvocation *invocation, const char *answer);
TrestleInvocation *trestle_call_row_get_invocation (TrestleCallRow *self);

/** trestle_call_row_summarise: Returns: (transfer full): what is said of an answer in one cell */
char *trestle_call_row_summarise (TrestleInvocation *invocation);

G_END_DECLS
