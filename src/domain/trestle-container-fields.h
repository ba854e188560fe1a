/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * trestle_container_fields_judge:
 * @type: (nullable): the answer's Content-Type
 * @body: the answer
 * @fields: (array zero-terminated=1): names that the listing promises in every answer (AlwaysReturned)
 * @missing: (out) (transfer none): the first that is not there, one of @fields; %NULL where all are
 *
 * A name may stand at any depth of a JSON answer, and has to stand in every line of JSON Lines.
 *
 * Returns: whether the answer has names at all: JSON or JSON Lines that can be read, of at most 1 MiB
 */
gboolean trestle_container_fields_judge (const char *type,
                                         GBytes *body,
                                         const char *const *fields,
                                         const char **missing);

G_END_DECLS
