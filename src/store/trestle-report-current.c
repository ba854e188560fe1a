/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-private.h"
#include "store/trestle-report-run.h"
#include "store/trestle-report-segment.h"
#include "store/trestle-store.h"

/*
 * Which rows are valid. A feed has several versions of what a key names. Of those with the same valid_from the one
 * updated last counts, and not at all where it has a delete_date; of what is left, the one that is valid from the
 * latest moment. AWS's own queries for the feeds do the same.
 */
typedef struct
{
  gint64 valid_from;
  gint64 updated;
  guint32 next; /* version of the same key, counted from 1; 0 for none */
  gboolean deleted;
} Version;

typedef struct
{
  GArray *versions; /* of Version, in the order of the rows */
  GArray *last;     /* for each key the version that came last, counted from 1 */
  TrestleReportKeys keys;
} Index;

static gboolean
read_versions (sqlite3 *db,
               const TrestleFeed *feed,
               const TrestleReportSegment *segment,
               Index *index,
               GError **error)
{
  g_auto (TrestleReportColumn) keys = { 0 };
  g_auto (TrestleReportColumn) valid = { 0 };
  g_auto (TrestleReportColumn) updated = { 0 };
  g_auto (TrestleReportColumn) deleted = { 0 };

  if (!trestle_report_column_read (&keys, db, feed, segment->id, segment->rows,
                                   TRESTLE_FEED_COLUMN_KEY, error)
      || !trestle_report_column_read (&valid, db, feed, segment->id, segment->rows,
                                      TRESTLE_FEED_COLUMN_VALID_FROM, error)
      || !trestle_report_column_read (&updated, db, feed, segment->id, segment->rows,
                                      TRESTLE_FEED_COLUMN_UPDATED, error)
      || !trestle_report_column_read (&deleted, db, feed, segment->id, segment->rows,
                                      TRESTLE_FEED_COLUMN_DELETED, error))
    return FALSE;
  for (guint i = 0; i < segment->rows; i++)
    {
      Version version = { .valid_from = valid.times[i],
                          .updated = updated.times[i],
                          .deleted = deleted.times[i] != 0 };
      guint32 key = trestle_report_keys_intern (&index->keys, keys.keys[i]), number;

      if (key == index->last->len)
        g_array_set_size (index->last, key + 1);
      version.next = g_array_index (index->last, guint32, key);
      g_array_append_val (index->versions, version);
      number = index->versions->len;
      g_array_index (index->last, guint32, key) = number;
    }
  return TRUE;
}

/* What counts more comes first; where the dates are the same, the row that was read last. */
static int
compare_versions (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint32 *first = a, *second = b;
  const Version *versions = data;
  const Version *x = &versions[*first - 1], *y = &versions[*second - 1];

  if (x->valid_from != y->valid_from)
    return x->valid_from > y->valid_from ? -1 : 1;
  if (x->updated != y->updated)
    return x->updated > y->updated ? -1 : 1;
  return *first > *second ? -1 : 1;
}

static guint32
choose (Index *self, GArray *chain)
{
  const Version *versions = (const Version *) (gpointer) self->versions->data;

  g_array_sort_with_data (chain, compare_versions, self->versions->data);
  for (guint i = 0; i < chain->len; i++)
    {
      guint32 number = g_array_index (chain, guint32, i);

      if (i > 0
          && versions[g_array_index (chain, guint32, i - 1) - 1].valid_from
                 == versions[number - 1].valid_from)
        continue;
      if (!versions[number - 1].deleted)
        return number;
    }
  return 0;
}

static guint8 *
mark (Index *self)
{
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint8 *current = g_malloc0 (self->versions->len + 1);

  for (guint key = 0; key < self->last->len; key++)
    {
      guint32 chosen;

      g_array_set_size (chain, 0);
      for (guint32 i = g_array_index (self->last, guint32, key); i != 0;
           i = g_array_index (self->versions, Version, i - 1).next)
        g_array_append_val (chain, i);
      chosen = choose (self, chain);
      if (chosen != 0)
        current[chosen - 1] = 1;
    }
  return current;
}

static gboolean
write_marks (sqlite3 *db, GArray *segments, const guint8 *current, GError **error)
{
  for (guint s = 0; s < segments->len; s++)
    {
      const TrestleReportSegment *segment = &g_array_index (segments, TrestleReportSegment, s);
      guint8 *bits = g_malloc0 ((segment->rows + 7) / 8 + 1);
      g_autoptr (GBytes) bytes = NULL;

      for (guint i = 0; i < segment->rows; i++)
        bits[i / 8] |= (guint8) (current[i] << (i % 8));
      bytes = g_bytes_new_take (bits, (segment->rows + 7) / 8);
      if (!trestle_database_run (db, error, "UPDATE segment SET current = ? WHERE id = ?", "bi",
                                 bytes, segment->id))
        return FALSE;
      current += segment->rows;
    }
  return TRUE;
}

static void
index_clear (Index *self)
{
  g_clear_pointer (&self->versions, g_array_unref);
  g_clear_pointer (&self->last, g_array_unref);
  trestle_report_keys_clear (&self->keys);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Index, index_clear)

static gboolean
settle_feed (sqlite3 *db, const char *scope, TrestleFeedId id, GError **error)
{
  g_autoptr (GArray) segments = trestle_report_segments (db, scope, id, error);
  g_autofree guint8 *current = NULL;
  g_auto (Index) index = { 0 };
  gsize rows = 0;

  if (segments == NULL)
    return FALSE;
  for (guint s = 0; s < segments->len; s++)
    rows += g_array_index (segments, TrestleReportSegment, s).rows;
  if (rows >= G_MAXUINT32)
    {
      g_set_error (error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_FAILED,
                   "%s has more rows than can be told apart", trestle_feed_get (id)->name);
      return FALSE;
    }
  index.versions = g_array_sized_new (FALSE, FALSE, sizeof (Version), (guint) rows);
  index.last = g_array_new (FALSE, TRUE, sizeof (guint32));
  for (guint s = 0; s < segments->len; s++)
    if (!read_versions (db, trestle_feed_get (id),
                        &g_array_index (segments, TrestleReportSegment, s), &index, error))
      return FALSE;
  current = mark (&index);
  return write_marks (db, segments, current, error)
         && trestle_database_run (db, error, "DELETE FROM stale WHERE scope = ? AND feed = ?", "si",
                                  scope, (gint64) id);
}

static gboolean
read_stale (sqlite3 *db, const char *scope, GArray *feeds, GError **error)
{
  g_autoptr (TrestleStatement) stmt = trestle_database_prepare (
      db, error, "SELECT feed FROM stale WHERE scope = ?", "s", scope);
  GError *reason = NULL;

  if (stmt == NULL)
    return FALSE;
  while (trestle_statement_next (stmt, &reason))
    {
      TrestleFeedId id = (TrestleFeedId) sqlite3_column_int (stmt, 0);

      if (id < TRESTLE_N_FEEDS)
        g_array_append_val (feeds, id);
    }
  if (reason != NULL)
    g_propagate_error (error, reason);
  return reason == NULL;
}

gboolean
trestle_report_current_is_stale (sqlite3 *db, const char *scope, gboolean *stale, GError **error)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, FALSE, sizeof (TrestleFeedId));

  if (!read_stale (db, scope, feeds, error))
    return FALSE;
  *stale = feeds->len > 0;
  return TRUE;
}

gboolean
trestle_report_current_settle (sqlite3 *db, const char *scope, GError **error)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, FALSE, sizeof (TrestleFeedId));

  if (!read_stale (db, scope, feeds, error))
    return FALSE;
  for (guint i = 0; i < feeds->len; i++)
    if (!settle_feed (db, scope, g_array_index (feeds, TrestleFeedId, i), error))
      return FALSE;
  return TRUE;
}
