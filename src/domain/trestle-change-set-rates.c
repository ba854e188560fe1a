/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-change-set-private.h"

#include "domain/trestle-dimensions.h"
#include "domain/trestle-node.h"

/*
 * The dimensions of a product are what its versions support, and AWS takes prices of no others. A
 * request adds one version: what only the versions after it bring is priced with them.
 */

typedef struct
{
  GHashTable *brought; /* uses of what is there, and of the version that is added now */
  GHashTable *waiting; /* of those that are added later */
} Uses;

static void
uses_clear (Uses *self)
{
  g_hash_table_unref (self->brought);
  g_hash_table_unref (self->waiting);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Uses, uses_clear)

static void
add_card (GHashTable *uses, JsonNode *card)
{
  for (guint i = 0; i < trestle_node_length (card); i++)
    g_hash_table_add (uses, trestle_dimension_dup_use (trestle_node_text (
                                trestle_node_element (card, i), "DimensionKey")));
}

static void
add_package (GHashTable *uses, TrestlePackage *package)
{
  /* by the call and by the hour: a version brings what either needs */
  for (guint per_inference = 0; per_inference < 2; per_inference++)
    {
      g_auto (GStrv) keys = trestle_dimensions_of_package (package, per_inference > 0);

      for (char **key = keys; *key != NULL; key++)
        g_hash_table_add (uses, trestle_dimension_dup_use (*key));
    }
}

static TrestlePackage *
find_package (TrestleChangeBuild *build, JsonNode *version)
{
  const char *arn = trestle_node_text (version, "SageMakerModelPackageArn");

  if (arn == NULL)
    arn = trestle_node_text (version, "SageMakerAlgorithmArn");
  return arn != NULL && build->options->packages != NULL
             ? g_hash_table_lookup (build->options->packages, arn)
             : NULL;
}

/* Returns: whether it is known what @build's own version brings, and what was there before */
static gboolean
collect (TrestleChangeBuild *build, Uses *uses)
{
  JsonNode *priced = trestle_node_member (build->base_offer, "RateCard");
  gboolean added = FALSE;

  add_card (uses->brought, priced);
  for (guint i = 0; i < trestle_node_length (build->versions); i++)
    {
      JsonNode *version = trestle_node_element (build->versions, i);
      TrestlePackage *package = find_package (build, version);
      gboolean is_new = trestle_node_text (version, "Id") == NULL;

      if (package != NULL)
        add_package (is_new && added ? uses->waiting : uses->brought, package);
      /* whatever was there has its prices, or else its package has to say */
      else if (is_new ? !added : trestle_node_length (priced) == 0)
        return FALSE;
      added = added || is_new;
    }
  return TRUE;
}

JsonNode *
trestle_change_build_dup_rates (TrestleChangeBuild *build)
{
  JsonNode *card = trestle_node_member (build->offer, "RateCard");
  JsonArray *rates = json_array_new ();
  g_auto (Uses) uses = {
    .brought = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  gboolean known = collect (build, &uses);
  gboolean free = g_strcmp0 (trestle_node_text (build->offer, "PricingModel"), "Free") == 0;

  for (guint i = 0; i < trestle_node_length (card); i++)
    {
      JsonNode *rate = trestle_node_element (card, i);
      const char *key = trestle_node_text (rate, "DimensionKey");
      g_autofree char *use = trestle_dimension_dup_use (key);
      const char *price = trestle_node_text (rate, "Price");

      if (!known || !g_hash_table_contains (uses.waiting, use)
          || g_hash_table_contains (uses.brought, use))
        json_array_add_element (rates, trestle_draft_dup_node (rate));
      else if (!free)
        g_strv_builder_take (build->later, trestle_change_build_dup_price_words (
                                               key, price != NULL ? price : "",
                                               trestle_node_text (build->offer, "CurrencyCode")));
    }
  return trestle_node_take_array (rates);
}
