/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-step-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-rail.h"
#include "widgets/trestle-widget.h"

struct _TrestleStepRow
{
  GtkWidget parent_instance;

  TrestleRail *rail;
  GtkLabel *title;
  GtkLabel *elapsed;
  GtkLabel *detail;
  AdwBin *extra;

  TrestleStep *step;
  gboolean first;
  gboolean last;
};

G_DEFINE_FINAL_TYPE (TrestleStepRow, trestle_step_row, GTK_TYPE_WIDGET)

TrestleStep *
trestle_step_row_get_step (TrestleStepRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_STEP_ROW (self), NULL);
  return self->step;
}

static const char *
state_word (TrestleTaskState state)
{
  switch (state)
    {
    case TRESTLE_TASK_STATE_RUNNING:
      return _ ("running");
    case TRESTLE_TASK_STATE_DONE:
      return _ ("done");
    case TRESTLE_TASK_STATE_FAILED:
      return _ ("failed");
    case TRESTLE_TASK_STATE_UNDONE:
      return _ ("undone");
    case TRESTLE_TASK_STATE_WAITING:
    default:
      return _ ("waiting");
    }
}

void
trestle_step_row_tick (TrestleStepRow *self)
{
  gint64 started, ended;
  g_autofree char *elapsed = NULL;

  g_return_if_fail (TRESTLE_IS_STEP_ROW (self));

  started = trestle_step_get_started (self->step);
  ended = trestle_step_get_ended (self->step);
  if (started > 0)
    {
      gint64 passed = (ended > 0 ? ended : trestle_clock_now ()) - started;

      /* What still runs is counted in whole seconds, or the figure would flicker. */
      if (ended == 0)
        passed -= passed % TRESTLE_SECOND;
      elapsed = ended == 0 && passed == 0 ? g_strdup ("") : trestle_format_duration (passed);
    }
  gtk_label_set_label (self->elapsed, elapsed != NULL ? elapsed : "");
}

static void
update (TrestleStepRow *self)
{
  TrestleTaskState state = trestle_step_get_state (self->step);
  const char *detail = trestle_step_get_detail (self->step);
  const char *elapsed;
  g_autofree char *label = NULL;

  trestle_rail_set (self->rail, state, self->first, self->last);
  gtk_label_set_label (self->title, trestle_step_get_title (self->step));
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  trestle_step_row_tick (self);
  elapsed = gtk_label_get_label (self->elapsed);
  label = *elapsed != '\0' ? g_strdup_printf (_ ("%s, %s, %s"), trestle_step_get_title (self->step),
                                              state_word (state), elapsed)
                           : g_strdup_printf (_ ("%s, %s"), trestle_step_get_title (self->step),
                                              state_word (state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
trestle_step_row_set_ends (TrestleStepRow *self, gboolean first, gboolean last)
{
  g_return_if_fail (TRESTLE_IS_STEP_ROW (self));
  self->first = first;
  self->last = last;
  update (self);
}

void
trestle_step_row_set_extra (TrestleStepRow *self, GtkWidget *extra)
{
  g_return_if_fail (TRESTLE_IS_STEP_ROW (self));
  adw_bin_set_child (self->extra, extra);
}

static void
trestle_step_row_dispose (GObject *object)
{
  TrestleStepRow *self = TRESTLE_STEP_ROW (object);

  if (self->step != NULL)
    g_signal_handlers_disconnect_by_data (self->step, self);
  g_clear_object (&self->step);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_STEP_ROW);
  G_OBJECT_CLASS (trestle_step_row_parent_class)->dispose (object);
}

static void
trestle_step_row_class_init (TrestleStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_RAIL);
  G_OBJECT_CLASS (klass)->dispose = trestle_step_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/widgets/trestle-step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleStepRow, rail);
  gtk_widget_class_bind_template_child (widget_class, TrestleStepRow, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleStepRow, elapsed);
  gtk_widget_class_bind_template_child (widget_class, TrestleStepRow, detail);
  gtk_widget_class_bind_template_child (widget_class, TrestleStepRow, extra);
}

static void
trestle_step_row_init (TrestleStepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_step_row_new (TrestleStep *step)
{
  TrestleStepRow *self = g_object_new (TRESTLE_TYPE_STEP_ROW, NULL);

  self->step = g_object_ref (step);
  g_signal_connect_swapped (step, "notify", G_CALLBACK (update), self);
  update (self);
  return GTK_WIDGET (self);
}
