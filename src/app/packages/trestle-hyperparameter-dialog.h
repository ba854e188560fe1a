/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** TrestleHyperparameterDialog: one setting of an algorithm's training; nothing changes before it is applied */
#define TRESTLE_TYPE_HYPERPARAMETER_DIALOG (trestle_hyperparameter_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleHyperparameterDialog,
                      trestle_hyperparameter_dialog,
                      TRESTLE,
                      HYPERPARAMETER_DIALOG,
                      AdwDialog)

/** trestle_hyperparameter_dialog_new: @items: where it stands; @position: which it is, or %G_MAXUINT for a new one */
AdwDialog *trestle_hyperparameter_dialog_new (GListStore *items, guint position);

G_END_DECLS
