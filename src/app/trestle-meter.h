/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestleMeter:
 *
 * What runs now and what it costs: "2 endpoints · $1.94/h". Properties: "session", "running" (read-only,
 * whether anything does).
 */
#define TRESTLE_TYPE_METER (trestle_meter_get_type ())
G_DECLARE_FINAL_TYPE (TrestleMeter, trestle_meter, TRESTLE, METER, GtkWidget)

G_END_DECLS
