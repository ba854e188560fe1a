/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-books-private.h"
#include "practice/trestle-practice-seller.h"

TrestlePracticeWare *
trestle_practice_books_find_ware (TrestlePracticeBooks *self, const char *id)
{
  for (guint i = 0; i < self->wares->len; i++)
    {
      TrestlePracticeWare *ware = self->wares->pdata[i];

      if (g_strcmp0 (ware->id, id) == 0)
        return ware;
    }
  return NULL;
}

TrestlePracticeWare *
trestle_practice_books_new_ware (TrestlePracticeBooks *self, const char *id, const char *title)
{
  TrestlePracticeWare *ware = trestle_practice_alloc (self, TrestlePracticeWare);

  ware->id = trestle_practice_books_text (self, id);
  ware->title = trestle_practice_books_text (self, title);
  ware->code = trestle_practice_books_id (self, "", "product code", id, 0, TRESTLE_PRACTICE_LOWER,
                                          25);
  ware->rates = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeRate));
  g_ptr_array_add (self->wares, ware);
  return ware;
}

void
trestle_practice_books_add_rate (TrestlePracticeBooks *self,
                                 TrestlePracticeWare *ware,
                                 const char *key,
                                 const char *price,
                                 gint64 from)
{
  TrestlePracticeRate rate = { trestle_practice_books_text (self, key),
                               trestle_practice_amount_parse (price), from };

  g_array_append_val (ware->rates, rate);
}

TrestlePracticeBid *
trestle_practice_books_find_bid (TrestlePracticeBooks *self, const char *id)
{
  for (guint i = 0; i < self->bids->len; i++)
    {
      TrestlePracticeBid *bid = self->bids->pdata[i];

      if (g_strcmp0 (bid->id, id) == 0)
        return bid;
    }
  return NULL;
}

TrestlePracticeBid *
trestle_practice_books_new_bid (TrestlePracticeBooks *self,
                                const char *id,
                                const char *name,
                                TrestlePracticeWare *ware,
                                TrestlePracticeParty *buyer,
                                gint64 since)
{
  TrestlePracticeBid *bid = trestle_practice_alloc (self, TrestlePracticeBid);

  bid->id = trestle_practice_books_text (self, id);
  bid->name = trestle_practice_books_text (self, name);
  bid->ware = ware;
  bid->buyer = buyer;
  bid->since = since;
  bid->fee = buyer != NULL ? 30 : 200;
  g_ptr_array_add (self->bids, bid);
  return bid;
}

static void
add_modes (TrestlePracticeBooks *self,
           TrestlePracticeWare *ware,
           JsonObject *prices,
           const char *tail)
{
  JsonObjectIter iter;
  const char *type;
  JsonNode *price;

  if (prices == NULL)
    return;
  json_object_iter_init (&iter, prices);
  while (json_object_iter_next (&iter, &type, &price))
    {
      g_autofree char *key = g_strconcat (type, tail, NULL);

      trestle_practice_books_add_rate (self, ware, key, json_node_get_string (price), ware->since);
    }
}

static void
add_listing (TrestlePracticeBooks *self, JsonObject *object)
{
  const TrestlePracticeListing *listing = trestle_practice_catalogue_find_slug (
      self->world->catalogue, get_text (object, "slug"));
  TrestlePracticeWare *ware = trestle_practice_books_new_ware (self, listing->product_id,
                                                               listing->title);
  JsonObject *pricing = get_object (listing->object, "pricing");
  JsonObject *upfront = get_object (pricing, "upfront");
  JsonObject *renamed = get_object (object, "renamed");

  ware->since = trestle_practice_books_month (self->first,
                                              (int) json_object_get_int_member (object, "month"))
                + 10 * TRESTLE_HOUR;
  ware->share = (guint) json_object_get_int_member (object, "share");
  ware->trial_days = (guint) json_object_get_int_member_with_default (listing->object, "free_trial",
                                                                      0);
  add_modes (self, ware, get_object (pricing, "realtime"), ".m.i.r");
  add_modes (self, ware, get_object (pricing, "batch"), ".m.i.b");
  if (get_text (pricing, "inference") != NULL)
    trestle_practice_books_add_rate (self, ware, "m.i.c", get_text (pricing, "inference"),
                                     ware->since);
  if (upfront != NULL)
    {
      ware->upfront = trestle_practice_amount_parse (get_text (upfront, "price"));
      trestle_clock_parse_days (get_text (upfront, "duration"), &ware->upfront_days);
    }
  if (renamed != NULL)
    {
      ware->was = get_text (renamed, "was");
      ware->renamed = trestle_practice_books_month (
                          self->first, (int) json_object_get_int_member (renamed, "month"))
                      + 4 * TRESTLE_DAY;
    }
  trestle_practice_books_new_bid (self, trestle_practice_listing_get_public (listing)->id,
                                  listing->title, ware, NULL, ware->since);
}

static void
read_terms (TrestlePracticeBooks *self, TrestlePracticeWare *ware, JsonObject *details, gint64 time)
{
  JsonArray *terms = get_array (details, "Terms");

  for (guint i = 0; i < array_length (terms); i++)
    {
      JsonObject *term = json_array_get_object_element (terms, i);
      JsonArray *cards = get_array (term, "RateCards");
      JsonArray *rates = array_length (cards) > 0
                             ? get_array (json_array_get_object_element (cards, 0), "RateCard")
                             : NULL;

      if (g_strcmp0 (get_text (term, "Type"), "FreeTrialPricingTerm") == 0)
        trestle_clock_parse_days (get_text (term, "Duration"), &ware->trial_days);
      for (guint j = 0; j < array_length (rates); j++)
        {
          JsonObject *rate = json_array_get_object_element (rates, j);

          trestle_practice_books_add_rate (self, ware, get_text (rate, "DimensionKey"),
                                           get_text (rate, "Price"), time);
        }
    }
}

static void
read_change (TrestlePracticeBooks *self,
             TrestlePracticeWare *ware,
             JsonObject *change,
             gint64 time,
             char **offer)
{
  JsonObject *entity = get_object (change, "Entity");
  JsonObject *details = get_object (change, "DetailsDocument");
  const char *type = get_text (change, "ChangeType");
  const char *id = get_text (entity, "Identifier");

  if (g_strcmp0 (id, ware->id) == 0)
    {
      const char *target = get_text (details, "TargetVisibility");

      if (g_str_equal (type, "CreateProduct"))
        ware->title = trestle_practice_books_text (self, get_text (details, "ProductTitle"));
      if (g_strcmp0 (target, "Public") == 0)
        ware->since = time;
      if (g_strcmp0 (target, "Restricted") == 0)
        ware->ends = time;
    }
  /* The product's first offer is the public one. */
  if (g_str_equal (type, "CreateOffer") && *offer == NULL
      && g_strcmp0 (get_text (details, "ProductId"), ware->id) == 0)
    {
      *offer = g_strdup (id);
      trestle_practice_books_new_bid (self, id, get_text (details, "Name"), ware, NULL, time);
    }
  if (g_str_equal (type, "UpdatePricingTerms") && g_strcmp0 (id, *offer) == 0)
    read_terms (self, ware, details, time);
}

/* What seller.json tells of a product, as it stood on each day. */
static void
add_product (TrestlePracticeBooks *self, JsonObject *object)
{
  TrestlePracticeWare *ware = trestle_practice_books_new_ware (self, get_text (object, "product"),
                                                               NULL);
  JsonArray *history = trestle_practice_seller_get_history ();
  g_autofree char *offer = NULL;

  ware->share = (guint) json_object_get_int_member (object, "share");
  for (guint i = 0; i < array_length (history); i++)
    {
      JsonObject *set = json_array_get_object_element (history, i);
      JsonArray *changes = get_array (set, "ChangeSet");
      gint64 time = self->epoch - json_object_get_int_member (set, "Days") * TRESTLE_DAY;

      for (guint j = 0; j < array_length (changes); j++)
        read_change (self, ware, json_array_get_object_element (changes, j), time, &offer);
    }
}

void
trestle_practice_books_add_wares (TrestlePracticeBooks *self)
{
  JsonArray *products = get_array (self->data, "products");

  for (guint i = 0; i < array_length (products); i++)
    {
      JsonObject *object = json_array_get_object_element (products, i);

      if (get_text (object, "slug") != NULL)
        add_listing (self, object);
      else
        add_product (self, object);
    }
}
