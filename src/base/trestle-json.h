/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/trestle-money.h"

G_BEGIN_DECLS

/**
 * TrestleJsonDoc:
 *
 * A JSON text being read. It remembers the first thing that was not as asked, with its path
 * ("Offers[3].Terms.Type: missing"); reading goes on with harmless values, so a reader checks once,
 * at the end. Nothing in a document can make a reader assert.
 */
typedef struct _TrestleJsonDoc TrestleJsonDoc;

/**
 * TrestleJson:
 *
 * A place in a #TrestleJsonDoc, passed by value and valid as long as the document.
 */
typedef struct
{
  TrestleJsonDoc *doc;
  JsonNode *node; /* NULL where there is nothing */
  guint step;
} TrestleJson;

#define TRESTLE_JSON_ERROR (trestle_json_error_quark ())

typedef enum
{
  TRESTLE_JSON_ERROR_SYNTAX,
  TRESTLE_JSON_ERROR_SHAPE,
} TrestleJsonError;

GQuark trestle_json_error_quark (void);

/** TRESTLE_JSON_MAX_DEPTH: what is nested more deeply is no answer of anybody's */
#define TRESTLE_JSON_MAX_DEPTH 96

/**
 * trestle_json_parse:
 * @text: (array length=length): what somebody else sent
 *
 * Parses a text that may be made to do harm: checked for UTF-8 and depth before.
 *
 * Returns: (transfer full) (nullable): the root; %G_IO_ERROR_INVALID_DATA
 */
JsonNode *trestle_json_parse (const char *text, gsize length, GError **error);

/** trestle_json_doc_new: Returns: (transfer full): a reader over @root, of which it takes a reference */
TrestleJsonDoc *trestle_json_doc_new (JsonNode *root);

/**
 * trestle_json_doc_parse:
 * @text: (array length=length): UTF-8
 * @length: bytes, or -1
 *
 * Returns: (transfer full) (nullable): the document; %TRESTLE_JSON_ERROR_SYNTAX
 */
TrestleJsonDoc *trestle_json_doc_parse (const char *text, gssize length, GError **error);
void trestle_json_doc_free (TrestleJsonDoc *doc);

/**
 * trestle_json_doc_check:
 *
 * Returns: whether everything asked so far was there in the right form; if not, @error says the
 *   first thing that was not
 */
gboolean trestle_json_doc_check (TrestleJsonDoc *doc, GError **error);

TrestleJson trestle_json_root (TrestleJsonDoc *doc);

/** trestle_json_member: Returns: @name of the object @at; an empty place where there is none or null */
TrestleJson trestle_json_member (TrestleJson at, const char *name);
TrestleJson trestle_json_element (TrestleJson at, guint index);
gboolean trestle_json_exists (TrestleJson at);

/** trestle_json_length: Returns: elements of the array @at; 0 where there is nothing */
guint trestle_json_length (TrestleJson at);

/** trestle_json_names: Returns: (transfer container): member names of the object @at, in order */
GList *trestle_json_names (TrestleJson at);

/** trestle_json_only_member: Returns: the name of the one member of a union @at; NULL and an error otherwise */
const char *trestle_json_only_member (TrestleJson at);

/* Members that must be there. */
const char *trestle_json_string (TrestleJson at, const char *name);
gint64 trestle_json_int (TrestleJson at, const char *name);

/* Members that may be missing or null; of a wrong type they are an error all the same. */
const char *trestle_json_string_or (TrestleJson at, const char *name, const char *otherwise);
gint64 trestle_json_int_or (TrestleJson at, const char *name, gint64 otherwise);
double trestle_json_double_or (TrestleJson at, const char *name, double otherwise);
gboolean trestle_json_bool_or (TrestleJson at, const char *name, gboolean otherwise);

/** trestle_json_time_or: epoch seconds (number) or ISO text → UTC microseconds */
gint64 trestle_json_time_or (TrestleJson at, const char *name, gint64 otherwise);

/** trestle_json_dup_strv: Returns: (transfer full): the texts of an array; empty where there is none */
char **trestle_json_dup_strv (TrestleJson at, const char *name);

/** trestle_json_money: Returns: (transfer full) (nullable): a decimal text member that must be there */
TrestleMoney *trestle_json_money (TrestleJson at, const char *name, const char *currency);

/** trestle_json_self_string: Returns: (nullable): the place itself, which must be a text */
const char *trestle_json_self_string (TrestleJson at);

/* Note a fault of meaning at @at ("Type: unknown value"). */
void trestle_json_fault (TrestleJson at, const char *name, const char *what);

/** trestle_json_dup_path: Returns: (transfer full): "Offers[3].Terms" */
char *trestle_json_dup_path (TrestleJson at, const char *name);

/** trestle_json_to_string: Returns: (transfer full): compact text of @node */
char *trestle_json_to_string (JsonNode *node, gboolean pretty);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleJsonDoc, trestle_json_doc_free)

G_END_DECLS
