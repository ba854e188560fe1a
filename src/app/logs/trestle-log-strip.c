/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "widgets/trestle-format.h"

#define BARS_HEIGHT 52
#define LABELS_HEIGHT 16
#define BAR_WIDTH 10 /* with the gap behind it */
#define GAP 1.5f
#define MIN_BARS 12
#define MAX_BARS 240
#define LABEL_ROOM 130
#define MIN_DRAG 6

struct _TrestleLogStrip
{
  GtkWidget parent_instance;

  GtkWidget *lines_swatch; /* never shown: lend their colours */
  GtkWidget *errors_swatch;

  gint64 since;
  gint64 until;
  TrestleLogBucket *buckets;
  guint n_buckets;
  guint n_bars;
  double drag_from;
  double drag_to;
  gboolean dragging;
};

static guint resized_signal;
static guint chosen_signal;

G_DEFINE_FINAL_TYPE (TrestleLogStrip, trestle_log_strip, GTK_TYPE_WIDGET)

guint
trestle_log_strip_get_n_bars (TrestleLogStrip *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_STRIP (self), MIN_BARS);
  return self->n_bars;
}

static char *
format_axis (TrestleLogStrip *self, gint64 time)
{
  gint64 span = self->until - self->since;
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (time / TRESTLE_SECOND);

  if (span > 2 * TRESTLE_DAY)
    return trestle_format_day (time);
  return g_date_time_format (then, span < 10 * TRESTLE_MINUTE ? "%H:%M:%S" : "%H:%M");
}

void
trestle_log_strip_set (TrestleLogStrip *self,
                       gint64 since,
                       gint64 until,
                       const TrestleLogBucket *buckets,
                       guint n_buckets)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *description = NULL;
  guint n_lines = 0, n_errors = 0;

  g_return_if_fail (TRESTLE_IS_LOG_STRIP (self));

  g_free (self->buckets);
  self->buckets = g_memdup2 (buckets, n_buckets * sizeof *buckets);
  self->n_buckets = n_buckets;
  self->since = since;
  self->until = until;

  for (guint i = 0; i < n_buckets; i++)
    {
      n_lines += buckets[i].n_lines;
      n_errors += buckets[i].n_errors;
    }
  from = format_axis (self, since);
  to = format_axis (self, until);
  description = g_strdup_printf (_ ("%u lines from %s to %s, %u of them errors"), n_lines, from, to,
                                 n_errors);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- Drawing -------------------------------------------------------------------------------- */

static void
draw_label (TrestleLogStrip *self, GtkSnapshot *snapshot, const char *text, float at, float align)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  float limit = gtk_widget_get_width (GTK_WIDGET (self));
  GdkRGBA colour;
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (CLAMP (at - (float) width * align, 0,
                                                                 MAX (limit - (float) width, 0)),
                                                          BARS_HEIGHT));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
trestle_log_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleLogStrip *self = TRESTLE_LOG_STRIP (widget);
  float width = gtk_widget_get_width (widget);
  float slot = width / MAX (self->n_buckets, 1);
  guint n_labels = CLAMP ((guint) width / LABEL_ROOM, 2, 7);
  guint most = 1;
  GdkRGBA lines, errors;

  if (self->until <= self->since)
    return;

  gtk_widget_get_color (self->lines_swatch, &lines);
  gtk_widget_get_color (self->errors_swatch, &errors);
  for (guint i = 0; i < self->n_buckets; i++)
    most = MAX (most, self->buckets[i].n_lines);
  for (guint i = 0; i < self->n_buckets; i++)
    {
      TrestleLogBucket *bucket = &self->buckets[i];
      /* One line and one error are seen, however many there are elsewhere. */
      float height = bucket->n_lines > 0 ? MAX (BARS_HEIGHT * (float) bucket->n_lines / most, 2)
                                         : 0;
      float red = bucket->n_errors > 0 ? MAX (height * bucket->n_errors / bucket->n_lines, 3) : 0;
      float x = slot * i;

      height = MAX (height, red);
      gtk_snapshot_append_color (
          snapshot, &lines,
          &GRAPHENE_RECT_INIT (x, BARS_HEIGHT - height, slot - GAP, height - red));
      gtk_snapshot_append_color (snapshot, &errors,
                                 &GRAPHENE_RECT_INIT (x, BARS_HEIGHT - red, slot - GAP, red));
    }

  for (guint i = 0; i < n_labels; i++)
    {
      double part = (double) i / (n_labels - 1);
      g_autofree char *text = format_axis (
          self, self->since + (gint64) (part * (double) (self->until - self->since)));

      draw_label (self, snapshot, text, width * (float) part, (float) part);
    }

  if (self->dragging)
    {
      lines.alpha = .25f;
      gtk_snapshot_append_color (
          snapshot, &lines,
          &GRAPHENE_RECT_INIT ((float) MIN (self->drag_from, self->drag_to), 0,
                               (float) ABS (self->drag_to - self->drag_from), BARS_HEIGHT));
    }
}

static void
trestle_log_strip_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_BARS * BAR_WIDTH
                                                                  : BARS_HEIGHT + LABELS_HEIGHT;
}

static void
trestle_log_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TrestleLogStrip *self = TRESTLE_LOG_STRIP (widget);
  guint n = CLAMP ((guint) width / BAR_WIDTH, MIN_BARS, MAX_BARS);

  if (self->n_bars == n)
    return;
  self->n_bars = n;
  g_signal_emit (self, resized_signal, 0);
}

static void
trestle_log_strip_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (trestle_log_strip_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

/* --- Dragging ------------------------------------------------------------------------------- */

static void
on_drag_begin (TrestleLogStrip *self, double x, double y)
{
  self->drag_from = self->drag_to = CLAMP (x, 0, gtk_widget_get_width (GTK_WIDGET (self)));
}

static void
on_drag_update (TrestleLogStrip *self, double x, double y)
{
  self->drag_to = CLAMP (self->drag_from + x, 0, gtk_widget_get_width (GTK_WIDGET (self)));
  self->dragging = ABS (self->drag_to - self->drag_from) >= MIN_DRAG;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gint64
time_at (TrestleLogStrip *self, double x)
{
  return self->since
         + (gint64) (x / MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1)
                     * (double) (self->until - self->since));
}

static void
on_drag_end (TrestleLogStrip *self, double x, double y)
{
  gint64 from = time_at (self, MIN (self->drag_from, self->drag_to));
  gint64 to = time_at (self, MAX (self->drag_from, self->drag_to));

  if (self->dragging && to > from)
    g_signal_emit (self, chosen_signal, 0, from, to);
  self->dragging = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
trestle_log_strip_dispose (GObject *object)
{
  TrestleLogStrip *self = TRESTLE_LOG_STRIP (object);

  g_clear_pointer (&self->lines_swatch, gtk_widget_unparent);
  g_clear_pointer (&self->errors_swatch, gtk_widget_unparent);
  g_clear_pointer (&self->buckets, g_free);
  self->n_buckets = 0;
  G_OBJECT_CLASS (trestle_log_strip_parent_class)->dispose (object);
}

static void
trestle_log_strip_class_init (TrestleLogStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_log_strip_dispose;
  widget_class->snapshot = trestle_log_strip_snapshot;
  widget_class->measure = trestle_log_strip_measure;
  widget_class->size_allocate = trestle_log_strip_size_allocate;
  widget_class->css_changed = trestle_log_strip_css_changed;
  gtk_widget_class_set_css_name (widget_class, "log-strip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  resized_signal = g_signal_new ("resized", TRESTLE_TYPE_LOG_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  chosen_signal = g_signal_new ("chosen", TRESTLE_TYPE_LOG_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
}

static GtkWidget *
add_swatch (TrestleLogStrip *self, const char *name)
{
  GtkWidget *swatch = adw_bin_new ();

  gtk_widget_add_css_class (swatch, name);
  gtk_widget_set_visible (swatch, FALSE);
  gtk_widget_set_parent (swatch, GTK_WIDGET (self));
  return swatch;
}

static void
trestle_log_strip_init (TrestleLogStrip *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->n_bars = MIN_BARS;
  self->lines_swatch = add_swatch (self, "lines");
  self->errors_swatch = add_swatch (self, "errors");
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
