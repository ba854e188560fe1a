/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleSimilarDialog:
 *
 * A draft's prices beside what listings of the same categories ask for the same use of the same
 * instance type.
 */
#define TRESTLE_TYPE_SIMILAR_DIALOG (trestle_similar_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSimilarDialog,
                      trestle_similar_dialog,
                      TRESTLE,
                      SIMILAR_DIALOG,
                      AdwDialog)

AdwDialog *trestle_similar_dialog_new (TrestleSession *session, TrestleOpenDraft *open_draft);

G_END_DECLS
