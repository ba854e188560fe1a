/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "container/trestle-ping-chart.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "domain/trestle-container-ping.h"
#include "domain/trestle-container-rules.h"
#include "widgets/trestle-chart-text.h"

#define HEIGHT 128
#define GRID_LINES 2
#define TEXT_SCALE .75
#define GAP 6.0f
#define DOT 2.6f

struct _TrestlePingChart
{
  GtkWidget parent_instance;

  GListModel *pings;
};

G_DEFINE_FINAL_TYPE (TrestlePingChart, trestle_ping_chart, GTK_TYPE_WIDGET)

typedef struct
{
  graphene_rect_t plot;
  gint64 most;  /* µs at the upper edge */
  gint64 until; /* µs at the right edge */
} Scale;

/* 1, 2 or 5 times a power of ten of milliseconds for each line of the grid. */
static gint64
round_up (gint64 usec)
{
  static const gint64 steps[] = { 1, 2, 5 };

  for (gint64 unit = 1000;; unit *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (steps[i] * unit * GRID_LINES >= usec || unit > G_MAXINT64 / 100)
        return steps[i] * unit;
}

static TrestleContainerPing *
ping_at (TrestlePingChart *self, guint i)
{
  TrestleContainerPing *ping = g_list_model_get_item (self->pings, i);

  g_object_unref (ping); /* the model keeps it */
  return ping;
}

static guint
count (TrestlePingChart *self)
{
  return self->pings != NULL ? g_list_model_get_n_items (self->pings) : 0;
}

static void
find_scale (TrestlePingChart *self, Scale *scale)
{
  gint64 slowest = 1000;

  scale->until = G_USEC_PER_SEC;
  for (guint i = 0; i < count (self); i++)
    {
      slowest = MAX (slowest, trestle_container_ping_get_latency (ping_at (self, i)));
      scale->until = MAX (scale->until, trestle_container_ping_get_at (ping_at (self, i)));
    }
  scale->most = round_up (slowest) * GRID_LINES;
}

static float
x_of (const Scale *scale, gint64 at)
{
  return scale->plot.origin.x + scale->plot.size.width * (float) at / (float) scale->until;
}

static float
y_of (const Scale *scale, gint64 latency)
{
  return scale->plot.origin.y
         + scale->plot.size.height * (1 - MIN ((float) latency / (float) scale->most, 1));
}

/* From the first ping of @phase to the one that comes after its last. */
static void
draw_span (TrestlePingChart *self,
           GtkSnapshot *snapshot,
           const Scale *scale,
           const char *phase,
           const char *name,
           const char *colour_name,
           const GdkRGBA *ink)
{
  gint64 from = -1, to = -1;
  g_autoptr (PangoLayout) layout = trestle_chart_text_new (GTK_WIDGET (self), name, TEXT_SCALE);
  GdkRGBA colour;
  float left, right;
  int width;

  for (guint i = 0; i < count (self); i++)
    {
      TrestleContainerPing *ping = ping_at (self, i);

      if (g_strcmp0 (trestle_container_ping_get_phase (ping), phase) == 0)
        {
          if (from < 0)
            from = trestle_container_ping_get_at (ping);
          to = trestle_container_ping_get_at (ping) + trestle_container_ping_get_latency (ping);
        }
    }
  if (from < 0)
    return;
  gdk_rgba_parse (&colour, colour_name);
  colour.alpha = .16f;
  left = x_of (scale, from);
  right = MAX (MIN (x_of (scale, to), scale->plot.origin.x + scale->plot.size.width), left + 3);
  gtk_snapshot_append_color (
      snapshot, &colour,
      &GRAPHENE_RECT_INIT (left, scale->plot.origin.y, right - left, scale->plot.size.height));
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (right - left >= (float) width + 8)
    trestle_chart_text_draw (snapshot, layout, ink, left + 4, scale->plot.origin.y + 2);
}

static void
draw_dots (TrestlePingChart *self, GtkSnapshot *snapshot, const Scale *scale, gboolean healthy)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GdkRGBA colour;

  for (guint i = 0; i < count (self); i++)
    {
      TrestleContainerPing *ping = ping_at (self, i);
      float x = x_of (scale, trestle_container_ping_get_at (ping));
      float y = y_of (scale, trestle_container_ping_get_latency (ping));

      if ((trestle_container_ping_get_status (ping) == 200) != healthy)
        continue;
      /* Shape and colour: a square is not healthy. */
      if (healthy)
        gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), DOT);
      else
        gsk_path_builder_add_rect (builder,
                                   &GRAPHENE_RECT_INIT (x - DOT, y - DOT, 2 * DOT, 2 * DOT));
    }
  path = gsk_path_builder_to_path (builder);
  gdk_rgba_parse (&colour, healthy ? "#2ec27e" : "#e5a50a");
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &colour);
}

static void
trestle_ping_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestlePingChart *self = TRESTLE_PING_CHART (widget);
  float width = (float) gtk_widget_get_width (widget);
  PangoLayout *labels[GRID_LINES + 1];
  int widest = 0, line = 0;
  GdkRGBA dim, faint;
  Scale scale;

  find_scale (self, &scale);
  gtk_widget_get_color (widget, &dim);
  faint = dim;
  dim.alpha *= .65f;
  faint.alpha *= .15f;
  for (guint i = 0; i <= GRID_LINES; i++)
    {
      g_autofree char *text = g_strdup_printf (_ ("%d ms"),
                                               (int) (scale.most / 1000 * (gint64) i / GRID_LINES));
      int w;

      labels[i] = trestle_chart_text_new (GTK_WIDGET (self), text, TEXT_SCALE);
      pango_layout_get_pixel_size (labels[i], &w, &line);
      widest = MAX (widest, w);
    }
  scale.plot = GRAPHENE_RECT_INIT ((float) widest + GAP, (float) line / 2,
                                   width - (float) widest - GAP - DOT,
                                   HEIGHT - (float) line * 1.5f - GAP);
  for (guint i = 0; i <= GRID_LINES; i++)
    {
      float y = roundf (y_of (&scale, scale.most * (gint64) i / GRID_LINES));
      int w;

      pango_layout_get_pixel_size (labels[i], &w, NULL);
      trestle_chart_text_draw (snapshot, labels[i], &dim, (float) (widest - w),
                               y - (float) line / 2);
      gtk_snapshot_append_color (
          snapshot, i == 0 ? &dim : &faint,
          &GRAPHENE_RECT_INIT (scale.plot.origin.x, y, scale.plot.size.width, 1));
      g_object_unref (labels[i]);
    }
  draw_span (self, snapshot, &scale, "loading", _ ("loading"), "#e5a50a", &dim);
  draw_span (self, snapshot, &scale, "load", _ ("8 calls at once"), "#3584e4", &dim);
  draw_dots (self, snapshot, &scale, FALSE);
  draw_dots (self, snapshot, &scale, TRUE);
  for (guint i = 0; i <= 2; i++)
    {
      g_autofree char *text = g_strdup_printf (_ ("%.3g s"), (double) scale.until / 2e6 * i);
      g_autoptr (PangoLayout) layout = trestle_chart_text_new (GTK_WIDGET (self), text, TEXT_SCALE);
      int w;

      pango_layout_get_pixel_size (layout, &w, NULL);
      trestle_chart_text_draw (snapshot, layout, &dim,
                               CLAMP (x_of (&scale, scale.until * i / 2) - (float) w / 2,
                                      scale.plot.origin.x, width - (float) w),
                               HEIGHT - (float) line);
    }
}

static void
trestle_ping_chart_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 180 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : HEIGHT;
}

char *
trestle_ping_chart_dup_summary (GListModel *pings)
{
  guint n = pings != NULL ? g_list_model_get_n_items (pings) : 0, healthy = 0, lost = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleContainerPing) ping = g_list_model_get_item (pings, i);

      healthy += trestle_container_ping_get_status (ping) == 200;
      lost += trestle_container_ping_get_status (ping) == 0;
    }
  if (lost > 0)
    return g_strdup_printf (_ ("%u asked, %u healthy, %u lost"), n, healthy, lost);
  return g_strdup_printf (_ ("%u asked, %u healthy, none lost"), n, healthy);
}

static void
changed (TrestlePingChart *self)
{
  g_autofree char *summary = trestle_ping_chart_dup_summary (self->pings);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  summary, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
trestle_ping_chart_set_pings (TrestlePingChart *self, GListModel *pings)
{
  g_return_if_fail (TRESTLE_IS_PING_CHART (self));

  if (self->pings != NULL)
    g_signal_handlers_disconnect_by_data (self->pings, self);
  g_set_object (&self->pings, pings);
  if (pings != NULL)
    g_signal_connect_swapped (pings, "items-changed", G_CALLBACK (changed), self);
  changed (self);
}

static void
trestle_ping_chart_dispose (GObject *object)
{
  TrestlePingChart *self = TRESTLE_PING_CHART (object);

  if (self->pings != NULL)
    g_signal_handlers_disconnect_by_data (self->pings, self);
  g_clear_object (&self->pings);
  G_OBJECT_CLASS (trestle_ping_chart_parent_class)->dispose (object);
}

static void
trestle_ping_chart_class_init (TrestlePingChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_ping_chart_dispose;
  widget_class->snapshot = trestle_ping_chart_snapshot;
  widget_class->measure = trestle_ping_chart_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "chart");
}

static void
trestle_ping_chart_init (TrestlePingChart *self)
{
}
