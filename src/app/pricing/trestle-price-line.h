/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-instance-price.h"
#include "domain/trestle-price-formula.h"
#include "widgets/trestle-badge.h"
#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/** TRESTLE_PRICE_MODES: prices that a line can have: real-time (or one call), batch, training */
#define TRESTLE_PRICE_MODES 3

/**
 * TrestlePriceLine:
 *
 * An instance type of a listing with its prices, or the one price of a call. Properties: "selected"
 * (boolean). Signal "changed": anything else of it did.
 */
#define TRESTLE_TYPE_PRICE_LINE (trestle_price_line_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePriceLine, trestle_price_line, TRESTLE, PRICE_LINE, GObject)

/** trestle_price_line_new: @type: (nullable): instance type; %NULL for a price per call */
TrestlePriceLine *trestle_price_line_new (TrestleOpenDraft *draft, const char *type);

const char *trestle_price_line_get_instance_type (TrestlePriceLine *self);
gboolean trestle_price_line_get_selected (TrestlePriceLine *self);

/** trestle_price_line_set_key: there is a price for it under @key (nullable); @version: (nullable): the one that brought it */
void trestle_price_line_set_key (TrestlePriceLine *self,
                                 guint mode,
                                 const char *key,
                                 const char *version);

/** trestle_price_line_set_machine: @machine: (nullable): what AWS asks for the instance type when it is used so; until trestle_price_line_update() nobody is told */
void
trestle_price_line_set_machine (TrestlePriceLine *self, guint mode, TrestleInstancePrice *machine);
TrestleInstancePrice *trestle_price_line_get_machine (TrestlePriceLine *self, guint mode);

/** trestle_price_line_dup_facts: Returns: (transfer full): "4 vCPU · 16 GiB · 1 GPU"; "" where that is not known */
char *trestle_price_line_dup_facts (TrestlePriceLine *self);

/** trestle_price_line_dup_machine: Returns: (transfer full): what AWS asks for an hour: "$0.115", "$0.115–$0.134" where it goes by the use */
char *trestle_price_line_dup_machine (TrestlePriceLine *self);

/** trestle_price_line_dup_totals: Returns: (transfer full): how what a buyer pays comes about, a line for each use; "" where that is not known */
char *trestle_price_line_dup_totals (TrestlePriceLine *self);

/** trestle_price_line_update: emits "changed" if the line says something else than the last time, or @anyway */
void trestle_price_line_update (TrestlePriceLine *self, gboolean anyway);

/** trestle_price_line_has: Returns: whether the listing has a price of @mode for it */
gboolean trestle_price_line_has (TrestlePriceLine *self, guint mode);

/** trestle_price_line_get_key: Returns: (transfer none) (nullable): dimension key of its price of @mode */
const char *trestle_price_line_get_key (TrestlePriceLine *self, guint mode);

/** trestle_price_line_get_version: Returns: (transfer none) (nullable): title of the version that brought it */
const char *trestle_price_line_get_version (TrestlePriceLine *self);

/** trestle_price_line_get_price: Returns: (transfer none): as the draft has it; "" where it is missing */
const char *trestle_price_line_get_price (TrestlePriceLine *self, guint mode);
void trestle_price_line_set_price (TrestlePriceLine *self, guint mode, const char *text);

/** trestle_price_line_count_missing: Returns: how many of its prices are missing */
guint trestle_price_line_count_missing (TrestlePriceLine *self);

/** trestle_price_line_dup_total: Returns: (transfer full): what a buyer pays for an hour, machine and software: "$0.93"; "–" where that is not known */
char *trestle_price_line_dup_total (TrestlePriceLine *self);

/** trestle_price_line_dup_against: Returns: (transfer full): what the changes against the live listing mean, a line for each mode unless all change alike; "" where nothing is live */
char *trestle_price_line_dup_against (TrestlePriceLine *self, TrestleTone *tone);

/**
 * trestle_price_line_dup_filled:
 * @step: what it is rounded to: "0.05"
 * @direction: as of trestle_money_round()
 *
 * Returns: (transfer full) (nullable): what the formula comes to here; #TrestlePriceError
 */
char *trestle_price_line_dup_filled (TrestlePriceLine *self,
                                     guint mode,
                                     const char *formula,
                                     const char *step,
                                     int direction,
                                     GError **error);

G_END_DECLS
