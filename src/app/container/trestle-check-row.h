/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "domain/trestle-container-check.h"

G_BEGIN_DECLS

/** TrestleCheckRow: a check of a container with its figure; one that failed opens to its cause and cure */
#define TRESTLE_TYPE_CHECK_ROW (trestle_check_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCheckRow, trestle_check_row, TRESTLE, CHECK_ROW, AdwExpanderRow)

GtkWidget *trestle_check_row_new (TrestleContainerCheck *check);

/** trestle_check_row_set_check: shows @check; trestle_check_row_get_check() gives it back */
void trestle_check_row_set_check (TrestleCheckRow *self, TrestleContainerCheck *check);
TrestleContainerCheck *trestle_check_row_get_check (TrestleCheckRow *self);

G_END_DECLS
