/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/**
 * trestle_draft_logo_dup_uri:
 *
 * Returns: (transfer full) (nullable): where trestle_pictures_load() finds the draft's logo, be it at
 *   an address or in a file beside the draft; another one once that file has changed
 */
char *trestle_draft_logo_dup_uri (TrestleOpenDraft *open_draft);

G_END_DECLS
