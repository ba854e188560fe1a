/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** trestle_chart_text_new: @scale: of the widget's own letters; Returns: (transfer full): small text with figures of one width */
PangoLayout *trestle_chart_text_new (GtkWidget *widget, const char *text, double scale);

/** trestle_chart_text_draw: @x, @y: the upper left corner, moved to a whole pixel */
void trestle_chart_text_draw (GtkSnapshot *snapshot,
                              PangoLayout *layout,
                              const GdkRGBA *colour,
                              float x,
                              float y);

G_END_DECLS
