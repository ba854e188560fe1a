/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-amount.h"

G_BEGIN_DECLS

/*
 * The seller's delivery data feeds as files: their names and columns, and rows that become one CSV
 * file for each month. Columns as AWS documents them, August 2026.
 */

typedef enum
{
  TRESTLE_PRACTICE_FEED_ACCOUNT,
  TRESTLE_PRACTICE_FEED_ADDRESS,
  TRESTLE_PRACTICE_FEED_AGREEMENT,
  TRESTLE_PRACTICE_FEED_CHARGE,
  TRESTLE_PRACTICE_FEED_TERM,
  TRESTLE_PRACTICE_FEED_BILLING,
  TRESTLE_PRACTICE_FEED_USAGE,
  TRESTLE_PRACTICE_FEED_LEGACY,
  TRESTLE_PRACTICE_FEED_PRODUCT,
  TRESTLE_PRACTICE_FEED_OFFER,
  TRESTLE_PRACTICE_FEED_OFFER_PRODUCT,
  TRESTLE_PRACTICE_FEED_OFFER_TARGET,
  TRESTLE_PRACTICE_FEED_TAX,
  TRESTLE_PRACTICE_N_FEEDS,
} TrestlePracticeFeedKind;

/** trestle_practice_feed_name: Returns: "BillingEventFeed" */
const char *trestle_practice_feed_name (TrestlePracticeFeedKind kind);

/**
 * TrestlePracticeFeedTimes:
 * @from: when it is true
 * @inserted: when the row was first in the feed, 0 for @updated
 * @updated: when this version of it was
 * @deleted: when it was taken back, 0 for never
 * @until: of addresses, when it stopped being true, 0 for never
 *
 * The bi-temporal columns, UTC microseconds. A row stands in the file of the month in which it was
 * written, so that a month that is over never changes.
 */
typedef struct
{
  gint64 from;
  gint64 inserted;
  gint64 updated;
  gint64 deleted;
  gint64 until;
} TrestlePracticeFeedTimes;

/**
 * TrestlePracticeFeedRows:
 * @now: rows from later are kept back
 * @next: (out): when the first of those is due; 0 for none
 *
 * The rows of all feeds.
 */
typedef struct
{
  gint64 now;
  gint64 next;
  GArray *rows;
  GStringChunk *texts;
} TrestlePracticeFeedRows;

TrestlePracticeFeedRows *trestle_practice_feed_rows_new (gint64 now);
void trestle_practice_feed_rows_free (TrestlePracticeFeedRows *self);

/** trestle_practice_feed_rows_due: Returns: whether something of @time is to be seen; notes it where it is not yet */
gboolean trestle_practice_feed_rows_due (TrestlePracticeFeedRows *self, gint64 time);

/** trestle_practice_feed_rows_add: @values: (array length=n): the feed's own columns in order, %NULL for an empty one */
void trestle_practice_feed_rows_add (TrestlePracticeFeedRows *self,
                                     TrestlePracticeFeedKind kind,
                                     const TrestlePracticeFeedTimes *times,
                                     const char *const *values,
                                     guint n);
#define trestle_practice_feed_add(rows, kind, times, values)                                       \
  trestle_practice_feed_rows_add ((rows), (kind), (times), (values), G_N_ELEMENTS (values))

/**
 * TrestlePracticeFeedFile:
 * @key: "BillingEventFeed_V1/year=2026/month=11/data.csv"
 * @modified: when its last row was written, UTC microseconds
 */
typedef struct
{
  char *key;
  GBytes *body;
  gint64 modified;
} TrestlePracticeFeedFile;

/**
 * trestle_practice_feed_rows_write:
 * @first: any time in the history's first month
 * @since: files of earlier months are left out
 *
 * Returns: (transfer full) (element-type TrestlePracticeFeedFile): a file for each feed and month up
 *   to now; one without rows has a header alone
 */
GPtrArray *
trestle_practice_feed_rows_write (TrestlePracticeFeedRows *self, gint64 first, gint64 since);

/** trestle_practice_csv_append: adds @value (nullable) as a field of RFC 4180 */
void trestle_practice_csv_append (GString *line, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeFeedRows, trestle_practice_feed_rows_free)

G_END_DECLS
