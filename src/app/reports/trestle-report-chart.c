/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-chart.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "reports/trestle-report-chart-private.h"
#include "reports/trestle-report-words.h"
#include "widgets/trestle-chart.h"
#include "widgets/trestle-chart-text.h"

#define GRID_LINES 3 /* as trestle_chart_round() has it */
#define GAP 6.0f
#define TEXT_SCALE 0.8
#define MOST_BARS 12
/* A column needs so much room to be told from its neighbours, a month's name so much. */
#define SLOT_LEAST 46

enum
{
  PROP_SELECTED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleReportChart, trestle_report_chart, GTK_TYPE_WIDGET)

double
trestle_report_chart_draw_value (TrestleDecimal value)
{
  return (double) (value / 1000000000) / 1e9;
}

static gboolean
is_vertical (TrestleReportChart *self)
{
  return self->report != NULL
         && trestle_report_group_is_time (trestle_report_get_group (self->report));
}

TrestleDecimal
trestle_report_chart_value_of (TrestleReportChart *self, TrestleReportRow *row)
{
  return trestle_report_row_get_value (row, trestle_report_get_info (self->report)->main);
}

double
trestle_report_chart_highest (TrestleReportChart *self)
{
  double most = 0;

  for (guint i = 0; i < self->rows->len; i++)
    most = MAX (most, fabs (trestle_report_chart_draw_value (
                          trestle_report_chart_value_of (self, self->rows->pdata[i]))));
  return most;
}

char *
trestle_report_chart_dup_axis_text (TrestleReportChart *self, double value)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  TrestleReportRow *first = self->rows->pdata[0];
  const char *currency = trestle_report_row_get_currency (first);
  gboolean thousands = value >= 10000 || (value >= 1000 && fmod (value, 1000) == 0);
  double shown = thousands ? value / 1000 : value;
  TrestleDecimal decimal = (TrestleDecimal) (gint64) round (shown * 100)
                           * (TRESTLE_DECIMAL_ONE / 100);
  g_autofree char *text = trestle_decimal_format (decimal, shown == floor (shown) ? 0 : 1);

  if (info->columns[info->main].measure == TRESTLE_REPORT_AMOUNT && g_str_equal (currency, "USD"))
    return g_strdup_printf ("$%s%s", text, thousands ? "k" : "");
  return g_strdup_printf ("%s%s", text, thousands ? "k" : "");
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (trestle_report_row_get_key (*(TrestleReportRow **) a),
                    trestle_report_row_get_key (*(TrestleReportRow **) b));
}

static int
compare_values (gconstpointer a, gconstpointer b, gpointer data)
{
  TrestleDecimal x = trestle_report_chart_value_of (data, *(TrestleReportRow **) a);
  TrestleDecimal y = trestle_report_chart_value_of (data, *(TrestleReportRow **) b);

  return x > y ? -1 : x < y;
}

/* Said to those who do not see the drawing; the figures are in the table. */
static void
describe (TrestleReportChart *self)
{
  g_autofree char *text = g_strdup_printf (
      g_dngettext (NULL, "%u value; the table below has its figures",
                   "%u values; the table below has their figures", self->rows->len),
      self->rows->len);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

void
trestle_report_chart_set_report (TrestleReportChart *self,
                                 TrestleReport *report,
                                 const char *currency)
{
  GListModel *rows = report != NULL ? trestle_report_get_rows (report) : NULL;

  g_return_if_fail (TRESTLE_IS_REPORT_CHART (self));

  g_set_object (&self->report, report);
  self->parts = trestle_report_parts_of (report);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TrestleReportRow) row = g_list_model_get_item (rows, i);
      const char *own = trestle_report_row_get_currency (row);

      if (*own == '\0' || g_strcmp0 (own, currency) == 0)
        g_ptr_array_add (self->rows, g_steal_pointer (&row));
    }
  if (is_vertical (self))
    g_ptr_array_sort (self->rows, compare_keys);
  else
    {
      g_ptr_array_sort_with_data (self->rows, compare_values, self);
      if (self->rows->len > MOST_BARS)
        g_ptr_array_set_size (self->rows, MOST_BARS);
    }
  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
trestle_report_chart_get_n_drawn (TrestleReportChart *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_CHART (self), 0);
  return self->rows->len;
}

/* --- Drawing -------------------------------------------------------------------------------- */

PangoLayout *
trestle_report_chart_create_text (TrestleReportChart *self,
                                  const char *text,
                                  int *width,
                                  int *height)
{
  PangoLayout *layout = trestle_chart_text_new (GTK_WIDGET (self), text, TEXT_SCALE);

  pango_layout_get_pixel_size (layout, width, height);
  return layout;
}

static char *
dup_axis_label (TrestleReportChart *self, guint i)
{
  TrestleReportRow *row = self->rows->pdata[i];
  const char *key = trestle_report_row_get_key (row);
  g_autoptr (GDateTime) date = NULL;
  int year = 0, month = 0, day = 1;

  if (sscanf (key, "%d-%d-%d", &year, &month, &day) < 2)
    return g_strdup (trestle_report_row_get_label (row));
  date = g_date_time_new_utc (year, CLAMP (month, 1, 12), CLAMP (day, 1, 28), 0, 0, 0);
  if (date == NULL)
    return g_strdup (trestle_report_row_get_label (row));
  if (trestle_report_get_group (self->report) == TRESTLE_REPORT_GROUP_DAY)
    return g_strdup_printf ("%d", day);
  /* Translators: a month at the axis of a chart, with and without its year */
  return g_date_time_format (date, i == 0 || month == 1 ? _ ("%b ’%y") : _ ("%b"));
}

/* From the axis on, with a line between two. */
void
trestle_report_chart_draw_parts (TrestleReportChart *self,
                                 GtkSnapshot *snapshot,
                                 const TrestleReportScale *scale,
                                 TrestleReportRow *row,
                                 graphene_rect_t whole,
                                 gboolean vertical)
{
  double all = trestle_report_chart_draw_value (trestle_report_chart_value_of (self, row));
  float done = 0;

  for (guint i = 0; i < MAX (self->parts.n, 1); i++)
    {
      double part = self->parts.n > 0 ? trestle_report_chart_draw_value (
                                            trestle_report_parts_get_value (&self->parts, row, i))
                                      : all;
      float share = all > 0 ? (float) CLAMP (part / all, 0, 1) : 0;
      float line = done > 0 ? 1 : 0;
      graphene_rect_t rect = whole;
      GdkRGBA colour;

      trestle_report_chart_colour (
          self->parts.n > 0 ? trestle_report_parts_get_series (&self->parts, i) : 0, scale->dark,
          &colour);
      if (vertical)
        {
          rect.size.height = whole.size.height * share;
          rect.origin.y = whole.origin.y + whole.size.height - done - rect.size.height;
          done += rect.size.height;
        }
      else
        {
          rect.size.width = whole.size.width * share;
          rect.origin.x = whole.origin.x + done + line;
          done += rect.size.width;
          rect.size.width = MAX (rect.size.width - line, 0);
        }
      gtk_snapshot_append_color (snapshot, &colour, &rect);
    }
}

gboolean
trestle_report_chart_is_selected (TrestleReportChart *self, TrestleReportRow *row)
{
  return self->selected != NULL && g_str_equal (self->selected, trestle_report_row_get_key (row));
}

static void
draw_columns (TrestleReportChart *self,
              GtkSnapshot *snapshot,
              TrestleReportScale *scale,
              float height)
{
  float bottom = scale->plot.origin.y + scale->plot.size.height;
  guint shown = self->rows->len - scale->first;
  guint every = MAX (1, (guint) ceilf (SLOT_LEAST / MAX (scale->slot, 1)));

  for (guint i = scale->first; i < self->rows->len; i++)
    {
      TrestleReportRow *row = self->rows->pdata[i];
      float x = scale->plot.origin.x + scale->slot * (float) (i - scale->first);
      float width = MIN (scale->slot * .6f, 48);
      float tall = scale->plot.size.height
                   * (float) CLAMP (
                       trestle_report_chart_draw_value (trestle_report_chart_value_of (self, row))
                           / scale->top,
                       0, 1);
      graphene_rect_t rect = GRAPHENE_RECT_INIT (x + (scale->slot - width) / 2, bottom - tall,
                                                 width, tall);

      if (trestle_report_chart_is_selected (self, row))
        gtk_snapshot_append_color (
            snapshot, &scale->faint,
            &GRAPHENE_RECT_INIT (x, scale->plot.origin.y, scale->slot, scale->plot.size.height));
      if (tall >= 1)
        {
          GskRoundedRect outline;

          gsk_rounded_rect_init (&outline, &rect, &GRAPHENE_SIZE_INIT (3, 3),
                                 &GRAPHENE_SIZE_INIT (3, 3), &GRAPHENE_SIZE_INIT (0, 0),
                                 &GRAPHENE_SIZE_INIT (0, 0));
          /* What is not over yet is pale. */
          gtk_snapshot_push_opacity (snapshot,
                                     trestle_report_is_running (self->report, row) ? .55 : 1);
          gtk_snapshot_push_rounded_clip (snapshot, &outline);
          trestle_report_chart_draw_parts (self, snapshot, scale, row, rect, TRUE);
          gtk_snapshot_pop (snapshot);
          gtk_snapshot_pop (snapshot);
        }
      if ((shown - 1 - (i - scale->first)) % every == 0)
        {
          g_autofree char *text = dup_axis_label (self, i);
          int w, h;
          g_autoptr (PangoLayout) layout = trestle_report_chart_create_text (self, text, &w, &h);

          trestle_chart_text_draw (snapshot, layout, &scale->dim, x + (scale->slot - (float) w) / 2,
                                   height - (float) h);
        }
    }
}

static void
snapshot_columns (TrestleReportChart *self, GtkSnapshot *snapshot, TrestleReportScale *scale)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  double step = trestle_chart_round (trestle_report_chart_highest (self), FALSE);
  int widest = 0, line = 0;

  scale->top = step * GRID_LINES;
  for (guint i = 0; i <= GRID_LINES; i++)
    {
      g_autofree char *text = trestle_report_chart_dup_axis_text (self, step * i);
      int w;
      g_autoptr (PangoLayout) layout = trestle_report_chart_create_text (self, text, &w, &line);

      widest = MAX (widest, w);
    }
  scale->plot = GRAPHENE_RECT_INIT ((float) widest + GAP, (float) line / 2,
                                    width - (float) widest - GAP,
                                    height - (float) line * 1.5f - GAP);
  if (trestle_report_get_group (self->report) == TRESTLE_REPORT_GROUP_MONTH)
    while (scale->plot.size.width / (float) (self->rows->len - scale->first) < 34
           && self->rows->len - scale->first > 6)
      scale->first++;
  scale->slot = scale->plot.size.width / (float) (self->rows->len - scale->first);
  for (guint i = 0; i <= GRID_LINES; i++)
    {
      g_autofree char *text = trestle_report_chart_dup_axis_text (self, step * i);
      float y = roundf (scale->plot.origin.y
                        + scale->plot.size.height * (1 - (float) i / GRID_LINES));
      int w;
      g_autoptr (PangoLayout) layout = trestle_report_chart_create_text (self, text, &w, &line);

      trestle_chart_text_draw (snapshot, layout, &scale->dim, (float) (widest - w),
                               y - (float) line / 2);
      gtk_snapshot_append_color (
          snapshot, i == 0 ? &scale->dim : &scale->faint,
          &GRAPHENE_RECT_INIT (scale->plot.origin.x, y, scale->plot.size.width, 1));
    }
  draw_columns (self, snapshot, scale, height);
}

static TrestleReportScale
scale_new (TrestleReportChart *self)
{
  TrestleReportScale scale = { .dark = adw_style_manager_get_dark (
                                   adw_style_manager_get_for_display (
                                       gtk_widget_get_display (GTK_WIDGET (self)))) };

  gtk_widget_get_color (GTK_WIDGET (self), &scale.dim);
  scale.faint = scale.dim;
  scale.dim.alpha *= .7f;
  scale.faint.alpha *= .12f;
  return scale;
}

static void
trestle_report_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleReportChart *self = TRESTLE_REPORT_CHART (widget);
  TrestleReportScale scale = scale_new (self);

  if (self->rows->len == 0)
    return;
  if (is_vertical (self))
    snapshot_columns (self, snapshot, &scale);
  else
    trestle_report_chart_snapshot_bars (self, snapshot, &scale);
}

static void
trestle_report_chart_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  TrestleReportChart *self = TRESTLE_REPORT_CHART (widget);

  *minimum = 240;
  *natural = is_vertical (self) ? 600 : 320;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = is_vertical (self) ? 220 : trestle_report_chart_measure_bars (self);
}

/* --- Selecting ------------------------------------------------------------------------------ */

/* Where the drawing puts rows, without drawing. */
static TrestleReportRow *
row_at (TrestleReportChart *self, double x, double y)
{
  g_autoptr (GtkSnapshot) nowhere = gtk_snapshot_new ();
  TrestleReportScale scale = scale_new (self);
  double at;

  if (self->rows->len == 0)
    return NULL;
  if (!is_vertical (self))
    at = y / TRESTLE_REPORT_BAR_SLOT;
  else
    {
      snapshot_columns (self, nowhere, &scale);
      at = (x - scale.plot.origin.x) / scale.slot + scale.first;
    }
  return at >= 0 && at < self->rows->len ? self->rows->pdata[(guint) at] : NULL;
}

static void
select_row (TrestleReportChart *self, TrestleReportRow *row)
{
  g_object_set (self, "selected", row != NULL ? trestle_report_row_get_key (row) : NULL, NULL);
}

static void
on_pressed (TrestleReportChart *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  select_row (self, row_at (self, x, y));
}

static gboolean
on_key (TrestleReportChart *self, guint key, guint code, GdkModifierType state)
{
  gboolean vertical = is_vertical (self);
  int step = key == (vertical ? GDK_KEY_Right : GDK_KEY_Down) ? 1
             : key == (vertical ? GDK_KEY_Left : GDK_KEY_Up)  ? -1
                                                              : 0;
  int at = step > 0 ? -1 : (int) self->rows->len;

  if (step == 0 || self->rows->len == 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < self->rows->len; i++)
    if (trestle_report_chart_is_selected (self, self->rows->pdata[i]))
      at = (int) i;
  select_row (self, self->rows->pdata[CLAMP (at + step, 0, (int) self->rows->len - 1)]);
  return GDK_EVENT_STOP;
}

/* The parts by name and amount: colours alone would not do. */
static gboolean
trestle_report_chart_query_tooltip (GtkWidget *widget,
                                    int x,
                                    int y,
                                    gboolean keyboard,
                                    GtkTooltip *tooltip)
{
  TrestleReportChart *self = TRESTLE_REPORT_CHART (widget);
  TrestleReportRow *row = keyboard ? NULL : row_at (self, x, y);
  const TrestleReportInfo *info;
  g_autoptr (GString) words = NULL;
  g_autofree char *all = NULL;
  g_autofree char *name = NULL;

  if (row == NULL)
    return FALSE;
  info = trestle_report_get_info (self->report);
  all = trestle_report_format (trestle_report_chart_value_of (self, row),
                               info->columns[info->main].measure,
                               trestle_report_row_get_currency (row));
  words = g_string_new (NULL);
  name = trestle_report_chart_dup_name (self->report, row);
  g_string_append_printf (words, "%s: %s", name, all);
  for (guint i = 0; i < self->parts.n; i++)
    {
      g_autofree char *label = trestle_report_parts_dup_label (&self->parts, i);
      TrestleDecimal part = trestle_report_parts_get_value (&self->parts, row, i);
      g_autofree char *text = trestle_report_format (part, info->columns[info->main].measure,
                                                     trestle_report_row_get_currency (row));

      if (part != 0)
        g_string_append_printf (words, "\n%s: %s", label, text);
    }
  gtk_tooltip_set_text (tooltip, words->str);
  return TRUE;
}

static void
trestle_report_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, TRESTLE_REPORT_CHART (object)->selected);
}

static void
trestle_report_chart_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  TrestleReportChart *self = TRESTLE_REPORT_CHART (object);

  if (!g_set_str (&self->selected, g_value_get_string (value)))
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
trestle_report_chart_dispose (GObject *object)
{
  g_signal_handlers_disconnect_by_data (
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (object))), object);
  G_OBJECT_CLASS (trestle_report_chart_parent_class)->dispose (object);
}

static void
trestle_report_chart_finalize (GObject *object)
{
  TrestleReportChart *self = TRESTLE_REPORT_CHART (object);

  g_clear_object (&self->report);
  g_ptr_array_unref (self->rows);
  g_free (self->selected);
  G_OBJECT_CLASS (trestle_report_chart_parent_class)->finalize (object);
}

static void
trestle_report_chart_class_init (TrestleReportChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_report_chart_get_property;
  object_class->set_property = trestle_report_chart_set_property;
  object_class->dispose = trestle_report_chart_dispose;
  object_class->finalize = trestle_report_chart_finalize;
  widget_class->snapshot = trestle_report_chart_snapshot;
  widget_class->measure = trestle_report_chart_measure;
  widget_class->query_tooltip = trestle_report_chart_query_tooltip;
  properties[PROP_SELECTED] = g_param_spec_string ("selected", NULL, NULL, NULL,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                       | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "report-chart");
}

static void
trestle_report_chart_init (TrestleReportChart *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))),
      "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self);
}
