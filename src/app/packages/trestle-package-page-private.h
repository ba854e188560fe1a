/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "packages/trestle-chip-row.h"
#include "packages/trestle-image-row.h"
#include "packages/trestle-package-page.h"
#include "packages/trestle-package-watch.h"
#include "packages/trestle-training-groups.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-role-row.h"

G_BEGIN_DECLS

struct _TrestlePackagePage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  TrestlePageState *state;
  GtkWidget *form_pane;
  GtkWidget *groups;
  GtkWidget *separator;
  TrestlePackageWatch *watch;
  GtkToggleButton *watch_button;
  AdwToggleGroup *kind;
  AdwPreferencesGroup *image_group;
  AdwPreferencesGroup *types_group;
  AdwPreferencesGroup *validation_group;
  TrestleTrainingGroups *training;
  TrestleImageRow *serving_image_row;
  AdwComboRow *training_type_row;
  GtkWidget *name_row;
  GtkLabel *name_count;
  GtkWidget *description_row;
  TrestleImageRow *image_row;
  GtkWidget *model_data_row;
  TrestleChipRow *realtime_row;
  TrestleChipRow *batch_row;
  TrestleChipRow *content_types_row;
  TrestleChipRow *response_types_row;
  GtkWidget *certify_row;
  TrestleRoleRow *role_row;
  GtkWidget *sample_row;
  GtkWidget *output_row;
  AdwComboRow *sample_type_row;
  AdwComboRow *answer_type_row;
  AdwComboRow *split_row;
  AdwComboRow *job_type_row;
  GtkLabel *cost_label;
  GtkWidget *create_button;
  GtkWidget *again_button;

  TrestleSession *session;
  TrestlePackageForm *form;
  TrestleTask *task;
  char *account;
  char *original; /* ARN of the package that is copied */
  char *image;    /* what was chosen last for training; inference follows it */
  GtkWidget *training_finding;
  GListModel *images;
  GListModel *prices; /* of TrestleInstancePrice */
  gboolean narrow;
  gboolean tried; /* what is empty is said to be missing */

  DexFuture *identifying;
  DexFuture *loading_images;
  DexFuture *loading_prices;
  DexFuture *loading_package;
};

/* trestle-package-page-bind.c: widgets and form, and what both are filled with */
void trestle_package_page_bind (TrestlePackagePage *self);
void trestle_package_page_load (TrestlePackagePage *self);
void trestle_package_page_show_cost (TrestlePackagePage *self);

/** trestle_package_page_show_kind: says and shows what belongs to a model package, or to an algorithm */
void trestle_package_page_show_kind (TrestlePackagePage *self);

/* trestle-package-page-findings.c */
void trestle_package_page_bind_strips (GtkWidgetClass *widget_class);

/** trestle_package_page_show_findings: Returns: whether nothing forbids to send it */
gboolean trestle_package_page_show_findings (TrestlePackagePage *self);

/** trestle_package_page_focus_finding: puts the keyboard into the first row that something is said of */
void trestle_package_page_focus_finding (TrestlePackagePage *self);

G_END_DECLS
