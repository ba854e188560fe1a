/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-wave-view.h"

#include <adwaita.h>

#define PITCH 3.2f
#define BAR 2.0f

struct _TrestleWaveView
{
  GtkWidget parent_instance;

  TrestleSound *sound;
  gint64 duration;
  double position;
  gboolean received;
};

G_DEFINE_FINAL_TYPE (TrestleWaveView, trestle_wave_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_RECEIVED,
  N_PROPS
};

enum
{
  SEEK,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
trestle_wave_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleWaveView *self = TRESTLE_WAVE_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  guint n_bars = (guint) (width / PITCH);
  double share;
  g_autoptr (GdkRGBA) accent = NULL;
  GdkRGBA colour;

  if (self->sound == NULL || self->duration <= 0 || n_bars == 0)
    return;
  gtk_widget_get_color (widget, &colour);
  if (self->received)
    {
      accent = adw_style_manager_get_accent_color_rgba (
          adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
      colour = *accent;
    }
  else
    {
      colour.alpha *= 0.6f;
    }
  share = (double) self->sound->duration / (double) self->duration;
  for (guint i = 0; i < n_bars; i++)
    {
      double from = (double) i / n_bars / share, to = (double) (i + 1) / n_bars / share;
      guint first = (guint) (from * self->sound->n_peaks);
      guint last = MAX (first + 1, (guint) (to * self->sound->n_peaks));
      float peak = 0, half;
      GdkRGBA bar = colour;

      if (from >= 1)
        break;
      for (guint j = first; j < MIN (last, self->sound->n_peaks); j++)
        peak = MAX (peak, self->sound->peaks[j]);
      half = MAX (1.0f, peak * (height / 2 - 6));
      if (self->position >= 0 && (double) i / n_bars > self->position)
        bar.alpha *= 0.5f;
      gtk_snapshot_append_color (
          snapshot, &bar,
          &GRAPHENE_RECT_INIT ((float) i * PITCH, height / 2 - half, BAR, half * 2));
    }
  if (self->position >= 0)
    {
      GdkRGBA head;

      gtk_widget_get_color (widget, &head);
      gtk_snapshot_append_color (
          snapshot, &head, &GRAPHENE_RECT_INIT ((float) (self->position * width), 0, 2, height));
    }
}

static void
trestle_wave_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 80 : 64;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 420 : 96;
}

static void
say_position (TrestleWaveView *self)
{
  gint64 at = (gint64) (MAX (self->position, 0) * (double) self->duration);
  g_autofree char *text = g_strdup_printf ("%d:%04.1f", (int) (at / G_USEC_PER_SEC / 60),
                                           (double) (at % (60 * G_USEC_PER_SEC)) / 1e6);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, MAX (self->position, 0), -1);
}

void
trestle_wave_view_set_sound (TrestleWaveView *self, const TrestleSound *sound, gint64 duration)
{
  g_return_if_fail (TRESTLE_IS_WAVE_VIEW (self));

  g_clear_pointer (&self->sound, trestle_sound_free);
  if (sound != NULL)
    self->sound = trestle_sound_copy (sound);
  self->duration = duration;
  self->position = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
trestle_wave_view_set_position (TrestleWaveView *self, double position)
{
  g_return_if_fail (TRESTLE_IS_WAVE_VIEW (self));

  self->position = MIN (position, 1);
  say_position (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pressed_cb (TrestleWaveView *self, int n_press, double x, double y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->sound != NULL && width > 0)
    g_signal_emit (self, signals[SEEK], 0, CLAMP (x / width, 0, 1));
}

static gboolean
key_pressed_cb (TrestleWaveView *self, guint key, guint code, GdkModifierType state)
{
  double step = self->duration > 0 ? 1e6 / (double) self->duration : 0;
  double at = MAX (self->position, 0);

  if (self->sound == NULL || (key != GDK_KEY_Left && key != GDK_KEY_Right))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[SEEK], 0, CLAMP (key == GDK_KEY_Left ? at - step : at + step, 0, 1));
  return GDK_EVENT_STOP;
}

static void
trestle_wave_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleWaveView *self = TRESTLE_WAVE_VIEW (object);

  switch (id)
    {
    case PROP_RECEIVED:
      g_value_set_boolean (value, self->received);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_wave_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleWaveView *self = TRESTLE_WAVE_VIEW (object);

  switch (id)
    {
    case PROP_RECEIVED:
      self->received = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_wave_view_finalize (GObject *object)
{
  TrestleWaveView *self = TRESTLE_WAVE_VIEW (object);

  g_clear_pointer (&self->sound, trestle_sound_free);
  G_OBJECT_CLASS (trestle_wave_view_parent_class)->finalize (object);
}

static void
trestle_wave_view_class_init (TrestleWaveViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = trestle_wave_view_finalize;
  object_class->get_property = trestle_wave_view_get_property;
  object_class->set_property = trestle_wave_view_set_property;
  widget_class->snapshot = trestle_wave_view_snapshot;
  widget_class->measure = trestle_wave_view_measure;
  gtk_widget_class_set_css_name (widget_class, "wave");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  properties[PROP_RECEIVED] = g_param_spec_boolean ("received", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                        | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SEEK] = g_signal_new ("seek", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
trestle_wave_view_init (TrestleWaveView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->position = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
