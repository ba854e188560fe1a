/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-logs-words.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "widgets/trestle-code-dialog.h"
#include "widgets/trestle-format.h"

#define ROOT "/aws/sagemaker/"
#define ENDPOINTS ROOT "Endpoints/"

static const struct
{
  const char *name;
  gint64 length;
  const char *label;
} periods[] = {
  { "15m", 15 * TRESTLE_MINUTE, N_ ("Last 15 minutes") },
  { "1h", TRESTLE_HOUR, N_ ("Last hour") },
  { "3h", 3 * TRESTLE_HOUR, N_ ("Last 3 hours") },
  { "1d", TRESTLE_DAY, N_ ("Last day") },
  { "1w", 7 * TRESTLE_DAY, N_ ("Last week") },
};

gint64
trestle_logs_period (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_strcmp0 (periods[i].name, name) == 0)
      return periods[i].length;
  return 0;
}

const char *
trestle_logs_period_label (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_strcmp0 (periods[i].name, name) == 0)
      return _ (periods[i].label);
  return "";
}

char *
trestle_logs_range_label (gint64 since, gint64 until)
{
  gboolean seconds = until - since < 10 * TRESTLE_MINUTE;
  g_autofree char *from = trestle_format_clock (since, FALSE);
  g_autofree char *to = trestle_format_clock (until, FALSE);

  if (!seconds)
    from[5] = to[5] = '\0';
  return g_strdup_printf ("%s–%s", from, to);
}

char *
trestle_logs_group_title (const char *group)
{
  if (group == NULL)
    return g_strdup ("");
  if (g_str_has_prefix (group, ENDPOINTS))
    return g_strdup (group + strlen (ENDPOINTS));
  return g_strdup (g_str_has_prefix (group, ROOT) ? group + strlen (ROOT) : group);
}

static char *
group_title (gpointer item, gpointer data)
{
  return trestle_logs_group_title (gtk_string_object_get_string (item));
}

GtkExpression *
trestle_logs_group_expression (void)
{
  return gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (group_title), NULL,
                                      NULL);
}

char *
trestle_logs_footer (TrestleLogModel *model, gboolean brief)
{
  const char *text = trestle_log_query_get_text (trestle_log_model_get_query (model));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));
  guint n_all = trestle_log_model_get_n_lines (model);
  g_autofree char *number = trestle_format_count (n);
  g_autofree char *all = trestle_format_count (n_all);
  g_autofree char *count = NULL;

  if (*text != '\0')
    /* Translators: how many lines are shown, what was looked for, how many lines there are */
    count = g_strdup_printf (
        g_dngettext (NULL, "%s line matches “%s” of %s", "%s lines match “%s” of %s", n), number,
        text, all);
  else if (n != n_all)
    count = g_strdup_printf (g_dngettext (NULL, "%s of %s line", "%s of %s lines", n_all), number,
                             all);
  else
    count = g_strdup_printf (g_dngettext (NULL, "%s line", "%s lines", n), number);
  if (brief)
    return g_steal_pointer (&count);
  return g_strdup_printf (_ ("%s · newest first"), count);
}

void
trestle_logs_say_empty (AdwStatusPage *page,
                        GtkButton *button,
                        TrestleLogsState state,
                        const char *group,
                        const char *period)
{
  g_autofree char *description = NULL;
  const char *title, *label, *action;

  switch ((int) state)
    {
    case TRESTLE_LOGS_NO_GROUPS:
      title = _ ("No Logs Yet");
      description = g_strdup (
          _ ("Endpoints write a log from their first output on. It stays when they "
             "are deleted."));
      label = _ ("Show _Endpoints");
      action = "win.show-section::endpoints";
      break;
    case TRESTLE_LOGS_MISSING:
      title = _ ("No Output Yet");
      description = g_markup_printf_escaped (
          _ ("The log group %s appears with the container’s first output, which takes some minutes "
             "after an endpoint was made. It is shown here as soon as it does."),
          group);
      label = _ ("_Look Again");
      action = "page.refresh";
      break;
    default:
      title = _ ("No Lines in This Time");
      description = g_strdup (_ ("Nothing was written in the period that was chosen."));
      label = _ ("Look Back a _Week");
      action = "logs.period::1w";
      break;
    }
  adw_status_page_set_title (page, title);
  adw_status_page_set_description (page, description);
  gtk_button_set_label (button, label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_visible (GTK_WIDGET (button),
                          state != TRESTLE_LOGS_EMPTY || !g_str_equal (period, "1w"));
}

/* As a filter pattern of CloudWatch, which finds the text as it is, in its case; or NULL */
static char *
pattern_of (const char *text)
{
  GString *pattern;

  if (text == NULL || *text == '\0')
    return NULL;
  pattern = g_string_new ("\"");
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
  g_string_append_c (pattern, '"');
  return g_string_free (pattern, FALSE);
}

static char *
quote_python (const char *text)
{
  char letters[129];
  g_autofree char *escaped = NULL;

  /* Bytes of UTF-8 stay as they are. */
  for (guint i = 0; i < 128; i++)
    letters[i] = (char) (0x80 + i);
  letters[128] = '\0';
  escaped = g_strescape (text, letters);
  return g_strdup_printf ("\"%s\"", escaped);
}

void
trestle_logs_code (const char *group,
                   gint64 since,
                   gint64 until,
                   const char *text,
                   char **cli,
                   char **python)
{
  g_autofree char *pattern = pattern_of (text);
  g_autofree char *shell_group = g_shell_quote (group);
  g_autofree char *python_group = quote_python (group);
  GString *shell = g_string_new (NULL), *boto = g_string_new (NULL);

  g_string_append_printf (shell,
                          "aws logs filter-log-events --log-group-name %s \\\n"
                          "  --start-time %" G_GINT64_FORMAT,
                          shell_group, since / 1000);
  g_string_append_printf (boto,
                          "import boto3\n\nlogs = boto3.client(\"logs\")\n"
                          "pages = logs.get_paginator(\"filter_log_events\").paginate(\n"
                          "    logGroupName=%s,\n    startTime=%" G_GINT64_FORMAT ",\n",
                          python_group, since / 1000);
  if (until > 0)
    {
      g_string_append_printf (shell, " --end-time %" G_GINT64_FORMAT, until / 1000);
      g_string_append_printf (boto, "    endTime=%" G_GINT64_FORMAT ",\n", until / 1000);
    }
  if (pattern != NULL)
    {
      g_autofree char *shell_pattern = g_shell_quote (pattern);
      g_autofree char *python_pattern = quote_python (pattern);

      g_string_append_printf (shell, " \\\n  --filter-pattern %s", shell_pattern);
      g_string_append_printf (boto, "    filterPattern=%s,\n", python_pattern);
    }
  g_string_append (shell, " \\\n  --query 'events[].message' --output text\n");
  g_string_append (boto, ")\nfor page in pages:\n    for event in page[\"events\"]:\n"
                         "        print(event[\"timestamp\"], event[\"message\"])\n");
  *cli = g_string_free (shell, FALSE);
  *python = g_string_free (boto, FALSE);
}

void
trestle_logs_show_code (GtkWidget *widget, TrestleLogSource *source, const char *text)
{
  const char *group = trestle_log_source_get_group (source);
  g_autofree char *cli = NULL;
  g_autofree char *python = NULL;
  gint64 since, until;

  if (group == NULL)
    return;
  trestle_log_source_get_range (source, &since, &until);
  trestle_logs_code (group, since, until, text, &cli, &python);
  adw_dialog_present (trestle_code_dialog_new (_ ("Read this log"), cli, python), widget);
}
