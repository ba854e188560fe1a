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
  N_TEXTS,
} FormText;

typedef enum
{
  LIST_REALTIME,
  LIST_BATCH,
  LIST_CONTENT_TYPES,
  LIST_RESPONSE_TYPES,
  N_LISTS,
} FormList;

struct _TrestlePackageForm
{
  GObject parent_instance;

  char *texts[N_TEXTS];
  GtkStringList *lists[N_LISTS];
  gboolean certify;

  char *region;
  char *account;
  GListModel *images;
  GListModel *roles;
  GListModel *packages;
};

G_END_DECLS
