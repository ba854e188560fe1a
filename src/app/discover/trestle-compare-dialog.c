/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-compare-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-watch.h"

struct _TrestleCompareDialog
{
  AdwDialog parent_instance;

  GtkGrid *grid;

  GPtrArray *listings; /* (element-type TrestleListing) */
  DexFuture *load;
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
  g_autofree char *joined = highlights != NULL ? g_strjoinv ("\n• ", (char **) highlights) : NULL;
  g_autofree char *bullets = joined != NULL && *joined != '\0' ? g_strconcat ("• ", joined, NULL)
                                                               : NULL;
  g_autofree char *category = categories != NULL ? g_strjoinv (", ", (char **) categories) : NULL;
  g_autofree char *rating =
      trestle_listing_get_rating (listing) >= 0
          ? g_strdup_printf (g_dngettext (NULL, "%.1f of 5, %d rating", "%.1f of 5, %d ratings",
                                          (gulong) trestle_listing_get_rating_count (listing)),
                             trestle_listing_get_rating (listing),
                             (int) trestle_listing_get_rating_count (listing))
          : g_strdup (_ ("Not rated"));
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *tile = trestle_tile_new (48);
  GtkWidget *open = gtk_button_new_with_mnemonic (_ ("_Open"));
  g_autofree char *name = g_strdup_printf (_ ("Open %s"), trestle_listing_get_title (listing));
  int row = 0;

  trestle_tile_set_listing (TRESTLE_TILE (tile), listing);
  g_object_set_data_full (G_OBJECT (open), "listing", g_strdup (trestle_listing_get_id (listing)),
                          g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  g_signal_connect_object (open, "clicked", G_CALLBACK (on_open_clicked), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), tile);
  gtk_box_append (GTK_BOX (head), open);
  gtk_grid_attach (self->grid, head, column, row++, 1, 1);
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
  add_text (self, column, row, bullets, NULL);
}

static void
fill (TrestleCompareDialog *self)
{
  const char *const headings[] = {
    "",           _ ("Product"), _ ("Publisher"), _ ("Software"),     _ ("Free trial"),
    _ ("Rating"), _ ("Type"),    _ ("Category"),  _ ("What it does"), _ ("Highlights"),
  };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint row = 1; row < G_N_ELEMENTS (headings); row++)
    add_text (self, 0, (int) row, headings[row], "dimmed");
  for (guint i = 0; i < self->listings->len; i++)
    add_listing (self, (int) i + 1, self->listings->pdata[i]);
}

/* What search knows of a listing has no highlights; the details have. */
static void
on_details (gpointer owner, const GValue *value, const GError *error)
{
  TrestleCompareDialog *self = owner;
  GPtrArray *details;

  if (error != NULL)
    {
      g_message ("Could not load all details: %s", error->message);
      return;
    }
  details = g_value_get_boxed (value);
  g_clear_pointer (&self->listings, g_ptr_array_unref);
  self->listings = g_ptr_array_ref (details);
  fill (self);
}

typedef struct
{
  TrestleCatalogue *catalogue;
  GPtrArray *listings;
} Details;

static void
details_free (gpointer data)
{
  Details *details = data;

  g_object_unref (details->catalogue);
  g_ptr_array_unref (details->listings);
  g_free (details);
}

static DexFuture *
details_fiber (gpointer data)
{
  Details *details = data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < details->listings->len; i++)
    {
      g_autoptr (GError) error = NULL;
      TrestleListing *listing = dex_await_object (
          trestle_catalogue_find (details->catalogue,
                                  trestle_listing_get_id (details->listings->pdata[i])),
          &error);

      if (listing == NULL)
        return trestle_future_error (error);
      g_ptr_array_add (found, listing);
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&found));
}

static void
trestle_compare_dialog_dispose (GObject *object)
{
  TrestleCompareDialog *self = TRESTLE_COMPARE_DIALOG (object);

  dex_clear (&self->load);
  g_clear_pointer (&self->listings, g_ptr_array_unref);
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
  self->listings = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
trestle_compare_dialog_new (TrestleSession *session, GListModel *listings)
{
  TrestleCompareDialog *self = g_object_new (TRESTLE_TYPE_COMPARE_DIALOG, NULL);
  Details *details = g_new0 (Details, 1);

  for (guint i = 0; i < g_list_model_get_n_items (listings); i++)
    g_ptr_array_add (self->listings, g_list_model_get_item (listings, i));
  fill (self);
  details->catalogue = g_object_ref (trestle_session_get_catalogue (session));
  details->listings = g_ptr_array_ref (self->listings);
  trestle_watch (self, &self->load, trestle_fiber_spawn (details_fiber, details, details_free),
                 on_details);
  return ADW_DIALOG (self);
}
