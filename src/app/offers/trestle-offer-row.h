/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-private-offers.h"

G_BEGIN_DECLS

/**
 * TrestleOfferRow:
 *
 * A private offer: name, product, buyers, last day and state, with copying and ending it.
 */
#define TRESTLE_TYPE_OFFER_ROW (trestle_offer_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleOfferRow, trestle_offer_row, TRESTLE, OFFER_ROW, AdwActionRow)

GtkWidget *trestle_offer_row_new (TrestleSession *session, TrestleEntity *offer);

G_END_DECLS
