/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-segment.h"

#include <string.h>

#include "store/trestle-report-words.h"
#include "store/trestle-store.h"

void
trestle_report_column_clear (TrestleReportColumn *self)
{
  g_free (self->index);
  g_free (self->words);
  g_free (self->keys);
  g_free (self->times);
  g_free (self->numbers);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  memset (self, 0, sizeof *self);
}

static void
make_empty (TrestleReportColumn *out, TrestleFeedKind kind)
{
  switch (kind)
    {
    case TRESTLE_FEED_TEXT:
    case TRESTLE_FEED_CURRENCY:
      out->index = g_new0 (guint16, out->n);
      out->words = g_new0 (const char *, 1);
      out->words[0] = "";
      out->n_words = 1;
      break;
    case TRESTLE_FEED_KEY:
      out->keys = g_new0 (TrestleReportKey, out->n);
      break;
    case TRESTLE_FEED_TIME:
      out->times = g_new0 (gint64, out->n);
      break;
    case TRESTLE_FEED_NUMBER:
    default:
      out->numbers = g_new0 (TrestleDecimal, out->n);
    }
}

static gboolean
unpack_times (TrestleReportColumn *out, const guint8 *data, gsize length)
{
  gboolean narrow = length > 0 && data[0];

  if (length != 1 + out->n * (narrow ? sizeof (guint32) : sizeof (gint64)))
    return FALSE;
  out->times = g_new (gint64, out->n);
  if (!narrow)
    memcpy (out->times, data + 1, out->n * sizeof (gint64));
  for (guint i = 0; narrow && i < out->n; i++)
    {
      guint32 time;

      memcpy (&time, data + 1 + i * sizeof time, sizeof time);
      out->times[i] = time;
    }
  return TRUE;
}

static gboolean
unpack_numbers (TrestleReportColumn *out, const guint8 *data, gsize length)
{
  gboolean narrow = length > 1 && data[0];
  gint64 unit;

  if (length != 2 + out->n * (narrow ? sizeof (gint64) : sizeof (TrestleDecimal))
      || data[1] > TRESTLE_DECIMAL_PLACES)
    return FALSE;
  unit = trestle_decimal_power (TRESTLE_DECIMAL_PLACES - data[1]);
  out->numbers = g_new (TrestleDecimal, out->n);
  if (!narrow)
    memcpy (out->numbers, data + 2, out->n * sizeof (TrestleDecimal));
  for (guint i = 0; narrow && i < out->n; i++)
    {
      gint64 number;

      memcpy (&number, data + 2 + i * sizeof number, sizeof number);
      out->numbers[i] = (TrestleDecimal) number * unit;
    }
  return TRUE;
}

static gboolean
unpack (TrestleReportColumn *out, TrestleFeedKind kind)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (out->bytes, &length);

  switch (kind)
    {
    case TRESTLE_FEED_TEXT:
    case TRESTLE_FEED_CURRENCY:
      return trestle_report_words_unpack (out->bytes, out->n, &out->index, &out->words,
                                          &out->n_words);
    case TRESTLE_FEED_KEY:
      if (length != out->n * sizeof (TrestleReportKey))
        return FALSE;
      out->keys = g_memdup2 (data, length);
      return TRUE;
    case TRESTLE_FEED_TIME:
      return unpack_times (out, data, length);
    case TRESTLE_FEED_NUMBER:
    default:
      return unpack_numbers (out, data, length);
    }
}

gboolean
trestle_report_column_read (TrestleReportColumn *out,
                            sqlite3 *db,
                            const TrestleFeed *feed,
                            gint64 segment,
                            guint rows,
                            guint column,
                            GError **error)
{
  g_autoptr (TrestleStatement) stmt = NULL;
  GError *reason = NULL;

  memset (out, 0, sizeof *out);
  out->n = rows;
  stmt = trestle_database_prepare (db, error, "SELECT data FROM piece WHERE id = ?", "i",
                                   segment * TRESTLE_FEED_MAX_COLUMNS + column);
  if (stmt == NULL)
    return FALSE;
  if (!trestle_statement_next (stmt, &reason))
    {
      if (reason != NULL)
        {
          g_propagate_error (error, reason);
          return FALSE;
        }
      make_empty (out, feed->columns[column].kind);
      return TRUE;
    }
  out->bytes = g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
  if (unpack (out, feed->columns[column].kind))
    return TRUE;
  g_set_error (
      error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_CORRUPT,
      "The local store of reports is damaged at %s of %s; fetch the reports again from the "
      "beginning",
      feed->columns[column].name, feed->name);
  return FALSE;
}

void
trestle_report_pack_times (GByteArray *out, const gint64 *times, guint n)
{
  guint8 narrow = TRUE;

  for (guint i = 0; i < n && narrow; i++)
    narrow = times[i] <= G_MAXUINT32;
  g_byte_array_append (out, &narrow, 1);
  if (!narrow)
    {
      g_byte_array_append (out, (const guint8 *) times, n * (guint) sizeof *times);
      return;
    }
  g_byte_array_set_size (out, 1 + n * (guint) sizeof (guint32));
  for (guint i = 0; i < n; i++)
    {
      guint32 time = (guint32) times[i];

      memcpy (out->data + 1 + i * sizeof time, &time, sizeof time);
    }
}

void
trestle_report_pack_numbers (GByteArray *out,
                             const TrestleDecimal *numbers,
                             guint n,
                             guint most_places)
{
  guint8 head[2] = { TRUE, (guint8) MIN (most_places, TRESTLE_DECIMAL_PLACES) };
  gint64 unit = trestle_decimal_power (TRESTLE_DECIMAL_PLACES - head[1]);
  TrestleDecimal most = (TrestleDecimal) G_MAXINT64 * unit;

  for (guint i = 0; i < n && head[0]; i++)
    head[0] = numbers[i] <= most && numbers[i] >= -most;
  g_byte_array_append (out, head, sizeof head);
  if (!head[0])
    {
      g_byte_array_append (out, (const guint8 *) numbers, n * (guint) sizeof *numbers);
      return;
    }
  g_byte_array_set_size (out, (guint) sizeof head + n * (guint) sizeof (gint64));
  for (guint i = 0; i < n; i++)
    {
      gint64 number = (gint64) (numbers[i] / unit);

      memcpy (out->data + sizeof head + i * sizeof number, &number, sizeof number);
    }
}
