/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-invocation.h"

G_BEGIN_DECLS

/** TrestleAnswerView: the answer to one call, in the views that fit its type */
#define TRESTLE_TYPE_ANSWER_VIEW (trestle_answer_view_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAnswerView, trestle_answer_view, TRESTLE, ANSWER_VIEW, GtkWidget)

/** trestle_answer_view_wait: shows that a call is under way */
void trestle_answer_view_wait (TrestleAnswerView *self);

/**
 * trestle_answer_view_show:
 * @invocation: (nullable): the call with its body
 * @sent: (nullable): what was sent, where it is known
 */
void
trestle_answer_view_show (TrestleAnswerView *self, TrestleInvocation *invocation, GBytes *sent);

/** trestle_answer_dump: Returns: (transfer full): the first bytes as a hex dump */
char *trestle_answer_dump (GBytes *bytes);

G_END_DECLS
