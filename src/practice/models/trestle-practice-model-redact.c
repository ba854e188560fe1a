/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <string.h>

#include "practice/models/trestle-practice-texts.h"

#define MAX_CHARS 100000

typedef enum
{
  KIND_URL,
  KIND_EMAIL,
  KIND_ACCOUNT,
  KIND_CARD,
  KIND_DATE,
  KIND_IP,
  KIND_PHONE,
  N_KINDS,
} Kind;

typedef struct
{
  Kind kind;
  guint start;
  guint end;
} Find;

#define MONTHS                                                                                     \
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|"                           \
  "Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
#define OCTET "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"

/* In the order in which they are looked for: what one has found, the next ones leave alone. Each
 * can begin only where what it begins with begins, so that time stays in step with length. */
static const struct
{
  const char *name;
  const char *pattern;
} kinds[N_KINDS] = {
  [KIND_URL] = { "url", "\\b(?:https?://|www\\.)[^\\s<>\"']{0,2000}[^\\s<>\"'.,;:!?)\\]]" },
  [KIND_EMAIL] = { "email", "(?<![\\w.%+-])[\\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}"
                            "(?:\\.[A-Za-z0-9-]{1,63}){1,8}" },
  [KIND_ACCOUNT] = { "account",
                     "\\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b" },
  [KIND_CARD] = { "card", "(?<![\\w-])[0-9](?:[ -]?[0-9]){12,18}(?![\\w])" },
  [KIND_DATE] = { "date", "(?<![\\w./-])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}"
                          "|[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{2,4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}"
                          "|[0-9]{1,2}(?:st|nd|rd|th|\\.)? " MONTHS ",? [0-9]{4}"
                          "|" MONTHS " [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4})(?![\\w/-])" },
  [KIND_IP] = { "ip", "(?<![\\w.])(?:" OCTET "\\.){3}" OCTET "(?![\\w]|\\.[0-9])" },
  [KIND_PHONE] = { "phone", "(?<![\\w+.,/-])(?:\\+[0-9]{1,3}[ .-]?)?(?:\\([0-9]{1,5}\\)[ .-]?)?"
                            "[0-9]{2,5}(?:[ ./-]?[0-9]{2,5}){1,5}(?![\\w])" },
};

static gpointer
make_regexes (gpointer data)
{
  GRegex **regexes = g_new0 (GRegex *, N_KINDS);

  for (guint i = 0; i < N_KINDS; i++)
    {
      g_autoptr (GError) error = NULL;

      regexes[i] = g_regex_new (kinds[i].pattern, G_REGEX_OPTIMIZE, 0, &error);
      g_assert_no_error (error);
    }

  return regexes;
}

static guint
take_digits (const char *text, gsize size, char *digits, guint max)
{
  guint n = 0;

  for (gsize i = 0; i < size && n < max; i++)
    {
      if (g_ascii_isdigit (text[i]))
        digits[n++] = text[i];
    }

  return n;
}

/* Luhn's check digit. */
static gboolean
is_card (const char *text, gsize size)
{
  char digits[24];
  guint n = take_digits (text, size, digits, sizeof digits), sum = 0;

  for (guint i = 0; i < n; i++)
    {
      guint digit = digits[n - 1 - i] - '0';

      if (i % 2 == 1)
        digit = digit > 4 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }

  return n >= 13 && n <= 19 && sum % 10 == 0;
}

/* An international bank account number: its check digits, moved to the end, give 1 modulo 97. */
static gboolean
is_account (const char *text, gsize size)
{
  guint remainder = 0, n = 0;
  char compact[48];

  for (gsize i = 0; i < size && n < sizeof compact; i++)
    {
      if (text[i] != ' ')
        compact[n++] = text[i];
    }
  if (n < 15 || n > 34)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      char c = compact[(i + 4) % n];

      if (g_ascii_isdigit (c))
        remainder = (remainder * 10 + (c - '0')) % 97;
      else
        remainder = (remainder * 100 + (c - 'A' + 10)) % 97;
    }

  return remainder == 1;
}

/* Not every run of digits: one that begins like a number to dial, or is grouped like one. */
static gboolean
is_phone (const char *text, gsize size)
{
  char digits[24];
  guint n = take_digits (text, size, digits, sizeof digits);
  gboolean grouped = n == 10 && size == 12 && !g_ascii_isdigit (text[3])
                     && !g_ascii_isdigit (text[7]);

  return n >= 7 && n <= 15 && (strchr ("+(0", text[0]) != NULL || grouped);
}

static gboolean
is_real (Kind kind, const char *text, gsize size)
{
  switch (kind)
    {
    case KIND_ACCOUNT:
      return is_account (text, size);
    case KIND_CARD:
      return is_card (text, size);
    case KIND_PHONE:
      return is_phone (text, size);
    case KIND_URL:
    case KIND_EMAIL:
    case KIND_DATE:
    case KIND_IP:
    case N_KINDS:
    default:
      return TRUE;
    }
}

static int
compare_finds (gconstpointer a, gconstpointer b)
{
  const Find *one = a, *two = b;

  return (one->start > two->start) - (one->start < two->start);
}

/* Finds with their places in bytes, in order and without overlaps. */
static GArray *
find_all (const char *text, const gboolean *wanted)
{
  static GOnce once = G_ONCE_INIT;
  GRegex *const *regexes = g_once (&once, make_regexes, NULL);
  GArray *finds = g_array_new (FALSE, FALSE, sizeof (Find));
  gsize size = strlen (text);
  g_autofree guint8 *taken = g_malloc0 (size + 1);

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (GMatchInfo) match = NULL;

      if (!wanted[kind])
        continue;
      /* A match that would cost too much ends the search for this kind; nothing else is lost. */
      g_regex_match (regexes[kind], text, 0, &match);
      while (g_match_info_matches (match))
        {
          int start, end;
          Find find;

          g_match_info_fetch_pos (match, 0, &start, &end);
          find = (Find) { kind, start, end };
          if (memchr (taken + start, 1, end - start) == NULL
              && is_real (kind, text + start, end - start))
            {
              memset (taken + start, 1, end - start);
              g_array_append_val (finds, find);
            }
          if (!g_match_info_next (match, NULL))
            break;
        }
    }
  g_array_sort (finds, compare_finds);

  return finds;
}

static char *
mask (const char *text, const GArray *finds)
{
  GString *clean = g_string_new (NULL);
  guint at = 0;

  for (guint i = 0; i < finds->len; i++)
    {
      const Find *find = &g_array_index (finds, Find, i);

      g_string_append_len (clean, text + at, find->start - at);
      g_string_append_printf (clean, "[%s]", kinds[find->kind].name);
      at = find->end;
    }
  g_string_append (clean, text + at);

  return g_string_free_and_steal (clean);
}

static void
write_redaction (const char *text, TrestlePracticeJson *json, gconstpointer user_data)
{
  g_autoptr (GArray) finds = find_all (text, user_data);
  g_autofree char *clean = mask (text, finds);
  guint at = 0;
  glong chars = 0;

  trestle_practice_json_string (json, "text", clean);
  trestle_practice_json_open (json, "entities", '[');
  for (guint i = 0; i < finds->len; i++)
    {
      const Find *find = &g_array_index (finds, Find, i);

      chars += g_utf8_strlen (text + at, find->start - at);
      trestle_practice_json_open (json, NULL, '{');
      trestle_practice_json_string (json, "kind", kinds[find->kind].name);
      trestle_practice_json_int (json, "start", chars);
      chars += g_utf8_strlen (text + find->start, find->end - find->start);
      trestle_practice_json_int (json, "end", chars);
      trestle_practice_json_close (json, '}');
      at = find->end;
    }
  trestle_practice_json_close (json, ']');
}

static gboolean
read_wanted (TrestlePracticeRequest *request, gboolean *wanted, TrestlePracticeAnswer **error)
{
  const char *list = trestle_practice_request_attribute (request, "kinds");
  g_auto (GStrv) names = NULL;

  for (guint kind = 0; kind < N_KINDS; kind++)
    wanted[kind] = list == NULL;
  if (list == NULL)
    return TRUE;

  names = g_strsplit (list, ",", 32);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      guint kind = 0;

      if (*name == '\0')
        continue;
      while (kind < N_KINDS && g_ascii_strcasecmp (name, kinds[kind].name) != 0)
        kind++;
      if (kind == N_KINDS)
        {
          *error = trestle_practice_request_error (request, 400,
                                                   "custom attribute kinds: %.40s is "
                                                   "none of email, phone, card, account, date, "
                                                   "url, ip",
                                                   name);
          return FALSE;
        }
      wanted[kind] = TRUE;
    }

  return TRUE;
}

static TrestlePracticeAnswer *
answer_plain (const TrestlePracticeTexts *texts, const gboolean *wanted)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < texts->texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts->texts, i);
      g_autoptr (GArray) finds = find_all (text, wanted);
      g_autofree char *clean = mask (text, finds);

      if (i > 0)
        g_string_append_c (all, '\n');
      g_string_append (all, clean);
    }

  return trestle_practice_answer_new (200, g_string_free_to_bytes (all), "text/plain");
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_auto (TrestlePracticeTexts) texts = { 0 };
  TrestlePracticeAnswer *error = NULL;
  gboolean wanted[N_KINDS];

  if (!read_wanted (request, wanted, &error)
      || !trestle_practice_texts_read (request, FALSE, MAX_CHARS, &texts, &error))
    return error;

  /* As it came in, unless the caller says otherwise. */
  if (g_str_equal (request->any_accept ? request->type : request->accept, "text/plain"))
    return answer_plain (&texts, wanted);

  return trestle_practice_texts_write (request, &texts, write_redaction, wanted);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_redact, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_redact = {
  .id = "redact",
  .content_types = (const char *const[]) { "text/plain", "application/json",
                                           "application/jsonlines", NULL },
  .accepts = (const char *const[]) { "text/plain", "application/json", "application/jsonlines",
                                     NULL },
  .samples = (const char *const[]) { "redact-ticket.txt", NULL },
  .invoke = invoke,
};
