/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/**
 * TrestleTermsGroup:
 *
 * What a listing's offer says besides prices: free trial, licence, refund policy; and when a price may
 * rise next.
 */
#define TRESTLE_TYPE_TERMS_GROUP (trestle_terms_group_get_type ())
G_DECLARE_FINAL_TYPE (TrestleTermsGroup, trestle_terms_group, TRESTLE, TERMS_GROUP, GtkWidget)

void trestle_terms_group_set_draft (TrestleTermsGroup *self, TrestleOpenDraft *draft);

G_END_DECLS
