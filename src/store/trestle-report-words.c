/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-words.h"

#include <string.h>

#define FIRST_SLOTS 256u

typedef struct
{
  guint64 hash;
  guint32 offset;
  guint32 length;
} Word;

struct _TrestleReportWords
{
  GArray *words; /* of Word */
  GByteArray *bytes;
  guint16 *slots; /* number of the word there, 0 for none */
  guint n_slots;  /* a power of two */
  guint16 last;
};

TrestleReportWords *
trestle_report_words_new (void)
{
  TrestleReportWords *self = g_new0 (TrestleReportWords, 1);

  self->words = g_array_new (FALSE, FALSE, sizeof (Word));
  self->bytes = g_byte_array_new ();
  trestle_report_words_reset (self);
  return self;
}

void
trestle_report_words_free (TrestleReportWords *self)
{
  g_array_unref (self->words);
  g_byte_array_unref (self->bytes);
  g_free (self->slots);
  g_free (self);
}

void
trestle_report_words_reset (TrestleReportWords *self)
{
  const Word empty = { 0 };

  g_array_set_size (self->words, 0);
  g_array_append_val (self->words, empty);
  g_byte_array_set_size (self->bytes, 0);
  g_byte_array_append (self->bytes, (const guint8 *) "", 1);
  g_free (self->slots);
  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (guint16, self->n_slots);
  self->last = 0;
}

/* Both halves of a product of 64 bits, folded: each bit of the operands reaches each of the result. */
static guint64
fold (guint64 a, guint64 b)
{
  __extension__ typedef unsigned __int128 Wide;
  Wide product = (Wide) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

guint64
trestle_report_words_hash (const char *text, gsize length, guint64 seed)
{
  const guint64 one = 0xa0761d6478bd642f, other = 0xe7037ed1a0b428db;
  guint64 hash = seed ^ fold (length ^ one, other);
  guint64 word;

  for (; length >= sizeof word; length -= sizeof word, text += sizeof word)
    {
      memcpy (&word, text, sizeof word);
      hash = fold (hash ^ word, one) ^ (hash >> 29);
    }
  word = 0;
  memcpy (&word, text, length);
  hash = fold (hash ^ word, other);
  return fold (hash ^ one, other);
}

static void
grow (TrestleReportWords *self)
{
  self->n_slots *= 4;
  g_free (self->slots);
  self->slots = g_new0 (guint16, self->n_slots);
  for (guint i = 1; i < self->words->len; i++)
    {
      guint at = (guint) g_array_index (self->words, Word, i).hash & (self->n_slots - 1);

      while (self->slots[at] != 0)
        at = (at + 1) & (self->n_slots - 1);
      self->slots[at] = (guint16) i;
    }
}

static gboolean
is_word (TrestleReportWords *self, guint number, const char *text, gsize length)
{
  const Word *word = &g_array_index (self->words, Word, number);

  return word->length == length && memcmp (self->bytes->data + word->offset, text, length) == 0;
}

gboolean
trestle_report_words_intern (TrestleReportWords *self,
                             const char *text,
                             gsize length,
                             guint16 *number)
{
  Word word = { .offset = self->bytes->len, .length = (guint32) length };
  guint at;

  if (is_word (self, self->last, text, length))
    {
      *number = self->last;
      return TRUE;
    }
  word.hash = trestle_report_words_hash (text, length, 0);
  at = (guint) word.hash & (self->n_slots - 1);
  for (; self->slots[at] != 0; at = (at + 1) & (self->n_slots - 1))
    if (g_array_index (self->words, Word, self->slots[at]).hash == word.hash
        && is_word (self, self->slots[at], text, length))
      {
        *number = self->last = self->slots[at];
        return TRUE;
      }
  if (!g_utf8_validate_len (text, length, NULL))
    return FALSE;
  g_assert (self->words->len <= G_MAXUINT16);
  *number = self->last = self->slots[at] = (guint16) self->words->len;
  g_array_append_val (self->words, word);
  g_byte_array_append (self->bytes, (const guint8 *) text, (guint) length);
  g_byte_array_append (self->bytes, (const guint8 *) "", 1);
  if (self->words->len * 2 > self->n_slots)
    grow (self);
  return TRUE;
}

void
trestle_report_words_pack (TrestleReportWords *self, GByteArray *out, const guint16 *index, guint n)
{
  guint32 n_words = self->words->len;

  g_byte_array_append (out, (const guint8 *) &n_words, sizeof n_words);
  g_byte_array_append (out, (const guint8 *) index, n * (guint) sizeof *index);
  g_byte_array_append (out, self->bytes->data, self->bytes->len);
}

gboolean
trestle_report_words_unpack (GBytes *data,
                             guint n,
                             guint16 **index,
                             const char ***words,
                             guint *n_words)
{
  gsize length;
  const char *p = g_bytes_get_data (data, &length);
  const char *end = p + length;
  guint32 count;

  if (length < sizeof count + n * sizeof **index + 1 || end[-1] != '\0')
    return FALSE;
  memcpy (&count, p, sizeof count);
  if (count == 0 || count > G_MAXUINT16 + 1u)
    return FALSE;
  *index = g_memdup2 (p + sizeof count, n * sizeof **index);
  *words = g_new0 (const char *, count);
  *n_words = count;
  p += sizeof count + n * sizeof **index;
  for (guint i = 0; i < count; i++, p += strlen (p) + 1)
    {
      if (p == end)
        return FALSE;
      (*words)[i] = p;
    }
  for (guint i = 0; i < n; i++)
    if ((*index)[i] >= count)
      return FALSE;
  return p == end;
}
