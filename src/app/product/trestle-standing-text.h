/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "product/trestle-product-model.h"
#include "widgets/trestle-badge.h"

G_BEGIN_DECLS

/**
 * TrestleStandingText:
 * @label: of the page's one button
 * @note: below it: what comes after
 * @badge: (nullable): the standing in a word or two
 * @tone: of the badge
 * @enabled: whether the button does something
 *
 * How the account stands to a product, in words.
 */
typedef struct
{
  char *label;
  char *note;
  char *badge;
  TrestleTone tone;
  gboolean enabled;
} TrestleStandingText;

/** trestle_standing_text_new: Returns: (transfer full): words for @model's standing; its listing must be loaded */
TrestleStandingText *trestle_standing_text_new (TrestleProductModel *model);
void trestle_standing_text_free (TrestleStandingText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleStandingText, trestle_standing_text_free)

G_END_DECLS
