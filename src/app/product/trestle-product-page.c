/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-product-page.h"

#include <glib/gi18n.h>

#include "domain/trestle-media-item.h"
#include "domain/trestle-term.h"
#include "product/trestle-eula-view.h"
#include "product/trestle-pricing-card.h"
#include "product/trestle-product-model.h"
#include "product/trestle-product-side.h"
#include "product/trestle-standing-text.h"
#include "product/trestle-usage-card.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-pictures.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-stars.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

#define COVER_WIDTH 1200
#define COVER_HEIGHT 800

static const char *const section_names[] = { "overview", "pricing", "usage", "versions",
                                             "rating",   "support", "legal" };

struct _TrestleProductPage
{
  AdwNavigationPage parent_instance;

  AdwToolbarView *toolbar_view;
  AdwToggleGroup *sections;
  GtkDropDown *sections_narrow;
  TrestlePageState *state;
  GtkScrolledWindow *scroller;
  GtkWidget *content;
  GtkWidget *columns;
  TrestleTile *tile;
  GtkLabel *title;
  GtkLabel *publisher;
  TrestleStars *stars;
  GtkLabel *rating;
  GtkWidget *kind_badge;
  GtkWidget *takes_badge;
  GtkWidget *standing_badge;
  GtkButton *action;
  GtkLabel *action_note;
  GtkPicture *cover;
  GtkBox *highlights;
  GtkLabel *description;
  GtkButton *more_button;
  TrestlePricingCard *pricing;
  GtkWidget *usage_group;
  TrestlePageState *usage_state;
  TrestleUsageCard *usage;
  GtkWidget *legal_group;
  TrestleEulaView *eula;
  GtkLabel *refund;
  TrestleProductSide *side;
  GtkWidget *bottom_bar;

  TrestleProductModel *model;
  DexFuture *load_cover;
  gboolean whole;     /* the description is shown to its end */
  gboolean scrolling; /* a section was chosen; the switcher does not follow meanwhile */
};

G_DEFINE_FINAL_TYPE (TrestleProductPage, trestle_product_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- The one button ------------------------------------------------------------------------- */

static gboolean
is_algorithm (TrestleProductPage *self)
{
  return trestle_listing_get_kind (trestle_product_model_get_listing (self->model))
         == TRESTLE_PRODUCT_KIND_ALGORITHM;
}

static void
update_standing (TrestleProductPage *self)
{
  g_autoptr (TrestleStandingText) text = trestle_standing_text_new (self->model);
  gboolean preview = trestle_product_model_is_preview (self->model);
  gboolean subscribed = trestle_product_model_get_standing (self->model, NULL)
                        >= TRESTLE_STANDING_TRIAL;

  gtk_button_set_label (self->action, text->label);
  gtk_label_set_label (self->action_note, text->note);
  trestle_badge_set (self->standing_badge, text->badge, text->tone);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "product.primary", text->enabled && !preview);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "product.arn", subscribed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "product.deploy",
                                 subscribed && !is_algorithm (self));
}

static void
primary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleProductPage *self = TRESTLE_PRODUCT_PAGE (widget);
  TrestleListing *listing = trestle_product_model_get_listing (self->model);
  TrestleEndpoint *endpoint;

  switch (trestle_product_model_get_standing (self->model, &endpoint))
    {
    case TRESTLE_STANDING_NOT_SUBSCRIBED:
      trestle_shell_open (widget, "subscribe", trestle_listing_get_id (listing));
      break;
    case TRESTLE_STANDING_TRIAL:
    case TRESTLE_STANDING_SUBSCRIBED:
      trestle_shell_open (widget, "deploy", trestle_listing_get_id (listing));
      break;
    case TRESTLE_STANDING_STARTING:
      trestle_shell_open (widget, "endpoint", trestle_endpoint_get_name (endpoint));
      break;
    case TRESTLE_STANDING_RUNNING:
      trestle_shell_open (widget, "bench", trestle_endpoint_get_name (endpoint));
      break;
    case TRESTLE_STANDING_UNKNOWN:
    default:
      break;
    }
}

/* The whole description, or its first paragraph. */
static void
show_description (TrestleProductPage *self, gboolean whole)
{
  TrestleListing *listing = trestle_product_model_get_listing (self->model);
  const char *text = trestle_listing_get_long_description (listing);
  const char *end;
  g_autofree char *first = NULL;

  if (text == NULL)
    text = trestle_listing_get_short_description (listing);
  end = text != NULL ? strstr (text, "\n\n") : NULL;
  first = end != NULL ? g_strndup (text, (gsize) (end - text)) : g_strdup (text);
  gtk_label_set_label (self->description, whole ? text : first);
  gtk_button_set_label (self->more_button, whole ? _ ("Show _Less") : _ ("Show _More"));
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), end != NULL);
  self->whole = whole;
}

static void
more_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleProductPage *self = TRESTLE_PRODUCT_PAGE (widget);

  show_description (self, !self->whole);
}

static void
deploy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "deploy",
                      trestle_listing_get_id (trestle_product_model_get_listing (
                          TRESTLE_PRODUCT_PAGE (widget)->model)));
}

static void
arn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "arn",
                      trestle_listing_get_id (trestle_product_model_get_listing (
                          TRESTLE_PRODUCT_PAGE (widget)->model)));
}

static void
copy_id_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleListing *listing = trestle_product_model_get_listing (
      TRESTLE_PRODUCT_PAGE (widget)->model);

  if (listing != NULL)
    trestle_shell_copy (widget, trestle_listing_get_product_id (listing), _ ("Product ID copied"));
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_product_model_load (TRESTLE_PRODUCT_PAGE (widget)->model, TRESTLE_PART_LISTING);
}

/* --- What is shown -------------------------------------------------------------------------- */

static void
on_cover (gpointer owner, const GValue *value, const GError *error)
{
  TrestleProductPage *self = owner;

  if (error != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->cover), FALSE);
      return;
    }
  gtk_picture_set_paintable (self->cover, g_value_get_object (value));
}

static void
update_cover (TrestleProductPage *self, TrestleListing *listing)
{
  GListModel *media = trestle_listing_get_media (listing);

  for (guint i = 0; media != NULL && i < g_list_model_get_n_items (media); i++)
    {
      g_autoptr (TrestleMediaItem) item = g_list_model_get_item (media, i);
      const char *uri = trestle_media_item_get_video (item)
                            ? trestle_media_item_get_preview_url (item)
                            : trestle_media_item_get_url (item);
      const char *text = trestle_media_item_get_description (item);

      if (uri == NULL)
        continue;
      gtk_widget_set_visible (GTK_WIDGET (self->cover), TRUE);
      gtk_picture_set_alternative_text (self->cover,
                                        text != NULL ? text : trestle_media_item_get_title (item));
      trestle_watch (self, &self->load_cover,
                     trestle_pictures_load (trestle_product_model_get_session (self->model), uri,
                                            COVER_WIDTH, COVER_HEIGHT),
                     on_cover);
      return;
    }
}

static void
update_highlights (TrestleProductPage *self, TrestleListing *listing)
{
  const char *const *highlights = trestle_listing_get_highlights (listing);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->highlights))) != NULL)
    gtk_box_remove (self->highlights, child);
  for (guint i = 0; highlights != NULL && highlights[i] != NULL; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      GtkWidget *tick = trestle_widget_decoration ("object-select-symbolic");
      GtkWidget *label = gtk_label_new (highlights[i]);

      gtk_widget_add_css_class (tick, "accent");
      gtk_widget_set_valign (tick, GTK_ALIGN_START);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (row), tick);
      gtk_box_append (GTK_BOX (row), label);
      gtk_box_append (self->highlights, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->highlights),
                          highlights != NULL && highlights[0] != NULL);
}

static void
update_listing (TrestleProductPage *self)
{
  TrestleListing *listing = trestle_product_model_get_listing (self->model);
  g_autofree char *rating = NULL;
  double stars;

  if (listing == NULL)
    return;

  stars = trestle_listing_get_rating (listing);
  rating = stars >= 0 ? g_strdup_printf ("%.1f (%d)", stars,
                                         (int) trestle_listing_get_rating_count (listing))
                      : g_strdup (_ ("Not rated"));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), trestle_listing_get_title (listing));
  trestle_tile_set_listing (self->tile, listing);
  gtk_label_set_label (self->title, trestle_listing_get_title (listing));
  gtk_label_set_label (self->publisher, trestle_listing_get_publisher (listing));
  g_object_set (self->stars, "rating", MAX (stars, -1), "visible", stars >= 0, NULL);
  gtk_label_set_label (self->rating, rating);
  trestle_badge_set (self->kind_badge, is_algorithm (self) ? _ ("Algorithm") : _ ("Model"),
                     TRESTLE_TONE_PLAIN);
  show_description (self, self->whole);
  update_cover (self, listing);
  update_highlights (self, listing);
}

static void
update_versions (TrestleProductPage *self)
{
  TrestleVersion *version = trestle_product_model_get_newest (self->model);
  const GError *error = trestle_product_model_get_error (self->model, TRESTLE_PART_VERSIONS);
  g_autofree char *badge = version != NULL ? trestle_usage_card_dup_summary (version) : NULL;

  if (error != NULL)
    trestle_page_state_fail (self->usage_state, _ ("load the usage"), error);
  else
    trestle_page_state_set_state (self->usage_state,
                                  version != NULL ? TRESTLE_PAGE_CONTENT : TRESTLE_PAGE_LOADING);
  /* A draft may have no version yet, and none is on its way. */
  gtk_widget_set_visible (self->usage_group,
                          version != NULL || !trestle_product_model_is_preview (self->model));
  trestle_usage_card_set_version (self->usage, version);
  trestle_badge_set (self->takes_badge, badge, TRESTLE_TONE_PLAIN);
}

static void
update_offers (TrestleProductPage *self)
{
  TrestleOffer *offer = trestle_product_model_get_offer (self->model);
  GListModel *terms = offer != NULL ? trestle_offer_get_terms (offer) : NULL;
  const char *refund = NULL;
  g_autofree char *text = NULL;

  if (offer == NULL)
    return;
  trestle_eula_view_set_offer (self->eula, trestle_product_model_get_session (self->model), offer);
  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      if (trestle_term_get_refund_policy (term) != NULL)
        refund = trestle_term_get_refund_policy (term);
    }
  text = refund != NULL ? g_strdup_printf (_ ("Refunds: %s"), refund) : NULL;
  gtk_label_set_label (self->refund, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->refund), text != NULL);
}

static void
update (TrestleProductPage *self, int part)
{
  const GError *error = trestle_product_model_get_error (self->model, TRESTLE_PART_LISTING);
  TrestleListing *listing = trestle_product_model_get_listing (self->model);

  if (listing == NULL)
    {
      if (error != NULL)
        trestle_page_state_fail (self->state, _ ("load the product"), error);
      else
        trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
      return;
    }

  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  if (part == TRESTLE_PART_LISTING)
    update_listing (self);
  if (part == TRESTLE_PART_VERSIONS)
    update_versions (self);
  if (part == TRESTLE_PART_OFFERS)
    update_offers (self);
  update_standing (self);
}

static void
on_retry (TrestleProductPage *self)
{
  trestle_product_model_load (self->model, TRESTLE_PART_LISTING);
}

static void
on_versions_retry (TrestleProductPage *self)
{
  trestle_product_model_load (self->model, TRESTLE_PART_VERSIONS);
}

/* --- Sections ------------------------------------------------------------------------------- */

static GtkWidget *
anchor_of (TrestleProductPage *self, const char *section)
{
  if (g_str_equal (section, "overview"))
    return self->content;
  if (g_str_equal (section, "pricing"))
    return GTK_WIDGET (self->pricing);
  if (g_str_equal (section, "usage"))
    return self->usage_group;
  if (g_str_equal (section, "legal"))
    return self->legal_group;
  return trestle_product_side_get_anchor (self->side, section);
}

static double
offset_of (TrestleProductPage *self, const char *section)
{
  graphene_point_t point;

  if (!gtk_widget_compute_point (anchor_of (self, section), self->content,
                                 &GRAPHENE_POINT_INIT (0, 0), &point))
    return 0;
  return point.y;
}

void
trestle_product_page_show (TrestleProductPage *self, const char *section)
{
  GtkAdjustment *adjustment;

  g_return_if_fail (TRESTLE_IS_PRODUCT_PAGE (self));

  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  self->scrolling = TRUE;
  adw_toggle_group_set_active_name (self->sections, section);
  for (guint i = 0; i < G_N_ELEMENTS (section_names); i++)
    if (g_str_equal (section_names[i], section))
      gtk_drop_down_set_selected (self->sections_narrow, i);
  gtk_adjustment_set_value (adjustment, MAX (0, offset_of (self, section) - 12));
  self->scrolling = FALSE;
}

static void
on_section_chosen (TrestleProductPage *self)
{
  if (!self->scrolling)
    trestle_product_page_show (self, adw_toggle_group_get_active_name (self->sections));
}

static void
on_narrow_section_chosen (TrestleProductPage *self)
{
  if (!self->scrolling)
    trestle_product_page_show (self,
                               section_names[gtk_drop_down_get_selected (self->sections_narrow)]);
}

/* The switcher follows what is in view: the last section that begins in the upper third, by reading order. */
static void
on_scrolled (TrestleProductPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double top = gtk_adjustment_get_value (adjustment);
  const char *section = "overview";
  const char *const left[] = { "pricing", "usage", "legal" };

  if (self->scrolling)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    if (offset_of (self, left[i]) <= top + gtk_adjustment_get_page_size (adjustment) / 3)
      section = left[i];
  self->scrolling = TRUE;
  adw_toggle_group_set_active_name (self->sections, section);
  for (guint i = 0; i < G_N_ELEMENTS (section_names); i++)
    if (g_str_equal (section_names[i], section))
      gtk_drop_down_set_selected (self->sections_narrow, i);
  self->scrolling = FALSE;
}

/* One bar at the bottom is enough: the page's own takes the place of the meter. */
static void
cover_meter (TrestleProductPage *self)
{
  if (self->model == NULL || trestle_product_model_is_preview (self->model))
    return;
  trestle_shell_cover_meter (GTK_WIDGET (self), gtk_widget_get_visible (self->bottom_bar)
                                                    && gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
trestle_product_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_product_page_parent_class)->map (widget);
  cover_meter (TRESTLE_PRODUCT_PAGE (widget));
}

static void
trestle_product_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_product_page_parent_class)->unmap (widget);
  cover_meter (TRESTLE_PRODUCT_PAGE (widget));
}

static void
trestle_product_page_dispose (GObject *object)
{
  TrestleProductPage *self = TRESTLE_PRODUCT_PAGE (object);

  dex_clear (&self->load_cover);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PRODUCT_PAGE);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (trestle_product_page_parent_class)->dispose (object);
}

static void
trestle_product_page_class_init (TrestleProductPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_EULA_VIEW);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_PRICING_CARD);
  g_type_ensure (TRESTLE_TYPE_PRODUCT_SIDE);
  g_type_ensure (TRESTLE_TYPE_STARS);
  g_type_ensure (TRESTLE_TYPE_TILE);
  g_type_ensure (TRESTLE_TYPE_USAGE_CARD);

  G_OBJECT_CLASS (klass)->dispose = trestle_product_page_dispose;
  widget_class->map = trestle_product_page_map;
  widget_class->unmap = trestle_product_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/product/trestle-product-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, sections);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, sections_narrow);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, content);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, columns);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, publisher);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, stars);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, rating);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, kind_badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, takes_badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, standing_badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, action);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, action_note);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, cover);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, highlights);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, description);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, pricing);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, usage_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, usage_state);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, usage);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, legal_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, eula);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, refund);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, side);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductPage, bottom_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_versions_retry);
  gtk_widget_class_install_action (widget_class, "product.primary", NULL, primary_action);
  gtk_widget_class_install_action (widget_class, "product.deploy", NULL, deploy_action);
  gtk_widget_class_install_action (widget_class, "product.more", NULL, more_action);
  gtk_widget_class_install_action (widget_class, "product.arn", NULL, arn_action);
  gtk_widget_class_install_action (widget_class, "product.copy-id", NULL, copy_id_action);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
}

static void
trestle_product_page_init (TrestleProductPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->bottom_bar, "notify::visible", G_CALLBACK (cover_meter), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sections, "notify::active-name", G_CALLBACK (on_section_chosen),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sections_narrow, "notify::selected",
                           G_CALLBACK (on_narrow_section_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
new_of_model (TrestleProductModel *model)
{
  TrestleProductPage *self = g_object_new (TRESTLE_TYPE_PRODUCT_PAGE, NULL);

  self->model = model;
  g_signal_connect_object (self->model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  trestle_pricing_card_set_model (self->pricing, self->model);
  trestle_product_side_set_model (self->side, self->model);
  update (self, TRESTLE_PART_LISTING);
  return GTK_WIDGET (self);
}

GtkWidget *
trestle_product_page_new (TrestleSession *session, const char *name)
{
  return new_of_model (trestle_product_model_new (session, name));
}

GtkWidget *
trestle_product_page_new_preview (TrestleSession *session, TrestleOpenDraft *open_draft)
{
  GtkWidget *page = new_of_model (trestle_product_model_new_preview (session, open_draft));
  TrestleProductPage *self = TRESTLE_PRODUCT_PAGE (page);

  adw_toolbar_view_set_reveal_top_bars (self->toolbar_view, FALSE);
  update (self, TRESTLE_PART_VERSIONS);
  update (self, TRESTLE_PART_OFFERS);
  return page;
}
