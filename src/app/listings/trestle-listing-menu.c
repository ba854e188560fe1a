/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "listings/trestle-listing-menu.h"

struct _TrestleListingMenu
{
  GtkWidget parent_instance;

  GtkMenuButton *button;

  TrestleListingItem *item;
};

G_DEFINE_FINAL_TYPE (TrestleListingMenu, trestle_listing_menu, GTK_TYPE_WIDGET)

enum
{
  PROP_ITEM = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
create_popup (GtkMenuButton *button, gpointer data)
{
  TrestleListingMenu *self = data;
  g_autoptr (GMenuModel) menu = NULL;

  if (self->item != NULL)
    g_object_get (self->item, "menu", &menu, NULL);
  gtk_menu_button_set_menu_model (button, menu);
}

static void
trestle_listing_menu_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    g_value_set_object (value, TRESTLE_LISTING_MENU (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_listing_menu_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    g_set_object (&TRESTLE_LISTING_MENU (object)->item, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_listing_menu_dispose (GObject *object)
{
  TrestleListingMenu *self = TRESTLE_LISTING_MENU (object);

  if (self->button != NULL)
    gtk_menu_button_set_create_popup_func (self->button, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_LISTING_MENU);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (trestle_listing_menu_parent_class)->dispose (object);
}

static void
trestle_listing_menu_class_init (TrestleListingMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_listing_menu_get_property;
  object_class->set_property = trestle_listing_menu_set_property;
  object_class->dispose = trestle_listing_menu_dispose;
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, TRESTLE_TYPE_LISTING_ITEM,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/listings/trestle-listing-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleListingMenu, button);
}

static void
trestle_listing_menu_init (TrestleListingMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, create_popup, self, NULL);
}
