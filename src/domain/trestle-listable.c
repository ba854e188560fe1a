/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-listable.h"

#include <string.h>

#include "domain/trestle-package-check.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* In which an account is at home without asking; AWS Marketplace documentation, 2026-08. */
static const char *const default_regions[] = {
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  NULL,
};

const char *const *
trestle_default_regions (void)
{
  return default_regions;
}

gboolean
trestle_region_is_default (const char *region)
{
  return region != NULL && g_strv_contains (default_regions, region);
}

gboolean
trestle_package_is_final (TrestlePackage *self)
{
  const char *status = trestle_package_get_status (self);

  return g_strcmp0 (status, "Completed") == 0 || g_strcmp0 (status, "Failed") == 0;
}

static gboolean
is_empty (const char *const *types)
{
  return types == NULL || types[0] == NULL;
}

static void
add_checks (TrestlePackage *self, GStrvBuilder *reasons)
{
  GListModel *checks = trestle_package_get_checks (self);
  gboolean validated = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TrestlePackageCheck) check = g_list_model_get_item (checks, i);
      const char *status = trestle_package_check_get_status (check);
      const char *reason = trestle_package_check_get_reason (check);
      gboolean scan = trestle_package_check_get_scan (check);

      validated |= !scan;
      if (g_strcmp0 (status, "Failed") == 0)
        g_strv_builder_take (reasons,
                             g_strdup_printf (scan ? _ ("The scan of image %s failed: %s")
                                                   : _ ("Validation profile %s failed: %s"),
                                              trestle_package_check_get_name (check),
                                              reason != NULL ? reason : _ ("no reason was given")));
    }
  if (!validated && trestle_package_is_final (self))
    g_strv_builder_add (reasons, _ ("It has no validation profile; make it again with one"));
}

char **
trestle_package_dup_obstacles (TrestlePackage *self, const char *account)
{
  g_autoptr (GStrvBuilder) reasons = g_strv_builder_new ();
  const char *status = trestle_package_get_status (self);
  const char *image = trestle_package_get_image (self);
  const char *arn = trestle_package_get_arn (self);
  g_auto (GStrv) parts = g_strsplit (arn != NULL ? arn : "", ":", 6);
  gboolean whole = g_strv_length (parts) == 6;

  if (whole && account != NULL && g_strcmp0 (parts[4], account) != 0)
    g_strv_builder_take (
        reasons, g_strdup_printf (_ ("It belongs to account %s; a listing takes only its own "
                                     "account’s packages"),
                                  parts[4]));
  if (whole && !trestle_region_is_default (parts[3]))
    g_strv_builder_take (reasons,
                         g_strdup_printf (_ ("%s is not a Region that every account has from the "
                                             "start; make it again in one that is"),
                                          parts[3]));
  if (g_strcmp0 (status, "Failed") == 0)
    {
      if (trestle_package_get_failure (self) != NULL)
        g_strv_builder_take (reasons, g_strdup_printf (_ ("SageMaker could not make it: %s"),
                                                       trestle_package_get_failure (self)));
    }
  else if (!trestle_package_is_final (self))
    {
      g_strv_builder_add (reasons, _ ("Validation and scan have not ended yet"));
    }
  add_checks (self, reasons);
  if (!trestle_package_get_certified (self))
    g_strv_builder_add (reasons,
                        _ ("It was made without “certify for Marketplace”, which cannot be "
                           "changed afterwards; make it again with it"));
  if (is_empty (trestle_package_get_realtime_types (self)))
    g_strv_builder_add (reasons, _ ("It names no instance type for real-time inference"));
  if (is_empty (trestle_package_get_transform_types (self)))
    g_strv_builder_add (reasons, _ ("It names no instance type for batch transform"));
  if (trestle_package_get_kind (self) == TRESTLE_PRODUCT_KIND_ALGORITHM
      && is_empty (trestle_package_get_training_types (self)))
    g_strv_builder_add (reasons, _ ("It names no instance type for training"));
  if (whole && image != NULL)
    {
      g_autofree char *registry = g_strdup_printf ("%s.dkr.ecr.%s.amazonaws.com/", parts[4],
                                                   parts[3]);

      if (!g_str_has_prefix (image, registry))
        g_strv_builder_add (reasons, _ ("Its image is not in the account’s own registry of this "
                                        "Region"));
    }
  return g_strv_builder_end (reasons);
}
