/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-model.h"

#include "logs/trestle-log-scan.h"
#include "widgets/trestle-watch.h"

/* A chunk with what was found in it. */
typedef struct
{
  TrestleLogChunk *chunk;
  TrestleLogQuery *query;     /* that found matches */
  TrestleLogMatches *matches; /* what it found */
  TrestleLogMatches *shown;   /* those of the chosen levels */
  guint n_before;             /* lines in the parts before */
  guint n_shown_before;       /* shown lines in the parts before */
} Part;

struct _TrestleLogModel
{
  GObject parent_instance;

  GListModel *events;
  GArray *parts; /* oldest first */
  TrestleLogQuery *query;
  guint levels;

  TrestleLogScan *scan;
  DexFuture *scanning;
};

static guint changed_signal;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleLogModel,
                               trestle_log_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

#define PART(self, i) (&g_array_index ((self)->parts, Part, i))

static void
part_clear (gpointer data)
{
  Part *part = data;

  trestle_log_chunk_unref (part->chunk);
  g_clear_pointer (&part->query, trestle_log_query_unref);
  g_clear_pointer (&part->matches, trestle_log_matches_unref);
  g_clear_pointer (&part->shown, trestle_log_matches_unref);
}

/* @matches: (transfer full) */
static void
part_take (TrestleLogModel *self, Part *part, TrestleLogMatches *matches)
{
  g_clear_pointer (&part->query, trestle_log_query_unref);
  g_clear_pointer (&part->matches, trestle_log_matches_unref);
  g_clear_pointer (&part->shown, trestle_log_matches_unref);
  part->query = trestle_log_query_ref (self->query);
  part->matches = matches;
  part->shown = trestle_log_matches_select (matches, part->chunk, self->levels);
}

static void
add_up (TrestleLogModel *self)
{
  guint n = 0, n_shown = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = PART (self, i);

      part->n_before = n;
      part->n_shown_before = n_shown;
      n += part->chunk->n_lines;
      n_shown += part->shown->n_lines;
    }
}

static guint
count_shown (TrestleLogModel *self)
{
  Part *last = self->parts->len > 0 ? PART (self, self->parts->len - 1) : NULL;

  return last != NULL ? last->n_shown_before + last->shown->n_lines : 0;
}

guint
trestle_log_model_get_n_lines (TrestleLogModel *self)
{
  Part *last = self->parts->len > 0 ? PART (self, self->parts->len - 1) : NULL;

  return last != NULL ? last->n_before + last->chunk->n_lines : 0;
}

/* Returns: the last part that begins at or before line @line, of all or of those shown, oldest first */
static guint
find_part (TrestleLogModel *self, guint line, gboolean shown)
{
  guint low = 0, high = self->parts->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      Part *part = PART (self, middle);

      if ((shown ? part->n_shown_before : part->n_before) <= line)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* --- The list ------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return TRESTLE_TYPE_LOG_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return count_shown (TRESTLE_LOG_MODEL (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  TrestleLogModel *self = TRESTLE_LOG_MODEL (model);
  guint n = count_shown (self);
  guint line;
  Part *part;

  if (position >= n)
    return NULL;
  line = n - 1 - position;
  part = PART (self, find_part (self, line, TRUE));
  return trestle_log_line_new (part->chunk,
                               trestle_log_matches_get (part->shown, line - part->n_shown_before));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- Lines come ----------------------------------------------------------------------------- */

/* Returns: how many of @part's shown lines lie before line @index of its chunk */
static guint
count_shown_until (Part *part, guint index)
{
  guint n = 0;

  if (part->shown->lines == NULL)
    return MIN (index, part->shown->n_lines);
  while (n < part->shown->n_lines && part->shown->lines[n] < index)
    n++;
  return n;
}

static void
flush (TrestleLogModel *self, TrestleLogChunkBuilder *builder, GArray *parts)
{
  Part part = { trestle_log_chunk_builder_end (builder) };

  part_take (self, &part, trestle_log_filter (self->query, part.chunk, NULL));
  g_array_append_val (parts, part);
}

static void
make_room (TrestleLogModel *self, TrestleLogChunkBuilder *builder, GArray *parts)
{
  if (trestle_log_chunk_builder_get_n_lines (builder) == TRESTLE_LOG_CHUNK_LINES)
    flush (self, builder, parts);
}

/*
 * Puts the parts that hold lines from @start on together anew, oldest first: without the @n_removed, with
 * the @n_added events from @position of the source on. Most often lines are added at the very end, to the
 * last chunk.
 */
static void
replace_lines (TrestleLogModel *self, guint start, guint n_removed, guint position, guint n_added)
{
  g_autoptr (TrestleLogChunkBuilder) builder = trestle_log_chunk_builder_new ();
  g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (Part));
  guint n_old = count_shown (self), n_new;
  guint from = 0, to = 0;       /* parts that are replaced */
  guint n_head = 0, n_tail = 0; /* lines shown that stay, before and after */

  if (self->parts->len > 0)
    {
      guint end = start + n_removed;
      gboolean settled = TRUE;
      Part *first, *last;

      from = find_part (self, start, FALSE);
      to = n_removed > 0 ? find_part (self, end - 1, FALSE) + 1 : from + 1;
      first = PART (self, from);
      last = PART (self, to - 1);
      if (n_removed == 0 && start == first->n_before + TRESTLE_LOG_CHUNK_LINES)
        from = to; /* behind a full one */
      for (guint i = from; i < to; i++)
        settled &= PART (self, i)->query == self->query;

      if (from < to)
        for (guint i = 0; i < start - first->n_before; i++)
          trestle_log_chunk_builder_add_line (builder, first->chunk, i);
      n_head = from == to ? first->n_shown_before + first->shown->n_lines
               : settled
                   ? first->n_shown_before + count_shown_until (first, start - first->n_before)
                   : first->n_shown_before;
      n_tail = n_old
               - (from == to ? n_head
                  : settled  ? last->n_shown_before + count_shown_until (last, end - last->n_before)
                             : last->n_shown_before + last->shown->n_lines);
    }

  for (guint i = n_added; i > 0; i--)
    {
      g_autoptr (TrestleLogEvent) event = g_list_model_get_item (self->events, position + i - 1);

      make_room (self, builder, made);
      trestle_log_chunk_builder_add_event (builder, event);
    }
  if (from < to)
    {
      Part *last = PART (self, to - 1);

      for (guint i = start + n_removed - last->n_before; i < last->chunk->n_lines; i++)
        {
          make_room (self, builder, made);
          trestle_log_chunk_builder_add_line (builder, last->chunk, i);
        }
      g_array_remove_range (self->parts, from, to - from);
    }
  if (trestle_log_chunk_builder_get_n_lines (builder) > 0)
    flush (self, builder, made);
  g_array_insert_vals (self->parts, from, made->data, made->len);
  add_up (self);

  n_new = count_shown (self);
  if (n_old - n_head - n_tail > 0 || n_new - n_head - n_tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n_tail, n_old - n_head - n_tail,
                                n_new - n_head - n_tail);
}

static void
on_events_changed (TrestleLogModel *self, guint position, guint removed, guint added)
{
  /* The source is newest first, chunks are oldest first. */
  replace_lines (self, trestle_log_model_get_n_lines (self) - position - removed, removed, position,
                 added);
  g_signal_emit (self, changed_signal, 0);
}

void
trestle_log_model_set_source (TrestleLogModel *self, GListModel *events)
{
  g_return_if_fail (TRESTLE_IS_LOG_MODEL (self));

  if (self->events == events)
    return;
  if (self->events != NULL)
    g_signal_handlers_disconnect_by_func (self->events, on_events_changed, self);
  g_set_object (&self->events, events);
  replace_lines (self, 0, trestle_log_model_get_n_lines (self), 0,
                 events != NULL ? g_list_model_get_n_items (events) : 0);
  if (events != NULL)
    g_signal_connect_object (events, "items-changed", G_CALLBACK (on_events_changed), self,
                             G_CONNECT_SWAPPED);
  g_signal_emit (self, changed_signal, 0);
}

/* --- Filtering ------------------------------------------------------------------------------ */

static gboolean
same_lines (const TrestleLogMatches *a, const TrestleLogMatches *b)
{
  return a == b
         || (a->n_lines == b->n_lines
             && (a->lines == b->lines
                 || (a->lines != NULL && b->lines != NULL
                     && memcmp (a->lines, b->lines, a->n_lines * sizeof (guint16)) == 0)));
}

/* One splice between @old, what the parts showed before, and what they show now. @old: (element-type TrestleLogMatches) */
static void
splice (TrestleLogModel *self, GPtrArray *old)
{
  guint n_old = 0, n_head = 0, n_tail = 0, from = 0, to = old->len, n_new;

  for (guint i = 0; i < old->len; i++)
    n_old += ((TrestleLogMatches *) old->pdata[i])->n_lines;
  for (; from < to && same_lines (old->pdata[from], PART (self, from)->shown); from++)
    n_head += PART (self, from)->shown->n_lines;
  for (; to > from && same_lines (old->pdata[to - 1], PART (self, to - 1)->shown); to--)
    n_tail += PART (self, to - 1)->shown->n_lines;

  add_up (self);
  n_new = count_shown (self);
  if (n_old > n_head + n_tail || n_new > n_head + n_tail)
    g_list_model_items_changed (G_LIST_MODEL (self), n_tail, n_old - n_head - n_tail,
                                n_new - n_head - n_tail);
}

static GPtrArray *
dup_shown (TrestleLogModel *self)
{
  GPtrArray *shown = g_ptr_array_new_full (self->parts->len,
                                           (GDestroyNotify) trestle_log_matches_unref);

  for (guint i = 0; i < self->parts->len; i++)
    g_ptr_array_add (shown, trestle_log_matches_ref (PART (self, i)->shown));
  return shown;
}

static void
on_scanned (gpointer owner, const GValue *value, const GError *error)
{
  TrestleLogModel *self = owner;
  g_autoptr (TrestleLogScan) scan = g_steal_pointer (&self->scan);
  g_autoptr (GPtrArray) old = dup_shown (self);

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = PART (self, i);
      TrestleLogMatches *found = trestle_log_scan_get (scan, part->chunk);

      /* Chunks that came meanwhile were filtered as they came. */
      if (part->query != self->query && found != NULL)
        part_take (self, part, trestle_log_matches_ref (found));
    }
  splice (self, old);
  g_signal_emit (self, changed_signal, 0);
}

static void
stop_scan (TrestleLogModel *self)
{
  dex_clear (&self->scanning);
  if (self->scan != NULL)
    trestle_log_scan_stop (self->scan);
  g_clear_pointer (&self->scan, trestle_log_scan_unref);
}

void
trestle_log_model_set_query (TrestleLogModel *self, const char *text, gint64 since, gint64 until)
{
  TrestleLogQuery *query;

  g_return_if_fail (TRESTLE_IS_LOG_MODEL (self));

  if (g_str_equal (trestle_log_query_get_text (self->query), text != NULL ? text : "")
      && trestle_log_query_get_since (self->query) == since
      && trestle_log_query_get_until (self->query) == until)
    return;

  stop_scan (self);
  query = trestle_log_query_new (text, since, until);
  trestle_log_query_unref (self->query);
  self->query = query;
  self->scan = trestle_log_scan_new (query);
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = PART (self, i);

      trestle_log_scan_add (self->scan, part->chunk,
                            trestle_log_query_narrows (query, part->query) ? part->matches : NULL);
    }
  trestle_watch (self, &self->scanning, trestle_log_scan_run (self->scan), on_scanned);
  g_signal_emit (self, changed_signal, 0);
}

TrestleLogQuery *
trestle_log_model_get_query (TrestleLogModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_MODEL (self), NULL);
  return self->query;
}

void
trestle_log_model_set_levels (TrestleLogModel *self, guint levels)
{
  g_autoptr (GPtrArray) old = NULL;

  g_return_if_fail (TRESTLE_IS_LOG_MODEL (self));

  if (self->levels == levels)
    return;
  self->levels = levels;
  old = dup_shown (self);
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = PART (self, i);

      trestle_log_matches_unref (part->shown);
      part->shown = trestle_log_matches_select (part->matches, part->chunk, levels);
    }
  splice (self, old);
  g_signal_emit (self, changed_signal, 0);
}

guint
trestle_log_model_get_levels (TrestleLogModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_MODEL (self), 0);
  return self->levels;
}

gboolean
trestle_log_model_get_filtering (TrestleLogModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_MODEL (self), FALSE);
  return self->scan != NULL;
}

/* --- What is asked of it -------------------------------------------------------------------- */

guint
trestle_log_model_get_n_level (TrestleLogModel *self, TrestleLogLevel level)
{
  guint n = 0;

  g_return_val_if_fail (TRESTLE_IS_LOG_MODEL (self), 0);

  for (guint i = 0; i < self->parts->len; i++)
    n += PART (self, i)->matches->n_levels[level];
  return n;
}

gboolean
trestle_log_model_get_bounds (TrestleLogModel *self, gint64 *first, gint64 *last)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_MODEL (self), FALSE);

  for (guint i = 0; i < self->parts->len; i++)
    {
      TrestleLogChunk *chunk = PART (self, i)->chunk;

      *first = i == 0 ? chunk->first_time : MIN (*first, chunk->first_time);
      *last = i == 0 ? chunk->last_time : MAX (*last, chunk->last_time);
    }
  return self->parts->len > 0;
}

void
trestle_log_model_count (TrestleLogModel *self,
                         gint64 since,
                         gint64 until,
                         TrestleLogBucket *buckets,
                         guint n_buckets)
{
  g_return_if_fail (TRESTLE_IS_LOG_MODEL (self));

  for (guint i = 0; i < self->parts->len; i++)
    trestle_log_matches_count (PART (self, i)->shown, PART (self, i)->chunk, since, until, buckets,
                               n_buckets);
}

guint
trestle_log_model_find (TrestleLogModel *self, TrestleLogLine *line)
{
  gint64 time = trestle_log_line_get_time (line);

  g_return_val_if_fail (TRESTLE_IS_LOG_MODEL (self), G_MAXUINT);

  for (guint i = self->parts->len; i > 0; i--)
    {
      Part *part = PART (self, i - 1);

      if (time < part->chunk->first_time || time > part->chunk->last_time)
        continue;
      for (guint j = 0; j < part->shown->n_lines; j++)
        if (trestle_log_line_is (line, part->chunk, trestle_log_matches_get (part->shown, j)))
          return count_shown (self) - 1 - part->n_shown_before - j;
    }
  return G_MAXUINT;
}

GPtrArray *
trestle_log_model_dup_around (TrestleLogModel *self, TrestleLogLine *line, guint n)
{
  GPtrArray *around = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 time = trestle_log_line_get_time (line);
  guint n_lines = trestle_log_model_get_n_lines (self);

  for (guint i = self->parts->len; i > 0; i--)
    {
      Part *part = PART (self, i - 1);

      if (time < part->chunk->first_time || time > part->chunk->last_time)
        continue;
      for (guint j = 0; j < part->chunk->n_lines; j++)
        {
          guint at = part->n_before + j;

          if (!trestle_log_line_is (line, part->chunk, j))
            continue;
          for (guint k = MIN (at + n, n_lines - 1) + 1; k > (at > n ? at - n : 0); k--)
            {
              Part *other = PART (self, find_part (self, k - 1, FALSE));

              g_ptr_array_add (around,
                               trestle_log_line_new (other->chunk, k - 1 - other->n_before));
            }
          return around;
        }
    }
  return around;
}

static void
slice_free (gpointer data)
{
  TrestleLogSlice *slice = data;

  trestle_log_chunk_unref (slice->chunk);
  trestle_log_matches_unref (slice->shown);
  g_free (slice);
}

GPtrArray *
trestle_log_model_dup_shown (TrestleLogModel *self)
{
  GPtrArray *slices = g_ptr_array_new_with_free_func (slice_free);

  g_return_val_if_fail (TRESTLE_IS_LOG_MODEL (self), slices);

  for (guint i = 0; i < self->parts->len; i++)
    {
      TrestleLogSlice *slice = g_new (TrestleLogSlice, 1);

      slice->chunk = trestle_log_chunk_ref (PART (self, i)->chunk);
      slice->shown = trestle_log_matches_ref (PART (self, i)->shown);
      g_ptr_array_add (slices, slice);
    }
  return slices;
}

static void
trestle_log_model_dispose (GObject *object)
{
  TrestleLogModel *self = TRESTLE_LOG_MODEL (object);

  stop_scan (self);
  if (self->events != NULL)
    g_signal_handlers_disconnect_by_func (self->events, on_events_changed, self);
  g_clear_object (&self->events);
  G_OBJECT_CLASS (trestle_log_model_parent_class)->dispose (object);
}

static void
trestle_log_model_finalize (GObject *object)
{
  TrestleLogModel *self = TRESTLE_LOG_MODEL (object);

  g_array_unref (self->parts);
  trestle_log_query_unref (self->query);
  G_OBJECT_CLASS (trestle_log_model_parent_class)->finalize (object);
}

static void
trestle_log_model_class_init (TrestleLogModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trestle_log_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = trestle_log_model_finalize;
  changed_signal = g_signal_new ("changed", TRESTLE_TYPE_LOG_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
trestle_log_model_init (TrestleLogModel *self)
{
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  self->query = trestle_log_query_new (NULL, 0, 0);
  self->levels = TRESTLE_LOG_ALL_LEVELS;
}

TrestleLogModel *
trestle_log_model_new (void)
{
  return g_object_new (TRESTLE_TYPE_LOG_MODEL, NULL);
}
