/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-rail.h"

#include <adwaita.h>

#define WIDTH 28
#define MARK 20
#define MARK_Y 2
#define LINE 2

struct _TrestleRail
{
  GtkWidget parent_instance;

  GtkWidget *spinner;
  TrestleTaskState state;
  gboolean first;
  gboolean last;
};

G_DEFINE_FINAL_TYPE (TrestleRail, trestle_rail, GTK_TYPE_WIDGET)

void
trestle_rail_set (TrestleRail *self, TrestleTaskState state, gboolean first, gboolean last)
{
  static const char *const classes[] = { "waiting", "running", "done", "failed", "undone" };

  g_return_if_fail (TRESTLE_IS_RAIL (self));

  gtk_widget_remove_css_class (GTK_WIDGET (self), classes[self->state]);
  self->state = state;
  self->first = first;
  self->last = last;
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[state]);
  gtk_widget_set_visible (self->spinner, state == TRESTLE_TASK_STATE_RUNNING);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GskPath *
mark_path (TrestleTaskState state, float x, float y)
{
  GskPathBuilder *builder = gsk_path_builder_new ();

  switch (state)
    {
    case TRESTLE_TASK_STATE_DONE: /* a tick */
      gsk_path_builder_move_to (builder, x - 4, y);
      gsk_path_builder_line_to (builder, x - 1.2f, y + 3);
      gsk_path_builder_line_to (builder, x + 4.2f, y - 3);
      break;
    case TRESTLE_TASK_STATE_FAILED: /* a cross */
      gsk_path_builder_move_to (builder, x - 3, y - 3);
      gsk_path_builder_line_to (builder, x + 3, y + 3);
      gsk_path_builder_move_to (builder, x + 3, y - 3);
      gsk_path_builder_line_to (builder, x - 3, y + 3);
      break;
    case TRESTLE_TASK_STATE_UNDONE: /* a stroke back */
      gsk_path_builder_move_to (builder, x - 4, y);
      gsk_path_builder_line_to (builder, x + 4, y);
      break;
    case TRESTLE_TASK_STATE_WAITING:
    case TRESTLE_TASK_STATE_RUNNING:
    default:
      break;
    }
  return gsk_path_builder_free_to_path (builder);
}

static GskPath *
circle_path (float x, float y, float radius)
{
  GskPathBuilder *builder = gsk_path_builder_new ();

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), radius);
  return gsk_path_builder_free_to_path (builder);
}

static void
trestle_rail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleRail *self = TRESTLE_RAIL (widget);
  float height = gtk_widget_get_height (widget);
  float x = WIDTH / 2.f, y = MARK_Y + MARK / 2.f;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (2);
  g_autoptr (GskPath) mark = mark_path (self->state, x, y);
  GdkRGBA colour, line;
  gboolean filled = self->state != TRESTLE_TASK_STATE_WAITING
                    && self->state != TRESTLE_TASK_STATE_RUNNING;

  gtk_widget_get_color (widget, &colour);
  line = colour;
  line.alpha *= self->state == TRESTLE_TASK_STATE_WAITING ? .6f : .8f;

  if (!self->first)
    gtk_snapshot_append_color (snapshot, &line,
                               &GRAPHENE_RECT_INIT (x - LINE / 2.f, 0, LINE, MARK_Y));
  if (!self->last)
    gtk_snapshot_append_color (
        snapshot, &line,
        &GRAPHENE_RECT_INIT (x - LINE / 2.f, MARK_Y + MARK, LINE, height - MARK_Y - MARK));

  if (filled)
    {
      g_autoptr (GskPath) circle = circle_path (x, y, MARK / 2.f);
      GdkRGBA ink = { 1, 1, 1, 1 };

      /* Light colours, as in the dark style, need dark ink. */
      if (colour.red * .3 + colour.green * .6 + colour.blue * .1 > .6)
        ink = (GdkRGBA) { 0, 0, 0, .85f };
      gtk_snapshot_append_fill (snapshot, circle, GSK_FILL_RULE_WINDING, &colour);
      gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
      gtk_snapshot_append_stroke (snapshot, mark, stroke, &ink);
    }
  else if (self->state == TRESTLE_TASK_STATE_WAITING)
    {
      g_autoptr (GskPath) circle = circle_path (x, y, MARK / 2.f - 2);

      gtk_snapshot_append_stroke (snapshot, circle, stroke, &colour);
    }
  GTK_WIDGET_CLASS (trestle_rail_parent_class)->snapshot (widget, snapshot);
}

static void
trestle_rail_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : MARK_Y + MARK;
}

static void
trestle_rail_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkAllocation place = { (WIDTH - MARK) / 2, MARK_Y, MARK, MARK };

  gtk_widget_size_allocate (TRESTLE_RAIL (widget)->spinner, &place, -1);
}

static void
trestle_rail_dispose (GObject *object)
{
  g_clear_pointer (&TRESTLE_RAIL (object)->spinner, gtk_widget_unparent);
  G_OBJECT_CLASS (trestle_rail_parent_class)->dispose (object);
}

static void
trestle_rail_class_init (TrestleRailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_rail_dispose;
  widget_class->snapshot = trestle_rail_snapshot;
  widget_class->measure = trestle_rail_measure;
  widget_class->size_allocate = trestle_rail_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "rail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
trestle_rail_init (TrestleRail *self)
{
  self->spinner = adw_spinner_new ();
  gtk_widget_set_parent (self->spinner, GTK_WIDGET (self));
  trestle_rail_set (self, TRESTLE_TASK_STATE_WAITING, FALSE, FALSE);
}
