/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleCompareDialog: up to four products side by side */
#define TRESTLE_TYPE_COMPARE_DIALOG (trestle_compare_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCompareDialog,
                      trestle_compare_dialog,
                      TRESTLE,
                      COMPARE_DIALOG,
                      AdwDialog)

/** trestle_compare_dialog_new: @listings: #GListModel of #TrestleListing */
AdwDialog *trestle_compare_dialog_new (TrestleSession *session, GListModel *listings);

G_END_DECLS
