/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/trestle-clock.h"
#include "base/trestle-paths.h"

static void
test_parse (void)
{
  static const char *const same[] = { "2026-08-07T06:15:00Z", "20260807T061500Z",
                                      "Fri, 07 Aug 2026 06:15:00 GMT",
                                      "2026-08-07T08:15:00+02:00" };
  gint64 time;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_assert_true (trestle_clock_parse (same[i], &time));
      g_assert_cmpint (time, ==, 1786083300 * TRESTLE_SECOND);
    }
  g_assert_false (trestle_clock_parse ("yesterday", &time));
  g_assert_false (trestle_clock_parse ("", &time));
  g_assert_false (trestle_clock_parse (NULL, &time));
}

static void
test_format (void)
{
  g_autofree char *amz = trestle_clock_format_amz (1786083300 * TRESTLE_SECOND);
  g_autofree char *iso = trestle_clock_format_iso (1786083300 * TRESTLE_SECOND);

  g_assert_cmpstr (amz, ==, "20260807T061500Z");
  g_assert_cmpstr (iso, ==, "2026-08-07T06:15:00Z");
}

static void
test_durations (void)
{
  gint64 time;
  guint days;

  g_assert_true (trestle_clock_parse_duration ("1h30m", &time));
  g_assert_cmpint (time, ==, 90 * TRESTLE_MINUTE);
  g_assert_true (trestle_clock_parse_duration ("45", &time));
  g_assert_cmpint (time, ==, 45 * TRESTLE_MINUTE);
  g_assert_false (trestle_clock_parse_duration ("0h", &time));
  g_assert_false (trestle_clock_parse_duration ("h", &time));
  g_assert_false (trestle_clock_parse_duration ("-1h", &time));
  g_assert_false (trestle_clock_parse_duration ("99999999999999999999d", &time));
  g_assert_true (trestle_clock_parse_days ("P14D", &days));
  g_assert_cmpuint (days, ==, 14);
  g_assert_false (trestle_clock_parse_days ("14", &days));
}

static void
test_slug (void)
{
  static const struct
  {
    const char *title, *slug;
  } cases[] = { { "Iris Classifier", "iris-classifier" },
                { "  Ärger's — Fall 2 ", "argers-fall-2" },
                { "A/B (beta)", "a-b-beta" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *slug = trestle_slug (cases[i].title);
      g_assert_cmpstr (slug, ==, cases[i].slug);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/parse", test_parse);
  g_test_add_func ("/base/clock/format", test_format);
  g_test_add_func ("/base/clock/durations", test_durations);
  g_test_add_func ("/base/slug", test_slug);
  return g_test_run ();
}
