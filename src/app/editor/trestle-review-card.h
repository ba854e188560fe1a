/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-change.h"

G_BEGIN_DECLS

/** TrestleReviewCard: what one change does, in words, with what was and what will be. Signal "field-chosen" (string): a fault's field */
#define TRESTLE_TYPE_REVIEW_CARD (trestle_review_card_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReviewCard, trestle_review_card, TRESTLE, REVIEW_CARD, GtkWidget)

/** trestle_review_card_new: @differences: (element-type TrestleDifference): of the whole draft; those of this change are shown */
GtkWidget *trestle_review_card_new (TrestleChange *change, GPtrArray *differences);

TrestleChange *trestle_review_card_get_change (TrestleReviewCard *self);

/** trestle_review_card_set_findings: @findings: (nullable) (element-type TrestleFinding): why AWS refused this change */
void trestle_review_card_set_findings (TrestleReviewCard *self, GPtrArray *findings);

G_END_DECLS
