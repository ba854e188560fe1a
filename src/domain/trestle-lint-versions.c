/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint-private.h"

#include <string.h>

#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* Versions against each other, and against what is published. */

static char *
dup_field (guint index, const char *member)
{
  return g_strdup_printf ("Versions[%u]%s%s", index, member != NULL ? "." : "",
                          member != NULL ? member : "");
}

static void
check_package (TrestleLinter *self, JsonNode *version, guint index)
{
  gboolean model = trestle_node_has (version, "SageMakerModelPackageArn");
  gboolean algorithm = trestle_node_has (version, "SageMakerAlgorithmArn");
  g_autofree char *field = NULL;

  if (model != algorithm || (!model && !trestle_lint_is_new (version)))
    return;
  field = dup_field (index, "SageMakerModelPackageArn");
  trestle_lint_report (
      self, RULE_VERSION_PACKAGE, field,
      model ? g_strdup (_ ("The version names both a model package and an algorithm."))
            : g_strdup (_ ("The version names neither a model package nor an algorithm.")));
}

/* The first version decides for all; what is published was first. */
static void
check_kinds (TrestleLinter *self)
{
  const char *first = NULL;

  for (guint i = 0; first == NULL && i < trestle_node_length (self->live_versions); i++)
    first = trestle_lint_version_arn (trestle_node_element (self->live_versions, i));
  for (guint i = 0; i < trestle_node_length (self->versions); i++)
    {
      JsonNode *version = trestle_node_element (self->versions, i);
      const char *arn = trestle_lint_version_arn (version);
      gboolean algorithm, was_algorithm;
      g_autofree char *field = NULL;

      if (arn == NULL)
        continue;
      if (first == NULL)
        first = arn;
      algorithm = strstr (arn, ":algorithm/") != NULL;
      was_algorithm = strstr (first, ":algorithm/") != NULL;
      if (algorithm == was_algorithm)
        continue;
      field = dup_field (i, trestle_node_has (version, "SageMakerModelPackageArn")
                                ? "SageMakerModelPackageArn"
                                : "SageMakerAlgorithmArn");
      trestle_lint_report (
          self, RULE_VERSION_KINDS, field,
          was_algorithm
              ? g_strdup (_ ("The product's versions are algorithms; this is a model."))
              : g_strdup (_ ("The product's versions are models; this is an algorithm.")));
    }
}

/* Titles and ARNs are each version's own; @others are the published ones that the draft lacks. */
static void
check_twice (TrestleLinter *self, GHashTable *in_draft)
{
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) arns = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < trestle_node_length (self->live_versions); i++)
    {
      JsonNode *version = trestle_node_element (self->live_versions, i);
      const char *id = trestle_node_text (version, "Id");
      const char *title = trestle_node_text (version, "VersionTitle");
      const char *arn = trestle_lint_version_arn (version);

      if (id != NULL && g_hash_table_contains (in_draft, id))
        continue;
      if (title != NULL)
        g_hash_table_add (titles, (gpointer) title);
      if (arn != NULL)
        g_hash_table_add (arns, (gpointer) arn);
    }
  for (guint i = 0; i < trestle_node_length (self->versions); i++)
    {
      JsonNode *version = trestle_node_element (self->versions, i);
      const char *title = trestle_node_text (version, "VersionTitle");
      const char *arn = trestle_lint_version_arn (version);

      if (title != NULL && !g_hash_table_add (titles, (gpointer) title))
        {
          g_autofree char *field = dup_field (i, "VersionTitle");

          trestle_lint_report (self, RULE_VERSION_TITLE_TWICE, field,
                               g_strdup_printf (_ ("Another version is called “%s”."), title));
        }
      if (arn != NULL && !g_hash_table_add (arns, (gpointer) arn))
        {
          g_autofree char *field = dup_field (
              i, trestle_node_has (version, "SageMakerModelPackageArn") ? "SageMakerModelPackageArn"
                                                                        : "SageMakerAlgorithmArn");

          trestle_lint_report (self, RULE_VERSION_PACKAGE_TWICE, field,
                               g_strdup (_ ("Another version has this package.")));
        }
    }
}

static void
check_against_live (TrestleLinter *self, JsonNode *version, JsonNode *live, guint index)
{
  const char *arn = trestle_lint_version_arn (version), *old = trestle_lint_version_arn (live);
  const char *title = trestle_node_text (version, "VersionTitle");
  const char *old_title = trestle_node_text (live, "VersionTitle");

  if (trestle_node_flag (live, "Restricted"))
    {
      if (!trestle_node_flag (version, "Restricted"))
        {
          g_autofree char *field = dup_field (index, "Restricted");

          trestle_lint_report (self, RULE_VERSION_UNRESTRICTED, field,
                               g_strdup (_ ("A version that is restricted stays so.")));
        }
      return;
    }
  if (old != NULL && g_strcmp0 (arn, old) != 0)
    {
      g_autofree char *field = dup_field (index, strstr (old, ":algorithm/") != NULL
                                                     ? "SageMakerAlgorithmArn"
                                                     : "SageMakerModelPackageArn");

      trestle_lint_report (
          self, RULE_VERSION_PACKAGE_CHANGED, field,
          g_strdup_printf (_ ("The version is published with %s; that cannot change."), old));
    }
  if (title != NULL && old_title != NULL && !g_str_equal (title, old_title))
    {
      g_autofree char *field = dup_field (index, "VersionTitle");

      trestle_lint_report (self, RULE_VERSION_TITLE_CHANGED, field,
                           g_strdup_printf (_ ("The version is published as “%s”."), old_title));
    }
}

/* Id → version */
static GHashTable *
index_versions (JsonNode *versions)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < trestle_node_length (versions); i++)
    {
      JsonNode *version = trestle_node_element (versions, i);
      const char *id = trestle_node_text (version, "Id");

      if (id != NULL)
        g_hash_table_insert (index, (gpointer) id, version);
    }
  return index;
}

static void
check_gone (TrestleLinter *self, GHashTable *in_draft)
{
  for (guint i = 0; i < trestle_node_length (self->live_versions); i++)
    {
      JsonNode *version = trestle_node_element (self->live_versions, i);
      const char *id = trestle_node_text (version, "Id");
      const char *title = trestle_node_text (version, "VersionTitle");

      if (id != NULL && !g_hash_table_contains (in_draft, id))
        trestle_lint_report (self, RULE_VERSION_GONE, "Versions",
                             g_strdup_printf (_ ("The published version “%s” is not in the draft."),
                                              title != NULL ? title : id));
    }
}

/* What is for one version at a time, or must not be for all. */
static void
check_all (TrestleLinter *self)
{
  guint n_new = 0, n_open = 0, n = trestle_node_length (self->versions);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *version = trestle_node_element (self->versions, i);
      gboolean restricted = trestle_node_flag (version, "Restricted");
      g_autofree char *field = dup_field (i, NULL);
      g_autofree char *flag = dup_field (i, "Restricted");

      n_open += !restricted;
      if (!trestle_lint_is_new (version))
        continue;
      if (++n_new > 1)
        trestle_lint_report (self, RULE_VERSION_ONE_AT_A_TIME, field,
                             g_strdup (_ ("Another new version goes before this one.")));
      if (restricted)
        trestle_lint_report (
            self, RULE_VERSION_NEW_RESTRICTED, flag,
            g_strdup (_ ("A version that is not published cannot be restricted.")));
    }
  if (n > 0 && n_open == 0)
    trestle_lint_report (self, RULE_VERSION_LAST_RESTRICTED, "Versions",
                         g_strdup (_ ("All versions are restricted.")));
}

void
trestle_lint_versions (TrestleLinter *self)
{
  g_autoptr (GHashTable) in_draft = index_versions (self->versions);
  g_autoptr (GHashTable) live = index_versions (self->live_versions);

  for (guint i = 0; i < trestle_node_length (self->versions); i++)
    {
      JsonNode *version = trestle_node_element (self->versions, i), *old;
      const char *id = trestle_node_text (version, "Id");

      if (!JSON_NODE_HOLDS_OBJECT (version))
        continue;
      check_package (self, version, i);
      old = id != NULL ? g_hash_table_lookup (live, id) : NULL;
      if (old != NULL)
        check_against_live (self, version, old, i);
    }
  check_kinds (self);
  check_twice (self, in_draft);
  check_gone (self, in_draft);
  check_all (self);
}
