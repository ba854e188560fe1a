/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-listing-findings.h"

#include "widgets/trestle-format.h"
#include "widgets/trestle-widget.h"

struct _TrestleListingFindings
{
  GtkWidget parent_instance;

  TrestleListingItem *item;
};

enum
{
  PROP_ITEM = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleListingFindings, trestle_listing_findings, GTK_TYPE_WIDGET)

static void
trestle_listing_findings_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ITEM:
      g_value_set_object (value, TRESTLE_LISTING_FINDINGS (object)->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_listing_findings_set_property (GObject *object,
                                       guint id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ITEM:
      if (g_set_object (&TRESTLE_LISTING_FINDINGS (object)->item, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_listing_findings_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_LISTING_FINDINGS);
  g_clear_object (&TRESTLE_LISTING_FINDINGS (object)->item);
  G_OBJECT_CLASS (trestle_listing_findings_parent_class)->dispose (object);
}

static void
trestle_listing_findings_class_init (TrestleListingFindingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_listing_findings_get_property;
  object_class->set_property = trestle_listing_findings_set_property;
  object_class->dispose = trestle_listing_findings_dispose;
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, TRESTLE_TYPE_LISTING_ITEM,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                   | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/listings/trestle-listing-findings.ui");
  trestle_format_bind (widget_class);
}

static void
trestle_listing_findings_init (TrestleListingFindings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
