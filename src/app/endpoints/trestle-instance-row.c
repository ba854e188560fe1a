/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-instance-row.h"

#include <glib/gi18n.h>

#include "widgets/trestle-format.h"

struct _TrestleInstanceRow
{
  GtkListBoxRow parent_instance;

  GtkCheckButton *check;
  GtkLabel *type;
  GtkWidget *recommended;
  GtkLabel *machine;
  GtkLabel *total;
  GtkLabel *parts;
  GtkImage *quota_icon;
  GtkLabel *quota;

  TrestlePriceRow *price;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (TrestleInstanceRow, trestle_instance_row, GTK_TYPE_LIST_BOX_ROW)

gboolean
trestle_instance_row_is_usable (TrestlePriceRow *price)
{
  gint64 quota = trestle_price_row_get_quota (price);

  return trestle_price_row_get_supported (price)
         && (quota < 0 || quota > trestle_price_row_get_used (price));
}

TrestlePriceRow *
trestle_instance_row_get_price (TrestleInstanceRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_INSTANCE_ROW (self), NULL);
  return self->price;
}

gboolean
trestle_instance_row_get_usable (TrestleInstanceRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_INSTANCE_ROW (self), FALSE);
  return trestle_instance_row_is_usable (self->price);
}

gboolean
trestle_instance_row_get_active (TrestleInstanceRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_INSTANCE_ROW (self), FALSE);
  return gtk_check_button_get_active (self->check);
}

void
trestle_instance_row_set_active (TrestleInstanceRow *self, gboolean active)
{
  g_return_if_fail (TRESTLE_IS_INSTANCE_ROW (self));
  gtk_check_button_set_active (self->check, active);
}

static void
on_toggled (TrestleInstanceRow *self)
{
  if (gtk_check_button_get_active (self->check))
    g_signal_emit (self, chosen_signal, 0);
}

static void
update_quota (TrestleInstanceRow *self)
{
  gint64 quota = trestle_price_row_get_quota (self->price),
         used = trestle_price_row_get_used (self->price);
  gboolean usable = trestle_instance_row_is_usable (self->price);
  g_autofree char *text = NULL;

  if (!trestle_price_row_get_supported (self->price))
    text = g_strdup (_ ("Not supported"));
  else if (quota < 0)
    text = g_strdup (_ ("Quota unknown"));
  else if (quota == 0)
    text = g_strdup (_ ("Quota is 0"));
  else
    text = g_strdup_printf (_ ("%d of %d free"), (int) MAX (quota - used, 0), (int) quota);
  gtk_label_set_label (self->quota, text);
  gtk_image_set_from_icon_name (self->quota_icon,
                                usable ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->quota_icon), quota >= 0 || !usable);
  gtk_widget_add_css_class (GTK_WIDGET (self->quota_icon), usable ? "success" : "warning");
  if (!usable)
    gtk_widget_add_css_class (GTK_WIDGET (self->quota), "warning");
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), usable);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), usable);
}

static void
trestle_instance_row_dispose (GObject *object)
{
  TrestleInstanceRow *self = TRESTLE_INSTANCE_ROW (object);

  g_clear_object (&self->price);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_INSTANCE_ROW);
  G_OBJECT_CLASS (trestle_instance_row_parent_class)->dispose (object);
}

static void
trestle_instance_row_class_init (TrestleInstanceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_instance_row_dispose;
  chosen_signal = g_signal_new ("chosen", TRESTLE_TYPE_INSTANCE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-instance-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceRow, check);
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceRow, type);
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceRow, recommended);
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceRow, machine);
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceRow, total);
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceRow, parts);
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceRow, quota_icon);
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceRow, quota);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
trestle_instance_row_init (TrestleInstanceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_instance_row_new (TrestlePriceRow *price, TrestleInstanceRow *group)
{
  TrestleInstanceRow *self = g_object_new (TRESTLE_TYPE_INSTANCE_ROW, NULL);
  const char *vcpu = trestle_price_row_get_vcpu (price),
             *memory = trestle_price_row_get_memory (price);
  g_autofree char *machine = vcpu != NULL && memory != NULL
                                 ? g_strdup_printf (_ ("%s vCPU · %s"), vcpu, memory)
                                 : g_strdup ("");
  g_autofree char *total = trestle_format_hourly (trestle_price_row_get_total (price));
  g_autofree char *name = NULL;

  self->price = g_object_ref (price);
  gtk_check_button_set_group (self->check, group != NULL ? group->check : NULL);
  gtk_label_set_label (self->type, trestle_price_row_get_instance_type (price));
  gtk_widget_set_visible (self->recommended, trestle_price_row_get_recommended (price));
  gtk_label_set_label (self->machine, machine);
  gtk_widget_set_visible (GTK_WIDGET (self->machine), *machine != '\0');
  gtk_label_set_label (self->total, *total != '\0' ? total : _ ("Price unknown"));
  if (trestle_price_row_get_software (price) != NULL
      && trestle_price_row_get_infrastructure (price) != NULL)
    {
      g_autofree char *software = trestle_money_to_string (trestle_price_row_get_software (price));
      g_autofree char *infrastructure = trestle_money_to_string (
          trestle_price_row_get_infrastructure (price));
      g_autofree char *parts = g_strdup_printf ("%s + %s", software, infrastructure);

      gtk_label_set_label (self->parts, parts);
    }
  update_quota (self);
  name = g_strdup_printf ("%s, %s, %s", trestle_price_row_get_instance_type (price), total,
                          gtk_label_get_label (self->quota));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}
