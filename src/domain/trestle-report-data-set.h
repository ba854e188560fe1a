/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-report-feed.h"

G_BEGIN_DECLS

/*
 * Data sets of the Commerce Analytics Service (GenerateDataSet) that say what a data feed says, so that the same
 * reports are made of them. Source: seller.md 5.2 and 5.3, August 2026.
 */

/** TrestleDataSetField: which column of the set, or which text, stands for a column of the feed */
typedef struct
{
  const char *column; /* of the feed */
  const char *header; /* of the set; NULL: @text, or the set's date */
  const char *text;
} TrestleDataSetField;

/** TrestleDataSetRow: a record of the set is a row of the feed for each of these */
typedef struct
{
  const char *header; /* the set's column with the amount */
  const char *type;   /* the feed's transaction_type */
  int sign;           /* what the amount is, however it is written: 1, -1 */
} TrestleDataSetRow;

/**
 * TrestleDataSet:
 * @name: dataSetType, "monthly_revenue_billing_and_revenue_data"
 * @monthly: whether it is of the month before its date; else of the day before
 * @amount: (nullable): the feed's column that the rows' amounts go to
 * @rows: (nullable): ended by one without a header; where there are none a record is one row
 */
typedef struct
{
  const char *name;
  TrestleFeedId feed;
  gboolean monthly;
  const char *amount;
  TrestleDataSetField fields[20];
  TrestleDataSetRow rows[8];
} TrestleDataSet;

/**
 * trestle_data_set_match:
 * @path: "…/TYPE_YYYY-MM-DD.csv"
 * @date: (out) (transfer full): "2026-03-01"
 *
 * Returns: (transfer none) (nullable): the set that @path is; %NULL where it is none that a report can be made of
 */
const TrestleDataSet *trestle_data_set_match (const char *path, char **date);

/** trestle_data_set_parse_date: Returns: (transfer full) (nullable): midnight, UTC, of "2026-03-01" */
GDateTime *trestle_data_set_parse_date (const char *date);

/**
 * trestle_data_set_dup_day:
 * @date: the set's date
 *
 * Returns: (transfer full) (nullable): the day its rows are of: the first of the month before, or the day before
 */
char *trestle_data_set_dup_day (const TrestleDataSet *self, const char *date);

/** trestle_data_set_find: Returns: (transfer none) (nullable): the set @name */
const TrestleDataSet *trestle_data_set_find (const char *name);

/** trestle_data_set_names: Returns: (transfer container): names of all sets that reports can be made of */
GStrv trestle_data_set_names (void);

G_END_DECLS
