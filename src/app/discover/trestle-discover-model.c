/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-discover-model.h"

#include "widgets/trestle-watch.h"

#define DEBOUNCE_MSEC 150

struct _TrestleDiscoverModel
{
  GObject parent_instance;

  TrestleSession *session;
  GListStore *listings;
  TrestleSearchResult *result;
  GError *error;

  char *text;
  TrestleSort sort;
  GHashTable *filters; /* group → GPtrArray of values */

  gboolean answered;
  gboolean refreshing;
  guint debounce;
  DexFuture *search;
  DexFuture *refresh;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (TrestleDiscoverModel, trestle_discover_model, G_TYPE_OBJECT)

static void
emit_changed (TrestleDiscoverModel *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* --- The answer ----------------------------------------------------------------------------- */

static gboolean
same_listing (TrestleListing *a, TrestleListing *b)
{
  return a == b
         || (g_strcmp0 (trestle_listing_get_id (a), trestle_listing_get_id (b)) == 0
             && g_strcmp0 (trestle_listing_get_title (a), trestle_listing_get_title (b)) == 0
             && g_strcmp0 (trestle_listing_get_price_hint (a), trestle_listing_get_price_hint (b))
                    == 0
             && g_strcmp0 (trestle_listing_get_short_description (a),
                           trestle_listing_get_short_description (b))
                    == 0
             && trestle_listing_get_subscribed (a) == trestle_listing_get_subscribed (b)
             && trestle_listing_get_rating_count (a) == trestle_listing_get_rating_count (b));
}

/* Replaces only what differs, in one splice: the grid keeps its place. */
static void
take_listings (TrestleDiscoverModel *self, GListModel *found)
{
  GListModel *old = G_LIST_MODEL (self->listings);
  guint n_old = g_list_model_get_n_items (old), n_new = g_list_model_get_n_items (found);
  guint head = 0, tail = 0;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (; head < MIN (n_old, n_new); head++)
    {
      g_autoptr (TrestleListing) a = g_list_model_get_item (old, head);
      g_autoptr (TrestleListing) b = g_list_model_get_item (found, head);

      if (!same_listing (a, b))
        break;
    }
  for (; tail < MIN (n_old, n_new) - head; tail++)
    {
      g_autoptr (TrestleListing) a = g_list_model_get_item (old, n_old - 1 - tail);
      g_autoptr (TrestleListing) b = g_list_model_get_item (found, n_new - 1 - tail);

      if (!same_listing (a, b))
        break;
    }
  for (guint i = head; i < n_new - tail; i++)
    g_ptr_array_add (added, g_list_model_get_item (found, i));
  if (added->len > 0 || n_old - tail > head)
    g_list_store_splice (self->listings, head, n_old - tail - head, added->pdata, added->len);
}

static void
on_found (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDiscoverModel *self = owner;

  self->answered = TRUE;
  if (error != NULL)
    g_set_error_literal (&self->error, error->domain, error->code, error->message);
  else
    {
      g_set_object (&self->result, g_value_get_object (value));
      take_listings (self, trestle_search_result_get_listings (self->result));
    }
  emit_changed (self);
}

/* --- The question --------------------------------------------------------------------------- */

static char **
chosen (TrestleDiscoverModel *self, const char *group)
{
  GPtrArray *values = g_hash_table_lookup (self->filters, group);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (values == NULL || values->len == 0)
    return NULL;
  for (guint i = 0; i < values->len; i++)
    g_strv_builder_add (builder, values->pdata[i]);
  return g_strv_builder_end (builder);
}

static TrestleListingQuery *
build_query (TrestleDiscoverModel *self)
{
  g_auto (GStrv) kinds = chosen (self, "kind");
  g_auto (GStrv) categories = chosen (self, "category");
  g_auto (GStrv) publishers = chosen (self, "publisher");
  g_auto (GStrv) pricing = chosen (self, "pricing");
  g_auto (GStrv) takes = chosen (self, "takes");
  g_auto (GStrv) rating = chosen (self, "rating");
  g_auto (GStrv) trial = chosen (self, "trial");
  g_auto (GStrv) hourly = chosen (self, "max-hourly");

  return g_object_new (TRESTLE_TYPE_LISTING_QUERY, "text", self->text, "kinds", kinds, "categories",
                       categories, "publishers", publishers, "pricing", pricing, "takes", takes,
                       "min-rating", rating != NULL ? g_ascii_strtod (rating[0], NULL) : 0.,
                       "trial", trial != NULL, "max-hourly", hourly != NULL ? hourly[0] : NULL,
                       "sort", self->sort, NULL);
}

static void
ask (TrestleDiscoverModel *self)
{
  g_autoptr (TrestleListingQuery) query = build_query (self);

  g_clear_handle_id (&self->debounce, g_source_remove);
  trestle_watch (self, &self->search,
                 trestle_catalogue_search (trestle_session_get_catalogue (self->session), query),
                 on_found);
}

static gboolean
on_debounced (gpointer data)
{
  TrestleDiscoverModel *self = data;

  self->debounce = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

void
trestle_discover_model_set_text (TrestleDiscoverModel *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  g_return_if_fail (TRESTLE_IS_DISCOVER_MODEL (self));

  if (!g_set_str (&self->text, *stripped != '\0' ? stripped : NULL))
    return;
  /* A new question: what is under way answers the old one. */
  dex_clear (&self->search);
  g_clear_handle_id (&self->debounce, g_source_remove);
  self->debounce = g_timeout_add (DEBOUNCE_MSEC, on_debounced, self);
}

void
trestle_discover_model_set_sort (TrestleDiscoverModel *self, TrestleSort sort)
{
  g_return_if_fail (TRESTLE_IS_DISCOVER_MODEL (self));

  if (self->sort == sort)
    return;
  self->sort = sort;
  ask (self);
}

gboolean
trestle_discover_model_get_filter (TrestleDiscoverModel *self, const char *group, const char *value)
{
  GPtrArray *values;

  g_return_val_if_fail (TRESTLE_IS_DISCOVER_MODEL (self), FALSE);

  values = g_hash_table_lookup (self->filters, group);
  return values != NULL && g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL);
}

void
trestle_discover_model_set_filter (TrestleDiscoverModel *self,
                                   const char *group,
                                   const char *value,
                                   gboolean is_chosen)
{
  GPtrArray *values;
  guint index;

  g_return_if_fail (TRESTLE_IS_DISCOVER_MODEL (self));

  if (trestle_discover_model_get_filter (self, group, value) == is_chosen)
    return;

  values = g_hash_table_lookup (self->filters, group);
  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->filters, g_strdup (group), values);
    }
  if (!is_chosen)
    {
      if (g_ptr_array_find_with_equal_func (values, value, g_str_equal, &index))
        g_ptr_array_remove_index (values, index);
    }
  else
    {
      if (g_str_equal (group, "rating") || g_str_equal (group, "max-hourly"))
        g_ptr_array_set_size (values, 0);
      g_ptr_array_add (values, g_strdup (value));
    }
  emit_changed (self);
  ask (self);
}

guint
trestle_discover_model_get_n_filters (TrestleDiscoverModel *self)
{
  GHashTableIter iter;
  gpointer values;
  guint n = 0;

  g_return_val_if_fail (TRESTLE_IS_DISCOVER_MODEL (self), 0);

  g_hash_table_iter_init (&iter, self->filters);
  while (g_hash_table_iter_next (&iter, NULL, &values))
    n += ((GPtrArray *) values)->len;
  return n;
}

void
trestle_discover_model_foreach_filter (TrestleDiscoverModel *self,
                                       void (*func) (const char *group,
                                                     const char *value,
                                                     gpointer data),
                                       gpointer data)
{
  static const char *const groups[] = { "category", "max-hourly", "kind",  "pricing",
                                        "takes",    "rating",     "trial", "publisher" };

  g_return_if_fail (TRESTLE_IS_DISCOVER_MODEL (self));

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    {
      GPtrArray *values = g_hash_table_lookup (self->filters, groups[g]);

      for (guint i = 0; values != NULL && i < values->len; i++)
        func (groups[g], values->pdata[i], data);
    }
}

void
trestle_discover_model_clear_filters (TrestleDiscoverModel *self)
{
  g_return_if_fail (TRESTLE_IS_DISCOVER_MODEL (self));

  if (trestle_discover_model_get_n_filters (self) == 0)
    return;
  g_hash_table_remove_all (self->filters);
  emit_changed (self);
  ask (self);
}

/* --- The refresh behind it ------------------------------------------------------------------ */

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDiscoverModel *self = owner;

  self->refreshing = FALSE;
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  ask (self);
}

void
trestle_discover_model_refresh (TrestleDiscoverModel *self)
{
  g_return_if_fail (TRESTLE_IS_DISCOVER_MODEL (self));

  self->refreshing = TRUE;
  trestle_watch (self, &self->refresh,
                 trestle_catalogue_refresh (trestle_session_get_catalogue (self->session)),
                 on_refreshed);
  emit_changed (self);
}

/* --- What is shown -------------------------------------------------------------------------- */

GListModel *
trestle_discover_model_get_listings (TrestleDiscoverModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_DISCOVER_MODEL (self), NULL);
  return G_LIST_MODEL (self->listings);
}

GListModel *
trestle_discover_model_get_facets (TrestleDiscoverModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_DISCOVER_MODEL (self), NULL);
  return self->result != NULL ? trestle_search_result_get_facets (self->result) : NULL;
}

guint
trestle_discover_model_get_total (TrestleDiscoverModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_DISCOVER_MODEL (self), 0);
  return self->result != NULL ? trestle_search_result_get_total (self->result) : 0;
}

gint64
trestle_discover_model_get_refreshed (TrestleDiscoverModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_DISCOVER_MODEL (self), 0);
  return self->result != NULL ? trestle_search_result_get_refreshed (self->result) : 0;
}

gboolean
trestle_discover_model_get_refreshing (TrestleDiscoverModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_DISCOVER_MODEL (self), FALSE);
  return self->refreshing;
}

const GError *
trestle_discover_model_get_error (TrestleDiscoverModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_DISCOVER_MODEL (self), NULL);
  return self->error;
}

TrestleDiscoverState
trestle_discover_model_get_state (TrestleDiscoverModel *self)
{
  gboolean asked_all;

  g_return_val_if_fail (TRESTLE_IS_DISCOVER_MODEL (self), TRESTLE_DISCOVER_LOADING);

  if (!self->answered)
    return TRESTLE_DISCOVER_LOADING;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->listings)) > 0)
    return TRESTLE_DISCOVER_RESULTS;
  asked_all = self->text == NULL && trestle_discover_model_get_n_filters (self) == 0;
  if (self->refreshing && (asked_all || trestle_discover_model_get_refreshed (self) == 0))
    return TRESTLE_DISCOVER_LOADING;
  if (self->error != NULL && (asked_all || trestle_discover_model_get_refreshed (self) == 0))
    return TRESTLE_DISCOVER_EMPTY;
  return TRESTLE_DISCOVER_NOTHING;
}

static void
trestle_discover_model_dispose (GObject *object)
{
  TrestleDiscoverModel *self = TRESTLE_DISCOVER_MODEL (object);

  g_clear_handle_id (&self->debounce, g_source_remove);
  dex_clear (&self->search);
  dex_clear (&self->refresh);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (trestle_session_get_catalogue (self->session), self);
  g_clear_object (&self->session);
  g_clear_object (&self->listings);
  g_clear_object (&self->result);
  g_clear_error (&self->error);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->filters, g_hash_table_unref);
  G_OBJECT_CLASS (trestle_discover_model_parent_class)->dispose (object);
}

static void
trestle_discover_model_class_init (TrestleDiscoverModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trestle_discover_model_dispose;
  changed_signal = g_signal_new ("changed", TRESTLE_TYPE_DISCOVER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
trestle_discover_model_init (TrestleDiscoverModel *self)
{
  self->listings = g_list_store_new (TRESTLE_TYPE_LISTING);
  self->filters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_ptr_array_unref);
}

TrestleDiscoverModel *
trestle_discover_model_new (TrestleSession *session)
{
  TrestleDiscoverModel *self = g_object_new (TRESTLE_TYPE_DISCOVER_MODEL, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (trestle_session_get_catalogue (session), "changed", G_CALLBACK (ask),
                            self);
  ask (self);
  trestle_discover_model_refresh (self);
  return self;
}
