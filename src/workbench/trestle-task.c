/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-task.h"

#include "base/trestle-clock.h"
#include "workbench/trestle-workbench-enums.h"

struct _TrestleTask
{
  GObject parent_instance;

  char *title;
  char *subject;
  TrestleTaskState state;
  GListStore *steps;
  GError *error;
  GObject *result;
  TrestleDeployPlan *plan;
  gint64 started;
  gint64 ended;
  gboolean can_stop;
  gboolean stopping;
  DexPromise *done;
};

G_DEFINE_FINAL_TYPE (TrestleTask, trestle_task, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SUBJECT,
  PROP_STATE,
  PROP_STEPS,
  PROP_ERROR,
  PROP_RESULT,
  PROP_STARTED,
  PROP_ENDED,
  PROP_CAN_STOP,
  PROP_STOPPING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
trestle_task_finalize (GObject *object)
{
  TrestleTask *self = TRESTLE_TASK (object);

  if (self->state == TRESTLE_TASK_STATE_RUNNING)
    dex_promise_reject (self->done, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                         "The program ended before the task did"));
  g_free (self->title);
  g_free (self->subject);
  g_clear_object (&self->steps);
  g_clear_error (&self->error);
  g_clear_object (&self->result);
  g_clear_object (&self->plan);
  dex_clear (&self->done);
  G_OBJECT_CLASS (trestle_task_parent_class)->finalize (object);
}

static void
trestle_task_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleTask *self = TRESTLE_TASK (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBJECT:
      g_value_set_string (value, self->subject);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_STEPS:
      g_value_set_object (value, self->steps);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_RESULT:
      g_value_set_object (value, self->result);
      break;
    case PROP_STARTED:
      g_value_set_int64 (value, self->started);
      break;
    case PROP_ENDED:
      g_value_set_int64 (value, self->ended);
      break;
    case PROP_CAN_STOP:
      g_value_set_boolean (value, self->can_stop);
      break;
    case PROP_STOPPING:
      g_value_set_boolean (value, self->stopping);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_task_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleTask *self = TRESTLE_TASK (object);

  switch (id)
    {
    case PROP_TITLE:
      self->title = g_value_dup_string (value);
      break;
    case PROP_SUBJECT:
      self->subject = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_task_class_init (TrestleTaskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = trestle_task_finalize;
  object_class->get_property = trestle_task_get_property;
  object_class->set_property = trestle_task_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, given);
  properties[PROP_SUBJECT] = g_param_spec_string ("subject", NULL, NULL, NULL, given);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TRESTLE_TYPE_TASK_STATE,
                                              TRESTLE_TASK_STATE_WAITING, told);
  properties[PROP_STEPS] = g_param_spec_object ("steps", NULL, NULL, G_TYPE_LIST_MODEL, told);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, told);
  properties[PROP_RESULT] = g_param_spec_object ("result", NULL, NULL, G_TYPE_OBJECT, told);
  properties[PROP_STARTED] = g_param_spec_int64 ("started", NULL, NULL, 0, G_MAXINT64, 0, told);
  properties[PROP_ENDED] = g_param_spec_int64 ("ended", NULL, NULL, 0, G_MAXINT64, 0, told);
  properties[PROP_CAN_STOP] = g_param_spec_boolean ("can-stop", NULL, NULL, FALSE, told);
  properties[PROP_STOPPING] = g_param_spec_boolean ("stopping", NULL, NULL, FALSE, told);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_task_init (TrestleTask *self)
{
  self->steps = g_list_store_new (TRESTLE_TYPE_STEP);
  self->done = dex_promise_new ();
  self->state = TRESTLE_TASK_STATE_RUNNING;
  self->started = trestle_clock_now ();
}

/**
 * trestle_task_new:
 * @title: what it does, for people: "Deploy iris"
 * @subject: (nullable): the endpoint or listing it is about
 *
 * Returns: (transfer full): a running task
 */
TrestleTask *
trestle_task_new (const char *title, const char *subject)
{
  return g_object_new (TRESTLE_TYPE_TASK, "title", title, "subject", subject, NULL);
}

const char *
trestle_task_get_title (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), NULL);
  return self->title;
}

const char *
trestle_task_get_subject (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), NULL);
  return self->subject;
}

TrestleTaskState
trestle_task_get_state (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), TRESTLE_TASK_STATE_WAITING);
  return self->state;
}

/** trestle_task_get_steps: Returns: (transfer none): a #GListModel of #TrestleStep */
GListModel *
trestle_task_get_steps (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), NULL);
  return G_LIST_MODEL (self->steps);
}

/** trestle_task_get_error: Returns: (transfer none) (nullable): why it failed */
const GError *
trestle_task_get_error (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), NULL);
  return self->error;
}

gint64
trestle_task_get_started (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), 0);
  return self->started;
}

gint64
trestle_task_get_ended (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), 0);
  return self->ended;
}

gpointer
trestle_task_get_result (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), NULL);
  return self->result;
}

TrestleDeployPlan *
trestle_task_get_plan (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), NULL);
  return self->plan;
}

/** trestle_task_set_plan: @plan: (transfer none): what it deploys; before the task is shown to anybody */
void
trestle_task_set_plan (TrestleTask *self, TrestleDeployPlan *plan)
{
  g_return_if_fail (TRESTLE_IS_TASK (self));
  g_set_object (&self->plan, plan);
}

DexFuture *
trestle_task_wait (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), NULL);
  return dex_ref (DEX_FUTURE (self->done));
}

void
trestle_task_stop (TrestleTask *self)
{
  g_return_if_fail (TRESTLE_IS_TASK (self));

  if (!self->can_stop || self->stopping)
    return;
  self->stopping = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPING]);
  trestle_task_set_can_stop (self, FALSE);
}

gboolean
trestle_task_get_can_stop (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), FALSE);
  return self->can_stop;
}

gboolean
trestle_task_is_stopping (TrestleTask *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (self), FALSE);
  return self->stopping;
}

/** trestle_task_add_step: Returns: (transfer none): a waiting step at the end of the timeline */
TrestleStep *
trestle_task_add_step (TrestleTask *self, const char *title)
{
  g_autoptr (TrestleStep) step = trestle_step_new (title);

  g_return_val_if_fail (TRESTLE_IS_TASK (self), NULL);
  g_list_store_append (self->steps, step);
  return step; /* the list keeps it */
}

void
trestle_task_set_can_stop (TrestleTask *self, gboolean can_stop)
{
  g_return_if_fail (TRESTLE_IS_TASK (self));

  can_stop = can_stop && !self->stopping;
  if (self->can_stop == can_stop)
    return;
  self->can_stop = can_stop;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_STOP]);
}

static void
end (TrestleTask *self, TrestleTaskState state)
{
  self->ended = trestle_clock_now ();
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENDED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  trestle_task_set_can_stop (self, FALSE);
}

/* Steps of a failed task: the running one failed, those behind it never began. */
static void
fail_steps (TrestleTask *self, gboolean undone)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->steps));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (G_LIST_MODEL (self->steps), i);

      if (trestle_step_get_state (step) == TRESTLE_TASK_STATE_RUNNING)
        trestle_step_set_state (step, TRESTLE_TASK_STATE_FAILED);
      else if (undone && trestle_step_get_state (step) == TRESTLE_TASK_STATE_DONE)
        trestle_step_set_state (step, TRESTLE_TASK_STATE_UNDONE);
    }
}

/** trestle_task_finish: @result: (transfer none) (nullable): a #GObject that was made */
void
trestle_task_finish (TrestleTask *self, gpointer result)
{
  g_return_if_fail (TRESTLE_IS_TASK (self));
  g_return_if_fail (self->state == TRESTLE_TASK_STATE_RUNNING);

  if (g_set_object (&self->result, result))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESULT]);
  end (self, TRESTLE_TASK_STATE_DONE);
  if (result != NULL)
    dex_promise_resolve_object (self->done, g_object_ref (result));
  else
    dex_promise_resolve_boolean (self->done, TRUE);
}

/** trestle_task_fail: @error: (transfer full): why; @undone: whether what it had made is deleted again */
void
trestle_task_fail (TrestleTask *self, GError *error, gboolean undone)
{
  g_return_if_fail (TRESTLE_IS_TASK (self));
  g_return_if_fail (self->state == TRESTLE_TASK_STATE_RUNNING);
  g_return_if_fail (error != NULL);

  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  fail_steps (self, undone);
  end (self, undone ? TRESTLE_TASK_STATE_UNDONE : TRESTLE_TASK_STATE_FAILED);
  dex_promise_reject (self->done, g_error_copy (error));
}
