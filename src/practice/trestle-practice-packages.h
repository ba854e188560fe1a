/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "practice/trestle-practice-registry.h"
#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/*
 * Model packages and algorithms that an account has made itself. The table `packages` holds both;
 * the views `model_packages` and `algorithms` one each.
 */

/**
 * trestle_practice_packages_find:
 * @arn: of a model package or an algorithm; the case of its name does not matter
 *
 * Returns: (transfer full) (nullable): what DescribeModelPackage or DescribeAlgorithm answers as of
 *   the last trestle_practice_world_settle(), which comes before every call
 */
JsonObject *trestle_practice_packages_find (TrestlePracticeState *state, const char *arn);

/** trestle_practice_packages_dup_engine: Returns: (transfer full) (nullable): the built-in model that its image is bound to; "" for none; %NULL where there is no such package */
char *trestle_practice_packages_dup_engine (TrestlePracticeState *state, const char *arn);

/** trestle_practice_packages_get_image: Returns: (transfer none) (nullable): the image of @package, an answer of trestle_practice_packages_find(), where the registry has it */
const TrestlePracticeImage *trestle_practice_packages_get_image (JsonObject *package);

/** trestle_practice_packages_dup_own_arn: @kind: "model-package", "algorithm"; @reference: a name or an ARN; Returns: (transfer full) (nullable): the ARN; %NULL where it is not of that account, Region and kind */
char *trestle_practice_packages_dup_own_arn (const char *account,
                                             const char *region,
                                             const char *kind,
                                             const char *reference);

/** trestle_practice_packages_dup_arn: @package: what models and variants remember; Returns: (transfer full): itself, or the ARN of one of Marketplace's packages in @region */
char *trestle_practice_packages_dup_arn (const char *region, const char *package);

/** trestle_practice_packages_dup_item: @reason: (nullable); Returns: (transfer full): a list of one status item, as JSON */
char *trestle_practice_packages_dup_item (const char *name, const char *status, const char *reason);

/** trestle_practice_packages_seed: what the practice seller has from the start; once for each state */
void trestle_practice_packages_seed (TrestlePracticeWorld *world);

/** trestle_practice_packages_next_due: Returns: when the next package changes its state; 0 for none */
gint64 trestle_practice_packages_next_due (TrestlePracticeWorld *world);

/** trestle_practice_packages_settle: brings packages whose time has come into their next state, and starts the validation that is due */
void trestle_practice_packages_settle (TrestlePracticeWorld *world, gint64 now);

/**
 * TrestlePracticeStep:
 *
 * What is to happen when a package's time has come.
 */
typedef enum
{
  TRESTLE_PRACTICE_STEP_BEGIN,  /* Pending becomes InProgress */
  TRESTLE_PRACTICE_STEP_SCAN,   /* the scan ends, the validation's container comes up */
  TRESTLE_PRACTICE_STEP_JOB,    /* the validation's jobs run */
  TRESTLE_PRACTICE_STEP_LATE,   /* so they do, after what the container itself took */
  TRESTLE_PRACTICE_STEP_FORGET, /* it was deleted */
  TRESTLE_PRACTICE_STEP_NONE,
} TrestlePracticeStep;

G_END_DECLS
