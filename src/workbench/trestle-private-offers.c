/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-private-offers.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-private-offer.h"
#include "services/trestle-catalog-service.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  TrestleSession *session;
  char *subject; /* a product or an offer */
  char *name;
  char *description;
  char **buyers;
  char *until;
  char *discount;
  GHashTable *prices;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_object_unref (self->session);
  g_free (self->subject);
  g_free (self->name);
  g_free (self->description);
  g_strfreev (self->buyers);
  g_free (self->until);
  g_free (self->discount);
  g_clear_pointer (&self->prices, g_hash_table_unref);
  g_free (self);
}

static Job *
job_new (TrestleSession *session, const char *subject, const TrestleOfferWish *wish)
{
  Job *self = g_new0 (Job, 1);
  GHashTableIter iter;
  gpointer key, price;

  self->session = g_object_ref (session);
  self->subject = g_strdup (subject);
  if (wish == NULL)
    return self;
  self->name = g_strdup (wish->name);
  self->description = g_strdup (wish->description);
  self->buyers = g_strdupv ((char **) wish->buyers);
  self->until = g_strdup (wish->until);
  self->discount = g_strdup (wish->discount);
  self->prices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (wish->prices != NULL)
    {
      g_hash_table_iter_init (&iter, wish->prices);
      while (g_hash_table_iter_next (&iter, &key, &price))
        g_hash_table_insert (self->prices, g_strdup (key), g_strdup (price));
    }
  return self;
}

/* What the rules of the domain forbid is the caller's input. */
static DexFuture *
refuse (const GError *error)
{
  return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT, "%s",
                                error->message);
}

static DexFuture *
send (Job *self, TrestleChangeSet *changes, const char *title, const char *entity)
{
  g_autoptr (JsonNode) input = trestle_change_set_to_json (changes, NULL, NULL);

  return dex_future_new_take_object (trestle_requests_submit (
      trestle_session_get_requests (self->session), json_node_dup_object (input), title, entity));
}

static DexFuture *
make (Job *self, TrestleOwnProduct *product, TrestleEntity *terms)
{
  const char *title = trestle_own_product_get_title (product);
  TrestlePrivateOffer offer = {
    .product_id = trestle_own_product_get_id (product),
    .product_title = title,
    .offer = terms != NULL ? (JsonNode *) trestle_entity_get_document (terms) : NULL,
    .name = self->name,
    .description = self->description,
    .buyers = (const char *const *) self->buyers,
    .until = self->until,
    .discount = self->discount,
    .prices = self->prices,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleChangeSet)
      changes = trestle_private_offer_build (&offer, trestle_clock_now (), &error);
  g_autofree char *words = g_strdup_printf (_ ("Private offer of %s"), title);

  if (changes == NULL)
    return refuse (error);
  return send (self, changes, words, NULL);
}

static DexFuture *
create_fiber (gpointer data)
{
  Job *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleOwnProduct) product = dex_await_object (
      trestle_own_products_resolve (trestle_session_get_own_products (self->session),
                                    self->subject),
      &error);

  if (product == NULL)
    return trestle_future_error (error);
  return make (self, product, trestle_own_product_get_offer (product));
}

DexFuture *
trestle_private_offers_create (TrestleSession *session,
                               const char *product,
                               const TrestleOfferWish *wish)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);
  g_return_val_if_fail (product != NULL && wish != NULL, NULL);

  return trestle_fiber_spawn (create_fiber, job_new (session, product, wish), job_free);
}

/* Returns: (transfer full) (nullable): the private offer that is meant, with its document */
static TrestleEntity *
find_offer (Job *self, GError **error)
{
  TrestleOwnProducts *products = trestle_session_get_own_products (self->session);
  g_autoptr (TrestleEntity) offer = dex_await_object (
      trestle_own_products_describe_offer (products, self->subject), error);
  g_auto (GStrv) buyers = NULL;

  if (offer == NULL)
    return NULL;
  buyers = trestle_private_offer_dup_buyers ((JsonNode *) trestle_entity_get_document (offer));
  if (strcmp (trestle_entity_get_entity_type (offer), "Offer") != 0 || buyers[0] == NULL)
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                   _ ("%s is no private offer of yours"), self->subject);
      return NULL;
    }
  return g_steal_pointer (&offer);
}

static const char *
product_of (TrestleEntity *offer)
{
  JsonNode *document = (JsonNode *) trestle_entity_get_document (offer);
  const char *id = trestle_entity_get_product_id (offer);

  if (id != NULL || document == NULL || !JSON_NODE_HOLDS_OBJECT (document))
    return id;
  return json_object_get_string_member_with_default (json_node_get_object (document), "ProductId",
                                                     NULL);
}

static DexFuture *
clone_fiber (gpointer data)
{
  Job *self = data;
  TrestleOwnProducts *products = trestle_session_get_own_products (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleEntity) offer = find_offer (self, &error);
  g_autoptr (TrestleOwnProduct) product = NULL;
  g_autofree char *today = trestle_private_offer_dup_day (trestle_clock_now ());
  JsonNode *document;
  const char *id;

  if (offer == NULL)
    return trestle_future_error (error);
  document = (JsonNode *) trestle_entity_get_document (offer);
  id = product_of (offer);
  if (id == NULL)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                                  _ ("The offer %s does not say of which product it is"),
                                  self->subject);
  product = dex_await_object (trestle_own_products_describe (products, id), &error);
  if (product == NULL)
    return trestle_future_error (error);
  if (self->buyers == NULL || self->buyers[0] == NULL)
    {
      g_strfreev (self->buyers);
      self->buyers = trestle_private_offer_dup_buyers (document);
    }
  if (self->until == NULL)
    {
      self->until = trestle_private_offer_dup_until (document);
      if (self->until == NULL || strcmp (self->until, today) < 0)
        return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                      _ ("The offer %s is over: say until when its copy is good"),
                                      self->subject);
    }
  return make (self, product, offer);
}

DexFuture *
trestle_private_offers_clone (TrestleSession *session,
                              const char *offer,
                              const TrestleOfferWish *wish)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);
  g_return_val_if_fail (offer != NULL && wish != NULL, NULL);

  return trestle_fiber_spawn (clone_fiber, job_new (session, offer, wish), job_free);
}

static DexFuture *
expire_fiber (gpointer data)
{
  Job *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleEntity) offer = find_offer (self, &error);
  g_autoptr (TrestleChangeSet) changes = NULL;
  g_autofree char *today = trestle_private_offer_dup_day (trestle_clock_now ());
  g_autofree char *until = NULL;
  g_autofree char *words = NULL;

  if (offer == NULL)
    return trestle_future_error (error);
  until = trestle_private_offer_dup_until ((JsonNode *) trestle_entity_get_document (offer));
  if (until != NULL && strcmp (until, today) <= 0)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  _ ("The offer %s ends on %s already"), self->subject, until);
  changes = trestle_private_offer_build_end (trestle_entity_get_id (offer),
                                             trestle_entity_get_name (offer), today);
  words = g_strdup_printf (_ ("End offer %s"), trestle_entity_get_id (offer));
  return send (self, changes, words, trestle_entity_get_id (offer));
}

DexFuture *
trestle_private_offers_expire (TrestleSession *session, const char *offer)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);
  g_return_val_if_fail (offer != NULL, NULL);

  return trestle_fiber_spawn (expire_fiber, job_new (session, offer, NULL), job_free);
}

static DexFuture *
listed_cb (DexFuture *future, gpointer products)
{
  return dex_future_new_take_object (g_object_ref (trestle_own_products_get_offers (products)));
}

DexFuture *
trestle_private_offers_list (TrestleSession *session)
{
  TrestleOwnProducts *products;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);

  products = trestle_session_get_own_products (session);
  return dex_future_then (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (products)), listed_cb,
                          g_object_ref (products), g_object_unref);
}

const char *
trestle_private_offers_get_title (TrestleSession *session, TrestleEntity *offer)
{
  const char *id = trestle_entity_get_product_id (offer);
  TrestleOwnProduct *product = NULL;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);

  if (id != NULL)
    product = trestle_remote_list_find (
        TRESTLE_REMOTE_LIST (trestle_session_get_own_products (session)), id);
  if (product != NULL)
    return trestle_own_product_get_title (product);
  return id != NULL ? id : "";
}

/* Until the end of its last day, UTC. */
gboolean
trestle_private_offers_is_over (TrestleEntity *offer)
{
  gint64 until = trestle_entity_get_available_until (offer);

  return until != 0 && until / TRESTLE_DAY < trestle_clock_now () / TRESTLE_DAY;
}
