/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-swatch.h"

#include <adwaita.h>

#include "reports/trestle-report-words.h"

#define SIDE 12
#define SPACE 6

struct _TrestleReportSwatch
{
  GtkWidget parent_instance;

  GtkWidget *label;
  guint series;
};

G_DEFINE_FINAL_TYPE (TrestleReportSwatch, trestle_report_swatch, GTK_TYPE_WIDGET)

static void
trestle_report_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleReportSwatch *self = TRESTLE_REPORT_SWATCH (widget);
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0, (float) (gtk_widget_get_height (widget) - SIDE) / 2,
                                             SIDE, SIDE);
  GskRoundedRect outline;
  GdkRGBA colour;

  trestle_report_chart_colour (self->series,
                               adw_style_manager_get_dark (adw_style_manager_get_for_display (
                                   gtk_widget_get_display (widget))),
                               &colour);
  gsk_rounded_rect_init_from_rect (&outline, &rect, 3);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &rect);
  gtk_snapshot_pop (snapshot);
  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

static void
trestle_report_swatch_dispose (GObject *object)
{
  g_clear_pointer (&TRESTLE_REPORT_SWATCH (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (trestle_report_swatch_parent_class)->dispose (object);
}

static void
trestle_report_swatch_class_init (TrestleReportSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_report_swatch_dispose;
  widget_class->snapshot = trestle_report_swatch_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
trestle_report_swatch_init (TrestleReportSwatch *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_set_margin_start (self->label, SIDE + SPACE);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
trestle_report_swatch_new (guint series, const char *name)
{
  TrestleReportSwatch *self = g_object_new (TRESTLE_TYPE_REPORT_SWATCH, NULL);

  self->series = series;
  gtk_label_set_label (GTK_LABEL (self->label), name);
  return GTK_WIDGET (self);
}
