/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-editor-words.h"

#include <glib/gi18n.h>

char *
trestle_editor_dup_title (TrestleOpenDraft *open_draft)
{
  const char *title = trestle_draft_get_text (trestle_open_draft_get_draft (open_draft),
                                              "Product.ProductTitle");

  return g_strdup (*title != '\0' ? title : trestle_open_draft_get_name (open_draft));
}

char *
trestle_editor_dup_state (TrestleOpenDraft *open_draft)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (open_draft);
  gint64 revision = trestle_draft_get_number (draft, "Product.Revision");
  g_autofree char *problem = NULL;
  g_autofree char *live = NULL;
  gboolean saved;

  g_object_get (open_draft, "saved", &saved, "problem", &problem, NULL);
  if (problem != NULL)
    return g_strdup_printf (_ ("Not saved: %s"), problem);
  if (!trestle_draft_has (draft, "Product.Identifier"))
    live = g_strdup (_ ("not at AWS yet"));
  else
    live = g_strdup_printf (_ ("live: revision %d"), (int) revision);
  return g_strdup_printf ("%s · %s", saved ? _ ("Draft saved") : _ ("Saving…"), live);
}

char *
trestle_editor_dup_findings (TrestleOpenDraft *open_draft)
{
  g_autofree char *errors = NULL;
  g_autofree char *warnings = NULL;
  guint n_errors, n_warnings;

  g_object_get (open_draft, "n-errors", &n_errors, "n-warnings", &n_warnings, NULL);
  if (n_errors > 0)
    errors = g_strdup_printf (g_dngettext (NULL, "%u error", "%u errors", n_errors), n_errors);
  if (n_warnings > 0)
    warnings = g_strdup_printf (g_dngettext (NULL, "%u warning", "%u warnings", n_warnings),
                                n_warnings);
  if (errors != NULL && warnings != NULL)
    return g_strdup_printf ("%s · %s", errors, warnings);
  if (errors == NULL && warnings == NULL)
    return g_strdup (_ ("No findings"));
  return errors != NULL ? g_steal_pointer (&errors) : g_steal_pointer (&warnings);
}

char *
trestle_editor_dup_changes (TrestleOpenDraft *open_draft)
{
  guint n;

  g_object_get (open_draft, "n-changes", &n, NULL);
  if (n == 0)
    return g_strdup (_ ("Nothing differs from the live listing"));
  return g_strdup_printf (g_dngettext (NULL, "%u change", "%u changes, sent as one request", n), n);
}

TrestleFinding *
trestle_editor_find_error (TrestleOpenDraft *open_draft)
{
  GListModel *findings = trestle_open_draft_get_findings (open_draft);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (findings, i);

      if (trestle_finding_get_severity (finding) == TRESTLE_SEVERITY_ERROR)
        return g_steal_pointer (&finding);
    }
  return NULL;
}
