/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-media"

#include "media/trestle-sound.h"

#include <gio/gio.h>
#include <gst/app/app.h>
#include <gst/audio/audio.h>
#include <gst/gst.h>
#include <math.h>

#include "base/trestle-future.h"

#define MONO_RATE 16000
#define MAX_SECONDS (10 * 60)
/* A decoder that says nothing for this long is stuck. */
#define PATIENCE (10 * GST_SECOND)
#define LOOK_EVERY (50 * GST_MSECOND)

G_DEFINE_BOXED_TYPE (TrestleSound, trestle_sound, trestle_sound_copy, trestle_sound_free)

typedef struct
{
  GBytes *bytes;
  guint n_peaks;
} Analysis;

TrestleSound *
trestle_sound_copy (const TrestleSound *self)
{
  TrestleSound *copy = g_memdup2 (self, sizeof *self);

  copy->peaks = g_memdup2 (self->peaks, self->n_peaks * sizeof (float));
  copy->mono = g_memdup2 (self->mono, self->n_mono * sizeof (gint16));
  return copy;
}

void
trestle_sound_free (TrestleSound *self)
{
  g_free (self->peaks);
  g_free (self->mono);
  g_free (self);
}

void
trestle_media_init (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GError) error = NULL;

      if (!gst_init_check (NULL, NULL, &error))
        g_warning ("GStreamer does not start: %s", error->message);
      g_once_init_leave (&once, 1);
    }
}

static void
analysis_free (gpointer data)
{
  Analysis *self = data;

  g_bytes_unref (self->bytes);
  g_free (self);
}

/* The next piece; NULL at the end, or with @error when the decoder gives up. */
static GstSample *
pull (GstElement *pipeline, GstElement *sink, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  for (GstClockTime waited = 0; waited < PATIENCE; waited += LOOK_EVERY)
    {
      g_autoptr (GstMessage) message = NULL;
      GstSample *sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), LOOK_EVERY);

      if (sample != NULL || gst_app_sink_is_eos (GST_APP_SINK (sink)))
        return sample;
      message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
      if (message != NULL)
        {
          gst_message_parse_error (message, error, NULL);
          return NULL;
        }
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "its decoder is stuck");
  return NULL;
}

static void
read_format (GstElement *pipeline, TrestleSound *sound)
{
  g_autoptr (GstElement) convert = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (convert, "sink");
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstAudioInfo info;

  if (caps != NULL && gst_audio_info_from_caps (&info, caps))
    {
      sound->rate = (guint) GST_AUDIO_INFO_RATE (&info);
      sound->channels = (guint) GST_AUDIO_INFO_CHANNELS (&info);
    }
}

static void
measure (TrestleSound *sound, guint n_peaks)
{
  double sum = 0;

  sound->n_peaks = (guint) MIN ((gsize) n_peaks, MAX (sound->n_mono, 1));
  sound->peaks = g_new0 (float, sound->n_peaks);
  for (gsize i = 0; i < sound->n_mono; i++)
    {
      gsize slot = i * sound->n_peaks / sound->n_mono;
      float value = (float) abs (sound->mono[i]) / 32768.0f;

      sound->peaks[slot] = MAX (sound->peaks[slot], value);
      sum += (double) value * value;
    }
  sound->loudness = sound->n_mono > 0 && sum > 0 ? 10 * log10 (sum / (double) sound->n_mono) : -120;
  sound->loudness = MAX (sound->loudness, -120);
  sound->duration = (gint64) sound->n_mono * G_USEC_PER_SEC / MONO_RATE;
}

static DexFuture *
analyse_fiber (gpointer data)
{
  Analysis *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GByteArray) samples = g_byte_array_new ();
  TrestleSound *sound;
  GstSample *sample;

  trestle_media_init ();
  pipeline = gst_parse_launch ("appsrc name=src ! decodebin ! audioconvert name=in "
                               "! audioresample ! audio/x-raw,format=S16LE,channels=1,rate=16000 "
                               "! appsink name=sink sync=false",
                               &error);
  if (pipeline == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (source, "format", GST_FORMAT_BYTES, "stream-type", GST_APP_STREAM_TYPE_STREAM,
                "size", (gint64) g_bytes_get_size (self->bytes), NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_app_src_push_buffer (GST_APP_SRC (source), gst_buffer_new_wrapped_bytes (self->bytes));
  gst_app_src_end_of_stream (GST_APP_SRC (source));

  sound = g_new0 (TrestleSound, 1);
  while ((sample = pull (pipeline, sink, &error)) != NULL)
    {
      GstMapInfo map;
      GstBuffer *buffer = gst_sample_get_buffer (sample);

      if (sound->rate == 0)
        read_format (pipeline, sound);
      if (gst_buffer_map (buffer, &map, GST_MAP_READ))
        {
          if (samples->len + map.size <= (gsize) MAX_SECONDS * MONO_RATE * 2)
            g_byte_array_append (samples, map.data, (guint) map.size);
          gst_buffer_unmap (buffer, &map);
        }
      gst_sample_unref (sample);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (samples->len == 0)
    {
      g_free (sound);
      return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                    "This is not a sound that can be played: %s",
                                    error ? error->message : "it holds no sound");
    }

  sound->n_mono = samples->len / sizeof (gint16);
  sound->mono = (gint16 *) g_byte_array_free (g_steal_pointer (&samples), FALSE);
  measure (sound, self->n_peaks);
  return dex_future_new_take_boxed (TRESTLE_TYPE_SOUND, sound);
}

DexFuture *
trestle_sound_analyse (GBytes *bytes, guint n_peaks)
{
  Analysis *self = g_new0 (Analysis, 1);

  self->bytes = g_bytes_ref (bytes);
  self->n_peaks = CLAMP (n_peaks, 1, 4096);
  return trestle_pool_spawn (analyse_fiber, self, analysis_free);
}
