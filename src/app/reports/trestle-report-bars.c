/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include <math.h>

#include "reports/trestle-report-chart-private.h"
#include "widgets/trestle-chart.h"
#include "widgets/trestle-chart-text.h"

#define GAP 6.0f
#define BAR_HEIGHT 24
#define GRID_LINES 3 /* as trestle_chart_round() has it */
#define AXIS_HEIGHT 22
#define MOST_FOR_NAMES 210.0f

static char *
dup_figure (TrestleReportChart *self, TrestleReportRow *row)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);

  return trestle_report_format (trestle_report_chart_value_of (self, row),
                                info->columns[info->main].measure,
                                trestle_report_row_get_currency (row));
}

/* No wider than the names are, nor than a third of the drawing. */
static float
measure_names (TrestleReportChart *self, float width)
{
  int widest = 0, w, h;

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (PangoLayout) layout = trestle_report_chart_create_text (
          self, trestle_report_row_get_label (self->rows->pdata[i]), &w, &h);

      widest = MAX (widest, w);
    }
  return MIN ((float) widest, MIN (width * .34f, MOST_FOR_NAMES));
}

static float
measure_figures (TrestleReportChart *self)
{
  int widest = 0, w, h;

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autofree char *text = dup_figure (self, self->rows->pdata[i]);
      g_autoptr (PangoLayout) layout = trestle_report_chart_create_text (self, text, &w, &h);

      widest = MAX (widest, w);
    }
  return (float) widest;
}

static void
draw_axis (TrestleReportChart *self, GtkSnapshot *snapshot, const TrestleReportScale *scale)
{
  float bottom = scale->plot.origin.y + scale->plot.size.height;

  for (guint i = 0; i <= GRID_LINES; i++)
    {
      double value = scale->top / GRID_LINES * i;
      float x = roundf (scale->plot.origin.x + scale->plot.size.width * (float) i / GRID_LINES);
      g_autofree char *text = trestle_report_chart_dup_axis_text (self, value);
      int w, h;
      g_autoptr (PangoLayout) layout = trestle_report_chart_create_text (self, text, &w, &h);

      gtk_snapshot_append_color (
          snapshot, i == 0 ? &scale->dim : &scale->faint,
          &GRAPHENE_RECT_INIT (x, scale->plot.origin.y, 1, scale->plot.size.height));
      trestle_chart_text_draw (snapshot, layout, &scale->dim, x - (float) w / 2, bottom + 4);
    }
}

static void
draw_bar (TrestleReportChart *self,
          GtkSnapshot *snapshot,
          const TrestleReportScale *scale,
          TrestleReportRow *row,
          float y,
          float names)
{
  double value = trestle_report_chart_draw_value (trestle_report_chart_value_of (self, row));
  float length = scale->top > 0 ? scale->plot.size.width * (float) CLAMP (value / scale->top, 0, 1)
                                : 0;
  graphene_rect_t rect = GRAPHENE_RECT_INIT (scale->plot.origin.x, y + 4, length, BAR_HEIGHT);
  g_autofree char *text = dup_figure (self, row);
  int w, h;
  g_autoptr (PangoLayout)
      name = trestle_report_chart_create_text (self, trestle_report_row_get_label (row), &w, &h);
  g_autoptr (PangoLayout) figure = trestle_report_chart_create_text (self, text, &w, &h);
  GskRoundedRect outline;

  pango_layout_set_width (name, (int) ceilf (names) * PANGO_SCALE);
  pango_layout_set_ellipsize (name, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (name, PANGO_ALIGN_RIGHT);
  trestle_chart_text_draw (snapshot, name, &scale->dim, 0,
                           y + (TRESTLE_REPORT_BAR_SLOT - (float) h) / 2);
  if (length >= 1)
    {
      gsk_rounded_rect_init (&outline, &rect, &GRAPHENE_SIZE_INIT (0, 0),
                             &GRAPHENE_SIZE_INIT (3, 3), &GRAPHENE_SIZE_INIT (3, 3),
                             &GRAPHENE_SIZE_INIT (0, 0));
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      trestle_report_chart_draw_parts (self, snapshot, scale, row, rect, FALSE);
      gtk_snapshot_pop (snapshot);
    }
  trestle_chart_text_draw (snapshot, figure, &scale->dim, scale->plot.origin.x + length + GAP,
                           y + (TRESTLE_REPORT_BAR_SLOT - (float) h) / 2);
}

void
trestle_report_chart_snapshot_bars (TrestleReportChart *self,
                                    GtkSnapshot *snapshot,
                                    TrestleReportScale *scale)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float names = measure_names (self, width);
  double most = trestle_report_chart_highest (self);
  float room = MAX (width - names - 2 * GAP - measure_figures (self) - GAP, 20);

  /* The figure of the longest bar stands behind it, beyond the last line if need be. */
  scale->slot = TRESTLE_REPORT_BAR_SLOT;
  scale->top = trestle_chart_round (most, FALSE) * GRID_LINES;
  if (most > 0)
    room = MIN (room * (float) (scale->top / most), width - names - 3 * GAP - 16);
  scale->plot = GRAPHENE_RECT_INIT (names + 2 * GAP, 0, MAX (room, 20),
                                    (float) self->rows->len * TRESTLE_REPORT_BAR_SLOT);
  for (guint i = 0; i < self->rows->len; i++)
    if (trestle_report_chart_is_selected (self, self->rows->pdata[i]))
      gtk_snapshot_append_color (
          snapshot, &scale->faint,
          &GRAPHENE_RECT_INIT (0, scale->slot * (float) i, width, scale->slot));
  draw_axis (self, snapshot, scale);
  for (guint i = 0; i < self->rows->len; i++)
    draw_bar (self, snapshot, scale, self->rows->pdata[i], scale->slot * (float) i, names);
}

int
trestle_report_chart_measure_bars (TrestleReportChart *self)
{
  return (int) MAX (self->rows->len, 1) * TRESTLE_REPORT_BAR_SLOT + AXIS_HEIGHT;
}
