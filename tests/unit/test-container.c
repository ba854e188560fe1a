/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "domain/trestle-container-check.h"
#include "domain/trestle-container-fields.h"
#include "domain/trestle-container-ping.h"
#include "domain/trestle-container-report.h"
#include "domain/trestle-container-rules.h"
#include "domain/trestle-container-scan.h"
#include "domain/trestle-container-table.h"

static void
test_table (void)
{
  for (guint i = 0; i < TRESTLE_N_CONTAINER_CHECKS; i++)
    {
      const TrestleContainerRow *row = trestle_container_row ((TrestleContainerCheckId) i);
      g_autoptr (TrestleContainerCheck) check = trestle_container_check_new (
          (TrestleContainerCheckId) i, TRESTLE_CHECK_STATE_FAILED, NULL, NULL, NULL);

      g_assert_nonnull (row->id);
      g_assert_cmpuint (strlen (row->asks), >, 0);
      g_assert_cmpuint (strlen (row->remedy), >, 0);
      g_assert_cmpint (trestle_container_find (row->id), ==, i);
      g_assert_cmpstr (trestle_container_check_get_remedy (check), ==, row->remedy);
    }
  g_assert_cmpint (trestle_container_find ("no-such-check"), ==, TRESTLE_N_CONTAINER_CHECKS);
}

static void
test_fields (void)
{
  static const char *const fields[] = { "species", "score", NULL };
  static const struct
  {
    const char *type;
    const char *body;
    gboolean told;
    const char *missing;
  } cases[] = {
    { "application/json", "{\"predictions\":[{\"species\":\"x\",\"more\":{\"score\":1}}]}", TRUE,
      NULL },
    { "application/json; charset=utf-8", "[{\"species\":null}]", TRUE, "score" },
    { "application/json", "3", TRUE, "species" },
    { "application/json", "{\"species\"", FALSE, NULL },
    { "application/json", "", FALSE, NULL },
    { "text/csv", "species,score\n", FALSE, NULL },
    { NULL, "{}", FALSE, NULL },
    { "application/jsonlines", "{\"species\":1,\"score\":2}\n\n{\"score\":1}\n", TRUE, "species" },
    { "application/jsonlines", "{\"species\":1,\"score\":2}\n", TRUE, NULL },
    { "application/jsonlines", "\n\n", FALSE, NULL },
    { "application/jsonlines", "{\"species\":1,\"score\":2}\nno\n", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (cases[i].body, strlen (cases[i].body));
      const char *missing = "untouched";

      g_assert_cmpint (trestle_container_fields_judge (cases[i].type, body, fields, &missing), ==,
                       cases[i].told);
      if (cases[i].told)
        g_assert_cmpstr (missing, ==, cases[i].missing);
    }
}

/* Both scanners' forms, and what is neither. */
static void
test_scan (void)
{
  static const struct
  {
    const char *json;
    guint critical;
    guint high;
    const char *first;
  } cases[] = {
    { "{\"Results\":[{\"Target\":\"os\",\"Vulnerabilities\":[{\"VulnerabilityID\":\"CVE-2026-1\","
      "\"PkgName\":\"openssl\",\"InstalledVersion\":\"3.0.1\",\"FixedVersion\":\"3.0.9\","
      "\"Severity\":\"HIGH\"},{\"VulnerabilityID\":\"CVE-2026-2\",\"PkgName\":\"zlib\","
      "\"Severity\":\"MEDIUM\"}]},{\"Target\":\"app\"},{\"Vulnerabilities\":null}]}",
      0, 1, "CVE-2026-1 in openssl 3.0.1, mended in 3.0.9" },
    { "{\"matches\":[{\"vulnerability\":{\"id\":\"CVE-2026-3\",\"severity\":\"Critical\","
      "\"fix\":{\"versions\":[],\"state\":\"not-fixed\"}},\"artifact\":{\"name\":\"bash\","
      "\"version\":\"5.2\"}},{\"vulnerability\":{\"severity\":\"Negligible\"}}]}",
      1, 0, "CVE-2026-3 in bash 5.2" },
    { "{\"matches\":[]}", 0, 0, NULL },
    { "{\"SchemaVersion\":2,\"ArtifactName\":\"x\"}", 0, 0, NULL },
  };
  static const char *const wrong[] = { "",
                                       "[]",
                                       "{}",
                                       "{\"Results\":{}}",
                                       "{\"matches\":[1]}",
                                       "{\"Results\":[{\"Vulnerabilities\":[{\"Severity\":3}]}]}" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleContainerScan)
          scan = trestle_container_scan_read (cases[i].json, strlen (cases[i].json), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (scan->critical, ==, cases[i].critical);
      g_assert_cmpuint (scan->high, ==, cases[i].high);
      g_assert_cmpuint (scan->names->len, ==, cases[i].first != NULL ? 1 : 0);
      if (cases[i].first != NULL)
        g_assert_cmpstr (scan->names->pdata[0], ==, cases[i].first);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (trestle_container_scan_read (wrong[i], strlen (wrong[i]), &error));
      g_assert_nonnull (error);
    }
}

static void
test_metering (void)
{
  static const struct
  {
    const char *header;
    gint64 units; /* 0: wrong */
  } cases[] = {
    { "{\"Dimension\": \"inference.count\", \"ConsumedUnits\": 3}", 3 },
    { "{\"ConsumedUnits\": 1, \"Dimension\": \"inference.count\", \"More\": []}", 1 },
    { "{\"Dimension\": \"inference.count\", \"ConsumedUnits\": 0}", 0 },
    { "{\"Dimension\": \"inference.count\", \"ConsumedUnits\": -3}", 0 },
    { "{\"Dimension\": \"inference.count\", \"ConsumedUnits\": 1.5}", 0 },
    { "{\"Dimension\": \"inference.count\", \"ConsumedUnits\": \"3\"}", 0 },
    { "{\"Dimension\": \"inference.count\", \"ConsumedUnits\": true}", 0 },
    { "{\"Dimension\": \"inference.count\", \"ConsumedUnits\": null}", 0 },
    { "{\"Dimension\": \"inference.count\"}", 0 },
    { "{\"Dimension\": \"tokens\", \"ConsumedUnits\": 3}", 0 },
    { "{\"Dimension\": [\"inference.count\"], \"ConsumedUnits\": 3}", 0 },
    { "[3]", 0 },
    { "3", 0 },
    { "", 0 },
    { "{", 0 },
    { "inference.count=3", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 units;
      g_autofree char *fault = trestle_container_check_metering (cases[i].header, &units);

      if (cases[i].units > 0)
        {
          g_assert_null (fault);
          g_assert_cmpint (units, ==, cases[i].units);
        }
      else
        {
          g_assert_nonnull (fault);
        }
    }
}

static void
test_parameters (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
    gboolean multi;
  } cases[] = {
    { "{\"MaxConcurrentTransforms\": 8, \"BatchStrategy\": \"SINGLE_RECORD\", "
      "\"MaxPayloadInMB\": 6}",
      TRUE, FALSE },
    { "{\"BatchStrategy\": \"MULTI_RECORD\"}", TRUE, TRUE },
    { "{}", TRUE, TRUE },
    { "{\"BatchStrategy\": \"MultiRecord\"}", FALSE, TRUE },
    { "{\"BatchStrategy\": 1}", FALSE, TRUE },
    { "{\"MaxPayloadInMB\": \"6\"}", FALSE, TRUE },
    { "{\"MaxPayloadInMB\": -1}", FALSE, TRUE },
    { "[]", FALSE, TRUE },
    { "", FALSE, TRUE },
  };
  g_autofree char *deep = g_strnfill (100000, '[');
  gboolean multi;
  g_autofree char *fault = trestle_container_check_parameters (deep, strlen (deep), &multi);

  g_assert_nonnull (fault);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = trestle_container_check_parameters (cases[i].text,
                                                                  strlen (cases[i].text), &multi);

      g_assert_cmpint (said == NULL, ==, cases[i].good);
      if (cases[i].good)
        g_assert_cmpint (multi, ==, cases[i].multi);
    }
}

static void
test_records (void)
{
  static const struct
  {
    const char *text;
    guint n;
  } cases[] = {
    { "1\n2\n3\n", 3 },
    { "1\n\n2", 2 },
    { " \n", 0 },
    { "", 0 },
    { "[1, 2, 3]", 3 },
    { "{\"model\": \"a\", \"predictions\": [1, 2]}", 2 },
    { "{\"class\": \"setosa\"}", 1 },
    { "{\"a\": 1}\n{\"a\": 2}\n", 2 },
  };
  static const char *const lines[] = { "1,2\n3,4\n", "a,b\n1,2\n3,4\n", "{\"a\": 1}\r\n" };
  static const char *const repeated[] = { "1,2\n3,4\n1,2\n", "1,2\n3,4\n1,2\n",
                                          "{\"a\": 1}\n{\"a\": 1}\n{\"a\": 1}\n" };
  g_autoptr (GBytes) empty = g_bytes_new_static ("\n \n", 3);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (trestle_container_count_records (cases[i].text, strlen (cases[i].text)), ==,
                      cases[i].n);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new_static (lines[i], strlen (lines[i]));
      g_autoptr (GBytes) body = trestle_container_repeat_records (text, 3);
      g_autoptr (GBytes) expected = g_bytes_new_static (repeated[i], strlen (repeated[i]));

      g_assert_true (g_bytes_equal (body, expected));
    }
  g_assert_null (trestle_container_repeat_records (empty, 3));
}

static void
test_types (void)
{
  g_assert_true (
      trestle_container_type_matches ("application/json; charset=utf-8", "application/json"));
  g_assert_true (trestle_container_type_matches ("Image/PNG", "image/*"));
  g_assert_true (trestle_container_type_matches ("text/csv", "*/*"));
  g_assert_false (trestle_container_type_matches ("image/png", "image/p"));
  g_assert_false (trestle_container_type_matches ("text/csv", "text/plain"));
  g_assert_false (trestle_container_type_matches ("", "text/*"));
}

static void
test_times (void)
{
  static const struct
  {
    gint64 usec;
    const char *text;
  } cases[] = { { -1, "–" },           { 0, "under 1 ms" }, { 38200, "38 ms" },
                { 999400, "999 ms" },  { 999600, "1.0 s" }, { 4200000, "4.2 s" },
                { 480000000, "8 min" } };
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = trestle_container_format_time (cases[i].usec);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_cmpint (trestle_container_percentile (values, 50), ==, -1);
  for (gint64 i = 100; i > 0; i--)
    g_array_append_val (values, i);
  g_assert_cmpint (trestle_container_percentile (values, 50), ==, 50);
  g_assert_cmpint (trestle_container_percentile (values, 95), ==, 95);
  g_assert_cmpint (trestle_container_percentile (values, 100), ==, 100);
  g_assert_cmpint (g_array_index (values, gint64, 0), ==, 100);
}

static TrestleContainerResult *
make_result (TrestleContainerCheckId id, TrestleCheckState state, gboolean stopped)
{
  g_autoptr (GListStore) checks = g_list_store_new (TRESTLE_TYPE_CONTAINER_CHECK);
  g_autoptr (GListStore) pings = g_list_store_new (TRESTLE_TYPE_CONTAINER_PING);
  g_autoptr (TrestleContainerCheck) check = trestle_container_check_new (
      id, state, "Looked <b>odd</b> & [so](http://x)", "38 ms", "first line\n## second");
  g_autoptr (TrestleContainerPing)
      ping = g_object_new (TRESTLE_TYPE_CONTAINER_PING, "at", (gint64) 1000000, "latency",
                           (gint64) 38250, "status", (gint64) 200, "phase", "load", NULL);

  g_list_store_append (checks, check);
  g_list_store_append (pings, ping);
  return g_object_new (TRESTLE_TYPE_CONTAINER_RESULT, "target", "weld-inspector:0.3", "engine",
                       "Podman 5.4", "started", (gint64) 1780000000000000, "duration",
                       (gint64) 134000000, "stopped", stopped, "checks", checks, "pings", pings,
                       "ready", (gint64) 4200000, "image-size", (gint64) 1900000000, NULL);
}

/* As the kernel and the engines tell it. */
static void
test_surroundings (void)
{
  static const char snmp[] = "Ip: Forwarding DefaultTTL InReceives OutRequests OutNoRoutes\n"
                             "Ip: 2 64 120 120 3\nIcmp: InMsgs\nIcmp: 0\n";
  static const char snmp6[] =
      "Ip6InReceives \t0\nIp6OutNoRoutes                  \t7\nIcmp6InMsgs 0\n";
  static const char changes[] =
      "[{\"Path\": \"/etc\", \"Kind\": 0}, {\"Path\": \"/tmp/x\", \"Kind\": 1},"
      " {\"Path\": \"/run/secrets\", \"Kind\": 1}, {\"Path\": \"/root\", \"Kind\": 0},"
      " {\"Path\": \"/root/.cache\", \"Kind\": 1}, {\"Path\": \"/root/.cache/x\", \"Kind\": 1},"
      " {\"Path\": \"/tmpfile\", \"Kind\": 1}, {\"Path\": 3}, 4]";
  g_autoptr (JsonNode) node = json_from_string (changes, NULL);
  g_autoptr (JsonNode) other = json_from_string ("{}", NULL);
  g_autoptr (GPtrArray) writes = trestle_container_find_writes (node);
  g_autoptr (GPtrArray) none = trestle_container_find_writes (other);

  g_assert_cmpint (trestle_container_count_unroutable (snmp), ==, 3);
  g_assert_cmpint (trestle_container_count_unroutable (snmp6), ==, 7);
  g_assert_cmpint (trestle_container_count_unroutable ("Ip: Forwarding\nIp: 2\n"), ==, -1);
  g_assert_cmpint (trestle_container_count_unroutable (""), ==, -1);
  g_assert_cmpuint (writes->len, ==, 2);
  g_assert_cmpstr (writes->pdata[0], ==, "/root/.cache/x");
  g_assert_cmpstr (writes->pdata[1], ==, "/tmpfile");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_verdict (void)
{
  static const struct
  {
    TrestleContainerCheckId id;
    TrestleCheckState state;
    gboolean stopped;
    TrestleContainerVerdict verdict;
  } cases[] = {
    { TRESTLE_CHECK_PING, TRESTLE_CHECK_STATE_PASSED, FALSE, TRESTLE_CONTAINER_VERDICT_PASSED },
    { TRESTLE_CHECK_PING, TRESTLE_CHECK_STATE_FAILED, FALSE, TRESTLE_CONTAINER_VERDICT_FAILED },
    { TRESTLE_CHECK_PING, TRESTLE_CHECK_STATE_FAILED, TRUE, TRESTLE_CONTAINER_VERDICT_FAILED },
    { TRESTLE_CHECK_PING, TRESTLE_CHECK_STATE_SKIPPED, TRUE, TRESTLE_CONTAINER_VERDICT_STOPPED },
    { TRESTLE_CHECK_UNKNOWN_PATH, TRESTLE_CHECK_STATE_FAILED, FALSE,
      TRESTLE_CONTAINER_VERDICT_WARNINGS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TrestleContainerResult)
          result = make_result (cases[i].id, cases[i].state, cases[i].stopped);

      g_assert_cmpint (trestle_container_verdict (result), ==, cases[i].verdict);
    }
}

static void
test_report (void)
{
  g_autoptr (TrestleContainerResult)
      result = make_result (TRESTLE_CHECK_PING, TRESTLE_CHECK_STATE_FAILED, FALSE);
  g_autoptr (JsonNode) node = trestle_container_result_to_json (result);
  g_autofree char *text = trestle_json_to_string (node, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleContainerResult) read = trestle_container_result_from_json (text, -1, &error);
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *other = NULL;
  g_autofree char *markdown = trestle_container_result_to_markdown (result);

  g_assert_no_error (error);
  again = trestle_container_result_to_json (read);
  other = trestle_json_to_string (again, FALSE);
  g_assert_cmpstr (text, ==, other);
  g_assert_cmpint (trestle_container_result_get_ready (read), ==, 4200000);
  g_assert_cmpint (trestle_container_result_get_memory_peak (read), ==, -1);
  g_assert_cmpint (trestle_container_slowest_ping (read), ==, 39000);
  /* What a container says is text, never a heading, a link or an element. */
  g_assert_null (strstr (markdown, "\n## second"));
  g_assert_null (strstr (markdown, "<b>"));
  g_assert_null (strstr (markdown, "[so]("));
  g_assert_nonnull (strstr (markdown, "weld-inspector:0.3"));
}

static void
test_report_hostile (void)
{
  static const char *const texts[] = {
    "",
    "{}",
    "[]",
    "null",
    "{\"target\": 1}",
    "{\"target\": \"a\", \"checks\": 3}",
    "{\"target\": \"a\", \"checks\": [3]}",
    "{\"target\": \"a\", \"checks\": [{\"id\": \"ping\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleContainerResult)
          result = trestle_container_result_from_json (texts[i], -1, &error);

      g_assert_null (result);
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/container/table", test_table);
  g_test_add_func ("/container/fields", test_fields);
  g_test_add_func ("/container/scan", test_scan);
  g_test_add_func ("/container/metering", test_metering);
  g_test_add_func ("/container/parameters", test_parameters);
  g_test_add_func ("/container/records", test_records);
  g_test_add_func ("/container/types", test_types);
  g_test_add_func ("/container/times", test_times);
  g_test_add_func ("/container/surroundings", test_surroundings);
  g_test_add_func ("/container/verdict", test_verdict);
  g_test_add_func ("/container/report", test_report);
  g_test_add_func ("/container/report-hostile", test_report_hostile);
  return g_test_run ();
}
