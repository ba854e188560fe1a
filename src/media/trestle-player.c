/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-media"

#include "media/trestle-player.h"

#include <gst/app/app.h>
#include <gst/gst.h>

#include "media/trestle-sound.h"

#define TICK_MS 100

struct _TrestlePlayer
{
  GObject parent_instance;

  GstElement *pipeline;
  GBytes *bytes;
  guint watch;
  guint tick;
  gint64 start; /* where to begin once it is prepared */
  gboolean playing;
  gint64 position;
  gint64 duration;
  char *error;
};

G_DEFINE_FINAL_TYPE (TrestlePlayer, trestle_player, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PLAYING,
  PROP_POSITION,
  PROP_DURATION,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_playing (TrestlePlayer *self, gboolean playing)
{
  if (self->playing == playing)
    return;
  self->playing = playing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

static void
set_position (TrestlePlayer *self, gint64 position)
{
  if (self->position == position)
    return;
  self->position = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

static void
set_error (TrestlePlayer *self, const char *text)
{
  if (g_set_str (&self->error, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
drop_pipeline (TrestlePlayer *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->pipeline);
}

static gboolean
tick_cb (gpointer data)
{
  TrestlePlayer *self = data;
  gint64 value;

  if (gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &value))
    set_position (self, value / GST_USECOND);
  return G_SOURCE_CONTINUE;
}

static void
prepared (TrestlePlayer *self)
{
  gint64 value;

  if (gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &value)
      && self->duration != value / GST_USECOND)
    {
      self->duration = value / GST_USECOND;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DURATION]);
    }
  if (self->start > 0)
    {
      gint64 start = self->start;

      self->start = 0;
      trestle_player_seek (self, start);
    }
}

static gboolean
message_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  TrestlePlayer *self = data;

  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ASYNC_DONE:
      prepared (self);
      break;
    case GST_MESSAGE_EOS:
      trestle_player_set_playing (self, FALSE);
      trestle_player_seek (self, 0);
      break;
    case GST_MESSAGE_ERROR:
      {
        g_autoptr (GError) error = NULL;

        gst_message_parse_error (message, &error, NULL);
        set_error (self, error->message);
        set_playing (self, FALSE);
        self->watch = 0;
        drop_pipeline (self);
        return G_SOURCE_REMOVE;
      }
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static void
need_data_cb (GstElement *source, guint length, gpointer data)
{
  GBytes *bytes = data;
  guint64 at = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (source), "trestle-at"));
  gsize size = g_bytes_get_size (bytes);
  gsize part = MIN ((gsize) 65536, size - at);
  g_autoptr (GBytes) slice = NULL;

  if (part == 0)
    {
      gst_app_src_end_of_stream (GST_APP_SRC (source));
      return;
    }
  slice = g_bytes_new_from_bytes (bytes, at, part);
  g_object_set_data (G_OBJECT (source), "trestle-at", GSIZE_TO_POINTER (at + part));
  gst_app_src_push_buffer (GST_APP_SRC (source), gst_buffer_new_wrapped_bytes (slice));
}

static gboolean
seek_data_cb (GstElement *source, guint64 offset, gpointer data)
{
  g_object_set_data (G_OBJECT (source), "trestle-at", GSIZE_TO_POINTER (offset));
  return TRUE;
}

static void
source_setup_cb (GstElement *playbin, GstElement *source, gpointer data)
{
  TrestlePlayer *self = data;

  g_object_set (source, "format", GST_FORMAT_BYTES, "stream-type",
                GST_APP_STREAM_TYPE_RANDOM_ACCESS, "size", (gint64) g_bytes_get_size (self->bytes),
                NULL);
  g_signal_connect_data (source, "need-data", G_CALLBACK (need_data_cb), g_bytes_ref (self->bytes),
                         (GClosureNotify) (GCallback) g_bytes_unref, 0);
  g_signal_connect (source, "seek-data", G_CALLBACK (seek_data_cb), NULL);
}

void
trestle_player_load (TrestlePlayer *self, GBytes *bytes, gboolean keep_position)
{
  gint64 start;
  gboolean playing;
  g_autoptr (GstBus) bus = NULL;

  g_return_if_fail (TRESTLE_IS_PLAYER (self));

  start = keep_position ? self->position : 0;
  playing = keep_position && self->playing;
  drop_pipeline (self);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  set_error (self, NULL);
  set_playing (self, FALSE);
  set_position (self, start);
  if (bytes == NULL)
    return;

  trestle_media_init ();
  self->bytes = g_bytes_ref (bytes);
  self->pipeline = gst_element_factory_make ("playbin3", NULL);
  if (self->pipeline == NULL)
    {
      set_error (self, "GStreamer's playback elements are not installed");
      return;
    }
  gst_object_ref_sink (self->pipeline);
  /* GTK has its own way with video; only the sound is played here. */
  gst_util_set_object_arg (G_OBJECT (self->pipeline), "flags", "audio+soft-volume");
  g_signal_connect (self->pipeline, "source-setup", G_CALLBACK (source_setup_cb), self);
  g_object_set (self->pipeline, "uri", "appsrc://", NULL);
  bus = gst_element_get_bus (self->pipeline);
  self->watch = gst_bus_add_watch (bus, message_cb, self);
  self->start = start;
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  if (playing)
    trestle_player_set_playing (self, TRUE);
}

void
trestle_player_set_playing (TrestlePlayer *self, gboolean playing)
{
  g_return_if_fail (TRESTLE_IS_PLAYER (self));

  if (self->pipeline == NULL || playing == self->playing)
    return;
  gst_element_set_state (self->pipeline, playing ? GST_STATE_PLAYING : GST_STATE_PAUSED);
  if (playing && self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  else if (!playing)
    g_clear_handle_id (&self->tick, g_source_remove);
  set_playing (self, playing);
}

gboolean
trestle_player_get_playing (TrestlePlayer *self)
{
  g_return_val_if_fail (TRESTLE_IS_PLAYER (self), FALSE);
  return self->playing;
}

void
trestle_player_seek (TrestlePlayer *self, gint64 position)
{
  g_return_if_fail (TRESTLE_IS_PLAYER (self));

  if (self->pipeline == NULL)
    return;
  position = CLAMP (position, 0, MAX (self->duration, 0));
  gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
                           GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, position * GST_USECOND);
  set_position (self, position);
}

gint64
trestle_player_get_position (TrestlePlayer *self)
{
  g_return_val_if_fail (TRESTLE_IS_PLAYER (self), 0);
  return self->position;
}

gint64
trestle_player_get_duration (TrestlePlayer *self)
{
  g_return_val_if_fail (TRESTLE_IS_PLAYER (self), 0);
  return self->duration;
}

static void
trestle_player_dispose (GObject *object)
{
  TrestlePlayer *self = TRESTLE_PLAYER (object);

  drop_pipeline (self);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->error, g_free);
  G_OBJECT_CLASS (trestle_player_parent_class)->dispose (object);
}

static void
trestle_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestlePlayer *self = TRESTLE_PLAYER (object);

  switch (id)
    {
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_POSITION:
      g_value_set_int64 (value, self->position);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->duration);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PLAYING:
      trestle_player_set_playing (TRESTLE_PLAYER (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_player_class_init (TrestlePlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = trestle_player_dispose;
  object_class->get_property = trestle_player_get_property;
  object_class->set_property = trestle_player_set_property;
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                       | G_PARAM_STATIC_STRINGS);
  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_player_init (TrestlePlayer *self)
{
}

TrestlePlayer *
trestle_player_new (void)
{
  return g_object_new (TRESTLE_TYPE_PLAYER, NULL);
}
