/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"
#include "domain/trestle-finding.h"
#include "domain/trestle-package.h"

G_BEGIN_DECLS

/** TrestleLintPicture: what the logo's file is; @format is `png`, `jpeg`, `gif`, another, or %NULL */
typedef struct
{
  const char *format;
  gint64 bytes;
  int width, height;
  gboolean clear_ground; /* transparent or white at its edges */
} TrestleLintPicture;

/** TrestleLintFile: size and kind (`text/plain`, %NULL where it is unknown) of a file */
typedef struct
{
  gint64 bytes;
  const char *content_type;
} TrestleLintFile;

/**
 * TrestleLintFacts:
 * @packages: (nullable) (element-type utf8 TrestlePackage): packages and algorithms by ARN; %NULL
 *   where it was looked for and is not there
 * @live: (nullable): the listing as it is at AWS
 * @logo: (nullable): the logo's file
 * @eula: (nullable): the licence agreement's file
 * @sources: (nullable) (element-type utf8 utf8): addresses and files of the draft, as it has them →
 *   why it cannot be read; "" where it can
 * @categories: (nullable): categories that AWS is known to have besides those that Trestle knows
 * @account_id: (nullable): the seller's
 * @last_price_rise: UTC microseconds; 0 where none is known
 * @now: UTC microseconds; 0 leaves out what goes by the calendar
 *
 * What is known besides the draft. Nothing of it has to be; a rule that lacks its facts is silent.
 */
typedef struct
{
  GHashTable *packages;
  TrestleDraft *live;
  const TrestleLintPicture *logo;
  const TrestleLintFile *eula;
  GHashTable *sources;
  const char *const *categories;
  const char *account_id;
  gint64 last_price_rise;
  gint64 now;
} TrestleLintFacts;

/** TrestleLintRule: a rule of the linter: its name, and how bad what it finds is */
typedef struct
{
  const char *id;
  TrestleSeverity severity;
  const char *code; /* AWS's; NULL where it has none, or where it depends on the field */
  const char *fix;  /* not translated yet */
} TrestleLintRule;

/**
 * trestle_lint:
 * @draft: a draft of any form
 * @facts: (nullable): what else is known
 *
 * Holds a draft against all that AWS asks of a listing, so that it is heard here and not hours after
 * a change set was sent. Reads nothing but its arguments.
 *
 * Returns: (transfer full) (element-type TrestleFinding): findings by the order of fields, of one
 *   field the worst first
 */
GPtrArray *trestle_lint (TrestleDraft *draft, const TrestleLintFacts *facts);

/** trestle_lint_rules: Returns: (array length=n): every rule */
const TrestleLintRule *trestle_lint_rules (guint *n);

/** trestle_lint_count: Returns: how many of @findings are of @severity */
guint trestle_lint_count (GPtrArray *findings, TrestleSeverity severity);

/**
 * trestle_package_find_obstacles:
 * @account_id: (nullable): the seller's, to know whose the images are
 *
 * Returns: (transfer full) (element-type TrestleFinding): why @package cannot be listed; empty if it
 *   can. The field of each is empty
 */
GPtrArray *trestle_package_find_obstacles (TrestlePackage *package, const char *account_id);

G_END_DECLS
