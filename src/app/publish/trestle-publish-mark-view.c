/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-publish-mark-view.h"

#include <adwaita.h>

#define SIZE 28
#define RADIUS 12.5f
#define GAP 17.f
#define LINE 3.f

struct _TrestlePublishMarkView
{
  GtkWidget parent_instance;

  TrestlePublishMark mark;
  int before, after;
  gboolean vertical;
};

G_DEFINE_FINAL_TYPE (TrestlePublishMarkView, trestle_publish_mark_view, GTK_TYPE_WIDGET)

static void
snapshot_line (GtkSnapshot *snapshot, const GdkRGBA *colour, float x0, float y0, float x1, float y1)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (LINE);

  gsk_path_builder_move_to (builder, x0, y0);
  gsk_path_builder_line_to (builder, x1, y1);
  path = gsk_path_builder_free_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, path, stroke, colour);
}

static void
snapshot_ring (GtkSnapshot *snapshot,
               const GdkRGBA *colour,
               float x,
               float y,
               float radius,
               float width)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = NULL;

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), radius);
  path = gsk_path_builder_free_to_path (builder);
  if (width <= 0)
    {
      gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, colour);
      return;
    }
  stroke = gsk_stroke_new (width);
  gtk_snapshot_append_stroke (snapshot, path, stroke, colour);
}

static void
snapshot_tick (GtkSnapshot *snapshot, float x, float y)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (2.f);

  gsk_path_builder_move_to (builder, x - 4.5f, y + .3f);
  gsk_path_builder_line_to (builder, x - 1.3f, y + 3.6f);
  gsk_path_builder_line_to (builder, x + 4.7f, y - 3.4f);
  path = gsk_path_builder_free_to_path (builder);
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &(GdkRGBA) { 1, 1, 1, 1 });
}

static void
snapshot_mark (TrestlePublishMarkView *self,
               GtkSnapshot *snapshot,
               const GdkRGBA *accent,
               const GdkRGBA *pale,
               float x,
               float y)
{
  GdkRGBA error = { .753f, .11f, .157f, 1 };

  if (adw_style_manager_get_dark (adw_style_manager_get_default ()))
    error = (GdkRGBA) { 1.f, .48f, .45f, 1 };
  switch (self->mark)
    {
    case TRESTLE_PUBLISH_MARK_DONE:
      snapshot_ring (snapshot, accent, x, y, RADIUS, 0);
      snapshot_tick (snapshot, x, y);
      break;
    case TRESTLE_PUBLISH_MARK_HERE:
      snapshot_ring (snapshot, accent, x, y, RADIUS - 1, 2.5f);
      snapshot_ring (snapshot, accent, x, y, 5.5f, 0);
      break;
    case TRESTLE_PUBLISH_MARK_BLOCKED:
      snapshot_ring (snapshot, &error, x, y, RADIUS - 1, 2.5f);
      snapshot_line (snapshot, &error, x, y - 6, x, y + 1.5f);
      snapshot_ring (snapshot, &error, x, y + 5, 1.7f, 0);
      break;
    case TRESTLE_PUBLISH_MARK_LATER:
    case TRESTLE_PUBLISH_MARK_LOOK:
    case TRESTLE_PUBLISH_MARK_UNKNOWN:
    default:
      snapshot_ring (snapshot, pale, x, y, RADIUS - 1, 2.5f);
      break;
    }
}

static void
trestle_publish_mark_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestlePublishMarkView *self = TRESTLE_PUBLISH_MARK_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float x = self->vertical ? SIZE / 2.f : width / 2;
  float y = self->vertical ? height / 2 : SIZE / 2.f;
  g_autoptr (GdkRGBA)
      accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  GdkRGBA pale;

  gtk_widget_get_color (widget, &pale);
  pale.alpha = .3f;
  if (self->vertical)
    {
      if (self->before >= 0)
        snapshot_line (snapshot, self->before ? accent : &pale, x, 0, x, y - GAP);
      if (self->after >= 0)
        snapshot_line (snapshot, self->after ? accent : &pale, x, y + GAP, x, height);
    }
  else
    {
      if (self->before >= 0)
        snapshot_line (snapshot, self->before ? accent : &pale, 0, y, x - GAP, y);
      if (self->after >= 0)
        snapshot_line (snapshot, self->after ? accent : &pale, x + GAP, y, width, y);
    }
  snapshot_mark (self, snapshot, accent, &pale, x, y);
}

static void
trestle_publish_mark_view_measure (GtkWidget *widget,
                                   GtkOrientation orientation,
                                   int for_size,
                                   int *minimum,
                                   int *natural,
                                   int *minimum_baseline,
                                   int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
trestle_publish_mark_view_class_init (TrestlePublishMarkViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = trestle_publish_mark_view_snapshot;
  widget_class->measure = trestle_publish_mark_view_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
trestle_publish_mark_view_init (TrestlePublishMarkView *self)
{
  self->before = self->after = -1;
  g_signal_connect_object (adw_style_manager_get_default (), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

void
trestle_publish_mark_view_set_mark (TrestlePublishMarkView *self, TrestlePublishMark mark)
{
  g_return_if_fail (TRESTLE_IS_PUBLISH_MARK_VIEW (self));
  self->mark = mark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
trestle_publish_mark_view_set_lines (TrestlePublishMarkView *self, int before, int after)
{
  g_return_if_fail (TRESTLE_IS_PUBLISH_MARK_VIEW (self));
  self->before = before;
  self->after = after;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
trestle_publish_mark_view_set_vertical (TrestlePublishMarkView *self, gboolean vertical)
{
  g_return_if_fail (TRESTLE_IS_PUBLISH_MARK_VIEW (self));
  self->vertical = vertical;
  gtk_widget_set_hexpand (GTK_WIDGET (self), !vertical);
  gtk_widget_set_halign (GTK_WIDGET (self), vertical ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
