/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-latency-chart.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define BINS_MAX 16
#define AXIS 18.0f
/* Room for the marks' names. */
#define TOP 18.0f

struct _TrestleLatencyChart
{
  GtkWidget parent_instance;

  guint bins[BINS_MAX + 1]; /* the last one: all that took longer */
  guint n_bins;
  gint64 from, width; /* µs of the first bin's start, of a bin */
  gint64 p50, p90;
};

G_DEFINE_FINAL_TYPE (TrestleLatencyChart, trestle_latency_chart, GTK_TYPE_WIDGET)

gint64
trestle_latency_percentile (const gint64 *values, guint n, guint percent)
{
  guint rank = (n * percent + 99) / 100;

  return n > 0 ? values[MAX (rank, 1) - 1] : 0;
}

char *
trestle_latency_format (gint64 usec)
{
  if (usec < 10 * 1000)
    return g_strdup_printf (_ ("%.1f ms"), (double) usec / 1000);
  if (usec < G_USEC_PER_SEC)
    return g_strdup_printf (_ ("%d ms"), (int) (usec / 1000));
  return g_strdup_printf (_ ("%.2f s"), (double) usec / G_USEC_PER_SEC);
}

/* 1, 2 or 5 times a power of ten, not below @least. */
static gint64
round_width (gint64 least)
{
  gint64 unit = 100;

  for (;; unit *= 10)
    {
      if (unit >= least)
        return unit;
      if (unit * 2 >= least)
        return unit * 2;
      if (unit * 5 >= least)
        return unit * 5;
    }
}

void
trestle_latency_chart_set_values (TrestleLatencyChart *self, const gint64 *values, guint n)
{
  gint64 last;
  g_autofree char *words = NULL, *p50 = NULL, *p90 = NULL;

  g_return_if_fail (TRESTLE_IS_LATENCY_CHART (self));

  memset (self->bins, 0, sizeof self->bins);
  self->n_bins = 0;
  if (n > 0)
    {
      /* One slow call must not press all others into a single bar. */
      last = MIN (values[n - 1], trestle_latency_percentile (values, n, 95) * 3 / 2);
      self->width = round_width (MAX (1, (last - values[0]) / (BINS_MAX - 2)));
      self->from = values[0] / self->width * self->width;
      self->n_bins = (guint) MIN ((last - self->from) / self->width + 1, BINS_MAX);
      for (guint i = 0; i < n; i++)
        self->bins[MIN ((guint) ((values[i] - self->from) / self->width), self->n_bins)]++;
      self->p50 = trestle_latency_percentile (values, n, 50);
      self->p90 = trestle_latency_percentile (values, n, 90);
      p50 = trestle_latency_format (self->p50);
      p90 = trestle_latency_format (self->p90);
      words = g_strdup_printf (_ ("%u calls, half of them within %s, nine in ten within %s"), n,
                               p50, p90);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words ? words : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
snapshot_text (TrestleLatencyChart *self,
               GtkSnapshot *snapshot,
               const char *text,
               float x,
               float y,
               float align,
               float limit)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRGBA colour;
  int width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.75));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  colour.alpha *= 0.6f;
  x = CLAMP (x - align * (float) width, 0, MAX (0, limit - (float) width));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_mark (TrestleLatencyChart *self,
               GtkSnapshot *snapshot,
               const char *name,
               gint64 value,
               float slot,
               float height,
               float limit)
{
  double at = (double) (value - self->from) / (double) self->width;
  float x = (float) MIN (at, self->n_bins + 0.5) * slot;
  GdkRGBA colour;

  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  colour.alpha *= 0.7f;
  for (float y = 0; y < height; y += 6)
    gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (x, y, 1, 3));
  snapshot_text (self, snapshot, name, x + 4, 0, 0, limit);
}

static void
trestle_latency_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleLatencyChart *self = TRESTLE_LATENCY_CHART (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget) - AXIS;
  guint all = self->n_bins + (self->bins[self->n_bins] > 0);
  guint highest = 1;
  float slot;
  GdkRGBA line;
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (
      adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
  g_autofree char *first = NULL, *middle = NULL, *last = NULL;

  if (self->n_bins == 0)
    return;
  slot = width / (float) MAX (all, 8);
  for (guint i = 0; i < all; i++)
    highest = MAX (highest, self->bins[i]);
  for (guint i = 0; i < all; i++)
    {
      float bar = (height - TOP) * (float) self->bins[i] / (float) highest;
      graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) i * slot + 1, height - bar, slot - 2, bar);
      GskRoundedRect outline;

      if (self->bins[i] == 0)
        continue;
      gsk_rounded_rect_init (&outline, &rect, &GRAPHENE_SIZE_INIT (3, 3),
                             &GRAPHENE_SIZE_INIT (3, 3), &GRAPHENE_SIZE_INIT (0, 0),
                             &GRAPHENE_SIZE_INIT (0, 0));
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, accent, &rect);
      gtk_snapshot_pop (snapshot);
    }
  gtk_widget_get_color (widget, &line);
  line.alpha *= 0.3f;
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, height, width, 1));
  snapshot_mark (self, snapshot, "p50", self->p50, slot, height, width);
  if (self->p90 - self->p50 > self->width * 2)
    snapshot_mark (self, snapshot, "p90", self->p90, slot, height, width);
  first = trestle_latency_format (self->from);
  middle = trestle_latency_format (self->from + self->width * (all / 2));
  last = trestle_latency_format (self->from + self->width * all);
  snapshot_text (self, snapshot, first, 0, height + 2, 0, width);
  if (all > 2)
    snapshot_text (self, snapshot, middle, (float) (all / 2) * slot, height + 2, 0.5f, width);
  snapshot_text (self, snapshot, last, (float) all * slot, height + 2, all > 2 ? 0.5f : 0, width);
}

static void
trestle_latency_chart_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 90;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 180;
}

static void
trestle_latency_chart_class_init (TrestleLatencyChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = trestle_latency_chart_snapshot;
  widget_class->measure = trestle_latency_chart_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
trestle_latency_chart_init (TrestleLatencyChart *self)
{
}
