/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/trestle-draft-binding.h"

G_BEGIN_DECLS

/**
 * TrestleDraftList:
 *
 * A group with a row for each element of a list of the draft, or for each member of each; elements
 * can be moved and removed, and there is a button for another one. Properties: "open-draft"
 * (#TrestleOpenDraft), "path" (string: the list's), "members" (string, nullable: of a list of objects
 * the texts that are edited, "Text Url"; %NULL for a list of texts), "add-label" (string: what the
 * button for another one says, "Add Highlight").
 */
#define TRESTLE_TYPE_DRAFT_LIST (trestle_draft_list_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDraftList,
                      trestle_draft_list,
                      TRESTLE,
                      DRAFT_LIST,
                      AdwPreferencesGroup)

GtkWidget *
trestle_draft_list_new (TrestleOpenDraft *open_draft, const char *path, const char *add_label);

/** trestle_draft_list_add: puts an empty element at the end and the keyboard into it */
void trestle_draft_list_add (TrestleDraftList *self);

G_END_DECLS
