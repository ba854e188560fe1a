/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "domain/trestle-package.h"
#include "domain/trestle-training-spec.h"

G_BEGIN_DECLS

/**
 * TrestlePackageForm:
 *
 * What a new model package or algorithm is to be made of, and what can be said of it before SageMaker
 * is asked. Properties, all strings that are never %NULL: "name", "description", "image", "model-data",
 * "role" (an ARN), "sample", "output" (s3://), "sample-type", "answer-type", "job-type" (instance type
 * of the validation's batch job), "split" (`None` or `Line`); of an algorithm also "serving-image" and
 * "training-type" (instance type of the validation's training job). Booleans: "certify"; "algorithm";
 * "distributed" (a training job may have several instances). Signal "changed": something is
 * different, and so may be what trestle_package_form_check() finds.
 */
#define TRESTLE_TYPE_PACKAGE_FORM (trestle_package_form_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePackageForm, trestle_package_form, TRESTLE, PACKAGE_FORM, GObject)

/** trestle_package_form_new: @region: where it is made */
TrestlePackageForm *trestle_package_form_new (const char *region);

/**
 * trestle_package_form_get_list:
 * @field: "realtime", "batch", "training" (instance types), "content-types" or "response-types"
 *
 * Returns: (transfer none): its texts, which may be changed
 */
GtkStringList *trestle_package_form_get_list (TrestlePackageForm *self, const char *field);

/** trestle_package_form_get_channels: Returns: (transfer none): of #TrestleTrainingChannel, which may be changed */
GListStore *trestle_package_form_get_channels (TrestlePackageForm *self);

/** trestle_package_form_get_hyperparameters: Returns: (transfer none): of #TrestleHyperparameter, which may be changed */
GListStore *trestle_package_form_get_hyperparameters (TrestlePackageForm *self);

/** trestle_package_form_get_metrics: Returns: (transfer none): of #TrestleTrainingMetric, which may be changed */
GListStore *trestle_package_form_get_metrics (TrestlePackageForm *self);

/**
 * trestle_package_form_set_facts:
 * @account: (nullable): number of the account that makes it
 * @images: (nullable): of #TrestleContainerImage, what its registry has
 * @roles: (nullable): of #TrestleRole
 * @packages: (nullable): of #TrestlePackage, what it has already
 */
void trestle_package_form_set_facts (TrestlePackageForm *self,
                                     const char *account,
                                     GListModel *images,
                                     GListModel *roles,
                                     GListModel *packages);

/** trestle_package_form_copy: takes over all of @package but its name, which is proposed anew; @package must have its document */
void trestle_package_form_copy (TrestlePackageForm *self, TrestlePackage *package);

/** trestle_package_form_dup_free_name: Returns: (transfer full): a name that no package of the account has, from @name: "iris-v3" after "iris-v2" */
char *trestle_package_form_dup_free_name (TrestlePackageForm *self, const char *name);

/**
 * trestle_package_form_check:
 *
 * Returns: (transfer full) (element-type TrestleFinding): what SageMaker would refuse, or what would
 *   fail later; the field of each is a property's or a list's name, "channels", "hyperparameters" or
 *   "metrics"
 */
GPtrArray *trestle_package_form_check (TrestlePackageForm *self);

/** trestle_package_form_build: Returns: (transfer full): the input of CreateModelPackage or CreateAlgorithm */
JsonObject *trestle_package_form_build (TrestlePackageForm *self);

/** trestle_package_form_dup_code: Returns: (transfer full): the same as a command for the AWS CLI */
char *trestle_package_form_dup_code (TrestlePackageForm *self);

G_END_DECLS
