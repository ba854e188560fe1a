/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleFigureCard: one figure with what it is and a note. Properties: "caption", "figure", "note" */
#define TRESTLE_TYPE_FIGURE_CARD (trestle_figure_card_get_type ())
G_DECLARE_FINAL_TYPE (TrestleFigureCard, trestle_figure_card, TRESTLE, FIGURE_CARD, GtkWidget)

void trestle_figure_card_set (TrestleFigureCard *self, const char *figure, const char *note);

G_END_DECLS
