/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft-field.h"
#include "store/trestle-yaml.h"

G_BEGIN_DECLS

/* A draft is seven deep; what a person adds may be a little more. */
#define TRESTLE_YAML_MOST_DEPTH 32u

/* Fewer bytes than this many nodes would take a machine's memory. */
#define TRESTLE_YAML_MOST_NODES 100000u

/**
 * trestle_yaml_resolve:
 * @field: (nullable): the row of the member that holds it
 * @text: a scalar without quotes
 *
 * Numbers become such only if writing them gives the same text again.
 *
 * Returns: (transfer full): the node that it stands for
 */
JsonNode *trestle_yaml_resolve (const TrestleDraftField *field, const char *text);

G_END_DECLS
