/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-discover-page.h"

#include <glib/gi18n.h>

#include "discover/trestle-compare-dialog.h"
#include "discover/trestle-discover-model.h"
#include "discover/trestle-facet-list.h"
#include "discover/trestle-listing-card.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-widget.h"

#define MAX_COMPARED 4
#define SKELETON_ROWS 4

/*
 * Model chain: catalogue (SQLite) → TrestleSearchResult → list store of the model, spliced → no selection → grid.
 */
struct _TrestleDiscoverPage
{
  AdwNavigationPage parent_instance;

  GtkEditable *search;
  GtkEditable *narrow_entry;
  GtkWidget *narrow_search;
  AdwWindowTitle *window_title;
  AdwOverlaySplitView *split;
  TrestleFacetList *facets;
  AdwWrapBox *chips;
  GtkLabel *filters_label;
  GtkLabel *status;
  GtkMenuButton *sort_button;
  TrestlePageState *state;
  GtkScrolledWindow *scroller;
  GtkGridView *grid;
  GtkBox *skeleton_1;
  GtkBox *skeleton_2;
  GtkBox *skeleton_3;
  GtkRevealer *compare_revealer;
  GtkBox *compare_tiles;
  GtkLabel *compare_label;

  TrestleDiscoverModel *model;
  GListStore *compared;
  GPtrArray *cards; /* (element-type TrestleListingCard): those in the grid now, unowned */
  char *sort;
  guint tick;
};

enum
{
  PROP_SORT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleDiscoverPage, trestle_discover_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- Comparison ----------------------------------------------------------------------------- */

static guint
find_compared (TrestleDiscoverPage *self, TrestleListing *listing)
{
  GListModel *compared = G_LIST_MODEL (self->compared);

  for (guint i = 0; i < g_list_model_get_n_items (compared); i++)
    {
      g_autoptr (TrestleListing) other = g_list_model_get_item (compared, i);

      if (g_strcmp0 (trestle_listing_get_id (other), trestle_listing_get_id (listing)) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
update_comparison (TrestleDiscoverPage *self)
{
  GListModel *compared = G_LIST_MODEL (self->compared);
  guint n = g_list_model_get_n_items (compared);
  gboolean narrow = gtk_grid_view_get_max_columns (self->grid) == 1;
  g_autofree char *label = g_strdup_printf (
      narrow ? _ ("%u of %u") : _ ("%u of %u chosen to compare"), n, MAX_COMPARED);
  GtkWidget *tile;

  while ((tile = gtk_widget_get_first_child (GTK_WIDGET (self->compare_tiles))) != NULL)
    gtk_box_remove (self->compare_tiles, tile);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleListing) listing = g_list_model_get_item (compared, i);

      tile = trestle_tile_new (24);
      trestle_tile_set_listing (TRESTLE_TILE (tile), listing);
      gtk_box_append (self->compare_tiles, tile);
    }
  gtk_label_set_label (self->compare_label, label);
  gtk_revealer_set_reveal_child (self->compare_revealer, n > 0);
  trestle_shell_cover_meter (GTK_WIDGET (self), n > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "discover.compare", n > 1);

  for (guint i = 0; i < self->cards->len; i++)
    {
      TrestleListingCard *card = self->cards->pdata[i];
      TrestleListing *listing = trestle_listing_card_get_listing (card);

      trestle_listing_card_set_chosen (
          card, listing != NULL && find_compared (self, listing) != GTK_INVALID_LIST_POSITION);
    }
  if (n > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->grid), "comparing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->grid), "comparing");
}

static void
on_card_choose (TrestleDiscoverPage *self, gboolean chosen, TrestleListingCard *card)
{
  TrestleListing *listing = trestle_listing_card_get_listing (card);
  guint at = find_compared (self, listing);

  if (chosen && at == GTK_INVALID_LIST_POSITION)
    {
      if (g_list_model_get_n_items (G_LIST_MODEL (self->compared)) < MAX_COMPARED)
        g_list_store_append (self->compared, listing);
      else
        trestle_shell_toast (GTK_WIDGET (self), _ ("Four products can be compared at a time"));
    }
  else if (!chosen && at != GTK_INVALID_LIST_POSITION)
    g_list_store_remove (self->compared, at);
  update_comparison (self);
}

void
trestle_discover_page_choose (TrestleDiscoverPage *self, guint n)
{
  GListModel *listings;

  g_return_if_fail (TRESTLE_IS_DISCOVER_PAGE (self));

  listings = trestle_discover_model_get_listings (self->model);
  for (guint i = 0; i < MIN (MIN (n, MAX_COMPARED), g_list_model_get_n_items (listings)); i++)
    {
      g_autoptr (TrestleListing) listing = g_list_model_get_item (listings, i);

      g_list_store_append (self->compared, listing);
    }
  update_comparison (self);
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleDiscoverPage *self = TRESTLE_DISCOVER_PAGE (widget);

  adw_dialog_present (trestle_compare_dialog_new (trestle_shell_get_session (widget),
                                                  G_LIST_MODEL (self->compared)),
                      widget);
}

static void
clear_comparison_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleDiscoverPage *self = TRESTLE_DISCOVER_PAGE (widget);

  g_list_store_remove_all (self->compared);
  update_comparison (self);
}

/* --- Cells ---------------------------------------------------------------------------------- */

static void
on_setup (TrestleDiscoverPage *self, GtkListItem *item)
{
  GtkWidget *card = g_object_new (TRESTLE_TYPE_LISTING_CARD, NULL);

  /* The card takes its listing along when it calls. */
  g_signal_connect_object (card, "choose", G_CALLBACK (on_card_choose), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, card);
}

static void
on_bind (TrestleDiscoverPage *self, GtkListItem *item)
{
  TrestleListingCard *card = TRESTLE_LISTING_CARD (gtk_list_item_get_child (item));
  TrestleListing *listing = gtk_list_item_get_item (item);

  trestle_listing_card_set_listing (card, listing);
  trestle_listing_card_set_chosen (card,
                                   find_compared (self, listing) != GTK_INVALID_LIST_POSITION);
  gtk_list_item_set_accessible_label (item, trestle_listing_get_title (listing));
  gtk_list_item_set_accessible_description (item, trestle_listing_get_short_description (listing));
  g_ptr_array_add (self->cards, card);
}

static void
on_unbind (TrestleDiscoverPage *self, GtkListItem *item)
{
  g_ptr_array_remove_fast (self->cards, gtk_list_item_get_child (item));
}

static void
on_activate (TrestleDiscoverPage *self, guint position)
{
  g_autoptr (TrestleListing)
      listing = g_list_model_get_item (trestle_discover_model_get_listings (self->model), position);

  trestle_shell_open (GTK_WIDGET (self), "product", trestle_listing_get_id (listing));
}

/* --- What is shown -------------------------------------------------------------------------- */

static void
on_chip_clicked (TrestleDiscoverPage *self, GtkButton *chip)
{
  trestle_discover_model_set_filter (self->model, g_object_get_data (G_OBJECT (chip), "group"),
                                     g_object_get_data (G_OBJECT (chip), "value"), FALSE);
}

static void
add_chip (const char *group, const char *value, gpointer data)
{
  TrestleDiscoverPage *self = data;
  g_autofree char *text = trestle_facet_list_dup_label (self->facets, group, value);
  g_autofree char *name = g_strdup_printf (_ ("Remove the filter “%s”"), text);
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cross = trestle_widget_decoration ("window-close-symbolic");

  gtk_box_append (GTK_BOX (box), gtk_label_new (text));
  gtk_image_set_pixel_size (GTK_IMAGE (cross), 12);
  gtk_box_append (GTK_BOX (box), cross);
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_tooltip_text (chip, name);
  g_object_set_data_full (G_OBJECT (chip), "group", g_strdup (group), g_free);
  g_object_set_data_full (G_OBJECT (chip), "value", g_strdup (value), g_free);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (on_chip_clicked), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->chips, chip);
}

static void
update_chips (TrestleDiscoverPage *self)
{
  guint n = trestle_discover_model_get_n_filters (self->model);
  g_autofree char *label = n > 0 ? g_strdup_printf (_ ("Filters · %u"), n)
                                 : g_strdup (_ ("Filters"));
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->chips));
  GtkWidget *chip;

  while ((chip = gtk_widget_get_next_sibling (first)) != NULL)
    adw_wrap_box_remove (self->chips, chip);
  trestle_discover_model_foreach_filter (self->model, add_chip, self);
  if (n > 1)
    {
      chip = gtk_button_new_with_mnemonic (_ ("C_lear"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "discover.clear");
      gtk_widget_add_css_class (chip, "flat");
      gtk_widget_add_css_class (chip, "compact");
      adw_wrap_box_append (self->chips, chip);
    }
  gtk_label_set_label (self->filters_label, label);
}

static void
update_status (TrestleDiscoverPage *self)
{
  guint total = trestle_discover_model_get_total (self->model);
  gint64 refreshed = trestle_discover_model_get_refreshed (self->model);
  g_autofree char *number = trestle_format_count (total);
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%s product", "%s products", total),
                                            number);
  g_autofree char *age = NULL;
  g_autofree char *text = NULL;

  if (trestle_discover_model_get_refreshing (self->model))
    age = g_strdup (_ ("refreshing…"));
  else if (trestle_discover_model_get_error (self->model) != NULL && refreshed > 0)
    {
      g_autofree char *day = trestle_format_day (refreshed);

      age = g_strdup_printf (_ ("from %s, offline"), day);
    }
  else if (refreshed > 0)
    {
      g_autofree char *ago = trestle_format_ago (refreshed);

      age = g_strdup_printf (_ ("up to date %s"), ago);
    }

  text = age != NULL ? g_strdup_printf ("%s · %s", count, age) : g_strdup (count);
  gtk_label_set_label (self->status, text);
  adw_window_title_set_subtitle (self->window_title, count);
}

static void
update (TrestleDiscoverPage *self)
{
  switch (trestle_discover_model_get_state (self->model))
    {
    case TRESTLE_DISCOVER_LOADING:
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
      break;
    case TRESTLE_DISCOVER_RESULTS:
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
      break;
    case TRESTLE_DISCOVER_EMPTY:
      trestle_page_state_fail (self->state, _ ("load the catalogue"),
                               trestle_discover_model_get_error (self->model));
      break;
    case TRESTLE_DISCOVER_NOTHING:
    default:
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_EMPTY);
      break;
    }
  update_chips (self);
  update_status (self);
}

static void
on_search_changed (TrestleDiscoverPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  gtk_adjustment_set_value (adjustment, 0);
  trestle_discover_model_set_text (self->model, gtk_editable_get_text (self->search));
}

/* Enter opens the first. */
static void
on_search_activate (TrestleDiscoverPage *self)
{
  if (trestle_discover_model_get_total (self->model) > 0)
    on_activate (self, 0);
}

void
trestle_discover_page_search (TrestleDiscoverPage *self, const char *text)
{
  g_return_if_fail (TRESTLE_IS_DISCOVER_PAGE (self));
  gtk_editable_set_text (self->search, text);
}

static void
on_retry (TrestleDiscoverPage *self)
{
  trestle_discover_model_refresh (self->model);
}

/* --- Actions -------------------------------------------------------------------------------- */

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_discover_model_refresh (TRESTLE_DISCOVER_PAGE (widget)->model);
}

static void
filters_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwOverlaySplitView *split = TRESTLE_DISCOVER_PAGE (widget)->split;

  adw_overlay_split_view_set_show_sidebar (split, !adw_overlay_split_view_get_show_sidebar (split));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleDiscoverPage *self = TRESTLE_DISCOVER_PAGE (widget);

  gtk_widget_grab_focus (gtk_widget_get_visible (self->narrow_search)
                             ? GTK_WIDGET (self->narrow_entry)
                             : GTK_WIDGET (self->search));
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleDiscoverPage *self = TRESTLE_DISCOVER_PAGE (widget);

  trestle_discover_model_clear_filters (self->model);
  if (trestle_page_state_get_state (self->state) == TRESTLE_PAGE_EMPTY)
    gtk_editable_set_text (self->search, "");
}

static void
set_sort (TrestleDiscoverPage *self, const char *sort)
{
  static const struct
  {
    const char *name;
    const char *label;
    TrestleSort sort;
  } sorts[] = {
    { "relevance", N_ ("Best Match"), TRESTLE_SORT_RELEVANCE },
    { "rating", N_ ("Rating"), TRESTLE_SORT_RATING },
    { "price", N_ ("Price"), TRESTLE_SORT_PRICE },
    { "title", N_ ("Title"), TRESTLE_SORT_TITLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_strcmp0 (sorts[i].name, sort) == 0 && g_set_str (&self->sort, sort))
      {
        gtk_menu_button_set_label (self->sort_button, _ (sorts[i].label));
        if (self->model != NULL)
          trestle_discover_model_set_sort (self->model, sorts[i].sort);
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
      }
}

static gboolean
on_tick (gpointer data)
{
  update_status (data);
  return G_SOURCE_CONTINUE;
}

static void
trestle_discover_page_map (GtkWidget *widget)
{
  TrestleDiscoverPage *self = TRESTLE_DISCOVER_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_discover_page_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (60, on_tick, self);
  update_comparison (self);
}

static void
trestle_discover_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&TRESTLE_DISCOVER_PAGE (widget)->tick, g_source_remove);
  trestle_shell_cover_meter (widget, FALSE);
  GTK_WIDGET_CLASS (trestle_discover_page_parent_class)->unmap (widget);
}

static void
trestle_discover_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SORT)
    g_value_set_string (value, TRESTLE_DISCOVER_PAGE (object)->sort);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_discover_page_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  if (id == PROP_SORT)
    set_sort (TRESTLE_DISCOVER_PAGE (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_discover_page_dispose (GObject *object)
{
  TrestleDiscoverPage *self = TRESTLE_DISCOVER_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_DISCOVER_PAGE);
  g_clear_object (&self->model);
  g_clear_object (&self->compared);
  G_OBJECT_CLASS (trestle_discover_page_parent_class)->dispose (object);
}

static void
trestle_discover_page_finalize (GObject *object)
{
  TrestleDiscoverPage *self = TRESTLE_DISCOVER_PAGE (object);

  g_ptr_array_unref (self->cards);
  g_free (self->sort);
  G_OBJECT_CLASS (trestle_discover_page_parent_class)->finalize (object);
}

static void
trestle_discover_page_class_init (TrestleDiscoverPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FACET_LIST);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);

  object_class->get_property = trestle_discover_page_get_property;
  object_class->set_property = trestle_discover_page_set_property;
  object_class->dispose = trestle_discover_page_dispose;
  object_class->finalize = trestle_discover_page_finalize;
  widget_class->map = trestle_discover_page_map;
  widget_class->unmap = trestle_discover_page_unmap;

  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/discover/trestle-discover-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, search);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, narrow_entry);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, narrow_search);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, split);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, facets);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, chips);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, filters_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, status);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, sort_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, grid);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, skeleton_1);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, skeleton_2);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, skeleton_3);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, compare_revealer);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, compare_tiles);
  gtk_widget_class_bind_template_child (widget_class, TrestleDiscoverPage, compare_label);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);

  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.filters", NULL, filters_action);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "discover.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "discover.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "discover.clear-comparison", NULL,
                                   clear_comparison_action);
  gtk_widget_class_install_property_action (widget_class, "discover.sort", "sort");
}

static void
add_skeletons (GtkBox *column)
{
  for (int i = 0; i < SKELETON_ROWS; i++)
    {
      GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      gtk_widget_add_css_class (card, "card");
      gtk_widget_add_css_class (card, "listing-card");
      gtk_widget_set_size_request (card, -1, 150);
      gtk_box_append (column, card);
    }
}

static void
trestle_discover_page_init (TrestleDiscoverPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cards = g_ptr_array_new ();
  self->compared = g_list_store_new (TRESTLE_TYPE_LISTING);

  add_skeletons (self->skeleton_1);
  add_skeletons (self->skeleton_2);
  add_skeletons (self->skeleton_3);

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_factory (self->grid, factory);
  g_object_unref (factory);

  set_sort (self, "relevance");
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
}

GtkWidget *
trestle_discover_page_new (TrestleSession *session)
{
  TrestleDiscoverPage *self = g_object_new (TRESTLE_TYPE_DISCOVER_PAGE, NULL);

  self->model = trestle_discover_model_new (session);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  trestle_facet_list_set_model (self->facets, self->model);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (
                                           trestle_discover_model_get_listings (self->model)))));
  update_comparison (self);
  update (self);
  return GTK_WIDGET (self);
}
