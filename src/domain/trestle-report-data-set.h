/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-enums.h"
#include "domain/trestle-report-feed.h"

G_BEGIN_DECLS

/*
 * Data sets of the Commerce Analytics Service (GenerateDataSet): what of them says what a data feed says, so that
 * the same reports are made of it. Source: seller.md 5.2 and 5.3, August 2026.
 */

/** TrestleDataSetField: which column of the set, or which text, stands for a column of the feed */
typedef struct
{
  const char *column; /* of the feed */
  const char *header; /* of the set; NULL: @text, or the day of the set */
  const char *text;   /* where there is no such header; NULL: it has to be there */
} TrestleDataSetField;

/** TrestleDataSetRow: a record of the set is a row of the feed for each of these */
typedef struct
{
  const char *header; /* the set's column with the amount */
  const char *type;   /* the feed's transaction_type */
  int sign;           /* what the amount is, however it is written: 1, -1; 0: as it is written */
} TrestleDataSetRow;

/** TRESTLE_DATA_SET_FIRST_ROW: text of a field that names the first row of its record */
#define TRESTLE_DATA_SET_FIRST_ROW "first-row"
/** TRESTLE_DATA_SET_CONTRACT: offer of what is paid for by contract, where no offer is named */
#define TRESTLE_DATA_SET_CONTRACT "contract"

/* What a row of a set is, as its `action` or `status`, where the feed has no word for it. */
#define TRESTLE_DATA_SET_BILLED "BILLED"           /* invoiced; whether it is paid is not said */
#define TRESTLE_DATA_SET_UNCOLLECTED "UNCOLLECTED" /* invoiced and not paid */
#define TRESTLE_DATA_SET_CAME "CAME" /* an agreement began; what became of it is not said */
#define TRESTLE_DATA_SET_LEFT "LEFT" /* an agreement ended */

/**
 * TrestleDataSetPeriod:
 * @TRESTLE_DATA_SET_DAY: of the day before its date
 * @TRESTLE_DATA_SET_MONTH: of the month before its date
 * @TRESTLE_DATA_SET_PAID: of the last disbursement before its date
 * @TRESTLE_DATA_SET_STANDING: how it stood on its date: a newer one takes its place
 */
typedef enum
{
  TRESTLE_DATA_SET_DAY,
  TRESTLE_DATA_SET_MONTH,
  TRESTLE_DATA_SET_PAID,
  TRESTLE_DATA_SET_STANDING,
} TrestleDataSetPeriod;

/**
 * TrestleDataSet:
 * @name: dataSetType, "monthly_revenue_billing_and_revenue_data"
 * @title: for people, to be translated
 * @unread: (nullable): why no report is made of it, to be translated; nothing below has a meaning then but @period
 * @report: which report is made of it
 * @better: names of sets that say the same and more; it counts in no month for which one of them is there
 * @key: headers that name a record, where records of several sets, or dates, may be the same thing
 * @mode: (nullable): header with words that say whether use was real-time or batch
 * @amount: (nullable): the feed's column that the rows' amounts go to
 * @rows: ended by one without a header; where there are none a record is one row
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *unread;
  TrestleReportKind report;
  TrestleDataSetPeriod period;
  TrestleFeedId feed;
  const char *better[4];
  const char *key[4];
  const char *mode;
  const char *amount;
  TrestleDataSetField fields[16];
  TrestleDataSetRow rows[13];
} TrestleDataSet;

/** trestle_data_set_nth: Returns: (transfer none) (nullable): the @n th of all sets that AWS makes or has made */
const TrestleDataSet *trestle_data_set_nth (guint n);

/** trestle_data_set_find: Returns: (transfer none) (nullable): the set @name, whether it is read or not */
const TrestleDataSet *trestle_data_set_find (const char *name);

/** trestle_data_set_names: Returns: (transfer full): names of all sets that reports can be made of */
GStrv trestle_data_set_names (void);

/**
 * trestle_data_set_match:
 * @path: "…/TYPE_YYYY-MM-DD.csv"
 * @date: (out) (transfer full): "2026-03-01"
 *
 * Returns: (transfer none) (nullable): the set that @path is, whether it is read or not
 */
const TrestleDataSet *trestle_data_set_match (const char *path, char **date);

/** trestle_data_set_parse_date: Returns: (transfer full) (nullable): midnight, UTC, of "2026-03-01" */
GDateTime *trestle_data_set_parse_date (const char *date);

/** trestle_data_set_dup_day: Returns: (transfer full) (nullable): the day that its rows are of, or the first one, where they say none */
char *trestle_data_set_dup_day (const TrestleDataSet *self, const char *date);

/** trestle_data_set_dup_part: Returns: (transfer full): what a set is kept under in the place of a month: "TYPE DATE" */
char *trestle_data_set_dup_part (const TrestleDataSet *self, const char *date);

/**
 * trestle_data_set_is_superseded:
 * @part: "TYPE DATE"
 * @other: another that is kept
 *
 * Returns: whether @part says nothing that @other does not say
 */
gboolean trestle_data_set_is_superseded (const char *part, const char *other);

/** trestle_data_set_dup_dimension: Returns: (transfer full): the key of a dimension that has @instance, in the mode that @words tell of */
char *trestle_data_set_dup_dimension (const char *instance, const char *words);

G_END_DECLS
