/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleArnView:
 *
 * The step for which there is no API: opens the Configure page, takes the package's ARN from the clipboard
 * or a paste, and proves it. Signal "proved" (#TrestlePackage).
 */
#define TRESTLE_TYPE_ARN_VIEW (trestle_arn_view_get_type ())
G_DECLARE_FINAL_TYPE (TrestleArnView, trestle_arn_view, TRESTLE, ARN_VIEW, GtkWidget)

void trestle_arn_view_set_listing (TrestleArnView *self,
                                   TrestleSession *session,
                                   TrestleListing *listing);

G_END_DECLS
