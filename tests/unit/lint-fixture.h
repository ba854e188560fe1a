/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "domain/trestle-lint.h"
#include "domain/trestle-package-check.h"
#include "unit/draft-sample.h"

/* A draft with all that may be known of it, at which nothing is to be found. */
typedef struct
{
  TrestleDraft *draft, *live;
  GHashTable *packages, *sources;
  TrestleLintPicture logo;
  TrestleLintFile eula;
  TrestleLintFacts facts;
} Fixture;

#define FIXTURE_NOW (G_GINT64_CONSTANT (1790000000) * G_USEC_PER_SEC)
#define FIXTURE_DAY ((gint64) G_TIME_SPAN_DAY)

static inline void
fixture_check (GListStore *checks, gboolean scan, const char *status)
{
  g_autoptr (TrestlePackageCheck)
      check = g_object_new (TRESTLE_TYPE_PACKAGE_CHECK, "scan", scan, "status", status, NULL);

  g_list_store_append (checks, check);
}

/* Puts a package or algorithm with these types, separated by spaces. @fault: (nullable): what is wrong
 * with it: one of its properties, "unproven", "running", or "account" and "registry" of its image */
static inline void
fixture_package (Fixture *self,
                 const char *arn,
                 const char *realtime,
                 const char *batch,
                 const char *fault)
{
  static const char *const inputs[] = { "text/csv", NULL };
  static const char *const outputs[] = { "application/json", NULL };
  static const char *const training[] = { "ml.p3.2xlarge", NULL };
  static const char own[] = SAMPLE_ACCOUNT ".dkr.ecr.us-east-1.amazonaws.com/petals:1";
  static const char other[] = "777788889999.dkr.ecr.us-east-1.amazonaws.com/petals:1";
  static const char public[] = "public.ecr.aws/petals:1";
  g_auto (GStrv) realtimes = g_strsplit (realtime, " ", -1);
  g_auto (GStrv) batches = g_strsplit (batch, " ", -1);
  gboolean algorithm = strstr (arn, ":algorithm/") != NULL;
#define FAULT(name) (g_strcmp0 (fault, name) == 0)
  const char *image = FAULT ("account") ? other : FAULT ("registry") ? public : own;
  g_autoptr (GListStore) checks = g_list_store_new (TRESTLE_TYPE_PACKAGE_CHECK);

  if (!FAULT ("unproven") && !FAULT ("running"))
    fixture_check (checks, FALSE, FAULT ("validation") ? "Failed" : "Completed");
  if (!FAULT ("running"))
    fixture_check (checks, TRUE, FAULT ("scan") ? "Failed" : "Completed");

  g_hash_table_insert (
      self->packages, g_strdup (arn),
      g_object_new (TRESTLE_TYPE_PACKAGE, "arn", arn, "kind",
                    algorithm ? TRESTLE_PRODUCT_KIND_ALGORITHM : TRESTLE_PRODUCT_KIND_MODEL,
                    "status",
                    FAULT ("status")    ? "Failed"
                    : FAULT ("running") ? "InProgress"
                                        : "Completed",
                    "certified", !FAULT ("certified"), "checks", checks, "content-types", inputs,
                    "response-types", outputs, "realtime-types", realtimes, "transform-types",
                    batches, "training-types", algorithm ? training : NULL, "image", image, NULL));
#undef FAULT
}

/* A package that is not there is NULL. */
static inline void
fixture_unref (gpointer object)
{
  g_clear_object ((GObject **) &object);
}

static inline Fixture *
fixture_new (gboolean published)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->draft = published ? sample_published () : sample_draft ();
  self->live = published ? sample_published () : NULL;
  self->packages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fixture_unref);
  self->sources = g_hash_table_new (g_str_hash, g_str_equal);
  self->logo = (TrestleLintPicture) {
    .format = "png", .bytes = 20000, .width = 240, .height = 240, .clear_ground = TRUE
  };
  self->eula = (TrestleLintFile) { .bytes = 2000, .content_type = "text/plain" };
  fixture_package (self, SAMPLE_ARN, "ml.m5.large", "ml.m5.large", NULL);
  self->facts = (TrestleLintFacts) { .packages = self->packages,
                                     .live = self->live,
                                     .logo = &self->logo,
                                     .eula = &self->eula,
                                     .sources = self->sources,
                                     .account_id = SAMPLE_ACCOUNT,
                                     .now = FIXTURE_NOW };
  return self;
}

static inline void
fixture_free (Fixture *self)
{
  g_clear_object (&self->draft);
  g_clear_object (&self->live);
  g_hash_table_unref (self->packages);
  g_hash_table_unref (self->sources);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
