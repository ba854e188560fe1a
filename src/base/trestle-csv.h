/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRESTLE_CSV_ERROR (trestle_csv_error_quark ())

typedef enum
{
  TRESTLE_CSV_ERROR_SYNTAX, /* not what RFC 4180 allows */
  TRESTLE_CSV_ERROR_SIZE,   /* a record or a field beyond the bounds */
  TRESTLE_CSV_ERROR_VALUE,  /* what trestle_csv_fail() says of a field */
} TrestleCsvError;

GQuark trestle_csv_error_quark (void);

/* Bounds against files that are none. */
#define TRESTLE_CSV_MAX_FIELDS 512
#define TRESTLE_CSV_MAX_RECORD (4 * 1024 * 1024)

/**
 * TrestleCsv:
 *
 * Reads CSV per RFC 4180 as a stream: UTF-8 (a byte order mark is passed over), records end with LF or CR LF, fields
 * may be quoted. Empty lines are passed over; control characters other than a tab, or a line end inside of quotes,
 * are errors, and so is a record with more or fewer fields than the first. Blocks: for the thread pool.
 */
typedef struct _TrestleCsv TrestleCsv;

/** TrestleCsvField: valid until the next record is read; not NUL-terminated */
typedef struct
{
  const char *text;
  gsize length;
} TrestleCsvField;

/**
 * trestle_csv_new:
 * @stream: (transfer none): what is read
 * @name: how errors call it: a path or key
 *
 * Reads the first record, which names the columns.
 *
 * Returns: (transfer full) (nullable): the reader; %TRESTLE_CSV_ERROR, or what @stream fails with
 */
TrestleCsv *trestle_csv_new (GInputStream *stream, const char *name, GError **error);
void trestle_csv_free (TrestleCsv *self);

/** trestle_csv_get_columns: Returns: (transfer none): the columns' names, trimmed, NULL-terminated */
const char *const *trestle_csv_get_columns (TrestleCsv *self);

/**
 * trestle_csv_find_column:
 *
 * Returns: the index of the column called @name, whatever the case; -1 where there is none
 */
int trestle_csv_find_column (TrestleCsv *self, const char *name);

/**
 * trestle_csv_next:
 * @fields: (out) (transfer none): as many as there are columns
 *
 * Returns: whether there was another record; %FALSE with @error unset at the end
 */
gboolean trestle_csv_next (TrestleCsv *self, const TrestleCsvField **fields, GError **error);

/** trestle_csv_get_line: Returns: the line on which the record begins, from 1 */
guint64 trestle_csv_get_line (TrestleCsv *self);

/** trestle_csv_get_bytes: Returns: how much of the stream has been read */
guint64 trestle_csv_get_bytes (TrestleCsv *self);

/**
 * trestle_csv_fail:
 * @column: index, -1 where it is about the record
 *
 * Sets %TRESTLE_CSV_ERROR_VALUE: "data.csv, line 4, column amount: “x” is not a number".
 *
 * Returns: %FALSE
 */
gboolean trestle_csv_fail (TrestleCsv *self, int column, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/** trestle_csv_append: writes @text as a field, quoted where RFC 4180 asks for it */
void trestle_csv_append (GString *out, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleCsv, trestle_csv_free)

G_END_DECLS
