/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What #TrestleDraft does to its tree. Steps are those of trestle_draft_path_parse(); nodes that are
 * not of the form a step asks for are as nothing.
 */

/** trestle_draft_tree_new_object: Returns: (transfer full): `{}` */
JsonNode *trestle_draft_tree_new_object (void);

/** trestle_draft_tree_walk: Returns: (nullable): what the first @n steps lead to; null is nothing */
JsonNode *trestle_draft_tree_walk (JsonNode *root, GArray *steps, guint n);

/** trestle_draft_tree_length: Returns: elements of @node, if it is a list */
guint trestle_draft_tree_length (JsonNode *node);

/**
 * trestle_draft_tree_splice:
 * @gone: how many elements go, from @at on
 * @come: (transfer full) (nullable): what comes in their place
 */
void trestle_draft_tree_splice (JsonNode *list, guint at, guint gone, JsonNode *come);

/** trestle_draft_tree_can_set: Returns: whether each element of the way is there or the next */
gboolean trestle_draft_tree_can_set (JsonNode *root, GArray *steps);

/** trestle_draft_tree_set: puts @value (transfer full) there, and makes what it stands on */
void trestle_draft_tree_set (JsonNode *root, GArray *steps, JsonNode *value);

/** trestle_draft_tree_cut: takes out what is there, and each parent that this leaves with nothing */
void trestle_draft_tree_cut (JsonNode *root, GArray *steps);

G_END_DECLS
