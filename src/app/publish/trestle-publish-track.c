/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-publish-track.h"

#include "publish/trestle-publish-step.h"

struct _TrestlePublishTrack
{
  GtkWidget parent_instance;

  gboolean vertical;
};

enum
{
  PROP_VERTICAL = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestlePublishTrack, trestle_publish_track, GTK_TYPE_WIDGET)

static void
remove_steps (TrestlePublishTrack *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
turn (TrestlePublishTrack *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), self->vertical
                                                               ? GTK_ORIENTATION_VERTICAL
                                                               : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_layout_set_homogeneous (layout, !self->vertical);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    trestle_publish_step_set_vertical (TRESTLE_PUBLISH_STEP (child), self->vertical);
}

void
trestle_publish_track_set_steps (TrestlePublishTrack *self, GPtrArray *steps)
{
  g_return_if_fail (TRESTLE_IS_PUBLISH_TRACK (self));

  remove_steps (self);
  for (guint i = 0; i < steps->len; i++)
    {
      TrestlePublishPoint *point = g_ptr_array_index (steps, i);
      GtkWidget *step = trestle_publish_step_new (point, i, steps->len);
      gboolean reached = trestle_publish_point_get_mark (point) == TRESTLE_PUBLISH_MARK_DONE
                         || trestle_publish_point_get_mark (point) == TRESTLE_PUBLISH_MARK_HERE;
      gboolean done = trestle_publish_point_get_mark (point) == TRESTLE_PUBLISH_MARK_DONE;

      trestle_publish_step_set_lines (TRESTLE_PUBLISH_STEP (step), i == 0 ? -1 : reached,
                                      i + 1 == steps->len ? -1 : done);
      gtk_widget_set_parent (step, GTK_WIDGET (self));
    }
  turn (self);
}

static void
trestle_publish_track_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VERTICAL:
      g_value_set_boolean (value, TRESTLE_PUBLISH_TRACK (object)->vertical);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_publish_track_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  TrestlePublishTrack *self = TRESTLE_PUBLISH_TRACK (object);

  switch (id)
    {
    case PROP_VERTICAL:
      self->vertical = g_value_get_boolean (value);
      turn (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_publish_track_dispose (GObject *object)
{
  remove_steps (TRESTLE_PUBLISH_TRACK (object));
  G_OBJECT_CLASS (trestle_publish_track_parent_class)->dispose (object);
}

static void
trestle_publish_track_class_init (TrestlePublishTrackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_publish_track_get_property;
  object_class->set_property = trestle_publish_track_set_property;
  object_class->dispose = trestle_publish_track_dispose;
  properties[PROP_VERTICAL] = g_param_spec_boolean ("vertical", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
trestle_publish_track_init (TrestlePublishTrack *self)
{
}
