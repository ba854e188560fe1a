/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-draft-versions.h"

#include <string.h>

#include "domain/trestle-node.h"

#define MODEL "SageMakerModelPackageArn"
#define ALGORITHM "SageMakerAlgorithmArn"

static char *
dup_path (guint index, const char *member)
{
  return g_strdup_printf ("Versions[%u].%s", index, member);
}

const char *
trestle_draft_get_version_arn (TrestleDraft *self, guint index)
{
  g_autofree char *model = dup_path (index, MODEL);
  g_autofree char *algorithm = dup_path (index, ALGORITHM);
  const char *arn = trestle_draft_get_text (self, model);

  return *arn != '\0' ? arn : trestle_draft_get_text (self, algorithm);
}

guint
trestle_draft_find_version (TrestleDraft *self, const char *arn)
{
  for (guint i = 0; i < trestle_draft_get_length (self, "Versions"); i++)
    if (g_str_equal (trestle_draft_get_version_arn (self, i), arn))
      return i;
  return G_MAXUINT;
}

static gboolean
is_restricted (TrestleDraft *self, guint index)
{
  g_autofree char *path = dup_path (index, "Restricted");

  return trestle_draft_get_bool (self, path);
}

guint
trestle_draft_count_open_versions (TrestleDraft *self)
{
  guint n = 0;

  for (guint i = 0; i < trestle_draft_get_length (self, "Versions"); i++)
    n += !is_restricted (self, i);
  return n;
}

static gboolean
has_title (TrestleDraft *self, const char *title)
{
  for (guint i = 0; i < trestle_draft_get_length (self, "Versions"); i++)
    {
      g_autofree char *path = dup_path (i, "VersionTitle");

      if (g_str_equal (trestle_draft_get_text (self, path), title))
        return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer full): @title with its last number raised by one; with " 2" where it has none */
static char *
dup_raised (const char *title)
{
  gsize end = strlen (title), begin;

  while (end > 0 && !g_ascii_isdigit (title[end - 1]))
    end--;
  begin = end;
  while (begin > 0 && g_ascii_isdigit (title[begin - 1]))
    begin--;
  if (end == begin || end - begin > 9)
    return g_strconcat (title, " 2", NULL);
  return g_strdup_printf ("%.*s%" G_GINT64_FORMAT "%s", (int) begin, title,
                          g_ascii_strtoll (title + begin, NULL, 10) + 1, title + end);
}

char *
trestle_draft_dup_next_version_title (TrestleDraft *self)
{
  guint n = trestle_draft_get_length (self, "Versions");
  g_autofree char *path = dup_path (MAX (n, 1) - 1, "VersionTitle");
  char *title = g_strdup (n > 0 ? trestle_draft_get_text (self, path) : "1.0");

  if (*title == '\0')
    {
      g_free (title);
      title = g_strdup ("1.0");
    }
  while (has_title (self, title))
    {
      char *next = dup_raised (title);

      g_free (title);
      title = next;
    }
  return title;
}

static void
recommend (TrestleDraft *self, guint index, const char *member, const char *const *types)
{
  g_autofree char *path = g_strdup_printf ("Versions[%u].RecommendedInstanceTypes.%s", index,
                                           member);
  const char *now = trestle_draft_get_text (self, path);

  if (types == NULL || types[0] == NULL)
    trestle_draft_set_text (self, path, NULL);
  else if (!g_strv_contains (types, now))
    trestle_draft_set_text (self, path, types[0]);
}

void
trestle_draft_set_version_package (TrestleDraft *self, guint index, TrestlePackage *package)
{
  gboolean algorithm = trestle_package_get_kind (package) == TRESTLE_PRODUCT_KIND_ALGORITHM;
  g_autofree char *path = dup_path (index, algorithm ? ALGORITHM : MODEL);
  g_autofree char *other = dup_path (index, algorithm ? MODEL : ALGORITHM);

  trestle_draft_set_text (self, other, NULL);
  trestle_draft_set_text (self, path, trestle_package_get_arn (package));
  recommend (self, index, "BatchTransform", trestle_package_get_transform_types (package));
  recommend (self, index, "RealtimeInference", trestle_package_get_realtime_types (package));
  recommend (self, index, "Training", trestle_package_get_training_types (package));
}

/* The newest version that buyers can still choose, or the newest at all. */
static JsonNode *
find_model (TrestleDraft *self)
{
  guint n = trestle_draft_get_length (self, "Versions");
  JsonNode *versions = trestle_draft_get (self, "Versions");

  for (guint i = n; i > 0; i--)
    if (!is_restricted (self, i - 1))
      return trestle_node_element (versions, i - 1);
  return n > 0 ? trestle_node_element (versions, n - 1) : NULL;
}

guint
trestle_draft_add_version (TrestleDraft *self, TrestlePackage *package)
{
  static const char *const copied[] = { "AccessRoleArn",           "UsageInstructions",
                                        "SampleNotebookUrl",       "RepositoryUrl",
                                        "InputProperties",         "OutputProperties",
                                        "RecommendedInstanceTypes" };
  guint index = trestle_draft_get_length (self, "Versions");
  g_autofree char *title = trestle_draft_dup_next_version_title (self);
  JsonNode *model = find_model (self);
  JsonObject *version = json_object_new ();

  json_object_set_string_member (version, "VersionTitle", title);
  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    {
      JsonNode *value = trestle_node_member (model, copied[i]);

      if (value != NULL)
        json_object_set_member (version, copied[i], trestle_draft_dup_node (value));
    }
  trestle_draft_insert (self, "Versions", index, trestle_node_take_object (version));
  trestle_draft_set_version_package (self, index, package);
  return index;
}
