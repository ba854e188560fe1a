/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "domain/trestle-container-plan.h"

G_BEGIN_DECLS

/**
 * TrestleCheckForm:
 *
 * What is to be checked, and how. Signals: "changed"; "activate": Enter in the target.
 */
#define TRESTLE_TYPE_CHECK_FORM (trestle_check_form_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCheckForm, trestle_check_form, TRESTLE, CHECK_FORM, AdwBin)

/** trestle_check_form_set_target: @target: an image, an archive or an address */
void trestle_check_form_set_target (TrestleCheckForm *self, const char *target);

/** trestle_check_form_set_images: @images: of #TrestleContainerImage, what the account's registry has */
void trestle_check_form_set_images (TrestleCheckForm *self, GListModel *images);

/** trestle_check_form_dup_plan: Returns: (transfer full) (nullable): the plan; %NULL without a target */
TrestleContainerPlan *trestle_check_form_dup_plan (TrestleCheckForm *self);

G_END_DECLS
