/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "domain/trestle-finding.h"

G_BEGIN_DECLS

/**
 * TrestleSpecKind:
 * @dup_summary: a line on an item
 * @dup_detail: (nullable): more on it; may return %NULL
 * @create_dialog: to change the item at @position of @items, or to add one with %G_MAXUINT
 * @add: what the button that adds one is for, not translated yet
 *
 * What a #TrestleSpecList shows and how that is edited. Items have a property "name".
 */
typedef struct
{
  char *(*dup_summary) (gpointer item);
  char *(*dup_detail) (gpointer item);
  AdwDialog *(*create_dialog) (GListStore *items, guint position);
  const char *add;
} TrestleSpecKind;

/** TrestleSpecList: a group of what an algorithm's training is described with: channels, hyperparameters, metrics */
#define TRESTLE_TYPE_SPEC_LIST (trestle_spec_list_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSpecList, trestle_spec_list, TRESTLE, SPEC_LIST, AdwPreferencesGroup)

/** trestle_spec_list_set_items: @items: what is shown and changed; @kind: static */
void
trestle_spec_list_set_items (TrestleSpecList *self, GListStore *items, const TrestleSpecKind *kind);

/** trestle_spec_list_set_finding: @finding: (nullable): what is said of it */
void trestle_spec_list_set_finding (TrestleSpecList *self, TrestleFinding *finding);

G_END_DECLS
