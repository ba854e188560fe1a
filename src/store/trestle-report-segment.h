/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/trestle-csv.h"
#include "base/trestle-decimal.h"
#include "domain/trestle-report-data-set.h"
#include "store/trestle-database.h"

G_BEGIN_DECLS

/*
 * Rows of a feed, column by column. A segment is some ten thousand rows of one month; each of its columns that is not
 * empty is a row of the table `piece`, which a report reads alone. Of the store alone.
 */

/* So that a word's number fits into 16 bits, with one for the empty word. */
#define TRESTLE_SEGMENT_ROWS 65000

/** TrestleReportKey: 128 bits made of an identifier; all 0 where there is none */
typedef struct
{
  guint64 a;
  guint64 b;
} TrestleReportKey;

/** trestle_report_key_make: @parts: texts, of which none is looked at after */
TrestleReportKey trestle_report_key_make (const TrestleCsvField *parts, guint n);

static inline gboolean
trestle_report_key_equal (TrestleReportKey a, TrestleReportKey b)
{
  return a.a == b.a && a.b == b.b;
}

/**
 * TrestleReportBuilder:
 *
 * Takes records of a CSV file in, and gives them out as segments.
 */
typedef struct _TrestleReportBuilder TrestleReportBuilder;

/**
 * trestle_report_builder_new:
 * @csv: stands behind its header
 * @set: (nullable): what the file is where it is no feed's
 * @date: (nullable): of @set
 *
 * Returns: (transfer full) (nullable): %TRESTLE_CSV_ERROR_VALUE where a column is missing
 */
TrestleReportBuilder *trestle_report_builder_new (const TrestleFeed *feed,
                                                  TrestleCsv *csv,
                                                  const TrestleDataSet *set,
                                                  const char *date,
                                                  GError **error);
void trestle_report_builder_free (TrestleReportBuilder *self);

/** trestle_report_builder_add: Returns: whether the record could be read; %TRESTLE_CSV_ERROR_VALUE */
gboolean trestle_report_builder_add (TrestleReportBuilder *self,
                                     const TrestleCsvField *fields,
                                     GError **error);

/** trestle_report_builder_get_rows: Returns: how many have come since the last was written */
guint trestle_report_builder_get_rows (TrestleReportBuilder *self);

/** trestle_report_builder_is_full: Returns: whether it has to be written before the next record is added */
gboolean trestle_report_builder_is_full (TrestleReportBuilder *self);

/**
 * trestle_report_builder_write:
 * @part: the month they are of
 *
 * Writes what has come as a segment, and begins the next.
 */
gboolean
trestle_report_builder_write (TrestleReportBuilder *self, sqlite3 *db, gint64 part, GError **error);

/**
 * TrestleReportColumn:
 * @n: rows
 * @index: of text: which word, 0 is the empty one
 * @words: (array length=n_words): of text
 *
 * A column of a segment, read. One of @index, @keys, @times and @numbers is set.
 */
typedef struct
{
  guint n;
  guint16 *index;
  const char **words;
  guint n_words;
  TrestleReportKey *keys;
  gint64 *times;
  TrestleDecimal *numbers;
  GBytes *bytes;
} TrestleReportColumn;

/** trestle_report_column_read: Returns: whether @column of @segment could be read into @out, which is to be cleared */
gboolean trestle_report_column_read (TrestleReportColumn *out,
                                     sqlite3 *db,
                                     const TrestleFeed *feed,
                                     gint64 segment,
                                     guint rows,
                                     guint column,
                                     GError **error);
void trestle_report_column_clear (TrestleReportColumn *self);

/* How columns are written, as trestle_report_column_read() reads them. */
void trestle_report_pack_times (GByteArray *out, const gint64 *times, guint n);
/** trestle_report_pack_numbers: @most_places: digits behind the point that any of them has */
void trestle_report_pack_numbers (GByteArray *out,
                                  const TrestleDecimal *numbers,
                                  guint n,
                                  guint most_places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleReportBuilder, trestle_report_builder_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleReportColumn, trestle_report_column_clear)

G_END_DECLS
