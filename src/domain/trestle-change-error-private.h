/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-change-error.h"

G_BEGIN_DECLS

/** trestle_change_error_dup_version_field: Returns: (transfer full): @field, `Versions[]…`, of the version of the draft that @details speaks of; "Versions" where it has none */
char *
trestle_change_error_dup_version_field (JsonNode *draft, JsonNode *details, const char *field);

/** trestle_change_error_dup_field_of: Returns: (transfer full): what of the draft a change writes, as a whole */
char *trestle_change_error_dup_field_of (JsonNode *draft,
                                         const char *change_type,
                                         const char *entity_type,
                                         JsonNode *details);

G_END_DECLS
