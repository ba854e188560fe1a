/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint-private.h"

#include <string.h>

#include "domain/trestle-marketplace.h"
#include "domain/trestle-package-check.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* Why AWS Marketplace would not take a package in. */

#define COMPLETED "Completed"

static void
add (GPtrArray *findings, TrestleLintRuleId rule, char *message)
{
  g_ptr_array_add (
      findings, trestle_lint_new_finding (rule, "", trestle_lint_rule_table[rule].code, message));
}

/* It has to be of the package's own account and Region. */
static void
check_image (GPtrArray *findings, const char *image, const char *account, const char *region)
{
  g_autofree char *registry = g_strdup_printf ("%s.dkr.ecr.%s.amazonaws.com/", account, region);

  if (!g_str_has_prefix (image, registry))
    add (findings, RULE_PACKAGE_IMAGE,
         g_strdup_printf (_ ("The image %s is not in the account’s own private registry of the "
                             "Region."),
                          image));
}

static gboolean
is_empty (const char *const *types)
{
  return types == NULL || types[0] == NULL;
}

/* While it is being made, validation and scan have nothing to say yet, and are not amiss. */
static gboolean
is_final (const char *status)
{
  return g_strcmp0 (status, COMPLETED) == 0 || g_strcmp0 (status, "Failed") == 0;
}

/* Validation and scan, with SageMaker's reason where it gives one. */
static void
check_checks (GPtrArray *findings, TrestlePackage *package)
{
  GListModel *checks = trestle_package_get_checks (package);
  gboolean validated = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TrestlePackageCheck) check = g_list_model_get_item (checks, i);
      const char *reason = trestle_package_check_get_reason (check);
      gboolean scan = trestle_package_check_get_scan (check);

      validated |= !scan;
      if (g_strcmp0 (trestle_package_check_get_status (check), "Failed") == 0)
        add (findings, scan ? RULE_PACKAGE_SCAN : RULE_PACKAGE_VALIDATION,
             g_strdup_printf (scan ? _ ("The scan of the package’s image failed: %s")
                                   : _ ("The package’s validation failed: %s"),
                              reason != NULL ? reason : _ ("no reason was given")));
    }
  if (!validated && is_final (trestle_package_get_status (package)))
    add (findings, RULE_PACKAGE_VALIDATION,
         g_strdup (_ ("The package was created without a validation.")));
}

static void
check_types (GPtrArray *findings, TrestlePackage *package)
{
  if (is_empty (trestle_package_get_realtime_types (package))
      || is_empty (trestle_package_get_transform_types (package)))
    add (findings, RULE_PACKAGE_TYPES,
         g_strdup (_ ("The package does not name instance types for both real-time and batch.")));
  if (trestle_package_get_kind (package) == TRESTLE_PRODUCT_KIND_ALGORITHM
      && is_empty (trestle_package_get_training_types (package)))
    add (findings, RULE_PACKAGE_TYPES,
         g_strdup (_ ("The algorithm does not name instance types for training.")));
}

GPtrArray *
trestle_package_find_obstacles (TrestlePackage *package, const char *account_id)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  const char *status = trestle_package_get_status (package);
  const char *image = trestle_package_get_image (package);
  const char *arn = trestle_package_get_arn (package);
  g_auto (GStrv) parts = g_strsplit (arn != NULL ? arn : "", ":", 6);

  if (g_strv_length (parts) == 6 && !g_strv_contains (trestle_marketplace_regions (), parts[3]))
    add (findings, RULE_ARN_REGION,
         g_strdup_printf (_ ("Not every account has the Region %s enabled."), parts[3]));
  if (g_strv_length (parts) == 6 && account_id != NULL && !g_str_equal (parts[4], account_id))
    add (findings, RULE_ARN_ACCOUNT,
         g_strdup_printf (_ ("The package belongs to account %s."), parts[4]));
  if (g_strcmp0 (status, COMPLETED) != 0)
    add (findings, RULE_PACKAGE_STATUS,
         g_strdup_printf (_ ("The package's state is “%s”, not “Completed”."),
                          status != NULL ? status : "?"));
  if (!trestle_package_get_certified (package))
    add (findings, RULE_PACKAGE_CERTIFIED,
         g_strdup (_ ("The package is not certified for AWS Marketplace.")));
  check_checks (findings, package);
  check_types (findings, package);
  if (image != NULL && g_strv_length (parts) == 6)
    check_image (findings, image, parts[4], parts[3]);
  return findings;
}
