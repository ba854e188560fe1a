/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-endpoint-words.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-variant.h"
#include "widgets/trestle-format.h"

char *
trestle_endpoint_dup_machines (TrestleEndpoint *endpoint)
{
  GListModel *variants = trestle_endpoint_get_variants (endpoint);
  GString *text = g_string_new (NULL);

  for (guint i = 0; variants != NULL && i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (TrestleVariant) variant = g_list_model_get_item (variants, i);
      gint64 count = MAX (trestle_variant_get_desired_count (variant),
                          trestle_variant_get_current_count (variant));

      if (trestle_variant_get_instance_type (variant) == NULL)
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append_printf (text, "%d × %s", (int) MAX (count, 1),
                              trestle_variant_get_instance_type (variant));
    }
  return g_string_free (text, text->len == 0);
}

char *
trestle_endpoint_dup_due (TrestleEndpoint *endpoint)
{
  gint64 delete_by = trestle_endpoint_get_delete_by (endpoint);
  g_autofree char *moment = NULL;

  if (delete_by == 0)
    return NULL;
  moment = trestle_format_moment (delete_by);
  /* Translators: a time, "18:30" or "tomorrow 09:10" */
  return delete_by > trestle_clock_now () ? g_strdup_printf (_ ("deletes itself %s"), moment)
                                          : g_strdup_printf (_ ("was due %s"), moment);
}

gboolean
trestle_endpoint_bills (TrestleEndpoint *endpoint)
{
  switch (trestle_endpoint_get_state (endpoint))
    {
    case TRESTLE_ENDPOINT_STATE_CREATING:
    case TRESTLE_ENDPOINT_STATE_IN_SERVICE:
    case TRESTLE_ENDPOINT_STATE_UPDATING:
      return TRUE;
    case TRESTLE_ENDPOINT_STATE_FAILED:
    case TRESTLE_ENDPOINT_STATE_DELETING:
    case TRESTLE_ENDPOINT_STATE_UNKNOWN:
    default:
      return FALSE;
    }
}

TrestleMoney *
trestle_cost_between (const TrestleMoney *hourly, gint64 from, gint64 until)
{
  if (hourly == NULL)
    return NULL;
  return trestle_money_scale (hourly, MAX (until - from, 0) / TRESTLE_SECOND, 3600);
}

TrestleTask *
trestle_tasks_find_deployment (TrestleSession *session, const char *name)
{
  GListModel *tasks = trestle_session_get_tasks (session);
  TrestleTask *newest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);

      if (trestle_task_get_plan (task) != NULL
          && g_strcmp0 (trestle_task_get_subject (task), name) == 0
          && (newest == NULL
              || trestle_task_get_started (task) > trestle_task_get_started (newest)))
        newest = task; /* the session keeps it */
    }
  return newest;
}

TrestleTask *
trestle_tasks_find_running (TrestleSession *session, const char *name)
{
  GListModel *tasks = trestle_session_get_tasks (session);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);

      if (trestle_task_get_state (task) == TRESTLE_TASK_STATE_RUNNING
          && g_strcmp0 (trestle_task_get_subject (task), name) == 0)
        return task; /* the session keeps it */
    }
  return NULL;
}

TrestleStep *
trestle_task_find_step (TrestleTask *task)
{
  GListModel *steps = trestle_task_get_steps (task);
  TrestleStep *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i);

      if (trestle_step_get_state (step) != TRESTLE_TASK_STATE_WAITING)
        found = step; /* the task keeps it */
      if (trestle_step_get_state (step) == TRESTLE_TASK_STATE_RUNNING)
        break;
    }
  return found;
}
