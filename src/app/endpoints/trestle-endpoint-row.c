/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-endpoint-row.h"

#include <glib/gi18n.h>

#include "endpoints/trestle-endpoint-words.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-tile.h"

struct _TrestleEndpointRow
{
  GtkListBoxRow parent_instance;

  TrestleTile *tile;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *money;
  GtkLabel *price;
  GtkWidget *badge;

  TrestleEndpoint *endpoint;
  gboolean narrow;
};

enum
{
  PROP_NARROW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleEndpointRow, trestle_endpoint_row, GTK_TYPE_LIST_BOX_ROW)

TrestleEndpoint *
trestle_endpoint_row_get_endpoint (TrestleEndpointRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_ENDPOINT_ROW (self), NULL);
  return self->endpoint;
}

void
trestle_endpoint_row_set_endpoint (TrestleEndpointRow *self, TrestleEndpoint *endpoint)
{
  const char *product = trestle_endpoint_get_listing_title (endpoint);
  g_autofree char *machines = trestle_endpoint_dup_machines (endpoint);
  g_autofree char *due = trestle_endpoint_dup_due (endpoint);
  g_autofree char *hourly = trestle_format_hourly (trestle_endpoint_get_hourly (endpoint));
  g_autofree char *subtitle = NULL;
  g_autofree char *money = NULL;

  g_return_if_fail (TRESTLE_IS_ENDPOINT_ROW (self));

  g_set_object (&self->endpoint, endpoint);
  trestle_tile_set_listing_id (self->tile, trestle_endpoint_get_listing_id (endpoint),
                               product != NULL ? product : trestle_endpoint_get_name (endpoint));
  gtk_label_set_label (self->title, trestle_endpoint_get_name (endpoint));
  subtitle = product != NULL && machines != NULL ? g_strdup_printf ("%s · %s", product, machines)
                                                 : g_strdup (product != NULL ? product : machines);
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");

  if (trestle_endpoint_get_so_far (endpoint) != NULL)
    {
      g_autofree char *amount = trestle_format_amount (trestle_endpoint_get_so_far (endpoint));

      money = due != NULL ? g_strdup_printf (_ ("%s so far · %s"), amount, due)
                          : g_strdup_printf (_ ("%s so far"), amount);
    }
  else
    money = g_strdup (due != NULL ? due : "");
  gtk_label_set_label (self->money, money);
  gtk_widget_set_visible (GTK_WIDGET (self->money), *money != '\0');
  gtk_label_set_label (self->price, hourly);
  trestle_badge_set_endpoint (self->badge, trestle_endpoint_get_state (endpoint));
}

static GtkOrientation
end_orientation (TrestleEndpointRow *self, gboolean narrow)
{
  return narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
}

static void
trestle_endpoint_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, TRESTLE_ENDPOINT_ROW (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_endpoint_row_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    TRESTLE_ENDPOINT_ROW (object)->narrow = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_endpoint_row_dispose (GObject *object)
{
  TrestleEndpointRow *self = TRESTLE_ENDPOINT_ROW (object);

  g_clear_object (&self->endpoint);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_ENDPOINT_ROW);
  G_OBJECT_CLASS (trestle_endpoint_row_parent_class)->dispose (object);
}

static void
trestle_endpoint_row_class_init (TrestleEndpointRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_TILE);

  object_class->get_property = trestle_endpoint_row_get_property;
  object_class->set_property = trestle_endpoint_row_set_property;
  object_class->dispose = trestle_endpoint_row_dispose;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-endpoint-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointRow, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointRow, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointRow, money);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointRow, price);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointRow, badge);
  gtk_widget_class_bind_template_callback (widget_class, end_orientation);
}

static void
trestle_endpoint_row_init (TrestleEndpointRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Of a list in the template the last alone would be kept. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title, self->subtitle, self->price, self->badge, NULL, -1);
}

GtkWidget *
trestle_endpoint_row_new (void)
{
  return g_object_new (TRESTLE_TYPE_ENDPOINT_ROW, NULL);
}
