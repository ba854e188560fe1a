/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "domain/trestle-attribute.h"

G_BEGIN_DECLS

/* What keeps an attribute from being sent. */
typedef enum
{
  TRESTLE_ATTRIBUTE_OK,
  TRESTLE_ATTRIBUTE_MISSING,     /* required, and there is no value */
  TRESTLE_ATTRIBUTE_NO_NUMBER,   /* a range takes numbers */
  TRESTLE_ATTRIBUTE_NO_WHOLE,    /* whole numbers */
  TRESTLE_ATTRIBUTE_TOO_SMALL,   /* below the minimum */
  TRESTLE_ATTRIBUTE_TOO_LARGE,   /* above the maximum */
  TRESTLE_ATTRIBUTE_NO_CHOICE,   /* none of the values, or not all of them */
  TRESTLE_ATTRIBUTE_UNPRINTABLE, /* the header takes printable ASCII */
  TRESTLE_ATTRIBUTE_SEPARATOR,   /* a semicolon would begin the next attribute */
} TrestleAttributeProblem;

/**
 * trestle_attributes_parse:
 * @usage: (nullable): the usage text of a version
 *
 * Reads the list under the heading “Custom attributes”, one line each: `- NAME (required): what it does [constraints]`.
 * Constraints that are understood are a range (“0 to 1”), a choice (“one of a, b”), a set (“any of a, b”) and a switch
 * (“on or off”), each with what holds when it is absent (“0.5 when absent”); others stay text.
 *
 * Returns: (transfer full): a #GListModel of #TrestleAttribute; empty where the listing documents none
 */
GListModel *trestle_attributes_parse (const char *usage);

/** trestle_attribute_check: @value: (nullable): as it would be sent; a set's words with commas between */
TrestleAttributeProblem trestle_attribute_check (TrestleAttribute *self, const char *value);

/**
 * trestle_attributes_is_sendable:
 * @text: the whole header
 *
 * Returns: whether AWS takes it: printable ASCII, and not longer than %TRESTLE_LIMIT_ATTRIBUTES_CHARS
 */
gboolean trestle_attributes_is_sendable (const char *text);

G_END_DECLS
