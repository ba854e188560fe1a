/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum /*< enum >*/
{
  TRESTLE_PAGE_LOADING,
  TRESTLE_PAGE_CONTENT,
  TRESTLE_PAGE_EMPTY,
  TRESTLE_PAGE_OFFLINE,
  TRESTLE_PAGE_NO_ACCESS,
  TRESTLE_PAGE_ERROR,
} TrestlePageStateKind;

/**
 * TrestlePageState:
 *
 * What a page or panel shows: that it loads, its content, that there is none, or why not. Properties:
 * "state" (#TrestlePageStateKind), "child" (the content), "empty" (shown when there is nothing),
 * "skeleton" (shown while loading; a spinner where there is none), "compact" (for a panel inside a page).
 * Signal "retry".
 */
#define TRESTLE_TYPE_PAGE_STATE (trestle_page_state_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePageState, trestle_page_state, TRESTLE, PAGE_STATE, GtkWidget)

void trestle_page_state_set_state (TrestlePageState *self, TrestlePageStateKind state);
TrestlePageStateKind trestle_page_state_get_state (TrestlePageState *self);

/**
 * trestle_page_state_fail:
 * @what: what was being done: "load the endpoints"
 * @error: why it did not work
 *
 * Shows @error in words: offline, no access (naming the IAM action) or another problem.
 */
void trestle_page_state_fail (TrestlePageState *self, const char *what, const GError *error);

G_END_DECLS
