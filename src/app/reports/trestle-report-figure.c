/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-figure.h"

#include "widgets/trestle-widget.h"

struct _TrestleReportFigure
{
  GtkWidget parent_instance;

  char *caption;
  char *value;
  char *note;
};

enum
{
  PROP_CAPTION = 1,
  PROP_VALUE,
  PROP_NOTE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleReportFigure, trestle_report_figure, GTK_TYPE_WIDGET)

static char **
field (TrestleReportFigure *self, guint id)
{
  return id == PROP_CAPTION ? &self->caption : id == PROP_VALUE ? &self->value : &self->note;
}

static gboolean
trestle_report_has_words (GtkWidget *widget, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
trestle_report_figure_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, *field (TRESTLE_REPORT_FIGURE (object), id));
}

static void
trestle_report_figure_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  char **text = field (TRESTLE_REPORT_FIGURE (object), id);

  g_free (*text);
  *text = g_value_dup_string (value);
}

static void
trestle_report_figure_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_REPORT_FIGURE);
  G_OBJECT_CLASS (trestle_report_figure_parent_class)->dispose (object);
}

static void
trestle_report_figure_finalize (GObject *object)
{
  TrestleReportFigure *self = TRESTLE_REPORT_FIGURE (object);

  g_free (self->caption);
  g_free (self->value);
  g_free (self->note);
  G_OBJECT_CLASS (trestle_report_figure_parent_class)->finalize (object);
}

static void
trestle_report_figure_class_init (TrestleReportFigureClass *klass)
{
  static const char *const names[] = { NULL, "caption", "value", "note" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_report_figure_get_property;
  object_class->set_property = trestle_report_figure_set_property;
  object_class->dispose = trestle_report_figure_dispose;
  object_class->finalize = trestle_report_figure_finalize;
  for (guint i = PROP_CAPTION; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/reports/trestle-report-figure.ui");
  gtk_widget_class_bind_template_callback (widget_class, trestle_report_has_words);
}

static void
trestle_report_figure_init (TrestleReportFigure *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_report_figure_new (const char *caption, const char *value, const char *note)
{
  GtkWidget *self = g_object_new (TRESTLE_TYPE_REPORT_FIGURE, "caption", caption, "value", value,
                                  "note", note, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, caption,
                                  -1);
  return self;
}
