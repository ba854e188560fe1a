/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-private-offers.h"

G_BEGIN_DECLS

/**
 * TrestleOfferDialog:
 *
 * Asks for what a private offer says, and sends it.
 */
#define TRESTLE_TYPE_OFFER_DIALOG (trestle_offer_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleOfferDialog, trestle_offer_dialog, TRESTLE, OFFER_DIALOG, AdwDialog)

/** trestle_offer_dialog_new: @offer: (nullable): the one whose terms it begins with */
GtkWidget *trestle_offer_dialog_new (TrestleSession *session, TrestleEntity *offer);

/** trestle_offer_dialog_takes: Returns: whether a private offer can be made of a #TrestleOwnProduct: it needs a public one */
gboolean trestle_offer_dialog_takes (gpointer product, gpointer data);

G_END_DECLS
