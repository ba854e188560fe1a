/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-rate-card.h"

#include "domain/trestle-dimensions.h"
#include "domain/trestle-node.h"

#define CARD "Offer.RateCard"

static gboolean
is_row (JsonNode *card, guint i, const char *key)
{
  return g_strcmp0 (trestle_node_text (trestle_node_element (card, i), "DimensionKey"), key) == 0;
}

static int
find_row (JsonNode *card, const char *key)
{
  for (guint i = 0; i < trestle_node_length (card); i++)
    if (is_row (card, i, key))
      return (int) i;
  return -1;
}

const char *
trestle_rate_card_find_near (TrestleDraft *draft, const char *key, guint *row)
{
  JsonNode *card = trestle_draft_get (draft, CARD);

  if (*row >= trestle_node_length (card) || !is_row (card, *row, key))
    {
      int found = find_row (card, key);

      if (found < 0)
        return NULL;
      *row = (guint) found;
    }
  return trestle_node_text (trestle_node_element (card, *row), "Price");
}

const char *
trestle_rate_card_find (TrestleDraft *draft, const char *key)
{
  guint row = G_MAXUINT;

  return trestle_rate_card_find_near (draft, key, &row);
}

static JsonNode *
new_rate (const char *key, const char *price)
{
  JsonObject *rate = json_object_new ();

  json_object_set_string_member (rate, "DimensionKey", key);
  json_object_set_string_member (rate, "Price", price);
  return trestle_node_take_object (rate);
}

void
trestle_rate_card_set (TrestleDraft *draft, const char *key, const char *price)
{
  int i = find_row (trestle_draft_get (draft, CARD), key);
  g_autofree char *path = g_strdup_printf (CARD "[%d].Price", i);

  if (price == NULL)
    {
      if (i >= 0)
        trestle_draft_remove (draft, CARD, (guint) i);
      return;
    }
  if (i >= 0)
    trestle_draft_set_text (draft, path, price);
  else
    trestle_draft_insert (draft, CARD, G_MAXUINT, new_rate (key, price));
}

void
trestle_rate_card_put (TrestleDraft *draft, GPtrArray *keys, GPtrArray *prices)
{
  JsonNode *there = trestle_draft_get (draft, CARD);
  g_autoptr (JsonNode) card = there != NULL && JSON_NODE_HOLDS_ARRAY (there)
                                  ? trestle_draft_dup_node (there)
                                  : trestle_node_take_array (json_array_new ());
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (keys->len == prices->len);

  for (guint i = 0; i < trestle_node_length (card); i++)
    {
      JsonNode *row = trestle_node_element (card, i);
      const char *key = trestle_node_text (row, "DimensionKey");

      if (key != NULL && !g_hash_table_contains (rows, key))
        g_hash_table_insert (rows, (gpointer) key, json_node_get_object (row));
    }
  for (guint i = 0; i < keys->len; i++)
    {
      JsonObject *row = g_hash_table_lookup (rows, keys->pdata[i]);

      if (row != NULL)
        {
          json_object_set_string_member (row, "Price", prices->pdata[i]);
          continue;
        }
      json_array_add_element (json_node_get_array (card),
                              new_rate (keys->pdata[i], prices->pdata[i]));
      row = json_array_get_object_element (json_node_get_array (card),
                                           trestle_node_length (card) - 1);
      g_hash_table_insert (rows, keys->pdata[i], row);
    }
  if (keys->len > 0)
    trestle_draft_set (draft, CARD, g_steal_pointer (&card));
}

char **
trestle_rate_card_dup_keys (TrestleDraft *draft, GPtrArray *packages)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonNode *card = trestle_draft_get (draft, CARD);
  gboolean per_inference = FALSE;

  for (guint i = 0; i < trestle_node_length (card); i++)
    {
      const char *key = trestle_node_text (trestle_node_element (card, i), "DimensionKey");

      if (key == NULL || !g_hash_table_add (seen, trestle_dimension_dup_use (key)))
        continue;
      g_strv_builder_add (keys, key);
      per_inference = per_inference
                      || trestle_dimension_parse (key, NULL) == TRESTLE_USAGE_MODE_INFERENCE;
    }
  for (guint i = 0; i < packages->len; i++)
    {
      g_auto (GStrv) more = trestle_dimensions_of_package (packages->pdata[i], per_inference);

      for (char **key = more; *key != NULL; key++)
        if (g_hash_table_add (seen, trestle_dimension_dup_use (*key)))
          g_strv_builder_add (keys, *key);
    }
  return g_strv_builder_end (keys);
}

char *
trestle_rate_card_match (char **keys, const char *key)
{
  g_autofree char *use = NULL;

  if (g_strv_contains ((const char *const *) keys, key))
    return g_strdup (key);
  use = trestle_dimension_dup_use (key);
  for (char **other = keys; *other != NULL; other++)
    {
      g_autofree char *its = trestle_dimension_dup_use (*other);

      if (g_str_equal (its, use))
        return g_strdup (*other);
    }
  return NULL;
}

const char *
trestle_rate_card_get_mode_name (TrestleUsageMode mode)
{
  switch (mode)
    {
    case TRESTLE_USAGE_MODE_REALTIME:
      return "realtime";
    case TRESTLE_USAGE_MODE_BATCH:
      return "batch";
    case TRESTLE_USAGE_MODE_TRAINING:
      return "training";
    case TRESTLE_USAGE_MODE_INFERENCE:
      return "inference";
    case TRESTLE_USAGE_MODE_OTHER:
    default:
      return NULL;
    }
}
