/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeFilter:
 *
 * A filter pattern of CloudWatch Logs: words and "quoted phrases" that must all be in a line, `?word`
 * of which one must be, `-word` that must not be. JSON and column patterns are refused.
 */
typedef struct _TrestlePracticeFilter TrestlePracticeFilter;

TrestlePracticeFilter *trestle_practice_filter_new (const char *pattern, GError **error);
void trestle_practice_filter_free (TrestlePracticeFilter *self);
gboolean trestle_practice_filter_matches (TrestlePracticeFilter *self, const char *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeFilter, trestle_practice_filter_free)

G_END_DECLS
