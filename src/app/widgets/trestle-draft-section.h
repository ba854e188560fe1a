/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleDraftSection:
 * @id: name in actions: "pricing"
 * @title: for people, untranslated
 * @fields: paths that belong to it, by their beginnings, NULL-terminated: findings of these fields are its own
 * @create: makes its form; a widget that scrolls by itself
 * @show: (nullable): brings the field at @path to light in the form @create made, before
 *   trestle_draft_focus() looks for it: opens what is folded, shows the version that has it
 * @wide: has tables, and wants the place of the buyer's page beside it
 *
 * A part of a listing's editor. Features make them; trestle-routes.c puts them together, so that the
 * editor need not know the features.
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *const *fields;
  GtkWidget *(*create) (TrestleSession *session, TrestleOpenDraft *draft);
  void (*show) (GtkWidget *form, const char *path);
  gboolean wide;
} TrestleDraftSection;

/** trestle_draft_section_has: Returns: whether the field at @path belongs to @self */
static inline gboolean
trestle_draft_section_has (const TrestleDraftSection *self, const char *path)
{
  for (guint i = 0; self->fields[i] != NULL; i++)
    if (g_str_has_prefix (path, self->fields[i]))
      return TRUE;
  return FALSE;
}

G_END_DECLS
