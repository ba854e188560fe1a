/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What was seen of the values of one name. */
typedef struct _TrestleSampleSeen TrestleSampleSeen;

TrestleSampleSeen *trestle_sample_seen_new (const char *name);
void trestle_sample_seen_free (gpointer self);
const char *trestle_sample_seen_get_name (TrestleSampleSeen *self);

/** trestle_sample_seen_node: takes in a value of JSON */
void trestle_sample_seen_node (TrestleSampleSeen *self, JsonNode *node);

/** trestle_sample_seen_cell: takes in a cell of a table, whose type is guessed */
void trestle_sample_seen_cell (TrestleSampleSeen *self, const char *text);

/** trestle_sample_seen_dup_words: Returns: (transfer full): "Whole number, 1 to 9, or null" */
char *trestle_sample_seen_dup_words (TrestleSampleSeen *self);

G_END_DECLS
