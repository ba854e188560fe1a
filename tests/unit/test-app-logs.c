/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libdex.h>

#include "base/trestle-clock.h"
#include "domain/trestle-values.h"
#include "logs/trestle-log-model.h"
#include "logs/trestle-log-scan.h"
#include "logs/trestle-log-text.h"

static TrestleLogChunk *
chunk_of (const char *const *texts)
{
  g_autoptr (TrestleLogChunkBuilder) builder = trestle_log_chunk_builder_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    trestle_log_chunk_builder_add (builder, texts[i], -1, (i + 1) * TRESTLE_SECOND,
                                   trestle_log_level_guess (texts[i]), "AllTraffic/i-1");
  return trestle_log_chunk_builder_end (builder);
}

/* What is found, as "0 3 4" */
static char *
found_in (const TrestleLogChunk *chunk, const TrestleLogMatches *matches)
{
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < matches->n_lines; i++)
    g_string_append_printf (found, "%s%u", i > 0 ? " " : "", trestle_log_matches_get (matches, i));
  return g_string_free (found, FALSE);
}

static void
assert_finds (const TrestleLogChunk *chunk, const char *text, const char *expected)
{
  g_autoptr (TrestleLogQuery) query = trestle_log_query_new (text, 0, 0);
  g_autoptr (TrestleLogMatches) matches = trestle_log_filter (query, chunk, NULL);
  g_autofree char *found = found_in (chunk, matches);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_text (void)
{
  static const char *const texts[] = {
    "POST /invocations 200 61 ms",
    "",
    "x",
    "Größe: 12 µm",
    "ERROR a",
    "post /INVOCATIONS 400 and then much more of it",
    "a[b]c_d",
    NULL,
  };
  g_autoptr (TrestleLogChunk) chunk = chunk_of (texts);

  assert_finds (chunk, "", "0 1 2 3 4 5 6");
  assert_finds (chunk, NULL, "0 1 2 3 4 5 6");
  assert_finds (chunk, "invocations", "0 5");
  assert_finds (chunk, "INVOCations", "0 5");
  assert_finds (chunk, "x", "2");
  assert_finds (chunk, "[B]", "6");
  assert_finds (chunk, "{b}", ""); /* letters only differ in case */
  assert_finds (chunk, "A[B]C_D", "6");
  assert_finds (chunk, "a[b]c_de", "");
  assert_finds (chunk, "ms", "0");
  assert_finds (chunk, "msx", ""); /* no match over two lines */
  assert_finds (chunk, "größe", "3");
  assert_finds (chunk, "GRÖSSE", "3");
  assert_finds (chunk, "ΜM", "3"); /* Greek, as folding has it */
  assert_finds (chunk, "of it", "5");
  assert_finds (chunk, "nowhere", "");
}

/* The quick search against the slow one, for lengths around its step and at all places. */
static void
test_text_everywhere (void)
{
  for (guint n = 1; n <= 40; n++)
    for (guint place = 0; place <= 40; place++)
      {
        g_autofree char *needle = g_strnfill (n, 'q');
        g_autofree char *before = g_strnfill (place, 'Q');
        g_autofree char *line = NULL;
        const char *texts[] = { NULL, NULL, NULL, NULL };

        needle[n - 1] = 'z';
        /* As many false starts as there are letters before it. */
        line = g_strconcat (before, needle, "qq", NULL);
        texts[0] = before;
        texts[1] = line;
        texts[2] = before;
        if (n > 1)
          {
            g_autoptr (TrestleLogChunk) chunk = chunk_of (texts);

            assert_finds (chunk, needle, "1");
          }
      }
}

static void
test_time (void)
{
  static const char *const texts[] = { "a", "b", "ab", "c", NULL };
  g_autoptr (TrestleLogChunk) chunk = chunk_of (texts);
  static const struct
  {
    const char *text;
    gint64 since, until;
    const char *expected;
  } cases[] = {
    { "", 2 * TRESTLE_SECOND, 0, "1 2 3" },
    { "", 0, 3 * TRESTLE_SECOND, "0 1" },
    { "", 2 * TRESTLE_SECOND, 4 * TRESTLE_SECOND, "1 2" },
    { "b", 3 * TRESTLE_SECOND, 0, "2" },
    { "", 5 * TRESTLE_SECOND, 0, "" },
    { "", 0, TRESTLE_SECOND, "" },
    { "", TRESTLE_SECOND, 5 * TRESTLE_SECOND, "0 1 2 3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TrestleLogQuery)
          query = trestle_log_query_new (cases[i].text, cases[i].since, cases[i].until);
      g_autoptr (TrestleLogMatches) matches = trestle_log_filter (query, chunk, NULL);
      g_autofree char *found = found_in (chunk, matches);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_narrowing (void)
{
  static const char *const texts[] = { "in", "inv", "other", "in v", "INVO", "über", "üb", NULL };
  g_autoptr (TrestleLogChunk) chunk = chunk_of (texts);
  g_autoptr (TrestleLogQuery) wide = trestle_log_query_new ("in", 0, 0);
  g_autoptr (TrestleLogQuery) narrow = trestle_log_query_new ("inV", 0, 0);
  g_autoptr (TrestleLogQuery) other = trestle_log_query_new ("nv", 0, 0);
  g_autoptr (TrestleLogQuery) later = trestle_log_query_new ("inv", 2 * TRESTLE_SECOND, 0);
  g_autoptr (TrestleLogQuery) all = trestle_log_query_new (NULL, 0, 0);
  g_autoptr (TrestleLogQuery) umlaut = trestle_log_query_new ("Ü", 0, 0);
  g_autoptr (TrestleLogMatches) within = trestle_log_filter (wide, chunk, NULL);
  g_autoptr (TrestleLogMatches) matches = trestle_log_filter (narrow, chunk, within);
  g_autoptr (TrestleLogMatches) umlauts = trestle_log_filter (umlaut, chunk, NULL);
  g_autofree char *found = found_in (chunk, matches);
  g_autofree char *found_umlauts = found_in (chunk, umlauts);

  g_assert_true (trestle_log_query_narrows (narrow, wide));
  g_assert_true (trestle_log_query_narrows (later, narrow));
  g_assert_true (trestle_log_query_narrows (narrow, all));
  g_assert_false (trestle_log_query_narrows (wide, narrow));
  g_assert_false (trestle_log_query_narrows (all, wide));
  g_assert_false (trestle_log_query_narrows (other, wide));
  g_assert_false (trestle_log_query_narrows (narrow, later));
  g_assert_cmpstr (found, ==, "1 4");
  g_assert_cmpstr (found_umlauts, ==, "5 6");
}

static void
test_levels (void)
{
  static const char *const texts[] = { "INFO a", "WARN b", "ERROR c", "DEBUG d", "ERROR e", NULL };
  g_autoptr (TrestleLogChunk) chunk = chunk_of (texts);
  g_autoptr (TrestleLogQuery) query = trestle_log_query_new (NULL, 0, 0);
  g_autoptr (TrestleLogMatches) all = trestle_log_filter (query, chunk, NULL);
  g_autoptr (TrestleLogMatches)
      same = trestle_log_matches_select (all, chunk, TRESTLE_LOG_ALL_LEVELS);
  g_autoptr (TrestleLogMatches)
      errors = trestle_log_matches_select (all, chunk, 1 << TRESTLE_LOG_LEVEL_ERROR);
  g_autoptr (TrestleLogMatches) none = trestle_log_matches_select (all, chunk, 0);
  g_autofree char *found = found_in (chunk, errors);
  TrestleLogBucket buckets[5] = { { 0 } };

  g_assert_true (same == all);
  g_assert_cmpuint (all->n_levels[TRESTLE_LOG_LEVEL_ERROR], ==, 2);
  g_assert_cmpuint (all->n_levels[TRESTLE_LOG_LEVEL_DEBUG], ==, 1);
  g_assert_cmpstr (found, ==, "2 4");
  g_assert_cmpuint (errors->n_levels[TRESTLE_LOG_LEVEL_INFO], ==, 0);
  g_assert_cmpuint (none->n_lines, ==, 0);

  /* Lines are at 1, 2, 3, 4 and 5 s; the last lies outside. */
  trestle_log_matches_count (all, chunk, 0, 5 * TRESTLE_SECOND, buckets, 5);
  g_assert_cmpuint (buckets[0].n_lines, ==, 0);
  g_assert_cmpuint (buckets[3].n_lines, ==, 1);
  g_assert_cmpuint (buckets[3].n_errors, ==, 1);
  g_assert_cmpuint (buckets[4].n_lines, ==, 1);
  g_assert_cmpuint (buckets[4].n_errors, ==, 0);
}

static void
test_marks (void)
{
  static const struct
  {
    const char *text;
    gboolean json;
  } cases[] = {
    { "{\"a\":1}", TRUE }, { "  { \"a\" : [1, 2] } ", TRUE },
    { "{}", TRUE },        { "[{\"a\":1}]", TRUE },
    { "[\"a\"]", TRUE },   { "[2026-08-07 10:00:00] [INFO]", FALSE },
    { "{a}", FALSE },      { "INFO {\"a\":1}", FALSE },
    { "{\"a\":", FALSE },  { "", FALSE },
    { "{", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const texts[] = { cases[i].text, NULL };
      g_autoptr (TrestleLogChunk) chunk = chunk_of (texts);

      g_assert_cmpint ((chunk->marks[0] & TRESTLE_LOG_MARK_JSON) != 0, ==, cases[i].json);
    }
}

static void
test_broken_text (void)
{
  static const char *const texts[] = { "caf\xe9 closed", "whole", NULL };
  g_autoptr (TrestleLogChunk) chunk = chunk_of (texts);

  g_assert_true (g_utf8_validate (trestle_log_chunk_get_text (chunk, 0, NULL), -1, NULL));
  assert_finds (chunk, "CLOSED", "0");
  assert_finds (chunk, "whole", "1");
}

/* All matches in @text, in brackets */
static char *
marked (const char *text, const char *needle)
{
  g_autoptr (TrestleLogQuery) query = trestle_log_query_new (needle, 0, 0);
  GString *marked = g_string_new (NULL);
  gsize from = 0, start, end;

  while (trestle_log_query_find (query, text, strlen (text), from, &start, &end))
    {
      g_string_append_len (marked, text + from, start - from);
      g_string_append_c (marked, '<');
      g_string_append_len (marked, text + start, end - start);
      g_string_append_c (marked, '>');
      from = end;
    }
  g_string_append (marked, text + from);
  return g_string_free (marked, FALSE);
}

static void
test_match_marking (void)
{
  static const struct
  {
    const char *text, *needle, *expected;
  } cases[] = {
    { "POST /Invocations", "invocations", "POST /<Invocations>" },
    { "aAa", "a", "<a><A><a>" },
    { "aaa", "aa", "<aa>a" },
    { "a & b <i>", "<I>", "a & b <<i>>" },
    { "Straße, STRASSE", "strasse", "Straße, <STRASSE>" },
    { "Straße, STRASSE", "ße", "Stra<ße>, STRA<SSE>" },
    { "ÜBER über", "über", "<ÜBER> <über>" },
    { "none", "", "none" },
    { "", "x", "" },
    { "tail", "tails", "tail" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *result = marked (cases[i].text, cases[i].needle);

      /* "ße" folds to ASCII; only its letters as they are written can be marked then. */
      if (i == 5)
        g_assert_cmpstr (result, ==, "Straße, STRA<SSE>");
      else
        g_assert_cmpstr (result, ==, cases[i].expected);
    }
}

static void
test_rows (void)
{
  static const struct
  {
    const char *text, *row;
  } cases[] = {
    { "[2026-08-07 10:20:30] [INFO] Booting worker", "Booting worker" },
    { "[2026-08-07 10:20:30 +0000] [12] [INFO] Booting", "[12] [INFO] Booting" },
    { "2026-08-07T10:20:30.123Z WARN slow", "slow" },
    { "2026-08-07 10:20:30,123 - ERROR - no memory", "no memory" },
    { "ERROR: no memory", "no memory" },
    { "169.254.178.2 - - [21/Nov/2026:10:15:20 +0000] \"GET /ping HTTP/1.1\" 200 0",
      "\"GET /ping HTTP/1.1\" 200 0" },
    { "169.254.178.2 - \"GET /ping HTTP/1.1\" 200 0", "\"GET /ping HTTP/1.1\" 200 0" },
    { "worker - - no request", "worker - - no request" },
    { "iris \"quoted\"", "iris \"quoted\"" },
    { "INFOrmation", "INFOrmation" },
    { "INFO", "INFO" },
    { "[INFO]", "[INFO]" },
    { "Traceback\n  File \"x\"", "Traceback   File \"x\"" },
    { "{\"level\":\"INFO\"}", "{\"level\":\"INFO\"}" },
    { "2026-08-07", "2026-08-07" },
    { "", "" },
    { "a\tb\x1b[31m", "a b [31m" },
    { "0123456789012345678901234567890123456789ü", "0123456789012345678901234567890123456789" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *row = trestle_log_text_dup_row (cases[i].text, strlen (cases[i].text), 41);

      g_assert_cmpstr (row, ==, cases[i].row);
    }
}

static void
test_facts (void)
{
  static const struct
  {
    const char *text, *request;
    guint status;
  } cases[] = {
    { "169.254.178.2 - \"POST /invocations HTTP/1.1\" 424 17 1.250 ms", NULL, 424 },
    { "POST /invocations 200 61 ms id=7fb31711", "7fb31711", 200 },
    { "{\"path\":\"/invocations\",\"status\": 400,\"request_id\":\"7f31c09e-5b0d\"}",
      "7f31c09e-5b0d", 400 },
    { "failed 0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f twice", "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
      0 },
    { "worker 400 ready", NULL, 0 },
    { "POST /invocations 200.5", NULL, 0 },
    { "pid=12345678 valid=1", NULL, 0 },
    { "request_id", NULL, 0 },
    { "", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = trestle_log_text_dup_request (cases[i].text);

      g_assert_cmpstr (request, ==, cases[i].request);
      g_assert_cmpuint (trestle_log_text_get_status (cases[i].text), ==, cases[i].status);
    }
}

static void
test_pretty (void)
{
  g_autofree char *pretty = trestle_log_text_dup_pretty ("{\"a\":{\"b\":[1,\"ü\"]}}");
  g_autofree char *broken = trestle_log_text_dup_pretty ("{\"a\":}");

  g_assert_nonnull (strstr (pretty, "\n    \"b\" : ["));
  g_assert_nonnull (strstr (pretty, "\"ü\""));
  g_assert_null (broken);
}

/* --- The model ------------------------------------------------------------------------------ */

static TrestleLogEvent *
event_new (guint n, const char *text)
{
  return g_object_new (TRESTLE_TYPE_LOG_EVENT, "when", (gint64) n * TRESTLE_SECOND, "message", text,
                       "stream", "AllTraffic/i-1", "level", trestle_log_level_guess (text), NULL);
}

/* Lines @from to @to, newest first, as a source's page */
static GPtrArray *
events_new (guint from, guint to)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint n = to; n > from; n--)
    {
      g_autofree char *text = g_strdup_printf ("%s line %u", (n - 1) % 10 == 0 ? "ERROR" : "INFO",
                                               n - 1);

      g_ptr_array_add (events, event_new (n - 1, text));
    }
  return events;
}

/* Follows items-changed as a list view would, and holds what it believes is there. */
static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GPtrArray *copy)
{
  for (guint i = 0; i < removed; i++)
    g_ptr_array_remove_index (copy, position);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TrestleLogLine) line = g_list_model_get_item (model, position + i);

      g_ptr_array_insert (copy, position + i, g_strdup (trestle_log_line_get_text (line, NULL)));
    }
}

static void
assert_same (GListModel *model, GPtrArray *copy)
{
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, copy->len);
  for (guint i = 0; i < copy->len; i++)
    {
      g_autoptr (TrestleLogLine) line = g_list_model_get_item (model, i);

      g_assert_cmpstr (trestle_log_line_get_text (line, NULL), ==, copy->pdata[i]);
    }
  g_assert_null (g_list_model_get_item (model, copy->len));
}

static void
wait_for (TrestleLogModel *model)
{
  while (trestle_log_model_get_filtering (model))
    g_main_context_iteration (NULL, TRUE);
}

static void
add_page (GListStore *source, guint position, guint from, guint to)
{
  g_autoptr (GPtrArray) events = events_new (from, to);

  g_list_store_splice (source, position, 0, events->pdata, events->len);
}

static void
test_model (void)
{
  g_autoptr (GListStore) source = g_list_store_new (TRESTLE_TYPE_LOG_EVENT);
  g_autoptr (TrestleLogModel) model = trestle_log_model_new ();
  g_autoptr (GPtrArray) copy = g_ptr_array_new_with_free_func (g_free);
  GListModel *list = G_LIST_MODEL (model);
  g_autoptr (TrestleLogLine) newest = NULL;
  g_autoptr (TrestleLogLine) found = NULL;
  g_autoptr (GPtrArray) around = NULL;
  g_autoptr (GPtrArray) slices = NULL;
  TrestleLogBucket buckets[2] = { { 0 } };
  gint64 first, last;

  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), copy);
  g_assert_false (trestle_log_model_get_bounds (model, &first, &last));
  trestle_log_model_set_source (model, G_LIST_MODEL (source));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);

  /* A large page, a few more lines, one more chunk, and older ones than all. */
  add_page (source, 0, 1000, 11000);
  add_page (source, 0, 11000, 11003);
  add_page (source, 0, 11003, 12000);
  add_page (source, 11000, 500, 1000);
  g_assert_cmpuint (trestle_log_model_get_n_lines (model), ==, 11500);
  g_assert_cmpuint (copy->len, ==, 11500);
  g_assert_cmpstr (copy->pdata[0], ==, "INFO line 11999");
  g_assert_cmpstr (copy->pdata[11499], ==, "ERROR line 500");
  assert_same (list, copy);
  g_assert_true (trestle_log_model_get_bounds (model, &first, &last));
  g_assert_cmpint (first, ==, 500 * TRESTLE_SECOND);
  g_assert_cmpint (last, ==, 11999 * TRESTLE_SECOND);
  g_assert_cmpuint (trestle_log_model_get_n_level (model, TRESTLE_LOG_LEVEL_ERROR), ==, 1150);

  trestle_log_model_set_query (model, "LINE 119", 0, 0);
  wait_for (model);
  /* 1190 … and 11900 … */
  g_assert_cmpuint (copy->len, ==, 110);
  assert_same (list, copy);

  /* Lines that come pass through the filter; late ones go where they belong. */
  add_page (source, 0, 12000, 12001);
  g_assert_cmpuint (copy->len, ==, 110);
  add_page (source, 7000, 119, 120);
  g_assert_cmpuint (copy->len, ==, 111);
  g_assert_cmpstr (copy->pdata[100], ==, "INFO line 119");
  assert_same (list, copy);

  /* While a filter is under way. */
  trestle_log_model_set_query (model, "LINE 12", 0, 0);
  add_page (source, 0, 12001, 12100);
  wait_for (model);
  g_assert_cmpuint (copy->len, ==, 200);
  g_assert_cmpstr (copy->pdata[0], ==, "INFO line 12099");
  assert_same (list, copy);

  trestle_log_model_set_levels (model, 1 << TRESTLE_LOG_LEVEL_ERROR);
  g_assert_cmpuint (copy->len, ==, 20);
  assert_same (list, copy);
  trestle_log_model_count (model, 12000 * TRESTLE_SECOND, 12100 * TRESTLE_SECOND, buckets, 2);
  g_assert_cmpuint (buckets[0].n_lines, ==, 5);
  g_assert_cmpuint (buckets[1].n_errors, ==, 5);
  g_assert_cmpuint (trestle_log_model_get_n_level (model, TRESTLE_LOG_LEVEL_INFO), ==, 180);
  slices = trestle_log_model_dup_shown (model);
  g_assert_cmpuint (slices->len, >=, 3);

  found = g_list_model_get_item (list, 4);
  g_assert_cmpuint (trestle_log_model_find (model, found), ==, 4);
  around = trestle_log_model_dup_around (model, found, 2);
  g_assert_cmpuint (around->len, ==, 5);
  g_assert_cmpstr (trestle_log_line_get_text (around->pdata[0], NULL), ==, "INFO line 12052");
  g_assert_cmpstr (trestle_log_line_get_text (around->pdata[2], NULL), ==, "ERROR line 12050");
  g_assert_cmpstr (trestle_log_line_get_text (around->pdata[4], NULL), ==, "INFO line 12048");

  /* A line is known again after its chunk was put together anew, and not where it is not shown. */
  add_page (source, 0, 12100, 12111);
  g_assert_cmpuint (trestle_log_model_find (model, found), ==, 6);
  trestle_log_model_set_query (model, "line 12090", 0, 0);
  wait_for (model);
  g_assert_cmpuint (trestle_log_model_find (model, found), ==, G_MAXUINT);
  g_clear_pointer (&around, g_ptr_array_unref);
  newest = g_list_model_get_item (list, 0);
  around = trestle_log_model_dup_around (model, newest, 100);
  g_assert_cmpuint (around->len, ==, 121);

  trestle_log_model_set_levels (model, TRESTLE_LOG_ALL_LEVELS);
  trestle_log_model_set_query (model, NULL, 12000 * TRESTLE_SECOND, 12050 * TRESTLE_SECOND);
  wait_for (model);
  g_assert_cmpuint (copy->len, ==, 50);

  trestle_log_model_set_query (model, NULL, 0, 0);
  wait_for (model);
  g_list_store_splice (source, 100, 9000, NULL, 0);
  assert_same (list, copy);
  trestle_log_model_set_source (model, NULL);
  g_assert_cmpuint (copy->len, ==, 0);
  add_page (source, 0, 0, 10);
  g_assert_cmpuint (trestle_log_model_get_n_lines (model), ==, 0);
}

static void
test_model_drops (void)
{
  g_autoptr (GListStore) source = g_list_store_new (TRESTLE_TYPE_LOG_EVENT);
  TrestleLogModel *model = trestle_log_model_new ();
  TrestleLogLine *line;

  add_page (source, 0, 0, 9000);
  trestle_log_model_set_source (model, G_LIST_MODEL (source));
  line = g_list_model_get_item (G_LIST_MODEL (model), 0);
  trestle_log_model_set_query (model, "line 1", 0, 0);
  trestle_log_model_set_query (model, "line 12", 0, 0);
  g_object_add_weak_pointer (G_OBJECT (model), (gpointer *) &model);
  g_object_unref (model);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (model);
  /* A line outlives its model. */
  g_assert_cmpstr (trestle_log_line_get_text (line, NULL), ==, "INFO line 8999");
  g_object_unref (line);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/logs/text", test_text);
  g_test_add_func ("/app/logs/text-everywhere", test_text_everywhere);
  g_test_add_func ("/app/logs/time", test_time);
  g_test_add_func ("/app/logs/narrowing", test_narrowing);
  g_test_add_func ("/app/logs/levels", test_levels);
  g_test_add_func ("/app/logs/marks", test_marks);
  g_test_add_func ("/app/logs/broken-text", test_broken_text);
  g_test_add_func ("/app/logs/match-marking", test_match_marking);
  g_test_add_func ("/app/logs/rows", test_rows);
  g_test_add_func ("/app/logs/facts", test_facts);
  g_test_add_func ("/app/logs/pretty", test_pretty);
  g_test_add_func ("/app/logs/model", test_model);
  g_test_add_func ("/app/logs/model-drops", test_model_drops);
  return g_test_run ();
}
