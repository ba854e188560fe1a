/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * trestle_redact_add:
 * @secret: a secret that must never appear in a log or an error text
 *
 * Known for the rest of the process; short strings (under 8 bytes) are not kept.
 */
void trestle_redact_add (const char *secret);

/**
 * trestle_redact:
 * @text: (nullable): what is about to be shown or logged
 *
 * Returns: (transfer full) (nullable): @text with every known secret, and what looks like a
 *   signature, a session token or a secret key in a header or query, replaced by "•••"
 */
char *trestle_redact (const char *text);

G_END_DECLS
