/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleSampleGroup:
 *
 * Tries the samples of a version on a container on this computer, or on an endpoint that the account runs, and
 * shows what came of each. An answer can become the sample output.
 */
#define TRESTLE_TYPE_SAMPLE_GROUP (trestle_sample_group_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSampleGroup,
                      trestle_sample_group,
                      TRESTLE,
                      SAMPLE_GROUP,
                      AdwPreferencesGroup)

/** trestle_sample_group_set_version: what was tried of another version is forgotten */
void trestle_sample_group_set_version (TrestleSampleGroup *self,
                                       TrestleSession *session,
                                       TrestleOpenDraft *open_draft,
                                       guint index);

G_END_DECLS
