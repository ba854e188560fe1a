/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** TrestleDifferencesDialog: the clauses of a licence that differ from the standard contract, beside its own */
#define TRESTLE_TYPE_DIFFERENCES_DIALOG (trestle_differences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDifferencesDialog,
                      trestle_differences_dialog,
                      TRESTLE,
                      DIFFERENCES_DIALOG,
                      AdwDialog)

/** trestle_differences_dialog_new: @clauses: (element-type TrestleClause): read only now */
AdwDialog *trestle_differences_dialog_new (GPtrArray *clauses);

G_END_DECLS
