/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-calls-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "endpoints/trestle-call-stats.h"
#include "widgets/trestle-chart-card.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"
#include "workbench/trestle-invoke-flow.h"

/* More would take long to read again; what is older is in the workbench. */
#define CALLS_MAX 5000

static const struct
{
  const char *name;
  gint64 step;
  guint n_steps;
} ranges[] = {
  { "hour", TRESTLE_MINUTE, 60 },
  { "hours", 3 * TRESTLE_MINUTE, 60 },
  { "day", 30 * TRESTLE_MINUTE, 48 },
  { "week", 3 * TRESTLE_HOUR, 56 },
};

struct _TrestleCallsPanel
{
  GtkWidget parent_instance;

  AdwToggleGroup *range;
  TrestleChartCard *calls;
  TrestleChartCard *latency;

  gint64 created;
  GListModel *history;
  gboolean narrow;
  gboolean chosen; /* the period, by the person */
  gboolean choosing;
  DexFuture *loading;
};

enum
{
  PROP_NARROW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (TrestleCallsPanel, trestle_calls_panel, GTK_TYPE_WIDGET)

GListModel *
trestle_calls_panel_get_calls (TrestleCallsPanel *self)
{
  g_return_val_if_fail (TRESTLE_IS_CALLS_PANEL (self), NULL);
  return self->history;
}

static guint
get_range (TrestleCallsPanel *self)
{
  const char *name = adw_toggle_group_get_active_name (self->range);

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (g_strcmp0 (ranges[i].name, name) == 0)
      return i;
  return 0;
}

static void
draw (TrestleCallsPanel *self)
{
  guint range = get_range (self);
  gint64 step = ranges[range].step;
  guint n = ranges[range].n_steps;
  /* Steps end at round times, or every tick would move them all. */
  gint64 until = (trestle_clock_now () / step + 1) * step;
  g_autoptr (TrestleCallSeries)
      series = trestle_call_series_new (self->history, self->created, until, step, n);
  g_autofree char *each = trestle_format_duration (step);
  /* Translators: heading of a chart; "3 min" is how much time each value stands for */
  g_autofree char *title = step == TRESTLE_MINUTE ? g_strdup (_ ("Calls per Minute"))
                                                  : g_strdup_printf (_ ("Calls per %s"), each);

  g_object_set (self->calls, "title", title, NULL);
  trestle_chart_card_begin (self->calls, series->from, step, n);
  trestle_chart_card_add (self->calls, _ ("All"), TRESTLE_CHART_BLUE, series->calls, FALSE);
  trestle_chart_card_add (self->calls, _ ("Failed"), TRESTLE_CHART_RED, series->failed, TRUE);
  trestle_chart_card_end (self->calls);

  trestle_chart_card_begin (self->latency, series->from, step, n);
  trestle_chart_card_add (self->latency, _ ("p50"), TRESTLE_CHART_BLUE, series->p50, FALSE);
  trestle_chart_card_add (self->latency, _ ("p99"), TRESTLE_CHART_ORANGE, series->p99, FALSE);
  trestle_chart_card_end (self->latency);
}

/* The shortest period that has the newest call, until the person chooses one. */
static void
choose_range (TrestleCallsPanel *self)
{
  TrestleCallStats stats;
  guint i = 0;

  if (self->chosen)
    return;
  trestle_call_stats_count (self->history, self->created, &stats);
  while (stats.newest != 0 && i + 1 < G_N_ELEMENTS (ranges)
         && trestle_clock_now () - stats.newest > ranges[i].step * ranges[i].n_steps * 3 / 4)
    i++;
  self->choosing = TRUE;
  adw_toggle_group_set_active_name (self->range, ranges[i].name);
  self->choosing = FALSE;
}

static void
on_range (TrestleCallsPanel *self)
{
  if (self->choosing)
    return;
  self->chosen = TRUE;
  draw (self);
}

static void
on_history (gpointer owner, const GValue *value, const GError *error)
{
  TrestleCallsPanel *self = owner;

  if (error != NULL)
    {
      if (!trestle_error_is_cancelled (error))
        g_message ("Could not read the history: %s", error->message);
      return;
    }
  g_set_object (&self->history, g_value_get_object (value));
  choose_range (self);
  draw (self);
  g_signal_emit (self, changed_signal, 0);
}

void
trestle_calls_panel_load (TrestleCallsPanel *self,
                          TrestleSession *session,
                          const char *endpoint,
                          gint64 created)
{
  g_return_if_fail (TRESTLE_IS_CALLS_PANEL (self));

  self->created = created;
  trestle_watch (self, &self->loading, trestle_invoke_history (session, endpoint, CALLS_MAX),
                 on_history);
}

static GtkOrientation
chart_orientation (TrestleCallsPanel *self, gboolean narrow)
{
  return narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
}

static void
trestle_calls_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, TRESTLE_CALLS_PANEL (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_calls_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    TRESTLE_CALLS_PANEL (object)->narrow = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_calls_panel_dispose (GObject *object)
{
  TrestleCallsPanel *self = TRESTLE_CALLS_PANEL (object);

  dex_clear (&self->loading);
  g_clear_object (&self->history);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_CALLS_PANEL);
  G_OBJECT_CLASS (trestle_calls_panel_parent_class)->dispose (object);
}

static void
trestle_calls_panel_class_init (TrestleCallsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_CHART_CARD);

  object_class->get_property = trestle_calls_panel_get_property;
  object_class->set_property = trestle_calls_panel_set_property;
  object_class->dispose = trestle_calls_panel_dispose;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", TRESTLE_TYPE_CALLS_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-calls-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleCallsPanel, range);
  gtk_widget_class_bind_template_child (widget_class, TrestleCallsPanel, calls);
  gtk_widget_class_bind_template_child (widget_class, TrestleCallsPanel, latency);
  gtk_widget_class_bind_template_callback (widget_class, on_range);
  gtk_widget_class_bind_template_callback (widget_class, chart_orientation);
}

static void
trestle_calls_panel_init (TrestleCallsPanel *self)
{
  self->choosing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->choosing = FALSE;
}
