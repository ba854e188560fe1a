/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "packages/trestle-package-form.h"

G_BEGIN_DECLS

/** TrestleTrainingGroups: the part of the form that only algorithms have */
#define TRESTLE_TYPE_TRAINING_GROUPS (trestle_training_groups_get_type ())
G_DECLARE_FINAL_TYPE (TrestleTrainingGroups,
                      trestle_training_groups,
                      TRESTLE,
                      TRAINING_GROUPS,
                      GtkBox)

void trestle_training_groups_set_form (TrestleTrainingGroups *self, TrestlePackageForm *form);

/** trestle_training_groups_set_choices: instance types that are offered, and a word on each */
void trestle_training_groups_set_choices (TrestleTrainingGroups *self,
                                          const char *const *types,
                                          const char *const *notes);

/**
 * trestle_training_groups_show:
 * @findings: (element-type TrestleFinding): of the form
 * @tried: say what is missing, too
 *
 * Returns: (transfer none) (nullable): the first part that something is said of
 */
GtkWidget *
trestle_training_groups_show (TrestleTrainingGroups *self, GPtrArray *findings, gboolean tried);

G_END_DECLS
