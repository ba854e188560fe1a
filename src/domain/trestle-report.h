/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/trestle-decimal.h"
#include "domain/trestle-report-alarm.h"
#include "domain/trestle-report-choice.h"
#include "domain/trestle-report-query.h"

G_BEGIN_DECLS

#define TRESTLE_REPORT_MAX_COLUMNS 12

typedef enum
{
  TRESTLE_REPORT_AMOUNT,   /* money in the row's currency */
  TRESTLE_REPORT_QUANTITY, /* hours, requests */
  TRESTLE_REPORT_COUNT,    /* a whole number */
} TrestleReportMeasure;

/**
 * TrestleReportColumn:
 * @name: for programs: "aws-fee"
 * @title: for people, to be translated
 * @groups: (1 << #TrestleReportGroup) of those by which it can be told apart; 0 for all
 */
typedef struct
{
  const char *name;
  const char *title;
  TrestleReportMeasure measure;
  guint groups;
} TrestleReportColumnInfo;

/**
 * TrestleReportInfo:
 * @name: for programs: "billed-revenue"
 * @title: for people, to be translated
 * @summary: a sentence, to be translated
 * @ended: (nullable): why there is no such report any more, to be translated
 * @main: the column that is drawn
 * @parts: (1 << column) of those that the main column is the sum of, where it is one
 * @groups: (1 << #TrestleReportGroup) of those that it can be grouped by
 */
typedef struct
{
  TrestleReportKind kind;
  const char *name;
  const char *title;
  const char *summary;
  const char *ended;
  TrestleReportGroup group;
  guint groups;
  guint main;
  guint parts;
  guint n_columns;
  TrestleReportColumnInfo columns[TRESTLE_REPORT_MAX_COLUMNS];
} TrestleReportInfo;

/** trestle_report_info: Returns: (transfer none): what the report @kind is; for each of the enumeration */
const TrestleReportInfo *trestle_report_info (TrestleReportKind kind);

/** trestle_report_info_find: Returns: (transfer none) (nullable): the report called @name: "billed-revenue" */
const TrestleReportInfo *trestle_report_info_find (const char *name);

/** trestle_report_info_find_column: Returns: index of the column called @name, -1 where there is none */
int trestle_report_info_find_column (const TrestleReportInfo *self, const char *name);

static inline gboolean
trestle_report_info_has_group (const TrestleReportInfo *self, TrestleReportGroup group)
{
  return (self->groups >> group) & 1;
}

/** trestle_report_group_get_title: Returns: for people, to be translated: "Instance Type" */
const char *trestle_report_group_get_title (TrestleReportGroup group);

/**
 * TrestleReportRow:
 *
 * A row of a report: what it is about, its one currency, and an exact decimal for each column of the
 * #TrestleReportInfo. Properties: "key", "label", "detail", "currency" (strings). Amounts of different currencies
 * are in different rows, and there is nothing that adds rows up.
 */
#define TRESTLE_TYPE_REPORT_ROW (trestle_report_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportRow, trestle_report_row, TRESTLE, REPORT_ROW, GObject)

/**
 * trestle_report_row_new:
 * @key: what it is about, for programs: "2026-03", "prod-…"
 * @label: for people
 * @detail: (nullable): a second line for people
 * @currency: "USD"; "" where no amount is in it
 * @values: (array length=n_values): one a column
 * @parts: (nullable) (array length=n_parts): the main column, split up: one a series
 */
TrestleReportRow *trestle_report_row_new (const char *key,
                                          const char *label,
                                          const char *detail,
                                          const char *currency,
                                          const TrestleDecimal *values,
                                          guint n_values,
                                          const TrestleDecimal *parts,
                                          guint n_parts);
const char *trestle_report_row_get_key (TrestleReportRow *self);
const char *trestle_report_row_get_label (TrestleReportRow *self);
const char *trestle_report_row_get_detail (TrestleReportRow *self);
const char *trestle_report_row_get_currency (TrestleReportRow *self);
TrestleDecimal trestle_report_row_get_value (TrestleReportRow *self, guint column);

/** trestle_report_row_get_part: Returns: what of the main column falls to series @series; 0 where it has none */
TrestleDecimal trestle_report_row_get_part (TrestleReportRow *self, guint series);

/** trestle_report_row_get_before: Returns: whether the row is there in the period that is compared with; @value: (out): its value, 0 else */
gboolean
trestle_report_row_get_before (TrestleReportRow *self, guint column, TrestleDecimal *value);
void trestle_report_row_set_before (TrestleReportRow *self, const TrestleDecimal *values, guint n);

/**
 * trestle_report_row_dup_change:
 *
 * Returns: (transfer full) (nullable): by how much column @column is above the period that is compared with, in whole
 *   percents: "+41 %"; %NULL where nothing is compared or there was nothing
 */
char *trestle_report_row_dup_change (TrestleReportRow *self, guint column);

/**
 * trestle_report_row_dup_text:
 *
 * Returns: (transfer full): column @column for people, without currency: "−2,157.99", "8,164.5", "12"
 */
char *
trestle_report_row_dup_text (TrestleReportRow *self, const TrestleReportInfo *info, guint column);

/** trestle_report_format: Returns: (transfer full): @value as dup_text() writes it; an amount with the sign of @currency where that is given: "$1,204.00" */
char *
trestle_report_format (TrestleDecimal value, TrestleReportMeasure measure, const char *currency);

/**
 * TrestleReport:
 *
 * The answer to a #TrestleReportQuery. Immutable once it is out.
 */
#define TRESTLE_TYPE_REPORT (trestle_report_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReport, trestle_report, TRESTLE, REPORT, GObject)

/** trestle_report_new: @group: what its rows are */
TrestleReport *trestle_report_new (TrestleReportQuery *query, TrestleReportGroup group);
TrestleReportQuery *trestle_report_get_query (TrestleReport *self);
const TrestleReportInfo *trestle_report_get_info (TrestleReport *self);
TrestleReportGroup trestle_report_get_group (TrestleReport *self);

/** trestle_report_get_rows: Returns: (transfer none): a #GListModel of #TrestleReportRow, sorted */
GListModel *trestle_report_get_rows (TrestleReport *self);

/** trestle_report_get_totals: Returns: (transfer none): a #GListModel of #TrestleReportRow: one for each currency */
GListModel *trestle_report_get_totals (TrestleReport *self);

/** trestle_report_get_series: Returns: (transfer none): a #GListModel of #TrestleReportChoice: what the parts of the rows are, the largest first; at most five and "Other" */
GListModel *trestle_report_get_series (TrestleReport *self);

/** trestle_report_get_alarms: Returns: (transfer none): a #GListModel of #TrestleReportAlarm; of all the data that the query's filters leave */
GListModel *trestle_report_get_alarms (TrestleReport *self);

/** trestle_report_get_choices: Returns: (transfer none): a #GListModel of #TrestleReportChoice: what is there to filter by: products, instance types, buyers, countries; for %TRESTLE_REPORT_GROUP_NONE the currencies */
GListModel *trestle_report_get_choices (TrestleReport *self, TrestleReportGroup group);

/** trestle_report_has_column: Returns: whether column @column means something as the rows are grouped */
gboolean trestle_report_has_column (TrestleReport *self, guint column);

/** trestle_report_is_empty: Returns: whether column @column of a report that tells its main column apart holds nothing: nobody misses it */
gboolean trestle_report_is_empty (TrestleReport *self, guint column);

/** trestle_report_get_n_facts: Returns: rows of feeds that went into it */
gint64 trestle_report_get_n_facts (TrestleReport *self);

/** trestle_report_get_as_of: Returns: up to when the feeds know, UTC microseconds; 0 where there is nothing */
gint64 trestle_report_get_as_of (TrestleReport *self);

/** trestle_report_get_earliest: Returns: first day in the feed, UTC microseconds; 0 where there is nothing */
gint64 trestle_report_get_earliest (TrestleReport *self);

/* For the one that calculates. */
void trestle_report_hide_column (TrestleReport *self, guint column);
void trestle_report_set_facts (TrestleReport *self, gint64 n, gint64 earliest, gint64 as_of);

/**
 * trestle_report_to_csv:
 *
 * Returns: (transfer full): what trestle_report_get_rows() shows, with all decimals, per RFC 4180 with LF
 */
char *trestle_report_to_csv (TrestleReport *self);

/**
 * trestle_report_to_html:
 * @whose: (nullable): a line under the title: the account
 *
 * Returns: (transfer full): a page that can be printed, with all that is in it: one table, totals, alarms
 */
char *trestle_report_to_html (TrestleReport *self, const char *whose);

G_END_DECLS
