/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint-private.h"

#include <string.h>

#include "domain/trestle-copy.h"
#include "domain/trestle-marketplace.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* Versions against what SageMaker has. Of published ones AWS Marketplace keeps a copy: what became of
 * the package does not matter any more. */

static char *
dup_arn_field (JsonNode *version, guint index)
{
  return g_strdup_printf ("Versions[%u].%s", index,
                          trestle_node_has (version, "SageMakerAlgorithmArn")
                                  && !trestle_node_has (version, "SageMakerModelPackageArn")
                              ? "SageMakerAlgorithmArn"
                              : "SageMakerModelPackageArn");
}

/* Where the package cannot be asked, its ARN says something already. */
static void
check_arn (TrestleLinter *self, const char *arn, const char *field)
{
  g_autoptr (TrestlePackage) package = g_object_new (TRESTLE_TYPE_PACKAGE, "arn", arn, NULL);
  g_autoptr (GPtrArray)
      obstacles = trestle_package_find_obstacles (package, self->facts->account_id);

  for (guint i = 0; i < obstacles->len; i++)
    {
      TrestleFinding *finding = g_ptr_array_index (obstacles, i);

      if (g_str_has_prefix (trestle_finding_get_rule (finding), "arn-"))
        g_ptr_array_add (self->findings, trestle_copy_with (finding, "field", field, NULL));
    }
}

static void
check_package (TrestleLinter *self, TrestlePackage *package, const char *arn, const char *field)
{
  g_autoptr (GPtrArray)
      obstacles = trestle_package_find_obstacles (package, self->facts->account_id);

  for (guint i = 0; i < obstacles->len; i++)
    g_ptr_array_add (self->findings,
                     trestle_copy_with (g_ptr_array_index (obstacles, i), "field", field, NULL));
}

static void
check_role (TrestleLinter *self, JsonNode *version, guint index)
{
  const char *role = trestle_node_text (version, "AccessRoleArn");
  g_auto (GStrv) parts = g_strsplit (role != NULL ? role : "", ":", 6);
  g_autofree char *field = NULL;

  if (self->facts->account_id == NULL || g_strv_length (parts) != 6
      || g_str_equal (parts[4], self->facts->account_id))
    return;
  field = g_strdup_printf ("Versions[%u].AccessRoleArn", index);
  trestle_lint_report (self, RULE_ROLE_ACCOUNT, field,
                       g_strdup_printf (_ ("The role belongs to account %s."), parts[4]));
}

static void
check_recommended (TrestleLinter *self, JsonNode *version, guint index, TrestlePackage *package)
{
  JsonNode *recommended = trestle_node_member (version, "RecommendedInstanceTypes");
  gboolean algorithm = trestle_node_has (version, "SageMakerAlgorithmArn");
  const struct
  {
    const char *member;
    const char *const *types;
    gboolean wanted;
  } modes[] = {
    { "BatchTransform", package != NULL ? trestle_package_get_transform_types (package) : NULL,
      TRUE },
    { "RealtimeInference", package != NULL ? trestle_package_get_realtime_types (package) : NULL,
      TRUE },
    { "Training", package != NULL ? trestle_package_get_training_types (package) : NULL,
      algorithm },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      const char *type = trestle_node_text (recommended, modes[i].member);
      g_autofree char *field = g_strdup_printf ("Versions[%u].RecommendedInstanceTypes.%s", index,
                                                modes[i].member);
      gboolean some = modes[i].types != NULL && modes[i].types[0] != NULL;

      if (type != NULL && !modes[i].wanted)
        trestle_lint_report (self, RULE_RECOMMENDED_TRAINING, field,
                             g_strdup (_ ("A model package is not trained, so no type can be "
                                          "recommended for it.")));
      else if (type == NULL && modes[i].wanted && (package == NULL || some))
        trestle_lint_report_label (self, RULE_RECOMMENDED_MISSING, field,
                                   trestle_lint_rule_table[RULE_RECOMMENDED_MISSING].code,
                                   _ ("“%s” is not filled in."));
      else if (type != NULL && package != NULL
               && (!some || !g_strv_contains (modes[i].types, type)))
        trestle_lint_report (self, RULE_RECOMMENDED_UNSUPPORTED, field,
                             g_strdup_printf (_ ("The package does not support %s there."), type));
    }
}

void
trestle_lint_packages (TrestleLinter *self)
{
  for (guint i = 0; i < trestle_node_length (self->versions); i++)
    {
      JsonNode *version = trestle_node_element (self->versions, i);
      const char *arn = trestle_lint_version_arn (version);
      g_autofree char *field = NULL;
      gboolean known;
      TrestlePackage *package = trestle_lint_find_package (self, version, &known);

      if (trestle_node_flag (version, "Restricted"))
        continue;
      check_recommended (self, version, i, package);
      if (!trestle_lint_is_new (version))
        continue;
      check_role (self, version, i);
      if (arn == NULL)
        continue;
      field = dup_arn_field (version, i);
      if (package != NULL)
        check_package (self, package, arn, field);
      else
        check_arn (self, arn, field);
      if (known && package == NULL)
        trestle_lint_report (self, RULE_PACKAGE_MISSING, field,
                             g_strdup_printf (_ ("There is no %s."), arn));
    }
}
