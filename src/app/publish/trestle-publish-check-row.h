/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "publish/trestle-publish-point.h"

G_BEGIN_DECLS

/** TrestlePublishCheckRow: what stands before the next step, with what helps */
#define TRESTLE_TYPE_PUBLISH_CHECK_ROW (trestle_publish_check_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePublishCheckRow,
                      trestle_publish_check_row,
                      TRESTLE,
                      PUBLISH_CHECK_ROW,
                      AdwActionRow)

/** trestle_publish_check_row_new: @product_id: whose fields are meant */
GtkWidget *trestle_publish_check_row_new (TrestlePublishPoint *point, const char *product_id);

G_END_DECLS
