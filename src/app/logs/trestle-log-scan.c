/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-scan.h"

#include "base/trestle-future.h"

#define MAX_THREADS 8

typedef struct
{
  TrestleLogChunk *chunk;
  TrestleLogMatches *within;
  TrestleLogMatches *found;
} Part;

struct _TrestleLogScan
{
  gatomicrefcount ref_count;
  TrestleLogQuery *query;
  GArray *parts;
  GHashTable *places; /* chunk → place in parts + 1 */
  guint next;         /* (atomic): part that is nobody's yet */
  int stopped;        /* (atomic) */
};

static void
part_clear (gpointer data)
{
  Part *part = data;

  trestle_log_chunk_unref (part->chunk);
  g_clear_pointer (&part->within, trestle_log_matches_unref);
  g_clear_pointer (&part->found, trestle_log_matches_unref);
}

TrestleLogScan *
trestle_log_scan_new (TrestleLogQuery *query)
{
  TrestleLogScan *self = g_new0 (TrestleLogScan, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->query = trestle_log_query_ref (query);
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  self->places = g_hash_table_new (NULL, NULL);
  g_array_set_clear_func (self->parts, part_clear);
  return self;
}

TrestleLogScan *
trestle_log_scan_ref (TrestleLogScan *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
trestle_log_scan_unref (TrestleLogScan *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  trestle_log_query_unref (self->query);
  g_array_unref (self->parts);
  g_hash_table_unref (self->places);
  g_free (self);
}

TrestleLogQuery *
trestle_log_scan_get_query (TrestleLogScan *self)
{
  return self->query;
}

void
trestle_log_scan_add (TrestleLogScan *self, TrestleLogChunk *chunk, TrestleLogMatches *within)
{
  Part part = { trestle_log_chunk_ref (chunk),
                within != NULL ? trestle_log_matches_ref (within) : NULL, NULL };

  g_array_append_val (self->parts, part);
  g_hash_table_insert (self->places, chunk, GUINT_TO_POINTER (self->parts->len));
}

/* The threads take the next part until none is left: parts differ in what they cost. */
static DexFuture *
scan_fiber (gpointer data)
{
  TrestleLogScan *self = data;
  guint i;

  while (!g_atomic_int_get (&self->stopped)
         && (i = g_atomic_int_add (&self->next, 1)) < self->parts->len)
    {
      Part *part = &g_array_index (self->parts, Part, i);

      part->found = trestle_log_filter (self->query, part->chunk, part->within);
    }
  return dex_future_new_true ();
}

DexFuture *
trestle_log_scan_run (TrestleLogScan *self)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new_with_free_func (dex_unref);
  guint n = MIN (MIN (g_get_num_processors (), MAX_THREADS), MAX (self->parts->len, 1));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (threads, trestle_pool_spawn (scan_fiber, trestle_log_scan_ref (self),
                                                  (GDestroyNotify) trestle_log_scan_unref));
  return dex_future_allv ((DexFuture *const *) threads->pdata, threads->len);
}

void
trestle_log_scan_stop (TrestleLogScan *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
}

TrestleLogMatches *
trestle_log_scan_get (TrestleLogScan *self, TrestleLogChunk *chunk)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, chunk));

  return place > 0 ? g_array_index (self->parts, Part, place - 1).found : NULL;
}
