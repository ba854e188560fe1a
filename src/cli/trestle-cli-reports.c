/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "cli/trestle-cli-report.h"
#include "domain/trestle-report-data-set.h"

static JsonNode *
json_part (gpointer item)
{
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "feed", trestle_report_part_get_feed (item));
  trestle_cli_set_string (o, "month", trestle_report_part_get_month (item));
  trestle_cli_set_string (o, "source", trestle_report_part_get_source (item));
  json_object_set_int_member (o, "rows", trestle_report_part_get_rows (item));
  json_object_set_int_member (o, "bytes", trestle_report_part_get_bytes (item));
  trestle_cli_set_time (o, "read", trestle_report_part_get_read (item));
  return trestle_cli_take_object (o);
}

static void
print_list_json (TrestleReports *reports)
{
  JsonObject *o = json_object_new ();
  JsonArray *items = json_array_new ();

  for (guint kind = 0; kind <= TRESTLE_REPORT_KIND_REF_TAGS; kind++)
    {
      const TrestleReportInfo *info = trestle_report_info (kind);
      JsonObject *item = json_object_new ();
      JsonArray *groups = json_array_new ();

      json_object_set_string_member (item, "report", info->name);
      json_object_set_string_member (item, "title", _ (info->title));
      json_object_set_string_member (item, "summary", _ (info->summary));
      trestle_cli_set_string (item, "ended", info->ended != NULL ? _ (info->ended) : NULL);
      for (guint g = 0; g <= TRESTLE_REPORT_GROUP_JURISDICTION; g++)
        if (trestle_report_info_has_group (info, g))
          json_array_add_string_element (groups, trestle_cli_report_group_name (g));
      json_object_set_array_member (item, "by", groups);
      json_array_add_object_element (items, item);
    }
  json_object_set_array_member (o, "items", items);
  trestle_cli_set_string (o, "bucket", trestle_reports_get_bucket (reports));
  trestle_cli_set_string (o, "prefix", trestle_reports_get_prefix (reports));
  trestle_cli_set_time (o, "read", trestle_reports_get_read (reports));
  trestle_cli_set_items (o, "parts", trestle_reports_get_parts (reports), json_part);
  trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
}

static void
print_list (TrestleReports *reports)
{
  TrestleCliTable *table = trestle_cli_table_new (_ ("Report"), _ ("By"), _ ("What"), NULL);
  GListModel *parts = trestle_reports_get_parts (reports);
  gint64 rows = 0;

  for (guint kind = 0; kind <= TRESTLE_REPORT_KIND_REF_TAGS; kind++)
    {
      const TrestleReportInfo *info = trestle_report_info (kind);
      g_autoptr (GString) by = g_string_new (NULL);

      for (guint g = 0; g <= TRESTLE_REPORT_GROUP_JURISDICTION; g++)
        if (trestle_report_info_has_group (info, g))
          g_string_append_printf (by, "%s%s", by->len > 0 ? ", " : "",
                                  trestle_cli_report_group_name (g));
      trestle_cli_table_add (table, info->name, by->str,
                             info->ended != NULL ? _ ("Ended at AWS") : _ (info->summary));
    }
  trestle_cli_table_print (table, "");
  for (guint i = 0; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (TrestleReportPart) part = g_list_model_get_item (parts, i);

      rows += trestle_report_part_get_rows (part);
    }
  if (g_list_model_get_n_items (parts) == 0)
    g_printerr ("%s\n",
                _ ("Nothing is kept yet: “trestle-cli reports fetch” reads the data feeds."));
  else
    {
      g_autofree char *read = trestle_cli_when (trestle_reports_get_read (reports));

      g_printerr (_ ("%u months of feeds are kept, %" G_GINT64_FORMAT " rows; last read %s\n"),
                  g_list_model_get_n_items (parts), rows, read);
    }
}

static TrestleReports *
open_reports (TrestleCli *cli, GError **error)
{
  TrestleReports *reports;

  if (trestle_cli_open (cli, error) == NULL)
    return NULL;
  reports = trestle_session_get_reports (cli->session);
  if (!dex_await (trestle_reports_load (reports), error))
    return NULL;
  if (trestle_reports_get_notice (reports) != NULL)
    g_printerr ("%s\n", trestle_reports_get_notice (reports));
  return reports;
}

static DexFuture *
list (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 0, 0, &error);
  TrestleReports *reports = args != NULL ? open_reports (cli, &error) : NULL;

  if (reports == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    print_list_json (reports);
  else
    print_list (reports);
  return dex_future_new_true ();
}

static void
set_unread (JsonObject *o, TrestleReportFetch *fetch)
{
  const char *const *names = trestle_report_fetch_get_unread (fetch);
  JsonArray *array = json_array_new ();

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    json_array_add_string_element (array, names[i]);
  json_object_set_array_member (o, "unread", array);
}

/* What is there and is in no report is said by its name. */
static void
print_unread (TrestleReportFetch *fetch)
{
  const char *const *names = trestle_report_fetch_get_unread (fetch);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_printerr (_ ("No report is made of the data set %s: %s\n"), names[i],
                _ (trestle_data_set_find (names[i])->unread));
}

static void
print_fetch (TrestleCli *cli, TrestleReportFetch *fetch)
{
  const char *failure = trestle_report_fetch_get_failure (fetch);

  if (cli->json)
    {
      JsonObject *o = json_object_new ();

      json_object_set_int_member (o, "read", trestle_report_fetch_get_read (fetch));
      json_object_set_int_member (o, "unchanged", trestle_report_fetch_get_unchanged (fetch));
      json_object_set_int_member (o, "skipped", trestle_report_fetch_get_skipped (fetch));
      json_object_set_int_member (o, "failed", trestle_report_fetch_get_failed (fetch));
      json_object_set_int_member (o, "rows", trestle_report_fetch_get_rows (fetch));
      trestle_cli_set_string (o, "failure", failure);
      set_unread (o, fetch);
      trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
    }
  else
    printf (_ ("%" G_GINT64_FORMAT " months read (%" G_GINT64_FORMAT " rows), %" G_GINT64_FORMAT
               " as before\n"),
            trestle_report_fetch_get_read (fetch), trestle_report_fetch_get_rows (fetch),
            trestle_report_fetch_get_unchanged (fetch));
  print_unread (fetch);
  if (failure != NULL)
    g_printerr (_ ("%" G_GINT64_FORMAT " files could not be read: %s\n"),
                trestle_report_fetch_get_failed (fetch), failure);
}

static DexFuture *
fetch (TrestleCli *cli, char **argv)
{
  g_autofree char *bucket = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = {
    { "bucket", 0, 0, G_OPTION_ARG_STRING, &bucket, N_ ("The bucket with the data feeds"), "B" },
    { "prefix", 0, 0, G_OPTION_ARG_STRING, &prefix, N_ ("What their keys begin with"), "P" },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder,
      N_ ("A folder with the feeds, or one file, in place of S3"), "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 0, 0, &error);
  TrestleReports *reports = args != NULL ? open_reports (cli, &error) : NULL;
  g_autoptr (TrestleTask) task = NULL;
  TrestleReportFetch *result;

  if (reports == NULL)
    return trestle_cli_fail (&error);
  if ((bucket != NULL || prefix != NULL)
      && !trestle_reports_set_bucket (
          reports, bucket != NULL ? bucket : trestle_reports_get_bucket (reports), prefix, &error))
    return trestle_cli_fail (&error);
  if (folder != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (folder);

      task = trestle_reports_read_files (reports, file);
    }
  else
    task = trestle_reports_fetch (reports);
  if (!trestle_cli_watch (cli, task, &error))
    return trestle_cli_fail (&error);
  result = trestle_task_get_result (task);
  print_fetch (cli, result);
  if (trestle_report_fetch_get_failed (result) > 0)
    g_set_error_literal (&error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_SAID, "");
  return error != NULL ? trestle_cli_fail (&error) : dex_future_new_true ();
}

static DexFuture *
order (TrestleCli *cli, char **argv)
{
  g_autofree char *date = NULL;
  g_autofree char *bucket = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *role = NULL;
  g_autofree char *topic = NULL;
  const GOptionEntry entries[] = {
    { "bucket", 0, 0, G_OPTION_ARG_STRING, &bucket,
      N_ ("The bucket to write it to, unless it is the one with the data feeds"), "B" },
    { "prefix", 0, 0, G_OPTION_ARG_STRING, &prefix, N_ ("What its key is to begin with"), "P" },
    { "date", 0, 0, G_OPTION_ARG_STRING, &date, N_ ("Its date: 2026-03-15; today without it"),
      "DATE" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role,
      N_ ("ARN of the role that AWS writes with, unless it is the one that enrolling made"),
      "ARN" },
    { "topic", 0, 0, G_OPTION_ARG_STRING, &topic, N_ ("ARN of a topic that AWS tells"), "ARN" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (TrestleReportTarget) target = NULL;
  g_autoptr (TrestleTask) task = NULL;
  const TrestleDataSet *set;
  TrestleReports *reports;
  gint64 when = trestle_clock_now () / TRESTLE_DAY * TRESTLE_DAY;

  if (args == NULL)
    return trestle_cli_fail (&error);
  set = trestle_data_set_find (args[0]);
  if (set != NULL && set->unread != NULL)
    {
      g_set_error (&error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                   _ ("No report is made of the data set %s: %s"), set->name, _ (set->unread));
      return trestle_cli_fail (&error);
    }
  if (set == NULL)
    {
      g_auto (GStrv) names = trestle_data_set_names ();
      g_autofree char *list = g_strjoinv (", ", names);

      g_set_error (&error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                   _ ("There is no data set “%s”; reports are made of these: %s"), args[0], list);
      return trestle_cli_fail (&error);
    }
  day = date != NULL ? trestle_data_set_parse_date (date) : NULL;
  if (date != NULL && day == NULL)
    {
      g_set_error (&error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE, _ ("“%s” is not a day"),
                   date);
      return trestle_cli_fail (&error);
    }
  if (day != NULL)
    when = g_date_time_to_unix_usec (day);
  reports = open_reports (cli, &error);
  if (reports == NULL)
    return trestle_cli_fail (&error);
  target = g_object_new (TRESTLE_TYPE_REPORT_TARGET, "bucket", bucket, "prefix", prefix, "role",
                         role, "topic", topic, NULL);
  task = trestle_reports_order (reports, set->name, when, target);
  if (!trestle_cli_watch (cli, task, &error))
    return trestle_cli_fail (&error);
  print_fetch (cli, trestle_task_get_result (task));
  return dex_future_new_true ();
}

static DexFuture *
show (TrestleCli *cli, char **argv)
{
  g_auto (TrestleCliReportOptions) options = { 0 };
  g_autoptr (GArray) entries = trestle_cli_report_entries (&options);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)
      args = trestle_cli_parse (cli, argv, (GOptionEntry *) (gpointer) entries->data, 1, 1, &error);
  g_autoptr (TrestleReportQuery) query = NULL;
  g_autoptr (TrestleReport) report = NULL;
  TrestleReports *reports;

  if (args != NULL)
    query = trestle_cli_report_query (&options, args[0], &error);
  reports = query != NULL ? open_reports (cli, &error) : NULL;
  if (reports != NULL)
    report = dex_await_object (trestle_reports_query (reports, query), &error);
  if (report == NULL)
    return trestle_cli_fail (&error);
  if (g_list_model_get_n_items (trestle_reports_get_parts (reports)) == 0)
    g_printerr ("%s\n",
                _ ("Nothing is kept yet: “trestle-cli reports fetch” reads the data feeds."));
  trestle_cli_report_print (cli, &options, report);
  return dex_future_new_true ();
}

static DexFuture *
forget (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 0, 0, &error);
  TrestleReports *reports = args != NULL ? open_reports (cli, &error) : NULL;

  if (reports == NULL || !dex_await (trestle_reports_forget (reports), &error))
    return trestle_cli_fail (&error);
  return dex_future_new_true ();
}

DexFuture *
trestle_cli_reports (TrestleCli *cli, char **argv)
{
  static const TrestleCliVerb verbs[] = {
    { "list", list }, { "fetch", fetch }, { "order", order }, { "show", show }, { "forget", forget }
  };

  return trestle_cli_verb (cli, argv, verbs, G_N_ELEMENTS (verbs));
}
