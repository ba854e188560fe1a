/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/trestle-draft-section.h"

G_BEGIN_DECLS

/**
 * TrestlePricingForm:
 *
 * Prices and terms of a listing: its pricing model, a grid of prices with a formula that fills it,
 * free trial, licence, refund policy, and when a price may rise next.
 */
#define TRESTLE_TYPE_PRICING_FORM (trestle_pricing_form_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePricingForm, trestle_pricing_form, TRESTLE, PRICING_FORM, GtkWidget)

GtkWidget *trestle_pricing_form_new (TrestleSession *session, TrestleOpenDraft *draft);

/** trestle_pricing_section: the same as a part of the editor */
extern const TrestleDraftSection trestle_pricing_section;

G_END_DECLS
