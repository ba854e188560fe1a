/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-compare-dialog.h"

#include <glib/gi18n.h>

#include "domain/trestle-listing.h"
#include "widgets/trestle-tile.h"

struct _TrestleCompareDialog
{
  AdwDialog parent_instance;

  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (TrestleCompareDialog, trestle_compare_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
add_text (TrestleCompareDialog *self, int column, int row, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text != NULL && *text != '\0' ? text : "–");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_width_chars (GTK_LABEL (label), column == 0 ? 11 : 18);
  gtk_widget_set_hexpand (label, column > 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
  return label;
}

static void
on_open_clicked (TrestleCompareDialog *self, GtkButton *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "listing");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "product", id);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_listing (TrestleCompareDialog *self, int column, TrestleListing *listing)
{
  const char *const *highlights = trestle_listing_get_highlights (listing);
  const char *const *categories = trestle_listing_get_categories (listing);
  g_autofree char *bullets = highlights != NULL ? g_strjoinv ("\n", (char **) highlights) : NULL;
  g_autofree char *category = categories != NULL ? g_strjoinv (", ", (char **) categories) : NULL;
  g_autofree char *rating =
      trestle_listing_get_rating (listing) >= 0
          ? g_strdup_printf (g_dngettext (NULL, "%.1f of 5, %d rating", "%.1f of 5, %d ratings",
                                          (gulong) trestle_listing_get_rating_count (listing)),
                             trestle_listing_get_rating (listing),
                             (int) trestle_listing_get_rating_count (listing))
          : g_strdup (_ ("Not rated"));
  GtkWidget *tile = trestle_tile_new (48);
  GtkWidget *open = gtk_button_new_with_mnemonic (_ ("_Open"));
  g_autofree char *name = g_strdup_printf (_ ("Open %s"), trestle_listing_get_title (listing));
  int row = 0;

  trestle_tile_set_listing (TRESTLE_TILE (tile), listing);
  gtk_widget_set_halign (tile, GTK_ALIGN_START);
  gtk_grid_attach (self->grid, tile, column, row++, 1, 1);
  add_text (self, column, row++, trestle_listing_get_title (listing), "heading");
  add_text (self, column, row++, trestle_listing_get_publisher (listing), NULL);
  add_text (self, column, row++, trestle_listing_get_price_hint (listing), "numeric");
  add_text (self, column, row++, trestle_listing_get_free_trial (listing) ? _ ("Yes") : _ ("No"),
            NULL);
  add_text (self, column, row++, rating, "numeric");
  add_text (self, column, row++,
            trestle_listing_get_kind (listing) == TRESTLE_PRODUCT_KIND_ALGORITHM ? _ ("Algorithm")
                                                                                 : _ ("Model"),
            NULL);
  add_text (self, column, row++, category, NULL);
  add_text (self, column, row++, trestle_listing_get_short_description (listing), NULL);
  add_text (self, column, row++, bullets, NULL);
  g_object_set_data_full (G_OBJECT (open), "listing", g_strdup (trestle_listing_get_id (listing)),
                          g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_halign (open, GTK_ALIGN_START);
  g_signal_connect_object (open, "clicked", G_CALLBACK (on_open_clicked), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (self->grid, open, column, row, 1, 1);
}

static void
trestle_compare_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_COMPARE_DIALOG);
  G_OBJECT_CLASS (trestle_compare_dialog_parent_class)->dispose (object);
}

static void
trestle_compare_dialog_class_init (TrestleCompareDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_compare_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/discover/trestle-compare-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleCompareDialog, grid);
}

static void
trestle_compare_dialog_init (TrestleCompareDialog *self)
{
  const char *const headings[] = {
    "",           _ ("Product"), _ ("Publisher"), _ ("Software"),     _ ("Free trial"),
    _ ("Rating"), _ ("Type"),    _ ("Category"),  _ ("What it does"), _ ("Highlights"),
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint row = 1; row < G_N_ELEMENTS (headings); row++)
    add_text (self, 0, (int) row, headings[row], "dimmed");
}

AdwDialog *
trestle_compare_dialog_new (GListModel *listings)
{
  TrestleCompareDialog *self = g_object_new (TRESTLE_TYPE_COMPARE_DIALOG, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (listings); i++)
    {
      g_autoptr (TrestleListing) listing = g_list_model_get_item (listings, i);

      add_listing (self, (int) i + 1, listing);
    }
  return ADW_DIALOG (self);
}
