/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleSampleKeysDialog: the names in a version's sample, of which a person adds some as parameters; what is listed already stays as it is */
#define TRESTLE_TYPE_SAMPLE_KEYS_DIALOG (trestle_sample_keys_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSampleKeysDialog,
                      trestle_sample_keys_dialog,
                      TRESTLE,
                      SAMPLE_KEYS_DIALOG,
                      AdwDialog)

/** trestle_sample_keys_dialog_new: @path: of a list of parameters of a version */
AdwDialog *trestle_sample_keys_dialog_new (TrestleSession *session,
                                           TrestleOpenDraft *open_draft,
                                           const char *path);

G_END_DECLS
