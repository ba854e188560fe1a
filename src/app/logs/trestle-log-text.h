/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can be read out of a line of a container's log, each in its own words. */

/**
 * trestle_log_text_skip_head:
 * @text: UTF-8
 * @length: bytes of @text
 *
 * A list shows time and level in columns of their own, so the text need not say them once more.
 *
 * Returns: at which byte the line's own words begin, behind time stamp and level
 */
gsize trestle_log_text_skip_head (const char *text, gsize length);

/**
 * trestle_log_text_dup_row:
 * @max_length: bytes at most
 *
 * Returns: (transfer full): @text for one row of a list: in one line, without its head, cut
 */
char *trestle_log_text_dup_row (const char *text, gsize length, gsize max_length);

/** trestle_log_text_dup_pretty: Returns: (transfer full) (nullable): JSON indented; %NULL if it is none */
char *trestle_log_text_dup_pretty (const char *text);

/** trestle_log_text_dup_request: Returns: (transfer full) (nullable): the request's id, where it is said */
char *trestle_log_text_dup_request (const char *text);

/** trestle_log_text_get_status: Returns: the HTTP status of a call's line, 0 where it is none */
guint trestle_log_text_get_status (const char *text);

G_END_DECLS
