/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-section-state.h"

#include <glib/gi18n.h>

#include "domain/trestle-draft-field.h"
#include "domain/trestle-finding.h"

/* Whether an error or warning is about @path or something in it. */
static gboolean
is_faulty (GListModel *findings, const char *path)
{
  gsize length = strlen (path);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (findings, i);
      const char *field = trestle_finding_get_field (finding);

      if (trestle_finding_get_severity (finding) != TRESTLE_SEVERITY_INFO && field != NULL
          && g_str_has_prefix (field, path)
          && (field[length] == '\0' || field[length] == '.' || field[length] == '['))
        return TRUE;
    }
  return FALSE;
}

void
trestle_section_state_read (const TrestleDraftSection *section,
                            TrestleOpenDraft *open_draft,
                            TrestleSectionState *state)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (open_draft);
  GListModel *findings = trestle_open_draft_get_findings (open_draft);
  guint n;
  const TrestleDraftField *all = trestle_draft_field_all (&n);

  *state = (TrestleSectionState) { 0 };
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (findings, i);

      if (!trestle_draft_section_has (section, trestle_finding_get_field (finding)))
        continue;
      state->n_errors += trestle_finding_get_severity (finding) == TRESTLE_SEVERITY_ERROR;
      state->n_warnings += trestle_finding_get_severity (finding) == TRESTLE_SEVERITY_WARNING;
    }
  for (guint i = 0; i < n; i++)
    {
      const TrestleDraftField *field = &all[i];
      gboolean there;

      /* A list counts as one field, and what is in it by its findings. */
      if (strchr (field->pattern, '[') != NULL || field->change == NULL
          || !trestle_draft_section_has (section, field->pattern))
        continue;
      there = trestle_draft_has (draft, field->pattern);
      if (!there && field->level != TRESTLE_DRAFT_LEVEL_REQUIRED)
        continue;
      state->n_fields++;
      state->n_good += there && !is_faulty (findings, field->pattern);
    }
  state->waits = state->n_fields == 0 && trestle_open_draft_get_n_errors (open_draft) > 0;
}

char *
trestle_section_state_dup_words (const TrestleSectionState *state)
{
  if (state->n_errors > 0)
    return g_strdup_printf (g_dngettext (NULL, "%u error", "%u errors", state->n_errors),
                            state->n_errors);
  if (state->n_warnings > 0)
    return g_strdup_printf (g_dngettext (NULL, "%u warning", "%u warnings", state->n_warnings),
                            state->n_warnings);
  if (state->waits)
    return g_strdup (_ ("Waits for the rest"));
  return g_strdup (_ ("Complete"));
}
