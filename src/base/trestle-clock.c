/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-clock.h"

#include <stdio.h>

gint64
trestle_clock_now (void)
{
  return g_get_real_time ();
}

static char *
format (gint64 time, const char *pattern)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / TRESTLE_SECOND);

  return date ? g_date_time_format (date, pattern) : g_strdup ("");
}

char *
trestle_clock_format_amz (gint64 time)
{
  return format (time, "%Y%m%dT%H%M%SZ");
}

char *
trestle_clock_format_iso (gint64 time)
{
  return format (time, "%Y-%m-%dT%H:%M:%SZ");
}

/* "Fri, 07 Aug 2026 06:15:00 GMT"; the month's name is English whatever the locale. */
static GDateTime *
parse_http_date (const char *text)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  int hour, minute;
  double second;

  if (g_strv_length (parts) != 6 || !g_str_equal (parts[5], "GMT")
      || sscanf (parts[4], "%2d:%2d:%6lf", &hour, &minute, &second) != 3)
    return NULL;
  for (int month = 0; month < 12; month++)
    if (g_str_equal (parts[2], months[month]))
      return g_date_time_new_utc ((int) g_ascii_strtoll (parts[3], NULL, 10), month + 1,
                                  (int) g_ascii_strtoll (parts[1], NULL, 10), hour, minute, second);
  return NULL;
}

gboolean
trestle_clock_parse (const char *text, gint64 *time)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL)
    return FALSE;
  date = g_date_time_new_from_iso8601 (text, utc);
  if (date == NULL)
    date = parse_http_date (text);
  if (date == NULL)
    return FALSE;
  *time = g_date_time_to_unix (date) * TRESTLE_SECOND + g_date_time_get_microsecond (date);
  return TRUE;
}

gboolean
trestle_clock_parse_duration (const char *text, gint64 *duration)
{
  gint64 sum = 0;

  if (text == NULL || *text == '\0')
    return FALSE;
  while (*text != '\0')
    {
      char *end;
      guint64 count;
      gint64 unit;

      if (!g_ascii_isdigit (*text))
        return FALSE;
      count = g_ascii_strtoull (text, &end, 10);
      switch (*end)
        {
        case 's':
          unit = TRESTLE_SECOND;
          break;
        case 'm':
        case '\0':
          unit = TRESTLE_MINUTE;
          break;
        case 'h':
          unit = TRESTLE_HOUR;
          break;
        case 'd':
          unit = TRESTLE_DAY;
          break;
        default:
          return FALSE;
        }
      if (count > 36500 * 24 * 60)
        return FALSE;
      sum += (gint64) count * unit;
      text = *end == '\0' ? end : end + 1;
    }
  *duration = sum;
  return sum > 0;
}

gboolean
trestle_clock_parse_days (const char *text, guint *days)
{
  char *end;
  guint64 count;

  if (text == NULL || text[0] != 'P' || !g_ascii_isdigit (text[1]))
    return FALSE;
  count = g_ascii_strtoull (text + 1, &end, 10);
  if (count > 36500 || *end == '\0' || end[1] != '\0')
    return FALSE;
  switch (*end)
    {
    case 'D':
      *days = (guint) count;
      return TRUE;
    case 'W':
      *days = (guint) count * 7;
      return TRUE;
    case 'M':
      *days = (guint) count * 30;
      return TRUE;
    case 'Y':
      *days = (guint) count * 365;
      return TRUE;
    default:
      return FALSE;
    }
}
