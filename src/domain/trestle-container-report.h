/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/trestle-json.h"
#include "domain/trestle-container-result.h"

G_BEGIN_DECLS

/**
 * trestle_container_result_to_json:
 *
 * `{"target", "result", "started", "duration_ms", "figures": {…}, "checks": […], "pings": […]}`. Member names
 * are stable; times are milliseconds, sizes bytes; what was not measured is left out.
 *
 * Returns: (transfer full): the report for programs
 */
JsonNode *trestle_container_result_to_json (TrestleContainerResult *self);

/** trestle_container_result_from_json: Returns: (transfer full) (nullable): what trestle_container_result_to_json() wrote; %TRESTLE_JSON_ERROR */
TrestleContainerResult *
trestle_container_result_from_json (const char *text, gssize length, GError **error);

/** trestle_container_result_to_markdown: Returns: (transfer full): the report for people, failed checks first */
char *trestle_container_result_to_markdown (TrestleContainerResult *self);

/** trestle_container_result_summary: Returns: (transfer full): "21 passed, 1 failed, 3 warnings, 1 skipped" */
char *trestle_container_result_summary (TrestleContainerResult *self);

G_END_DECLS
