/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "container/trestle-check-donut.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define SIZE 92
#define WIDTH 12.0f
#define GAP 0.05f /* radians between two parts */

struct _TrestleCheckDonut
{
  GtkWidget parent_instance;

  TrestleContainerCount count;
};

G_DEFINE_FINAL_TYPE (TrestleCheckDonut, trestle_check_donut, GTK_TYPE_WIDGET)

static guint
total_of (const TrestleContainerCount *count)
{
  return count->passed + count->errors + count->warnings + count->skipped + count->waiting;
}

/* A part of the ring between two angles, from the top clockwise. */
static void
draw_part (GtkSnapshot *snapshot, float from, float to, const GdkRGBA *colour)
{
  const float radius = (SIZE - WIDTH) / 2;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskStroke) stroke = gsk_stroke_new (WIDTH);
  g_autoptr (GskPath) path = NULL;
  int steps = MAX ((int) ((to - from) / 0.05f), 1);

  for (int i = 0; i <= steps; i++)
    {
      float angle = from + (to - from) * (float) i / (float) steps - (float) G_PI_2;
      float x = SIZE / 2.0f + radius * cosf (angle), y = SIZE / 2.0f + radius * sinf (angle);

      if (i == 0)
        gsk_path_builder_move_to (builder, x, y);
      else
        gsk_path_builder_line_to (builder, x, y);
    }
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, path, stroke, colour);
}

static void
draw_text (TrestleCheckDonut *self,
           GtkSnapshot *snapshot,
           const char *text,
           double scale,
           int weight,
           float y)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRGBA colour;
  int width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_attr_list_insert (attributes, pango_attr_weight_new ((PangoWeight) weight));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  if (weight < PANGO_WEIGHT_BOLD)
    colour.alpha *= .65f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf ((SIZE - (float) width) / 2), y));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
trestle_check_donut_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleCheckDonut *self = TRESTLE_CHECK_DONUT (widget);
  static const char *const colours[] = { "#2ec27e", "#e5a50a", "#e01b24" };
  const guint parts[] = { self->count.passed, self->count.warnings, self->count.errors,
                          self->count.skipped, self->count.waiting };
  guint total = total_of (&self->count);
  g_autofree char *number = g_strdup_printf ("%u", self->count.passed);
  /* Translators: below the number of checks that passed: "21 / of 26" */
  g_autofree char *of = g_strdup_printf (_ ("of %u"), total);
  float angle = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts) && total > 0; i++)
    {
      float span = 2 * (float) G_PI * (float) parts[i] / (float) total;
      GdkRGBA colour;

      gtk_widget_get_color (widget, &colour);
      colour.alpha *= i == 3 ? .25f : .1f;
      if (i < G_N_ELEMENTS (colours))
        gdk_rgba_parse (&colour, colours[i]);
      if (parts[i] > 0)
        draw_part (snapshot, angle + GAP / 2, angle + MAX (span - GAP / 2, GAP), &colour);
      angle += span;
    }
  draw_text (self, snapshot, number, 1.5, PANGO_WEIGHT_ULTRABOLD, 23);
  draw_text (self, snapshot, of, .85, PANGO_WEIGHT_NORMAL, 50);
}

static void
trestle_check_donut_measure (GtkWidget *widget,
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
trestle_check_donut_class_init (TrestleCheckDonutClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = trestle_check_donut_snapshot;
  widget_class->measure = trestle_check_donut_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "donut");
}

static void
trestle_check_donut_init (TrestleCheckDonut *self)
{
}

void
trestle_check_donut_set_count (TrestleCheckDonut *self, const TrestleContainerCount *count)
{
  g_autofree char *words = NULL;

  g_return_if_fail (TRESTLE_IS_CHECK_DONUT (self));
  self->count = *count;
  words = g_strdup_printf (_ ("%u passed, %u failed, %u with a warning, %u skipped"), count->passed,
                           count->errors, count->warnings, count->skipped);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
