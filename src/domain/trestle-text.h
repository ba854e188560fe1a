/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * trestle_text_matches:
 * @expression: a #GRegex pattern of the program's own; it is compiled once and kept
 * @text: UTF-8
 *
 * Returns: whether @expression is found in @text
 */
gboolean trestle_text_matches (const char *expression, const char *text);

G_END_DECLS
