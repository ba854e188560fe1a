/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-figure-row.h"

#include "widgets/trestle-format.h"

struct _TrestleFigureRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *name;
  GtkWidget *figure_label;

  char *title;
  char *figure;
  char *icon_name;
  gboolean strong;
  gboolean plain;
};

enum
{
  PROP_TITLE = 1,
  PROP_FIGURE,
  PROP_ICON_NAME,
  PROP_STRONG,
  PROP_PLAIN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleFigureRow, trestle_figure_row, GTK_TYPE_LIST_BOX_ROW)

void
trestle_figure_row_set_figure (TrestleFigureRow *self, const char *figure)
{
  g_return_if_fail (TRESTLE_IS_FIGURE_ROW (self));
  if (g_set_str (&self->figure, figure != NULL ? figure : ""))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIGURE]);
}

static void
set_strong (TrestleFigureRow *self, gboolean strong)
{
  self->strong = strong;
  if (strong)
    {
      gtk_widget_add_css_class (self->name, "heading");
      gtk_widget_add_css_class (self->figure_label, "heading");
      gtk_widget_remove_css_class (self->name, "dimmed");
    }
  else
    {
      gtk_widget_remove_css_class (self->name, "heading");
      gtk_widget_remove_css_class (self->figure_label, "heading");
      gtk_widget_add_css_class (self->name, "dimmed");
    }
}

static void
trestle_figure_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleFigureRow *self = TRESTLE_FIGURE_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_FIGURE:
      g_value_set_string (value, self->figure);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_STRONG:
      g_value_set_boolean (value, self->strong);
      break;
    case PROP_PLAIN:
      g_value_set_boolean (value, self->plain);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_figure_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleFigureRow *self = TRESTLE_FIGURE_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      g_set_str (&self->title, g_value_get_string (value));
      break;
    case PROP_FIGURE:
      trestle_figure_row_set_figure (self, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      g_set_str (&self->icon_name, g_value_get_string (value));
      break;
    case PROP_STRONG:
      set_strong (self, g_value_get_boolean (value));
      break;
    case PROP_PLAIN:
      self->plain = g_value_get_boolean (value);
      if (self->plain)
        gtk_widget_remove_css_class (self->name, "dimmed");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_figure_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_FIGURE_ROW);
  G_OBJECT_CLASS (trestle_figure_row_parent_class)->dispose (object);
}

static void
trestle_figure_row_finalize (GObject *object)
{
  TrestleFigureRow *self = TRESTLE_FIGURE_ROW (object);

  g_free (self->title);
  g_free (self->figure);
  g_free (self->icon_name);
  G_OBJECT_CLASS (trestle_figure_row_parent_class)->finalize (object);
}

static void
trestle_figure_row_class_init (TrestleFigureRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = trestle_figure_row_get_property;
  object_class->set_property = trestle_figure_row_set_property;
  object_class->dispose = trestle_figure_row_dispose;
  object_class->finalize = trestle_figure_row_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_FIGURE] = g_param_spec_string ("figure", NULL, NULL, NULL,
                                                 flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_STRONG] = g_param_spec_boolean ("strong", NULL, NULL, FALSE, flags);
  properties[PROP_PLAIN] = g_param_spec_boolean ("plain", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-figure-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleFigureRow, name);
  gtk_widget_class_bind_template_child_full (widget_class, "figure", FALSE,
                                             G_STRUCT_OFFSET (TrestleFigureRow, figure_label));
  trestle_format_bind (widget_class);
}

static void
trestle_figure_row_init (TrestleFigureRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Of a list in the template the last alone would be kept. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->name, self->figure_label, NULL, -1);
  set_strong (self, FALSE);
}

GtkWidget *
trestle_figure_row_new (const char *title, const char *figure)
{
  return g_object_new (TRESTLE_TYPE_FIGURE_ROW, "title", title, "figure", figure, NULL);
}
