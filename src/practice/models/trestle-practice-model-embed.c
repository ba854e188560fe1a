/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>
#include <string.h>

#include "practice/models/trestle-practice-texts.h"

#define MAX_CHARS 5000
#define N_DIMENSIONS 64
#define SHORTEST 3
#define LONGEST 5

/* FNV-1a, with its bits mixed once more: the lowest six choose a dimension, the highest a sign. */
static guint32
hash (const char *data, gsize size)
{
  guint32 value = 2166136261u;

  for (gsize i = 0; i < size; i++)
    value = (value ^ (guint8) data[i]) * 16777619u;
  value ^= value >> 15;
  value *= 0x2c1b3c6du;

  return value ^ value >> 13;
}

/* Adds all runs of 3 to 5 characters of a word, its ends marked, and the word as a whole. */
static void
add_word (double *vector, const char *word)
{
  g_autofree char *marked = g_strconcat ("<", word, ">", NULL);
  guint32 whole = hash (marked, strlen (marked));

  vector[whole % N_DIMENSIONS] += whole >> 31 ? -2 : 2;
  for (const char *start = marked; *start != '\0'; start = g_utf8_next_char (start))
    {
      const char *end = start;

      for (guint n = 1; n <= LONGEST && *end != '\0'; n++)
        {
          guint32 value;

          end = g_utf8_next_char (end);
          if (n < SHORTEST)
            continue;
          value = hash (start, end - start);
          vector[value % N_DIMENSIONS] += value >> 31 ? -1 : 1;
        }
    }
}

static void
write_vector (const char *text, TrestlePracticeJson *json, gconstpointer user_data)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_auto (GStrv) words = trestle_practice_texts_words (composed);
  double vector[N_DIMENSIONS] = { 0 }, norm = 0;

  for (guint i = 0; words[i] != NULL; i++)
    add_word (vector, words[i]);
  /* A text without words is a direction too. */
  if (words[0] == NULL)
    add_word (vector, composed);
  for (guint i = 0; i < N_DIMENSIONS; i++)
    norm += vector[i] * vector[i];
  if (norm <= 0)
    norm = vector[0] = 1;

  trestle_practice_json_open (json, "embedding", '[');
  for (guint i = 0; i < N_DIMENSIONS; i++)
    trestle_practice_json_double (json, NULL, vector[i] / sqrt (norm), 6);
  trestle_practice_json_close (json, ']');
  trestle_practice_json_int (json, "dimensions", N_DIMENSIONS);
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  return trestle_practice_texts_answer (request, TRUE, MAX_CHARS, write_vector, NULL);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_embed, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_embed = {
  .id = "embed",
  .content_types = (const char *const[]) { "text/plain", "application/json",
                                           "application/jsonlines", NULL },
  .accepts = (const char *const[]) { "application/json", "application/jsonlines", NULL },
  .samples = (const char *const[]) { "embed-harbour.txt", NULL },
  .invoke = invoke,
};
