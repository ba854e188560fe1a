/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-transform.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeValidation:
 * @training: (nullable): the TrainingJobDefinition
 * @channels: (element-type TrestlePracticeFile): its input
 * @model_data: (nullable): what the container is started with
 * @model_data_url: (nullable): where that came from
 * @healthy: whether the container answers `/ping`
 * @model: (nullable): made by the training job
 * @training_log: (element-type utf8): what that job wrote
 * @reason: (transfer full) (nullable): why the validation failed
 *
 * The jobs of a validation profile, from what S3 holds to what will be written to it.
 */
typedef struct
{
  char *account;
  char *region;
  char *kind;
  char *name;
  char *job;
  char *role;
  char *fault;
  gint64 step;
  gint64 due;
  JsonObject *package;
  JsonObject *training;
  GPtrArray *channels;
  GBytes *model_data;
  char *model_data_url;
  const char *engine;
  gboolean healthy;
  GBytes *model;
  GPtrArray *training_log;
  TrestlePracticeTransform transform;
  char *reason;
} TrestlePracticeValidation;

/**
 * trestle_practice_validation_load:
 *
 * Takes the first validation that is due, and reads all that its jobs need. What role, registry or
 * S3 refuse is its reason already.
 *
 * Returns: (transfer full) (nullable): the validation
 */
TrestlePracticeValidation *
trestle_practice_validation_load (TrestlePracticeWorld *world, gint64 now);
TrestlePracticeValidation *trestle_practice_validation_ref (TrestlePracticeValidation *self);
void trestle_practice_validation_unref (TrestlePracticeValidation *self);

/** trestle_practice_validation_run: the jobs themselves; may be called from any thread */
void trestle_practice_validation_run (TrestlePracticeValidation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeValidation, trestle_practice_validation_unref)

G_END_DECLS
