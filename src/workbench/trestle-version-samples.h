/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** trestle_version_sample_parts: what a version may have a sample for: `RealtimeInference`, `BatchTransform` */
extern const char *const trestle_version_sample_parts[];
#define TRESTLE_VERSION_SAMPLE_PARTS 2

/* What an endpoint takes. */
#define TRESTLE_VERSION_SAMPLE_BYTES (25 * 1024 * 1024)

/** trestle_version_sample_get_text: @form: "Text" or "Url"; Returns: (transfer none): of the sample at @base; "" where there is none */
const char *trestle_version_sample_get_text (TrestleDraft *draft,
                                             const char *base,
                                             const char *part,
                                             const char *form);

/**
 * trestle_version_sample_read:
 * @base: `Versions[0].InputProperties.SampleInput`
 * @part: one of trestle_version_sample_parts
 *
 * For a fiber of the workbench.
 *
 * Returns: (transfer full) (nullable): the text itself, or what is at its address; %NULL without @error
 *   where there is neither
 */
GBytes *trestle_version_sample_read (TrestleContext *context,
                                     TrestleDraft *draft,
                                     const char *base,
                                     const char *part,
                                     GError **error);

/** trestle_version_sample_exists: Returns: whether there is a sample of inputs, or outputs, for the parameters at @list_path; custom attributes have none */
gboolean trestle_version_sample_exists (TrestleDraft *draft, const char *list_path);

/** trestle_version_sample_is_told: Returns: whether the parameters at @list_path are such as stand in a sample */
gboolean trestle_version_sample_is_told (const char *list_path);

/**
 * trestle_version_sample_keys:
 * @list_path: parameters of a version: `Versions[0].InputProperties.Parameters`
 *
 * Fetches the sample that goes with them and reads the names in it.
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleSampleKey;
 *   %TRESTLE_WORKBENCH_ERROR_INPUT where there is no sample, or it has no names
 */
DexFuture *
trestle_version_sample_keys (TrestleSession *session, TrestleDraft *draft, const char *list_path);

G_END_DECLS
