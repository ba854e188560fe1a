/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-sound-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "invoke/trestle-wave-view.h"
#include "media/trestle-player.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

struct _TrestleSoundView
{
  GtkWidget parent_instance;

  GtkWidget *sent_box;
  TrestleWaveView *sent;
  TrestleWaveView *received;
  GtkLabel *time_label;
  GtkLabel *problem_label;
  GtkLabel *loudness_label;
  GtkLabel *format_label;
  GtkLabel *length_label;
  AdwToggleGroup *which;

  TrestlePlayer *player;
  GBytes *sent_bytes;
  GBytes *received_bytes;
  TrestleSound *sent_sound;
  TrestleSound *received_sound;
  DexFuture *sent_analysis;
  DexFuture *received_analysis;
};

G_DEFINE_FINAL_TYPE (TrestleSoundView, trestle_sound_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_PLAYING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
play_icon (gpointer object, gboolean playing)
{
  return g_strdup (playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
}

static char *
play_words (gpointer object, gboolean playing)
{
  return g_strdup (playing ? _ ("Pause") : _ ("Play"));
}

/* One axis for both, as long as the longer. */
static gint64
axis (TrestleSoundView *self)
{
  return MAX (self->sent_sound ? self->sent_sound->duration : 0,
              self->received_sound ? self->received_sound->duration : 0);
}

static void
show_time (TrestleSoundView *self)
{
  gint64 at = trestle_player_get_position (self->player);
  gint64 all = MAX (axis (self), trestle_player_get_duration (self->player));
  double fraction = all > 0 ? (double) at / (double) all : 0;
  g_autofree char *text = g_strdup_printf (
      "%d:%04.1f / %d:%04.1f", (int) (at / (60 * G_USEC_PER_SEC)),
      (double) (at % (60 * G_USEC_PER_SEC)) / 1e6, (int) (all / (60 * G_USEC_PER_SEC)),
      (double) (all % (60 * G_USEC_PER_SEC)) / 1e6);

  gtk_label_set_label (self->time_label, text);
  trestle_wave_view_set_position (self->sent, fraction);
  trestle_wave_view_set_position (self->received, fraction);
}

static void
show_sounds (TrestleSoundView *self)
{
  TrestleSound *sound = self->received_sound;
  g_autofree char *loudness = NULL, *format = NULL, *length = NULL;

  trestle_wave_view_set_sound (self->sent, self->sent_sound, axis (self));
  trestle_wave_view_set_sound (self->received, sound, axis (self));
  if (sound != NULL)
    {
      loudness = g_strdup_printf (_ ("%.1f dBFS"), sound->loudness);
      format = g_strdup_printf (
          ngettext ("%g kHz · %u channel", "%g kHz · %u channels", sound->channels),
          sound->rate / 1000.0, sound->channels);
      length = g_strdup_printf (_ ("%.1f s"), (double) sound->duration / 1e6);
    }
  gtk_label_set_label (self->loudness_label, loudness ? loudness : "–");
  gtk_label_set_label (self->format_label, format ? format : "–");
  gtk_label_set_label (self->length_label, length ? length : "–");
  show_time (self);
}

static void
on_sent_analysed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSoundView *self = owner;

  gtk_widget_set_visible (self->sent_box, error == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->which), error == NULL);
  if (error != NULL)
    return;
  self->sent_sound = g_value_dup_boxed (value);
  show_sounds (self);
}

static void
show_problem (TrestleSoundView *self, const char *text)
{
  gtk_label_set_label (self->problem_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text != NULL);
}

static void
on_received_analysed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSoundView *self = owner;

  show_problem (self, error ? error->message : NULL);
  if (error != NULL)
    return;
  self->received_sound = g_value_dup_boxed (value);
  show_sounds (self);
}

static void
load_player (TrestleSoundView *self, gboolean keep_position)
{
  gboolean sent = g_strcmp0 (adw_toggle_group_get_active_name (self->which), "sent") == 0;

  trestle_player_load (self->player,
                       sent && self->sent_bytes ? self->sent_bytes : self->received_bytes,
                       keep_position);
}

static void
on_which_changed (TrestleSoundView *self)
{
  if (self->received_bytes != NULL)
    load_player (self, TRUE);
}

static void
on_seek (TrestleSoundView *self, double fraction)
{
  trestle_player_seek (self->player, (gint64) (fraction * (double) axis (self)));
}

static void
on_player_error (TrestleSoundView *self)
{
  g_autofree char *text = NULL;

  g_object_get (self->player, "error", &text, NULL);
  show_problem (self, text);
}

static void
on_playing_changed (TrestleSoundView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

static void
play_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleSoundView *self = TRESTLE_SOUND_VIEW (widget);

  trestle_player_set_playing (self->player, !trestle_player_get_playing (self->player));
}

void
trestle_sound_view_set_sounds (TrestleSoundView *self, GBytes *sent, GBytes *received)
{
  g_return_if_fail (TRESTLE_IS_SOUND_VIEW (self));

  trestle_player_load (self->player, NULL, FALSE);
  g_clear_pointer (&self->sent_bytes, g_bytes_unref);
  g_clear_pointer (&self->received_bytes, g_bytes_unref);
  g_clear_pointer (&self->sent_sound, trestle_sound_free);
  g_clear_pointer (&self->received_sound, trestle_sound_free);
  dex_clear (&self->sent_analysis);
  dex_clear (&self->received_analysis);
  show_problem (self, NULL);
  show_sounds (self);
  gtk_widget_set_visible (self->sent_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->which), FALSE);
  if (received == NULL)
    return;
  self->received_bytes = g_bytes_ref (received);
  trestle_watch (self, &self->received_analysis,
                 trestle_sound_analyse (received, TRESTLE_WAVE_PEAKS), on_received_analysed);
  if (sent != NULL)
    {
      self->sent_bytes = g_bytes_ref (sent);
      trestle_watch (self, &self->sent_analysis, trestle_sound_analyse (sent, TRESTLE_WAVE_PEAKS),
                     on_sent_analysed);
    }
  load_player (self, FALSE);
}

static void
trestle_sound_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleSoundView *self = TRESTLE_SOUND_VIEW (object);

  switch (id)
    {
    case PROP_PLAYING:
      g_value_set_boolean (value, trestle_player_get_playing (self->player));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_sound_view_dispose (GObject *object)
{
  TrestleSoundView *self = TRESTLE_SOUND_VIEW (object);

  if (self->player != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->player, self);
      trestle_player_load (self->player, NULL, FALSE);
    }
  dex_clear (&self->sent_analysis);
  dex_clear (&self->received_analysis);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SOUND_VIEW);
  G_OBJECT_CLASS (trestle_sound_view_parent_class)->dispose (object);
}

static void
trestle_sound_view_finalize (GObject *object)
{
  TrestleSoundView *self = TRESTLE_SOUND_VIEW (object);

  g_clear_object (&self->player);
  g_clear_pointer (&self->sent_bytes, g_bytes_unref);
  g_clear_pointer (&self->received_bytes, g_bytes_unref);
  g_clear_pointer (&self->sent_sound, trestle_sound_free);
  g_clear_pointer (&self->received_sound, trestle_sound_free);
  G_OBJECT_CLASS (trestle_sound_view_parent_class)->finalize (object);
}

static void
trestle_sound_view_class_init (TrestleSoundViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_sound_view_get_property;
  object_class->dispose = trestle_sound_view_dispose;
  object_class->finalize = trestle_sound_view_finalize;
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TRESTLE_TYPE_WAVE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/invoke/trestle-sound-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSoundView, sent_box);
  gtk_widget_class_bind_template_child (widget_class, TrestleSoundView, sent);
  gtk_widget_class_bind_template_child (widget_class, TrestleSoundView, received);
  gtk_widget_class_bind_template_child (widget_class, TrestleSoundView, time_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleSoundView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleSoundView, loudness_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleSoundView, format_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleSoundView, length_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleSoundView, which);
  gtk_widget_class_bind_template_callback (widget_class, play_icon);
  gtk_widget_class_bind_template_callback (widget_class, play_words);
  gtk_widget_class_bind_template_callback (widget_class, on_seek);
  gtk_widget_class_install_action (widget_class, "sound.play", NULL, play_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "sound.play", NULL);
}

static void
trestle_sound_view_init (TrestleSoundView *self)
{
  self->player = trestle_player_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->player, "notify::position", G_CALLBACK (show_time), self);
  g_signal_connect_swapped (self->player, "notify::duration", G_CALLBACK (show_time), self);
  g_signal_connect_swapped (self->player, "notify::error", G_CALLBACK (on_player_error), self);
  g_signal_connect_swapped (self->player, "notify::playing", G_CALLBACK (on_playing_changed), self);
  g_signal_connect_swapped (self->which, "notify::active", G_CALLBACK (on_which_changed), self);
}
