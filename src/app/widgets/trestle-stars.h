/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleStars: five stars. Property: "rating" (double, 0–5; below 0 nobody rated) */
#define TRESTLE_TYPE_STARS (trestle_stars_get_type ())
G_DECLARE_FINAL_TYPE (TrestleStars, trestle_stars, TRESTLE, STARS, GtkWidget)

G_END_DECLS
