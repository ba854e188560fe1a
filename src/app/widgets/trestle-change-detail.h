/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-submitted-change.h"

G_BEGIN_DECLS

/** TrestleChangeDetail: one change of a change set, and what AWS has against it, led to the field */
#define TRESTLE_TYPE_CHANGE_DETAIL (trestle_change_detail_get_type ())
G_DECLARE_FINAL_TYPE (TrestleChangeDetail, trestle_change_detail, TRESTLE, CHANGE_DETAIL, GtkWidget)

/** trestle_change_detail_new: @product_id: (nullable): whose editor the fields are in */
GtkWidget *trestle_change_detail_new (TrestleSubmittedChange *change, const char *product_id);

G_END_DECLS
