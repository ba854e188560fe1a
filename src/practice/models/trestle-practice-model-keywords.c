/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>
#include <string.h>

#include "practice/models/trestle-practice-texts.h"

#define MAX_CHARS 100000
#define MIN_LETTERS 3
/* Two words that stand together this often are one term. */
#define MIN_PAIRS 2

static const char stop_words[] =
    "a about above after again against all almost along already also although always am among an "
    "and another any anything are around as at away back be became because become been before "
    "behind being below between both but by came can cannot come could did do does done don't down "
    "during each either else enough even ever every everything few first for from gave get give go "
    "goes got had has have having he her here hers him his how however i if in into is isn't it "
    "it's its just keep last least less let like long made make many may me might mine more most "
    "much must my near need never new next no nobody none nor not nothing now of off often on once "
    "one only onto or other others our out over own per put quite rather same say said see seem "
    "seen several shall she should since so some something still such take than that that's the "
    "their them then there these they thing things this those though three through thus to together "
    "too toward two under until up upon us use used very want was way we well went were what when "
    "where whether which while who whole whom whose why will with within without would yet you your";

typedef struct
{
  char *text;
  guint count;
  guint first;
  double score;
} Term;

static void
term_free (Term *term)
{
  g_free (term->text);
  g_free (term);
}

static gpointer
make_stop_words (gpointer data)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) words = g_strsplit (stop_words, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    g_hash_table_add (table, g_strdup (words[i]));

  return table;
}

static gboolean
carries (const char *word)
{
  static GOnce once = G_ONCE_INIT;
  GHashTable *table = g_once (&once, make_stop_words, NULL);

  return g_utf8_strlen (word, -1) >= MIN_LETTERS && g_unichar_isalpha (g_utf8_get_char (word))
         && !g_hash_table_contains (table, word);
}

static void
count_term (GHashTable *table, const char *text, guint place)
{
  Term *term = g_hash_table_lookup (table, text);

  if (term == NULL)
    {
      term = g_new0 (Term, 1);
      term->text = g_strdup (text);
      term->first = place;
      g_hash_table_insert (table, term->text, term);
    }
  term->count++;
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const Term *one = *(const Term **) a, *two = *(const Term **) b;

  if (one->score != two->score)
    return one->score < two->score ? 1 : -1;

  return (one->first > two->first) - (one->first < two->first);
}

/* Often and long is good; a pair counts for more than its words do one by one. */
static GPtrArray *
rank (GHashTable *singles, GHashTable *pairs)
{
  GPtrArray *terms = g_ptr_array_new ();
  GHashTable *tables[] = { singles, pairs };

  for (guint t = 0; t < 2; t++)
    {
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, tables[t]);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          Term *term = value;

          if (t == 1 && term->count < MIN_PAIRS)
            continue;
          term->score = term->count * log (1 + g_utf8_strlen (term->text, -1)) * (t == 1 ? 1.5 : 1);
          g_ptr_array_add (terms, term);
        }
    }
  g_ptr_array_sort (terms, compare_terms);

  return terms;
}

/* Vowel groups, less a silent e at the end: near enough for English. */
static guint
count_syllables (const char *word)
{
  guint n = 0;
  gboolean vowel = FALSE;
  gsize size = strlen (word);

  for (const char *p = word; *p != '\0'; p++)
    {
      gboolean now = strchr ("aeiouy", *p) != NULL;

      n += now && !vowel;
      vowel = now;
    }
  if (n > 1 && size > 2 && word[size - 1] == 'e' && word[size - 2] != 'l')
    n--;

  return MAX (n, 1);
}

static guint
count_sentences (const char *text)
{
  guint n = 0;
  gboolean open = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        open = TRUE;
      else if (open && strchr (".!?", *p) != NULL && !g_ascii_isalnum (p[1]))
        {
          n++;
          open = FALSE;
        }
    }

  return MAX (n + open, 1);
}

static void
write_readability (const char *text, const GStrv words, TrestlePracticeJson *json)
{
  double n = MAX (g_strv_length (words), 1), sentences = count_sentences (text), syllables = 0;

  for (guint i = 0; words[i] != NULL; i++)
    syllables += count_syllables (words[i]);

  trestle_practice_json_open (json, "readability", '{');
  trestle_practice_json_int (json, "words", g_strv_length (words));
  trestle_practice_json_int (json, "sentences", sentences);
  trestle_practice_json_double (json, "words_per_sentence", n / sentences, 1);
  /* Flesch's reading ease and the school grade of Flesch and Kincaid. */
  trestle_practice_json_double (json, "reading_ease",
                                206.835 - 1.015 * n / sentences - 84.6 * syllables / n, 1);
  trestle_practice_json_double (json, "grade", 0.39 * n / sentences + 11.8 * syllables / n - 15.59,
                                1);
  trestle_practice_json_close (json, '}');
}

static void
write_keywords (const char *text, TrestlePracticeJson *json, gconstpointer user_data)
{
  guint wanted = *(const guint *) user_data;
  g_auto (GStrv) words = trestle_practice_texts_words (text);
  g_autoptr (GHashTable) singles = NULL;
  g_autoptr (GHashTable) pairs = NULL;
  g_autoptr (GPtrArray) terms = NULL;

  singles = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) term_free);
  pairs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) term_free);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!carries (words[i]))
        continue;
      count_term (singles, words[i], i);
      if (i > 0 && carries (words[i - 1]))
        {
          g_autofree char *pair = g_strconcat (words[i - 1], " ", words[i], NULL);

          count_term (pairs, pair, i);
        }
    }
  terms = rank (singles, pairs);

  trestle_practice_json_open (json, "keywords", '[');
  for (guint i = 0; i < MIN (terms->len, wanted); i++)
    {
      const Term *term = g_ptr_array_index (terms, i);
      const Term *best = g_ptr_array_index (terms, 0);

      trestle_practice_json_open (json, NULL, '{');
      trestle_practice_json_string (json, "text", term->text);
      trestle_practice_json_double (json, "score", term->score / best->score, 4);
      trestle_practice_json_int (json, "count", term->count);
      trestle_practice_json_close (json, '}');
    }
  trestle_practice_json_close (json, ']');
  write_readability (text, words, json);
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  TrestlePracticeAnswer *error = NULL;
  double count = 10;
  guint wanted;

  if (!trestle_practice_request_number (request, "count", 1, 50, &count, &error))
    return error;
  wanted = (guint) count;

  return trestle_practice_texts_answer (request, FALSE, MAX_CHARS, write_keywords, &wanted);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_keywords, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_keywords = {
  .id = "keywords",
  .content_types = (const char *const[]) { "text/plain", "application/json",
                                           "application/jsonlines", NULL },
  .accepts = (const char *const[]) { "application/json", "application/jsonlines", NULL },
  .samples = (const char *const[]) { "keywords-canal.txt", NULL },
  .invoke = invoke,
};
