/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-draft-past.h"

#include "domain/trestle-entity-draft.h"

/* Typing that rests for this long begins another step. */
#define PAUSE (G_USEC_PER_SEC * 3 / 2)

typedef struct
{
  TrestleDraft *content; /* what it was before the step, or after it */
  char *path;            /* of what the step changed; "" for more than one field */
} Step;

struct _TrestleDraftPast
{
  GObject parent_instance;

  TrestleDraft *draft;
  TrestleDraft *last; /* what it was after the last change */
  GQueue undo;        /* Step, newest last */
  GQueue redo;
  gint64 changed; /* monotonic time of the last change of the newest step */
  guint turn;     /* what changes in this turn of the main loop is one step */
  gboolean skipping;
};

G_DEFINE_FINAL_TYPE (TrestleDraftPast, trestle_draft_past, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->content);
  g_free (step->path);
  g_free (step);
}

/* @content: (transfer full) */
static void
push (GQueue *queue, TrestleDraft *content, const char *path)
{
  Step *step = g_new0 (Step, 1);

  step->content = content;
  step->path = g_strdup (path);
  g_queue_push_tail (queue, step);
  if (g_queue_get_length (queue) > TRESTLE_DRAFT_PAST_STEPS)
    step_free (g_queue_pop_head (queue));
}

static void
trestle_draft_past_dispose (GObject *object)
{
  TrestleDraftPast *self = TRESTLE_DRAFT_PAST (object);

  g_clear_handle_id (&self->turn, g_source_remove);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_queue_clear_full (&self->undo, step_free);
  g_queue_clear_full (&self->redo, step_free);
  g_clear_object (&self->last);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (trestle_draft_past_parent_class)->dispose (object);
}

static void
trestle_draft_past_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleDraftPast *self = TRESTLE_DRAFT_PAST (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, trestle_draft_past_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, trestle_draft_past_can_redo (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_past_class_init (TrestleDraftPastClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = trestle_draft_past_dispose;
  object_class->get_property = trestle_draft_past_get_property;
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_draft_past_init (TrestleDraftPast *self)
{
  g_queue_init (&self->undo);
  g_queue_init (&self->redo);
}

static void
notify (TrestleDraftPast *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

static gboolean
turned_cb (gpointer data)
{
  TRESTLE_DRAFT_PAST (data)->turn = 0;
  return G_SOURCE_REMOVE;
}

/* Whether a change of @path goes on with the newest step. */
static gboolean
goes_on (TrestleDraftPast *self, const char *path)
{
  Step *step = g_queue_peek_tail (&self->undo);

  if (step == NULL || g_queue_get_length (&self->redo) > 0)
    return FALSE;
  if (self->turn != 0)
    return TRUE;
  return *path != '\0' && g_str_equal (step->path, path)
         && g_get_monotonic_time () - self->changed < PAUSE;
}

static void
changed_cb (TrestleDraft *draft, const char *path, TrestleDraftPast *self)
{
  g_autoptr (TrestleDraft) before = g_steal_pointer (&self->last);

  self->last = trestle_draft_copy (self->draft);
  if (self->skipping || trestle_draft_equal (self->draft, before))
    return;
  if (goes_on (self, path))
    {
      Step *step = g_queue_peek_tail (&self->undo);

      if (!g_str_equal (step->path, path))
        g_set_str (&step->path, "");
    }
  else
    {
      push (&self->undo, g_steal_pointer (&before), path);
      g_queue_clear_full (&self->redo, step_free);
    }
  if (self->turn == 0)
    self->turn = g_timeout_add (0, turned_cb, self);
  self->changed = g_get_monotonic_time ();
  notify (self);
}

TrestleDraftPast *
trestle_draft_past_new (TrestleDraft *draft)
{
  TrestleDraftPast *self;

  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft), NULL);

  self = g_object_new (TRESTLE_TYPE_DRAFT_PAST, NULL);
  self->draft = g_object_ref (draft);
  self->last = trestle_draft_copy (draft);
  g_signal_connect (draft, "changed", G_CALLBACK (changed_cb), self);
  return self;
}

gboolean
trestle_draft_past_can_undo (TrestleDraftPast *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_PAST (self), FALSE);
  return g_queue_get_length (&self->undo) > 0;
}

gboolean
trestle_draft_past_can_redo (TrestleDraftPast *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_PAST (self), FALSE);
  return g_queue_get_length (&self->redo) > 0;
}

/* Gives the draft @then's content, but for what AWS gave meanwhile. */
static void
give (TrestleDraftPast *self, TrestleDraft *then)
{
  g_autoptr (TrestleDraft) content = trestle_draft_copy (then);
  gboolean skipping = self->skipping;

  trestle_entity_draft_adopt (content, self->draft);
  self->skipping = TRUE;
  trestle_draft_replace (self->draft, trestle_draft_get_root (content));
  self->skipping = skipping;
  g_clear_handle_id (&self->turn, g_source_remove);
  self->changed = 0;
}

static char *
go (TrestleDraftPast *self, GQueue *from, GQueue *to)
{
  Step *step = g_queue_pop_tail (from);
  char *path;

  if (step == NULL)
    return NULL;
  push (to, trestle_draft_copy (self->draft), step->path);
  give (self, step->content);
  path = g_steal_pointer (&step->path);
  step_free (step);
  notify (self);
  return path;
}

char *
trestle_draft_past_undo (TrestleDraftPast *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_PAST (self), NULL);
  return go (self, &self->undo, &self->redo);
}

char *
trestle_draft_past_redo (TrestleDraftPast *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_PAST (self), NULL);
  return go (self, &self->redo, &self->undo);
}

void
trestle_draft_past_restore (TrestleDraftPast *self, TrestleDraft *then)
{
  g_autoptr (TrestleDraft) before = NULL;

  g_return_if_fail (TRESTLE_IS_DRAFT_PAST (self) && TRESTLE_IS_DRAFT (then));

  before = trestle_draft_copy (self->draft);
  give (self, then);
  if (trestle_draft_equal (before, self->draft))
    return;
  push (&self->undo, g_steal_pointer (&before), "");
  g_queue_clear_full (&self->redo, step_free);
  notify (self);
}

void
trestle_draft_past_skip (TrestleDraftPast *self, gboolean skip)
{
  g_return_if_fail (TRESTLE_IS_DRAFT_PAST (self));
  self->skipping = skip;
}
