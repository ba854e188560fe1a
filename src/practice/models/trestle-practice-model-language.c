/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>
#include <string.h>

#include "practice/models/trestle-practice-texts.h"

#define MAX_CHARS 5000
#define N_RUNNERS_UP 2

/* What each sign of a language counts. */
#define WORD_WEIGHT 1.0
#define ENDING_WEIGHT 0.3
#define LETTER_WEIGHT 0.5
/* So much evidence is needed before a score says much. */
#define EVIDENCE 4.0

/*
 * The commonest short words of a language, endings and beginnings ("-ung", "ge-") that are
 * frequent in it, and letters that its neighbours lack.
 */
typedef struct
{
  const char *code;
  const char *words;
  const char *parts;
  const char *letters;
} Language;

static const Language languages[] = {
  { "en",
    "the and of to a in is that it was for on are as with his they at be this have from "
    "or had by not but what all were we when your can said there an which their if will "
    "each about how up out them then she many some so would has he you i my our been no "
    "who its",
    "-ing -tion -ly -ed th- -ght wh- -ness -ould", "" },
  { "de",
    "der die das und in zu den nicht von sie ist des sich mit dem dass er es ein ich auf "
    "so eine auch als an nach wie im für man aber aus durch wenn nur war noch werden bei "
    "hat wir was wird sein einen welche sind oder zur um haben einer mir über ihm diese "
    "einem ihr uns kein zum",
    "-ung -lich -keit -heit ge- -isch sch- -chen ver- -ten", "äöüß" },
  { "fr",
    "le la les de des du et à un une est que qui dans ce il elle pour pas sur au plus par "
    "avec se ne on son sa ses mais nous vous ils tout été être cette aux comme ou où leur "
    "sont je tu bien sans fait même très deux ont peut",
    "-ment -tion -eur -aient -ait -ez -eux qu'- d'- l'- c'- -ais", "çèêëœùâ" },
  { "es",
    "el la los las de que y a en un una es se no por con su para como más pero sus le ya "
    "o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien "
    "desde todo nos durante todos uno les ni contra otros ese eso ante ellos fue son está "
    "han del al",
    "-ción -dad -mente -ando -iendo -ado -ido -ería", "ñ¿¡" },
  { "it",
    "il lo la gli le di che e un una è in per non con si da sono del della come ma anche "
    "più al nel alla dei delle questo ha quando cui se mi ci tutto quella suo sua loro "
    "essere stato fatto molto dove chi i o era hanno ho dal sul così ancora",
    "-zione -mente -ità -are -ere -ato -ella gli- -etto dell'- l'- -aggio", "ìò" },
  { "pt",
    "o a os as de que e do da em um uma para com não por mais dos como mas foi ao ele das "
    "tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela "
    "entre era depois sem mesmo aos ter seus quem nas me esse eles são você na no",
    "-ção -ções -dade -mente -ando -endo -inho -ão", "ãõ" },
  { "nl",
    "de het een en van in is dat op te zijn met voor niet die aan er om ook als dan maar "
    "hij bij of uit nog door over ze naar zich wat was ik je we worden heeft hebben deze "
    "kan meer geen al wordt zo veel dit onder tegen waar u haar werd wel",
    "-lijk -heid -ing ge- -tje -aar ij- -isch -en", "" },
  { "sv",
    "och att det i en jag hon som han på den med var sig för så till är men ett om hade "
    "de av icke mig du henne då sin nu har inte hans honom skulle hennes där min man ej "
    "vid kunde något från ut när efter upp vi dem vara vad över än kan här ni",
    "-ning -ligt -het -arna -erna -ade -ande", "åö" },
  { "da",
    "og i jeg det at en den til er som på de med han af for ikke der var mig sig men et "
    "har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller "
    "hvad skal selv her alle vil blev kunne ind når være dog noget efter bliver",
    "-ning -lig -hed -erne -ede -else", "æøå" },
  { "pl",
    "i w nie na z do to że się jest jak o co a po tak za od przez ale czy dla był była "
    "było są by tego ten tym już może tylko bardzo jego jej ich które który która przy "
    "oraz kiedy gdy także lub jako bez pod nad mnie ja ty my wy ze tu tam",
    "-ość -ego -owa -nie -cie prz- -ych -owy sz- cz- -ami", "ąćęłńśźż" },
  { "fi",
    "ja on ei se että hän oli mutta ovat kun niin kuin myös mukaan jos vain ole tämä joka "
    "sekä mitä minä sinä me te he jo nyt vielä kaikki sen sitä tai hyvin ollut olla hänen "
    "siitä sitten koska siinä itse mikä tässä voi mukana ennen",
    "-ssa -ssä -sta -stä -lla -llä -nen -inen -taan -ään -aan -vat", "ä" },
};

/* Scripts that stand for one language here. */
static const struct
{
  GUnicodeScript script;
  const char *code;
} scripts[] = {
  { G_UNICODE_SCRIPT_CYRILLIC, "ru" }, { G_UNICODE_SCRIPT_GREEK, "el" },
  { G_UNICODE_SCRIPT_HIRAGANA, "ja" }, { G_UNICODE_SCRIPT_KATAKANA, "ja" },
  { G_UNICODE_SCRIPT_HAN, "zh" },      { G_UNICODE_SCRIPT_HANGUL, "ko" },
  { G_UNICODE_SCRIPT_ARABIC, "ar" },   { G_UNICODE_SCRIPT_HEBREW, "he" },
};

#define N_LATIN G_N_ELEMENTS (languages)
#define N_GUESSES (N_LATIN + G_N_ELEMENTS (scripts))

typedef struct
{
  const char *code;
  double evidence;
} Guess;

typedef struct
{
  GHashTable *words;
  GStrv parts;
} Profile;

static gpointer
make_profiles (gpointer data)
{
  Profile *profiles = g_new0 (Profile, N_LATIN);

  for (guint i = 0; i < N_LATIN; i++)
    {
      g_auto (GStrv) words = g_strsplit (languages[i].words, " ", -1);

      profiles[i].words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint k = 0; words[k] != NULL; k++)
        g_hash_table_add (profiles[i].words, g_strdup (words[k]));
      profiles[i].parts = g_strsplit (languages[i].parts, " ", -1);
    }

  return profiles;
}

/* The profiles never change and are kept until the program ends. */
static const Profile *
get_profiles (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_profiles, NULL);
}

static double
count_parts (const GStrv parts, const char *word)
{
  double sum = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gsize length = strlen (parts[i]), size = strlen (word);

      /* "-ung" ends a longer word, "ge-" begins one. */
      if (parts[i][0] == '-' ? size > length && g_str_has_suffix (word, parts[i] + 1)
                             : size > length && strncmp (word, parts[i], length - 1) == 0)
        sum += ENDING_WEIGHT;
    }

  return sum;
}

static void
count_letters (const char *text, Guess *guesses)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeScript script;

      if (c < 0x80)
        continue;
      for (guint i = 0; i < N_LATIN; i++)
        {
          if (g_utf8_strchr (languages[i].letters, -1, c) != NULL)
            guesses[i].evidence += LETTER_WEIGHT;
        }
      script = g_unichar_get_script (c);
      for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
        {
          if (scripts[i].script == script)
            guesses[N_LATIN + i].evidence += LETTER_WEIGHT;
        }
    }
}

static int
compare_guesses (gconstpointer a, gconstpointer b)
{
  const Guess *one = a, *two = b;

  if (one->evidence != two->evidence)
    return one->evidence < two->evidence ? 1 : -1;

  return strcmp (one->code, two->code);
}

/* Japanese has two scripts of its own, and shares one with Chinese. */
static void
settle_scripts (Guess *guesses)
{
  Guess *scripted = guesses + N_LATIN;
  double kana = scripted[2].evidence + scripted[3].evidence;

  if (kana > 0.1 * scripted[4].evidence)
    {
      kana += scripted[4].evidence;
      scripted[4].evidence = 0;
    }
  scripted[2].evidence = kana;
  scripted[3].evidence = 0;
}

static void
write_language (const char *text, TrestlePracticeJson *json, gconstpointer user_data)
{
  const Profile *profiles = get_profiles ();
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autofree char *composed = g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);
  g_auto (GStrv) words = trestle_practice_texts_words (composed);
  Guess guesses[N_GUESSES];
  double total = 0, certainty;

  for (guint i = 0; i < N_GUESSES; i++)
    guesses[i] = (Guess) { i < N_LATIN ? languages[i].code : scripts[i - N_LATIN].code, 0 };

  for (guint w = 0; words[w] != NULL; w++)
    for (guint i = 0; i < N_LATIN; i++)
      {
        if (g_hash_table_contains (profiles[i].words, words[w]))
          guesses[i].evidence += WORD_WEIGHT;
        guesses[i].evidence += count_parts (profiles[i].parts, words[w]);
      }
  count_letters (composed, guesses);
  settle_scripts (guesses);
  qsort (guesses, N_GUESSES, sizeof *guesses, compare_guesses);

  /* Related languages share words: squaring parts them. Little text leaves doubt. */
  for (guint i = 0; i < N_GUESSES; i++)
    total += guesses[i].evidence * guesses[i].evidence;
  certainty = 1 - exp (-guesses[0].evidence / EVIDENCE);

  trestle_practice_json_string (json, "language", total > 0 ? guesses[0].code : "und");
  trestle_practice_json_double (
      json, "score", total > 0 ? certainty * guesses[0].evidence * guesses[0].evidence / total : 0,
      4);
  trestle_practice_json_open (json, "alternatives", '[');
  for (guint i = 1; i <= N_RUNNERS_UP && guesses[i].evidence > 0; i++)
    {
      trestle_practice_json_open (json, NULL, '{');
      trestle_practice_json_string (json, "language", guesses[i].code);
      trestle_practice_json_double (
          json, "score", certainty * guesses[i].evidence * guesses[i].evidence / total, 4);
      trestle_practice_json_close (json, '}');
    }
  trestle_practice_json_close (json, ']');
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  return trestle_practice_texts_answer (request, TRUE, MAX_CHARS, write_language, NULL);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_language, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_language = {
  .id = "language",
  .content_types = (const char *const[]) { "text/plain", "application/json",
                                           "application/jsonlines", NULL },
  .accepts = (const char *const[]) { "application/json", "application/jsonlines", NULL },
  .samples = (const char *const[]) { "language-notes.txt", NULL },
  .invoke = invoke,
};
