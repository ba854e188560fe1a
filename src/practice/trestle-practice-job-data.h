/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeJobData:
 * @role: ARN of the role that SageMaker takes on
 *
 * What a job of SageMaker may read from S3 and write to it.
 */
typedef struct
{
  TrestlePracticeWorld *world;
  const char *account;
  const char *region;
  const char *role;
} TrestlePracticeJobData;

/** trestle_practice_job_may: Returns: whether the job's role allows @action ("s3:GetObject") */
gboolean trestle_practice_job_may (const TrestlePracticeJobData *self, const char *action);

/** trestle_practice_job_split: @uri: (nullable): "s3://BUCKET/KEY"; Returns: whether it is one, with its parts */
gboolean trestle_practice_job_split (const char *uri, char **bucket, char **key);

/** trestle_practice_job_owns: Returns: whether @bucket is the job's account's */
gboolean trestle_practice_job_owns (const TrestlePracticeJobData *self, const char *bucket);

/**
 * trestle_practice_job_load:
 * @holder: what has a DataSource with an S3DataSource: a TransformInput or a Channel
 * @channel: (nullable): of a training job
 * @files: (element-type TrestlePracticeFile): what is found is added, named by what follows the folder of the address
 *
 * Returns: (transfer full) (nullable): why the job fails
 */
char *trestle_practice_job_load (const TrestlePracticeJobData *self,
                                 JsonObject *holder,
                                 const char *channel,
                                 GPtrArray *files);

/** trestle_practice_job_check_output: @output: has an S3OutputPath; Returns: (transfer full) (nullable): why the job cannot write there */
char *trestle_practice_job_check_output (const TrestlePracticeJobData *self, JsonObject *output);

/** trestle_practice_job_store: writes @body as @name below @path, "s3://BUCKET/FOLDER" */
void trestle_practice_job_store (const TrestlePracticeJobData *self,
                                 const char *path,
                                 const char *name,
                                 const char *type,
                                 GBytes *body,
                                 gint64 now);

G_END_DECLS
