/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-chart.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "base/trestle-clock.h"
#include "widgets/trestle-chart-text.h"

#define GRID_LINES 3
#define TIME_MARKS 5
#define GAP 6.0f
#define TEXT_SCALE 0.75

typedef struct
{
  char *name;
  TrestleChartHue hue;
  gboolean bars;
  double *values;
} Series;

struct _TrestleChart
{
  GtkWidget parent_instance;

  gint64 from;
  gint64 step;
  guint n_steps;
  GPtrArray *series;
};

G_DEFINE_FINAL_TYPE (TrestleChart, trestle_chart, GTK_TYPE_WIDGET)

static void
series_free (gpointer data)
{
  Series *series = data;

  g_free (series->name);
  g_free (series->values);
  g_free (series);
}

void
trestle_chart_hue_get (TrestleChartHue hue, gboolean dark, GdkRGBA *colour)
{
  static const char *const hues[][2] = {
    { "#3584e4", "#78aeed" },
    { "#e66100", "#ffa348" },
    { "#c01c28", "#ff7b63" },
  };

  gdk_rgba_parse (colour, hues[hue][dark]);
}

double
trestle_chart_round (double highest, gboolean whole)
{
  static const double steps[] = { 1, 2, 3, 4, 5, 8, 10 };
  double least = highest / GRID_LINES;
  double unit;

  if (!(least > 0))
    return 1;
  unit = pow (10, floor (log10 (least)));
  if (whole)
    unit = MAX (unit, 1);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * unit >= least * (1 - 1e-9))
      return steps[i] * unit;
  return 10 * unit;
}

char *
trestle_chart_time (gint64 time, gint64 span)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  /* Translators: a day at the axis of a chart, as g_date_time_format() takes it */
  return g_date_time_format (local, span > TRESTLE_DAY ? _ ("%-e %b") : "%H:%M");
}

/* Said to those who do not see the drawing; the figures are in the table twin. */
static void
describe (TrestleChart *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->series->len; i++)
    {
      Series *series = g_ptr_array_index (self->series, i);
      double least = INFINITY, highest = -INFINITY;

      for (guint j = 0; j < self->n_steps; j++)
        if (!isnan (series->values[j]))
          {
            least = MIN (least, series->values[j]);
            highest = MAX (highest, series->values[j]);
          }
      if (words->len > 0)
        g_string_append (words, "; ");
      if (highest >= least)
        g_string_append_printf (words, _ ("%s: from %.6g to %.6g"), series->name, least, highest);
      else
        g_string_append_printf (words, _ ("%s: nothing"), series->name);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words->str, -1);
}

void
trestle_chart_begin (TrestleChart *self, gint64 from, gint64 step, guint n_steps)
{
  g_return_if_fail (TRESTLE_IS_CHART (self));

  self->from = from;
  self->step = step;
  self->n_steps = n_steps;
  g_ptr_array_set_size (self->series, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
trestle_chart_add (TrestleChart *self,
                   const char *name,
                   TrestleChartHue hue,
                   const double *values,
                   gboolean bars)
{
  Series *series;

  g_return_if_fail (TRESTLE_IS_CHART (self));

  series = g_new0 (Series, 1);
  series->name = g_strdup (name);
  series->hue = hue;
  series->bars = bars;
  series->values = g_memdup2 (values, self->n_steps * sizeof *values);
  g_ptr_array_add (self->series, series);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- Drawing -------------------------------------------------------------------------------- */

typedef struct
{
  graphene_rect_t plot;
  double top; /* value at the upper edge */
} Scale;

/* Where a step of a line lies: the first at the left edge, the last at the right one. */
static float
line_x (TrestleChart *self, const Scale *scale, guint step)
{
  return scale->plot.origin.x
         + scale->plot.size.width * (float) step / (float) MAX (self->n_steps - 1, 1);
}

static float
value_y (const Scale *scale, double value)
{
  return scale->plot.origin.y
         + scale->plot.size.height * (float) (1 - CLAMP (value / scale->top, 0, 1));
}

static void
draw_bars (TrestleChart *self, GtkSnapshot *snapshot, const Scale *scale, Series *series)
{
  float slot = scale->plot.size.width / (float) self->n_steps;
  float width = CLAMP (slot - 2, 2, 12);
  float bottom = scale->plot.origin.y + scale->plot.size.height;
  GdkRGBA colour;

  trestle_chart_hue_get (series->hue,
                         adw_style_manager_get_dark (adw_style_manager_get_for_display (
                             gtk_widget_get_display (GTK_WIDGET (self)))),
                         &colour);
  for (guint i = 0; i < self->n_steps; i++)
    if (series->values[i] > 0)
      {
        float y = MIN (value_y (scale, series->values[i]), bottom - 2);
        float x = scale->plot.origin.x + slot * ((float) i + .5f) - width / 2;
        graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, width, bottom - y);
        GskRoundedRect outline;

        gsk_rounded_rect_init (&outline, &rect, &GRAPHENE_SIZE_INIT (2, 2),
                               &GRAPHENE_SIZE_INIT (2, 2), &GRAPHENE_SIZE_INIT (0, 0),
                               &GRAPHENE_SIZE_INIT (0, 0));
        gtk_snapshot_push_rounded_clip (snapshot, &outline);
        gtk_snapshot_append_color (snapshot, &colour, &rect);
        gtk_snapshot_pop (snapshot);
      }
}

/* Steps without a value part the line; a value that stands alone is a dot. */
static void
draw_line (TrestleChart *self,
           GtkSnapshot *snapshot,
           const Scale *scale,
           Series *series,
           gboolean area)
{
  g_autoptr (GskPathBuilder) lines = gsk_path_builder_new ();
  g_autoptr (GskPathBuilder) areas = gsk_path_builder_new ();
  g_autoptr (GskPathBuilder) dots = gsk_path_builder_new ();
  g_autoptr (GskPath) line = NULL, under = NULL, alone = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (2);
  float bottom = scale->plot.origin.y + scale->plot.size.height;
  GdkRGBA colour, upper, lower;

  trestle_chart_hue_get (series->hue,
                         adw_style_manager_get_dark (adw_style_manager_get_for_display (
                             gtk_widget_get_display (GTK_WIDGET (self)))),
                         &colour);

  for (guint i = 0; i < self->n_steps;)
    {
      guint end = i;

      if (isnan (series->values[i]))
        {
          i++;
          continue;
        }
      while (end + 1 < self->n_steps && !isnan (series->values[end + 1]))
        end++;
      if (end == i)
        gsk_path_builder_add_circle (
            dots,
            &GRAPHENE_POINT_INIT (line_x (self, scale, i), value_y (scale, series->values[i])), 3);
      else
        {
          gsk_path_builder_move_to (lines, line_x (self, scale, i),
                                    value_y (scale, series->values[i]));
          gsk_path_builder_move_to (areas, line_x (self, scale, i), bottom);
          for (guint j = i; j <= end; j++)
            {
              float x = line_x (self, scale, j), y = value_y (scale, series->values[j]);

              if (j > i)
                gsk_path_builder_line_to (lines, x, y);
              gsk_path_builder_line_to (areas, x, y);
            }
          gsk_path_builder_line_to (areas, line_x (self, scale, end), bottom);
          gsk_path_builder_close (areas);
        }
      i = end + 1;
    }

  line = gsk_path_builder_to_path (lines);
  under = gsk_path_builder_to_path (areas);
  alone = gsk_path_builder_to_path (dots);
  if (area)
    {
      upper = lower = colour;
      upper.alpha = .28f;
      lower.alpha = .04f;
      gtk_snapshot_push_fill (snapshot, under, GSK_FILL_RULE_WINDING);
      gtk_snapshot_append_linear_gradient (
          snapshot, &scale->plot, &GRAPHENE_POINT_INIT (0, scale->plot.origin.y),
          &GRAPHENE_POINT_INIT (0, bottom), (GskColorStop[2]) { { 0, upper }, { 1, lower } }, 2);
      gtk_snapshot_pop (snapshot);
    }
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_append_stroke (snapshot, line, stroke, &colour);
  gtk_snapshot_append_fill (snapshot, alone, GSK_FILL_RULE_WINDING, &colour);
}

static double
get_highest (TrestleChart *self, gboolean *whole)
{
  double highest = 0;

  *whole = TRUE;
  for (guint i = 0; i < self->series->len; i++)
    {
      Series *series = g_ptr_array_index (self->series, i);

      for (guint j = 0; j < self->n_steps; j++)
        if (!isnan (series->values[j]))
          {
            highest = MAX (highest, series->values[j]);
            *whole = *whole && series->values[j] == floor (series->values[j]);
          }
    }
  return highest;
}

/* Grid and its figures at the left; sets where the plot lies. */
static void
draw_grid (TrestleChart *self, GtkSnapshot *snapshot, Scale *scale)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  PangoLayout *texts[GRID_LINES + 1];
  gint64 span = self->step * self->n_steps;
  gboolean whole;
  double highest = get_highest (self, &whole);
  double third = trestle_chart_round (highest, whole);
  int widest = 0, line = 0;
  GdkRGBA dim, faint;

  scale->top = third * GRID_LINES;
  gtk_widget_get_color (GTK_WIDGET (self), &dim);
  faint = dim;
  dim.alpha *= .6f;
  faint.alpha *= .15f;

  for (guint i = 0; i <= GRID_LINES; i++)
    {
      g_autofree char *text = g_strdup_printf ("%.6g", third * i);
      int w;

      texts[i] = trestle_chart_text_new (GTK_WIDGET (self), text, TEXT_SCALE);
      pango_layout_get_pixel_size (texts[i], &w, &line);
      widest = MAX (widest, w);
    }
  scale->plot = GRAPHENE_RECT_INIT ((float) widest + GAP, (float) line / 2,
                                    width - (float) widest - GAP,
                                    height - (float) line * 1.5f - GAP);
  for (guint i = 0; i <= GRID_LINES; i++)
    {
      float y = roundf (value_y (scale, third * i));
      int w;

      pango_layout_get_pixel_size (texts[i], &w, NULL);
      trestle_chart_text_draw (snapshot, texts[i], &dim, (float) (widest - w),
                               y - (float) line / 2);
      gtk_snapshot_append_color (
          snapshot, i == 0 ? &dim : &faint,
          &GRAPHENE_RECT_INIT (scale->plot.origin.x, y, scale->plot.size.width, 1));
      g_object_unref (texts[i]);
    }

  for (guint i = 0; i < TIME_MARKS; i++)
    {
      g_autofree char *text = trestle_chart_time (self->from + span * i / (TIME_MARKS - 1), span);
      g_autoptr (PangoLayout) layout = trestle_chart_text_new (GTK_WIDGET (self), text, TEXT_SCALE);
      float x = scale->plot.origin.x + scale->plot.size.width * (float) i / (TIME_MARKS - 1);
      int w;

      /* On a narrow chart only every second one has room. */
      if (i % 2 != 0 && scale->plot.size.width < 260)
        continue;
      pango_layout_get_pixel_size (layout, &w, NULL);
      x = CLAMP (x - (float) w / 2, scale->plot.origin.x, width - (float) w);
      trestle_chart_text_draw (snapshot, layout, &dim, x, height - (float) line);
    }
}

static void
trestle_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleChart *self = TRESTLE_CHART (widget);
  gboolean area = TRUE;
  Scale scale;

  if (self->n_steps == 0)
    return;

  draw_grid (self, snapshot, &scale);
  if (scale.plot.size.width <= 0 || scale.plot.size.height <= 0)
    return;
  for (guint i = 0; i < self->series->len; i++)
    {
      Series *series = g_ptr_array_index (self->series, i);

      if (series->bars)
        draw_bars (self, snapshot, &scale, series);
      else
        {
          draw_line (self, snapshot, &scale, series, area);
          area = FALSE;
        }
    }
}

static void
trestle_chart_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 128;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : 128;
}

static void
trestle_chart_dispose (GObject *object)
{
  g_signal_handlers_disconnect_by_data (
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (object))), object);
  G_OBJECT_CLASS (trestle_chart_parent_class)->dispose (object);
}

static void
trestle_chart_finalize (GObject *object)
{
  g_ptr_array_unref (TRESTLE_CHART (object)->series);
  G_OBJECT_CLASS (trestle_chart_parent_class)->finalize (object);
}

static void
trestle_chart_class_init (TrestleChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = trestle_chart_dispose;
  object_class->finalize = trestle_chart_finalize;
  widget_class->snapshot = trestle_chart_snapshot;
  widget_class->measure = trestle_chart_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "chart");
}

static void
trestle_chart_init (TrestleChart *self)
{
  self->series = g_ptr_array_new_with_free_func (series_free);
  g_signal_connect_swapped (
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))),
      "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self);
}
