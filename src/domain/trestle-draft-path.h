/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Where a field is in a draft: member names joined by points, elements of lists by their number in
 * brackets: `Versions[0].InputProperties.Parameters[2].Name`. "" is the draft itself.
 */

/** TrestleDraftStep: one step of a path: a member by its @name, or (@name %NULL) an element */
typedef struct
{
  char *name;
  guint index;
} TrestleDraftStep;

/**
 * trestle_draft_path_parse:
 * @path: (nullable): a path; %NULL is as ""
 *
 * Returns: (transfer full) (nullable) (element-type TrestleDraftStep): its steps; %NULL where it is
 *   not a path
 */
GArray *trestle_draft_path_parse (const char *path);

/**
 * trestle_draft_path_join:
 * @parent: (nullable): a path, "" or %NULL for the draft itself
 * @name: a member's name
 *
 * Returns: (transfer full): `PARENT.NAME`
 */
char *trestle_draft_path_join (const char *parent, const char *name);

/** trestle_draft_path_at: Returns: (transfer full): `LIST[INDEX]` */
char *trestle_draft_path_at (const char *list, guint index);

/**
 * trestle_draft_path_dup_parent:
 *
 * Returns: (transfer full) (nullable): the path of the object or list that holds @path: `a.b` of
 *   `a.b[3]` and of `a.b.c`; %NULL for the draft itself
 */
char *trestle_draft_path_dup_parent (const char *path);

/**
 * trestle_draft_path_dup_pattern:
 *
 * Returns: (transfer full): @path without its numbers, as the field table writes it: `a.b[].c`
 */
char *trestle_draft_path_dup_pattern (const char *path);

G_END_DECLS
