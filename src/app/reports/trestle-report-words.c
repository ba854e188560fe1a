/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-words.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"

gboolean
trestle_report_group_is_time (TrestleReportGroup group)
{
  return group == TRESTLE_REPORT_GROUP_MONTH || group == TRESTLE_REPORT_GROUP_DAY;
}

gboolean
trestle_report_is_running (TrestleReport *report, TrestleReportRow *row)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *month = g_date_time_format (now, "%Y-%m");

  return trestle_report_get_group (report) == TRESTLE_REPORT_GROUP_MONTH
         && g_str_equal (trestle_report_row_get_key (row), month);
}

char *
trestle_report_chart_dup_name (TrestleReport *report, TrestleReportRow *row)
{
  TrestleReportGroup group = trestle_report_get_group (report);
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) known = NULL;
  int year = 0, month = 0, day = 1;

  if (!trestle_report_group_is_time (group)
      || sscanf (trestle_report_row_get_key (row), "%d-%d-%d", &year, &month, &day) < 2)
    return g_strdup (trestle_report_row_get_label (row));
  date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (date == NULL)
    return g_strdup (trestle_report_row_get_label (row));
  if (trestle_report_is_running (report, row))
    known = g_date_time_new_from_unix_utc (trestle_report_get_as_of (report) / TRESTLE_SECOND);
  if (known != NULL && g_date_time_get_month (known) == month)
    /* Translators: the running month of a report, up to when it is known */
    return g_date_time_format (known, _ ("%B, to %-e %b"));
  /* Translators: a month, and a day, of a report */
  return g_date_time_format (date,
                             group == TRESTLE_REPORT_GROUP_MONTH ? _ ("%B %Y") : _ ("%-e %B %Y"));
}

void
trestle_report_chart_colour (guint series, gboolean dark, GdkRGBA *colour)
{
  static const char *const hues[][2] = {
    { "#3584e4", "#62a0ea" }, { "#2190a4", "#4fc3d6" }, { "#d56199", "#e88ab8" },
    { "#3a944a", "#57e389" }, { "#c88800", "#f5c211" }, { "#6f8396", "#a3b4c4" },
  };

  gdk_rgba_parse (colour, hues[MIN (series, G_N_ELEMENTS (hues) - 1)][dark]);
}
