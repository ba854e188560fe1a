/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-section-mark.h"

#include <math.h>

#include "widgets/trestle-badge.h"

#define SIZE 16
#define STROKE 2.5

struct _TrestleSectionMark
{
  GtkWidget parent_instance;

  double fraction;
  gboolean complete;
};

G_DEFINE_FINAL_TYPE (TrestleSectionMark, trestle_section_mark, GTK_TYPE_WIDGET)

void
trestle_section_mark_set (TrestleSectionMark *self, const TrestleSectionState *state)
{
  TrestleTone tone = TRESTLE_TONE_PLAIN;

  g_return_if_fail (TRESTLE_IS_SECTION_MARK (self));

  self->complete = FALSE;
  self->fraction = 0;
  if (state != NULL && !state->waits)
    {
      self->complete = state->n_errors == 0 && state->n_warnings == 0;
      self->fraction = state->n_fields > 0 ? (double) state->n_good / state->n_fields : 0;
      tone = state->n_errors > 0     ? TRESTLE_TONE_ERROR
             : state->n_warnings > 0 ? TRESTLE_TONE_WARNING
                                     : TRESTLE_TONE_SUCCESS;
    }
  trestle_tone_set (GTK_WIDGET (self), tone);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
trestle_section_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleSectionMark *self = TRESTLE_SECTION_MARK (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  double x = width / 2, y = height / 2, radius = SIZE / 2.0 - STROKE / 2;
  GdkRGBA ink, pale;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  gtk_widget_get_color (widget, &ink);
  pale = ink;
  pale.alpha *= .3f;
  if (self->complete)
    {
      gdk_cairo_set_source_rgba (cr, &ink);
      cairo_arc (cr, x, y, SIZE / 2.0 - .5, 0, 2 * G_PI);
      cairo_fill (cr);
      cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
      cairo_set_line_width (cr, 2);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_move_to (cr, x - 3.5, y + .3);
      cairo_line_to (cr, x - 1, y + 2.8);
      cairo_line_to (cr, x + 3.6, y - 2.4);
      cairo_stroke (cr);
    }
  else
    {
      cairo_set_line_width (cr, STROKE);
      gdk_cairo_set_source_rgba (cr, &pale);
      cairo_new_path (cr);
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      cairo_stroke (cr);
      gdk_cairo_set_source_rgba (cr, &ink);
      cairo_new_path (cr);
      cairo_arc (cr, x, y, radius, -G_PI / 2, -G_PI / 2 + 2 * G_PI * self->fraction);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
trestle_section_mark_measure (GtkWidget *widget,
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
trestle_section_mark_class_init (TrestleSectionMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = trestle_section_mark_snapshot;
  widget_class->measure = trestle_section_mark_measure;
  gtk_widget_class_set_css_name (widget_class, "section-mark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
trestle_section_mark_init (TrestleSectionMark *self)
{
}
