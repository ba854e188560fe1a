/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "workbench/trestle-log-feed.h"

/* While following: often while lines come, seldom when it is quiet. */
#define POLL_FAST_MS 1000
#define POLL_SLOW_MS 10000

static void
print_event (TrestleCli *cli, TrestleLogEvent *event)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *when = NULL;

  if (cli->json)
    {
      trestle_cli_print_json (trestle_cli_json_log_event (event), TRUE);
      return;
    }
  date = g_date_time_new_from_unix_local (trestle_log_event_get_when (event) / TRESTLE_SECOND);
  when = date ? g_date_time_format (date, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
  printf ("%s.%03d  %s\n", when, (int) (trestle_log_event_get_when (event) % TRESTLE_SECOND / 1000),
          trestle_log_event_get_message (event));
}

/* The feed is newest first; a terminal reads downwards. */
static void
print_newest (TrestleCli *cli, TrestleLogFeed *feed, guint n)
{
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (TrestleLogEvent) event = g_list_model_get_item (G_LIST_MODEL (feed), i - 1);

      print_event (cli, event);
    }
  fflush (stdout);
}

DexFuture *
trestle_cli_logs (TrestleCli *cli, char **argv)
{
  g_autofree char *group = NULL, *since_text = NULL, *pattern = NULL;
  gboolean follow = FALSE, missing;
  gint64 since = TRESTLE_HOUR;
  guint delay = POLL_FAST_MS;
  const GOptionEntry entries[] = {
    { "group", 0, 0, G_OPTION_ARG_STRING, &group, N_ ("A log group in place of an endpoint"),
      "GROUP" },
    { "since", 0, 0, G_OPTION_ARG_STRING, &since_text, N_ ("How far back: 1h (default), 30m, 2d"),
      "TIME" },
    { "filter", 0, 0, G_OPTION_ARG_STRING, &pattern, N_ ("A CloudWatch filter pattern"),
      "PATTERN" },
    { "follow", 0, 0, G_OPTION_ARG_NONE, &follow, N_ ("Go on with what comes"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 0, 1, &error);
  g_autoptr (TrestleLogFeed) feed = NULL;

  if (args == NULL)
    return trestle_cli_fail (&error);
  if ((group == NULL) == (args[0] == NULL))
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("Name an endpoint, or a log group with --group"));
  if (since_text != NULL && !trestle_clock_parse_duration (since_text, &since))
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("--since takes a time such as 1h, 30m or 2d"));
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  if (group == NULL)
    group = trestle_log_group_for_endpoint (args[0]);

  feed = trestle_log_feed_new (cli->session, group, trestle_clock_now () - since, pattern);
  if (!dex_await (trestle_log_feed_load (feed), &error))
    return trestle_cli_fail (&error);
  g_object_get (feed, "missing", &missing, NULL);
  if (missing && !follow)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                  _ ("There is no log group %s yet; it appears with the first "
                                     "output of the container"),
                                  group);
  if (cli->json && !follow)
    {
      g_autoptr (GListStore) oldest_first = g_list_store_new (TRESTLE_TYPE_LOG_EVENT);

      for (guint i = g_list_model_get_n_items (G_LIST_MODEL (feed)); i > 0; i--)
        {
          g_autoptr (GObject) event = g_list_model_get_item (G_LIST_MODEL (feed), i - 1);

          g_list_store_append (oldest_first, event);
        }
      trestle_cli_print_items (G_LIST_MODEL (oldest_first), trestle_cli_json_log_event);
      return dex_future_new_for_boolean (TRUE);
    }
  print_newest (cli, feed, g_list_model_get_n_items (G_LIST_MODEL (feed)));
  while (follow)
    {
      int n;

      dex_await (dex_timeout_new_msec ((int) delay), NULL);
      n = dex_await_int (trestle_log_feed_poll (feed), &error);
      if (error != NULL)
        return trestle_cli_fail (&error);
      print_newest (cli, feed, (guint) n);
      delay = n > 0 ? POLL_FAST_MS : MIN (delay * 2, POLL_SLOW_MS);
    }
  return dex_future_new_for_boolean (TRUE);
}
