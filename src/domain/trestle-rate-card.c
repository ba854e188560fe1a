/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-rate-card.h"

#include "domain/trestle-dimensions.h"
#include "domain/trestle-node.h"

#define CARD "Offer.RateCard"

static int
find_row (TrestleDraft *draft, const char *key)
{
  JsonNode *card = trestle_draft_get (draft, CARD);

  for (guint i = 0; i < trestle_node_length (card); i++)
    if (g_strcmp0 (trestle_node_text (trestle_node_element (card, i), "DimensionKey"), key) == 0)
      return (int) i;
  return -1;
}

const char *
trestle_rate_card_find (TrestleDraft *draft, const char *key)
{
  int i = find_row (draft, key);

  if (i < 0)
    return NULL;
  return trestle_node_text (trestle_node_element (trestle_draft_get (draft, CARD), (guint) i),
                            "Price");
}

void
trestle_rate_card_set (TrestleDraft *draft, const char *key, const char *price)
{
  int i = find_row (draft, key);
  g_autofree char *path = g_strdup_printf (CARD "[%d].Price", i);
  JsonObject *row;

  if (price == NULL)
    {
      if (i >= 0)
        trestle_draft_remove (draft, CARD, (guint) i);
      return;
    }
  if (i >= 0)
    {
      trestle_draft_set_text (draft, path, price);
      return;
    }
  row = json_object_new ();
  json_object_set_string_member (row, "DimensionKey", key);
  json_object_set_string_member (row, "Price", price);
  trestle_draft_insert (draft, CARD, G_MAXUINT, trestle_node_take_object (row));
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
