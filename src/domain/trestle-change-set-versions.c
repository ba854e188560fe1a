/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-change-set-private.h"

#include <string.h>

#include "domain/trestle-draft-field.h"
#include "domain/trestle-limits.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* The two members that are of the version, not of its one delivery option. */
static gboolean
is_of_version (const char *name)
{
  return g_str_equal (name, "VersionTitle") || g_str_equal (name, "ReleaseNotes");
}

static const char *
kind_of (JsonNode *version)
{
  return trestle_node_has (version, "SageMakerAlgorithmArn")
             ? "SageMakerAlgorithmDeliveryOptionDetails"
             : "SageMakerModelPackageDeliveryOptionDetails";
}

static const char *
title_of (JsonNode *version)
{
  const char *title = trestle_node_text (version, "VersionTitle");

  return title != NULL ? title : "";
}

/*
 * The parts of @version that differ from @before (all, where there is none) as the two objects of a
 * change. @words: (nullable): gets a line for each.
 */
static void
split (JsonNode *version,
       JsonNode *before,
       JsonObject *texts,
       JsonObject *option,
       GStrvBuilder *words)
{
  static const char parent[] = "Versions[].";
  guint n;
  const TrestleDraftField *fields = trestle_draft_field_all (&n);

  for (guint i = 0; i < n; i++)
    {
      const TrestleDraftField *field = &fields[i];
      const char *name = field->pattern + strlen (parent);
      gboolean later = g_strcmp0 (field->change, "UpdateDeliveryOptions") == 0;
      JsonNode *value, *copy;

      if (!g_str_has_prefix (field->pattern, parent) || strpbrk (name, ".[") != NULL)
        continue;
      if (!later && (before != NULL || g_strcmp0 (field->change, "AddDeliveryOptions") != 0))
        continue;
      value = trestle_node_member (version, name);
      if (trestle_node_same (value, trestle_node_member (before, name)))
        continue;
      copy = trestle_change_build_copy (value, field->pattern);
      if (copy == NULL) /* nothing of a version can be taken away */
        continue;
      json_object_set_member (is_of_version (name) ? texts : option, name, copy);
      if (words != NULL)
        {
          g_autofree char *line = trestle_change_build_dup_words (field->pattern, value);

          g_strv_builder_take (words, g_strdup_printf (_ ("Version “%s”: %s"),
                                                       title_of (before != NULL ? before : version),
                                                       line));
        }
    }
}

/* Takes all three. */
static JsonNode *
details_of (JsonNode *version, JsonObject *texts, JsonObject *option, const char *id)
{
  JsonObject *details = json_object_new (), *entry = json_object_new ();
  JsonObject *kinds = json_object_new ();
  JsonArray *options = json_array_new ();

  if (json_object_get_size (texts) > 0)
    json_object_set_object_member (details, "Version", texts);
  else
    json_object_unref (texts);
  if (id != NULL)
    json_object_set_string_member (entry, "Id", id);
  json_object_set_object_member (kinds, kind_of (version), option);
  json_object_set_object_member (entry, "Details", kinds);
  json_array_add_object_element (options, entry);
  json_object_set_array_member (details, "DeliveryOptions", options);
  return trestle_node_take_object (details);
}

static void
add_version (TrestleChangeBuild *build, JsonNode *version)
{
  JsonObject *texts = json_object_new (), *option = json_object_new ();
  const char *arn = trestle_node_text (version, "SageMakerModelPackageArn");
  const char *name;

  if (arn == NULL)
    arn = trestle_node_text (version, "SageMakerAlgorithmArn");
  name = arn != NULL ? strrchr (arn, '/') : NULL;
  split (version, NULL, texts, option, NULL);
  trestle_change_build_add (
      build, "AddDeliveryOptions", FALSE, details_of (version, texts, option, NULL),
      trestle_change_build_words (g_strdup_printf (
          _ ("Add version “%s” from %s"), title_of (version), name != NULL ? name + 1 : "?")));
}

/* Whether there was something to update. */
static gboolean
update_version (TrestleChangeBuild *build, JsonNode *version, JsonNode *before, gboolean add)
{
  JsonObject *texts = json_object_new (), *option = json_object_new ();
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  gboolean found;

  split (version, before, texts, option, words);
  found = json_object_get_size (texts) > 0 || json_object_get_size (option) > 0;
  if (found && add)
    {
      JsonNode *details = details_of (version, texts, option,
                                      trestle_node_text (version, "DeliveryOptionId"));

      trestle_change_build_add (build, "UpdateDeliveryOptions", FALSE, details,
                                g_steal_pointer (&words));
      return TRUE;
    }
  json_object_unref (texts);
  json_object_unref (option);
  return found;
}

/* Id → version, for there may be hundreds */
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
restrict_versions (TrestleChangeBuild *build, GPtrArray *versions)
{
  JsonObject *details;
  JsonArray *ids;
  g_autoptr (GStrvBuilder) words = NULL;

  if (versions->len == 0)
    return;
  details = json_object_new ();
  ids = json_array_new ();
  words = g_strv_builder_new ();
  for (guint i = 0; i < versions->len; i++)
    {
      JsonNode *version = g_ptr_array_index (versions, i);
      char *line = g_strdup_printf (_ ("Restrict version “%s”: only its subscribers keep it"),
                                    title_of (version));

      if (i >= trestle_limit (TRESTLE_LIMIT_RESTRICT_VERSIONS))
        {
          g_strv_builder_take (build->later, line);
          continue;
        }
      json_array_add_string_element (ids, trestle_node_text (version, "DeliveryOptionId"));
      g_strv_builder_take (words, line);
    }
  json_object_set_array_member (details, "DeliveryOptionIds", ids);
  trestle_change_build_add (build, "RestrictDeliveryOptions", FALSE,
                            trestle_node_take_object (details), g_steal_pointer (&words));
}

/*
 * A request may have each change type once for a product, and adding and updating take one version:
 * the first of each goes, the others wait for the next request. Of versions that are restricted
 * nothing changes any more.
 */
void
trestle_change_build_versions (TrestleChangeBuild *build)
{
  g_autoptr (GHashTable) before = index_versions (build->base_versions);
  g_autoptr (GPtrArray) restricted = g_ptr_array_new ();
  gboolean added = FALSE, updated = FALSE;

  for (guint i = 0; i < trestle_node_length (build->versions); i++)
    {
      JsonNode *version = trestle_node_element (build->versions, i);

      if (!JSON_NODE_HOLDS_OBJECT (version) || trestle_node_text (version, "Id") != NULL)
        continue;
      if (added)
        g_strv_builder_take (build->later,
                             g_strdup_printf (_ ("Add version “%s”"), title_of (version)));
      else
        add_version (build, version);
      added = TRUE;
    }
  for (guint i = 0; i < trestle_node_length (build->versions); i++)
    {
      JsonNode *version = trestle_node_element (build->versions, i), *old;
      const char *id = trestle_node_text (version, "Id");

      old = id != NULL ? g_hash_table_lookup (before, id) : NULL;
      if (old == NULL || trestle_node_flag (old, "Restricted"))
        continue;
      if (trestle_node_flag (version, "Restricted"))
        {
          if (trestle_node_text (version, "DeliveryOptionId") != NULL)
            g_ptr_array_add (restricted, version);
          continue;
        }
      if (!update_version (build, version, old, !updated))
        continue;
      if (updated)
        g_strv_builder_take (build->later,
                             g_strdup_printf (_ ("Update version “%s”"), title_of (version)));
      updated = TRUE;
    }
  restrict_versions (build, restricted);
}
