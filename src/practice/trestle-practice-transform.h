/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/models/trestle-practice-model.h"
#include "practice/trestle-practice-training.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeTransform:
 * @model: (nullable): what computes the answers; without one there are none, and all is well
 * @definition: (transfer none): a TransformJobDefinition, or what else has its members
 * @files: (element-type TrestlePracticeFile): the input
 * @outputs: (element-type TrestlePracticeFile): what is to be written below S3OutputPath
 * @log: (element-type utf8): what container and job write
 * @requests: how many times the container was asked
 * @reason: (nullable): why the job failed
 *
 * A batch transform: splits the input, asks the container for each piece, puts its answers together.
 */
typedef struct
{
  const TrestlePracticeModel *model;
  JsonObject *definition;
  GPtrArray *files;
  GPtrArray *outputs;
  GPtrArray *log;
  guint requests;
  char *reason;
} TrestlePracticeTransform;

/** trestle_practice_transform_init: makes the lists */
void trestle_practice_transform_init (TrestlePracticeTransform *self);
void trestle_practice_transform_clear (TrestlePracticeTransform *self);

/** trestle_practice_transform_run: fills in the results; may be called from any thread */
void trestle_practice_transform_run (TrestlePracticeTransform *self);

G_END_DECLS
