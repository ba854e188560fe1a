/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-listing-card.h"

#include <glib/gi18n.h>

#include "widgets/trestle-stars.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-widget.h"

/* A price of more characters leaves no room for the number of ratings. */
#define HINT_LONG 13

struct _TrestleListingCard
{
  GtkWidget parent_instance;

  GtkCheckButton *check;
  TrestleTile *tile;
  GtkLabel *title;
  GtkLabel *publisher;
  GtkLabel *description;
  TrestleStars *stars;
  GtkLabel *rating;
  GtkLabel *price;
  GtkLabel *kind;
  GtkWidget *trial;
  GtkWidget *subscribed;

  TrestleListing *listing;
  gboolean following; /* the check moves because the property did */
};

static guint choose_signal;

G_DEFINE_FINAL_TYPE (TrestleListingCard, trestle_listing_card, GTK_TYPE_WIDGET)

TrestleListing *
trestle_listing_card_get_listing (TrestleListingCard *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_CARD (self), NULL);
  return self->listing;
}

void
trestle_listing_card_set_chosen (TrestleListingCard *self, gboolean chosen)
{
  g_return_if_fail (TRESTLE_IS_LISTING_CARD (self));

  self->following = TRUE;
  gtk_check_button_set_active (self->check, chosen);
  self->following = FALSE;
  if (chosen)
    gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");
}

void
trestle_listing_card_set_choosable (TrestleListingCard *self, gboolean choosable)
{
  g_return_if_fail (TRESTLE_IS_LISTING_CARD (self));
  gtk_widget_set_visible (GTK_WIDGET (self->check), choosable);
}

void
trestle_listing_card_set_listing (TrestleListingCard *self, TrestleListing *listing)
{
  g_autofree char *rating = NULL;
  const char *hint;
  double stars;

  g_return_if_fail (TRESTLE_IS_LISTING_CARD (self));

  if (!g_set_object (&self->listing, listing))
    return;
  trestle_tile_set_listing (self->tile, listing);
  if (listing == NULL)
    return;

  hint = trestle_listing_get_price_hint (listing);
  stars = trestle_listing_get_rating (listing);
  if (stars < 0)
    rating = g_strdup (_ ("Not rated"));
  else if (hint != NULL && g_utf8_strlen (hint, -1) > HINT_LONG)
    rating = g_strdup_printf ("%.1f", stars);
  else
    rating = g_strdup_printf ("%.1f (%d)", stars, (int) trestle_listing_get_rating_count (listing));
  gtk_label_set_label (self->title, trestle_listing_get_title (listing));
  gtk_label_set_label (self->publisher, trestle_listing_get_publisher (listing));
  gtk_label_set_label (self->description, trestle_listing_get_short_description (listing));
  g_object_set (self->stars, "rating", MAX (stars, -1), "visible", stars >= 0, NULL);
  gtk_label_set_label (self->rating, rating);
  gtk_label_set_label (self->price, hint != NULL ? hint : "");
  gtk_label_set_label (self->kind,
                       trestle_listing_get_kind (listing) == TRESTLE_PRODUCT_KIND_ALGORITHM
                           ? _ ("Algorithm")
                           : _ ("Model"));
  gtk_widget_set_visible (self->subscribed, trestle_listing_get_subscribed (listing));
  gtk_widget_set_visible (self->trial, trestle_listing_get_free_trial (listing)
                                           && !trestle_listing_get_subscribed (listing));
}

static void
on_check_toggled (TrestleListingCard *self)
{
  if (!self->following)
    g_signal_emit (self, choose_signal, 0, gtk_check_button_get_active (self->check));
}

static void
trestle_listing_card_dispose (GObject *object)
{
  TrestleListingCard *self = TRESTLE_LISTING_CARD (object);

  g_clear_object (&self->listing);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_LISTING_CARD);
  G_OBJECT_CLASS (trestle_listing_card_parent_class)->dispose (object);
}

static void
trestle_listing_card_class_init (TrestleListingCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_STARS);
  g_type_ensure (TRESTLE_TYPE_TILE);
  G_OBJECT_CLASS (klass)->dispose = trestle_listing_card_dispose;

  /* TrestleListingCard::choose: the person chose it for a comparison, or took it out (boolean). */
  choose_signal = g_signal_new ("choose", TRESTLE_TYPE_LISTING_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/discover/trestle-listing-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, check);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, publisher);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, description);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, stars);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, rating);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, price);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, kind);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, trial);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingCard, subscribed);
  gtk_widget_class_bind_template_callback (widget_class, on_check_toggled);
  gtk_widget_class_set_css_name (widget_class, "listing-card");
}

static void
trestle_listing_card_init (TrestleListingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
