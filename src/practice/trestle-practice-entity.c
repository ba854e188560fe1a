/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-entity.h"

#include <string.h>

#include "practice/trestle-practice-keep.h"
#include "practice/trestle-practice-shop.h"

#define COLUMNS "SELECT id, type, account, revision, created, modified, doc, hidden FROM entities "

TrestlePracticeEntity *
trestle_practice_entity_new (const char *id, const char *type, const char *account)
{
  TrestlePracticeEntity *self = g_new0 (TrestlePracticeEntity, 1);

  self->id = g_strdup (id);
  self->type = g_strdup (type);
  self->account = g_strdup (account);
  self->doc = json_object_new ();
  self->hidden = json_object_new ();
  return self;
}

void
trestle_practice_entity_free (TrestlePracticeEntity *self)
{
  g_free (self->id);
  g_free (self->type);
  g_free (self->account);
  json_object_unref (self->doc);
  json_object_unref (self->hidden);
  g_free (self);
}

static JsonObject *
read_object (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node)
                                                       : json_object_new ();
}

static TrestlePracticeEntity *
read_row (sqlite3_stmt *rows)
{
  TrestlePracticeEntity *self = g_new0 (TrestlePracticeEntity, 1);

  self->id = g_strdup (trestle_practice_column_text (rows, 0));
  self->type = g_strdup (trestle_practice_column_text (rows, 1));
  self->account = g_strdup (trestle_practice_column_text (rows, 2));
  self->revision = sqlite3_column_int64 (rows, 3);
  self->created = sqlite3_column_int64 (rows, 4);
  self->modified = sqlite3_column_int64 (rows, 5);
  self->doc = read_object (trestle_practice_column_text (rows, 6));
  self->hidden = read_object (trestle_practice_column_text (rows, 7));
  return self;
}

TrestlePracticeEntity *
trestle_practice_entity_load (TrestlePracticeState *state, const char *id)
{
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (state, COLUMNS "WHERE id = ?", "s", id);

  return trestle_practice_next (rows) ? read_row (rows) : NULL;
}

static GPtrArray *
read_all (sqlite3_stmt *rows)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_practice_entity_free);

  while (trestle_practice_next (rows))
    g_ptr_array_add (list, read_row (rows));
  return list;
}

GPtrArray *
trestle_practice_entity_list (TrestlePracticeState *state, const char *account, const char *type)
{
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (state,
                                     COLUMNS "WHERE (?1 IS NULL OR account = ?1) AND type = ?2"
                                             " ORDER BY created, id",
                                     "ss", account, type);

  return read_all (rows);
}

GPtrArray *
trestle_practice_entity_offers (TrestlePracticeState *state, const char *product_id)
{
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      state, COLUMNS "WHERE product = ? ORDER BY created, id", "s", product_id);

  return read_all (rows);
}

static char *
dup_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return trestle_json_to_string (node, FALSE);
}

void
trestle_practice_entity_save (TrestlePracticeState *state, TrestlePracticeEntity *self, gint64 now)
{
  g_autofree char *doc = dup_text (self->doc);
  g_autofree char *hidden = dup_text (self->hidden);

  self->revision++;
  self->modified = now;
  if (self->created == 0)
    self->created = now;
  trestle_practice_run (state,
                        "INSERT OR REPLACE INTO entities (id, type, account, product, revision,"
                        " created, modified, doc, hidden) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        "ssssiiiss", self->id, self->type, self->account,
                        get_text (self->doc, "ProductId"), self->revision, self->created,
                        self->modified, doc, hidden);
}

char *
trestle_practice_entity_dup_arn (const TrestlePracticeEntity *self)
{
  return g_strdup_printf ("arn:aws:aws-marketplace:" TRESTLE_PRACTICE_REGION
                          ":%s:AWSMarketplace/%s/%s",
                          self->account, self->type, self->id);
}

/* Where the copy behind @address is on this server; what is elsewhere stays as it is. */
static char *
dup_hosted (TrestlePracticeWorld *world, const char *address)
{
  g_autofree char *path = trestle_practice_keep_dup_path (world->state, address);

  return strstr (path, "://") != NULL || world->base == NULL
             ? g_strdup (address)
             : g_strconcat (world->base, "/", path, NULL);
}

static void
show_logo (TrestlePracticeWorld *world, JsonObject *doc)
{
  JsonObject *promotion = get_object (doc, "PromotionalResources");
  const char *logo = promotion != NULL ? get_text (promotion, "LogoUrl") : NULL;
  g_autofree char *shown = logo != NULL ? dup_hosted (world, logo) : NULL;

  if (shown != NULL)
    json_object_set_string_member (promotion, "LogoUrl", shown);
}

static void
show_licence (TrestlePracticeWorld *world, JsonObject *document, gint64 now)
{
  const char *address = get_text (document, "Url");
  g_autofree char *hosted = address != NULL ? dup_hosted (world, address) : NULL;
  g_autofree char *mark = NULL;
  g_autofree char *link = NULL;

  if (hosted == NULL || g_str_equal (hosted, address))
    return;
  mark = trestle_practice_derive (hosted, TRESTLE_PRACTICE_HEX, 40);
  link = g_strdup_printf ("%s?Expires=%" G_GINT64_FORMAT "&Signature=%s", hosted,
                          (now + TRESTLE_DAY) / TRESTLE_SECOND, mark);
  json_object_set_string_member (document, "Url", link);
}

JsonNode *
trestle_practice_entity_dup_shown (TrestlePracticeWorld *world,
                                   const TrestlePracticeEntity *self,
                                   gint64 now)
{
  g_autofree char *text = dup_text (self->doc);
  JsonNode *node = json_from_string (text, NULL);
  JsonObject *doc = json_node_get_object (node);
  JsonArray *terms = get_array (doc, "Terms");

  show_logo (world, doc);
  for (guint i = 0; i < array_length (terms); i++)
    {
      JsonArray *documents = get_array (json_array_get_object_element (terms, i), "Documents");

      for (guint j = 0; j < array_length (documents); j++)
        show_licence (world, json_array_get_object_element (documents, j), now);
    }
  return node;
}

void
trestle_practice_entity_publish (TrestlePracticeWorld *world, const char *product_id, gint64 now)
{
  g_autoptr (TrestlePracticeEntity)
      product = trestle_practice_entity_load (world->state, product_id);
  g_autoptr (GPtrArray) offers = trestle_practice_entity_offers (world->state, product_id);
  g_autoptr (JsonArray) docs = json_array_new ();

  if (product == NULL)
    return;
  for (guint i = 0; i < offers->len; i++)
    {
      TrestlePracticeEntity *offer = offers->pdata[i];

      json_array_add_object_element (docs, json_object_ref (offer->doc));
    }
  trestle_practice_shop_refresh (world, product_id, product->doc, docs, now);
}

const char *
trestle_practice_entity_get_visibility (const TrestlePracticeEntity *product)
{
  JsonObject *description = get_object (product->doc, "Description");
  const char *visibility = description != NULL ? get_text (description, "Visibility") : NULL;

  return visibility != NULL ? visibility : "Draft";
}

static JsonObject *
find_typed (JsonArray *list, const char *type)
{
  for (guint i = 0; i < array_length (list); i++)
    {
      JsonObject *object = json_array_get_object_element (list, i);

      if (g_strcmp0 (get_text (object, "Type"), type) == 0)
        return object;
    }
  return NULL;
}

JsonObject *
trestle_practice_entity_get_rule (const TrestlePracticeEntity *offer, const char *type)
{
  return find_typed (get_array (offer->doc, "Rules"), type);
}

JsonObject *
trestle_practice_entity_get_term (const TrestlePracticeEntity *offer, const char *type)
{
  return find_typed (get_array (offer->doc, "Terms"), type);
}

JsonArray *
trestle_practice_entity_get_buyers (const TrestlePracticeEntity *self)
{
  JsonObject *targeting = g_str_equal (self->type, TRESTLE_PRACTICE_PRODUCT)
                              ? get_object (self->doc, "Targeting")
                              : trestle_practice_entity_get_rule (self, "TargetingRule");
  JsonObject *positive = targeting != NULL ? get_object (targeting, "PositiveTargeting") : NULL;

  return positive != NULL ? get_array (positive, "BuyerAccounts") : NULL;
}

gboolean
trestle_practice_entity_is_released (const TrestlePracticeEntity *offer)
{
  return g_strcmp0 (get_text (offer->doc, "State"), "Released") == 0;
}

JsonArray *
trestle_practice_entity_prices (const TrestlePracticeEntity *offer)
{
  JsonObject *term = trestle_practice_entity_get_term (offer, "UsageBasedPricingTerm");
  JsonArray *cards = term != NULL ? get_array (term, "RateCards") : NULL;

  return array_length (cards) > 0 ? get_array (json_array_get_object_element (cards, 0), "RateCard")
                                  : NULL;
}
