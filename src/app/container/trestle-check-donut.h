/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-container-rules.h"

G_BEGIN_DECLS

/** TrestleCheckDonut: how many of a container's checks passed, as parts of a whole; its centre repeats the number */
#define TRESTLE_TYPE_CHECK_DONUT (trestle_check_donut_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCheckDonut, trestle_check_donut, TRESTLE, CHECK_DONUT, GtkWidget)

void trestle_check_donut_set_count (TrestleCheckDonut *self, const TrestleContainerCount *count);

G_END_DECLS
