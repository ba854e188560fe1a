/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-task.h"

#include "base/trestle-clock.h"
#include "workbench/trestle-workbench-enums.h"

struct _TrestleStep
{
  GObject parent_instance;

  char *title;
  char *detail;
  TrestleTaskState state;
  gint64 started;
  gint64 ended;
};

G_DEFINE_FINAL_TYPE (TrestleStep, trestle_step, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_DETAIL,
  PROP_STATE,
  PROP_STARTED,
  PROP_ENDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
trestle_step_finalize (GObject *object)
{
  TrestleStep *self = TRESTLE_STEP (object);

  g_free (self->title);
  g_free (self->detail);
  G_OBJECT_CLASS (trestle_step_parent_class)->finalize (object);
}

static void
trestle_step_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleStep *self = TRESTLE_STEP (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_STARTED:
      g_value_set_int64 (value, self->started);
      break;
    case PROP_ENDED:
      g_value_set_int64 (value, self->ended);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_step_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleStep *self = TRESTLE_STEP (object);

  switch (id)
    {
    case PROP_TITLE:
      self->title = g_value_dup_string (value);
      break;
    case PROP_DETAIL:
      trestle_step_set_detail (self, g_value_get_string (value));
      break;
    case PROP_STATE:
      trestle_step_set_state (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_step_class_init (TrestleStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_step_finalize;
  object_class->get_property = trestle_step_get_property;
  object_class->set_property = trestle_step_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TRESTLE_TYPE_TASK_STATE,
                                              TRESTLE_TASK_STATE_WAITING,
                                              G_PARAM_READWRITE | flags);
  properties[PROP_STARTED] = g_param_spec_int64 ("started", NULL, NULL, 0, G_MAXINT64, 0,
                                                 G_PARAM_READABLE | flags);
  properties[PROP_ENDED] = g_param_spec_int64 ("ended", NULL, NULL, 0, G_MAXINT64, 0,
                                               G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_step_init (TrestleStep *self)
{
}

/**
 * trestle_step_new:
 * @title: what it does, for people: "Create model"
 *
 * Returns: (transfer full): a waiting step
 */
TrestleStep *
trestle_step_new (const char *title)
{
  return g_object_new (TRESTLE_TYPE_STEP, "title", title, NULL);
}

/** trestle_step_get_title: Returns: what it does */
const char *
trestle_step_get_title (TrestleStep *self)
{
  g_return_val_if_fail (TRESTLE_IS_STEP (self), NULL);
  return self->title;
}

/** trestle_step_get_detail: Returns: (nullable): what is going on now, or why it failed */
const char *
trestle_step_get_detail (TrestleStep *self)
{
  g_return_val_if_fail (TRESTLE_IS_STEP (self), NULL);
  return self->detail;
}

TrestleTaskState
trestle_step_get_state (TrestleStep *self)
{
  g_return_val_if_fail (TRESTLE_IS_STEP (self), TRESTLE_TASK_STATE_WAITING);
  return self->state;
}

gint64
trestle_step_get_started (TrestleStep *self)
{
  g_return_val_if_fail (TRESTLE_IS_STEP (self), 0);
  return self->started;
}

gint64
trestle_step_get_ended (TrestleStep *self)
{
  g_return_val_if_fail (TRESTLE_IS_STEP (self), 0);
  return self->ended;
}

/** trestle_step_set_state: notes when the step began and ended as it goes */
void
trestle_step_set_state (TrestleStep *self, TrestleTaskState state)
{
  g_return_if_fail (TRESTLE_IS_STEP (self));

  if (self->state == state)
    return;
  self->state = state;
  if (state == TRESTLE_TASK_STATE_RUNNING)
    {
      self->started = trestle_clock_now ();
      self->ended = 0;
    }
  else if (state != TRESTLE_TASK_STATE_WAITING)
    {
      self->ended = trestle_clock_now ();
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STARTED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENDED]);
}

/** trestle_step_set_detail: @detail: (nullable): one or a few lines for people */
void
trestle_step_set_detail (TrestleStep *self, const char *detail)
{
  g_return_if_fail (TRESTLE_IS_STEP (self));

  if (g_set_str (&self->detail, detail))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
}
