/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-subscriptions.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-copy.h"
#include "domain/trestle-term.h"
#include "services/trestle-agreement-service.h"
#include "services/trestle-discovery-service.h"
#include "workbench/trestle-package-memory.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-subscriptions-private.h"

struct _TrestleSubscriptions
{
  TrestleRemoteList parent_instance;
};

G_DEFINE_FINAL_TYPE (TrestleSubscriptions, trestle_subscriptions, TRESTLE_TYPE_REMOTE_LIST)

enum
{
  PROP_0,
  PROP_N_ACTIVE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_active (TrestleSubscription *subscription)
{
  TrestleAgreement *agreement = trestle_subscription_get_agreement (subscription);

  return g_strcmp0 (trestle_agreement_get_status (agreement), "ACTIVE") == 0;
}

static void
trestle_subscriptions_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  guint n = 0;

  if (id != PROP_N_ACTIVE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (object)); i++)
    {
      g_autoptr (TrestleSubscription) item = g_list_model_get_item (G_LIST_MODEL (object), i);

      n += is_active (item);
    }
  g_value_set_uint (value, n);
}

static void
trestle_subscriptions_init (TrestleSubscriptions *self)
{
}

TrestleSubscriptions *
trestle_subscriptions_new (TrestleContext *context)
{
  TrestleSubscriptions *self = g_object_new (TRESTLE_TYPE_SUBSCRIPTIONS, NULL);

  trestle_remote_list_set_context (TRESTLE_REMOTE_LIST (self), context);
  return self;
}

TrestleContext *
trestle_subscriptions_get_context (TrestleSubscriptions *self)
{
  return trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self));
}

/* A product that is not in the store: the catalogue was never read, or it is listed no more. */
static TrestleListing *
find_listing (TrestleContext *context, const char *product_id)
{
  TrestleListing *listing;

  if (product_id == NULL)
    return NULL;
  listing = dex_await_object (
      trestle_store_find_listing (context->store, context->scope, product_id), NULL);
  if (listing == NULL)
    listing = dex_await_object (trestle_discovery_service_get_product (context->client, product_id),
                                NULL);
  return listing;
}

/* The terms of an agreement never change, so the days of its trial are asked for once. */
static gint64
trial_days (TrestleContext *context, TrestleAgreement *agreement)
{
  const char *id = trestle_agreement_get_id (agreement);
  g_autofree char *key = g_strdup_printf ("trial/%s", id);
  g_autofree char *known = trestle_store_recall (context->store, context->scope, key);
  g_autofree char *text = NULL;
  g_autoptr (GListModel) terms = NULL;
  gint64 days = 0;

  if (known != NULL)
    return g_ascii_strtoll (known, NULL, 10);
  terms = dex_await_object (trestle_agreement_service_terms (context->client, id), NULL);
  if (terms == NULL)
    return 0;
  for (guint i = 0; i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      if (trestle_term_get_kind (term) == TRESTLE_TERM_KIND_TRIAL)
        days = trestle_term_get_trial_days (term);
    }
  text = g_strdup_printf ("%" G_GINT64_FORMAT, days);
  trestle_store_remember (context->store, context->scope, key, text, NULL);
  return days;
}

gint64
trestle_subscriptions_trial_left (gint64 days, gint64 begun, gint64 now)
{
  gint64 end = begun + days * TRESTLE_DAY;

  if (days == 0 || begun == 0 || now >= end)
    return -1;
  return (end - now + TRESTLE_DAY - 1) / TRESTLE_DAY;
}

static gint64
count_endpoints (TrestleContext *context, const char *listing_id)
{
  GListModel *endpoints = context->endpoints;
  gint64 n = 0;

  for (guint i = 0; endpoints != NULL && i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      n += listing_id != NULL
           && g_strcmp0 (trestle_endpoint_get_listing_id (endpoint), listing_id) == 0;
    }
  return n;
}

static TrestleSubscription *
make_subscription (TrestleContext *context, TrestleAgreement *agreement)
{
  const char *product = trestle_agreement_get_product_id (agreement);
  gboolean active = g_strcmp0 (trestle_agreement_get_status (agreement), "ACTIVE") == 0;
  g_autoptr (TrestleListing) listing = find_listing (context, product);
  g_autofree char *arn = NULL;
  g_autofree char *version = NULL;
  gint64 left = -1, days, begun;

  if (active && product != NULL)
    {
      arn = trestle_package_memory_recall (context, product, NULL);
      version = trestle_package_memory_version (context, product);
      days = trial_days (context, agreement);
      begun = trestle_agreement_get_accepted (agreement);
      left = trestle_subscriptions_trial_left (days, begun, trestle_clock_now ());
      trestle_package_memory_keep_trial (context, product,
                                         left > 0 ? begun + days * TRESTLE_DAY : 0);
    }
  return g_object_new (
      TRESTLE_TYPE_SUBSCRIPTION, "agreement", agreement, "listing", listing, "package-arn", arn,
      "version", version, "trial-days-left", left, "endpoints",
      count_endpoints (context, listing != NULL ? trestle_listing_get_id (listing) : NULL), NULL);
}

/* Active ones first, then the newest. */
static int
compare_subscriptions (gconstpointer a, gconstpointer b, gpointer data)
{
  TrestleSubscription *sa = (gpointer) a, *sb = (gpointer) b;
  int order = is_active (sb) - is_active (sa);
  gint64 ta = trestle_agreement_get_accepted (trestle_subscription_get_agreement (sa));
  gint64 tb = trestle_agreement_get_accepted (trestle_subscription_get_agreement (sb));

  return order != 0 ? order : (tb > ta) - (tb < ta);
}

/* The store joins this to its listings ("subscribed"). */
static void
note_subscribed (TrestleContext *context, GListModel *agreements)
{
  g_autofree char *before = trestle_store_recall (context->store, context->scope, "subscribed");
  g_auto (GStrv) old = g_strsplit (before != NULL ? before : "", " ", -1);
  g_autoptr (GHashTable) now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  GHashTableIter iter;
  gpointer product;

  for (guint i = 0; i < g_list_model_get_n_items (agreements); i++)
    {
      g_autoptr (TrestleAgreement) agreement = g_list_model_get_item (agreements, i);

      if (g_strcmp0 (trestle_agreement_get_status (agreement), "ACTIVE") == 0
          && trestle_agreement_get_product_id (agreement) != NULL)
        g_hash_table_add (now, g_strdup (trestle_agreement_get_product_id (agreement)));
    }
  for (guint i = 0; old[i] != NULL; i++)
    if (*old[i] != '\0' && !g_hash_table_contains (now, old[i]))
      {
        g_autofree char *key = g_strdup_printf ("subscribed/%s", old[i]);

        trestle_store_remember (context->store, context->scope, key, NULL, NULL);
      }
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &product, NULL))
    {
      g_autofree char *key = g_strdup_printf ("subscribed/%s", (char *) product);

      trestle_store_remember (context->store, context->scope, key, "1", NULL);
      g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", (char *) product);
    }
  trestle_store_remember (context->store, context->scope, "subscribed", all->str, NULL);
}

static GListModel *
load (TrestleRemoteList *self, GError **error)
{
  TrestleContext *context = trestle_remote_list_get_context (self);
  g_autoptr (GListModel) agreements = NULL;
  g_autoptr (GListStore) fresh = g_list_store_new (TRESTLE_TYPE_SUBSCRIPTION);

  agreements = dex_await_object (trestle_agreement_service_search (context->client, NULL, NULL),
                                 error);
  if (agreements == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (agreements); i++)
    {
      g_autoptr (TrestleAgreement) agreement = g_list_model_get_item (agreements, i);
      g_autoptr (TrestleAgreement) entitled = NULL;
      g_autoptr (TrestleSubscription) subscription = NULL;

      if (g_strcmp0 (trestle_agreement_get_status (agreement), "ACTIVE") == 0)
        entitled = dex_await_object (
            trestle_agreement_service_entitlement (context->client, agreement), NULL);
      subscription = make_subscription (context, entitled != NULL ? entitled : agreement);
      g_list_store_append (fresh, subscription);
    }
  note_subscribed (context, agreements);
  return G_LIST_MODEL (g_steal_pointer (&fresh));
}

static const char *
get_key (gpointer item)
{
  return trestle_agreement_get_id (trestle_subscription_get_agreement (item));
}

static void
changed (TrestleRemoteList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
}

static void
trestle_subscriptions_class_init (TrestleSubscriptionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  TrestleRemoteListClass *list_class = TRESTLE_REMOTE_LIST_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = trestle_subscriptions_get_property;
  list_class->load = load;
  list_class->get_key = get_key;
  list_class->compare = compare_subscriptions;
  list_class->changed = changed;
  properties[PROP_N_ACTIVE] = g_param_spec_uint ("n-active", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

TrestleSubscription *
trestle_subscriptions_find (TrestleSubscriptions *self, const char *product_id)
{
  g_return_val_if_fail (TRESTLE_IS_SUBSCRIPTIONS (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestleSubscription) item = g_list_model_get_item (G_LIST_MODEL (self), i);
      TrestleAgreement *agreement = trestle_subscription_get_agreement (item);

      if (is_active (item) && product_id != NULL
          && g_strcmp0 (trestle_agreement_get_product_id (agreement), product_id) == 0)
        return item; /* the list keeps it */
    }
  return NULL;
}

/* Adds @product to those that the next refresh compares with. */
static void
note_one (TrestleContext *context, const char *product, gboolean active)
{
  g_autofree char *key = g_strdup_printf ("subscribed/%s", product);
  g_autofree char *all = trestle_store_recall (context->store, context->scope, "subscribed");
  g_autofree char *more = g_strdup_printf ("%s %s", all != NULL ? all : "", product);

  trestle_store_remember (context->store, context->scope, key, active ? "1" : NULL, NULL);
  trestle_store_remember (context->store, context->scope, "subscribed", more, NULL);
}

TrestleSubscription *
trestle_subscriptions_adopt (TrestleSubscriptions *self, TrestleAgreement *agreement)
{
  TrestleContext *context = trestle_subscriptions_get_context (self);
  g_autoptr (TrestleSubscription) fresh = make_subscription (context, agreement);

  if (trestle_agreement_get_product_id (agreement) != NULL)
    note_one (context, trestle_agreement_get_product_id (agreement), is_active (fresh));
  trestle_remote_list_put (TRESTLE_REMOTE_LIST (self), fresh);
  return g_steal_pointer (&fresh);
}
