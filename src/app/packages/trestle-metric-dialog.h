/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** TrestleMetricDialog: one metric of an algorithm's training; nothing changes before it is applied */
#define TRESTLE_TYPE_METRIC_DIALOG (trestle_metric_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleMetricDialog, trestle_metric_dialog, TRESTLE, METRIC_DIALOG, AdwDialog)

/** trestle_metric_dialog_new: @items: where it stands; @position: which it is, or %G_MAXUINT for a new one */
AdwDialog *trestle_metric_dialog_new (GListStore *items, guint position);

G_END_DECLS
