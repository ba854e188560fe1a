/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-publish-point.h"

#include <glib/gi18n.h>

struct _TrestlePublishPoint
{
  GObject parent_instance;

  TrestlePublishMark mark;
  char *title;
  char *detail;
  char *button;
  char *target;
};

G_DEFINE_FINAL_TYPE (TrestlePublishPoint, trestle_publish_point, G_TYPE_OBJECT)

static void
trestle_publish_point_finalize (GObject *object)
{
  TrestlePublishPoint *self = TRESTLE_PUBLISH_POINT (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->button);
  g_free (self->target);
  G_OBJECT_CLASS (trestle_publish_point_parent_class)->finalize (object);
}

static void
trestle_publish_point_class_init (TrestlePublishPointClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_publish_point_finalize;
}

static void
trestle_publish_point_init (TrestlePublishPoint *self)
{
}

TrestlePublishPoint *
trestle_publish_point_new (TrestlePublishMark mark,
                           const char *title,
                           const char *detail,
                           const char *button,
                           const char *target)
{
  TrestlePublishPoint *self = g_object_new (TRESTLE_TYPE_PUBLISH_POINT, NULL);

  self->mark = mark;
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->button = g_strdup (button);
  self->target = g_strdup (target);
  return self;
}

TrestlePublishMark
trestle_publish_point_get_mark (TrestlePublishPoint *self)
{
  g_return_val_if_fail (TRESTLE_IS_PUBLISH_POINT (self), TRESTLE_PUBLISH_MARK_LATER);
  return self->mark;
}

const char *
trestle_publish_point_get_title (TrestlePublishPoint *self)
{
  g_return_val_if_fail (TRESTLE_IS_PUBLISH_POINT (self), NULL);
  return self->title;
}

const char *
trestle_publish_point_get_detail (TrestlePublishPoint *self)
{
  g_return_val_if_fail (TRESTLE_IS_PUBLISH_POINT (self), NULL);
  return self->detail;
}

const char *
trestle_publish_point_get_button (TrestlePublishPoint *self)
{
  g_return_val_if_fail (TRESTLE_IS_PUBLISH_POINT (self), NULL);
  return self->button;
}

const char *
trestle_publish_point_get_target (TrestlePublishPoint *self)
{
  g_return_val_if_fail (TRESTLE_IS_PUBLISH_POINT (self), NULL);
  return self->target;
}

const char *
trestle_publish_mark_word (TrestlePublishMark mark)
{
  switch (mark)
    {
    case TRESTLE_PUBLISH_MARK_DONE:
      return _ ("done");
    case TRESTLE_PUBLISH_MARK_HERE:
      return _ ("current");
    case TRESTLE_PUBLISH_MARK_BLOCKED:
      return _ ("blocked");
    case TRESTLE_PUBLISH_MARK_LOOK:
      return _ ("look at it");
    case TRESTLE_PUBLISH_MARK_UNKNOWN:
      return _ ("not known");
    case TRESTLE_PUBLISH_MARK_LATER:
    default:
      return _ ("later");
    }
}
