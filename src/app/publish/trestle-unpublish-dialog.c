/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-unpublish-dialog.h"

#include <glib/gi18n.h>

struct _TrestleUnpublishDialog
{
  AdwAlertDialog parent_instance;

  AdwComboRow *replacement_row;

  TrestleOwnProduct *product;
  GListModel *products;
  GPtrArray *ids; /* of the rows after the first */
};

G_DEFINE_FINAL_TYPE (TrestleUnpublishDialog, trestle_unpublish_dialog, ADW_TYPE_ALERT_DIALOG)

static void
trestle_unpublish_dialog_dispose (GObject *object)
{
  TrestleUnpublishDialog *self = TRESTLE_UNPUBLISH_DIALOG (object);

  g_clear_object (&self->products);
  g_clear_object (&self->product);
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_UNPUBLISH_DIALOG);
  G_OBJECT_CLASS (trestle_unpublish_dialog_parent_class)->dispose (object);
}

static void
trestle_unpublish_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (TRESTLE_UNPUBLISH_DIALOG (object)->ids);
  G_OBJECT_CLASS (trestle_unpublish_dialog_parent_class)->finalize (object);
}

static void
trestle_unpublish_dialog_class_init (TrestleUnpublishDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_unpublish_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = trestle_unpublish_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/publish/trestle-unpublish-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleUnpublishDialog, replacement_row);
}

static void
trestle_unpublish_dialog_init (TrestleUnpublishDialog *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A replacement has to be a limited or public product of the seller. */
static gboolean
can_replace (TrestleOwnProduct *other, TrestleOwnProduct *product)
{
  const char *visibility = trestle_own_product_get_visibility (other);

  return g_strcmp0 (trestle_own_product_get_id (other), trestle_own_product_get_id (product)) != 0
         && (g_strcmp0 (visibility, "Public") == 0 || g_strcmp0 (visibility, "Limited") == 0);
}

/* They may come while the dialog is shown already; what was chosen stays. */
static void
fill (TrestleUnpublishDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_strdup (trestle_unpublish_dialog_get_replacement (self));
  guint selected = 0;

  g_ptr_array_set_size (self->ids, 0);
  gtk_string_list_append (titles, _ ("None"));
  for (guint i = 0; i < g_list_model_get_n_items (self->products); i++)
    {
      g_autoptr (TrestleOwnProduct) other = g_list_model_get_item (self->products, i);

      if (!can_replace (other, self->product))
        continue;
      gtk_string_list_append (titles, trestle_own_product_get_title (other));
      g_ptr_array_add (self->ids, g_strdup (trestle_own_product_get_id (other)));
      if (g_strcmp0 (chosen, trestle_own_product_get_id (other)) == 0)
        selected = self->ids->len;
    }
  adw_combo_row_set_model (self->replacement_row, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->replacement_row, selected);
}

TrestleUnpublishDialog *
trestle_unpublish_dialog_new (TrestleOwnProduct *product, GListModel *products)
{
  TrestleUnpublishDialog *self = g_object_new (TRESTLE_TYPE_UNPUBLISH_DIALOG, NULL);
  g_autofree char *heading = g_strdup_printf (_ ("Unpublish %s?"),
                                              trestle_own_product_get_title (product));

  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), heading);
  self->product = g_object_ref (product);
  self->products = g_object_ref (products);
  g_signal_connect_object (products, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  return self;
}

const char *
trestle_unpublish_dialog_get_replacement (TrestleUnpublishDialog *self)
{
  guint selected;

  g_return_val_if_fail (TRESTLE_IS_UNPUBLISH_DIALOG (self), NULL);

  selected = adw_combo_row_get_selected (self->replacement_row);
  return selected > 0 && selected <= self->ids->len ? g_ptr_array_index (self->ids, selected - 1)
                                                    : NULL;
}
