/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeImage:
 * @engine: the built-in model that answers for it
 * @healthy: whether its container ever answers `/ping`
 * @critical: findings of the scan, by severity
 *
 * An image in the practice seller's private registry, the same in each Region.
 */
typedef struct
{
  const char *repository;
  const char *tag;
  const char *engine;
  gboolean healthy;
  guint critical;
  guint high;
  guint medium;
  guint low;
  gint64 size; /* bytes */
} TrestlePracticeImage;

/** trestle_practice_registry_images: Returns: (transfer none) (nullable): what @account has, by repository; @n: (out): how many */
const TrestlePracticeImage *trestle_practice_registry_images (const char *account, guint *n);

/** trestle_practice_registry_dup_digest: Returns: (transfer full): "sha256:…", which follows from the names alone */
char *
trestle_practice_registry_dup_digest (const char *account, const char *repository, const char *tag);

/** trestle_practice_image_dup_findings: Returns: (transfer full) (nullable): why the scan of @self fails; %NULL where it does not */
char *trestle_practice_image_dup_findings (const TrestlePracticeImage *self);

/**
 * TrestlePracticeImageName:
 * @tag: (nullable): "latest" where the name had neither tag nor digest
 *
 * "444455556666.dkr.ecr.us-east-1.amazonaws.com/iris:1", taken apart.
 */
typedef struct
{
  char *account;
  char *region;
  char *repository;
  char *tag;
  char *digest;
} TrestlePracticeImageName;

/** trestle_practice_image_name_parse: Returns: whether @image is in a private registry of ECR */
gboolean trestle_practice_image_name_parse (TrestlePracticeImageName *self, const char *image);
void trestle_practice_image_name_clear (TrestlePracticeImageName *self);

/** trestle_practice_registry_find: Returns: (transfer none) (nullable): the image of that name, by tag or digest */
const TrestlePracticeImage *trestle_practice_registry_find (const TrestlePracticeImageName *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestlePracticeImageName, trestle_practice_image_name_clear)

G_END_DECLS
