/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

/* Batch transform jobs: the table `transform_jobs`. */

/** TRESTLE_PRACTICE_JOB_RUN_SECONDS: what AWS takes, typically, from the instances' start to a small job's end */
#define TRESTLE_PRACTICE_JOB_RUN_SECONDS 120.0

/** trestle_practice_jobs_next_due: Returns: when the next job changes its state; 0 for none */
gint64 trestle_practice_jobs_next_due (TrestlePracticeWorld *world);

/** trestle_practice_jobs_settle: ends jobs that were stopped, and starts computing what is due */
void trestle_practice_jobs_settle (TrestlePracticeWorld *world, gint64 now);

/** trestle_practice_jobs_log_stop: what the container of a job writes that began at @started and is told to go at @now */
void trestle_practice_jobs_log_stop (TrestlePracticeWorld *world,
                                     const char *account,
                                     const char *region,
                                     const char *name,
                                     gint64 now);

G_END_DECLS
