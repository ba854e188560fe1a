/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-format.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"

char *
trestle_format_amount (const TrestleMoney *money)
{
  return money != NULL ? trestle_money_format (money, 2) : g_strdup ("–");
}

char *
trestle_format_hourly (const TrestleMoney *money)
{
  g_autofree char *amount = NULL;

  if (money == NULL)
    return g_strdup ("");

  amount = trestle_money_format (money, 2);
  /* Translators: a price an hour, "$0.53/h" */
  return g_strdup_printf (_ ("%s/h"), amount);
}

char *
trestle_format_duration (gint64 usec)
{
  gint64 seconds = usec / TRESTLE_SECOND;

  if (usec < TRESTLE_SECOND / 10)
    return g_strdup_printf (_ ("%d ms"), (int) (usec / 1000));
  if (usec < 10 * TRESTLE_SECOND)
    return g_strdup_printf (_ ("%.1f s"), usec / (double) TRESTLE_SECOND);
  if (seconds < 60)
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  if (seconds < 3600)
    return seconds % 60 != 0
               ? g_strdup_printf (_ ("%d min %d s"), (int) (seconds / 60), (int) (seconds % 60))
               : g_strdup_printf (_ ("%d min"), (int) (seconds / 60));
  if (seconds < 2 * 86400)
    return seconds / 60 % 60 != 0 ? g_strdup_printf (_ ("%d h %d min"), (int) (seconds / 3600),
                                                     (int) (seconds / 60 % 60))
                                  : g_strdup_printf (_ ("%d h"), (int) (seconds / 3600));
  return g_strdup_printf (g_dngettext (NULL, "%d day", "%d days", (gulong) (seconds / 86400)),
                          (int) (seconds / 86400));
}

static GDateTime *
local_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time);

  return utc != NULL ? g_date_time_to_local (utc) : g_date_time_new_now_local ();
}

/* Calendar days from today to @time: 0 today, 1 tomorrow, -1 yesterday. */
static int
days_from_today (GDateTime *time)
{
  g_autoptr (GDateTime) now = local_time (trestle_clock_now ());
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                  g_date_time_get_year (now));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (time), g_date_time_get_month (time),
                  g_date_time_get_year (time));
  return g_date_days_between (&a, &b);
}

char *
trestle_format_day (gint64 time)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autoptr (GDateTime) now = local_time (trestle_clock_now ());

  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: a day of this year, as g_date_time_format() takes it */
    return g_date_time_format (then, _ ("%-e %B"));
  /* Translators: a day of another year, as g_date_time_format() takes it */
  return g_date_time_format (then, _ ("%-e %B %Y"));
}

char *
trestle_format_moment (gint64 time)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autofree char *day = NULL;
  g_autofree char *clock = g_date_time_format (then, "%H:%M");

  switch (days_from_today (then))
    {
    case 0:
      return g_steal_pointer (&clock);
    case 1:
      return g_strdup_printf (_ ("tomorrow %s"), clock);
    case -1:
      return g_strdup_printf (_ ("yesterday %s"), clock);
    default:
      day = trestle_format_day (time);
      return g_strdup_printf ("%s %s", day, clock);
    }
}

char *
trestle_format_today (gint64 time)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autofree char *clock = g_date_time_format (then, "%H:%M");
  g_autofree char *day = NULL;

  switch (days_from_today (then))
    {
    case 0:
      return g_strdup_printf (_ ("Today %s"), clock);
    case 1:
      return g_strdup_printf (_ ("Tomorrow %s"), clock);
    default:
      day = trestle_format_day (time);
      return g_strdup_printf ("%s %s", day, clock);
    }
}

char *
trestle_format_ago (gint64 time)
{
  gint64 minutes = (trestle_clock_now () - time) / TRESTLE_MINUTE;

  if (minutes < 1)
    return g_strdup (_ ("just now"));
  if (minutes < 60)
    return g_strdup_printf (_ ("%d min ago"), (int) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (_ ("%d h ago"), (int) (minutes / 60));
  return trestle_format_day (time);
}

char *
trestle_format_clock (gint64 time, gboolean millis)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autofree char *clock = g_date_time_format (then, "%H:%M:%S");

  if (!millis)
    return g_steal_pointer (&clock);
  return g_strdup_printf ("%s.%03d", clock, g_date_time_get_microsecond (then) / 1000);
}

char *
trestle_format_account (const char *number)
{
  if (number == NULL)
    return g_strdup ("");
  if (strlen (number) != 12)
    return g_strdup (number);
  return g_strdup_printf ("%.4s-%.4s-%s", number, number + 4, number + 8);
}

char *
trestle_format_count (gint64 n)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  gsize length = strlen (plain);
  GString *grouped = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0 && plain[i - 1] != '-')
        /* Translators: what groups the digits of a large number */
        g_string_append (grouped, C_ ("digit grouping", ","));
      g_string_append_c (grouped, plain[i]);
    }
  return g_string_free (grouped, FALSE);
}

/* Closures get the object the template belongs to first or last; each takes what it needs. */

static char *
format_hourly (GObject *self, const TrestleMoney *money)
{
  return trestle_format_hourly (money);
}

static char *
format_amount (GObject *self, const TrestleMoney *money)
{
  return trestle_format_amount (money);
}

static char *
format_ago (GObject *self, gint64 time)
{
  return time > 0 ? trestle_format_ago (time) : g_strdup ("");
}

static char *
format_moment (GObject *self, gint64 time)
{
  return time > 0 ? trestle_format_moment (time) : g_strdup ("");
}

static char *
format_account (GObject *self, const char *number)
{
  return trestle_format_account (number);
}

static char *
format_count (GObject *self, guint n)
{
  return trestle_format_count (n);
}

static gboolean
format_has_text (GObject *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
format_not (GObject *self, gboolean value)
{
  return !value;
}

void
trestle_format_bind (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, format_hourly);
  gtk_widget_class_bind_template_callback (klass, format_amount);
  gtk_widget_class_bind_template_callback (klass, format_ago);
  gtk_widget_class_bind_template_callback (klass, format_moment);
  gtk_widget_class_bind_template_callback (klass, format_account);
  gtk_widget_class_bind_template_callback (klass, format_count);
  gtk_widget_class_bind_template_callback (klass, format_has_text);
  gtk_widget_class_bind_template_callback (klass, format_not);
}
