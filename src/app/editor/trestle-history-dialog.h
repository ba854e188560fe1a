/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/**
 * TrestleHistoryDialog:
 *
 * What a draft was, newest first: where each differs from what it is now, and a button that brings it
 * back.
 */
#define TRESTLE_TYPE_HISTORY_DIALOG (trestle_history_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleHistoryDialog,
                      trestle_history_dialog,
                      TRESTLE,
                      HISTORY_DIALOG,
                      AdwDialog)

AdwDialog *trestle_history_dialog_new (TrestleOpenDraft *open_draft);

G_END_DECLS
