/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Drafts as YAML. The table of trestle-draft-field.h says which scalars are texts, however they are
 * written (`1.0`, `yes`, `0123`), and in which order members stand. Whatever tree is written, the
 * same is read again. Anchors, aliases, tags, several documents and members that come twice are
 * errors; comments are not kept.
 */

#define TRESTLE_YAML_ERROR (trestle_yaml_error_quark ())

typedef enum
{
  TRESTLE_YAML_ERROR_SYNTAX,   /* not YAML, or none of the kind that a draft is */
  TRESTLE_YAML_ERROR_ENCODING, /* not UTF-8 */
  TRESTLE_YAML_ERROR_LIMIT,    /* too long, too deep */
  TRESTLE_YAML_ERROR_FORMAT,   /* written by a newer Trestle */
} TrestleYamlError;

GQuark trestle_yaml_error_quark (void);

/** TRESTLE_YAML_MOST_BYTES: a draft's file is no longer than this; the longest texts need a tenth */
#define TRESTLE_YAML_MOST_BYTES (8 * 1024 * 1024)

/**
 * TrestleYamlNote:
 * @path: (nullable): a member that the field table lacks; it is kept. %NULL for a comment, which is
 *   not
 * @line: from 1
 * @column: characters, from 1
 *
 * Something in a file that people should know of.
 */
typedef struct
{
  char *path;
  guint line;
  guint column;
} TrestleYamlNote;

void trestle_yaml_note_free (TrestleYamlNote *note);

/**
 * trestle_yaml_read:
 * @text: (array length=length): what the file holds
 * @notes: (out) (optional) (transfer full) (element-type TrestleYamlNote): what was found
 * @error: #TrestleYamlError; its text begins with line and column: "3:14: …"
 *
 * Returns: (transfer full) (nullable): the tree, an object
 */
JsonNode *trestle_yaml_read (const char *text, gsize length, GPtrArray **notes, GError **error);

/**
 * trestle_yaml_write:
 * @root: a tree; an object
 *
 * Returns: (transfer full) (nullable): its text; %NULL where trestle_yaml_read() would not take it
 */
char *trestle_yaml_write (JsonNode *root, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleYamlNote, trestle_yaml_note_free)

G_END_DECLS
