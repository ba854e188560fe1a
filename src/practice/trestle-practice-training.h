/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

/**
 * trestle_practice_training_check:
 * @spec: a TrainingSpecification
 * @job: a TrainingJobDefinition, or what else has InputDataConfig and HyperParameters
 *
 * Returns: whether channels, their modes and types, and hyperparameters are those that @spec tells of;
 *   sets the fault where not
 */
gboolean
trestle_practice_training_check (TrestlePracticeContext *ctx, TrestleJson spec, TrestleJson job);

/** trestle_practice_training_check_spec: Returns: whether a TrainingSpecification holds together; sets the fault where not */
gboolean trestle_practice_training_check_spec (TrestlePracticeContext *ctx, TrestleJson spec);

/**
 * TrestlePracticeFile:
 *
 * An object of S3 on its way into or out of a job.
 */
typedef struct
{
  char *channel; /* (nullable): of a training job */
  char *name;    /* below the channel, or the output's folder */
  GBytes *body;
} TrestlePracticeFile;

TrestlePracticeFile *
trestle_practice_file_new (const char *channel, const char *name, GBytes *body);
void trestle_practice_file_free (TrestlePracticeFile *self);

/**
 * trestle_practice_training_run:
 * @files: (element-type TrestlePracticeFile): what the channels hold
 * @hyperparameters: (nullable): as JSON
 * @log: what the container writes is added
 * @reason: (out) (transfer full): why it failed
 *
 * Trains, in a modest way: counts the rows of the channels, and of tables takes mean and spread of
 * each column. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): model.tar.gz
 */
GBytes *trestle_practice_training_run (GPtrArray *files,
                                       const char *hyperparameters,
                                       GPtrArray *log,
                                       char **reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeFile, trestle_practice_file_free)

G_END_DECLS
