/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TrestleDraft:
 *
 * A seller's listing while it is being written: a tree of values in AWS's own member names
 * (`Product`, `Versions`, `Offer`), addressed by paths such as
 * `Versions[0].InputProperties.Parameters[2].Name` (see trestle-draft-path.h). What each field is
 * and may hold is in the one table of trestle-draft-field.h; members that the table lacks are kept.
 *
 * A tree that came from a file may have any form: what is not of the form that a path asks for reads
 * as if it were not there, and is replaced when the path is set. Nodes that are handed out belong to
 * the draft, must not be changed, and are good until its next change.
 */
#define TRESTLE_TYPE_DRAFT (trestle_draft_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDraft, trestle_draft, TRESTLE, DRAFT, GObject)

/** TRESTLE_DRAFT_FORMAT: what the member `Trestle` of a draft says: how the tree is to be read */
#define TRESTLE_DRAFT_FORMAT 1

/**
 * TrestleDraft::changed:
 * @path: what changed: a field's path, a list's where elements came, went or moved, "" for all
 */

/** trestle_draft_new: Returns: (transfer full): an empty draft of the present format */
TrestleDraft *trestle_draft_new (void);

/**
 * trestle_draft_new_from_node:
 * @root: (transfer none): a tree, which is copied; one that is no object gives an empty draft
 *
 * Returns: (transfer full): a draft with that content
 */
TrestleDraft *trestle_draft_new_from_node (JsonNode *root);

/** trestle_draft_copy: Returns: (transfer full): another draft of the same content */
TrestleDraft *trestle_draft_copy (TrestleDraft *self);

/** trestle_draft_replace: gives @self all of @root's content; emits #TrestleDraft::changed "" */
void trestle_draft_replace (TrestleDraft *self, JsonNode *root);

/** trestle_draft_equal: Returns: whether both hold the same */
gboolean trestle_draft_equal (TrestleDraft *self, TrestleDraft *other);

/** trestle_draft_get_root: Returns: (transfer none): the whole tree, an object */
JsonNode *trestle_draft_get_root (TrestleDraft *self);

/** trestle_draft_get: Returns: (transfer none) (nullable): the node at @path; %NULL also for null */
JsonNode *trestle_draft_get (TrestleDraft *self, const char *path);

/** trestle_draft_has: Returns: whether there is anything at @path but "", null and empty lists */
gboolean trestle_draft_has (TrestleDraft *self, const char *path);

/** trestle_draft_get_text: Returns: (transfer none): the text at @path; "" where there is none */
const char *trestle_draft_get_text (TrestleDraft *self, const char *path);

/** trestle_draft_get_bool: Returns: the boolean at @path; %FALSE where there is none */
gboolean trestle_draft_get_bool (TrestleDraft *self, const char *path);

/** trestle_draft_get_number: Returns: the whole number at @path; 0 where there is none */
gint64 trestle_draft_get_number (TrestleDraft *self, const char *path);

/** trestle_draft_get_length: Returns: elements of the list at @path; 0 where there is none */
guint trestle_draft_get_length (TrestleDraft *self, const char *path);

/**
 * trestle_draft_dup_texts:
 *
 * Returns: (transfer full): the texts of the list at @path, one for each element: "" for an element
 *   that is no text
 */
char **trestle_draft_dup_texts (TrestleDraft *self, const char *path);

/**
 * trestle_draft_set:
 * @path: a path; an element may be one that is there, or the next
 * @value: (transfer full) (nullable): what it is to hold; %NULL removes it
 *
 * Makes the parents that are missing; with the last member of an object or list, that goes too
 * (but not an object that is an element: the others would move). Emits #TrestleDraft::changed if
 * this changes anything.
 *
 * Returns: %FALSE where @path is not a path, or an element beyond the next of its list
 */
gboolean trestle_draft_set (TrestleDraft *self, const char *path, JsonNode *value);

/**
 * trestle_draft_set_text:
 * @text: (nullable): UTF-8; what is not is mended. "" or %NULL removes a member, and empties an
 *   element of a list
 *
 * As trestle_draft_set().
 */
gboolean trestle_draft_set_text (TrestleDraft *self, const char *path, const char *text);

/** trestle_draft_set_texts: a list of texts; an empty one or %NULL removes it */
gboolean trestle_draft_set_texts (TrestleDraft *self, const char *path, const char *const *texts);
gboolean trestle_draft_set_bool (TrestleDraft *self, const char *path, gboolean value);
gboolean trestle_draft_set_number (TrestleDraft *self, const char *path, gint64 value);

/**
 * trestle_draft_insert:
 * @list_path: a list's path; it is made where it is missing
 * @index: before which element; its length or more for the end
 * @value: (transfer full): the new element
 *
 * Emits #TrestleDraft::changed with @list_path.
 *
 * Returns: %FALSE where @list_path is not a path that can be set
 */
gboolean
trestle_draft_insert (TrestleDraft *self, const char *list_path, guint index, JsonNode *value);

/** trestle_draft_remove: Returns: whether @list_path had an element @index, which is now gone */
gboolean trestle_draft_remove (TrestleDraft *self, const char *list_path, guint index);

/** trestle_draft_move: Returns: whether element @from is now at @to, between the others */
gboolean trestle_draft_move (TrestleDraft *self, const char *list_path, guint from, guint to);

/** trestle_draft_dup_node: Returns: (transfer full): a deep copy of @node that may be changed */
JsonNode *trestle_draft_dup_node (JsonNode *node);

/** trestle_draft_node_is_empty: Returns: whether @node is %NULL, null, "" or has no members */
gboolean trestle_draft_node_is_empty (JsonNode *node);

G_END_DECLS
