/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TRESTLE_DRAFT_FIELD_KIND_TEXT,      /* one line */
  TRESTLE_DRAFT_FIELD_KIND_LONG_TEXT, /* lines */
  TRESTLE_DRAFT_FIELD_KIND_LIST,
  TRESTLE_DRAFT_FIELD_KIND_OBJECT,
  TRESTLE_DRAFT_FIELD_KIND_URL,
  TRESTLE_DRAFT_FIELD_KIND_FILE, /* the path of a file beside the draft, or an address */
  TRESTLE_DRAFT_FIELD_KIND_ARN,
  TRESTLE_DRAFT_FIELD_KIND_PRICE,    /* a decimal, as text */
  TRESTLE_DRAFT_FIELD_KIND_DURATION, /* `P14D` */
  TRESTLE_DRAFT_FIELD_KIND_CHOICE,   /* one of the field's choices, as text */
  TRESTLE_DRAFT_FIELD_KIND_BOOL,     /* a boolean of JSON's; with NUMBER all that is no text */
  TRESTLE_DRAFT_FIELD_KIND_NUMBER,   /* a whole number of JSON's */
} TrestleDraftFieldKind;

typedef enum
{
  TRESTLE_DRAFT_LEVEL_OPTIONAL,
  TRESTLE_DRAFT_LEVEL_RECOMMENDED,
  TRESTLE_DRAFT_LEVEL_REQUIRED, /* wherever its parent is there; before a listing can be released */
} TrestleDraftLevel;

/** TrestleDraftEntity: whose member it is at AWS: `MachineLearningProduct@1.0` or `Offer@1.0` */
typedef enum
{
  TRESTLE_DRAFT_ENTITY_NONE, /* the draft's own */
  TRESTLE_DRAFT_ENTITY_PRODUCT,
  TRESTLE_DRAFT_ENTITY_OFFER,
} TrestleDraftEntity;

/**
 * TrestleDraftField:
 * @pattern: where it is: `Versions[].InputProperties.Parameters[].Name`. The elements of a list have
 *   a row of their own: `Product.Highlights` (how many) and `Product.Highlights[]` (how long)
 * @kind: what it holds
 * @level: whether it must be there
 * @entity: whose it is
 * @change: (nullable): AWS's change type that sets it on an entity that is there. Of a version,
 *   `AddDeliveryOptions` is what can only be said when it is added (and AWS does not give all of that
 *   back), `UpdateDeliveryOptions` what may change later. %NULL is what AWS gives and nobody sets
 * @label: what people call it; gettext() it
 * @least: characters, or elements of a list, where it is there
 * @most: one more than the #TrestleLimit of these, 0 for none; see trestle_draft_field_get_most()
 * @advised: the same of a lower limit that some source gives; trestle_draft_field_get_advised()
 * @total: the same of all elements' characters together; trestle_draft_field_get_total()
 * @expression: (nullable): a #GRegex pattern that the text must match
 * @choices: (nullable): the values of a choice
 * @identity: (nullable): the members that tell an element of this list from the others, the first
 *   that both of two elements have; for a list of texts %NULL
 *
 * A row of the one table that says what a draft may hold. The order of rows is the order of members
 * in a draft's file. Sources: Catalog API DetailsDocument shapes and its documentation, 2026-08.
 */
typedef struct
{
  const char *pattern;
  TrestleDraftFieldKind kind;
  TrestleDraftLevel level;
  TrestleDraftEntity entity;
  const char *change;
  const char *label;
  guint least;
  guint most;
  guint advised;
  guint total;
  const char *expression;
  const char *const *choices;
  const char *const *identity;
} TrestleDraftField;

/** trestle_draft_field_all: Returns: (array length=n): every row, in order */
const TrestleDraftField *trestle_draft_field_all (guint *n);

/**
 * trestle_draft_field_find:
 * @path: a path with or without numbers: `Product.Highlights[1]`, `Product.Highlights[]`
 *
 * Returns: (nullable): its row; %NULL where the table has none
 */
const TrestleDraftField *trestle_draft_field_find (const char *path);

/** trestle_draft_field_get_order: Returns: the place of @field in the table, from 0 */
guint trestle_draft_field_get_order (const TrestleDraftField *field);

/** trestle_draft_field_get_most: Returns: characters or elements; -1 where there is no limit */
gint64 trestle_draft_field_get_most (const TrestleDraftField *field);
gint64 trestle_draft_field_get_advised (const TrestleDraftField *field);
gint64 trestle_draft_field_get_total (const TrestleDraftField *field);

/**
 * trestle_draft_field_matches:
 *
 * Returns: whether @text matches the field's expression; %TRUE where it has none, and for the
 *   name of a file beside the draft
 */
gboolean trestle_draft_field_matches (const TrestleDraftField *field, const char *text);

/** trestle_draft_field_is_text: Returns: whether its value is a text in the tree */
gboolean trestle_draft_field_is_text (const TrestleDraftField *field);

/**
 * trestle_draft_field_dup_label:
 * @path: a path; of an element its number is said too
 *
 * Returns: (transfer full): what people call it, translated: "Highlights 2", "Input parameters 1,
 *   name". Of members that the table lacks, their own names
 */
char *trestle_draft_field_dup_label (const char *path);

G_END_DECLS
