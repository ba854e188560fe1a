/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-version-words.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "domain/trestle-draft-versions.h"
#include "domain/trestle-finding.h"

char *
trestle_version_dup_path (guint index, const char *member)
{
  return g_strdup_printf ("Versions[%u].%s", index, member);
}

guint
trestle_version_index_of (const char *path)
{
  guint index;

  return sscanf (path, "Versions[%u]", &index) == 1 ? index : G_MAXUINT;
}

gboolean
trestle_version_is_live (TrestleDraft *draft, guint index)
{
  g_autofree char *id = trestle_version_dup_path (index, "Id");

  return *trestle_draft_get_text (draft, id) != '\0';
}

static gboolean
is_restricted (TrestleDraft *draft, guint index)
{
  g_autofree char *path = trestle_version_dup_path (index, "Restricted");

  return trestle_draft_get_bool (draft, path);
}

char *
trestle_version_dup_label (TrestleDraft *draft, guint index)
{
  g_autofree char *path = trestle_version_dup_path (index, "VersionTitle");
  const char *title = trestle_draft_get_text (draft, path);
  const char *state = !trestle_version_is_live (draft, index) ? _ ("drafted")
                      : is_restricted (draft, index)          ? _ ("restricted")
                                                              : _ ("at AWS");

  return g_strdup_printf (_ ("%s · %s"), *title != '\0' ? title : _ ("Without a name"), state);
}

char *
trestle_version_dup_summary (TrestleDraft *draft)
{
  guint n = trestle_draft_get_length (draft, "Versions"), n_live = 0;

  for (guint i = 0; i < n; i++)
    n_live += trestle_version_is_live (draft, i);
  if (n == 0)
    return g_strdup (_ ("A version is made of a certified package."));
  return g_strdup_printf (_ ("%u at AWS, %u drafted. SageMaker shows buyers the newest first."),
                          n_live, n - n_live);
}

/* Whether @base has the version of @draft at @index restricted already. */
static gboolean
was_restricted (TrestleDraft *draft, TrestleDraft *base, guint index)
{
  g_autofree char *path = trestle_version_dup_path (index, "Id");
  const char *id = trestle_draft_get_text (draft, path);

  for (guint i = 0; base != NULL && i < trestle_draft_get_length (base, "Versions"); i++)
    {
      g_autofree char *other = trestle_version_dup_path (i, "Id");

      if (g_str_equal (trestle_draft_get_text (base, other), id))
        return is_restricted (base, i);
    }
  return FALSE;
}

const char *
trestle_version_get_bar (TrestleDraft *draft, TrestleDraft *base, guint index)
{
  if (!trestle_version_is_live (draft, index))
    return _ ("AWS does not know this version yet: it can be removed from the draft.");
  if (was_restricted (draft, base, index))
    return _ ("It is restricted at AWS, which cannot be taken back. Its subscribers keep it.");
  if (!is_restricted (draft, index) && trestle_draft_count_open_versions (draft) <= 1)
    return _ ("The last version cannot be restricted: restrict the product instead.");
  return NULL;
}

char *
trestle_version_dup_title (TrestleDraft *draft, guint index, const char *title, const char *list)
{
  g_autofree char *path = list != NULL ? trestle_version_dup_path (index, list) : NULL;
  guint n = path != NULL ? trestle_draft_get_length (draft, path) : 0;

  return n > 0 ? g_strdup_printf (_ ("%s · %u"), title, n) : g_strdup (title);
}

gboolean
trestle_version_has_error (GListModel *findings, guint index, const char *const *members)
{
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (findings, i);
      const char *field = trestle_finding_get_field (finding);
      const char *rest;

      if (trestle_finding_get_severity (finding) != TRESTLE_SEVERITY_ERROR || field == NULL
          || trestle_version_index_of (field) != index)
        continue;
      rest = strchr (field, ']') + 1;
      if (*rest == '.')
        rest++;
      for (guint k = 0; members[k] != NULL; k++)
        if (g_str_has_prefix (rest, members[k]))
          return TRUE;
    }
  return FALSE;
}
