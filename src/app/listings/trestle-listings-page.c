/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-listings-page.h"

#include <glib/gi18n.h>

#include "aws/trestle-aws-error.h"
#include "listings/trestle-listing-findings.h"
#include "listings/trestle-listing-menu.h"
#include "listings/trestle-listings-actions.h"
#include "listings/trestle-listings-model.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-edit.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-watch.h"

/* AWS takes so many change sets at a time. */
#define MOST_OPEN 250

/* The age in the foot is counted in seconds at first. */
#define TICK_SECONDS 5

struct _TrestleListingsPage
{
  AdwNavigationPage parent_instance;

  AdwBanner *banner;
  TrestlePageState *state;
  AdwToggleGroup *states;
  AdwToggle *all_toggle;
  AdwToggle *draft_toggle;
  AdwToggle *limited_toggle;
  AdwToggle *public_toggle;
  AdwToggle *restricted_toggle;
  GtkEditable *search;
  GtkColumnView *table;
  GtkColumnViewColumn *modified_column;
  GtkListView *list;
  GtkStack *results;
  GtkLabel *foot;
  GtkLabel *foot_end;

  TrestleSession *session;
  TrestleListingsModel *model;
  GtkCustomFilter *filter;
  GListModel *shown;
  char *needle;
  DexFuture *reading; /* the drafts */
  DexFuture *refreshing;
  DexFuture *refreshing_requests;
  guint tick;
};

G_DEFINE_FINAL_TYPE (TrestleListingsPage, trestle_listings_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
filter_item (gpointer item, gpointer data)
{
  TrestleListingsPage *self = data;
  const char *state = adw_toggle_group_get_active_name (self->states);

  if (state != NULL && !g_str_equal (state, "all")
      && g_strcmp0 (trestle_listing_item_get_visibility (item), state) != 0)
    return FALSE;
  return self->needle == NULL || *self->needle == '\0'
         || trestle_listing_item_matches (item, self->needle);
}

static void
on_filter_changed (TrestleListingsPage *self)
{
  if (self->filter == NULL)
    return;
  g_free (self->needle);
  self->needle = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_shown_changed (TrestleListingsPage *self)
{
  gtk_stack_set_visible_child_name (self->results,
                                    g_list_model_get_n_items (self->shown) > 0 ? "some" : "none");
}

static void
set_toggle (TrestleListingsPage *self, AdwToggle *toggle, const char *word, const char *visibility)
{
  g_autofree char *label = g_strdup_printf ("%s %u", word,
                                            trestle_listings_model_count (self->model, visibility));

  adw_toggle_set_label (toggle, label);
}

static void
update_banner (TrestleListingsPage *self)
{
  TrestleListingItem *failed = trestle_listings_model_find_failed (self->model);
  g_autofree char *text = NULL;
  g_autofree char *moment = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *title = NULL;

  if (failed != NULL)
    {
      TrestleChangeRequest *request = trestle_listing_item_get_request (failed);

      g_object_get (failed, "title", &title, NULL);
      moment = trestle_format_moment (trestle_change_request_get_started (request));
      reason = trestle_change_words_failure (request);
      /* Translators: a product, a time, a sentence */
      text = g_strdup_printf (_ ("%s: the change set sent %s failed. %s"), title, moment, reason);
      adw_banner_set_title (self->banner, text);
    }
  adw_banner_set_revealed (self->banner, failed != NULL);
}

static void
update_foot (TrestleListingsPage *self)
{
  TrestleOwnProducts *products = trestle_session_get_own_products (self->session);
  guint n = trestle_listings_model_count (self->model, NULL);
  guint n_open = 0;
  gint64 updated = 0;
  g_autofree char *text = NULL;
  g_autofree char *end = NULL;
  g_autofree char *open = NULL;
  g_autofree char *count = NULL;
  g_autofree char *problem = NULL;

  g_object_get (products, "updated", &updated, NULL);
  g_object_get (trestle_session_get_drafts (self->session), "problem", &problem, NULL);
  g_object_get (trestle_session_get_requests (self->session), "n-open", &n_open, NULL);
  if (problem != NULL)
    text = g_strdup_printf (_ ("The drafts cannot be read: %s"), problem);
  else if (updated > 0)
    {
      g_autofree char *age = trestle_format_ago (updated);

      text = g_strdup_printf (
          _ ("Read from AWS %s. Drafts are files on this computer, kept with their history."), age);
    }
  else
    text = g_strdup (_ ("Drafts are files on this computer, kept with their history."));
  gtk_label_set_label (self->foot, text);
  count = g_strdup_printf (g_dngettext (NULL, "%u product", "%u products", n), n);
  open = g_strdup_printf (
      g_dngettext (NULL, "%u open change set of %d", "%u open change sets of %d", n_open), n_open,
      MOST_OPEN);
  end = g_strdup_printf ("%s · %s", count, open);
  gtk_label_set_label (self->foot_end, end);
}

static void
update_state (TrestleListingsPage *self)
{
  TrestleRemoteList *products = TRESTLE_REMOTE_LIST (
      trestle_session_get_own_products (self->session));
  const GError *error = trestle_remote_list_get_error (products);

  if (trestle_listings_model_count (self->model, NULL) > 0)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  else if (error != NULL
           && !g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED))
    trestle_page_state_fail (self->state, _ ("load the listings"), error);
  else
    /* Who is no seller may not ask either. */
    trestle_page_state_set_state (self->state,
                                  trestle_remote_list_get_loaded (products) || error != NULL
                                      ? TRESTLE_PAGE_EMPTY
                                      : TRESTLE_PAGE_LOADING);
}

static void
update (TrestleListingsPage *self)
{
  set_toggle (self, self->all_toggle, _ ("All"), NULL);
  set_toggle (self, self->draft_toggle, _ ("Draft"), "Draft");
  set_toggle (self, self->limited_toggle, _ ("Limited"), "Limited");
  set_toggle (self, self->public_toggle, _ ("Public"), "Public");
  set_toggle (self, self->restricted_toggle, _ ("Restricted"), "Restricted");
  update_banner (self);
  update_foot (self);
  update_state (self);
}

/* A draft that was read may be what is looked for. */
static void
on_model_changed (TrestleListingsPage *self)
{
  if (self->needle != NULL && *self->needle != '\0')
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
refresh (TrestleListingsPage *self)
{
  trestle_watch (self, &self->reading,
                 trestle_drafts_refresh (trestle_session_get_drafts (self->session)), on_refreshed);
  trestle_watch (self, &self->refreshing_requests,
                 trestle_remote_list_refresh (
                     TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session))),
                 on_refreshed);
  trestle_watch (self, &self->refreshing,
                 trestle_remote_list_refresh (
                     TRESTLE_REMOTE_LIST (trestle_session_get_own_products (self->session))),
                 on_refreshed);
  update (self);
}

static void
on_retry (TrestleListingsPage *self)
{
  refresh (self);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  refresh (TRESTLE_LISTINGS_PAGE (widget));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (TRESTLE_LISTINGS_PAGE (widget)->search));
}

static void
edit_item (TrestleListingsPage *self, TrestleListingItem *item, const char *field)
{
  TrestleDraftInfo *draft = trestle_listing_item_get_draft (item);

  if (draft != NULL)
    trestle_edit_draft (GTK_WIDGET (self), trestle_draft_info_get_name (draft), field);
  else
    trestle_edit_product (GTK_WIDGET (self), trestle_listing_item_get_product_id (item), field);
}

static void
on_activated (TrestleListingsPage *self, guint position)
{
  g_autoptr (TrestleListingItem) item = g_list_model_get_item (self->shown, position);

  if (item != NULL)
    edit_item (self, item, NULL);
}

/* To the field that the failed change set is about. */
static void
mend_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleListingsPage *self = TRESTLE_LISTINGS_PAGE (widget);
  TrestleListingItem *failed = trestle_listings_model_find_failed (self->model);
  GListModel *changes;

  if (failed == NULL)
    return;
  changes = trestle_change_request_get_changes (trestle_listing_item_get_request (failed));
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);
      g_autoptr (GPtrArray) findings = trestle_change_words_locate (change, NULL);

      if (findings->len > 0)
        {
          edit_item (self, failed, trestle_finding_get_field (g_ptr_array_index (findings, 0)));
          return;
        }
    }
  edit_item (self, failed, NULL);
}

static gboolean
on_tick (gpointer data)
{
  update_foot (data);
  return G_SOURCE_CONTINUE;
}

static void
trestle_listings_page_map (GtkWidget *widget)
{
  TrestleListingsPage *self = TRESTLE_LISTINGS_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_listings_page_parent_class)->map (widget);
  trestle_remote_list_watch (
      TRESTLE_REMOTE_LIST (trestle_session_get_own_products (self->session)));
  trestle_remote_list_watch (TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session)));
  self->tick = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
  refresh (self);
}

static void
trestle_listings_page_unmap (GtkWidget *widget)
{
  TrestleListingsPage *self = TRESTLE_LISTINGS_PAGE (widget);

  g_clear_handle_id (&self->tick, g_source_remove);
  trestle_remote_list_unwatch (
      TRESTLE_REMOTE_LIST (trestle_session_get_own_products (self->session)));
  trestle_remote_list_unwatch (TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session)));
  GTK_WIDGET_CLASS (trestle_listings_page_parent_class)->unmap (widget);
}

static void
trestle_listings_page_dispose (GObject *object)
{
  TrestleListingsPage *self = TRESTLE_LISTINGS_PAGE (object);

  dex_clear (&self->reading);
  dex_clear (&self->refreshing);
  dex_clear (&self->refreshing_requests);
  g_clear_handle_id (&self->tick, g_source_remove);
  /* The table lets go of its sorter, which sorts anew, when the page is half gone. */
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_LISTINGS_PAGE);
  g_clear_object (&self->filter);
  g_clear_object (&self->shown);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  g_clear_pointer (&self->needle, g_free);
  G_OBJECT_CLASS (trestle_listings_page_parent_class)->dispose (object);
}

static gboolean
has_text (GObject *cell, const char *text)
{
  return text != NULL && *text != '\0';
}

/* What a narrow row says, all in one. */
static char *
spoken (GObject *row, const char *title, const char *state, const char *summary)
{
  return g_strdup_printf ("%s, %s, %s", title != NULL ? title : "", state != NULL ? state : "",
                          summary != NULL ? summary : "");
}

static void
trestle_listings_page_class_init (TrestleListingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_LISTING_FINDINGS);
  g_type_ensure (TRESTLE_TYPE_LISTING_ITEM);
  g_type_ensure (TRESTLE_TYPE_LISTING_MENU);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_TILE);
  G_OBJECT_CLASS (klass)->dispose = trestle_listings_page_dispose;
  widget_class->map = trestle_listings_page_map;
  widget_class->unmap = trestle_listings_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/listings/trestle-listings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, states);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, all_toggle);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, draft_toggle);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, limited_toggle);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, public_toggle);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, restricted_toggle);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, search);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, table);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, modified_column);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, results);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, foot);
  gtk_widget_class_bind_template_child (widget_class, TrestleListingsPage, foot_end);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, spoken);
  trestle_format_bind (widget_class);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "listings.mend", NULL, mend_action);
  trestle_listings_actions_install (widget_class);
}

static void
trestle_listings_page_init (TrestleListingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_toggle_group_set_active_name (self->states, "all");
}

static GtkSelectionModel *
new_selection (TrestleListingsPage *self)
{
  return GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->shown)));
}

/* Rows are made for the one that is seen: the other need not have hundreds of them too. */
static void
on_table_mapped (TrestleListingsPage *self)
{
  g_autoptr (GtkSelectionModel) selection = new_selection (self);

  gtk_list_view_set_model (self->list, NULL);
  if (gtk_column_view_get_model (self->table) == NULL)
    gtk_column_view_set_model (self->table, selection);
}

static void
on_list_mapped (TrestleListingsPage *self)
{
  g_autoptr (GtkSelectionModel) selection = new_selection (self);

  gtk_column_view_set_model (self->table, NULL);
  if (gtk_list_view_get_model (self->list) == NULL)
    gtk_list_view_set_model (self->list, selection);
}

GtkWidget *
trestle_listings_page_new (TrestleSession *session)
{
  TrestleListingsPage *self = g_object_new (TRESTLE_TYPE_LISTINGS_PAGE, NULL);
  TrestleOwnProducts *products = trestle_session_get_own_products (session);
  TrestleRequests *requests = trestle_session_get_requests (session);
  GListModel *items, *filtered;

  self->session = g_object_ref (session);
  self->model = trestle_listings_model_new (G_LIST_MODEL (products),
                                            G_LIST_MODEL (trestle_session_get_drafts (session)),
                                            G_LIST_MODEL (requests));
  items = trestle_listings_model_get_items (self->model);
  self->filter = gtk_custom_filter_new (filter_item, self, NULL);
  filtered = G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (items), GTK_FILTER (g_object_ref (self->filter))));
  self->shown = G_LIST_MODEL (
      gtk_sort_list_model_new (filtered, g_object_ref (gtk_column_view_get_sorter (self->table))));
  gtk_column_view_sort_by_column (self->table, self->modified_column, GTK_SORT_DESCENDING);

  g_signal_connect_object (self->table, "map", G_CALLBACK (on_table_mapped), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "map", G_CALLBACK (on_list_mapped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (on_shown_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (on_model_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (products, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (requests, "notify::n-open", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
