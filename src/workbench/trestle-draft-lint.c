/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-drafts.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-lint.h"
#include "store/trestle-draft-io.h"
#include "workbench/trestle-draft-facts.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  TrestleContext *context; /* NULL: nobody's */
  char *path;
} Lint;

static void
lint_free (gpointer data)
{
  Lint *self = data;

  g_clear_object (&self->context);
  g_free (self->path);
  g_free (self);
}

static DexFuture *
read_fiber (gpointer path)
{
  g_autoptr (GError) error = NULL;
  TrestleDraft *draft = trestle_draft_read (path, NULL, &error);

  if (draft == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_object (draft);
}

static DexFuture *
lint_fiber (gpointer data)
{
  Lint *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleDraft) draft = NULL;
  g_autoptr (TrestleDraft) live = NULL;
  g_autoptr (TrestleDraftFacts) known = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GListStore) list = g_list_store_new (TRESTLE_TYPE_FINDING);
  g_autofree char *visibility = NULL;
  TrestleLintFacts facts = { 0 };

  draft = dex_await_object (trestle_pool_spawn (read_fiber, g_strdup (self->path), g_free), &error);
  if (draft == NULL)
    return trestle_future_error (error);
  known = dex_await_boxed (trestle_draft_facts_read (self->context, draft, self->path), &error);
  if (known == NULL)
    return trestle_future_error (error);
  trestle_draft_facts_fill (known, &facts);
  trestle_draft_facts_take_live (known, &live, &visibility);
  facts.live = live;
  facts.now = trestle_clock_now ();
  findings = trestle_lint (draft, &facts);
  g_list_store_splice (list, 0, 0, findings->pdata, findings->len);
  return dex_future_new_take_object (g_steal_pointer (&list));
}

DexFuture *
trestle_drafts_lint (TrestleSession *session, const char *path)
{
  Lint *self = g_new0 (Lint, 1);

  if (session != NULL)
    self->context = g_object_ref (trestle_session_get_context (session));
  self->path = g_canonicalize_filename (path, NULL);
  return trestle_fiber_spawn (lint_fiber, self, lint_free);
}

gboolean
trestle_findings_allow (GListModel *findings, GError **error)
{
  g_autoptr (TrestleFinding) first = NULL;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (findings, i);

      if (trestle_finding_get_severity (finding) != TRESTLE_SEVERITY_ERROR)
        continue;
      if (n++ == 0)
        first = g_steal_pointer (&finding);
    }
  if (n == 0)
    return TRUE;
  if (n > 1)
    g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                 g_dngettext (GETTEXT_PACKAGE, "AWS would refuse it: %s: %s (and %u more finding)",
                              "AWS would refuse it: %s: %s (and %u more findings)", n - 1),
                 trestle_finding_get_field (first), trestle_finding_get_message (first), n - 1);
  else
    g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                 _ ("AWS would refuse it: %s: %s"), trestle_finding_get_field (first),
                 trestle_finding_get_message (first));
  return FALSE;
}
