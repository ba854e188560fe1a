/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include <math.h>

#include "unit/model-test.h"

static const char *const text_models[] = { "sentiment", "language", "embed", "keywords", "redact" };

static JsonObject *
one (const char *id, const char *text)
{
  return good (ask (id, text, "text/plain", "application/json", NULL));
}

static JsonArray *
predictions (JsonObject *object)
{
  return json_object_get_array_member (object, "predictions");
}

static const char *
body_text (TrestlePracticeAnswer *answer)
{
  static char *text;

  g_free (text);
  text = g_strndup (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body));

  return text;
}

static void
test_sentiment (void)
{
  static const struct
  {
    const char *text, *label;
  } cases[] = {
    { "I love it, the best lamp I ever had!", "positive" },
    { "Terrible. It broke on the first day.", "negative" },
    { "The parcel has three screws and a lamp.", "neutral" },
    { "This is not good.", "negative" },
    { "It isn’t bad at all.", "positive" },
    { "I don't recommend it.", "negative" },
    { "The screen is nice, but the battery is a disaster and support was useless.", "negative" },
    { "12345 67890", "neutral" },
  };
  g_autoptr (JsonObject) plain = one ("sentiment", "It is good.");
  g_autoptr (JsonObject) very = one ("sentiment", "It is extremely good.");
  g_autoptr (JsonObject) hardly = one ("sentiment", "It is slightly good.");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = one ("sentiment", cases[i].text);
      double score = json_object_get_double_member (object, "score");

      g_test_message ("%s: %g", cases[i].text, score);
      g_assert_cmpstr (json_object_get_string_member (object, "label"), ==, cases[i].label);
      g_assert_cmpfloat (fabs (score), <=, 1);
    }
  g_assert_cmpfloat (json_object_get_double_member (very, "score"), >,
                     json_object_get_double_member (plain, "score"));
  g_assert_cmpfloat (json_object_get_double_member (hardly, "score"), <,
                     json_object_get_double_member (plain, "score"));
}

static void
test_sentiment_sample (void)
{
  static const char *const labels[] = { "positive", "negative", "neutral",
                                        "negative", "positive", "negative" };
  g_autoptr (GBytes) body = read_sample ("sentiment-reviews.jsonl");
  g_autoptr (TrestlePracticeAnswer) answer = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_auto (GStrv) lines = NULL;

  answer = ask_bytes ("sentiment", body, "application/jsonlines", NULL, NULL);
  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpstr (answer->content_type, ==, "application/jsonlines");
  lines = g_strsplit (body_text (answer), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);

      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "label"), ==,
                       labels[i]);
    }

  object = good (ask_bytes ("sentiment", body, "application/jsonlines", "application/json", NULL));
  g_assert_cmpuint (json_array_get_length (predictions (object)), ==, 6);
}

static void
test_shapes (void)
{
  g_autoptr (JsonObject) single = NULL;
  g_autoptr (JsonObject) several = NULL;
  g_autoptr (JsonObject) instances = NULL;
  g_autoptr (JsonObject) lines = NULL;
  g_autoptr (TrestlePracticeAnswer) jsonl = NULL;

  single = good (ask ("sentiment", "{\"text\":\"fine\"}", "application/json", NULL, NULL));
  g_assert_cmpstr (json_object_get_string_member (single, "label"), ==, "positive");
  several = good (ask ("sentiment", "{\"texts\":[\"fine\",{\"text\":\"awful\"}]}",
                       "application/json", NULL, NULL));
  g_assert_cmpuint (json_array_get_length (predictions (several)), ==, 2);
  instances = good (ask ("sentiment", "[\"fine\"]", "application/json", NULL, NULL));
  g_assert_cmpuint (json_array_get_length (predictions (instances)), ==, 1);
  lines = good (ask ("sentiment",
                     "\xef\xbb\xbf"
                     "fine\r\n\r\nawful\r\n",
                     "text/plain", NULL, NULL));
  g_assert_cmpuint (json_array_get_length (predictions (lines)), ==, 2);
  jsonl = ask ("sentiment", "fine", "text/plain", "application/jsonlines", NULL);
  g_assert_cmpstr (jsonl->content_type, ==, "application/jsonlines");
  g_assert_true (g_str_has_suffix (body_text (jsonl), "}\n"));
}

static void
test_language (void)
{
  static const char *const codes[] = { "en", "de", "fr", "es", "it", "pt",
                                       "nl", "sv", "pl", "fi", "ru" };
  static const struct
  {
    const char *text, *code;
  } cases[] = {
    { "Hun havde ikke set ham, og hvad skal vi nu gøre efter alle de år?", "da" },
    { "Το πλοίο φεύγει στις επτά.", "el" },
    { "船は七時半に出ます。コーヒーがあります。", "ja" },
    { "渡轮七点半开船，上层甲板有咖啡。", "zh" },
    { "배는 일곱 시 반에 떠납니다.", "ko" },
    { "1234 5678", "und" },
  };
  g_autoptr (GBytes) body = read_sample ("language-notes.txt");
  g_autoptr (JsonObject) object = good (ask_bytes ("language", body, "text/plain", NULL, NULL));

  g_assert_cmpuint (json_array_get_length (predictions (object)), ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      JsonObject *guess = json_array_get_object_element (predictions (object), i);

      g_assert_cmpstr (json_object_get_string_member (guess, "language"), ==, codes[i]);
      g_assert_cmpfloat (json_object_get_double_member (guess, "score"), >, 0.3);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) guess = one ("language", cases[i].text);

      g_assert_cmpstr (json_object_get_string_member (guess, "language"), ==, cases[i].code);
    }
}

static double
product (JsonObject *a, JsonObject *b)
{
  JsonArray *v = json_object_get_array_member (a, "embedding");
  JsonArray *w = json_object_get_array_member (b, "embedding");
  double sum = 0;

  g_assert_cmpuint (json_array_get_length (v), ==, json_object_get_int_member (a, "dimensions"));
  for (guint i = 0; i < json_array_get_length (v); i++)
    sum += json_array_get_double_element (v, i) * json_array_get_double_element (w, i);

  return sum;
}

static void
test_embed (void)
{
  g_autoptr (GBytes) body = read_sample ("embed-harbour.txt");
  g_autoptr (JsonObject) object = good (ask_bytes ("embed", body, "text/plain", NULL, NULL));
  g_autoptr (JsonObject) dots = one ("embed", "… — !");
  g_autoptr (JsonObject) composed = one ("embed", "caf\xc3\xa9");
  g_autoptr (JsonObject) decomposed = one ("embed", "CAFE\xcc\x81");
  JsonObject *vectors[3];

  for (guint i = 0; i < 3; i++)
    {
      vectors[i] = json_array_get_object_element (predictions (object), i);
      g_assert_cmpint (json_object_get_int_member (vectors[i], "dimensions"), ==, 64);
      g_assert_cmpfloat_with_epsilon (product (vectors[i], vectors[i]), 1, 1e-4);
    }
  g_assert_cmpfloat (product (vectors[0], vectors[1]), >, 0.7);
  g_assert_cmpfloat (fabs (product (vectors[0], vectors[2])), <, 0.4);
  g_assert_cmpfloat_with_epsilon (product (dots, dots), 1, 1e-4);
  g_assert_cmpfloat_with_epsilon (product (composed, decomposed), 1, 1e-4);
}

static void
test_keywords (void)
{
  g_autoptr (GBytes) body = read_sample ("keywords-canal.txt");
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) none = one ("keywords", "and the of to");
  JsonArray *keywords;
  JsonObject *readability;
  double last = 1;
  gboolean found = FALSE;

  object = good (ask_bytes ("keywords", body, "text/plain", NULL, "count=5"));
  keywords = json_object_get_array_member (object, "keywords");
  g_assert_cmpuint (json_array_get_length (keywords), ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      JsonObject *keyword = json_array_get_object_element (keywords, i);
      double score = json_object_get_double_member (keyword, "score");

      g_assert_cmpfloat (score, <=, last);
      last = score;
      found |= g_str_equal (json_object_get_string_member (keyword, "text"), "sluice gates");
    }
  g_assert_true (found);
  g_assert_cmpfloat (
      json_object_get_double_member (json_array_get_object_element (keywords, 0), "score"), ==, 1);

  readability = json_object_get_object_member (object, "readability");
  g_assert_cmpint (json_object_get_int_member (readability, "sentences"), ==, 11);
  g_assert_cmpfloat (json_object_get_double_member (readability, "reading_ease"), >, 60);
  g_assert_cmpfloat (json_object_get_double_member (readability, "reading_ease"), <, 95);

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (none, "keywords")), ==, 0);
  refused (ask ("keywords", "text", "text/plain", NULL, "count=0"), 400, "count");
}

static void
assert_redacted (const char *text, const char *attributes, const char *clean)
{
  g_autoptr (TrestlePracticeAnswer) answer = NULL;

  answer = ask ("redact", text, "text/plain", NULL, attributes);
  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpstr (answer->content_type, ==, "text/plain");
  g_assert_cmpstr (body_text (answer), ==, clean);
}

static void
test_redact (void)
{
  g_autoptr (GBytes) body = read_sample ("redact-ticket.txt");
  g_autoptr (TrestlePracticeAnswer) sample = NULL;

  assert_redacted ("Mail a.b+c@shop.example, or d@e.example!", NULL, "Mail [email], or [email]!");
  assert_redacted ("Card 4111-1111-1111-1111, no card 4111-1111-1111-1112.", NULL,
                   "Card [card], no card 4111-1111-1111-1112.");
  assert_redacted ("Call +1 202 555 0143 or 202-555-0143 or (020) 7946 0018; room 1234567.", NULL,
                   "Call [phone] or [phone] or [phone]; room 1234567.");
  assert_redacted ("GB82 WEST 1234 5698 7654 32 is one, GB83 WEST 1234 5698 7654 32 is none", NULL,
                   "[account] is one, GB83 WEST 1234 5698 7654 32 is none");
  assert_redacted ("On 2026-03-14, 14.03.2026 and 14 March 2026, version 1.2.3.", NULL,
                   "On [date], [date] and [date], version 1.2.3.");
  assert_redacted ("See https://a.example/x?y=1. From 192.0.2.44. Not 300.1.1.1.", NULL,
                   "See [url]. From [ip]. Not 300.1.1.1.");
  assert_redacted ("a@b.example on 2026-03-14", "kinds=date, ip", "a@b.example on [date]");
  assert_redacted ("Nothing to see: 12,345.67 kg in 7 bags.", NULL,
                   "Nothing to see: 12,345.67 kg in 7 bags.");

  sample = ask_bytes ("redact", body, "text/plain", NULL, NULL);
  g_assert_null (strstr (body_text (sample), "tidewater"));
  g_assert_nonnull (strstr (body_text (sample), "[account]"));
  g_assert_nonnull (strstr (body_text (sample), "Part number 1200-3400 is"));
  refused (ask ("redact", "x", NULL, NULL, "kinds=names"), 400, "names");
}

static void
test_redact_places (void)
{
  g_autoptr (JsonObject) object = NULL;
  JsonArray *entities;
  JsonObject *entity;

  object = good (ask ("redact", "{\"text\":\"Grüße an ä@b.example, 10.0.0.1\"}", "application/json",
                      NULL, NULL));
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, "Grüße an [email], [ip]");
  entities = json_object_get_array_member (object, "entities");
  g_assert_cmpuint (json_array_get_length (entities), ==, 2);
  entity = json_array_get_object_element (entities, 0);
  g_assert_cmpstr (json_object_get_string_member (entity, "kind"), ==, "email");
  g_assert_cmpint (json_object_get_int_member (entity, "start"), ==, 9);
  g_assert_cmpint (json_object_get_int_member (entity, "end"), ==, 20);
  entity = json_array_get_object_element (entities, 1);
  g_assert_cmpint (json_object_get_int_member (entity, "start"), ==, 22);
  g_assert_cmpint (json_object_get_int_member (entity, "end"), ==, 30);
}

static void
test_wrong (void)
{
  g_autofree char *long_text = g_strnfill (100001, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (text_models); i++)
    {
      const char *id = text_models[i];

      refused (ask (id, "", "text/plain", NULL, NULL), 400, "empty");
      refused (ask (id, " \n\t ", "text/plain", NULL, NULL), 400, "");
      refused (ask (id, "\xc3(", "text/plain", NULL, NULL), 400, "UTF-8");
      refused (ask (id, "x", "text/html", NULL, NULL), 415, "text/plain");
      refused (ask (id, "x", "text/plain", "image/png", NULL), 406, "application/json");
      refused (ask (id, "{\"text\":", "application/json", NULL, NULL), 400, "JSON");
      refused (ask (id, "{\"text\":5}", "application/json", NULL, NULL), 400, "text");
      refused (ask (id, "{\"texts\":[\"a\",null]}", "application/json", NULL, NULL), 400,
               "texts[1]");
      refused (ask (id, "{\"text\":\"\"}", "application/json", NULL, NULL), 400, "empty");
      refused (ask (id, "[]", "application/json", NULL, NULL), 400, "no text");
      refused (ask (id, "{\"text\":\"a\"}\n{}", "application/jsonlines", NULL, NULL), 400,
               "line 2");
      refused (ask (id, long_text, "text/plain", NULL, NULL), 422, "characters");
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new ("[0");
  g_autofree char *large = g_strnfill (6 * 1024 * 1024 + 1, 'x');

  for (guint i = 0; i < 10002; i++)
    g_string_append (lines, "a\n");
  refused (ask ("sentiment", lines->str, "text/plain", NULL, NULL), 422, "10000");
  for (guint i = 0; i < 600000; i++)
    g_string_append (values, ",0");
  refused (ask ("sentiment", values->str, "application/json", NULL, NULL), 422, "values");
  refused (ask ("sentiment", large, "text/plain", NULL, NULL), 422, "bytes of text");
}

static void
test_failing (void)
{
  const TrestlePracticeModel *model = trestle_practice_model_lookup ("failing");
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
  g_autoptr (TrestlePracticeAnswer) answer = NULL;
  g_auto (GStrv) log = NULL;

  answer = model->invoke (body, "image/png", "audio/wav", "x", &log);
  g_assert_cmpint (answer->status, ==, 500);
  g_assert_true (g_strv_contains ((const char *const *) log, "Traceback (most recent call last):"));
}

static void
test_slow (void)
{
  const TrestlePracticeModel *model = trestle_practice_model_lookup ("slow");
  g_autoptr (JsonObject) json = good (ask ("slow", "{\"a\":[1,true]}", NULL, NULL, NULL));
  g_autoptr (JsonObject) text = good (ask ("slow", "a \"line\"", "text/plain", NULL, NULL));

  g_assert_cmpuint (model->delay_ms, ==, 20000);
  g_assert_cmpfloat (json_object_get_double_member (json, "waited_s"), ==, 20);
  g_assert_cmpint (
      json_array_get_int_element (
          json_object_get_array_member (json_object_get_object_member (json, "echo"), "a"), 0),
      ==, 1);
  g_assert_cmpstr (json_object_get_string_member (text, "echo"), ==, "a \"line\"");
  refused (ask ("slow", "{", NULL, NULL, NULL), 400, "JSON");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/sentiment/labels", test_sentiment);
  g_test_add_func ("/model/sentiment/sample", test_sentiment_sample);
  g_test_add_func ("/model/texts/shapes", test_shapes);
  g_test_add_func ("/model/texts/wrong-input", test_wrong);
  g_test_add_func ("/model/texts/limits", test_limits);
  g_test_add_func ("/model/language", test_language);
  g_test_add_func ("/model/embed", test_embed);
  g_test_add_func ("/model/keywords", test_keywords);
  g_test_add_func ("/model/redact/kinds", test_redact);
  g_test_add_func ("/model/redact/places", test_redact_places);
  g_test_add_func ("/model/failing", test_failing);
  g_test_add_func ("/model/slow", test_slow);

  return g_test_run ();
}
