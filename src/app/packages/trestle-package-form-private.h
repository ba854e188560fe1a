/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "packages/trestle-package-form.h"

G_BEGIN_DECLS

/* CreateModelPackage: ModelPackageName, ModelPackageDescription, Image */
#define FORM_NAME_CHARS 63
#define FORM_DESCRIPTION_CHARS 1024
#define FORM_IMAGE_CHARS 255

typedef enum
{
  TEXT_NAME,
  TEXT_DESCRIPTION,
  TEXT_IMAGE,
  TEXT_MODEL_DATA,
  TEXT_ROLE,
  TEXT_SAMPLE,
  TEXT_OUTPUT,
  TEXT_SAMPLE_TYPE,
  TEXT_ANSWER_TYPE,
  TEXT_JOB_TYPE,
  TEXT_SPLIT,
  TEXT_SERVING_IMAGE,
  TEXT_TRAINING_TYPE,
  N_TEXTS,
} FormText;

typedef enum
{
  LIST_REALTIME,
  LIST_BATCH,
  LIST_CONTENT_TYPES,
  LIST_RESPONSE_TYPES,
  N_INFERENCE_LISTS,
  LIST_TRAINING = N_INFERENCE_LISTS,
  N_LISTS,
} FormList;

struct _TrestlePackageForm
{
  GObject parent_instance;

  char *texts[N_TEXTS];
  GtkStringList *lists[N_LISTS];
  gboolean certify;
  gboolean algorithm;
  gboolean distributed;
  GListStore *channels;
  GListStore *hyperparameters;
  GListStore *metrics;

  char *region;
  char *account;
  GListModel *images;
  GListModel *roles;
  GListModel *packages;
};

/** trestle_package_form_is_taken: Returns: whether the account has one of the kind by this name */
gboolean trestle_package_form_is_taken (TrestlePackageForm *self, const char *name);

void trestle_package_form_set_texts (GtkStringList *list, JsonNode *node);

/* trestle-package-form-training.c: what only algorithms have */
void trestle_package_form_copy_training (TrestlePackageForm *self, JsonNode *document);
void trestle_package_form_add_training (TrestlePackageForm *self, JsonObject *input);
void trestle_package_form_add_training_job (TrestlePackageForm *self, JsonObject *profile);
void trestle_package_form_check_training (TrestlePackageForm *self, GPtrArray *findings);

G_END_DECLS
