/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-version.h"

G_BEGIN_DECLS

/** TrestleUsageCard: how a version is called, from the seller's text */
#define TRESTLE_TYPE_USAGE_CARD (trestle_usage_card_get_type ())
G_DECLARE_FINAL_TYPE (TrestleUsageCard, trestle_usage_card, TRESTLE, USAGE_CARD, GtkWidget)

void trestle_usage_card_set_version (TrestleUsageCard *self, TrestleVersion *version);

/** trestle_usage_card_dup_summary: Returns: (transfer full) (nullable): what goes in and out: "Pictures in, JSON out" */
char *trestle_usage_card_dup_summary (TrestleVersion *version);

G_END_DECLS
