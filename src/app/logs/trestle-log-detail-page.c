/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-detail-page.h"

struct _TrestleLogDetailPage
{
  AdwNavigationPage parent_instance;

  TrestleLogDetail *detail;
};

G_DEFINE_FINAL_TYPE (TrestleLogDetailPage, trestle_log_detail_page, ADW_TYPE_NAVIGATION_PAGE)

TrestleLogDetail *
trestle_log_detail_page_get_detail (TrestleLogDetailPage *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_DETAIL_PAGE (self), NULL);
  return self->detail;
}

static void
trestle_log_detail_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_LOG_DETAIL_PAGE);
  G_OBJECT_CLASS (trestle_log_detail_page_parent_class)->dispose (object);
}

static void
trestle_log_detail_page_class_init (TrestleLogDetailPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_LOG_DETAIL);
  G_OBJECT_CLASS (klass)->dispose = trestle_log_detail_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/logs/trestle-log-detail-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetailPage, detail);
}

static void
trestle_log_detail_page_init (TrestleLogDetailPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TrestleLogDetailPage *
trestle_log_detail_page_new (void)
{
  return g_object_new (TRESTLE_TYPE_LOG_DETAIL_PAGE, NULL);
}
