/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-filter.h"

#include <string.h>

/* Bytes looked at in one step; a chunk's padding lets steps run over its end. */
#define STEP 16

typedef guint8 Bytes __attribute__ ((vector_size (STEP)));
typedef guint64 Words __attribute__ ((vector_size (STEP)));

G_STATIC_ASSERT (TRESTLE_LOG_CHUNK_PADDING >= 2 * STEP);

struct _TrestleLogQuery
{
  gatomicrefcount ref_count;
  char *text;
  char *folded; /* NULL where there is nothing to look for */
  gsize length; /* of folded */
  gboolean ascii;
  gint64 since;
  gint64 until;
};

TrestleLogQuery *
trestle_log_query_new (const char *text, gint64 since, gint64 until)
{
  TrestleLogQuery *self = g_new0 (TrestleLogQuery, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->text = g_strdup (text != NULL ? text : "");
  self->since = since;
  self->until = until;
  if (*self->text != '\0')
    {
      self->folded = g_utf8_casefold (self->text, -1);
      self->length = strlen (self->folded);
      self->ascii = g_str_is_ascii (self->folded);
    }
  return self;
}

TrestleLogQuery *
trestle_log_query_ref (TrestleLogQuery *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
trestle_log_query_unref (TrestleLogQuery *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->text);
  g_free (self->folded);
  g_free (self);
}

const char *
trestle_log_query_get_text (const TrestleLogQuery *self)
{
  return self->text;
}

gint64
trestle_log_query_get_since (const TrestleLogQuery *self)
{
  return self->since;
}

gint64
trestle_log_query_get_until (const TrestleLogQuery *self)
{
  return self->until;
}

gboolean
trestle_log_query_narrows (const TrestleLogQuery *self, const TrestleLogQuery *wider)
{
  if (wider->since > 0 && self->since < wider->since)
    return FALSE;
  if (wider->until > 0 && (self->until == 0 || self->until > wider->until))
    return FALSE;
  if (wider->folded == NULL)
    return TRUE;
  return self->folded != NULL && strstr (self->folded, wider->folded) != NULL;
}

/* --- Looking for a text --------------------------------------------------------------------- */

static inline guint8
case_bit (char letter)
{
  return g_ascii_isalpha (letter) ? 0x20 : 0;
}

static gboolean
same_folded (const char *text, const char *folded, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((text[i] | case_bit (folded[i])) != folded[i])
      return FALSE;
  return TRUE;
}

static const char *
find_slowly (const char *text, gsize length, const char *folded, gsize n)
{
  if (n > length)
    return NULL;
  for (gsize i = 0; i <= length - n; i++)
    if (same_folded (text + i, folded, n))
      return text + i;
  return NULL;
}

#if G_BYTE_ORDER == G_LITTLE_ENDIAN

static inline Bytes
load (const char *from)
{
  Bytes bytes;

  memcpy (&bytes, from, sizeof bytes);
  return bytes;
}

/* The needle, as it is compared: at 16 places at once, then 16 letters at once. */
typedef struct
{
  Bytes first;
  Bytes first_bit;
  Bytes last;
  Bytes last_bit;
  Bytes head;
  Bytes head_bits;
  Bytes head_ignored;
} Needle;

static Needle
needle_new (const TrestleLogQuery *query)
{
  const char *folded = query->folded;
  gsize n = query->length;
  Needle needle = {
    .first = (Bytes) {} + (guint8) folded[0],
    .first_bit = (Bytes) {} + case_bit (folded[0]),
    .last = (Bytes) {} + (guint8) folded[n - 1],
    .last_bit = (Bytes) {} + case_bit (folded[n - 1]),
  };

  for (gsize i = 0; i < STEP; i++)
    {
      needle.head[i] = i < n ? folded[i] : 0;
      needle.head_bits[i] = i < n ? case_bit (folded[i]) : 0;
      needle.head_ignored[i] = i < n ? 0 : 0xff;
    }
  return needle;
}

static inline gboolean
is_at (const Needle *needle, const TrestleLogQuery *query, const char *text)
{
  Words same = (Words) (((load (text) | needle->head_bits) == needle->head) | needle->head_ignored);

  return (same[0] & same[1]) == G_MAXUINT64
         && (query->length <= STEP
             || same_folded (text + STEP, query->folded + STEP, query->length - STEP));
}

/*
 * Compares the first and the last letter at 16 places at once, and the rest only where both are right.
 * A letter is found in both cases when bit 0x20 of the text is set. @text must be readable for 2 × STEP
 * bytes and the needle's length behind its end.
 */
static inline const char *
find_ascii (const Needle *needle, const TrestleLogQuery *query, const char *text, gsize length)
{
  gsize n = query->length;

  if (n > length)
    return NULL;
  for (gsize i = 0; i <= length - n; i += STEP)
    {
      Bytes first = (load (text + i) | needle->first_bit) == needle->first;
      Bytes last = (load (text + i + n - 1) | needle->last_bit) == needle->last;
      Words hits = (Words) (first & last);

      if (G_LIKELY ((hits[0] | hits[1]) == 0))
        continue;
      for (guint w = 0; w < 2; w++)
        for (guint64 word = hits[w]; word != 0;)
          {
            guint bit = (guint) __builtin_ctzll (word);
            gsize at = i + w * 8 + bit / 8;

            if (at > length - n)
              return NULL;
            if (is_at (needle, query, text + at))
              return text + at;
            word &= ~(G_GUINT64_CONSTANT (0xff) << bit);
          }
    }
  return NULL;
}

#else

typedef char Needle;

static Needle
needle_new (const TrestleLogQuery *query)
{
  return *query->folded;
}

static const char *
find_ascii (const Needle *needle, const TrestleLogQuery *query, const char *text, gsize length)
{
  return find_slowly (text, length, query->folded, query->length);
}

#endif

/* Returns: how many bytes of @text fold to the whole of @folded; 0 when they do not */
static gsize
match_folded (const char *text, gsize length, const char *folded)
{
  const char *p = text;

  while (*folded != '\0')
    {
      g_autofree char *letter = NULL;
      const char *next;
      gsize n;

      if (p >= text + length)
        return 0;
      next = g_utf8_next_char (p);
      letter = g_utf8_casefold (p, next - p);
      n = strlen (letter);
      if (strncmp (folded, letter, n) != 0)
        return 0;
      folded += n;
      p = next;
    }
  return p - text;
}

gboolean
trestle_log_query_find (const TrestleLogQuery *self,
                        const char *text,
                        gsize length,
                        gsize from,
                        gsize *start,
                        gsize *end)
{
  if (self->folded == NULL || from >= length)
    return FALSE;

  if (self->ascii)
    {
      const char *at = find_slowly (text + from, length - from, self->folded, self->length);

      if (at == NULL)
        return FALSE;
      *start = at - text;
      *end = *start + self->length;
      return TRUE;
    }

  for (const char *p = text + from; p < text + length; p = g_utf8_next_char (p))
    {
      gsize n = match_folded (p, text + length - p, self->folded);

      if (n == 0)
        continue;
      *start = p - text;
      *end = *start + n;
      return TRUE;
    }
  return FALSE;
}

/* What folds to other letters than ASCII's is looked for only in lines that have such. */
static gboolean
has_folded (const TrestleLogQuery *self, const TrestleLogChunk *chunk, guint index)
{
  gsize length;
  const char *text = trestle_log_chunk_get_text (chunk, index, &length);
  g_autofree char *folded = NULL;

  if ((chunk->marks[index] & TRESTLE_LOG_MARK_NON_ASCII) == 0)
    return FALSE;
  folded = g_utf8_casefold (text, length);
  return strstr (folded, self->folded) != NULL;
}

/* --- Matches -------------------------------------------------------------------------------- */

TrestleLogMatches *
trestle_log_matches_ref (TrestleLogMatches *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
trestle_log_matches_unref (TrestleLogMatches *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->lines);
  g_free (self);
}

/* @lines: (transfer none) (nullable): copied */
static TrestleLogMatches *
matches_new (const TrestleLogChunk *chunk, const guint16 *lines, guint n_lines)
{
  TrestleLogMatches *self = g_new0 (TrestleLogMatches, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_lines = n_lines;
  if (n_lines == 0)
    self->lines = g_new0 (guint16, 1);
  else if (n_lines < chunk->n_lines)
    self->lines = g_memdup2 (lines, n_lines * sizeof (guint16));
  for (guint i = 0; i < n_lines; i++)
    self->n_levels[chunk->levels[trestle_log_matches_get (self, i)]]++;
  return self;
}

static inline gboolean
in_time (const TrestleLogQuery *self, gint64 time)
{
  return time >= self->since && (self->until == 0 || time < self->until);
}

/* The whole text is read as one, which is far quicker than line by line. */
static guint
find_in_text (const TrestleLogQuery *query, const TrestleLogChunk *chunk, guint16 *found)
{
  const Needle needle = needle_new (query);
  gsize end = chunk->starts[chunk->n_lines];
  gsize from = 0;
  guint line = 0, n = 0;
  const char *at;

  while (from < end && (at = find_ascii (&needle, query, chunk->text + from, end - from)) != NULL)
    {
      gsize offset = at - chunk->text;

      while (chunk->starts[line + 1] <= offset)
        line++;
      found[n++] = line;
      from = chunk->starts[line + 1];
    }
  return n;
}

static guint
find_in_lines (const TrestleLogQuery *query,
               const TrestleLogChunk *chunk,
               const TrestleLogMatches *within,
               guint16 *found)
{
  const Needle needle = needle_new (query);
  guint n = 0;

  for (guint i = 0; i < within->n_lines; i++)
    {
      guint line = within->lines[i];
      guint32 start = chunk->starts[line];

      if (find_ascii (&needle, query, chunk->text + start, chunk->starts[line + 1] - 1 - start)
          != NULL)
        found[n++] = line;
    }
  return n;
}

TrestleLogMatches *
trestle_log_filter (const TrestleLogQuery *query,
                    const TrestleLogChunk *chunk,
                    const TrestleLogMatches *within)
{
  guint16 found[TRESTLE_LOG_CHUNK_LINES];
  guint n = 0;

  if (chunk->n_lines == 0 || chunk->last_time < query->since
      || (query->until > 0 && chunk->first_time >= query->until))
    return matches_new (chunk, NULL, 0);

  /* Beginning anew with each line pays only when few are left. */
  if (within != NULL && (within->lines == NULL || within->n_lines > chunk->n_lines / 4))
    within = NULL;

  if (query->folded == NULL)
    for (; n < chunk->n_lines; n++)
      found[n] = n;
  else if (query->ascii)
    n = within != NULL ? find_in_lines (query, chunk, within, found)
                       : find_in_text (query, chunk, found);
  else
    for (guint i = 0; i < (within != NULL ? within->n_lines : chunk->n_lines); i++)
      {
        guint line = within != NULL ? within->lines[i] : i;

        if (has_folded (query, chunk, line))
          found[n++] = line;
      }

  if (!in_time (query, chunk->first_time) || !in_time (query, chunk->last_time))
    {
      guint kept = 0;

      for (guint i = 0; i < n; i++)
        if (in_time (query, chunk->times[found[i]]))
          found[kept++] = found[i];
      n = kept;
    }
  return matches_new (chunk, found, n);
}

TrestleLogMatches *
trestle_log_matches_select (TrestleLogMatches *self, const TrestleLogChunk *chunk, guint levels)
{
  guint16 found[TRESTLE_LOG_CHUNK_LINES];
  guint n_all = 0, n = 0;

  for (guint level = 0; level < TRESTLE_LOG_LEVELS; level++)
    if (levels & (1u << level))
      n_all += self->n_levels[level];
  if (n_all == self->n_lines)
    return trestle_log_matches_ref (self);

  for (guint i = 0; i < self->n_lines && n < n_all; i++)
    {
      guint line = trestle_log_matches_get (self, i);

      if (levels & (1u << chunk->levels[line]))
        found[n++] = line;
    }
  return matches_new (chunk, found, n);
}

void
trestle_log_matches_count (const TrestleLogMatches *self,
                           const TrestleLogChunk *chunk,
                           gint64 since,
                           gint64 until,
                           TrestleLogBucket *buckets,
                           guint n_buckets)
{
  double per_bucket = (double) n_buckets / (double) MAX (until - since, 1);

  for (guint i = 0; i < self->n_lines; i++)
    {
      guint line = trestle_log_matches_get (self, i);
      gint64 time = chunk->times[line];
      guint bucket;

      if (time < since || time >= until)
        continue;
      bucket = MIN ((guint) ((double) (time - since) * per_bucket), n_buckets - 1);
      buckets[bucket].n_lines++;
      if (chunk->levels[line] == TRESTLE_LOG_LEVEL_ERROR)
        buckets[bucket].n_errors++;
    }
}
