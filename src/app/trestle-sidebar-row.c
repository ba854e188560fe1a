/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-sidebar-row.h"

#include "widgets/trestle-format.h"

struct _TrestleSidebarRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *title_label;
  GtkWidget *count_label;

  const char *section;
  const char *side;
  char *title;
  char *icon_name;
  guint count;
  gboolean wanted;
};

enum
{
  PROP_TITLE = 1,
  PROP_ICON_NAME,
  PROP_COUNT,
  PROP_WANTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleSidebarRow, trestle_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

GtkWidget *
trestle_sidebar_row_new (const char *section,
                         const char *side,
                         const char *title,
                         const char *icon_name)
{
  TrestleSidebarRow *self = g_object_new (TRESTLE_TYPE_SIDEBAR_ROW, "title", title, "icon-name",
                                          icon_name, NULL);

  self->section = section;
  self->side = side;
  return GTK_WIDGET (self);
}

const char *
trestle_sidebar_row_get_section (TrestleSidebarRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_SIDEBAR_ROW (self), NULL);
  return self->section;
}

const char *
trestle_sidebar_row_get_side (TrestleSidebarRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_SIDEBAR_ROW (self), NULL);
  return self->side;
}

static void
trestle_sidebar_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleSidebarRow *self = TRESTLE_SIDEBAR_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;
    case PROP_WANTED:
      g_value_set_boolean (value, self->wanted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_sidebar_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleSidebarRow *self = TRESTLE_SIDEBAR_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      g_set_str (&self->title, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      g_set_str (&self->icon_name, g_value_get_string (value));
      break;
    case PROP_COUNT:
      self->count = g_value_get_uint (value);
      break;
    case PROP_WANTED:
      self->wanted = g_value_get_boolean (value);
      gtk_widget_remove_css_class (self->count_label, self->wanted ? "dimmed" : "count-badge");
      gtk_widget_add_css_class (self->count_label, self->wanted ? "count-badge" : "dimmed");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_sidebar_row_finalize (GObject *object)
{
  TrestleSidebarRow *self = TRESTLE_SIDEBAR_ROW (object);

  g_free (self->title);
  g_free (self->icon_name);
  G_OBJECT_CLASS (trestle_sidebar_row_parent_class)->finalize (object);
}

static void
trestle_sidebar_row_class_init (TrestleSidebarRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = trestle_sidebar_row_get_property;
  object_class->set_property = trestle_sidebar_row_set_property;
  object_class->finalize = trestle_sidebar_row_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_WANTED] = g_param_spec_boolean ("wanted", NULL, NULL, FALSE, flags);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/trestle-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSidebarRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleSidebarRow, count_label);
  trestle_format_bind (widget_class);
}

static void
trestle_sidebar_row_init (TrestleSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Of a list in the template the last alone would be kept. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title_label, self->count_label, NULL, -1);
}
