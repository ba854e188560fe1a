/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>
#include <string.h>

#include "practice/models/trestle-practice-texts.h"

#define MAX_CHARS 5000
/* A "not" turns what comes within this many words. */
#define NEGATION_REACH 3
/* How much of the strength is left when a word is turned: "not good" is milder than "bad". */
#define NEGATION -0.74
#define NEUTRAL 0.12
/* The sum of all words is brought to -1 … 1 by s / sqrt (s² + this). */
#define SOFTNESS 12.0

typedef struct
{
  double weight;
  const char *words;
} Group;

/* Words of opinion by strength, as reviews use them. A word ends at a space. */
static const Group lexicon[] = {
  { 3.2, "amazing awesome brilliant excellent exceptional fantastic flawless incredible "
         "magnificent marvellous marvelous masterpiece outstanding perfect perfectly phenomenal "
         "spectacular stunning superb terrific wonderful wonderfully best love loved loves adore "
         "delighted thrilled" },
  { 2.2, "beautiful beautifully charming comfortable cosy cozy crisp delicious delightful elegant "
         "enjoy enjoyed enjoyable enjoying excited exciting favorite favourite friendly fun "
         "generous gorgeous grateful great greatly happy helpful impressed impressive joy kind "
         "lovely pleasant pleased pleasing pleasure polite recommend recommended reliable "
         "satisfied smooth smoothly thank thanks tasty warm welcoming" },
  { 1.4, "accurate affordable better bright calm clean clear clever convenient cool durable easily "
         "easy effective efficient fair fast fine fresh glad gladly good handy honest improved "
         "improvement intuitive like liked likes neat nice nicely okay patient pretty prompt "
         "promptly quick quickly quiet responsive robust safe sharp simple smart solid soft "
         "stable strong stylish sturdy success successful thoughtful useful well win winner "
         "worked works worth" },
  { -1.4, "bland boring cheap clumsy cold complicated confusing dated difficult dirty dull empty "
          "expensive faint flimsy greasy hard heavy hesitant issue issues lack lacking lacks late "
          "limited loud messy mistake mistakes noisy odd overpriced poor poorly problem problems "
          "rough shabby slow slowly small smelly stale sticky stiff strange tired tiring ugly "
          "unclear uncomfortable uneven weak wait waited waiting" },
  { -2.2, "angry annoyed annoying avoid bad badly broke broken bug bugs buggy complain complained "
          "complaint crash crashed crashes damaged defective disappoint disappointed disappointing "
          "disappointment error errors fail failed fails failure fault faulty frustrated "
          "frustrating ignored inedible leaked leaking leaks lose loss lost mess misleading "
          "regret refund returned rude sad sadly scratched sloppy stopped unhappy unfriendly "
          "unhelpful unreliable unusable upset useless waste wasted wrong" },
  { -3.2, "abysmal appalling atrocious awful dangerous disaster disgusting dreadful fraud garbage "
          "hate hated hates horrible horribly horrendous horrid nightmare outrageous pathetic "
          "rubbish scam terrible terribly unacceptable worst worthless" },
};

static const Group boosters[] = {
  { 1.4, "absolutely completely deeply extremely highly incredibly so really remarkably totally "
         "truly utterly very" },
  { 0.6, "barely fairly hardly mildly partly quite rather slightly somewhat" },
};

static const char negations[] = "not no never none nothing neither nor without cannot cant dont "
                                "doesnt didnt isnt wasnt wont wouldnt couldnt shouldnt havent";

static void
add_words (GHashTable *table, const char *words, double weight)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    g_hash_table_insert (table, g_strdup (list[i]), g_memdup2 (&weight, sizeof weight));
}

static GHashTable *
make_table (const Group *groups, guint n)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < n; i++)
    add_words (table, groups[i].words, groups[i].weight);

  return table;
}

typedef struct
{
  GHashTable *opinions;
  GHashTable *boosters;
  GHashTable *negations;
} Tables;

static gpointer
make_tables (gpointer data)
{
  Tables *tables = g_new (Tables, 1);

  tables->opinions = make_table (lexicon, G_N_ELEMENTS (lexicon));
  tables->boosters = make_table (boosters, G_N_ELEMENTS (boosters));
  tables->negations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  add_words (tables->negations, negations, 1);

  return tables;
}

/* The word lists never change and are kept until the program ends. */
static const Tables *
get_tables (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_tables, NULL);
}

static gboolean
is_negation (const Tables *tables, const char *word)
{
  return g_str_has_suffix (word, "n't") || g_hash_table_contains (tables->negations, word);
}

/* What the words around it make of an opinion. */
static double
weigh (const Tables *tables, const GStrv words, guint at, double weight)
{
  if (at > 0)
    {
      const double *boost = g_hash_table_lookup (tables->boosters, words[at - 1]);

      if (boost != NULL)
        weight *= *boost;
    }
  for (guint back = 1; back <= NEGATION_REACH && back <= at; back++)
    {
      if (is_negation (tables, words[at - back]))
        return weight * NEGATION;
    }

  return weight;
}

static double
judge (const char *text)
{
  const Tables *tables = get_tables ();
  g_auto (GStrv) words = trestle_practice_texts_words (text);
  double sum = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const double *weight = g_hash_table_lookup (tables->opinions, words[i]);

      /* What comes after a "but" is what is meant. */
      if (g_str_equal (words[i], "but") || g_str_equal (words[i], "however"))
        sum *= 0.5;
      if (weight != NULL)
        sum += weigh (tables, words, i, *weight);
    }
  if (strchr (text, '!') != NULL)
    sum *= 1.15;

  return sum / sqrt (sum * sum + SOFTNESS);
}

static void
write_judgement (const char *text, TrestlePracticeJson *json, gconstpointer user_data)
{
  double score = judge (text);
  const char *label = score > NEUTRAL ? "positive" : score < -NEUTRAL ? "negative" : "neutral";

  trestle_practice_json_string (json, "label", label);
  trestle_practice_json_double (json, "score", score, 4);
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  return trestle_practice_texts_answer (request, TRUE, MAX_CHARS, write_judgement, NULL);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_sentiment, answer, body,
                                       content_type, accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_sentiment = {
  .id = "sentiment",
  .content_types = (const char *const[]) { "text/plain", "application/json",
                                           "application/jsonlines", NULL },
  .accepts = (const char *const[]) { "application/json", "application/jsonlines", NULL },
  .samples = (const char *const[]) { "sentiment-reviews.jsonl", NULL },
  .invoke = invoke,
};
