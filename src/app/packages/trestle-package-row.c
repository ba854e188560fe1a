/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-package-row.h"

#include <glib/gi18n.h>

#include "packages/trestle-package-words.h"
#include "workbench/trestle-packages.h"

struct _TrestlePackageRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *name;
  GtkWidget *status_badge;
  GtkWidget *listable_badge;
  GtkLabel *summary;
  GtkWidget *obstacles_box;
  GtkLabel *obstacles;

  TrestlePackage *package;
};

G_DEFINE_FINAL_TYPE (TrestlePackageRow, trestle_package_row, GTK_TYPE_LIST_BOX_ROW)

TrestlePackage *
trestle_package_row_get_package (TrestlePackageRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_PACKAGE_ROW (self), NULL);
  return self->package;
}

static void
trestle_package_row_dispose (GObject *object)
{
  TrestlePackageRow *self = TRESTLE_PACKAGE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PACKAGE_ROW);
  g_clear_object (&self->package);
  G_OBJECT_CLASS (trestle_package_row_parent_class)->dispose (object);
}

static void
trestle_package_row_class_init (TrestlePackageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_package_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-package-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageRow, name);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageRow, status_badge);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageRow, listable_badge);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageRow, summary);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageRow, obstacles_box);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageRow, obstacles);
}

static void
trestle_package_row_init (TrestlePackageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_package_row_new (TrestlePackage *package, const char *account)
{
  TrestlePackageRow *self = g_object_new (TRESTLE_TYPE_PACKAGE_ROW, NULL);
  TrestleTone tone;
  const char *status = trestle_package_status_word (package, &tone);
  g_autofree char *summary = trestle_package_dup_summary (package);
  g_autofree char *obstacles = trestle_package_is_final (package)
                                   ? trestle_package_dup_obstacles (package, account)
                                   : NULL;
  g_autofree char *label = NULL;

  self->package = g_object_ref (package);
  gtk_label_set_label (self->name, trestle_package_get_name (package));
  gtk_label_set_label (self->summary, summary);
  trestle_badge_set (self->status_badge, status, tone);
  if (!trestle_package_is_final (package))
    trestle_badge_set (self->listable_badge, NULL, TRESTLE_TONE_PLAIN);
  else if (obstacles == NULL)
    trestle_badge_set (self->listable_badge, _ ("Certified"), TRESTLE_TONE_SUCCESS);
  else if (!trestle_package_get_certified (package))
    trestle_badge_set (self->listable_badge, _ ("Not certified"), TRESTLE_TONE_WARNING);
  else
    trestle_badge_set (self->listable_badge, _ ("Not listable"), TRESTLE_TONE_WARNING);
  gtk_widget_set_visible (self->obstacles_box, obstacles != NULL);
  gtk_label_set_label (self->obstacles, obstacles != NULL ? obstacles : "");
  label = g_strdup_printf (_ ("%s, %s, %s"), trestle_package_get_name (package), status, summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}
