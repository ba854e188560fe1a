/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-endpoint-row.h"

#include <glib/gi18n.h>

#include "domain/trestle-variant.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-tile.h"

struct _TrestleEndpointRow
{
  AdwActionRow parent_instance;

  TrestleTile *tile;
  GtkLabel *hourly;
  GtkWidget *badge;

  TrestleEndpoint *endpoint;
};

G_DEFINE_FINAL_TYPE (TrestleEndpointRow, trestle_endpoint_row, ADW_TYPE_ACTION_ROW)

TrestleEndpoint *
trestle_endpoint_row_get_endpoint (TrestleEndpointRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_ENDPOINT_ROW (self), NULL);
  return self->endpoint;
}

static void
trestle_endpoint_row_dispose (GObject *object)
{
  g_clear_object (&TRESTLE_ENDPOINT_ROW (object)->endpoint);
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_ENDPOINT_ROW);
  G_OBJECT_CLASS (trestle_endpoint_row_parent_class)->dispose (object);
}

static void
trestle_endpoint_row_class_init (TrestleEndpointRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_TILE);
  G_OBJECT_CLASS (klass)->dispose = trestle_endpoint_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-endpoint-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointRow, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointRow, hourly);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointRow, badge);
}

static void
trestle_endpoint_row_init (TrestleEndpointRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_endpoint_row_new (TrestleEndpoint *endpoint)
{
  TrestleEndpointRow *self = g_object_new (TRESTLE_TYPE_ENDPOINT_ROW, NULL);
  GListModel *variants = trestle_endpoint_get_variants (endpoint);
  g_autoptr (TrestleVariant) variant = variants != NULL ? g_list_model_get_item (variants, 0)
                                                        : NULL;
  const char *type = variant != NULL ? trestle_variant_get_instance_type (variant) : NULL;
  g_autofree char *hourly = trestle_format_hourly (trestle_endpoint_get_hourly (endpoint));
  g_autofree char *subtitle = NULL;

  self->endpoint = g_object_ref (endpoint);
  if (trestle_endpoint_get_delete_by (endpoint) > 0
      && trestle_endpoint_get_state (endpoint) == TRESTLE_ENDPOINT_STATE_IN_SERVICE)
    {
      g_autofree char *when = trestle_format_moment (trestle_endpoint_get_delete_by (endpoint));

      subtitle = g_strdup_printf (_ ("%s · deletes itself %s"), type != NULL ? type : "", when);
    }
  else
    {
      g_autofree char *since = trestle_format_moment (trestle_endpoint_get_created (endpoint));

      subtitle = g_strdup_printf (
          _ ("%s · since %s"), type != NULL ? type : trestle_endpoint_get_status (endpoint), since);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), trestle_endpoint_get_name (endpoint));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_label_set_label (self->hourly, hourly);
  trestle_badge_set_endpoint (self->badge, trestle_endpoint_get_state (endpoint));
  trestle_tile_set_listing_id (self->tile, trestle_endpoint_get_listing_id (endpoint),
                               trestle_endpoint_get_listing_title (endpoint) != NULL
                                   ? trestle_endpoint_get_listing_title (endpoint)
                                   : trestle_endpoint_get_name (endpoint));
  return GTK_WIDGET (self);
}
