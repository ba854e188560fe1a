/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-offer.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleEulaView:
 *
 * The licence of an offer as a card: how long, how it differs from the standard contract, its text with the
 * differences marked, a search in it, and a page of differences alone. Property: "text-height" (pixels that the
 * text takes at most).
 */
#define TRESTLE_TYPE_EULA_VIEW (trestle_eula_view_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEulaView, trestle_eula_view, TRESTLE, EULA_VIEW, GtkWidget)

void
trestle_eula_view_set_offer (TrestleEulaView *self, TrestleSession *session, TrestleOffer *offer);

G_END_DECLS
