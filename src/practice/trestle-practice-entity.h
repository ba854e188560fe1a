/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

#define TRESTLE_PRACTICE_PRODUCT "MachineLearningProduct"
#define TRESTLE_PRACTICE_OFFER "Offer"

/**
 * TrestlePracticeEntity:
 * @id: "prod-…" or "offer-…"
 * @type: #TRESTLE_PRACTICE_PRODUCT or #TRESTLE_PRACTICE_OFFER
 * @revision: 0 for one that is not there yet
 * @doc: its DetailsDocument, addresses of copies as they are kept
 * @hidden: what AWS remembers of it and does not show
 * @touched: changed by a set that does not name it
 *
 * A product or an offer of the Marketplace Catalog.
 */
typedef struct
{
  char *id;
  char *type;
  char *account;
  gint64 revision;
  gint64 created;
  gint64 modified;
  JsonObject *doc;
  JsonObject *hidden;
  gboolean touched;
} TrestlePracticeEntity;

/** trestle_practice_entity_new: Returns: (transfer full): an entity without content; nothing is written */
TrestlePracticeEntity *
trestle_practice_entity_new (const char *id, const char *type, const char *account);
void trestle_practice_entity_free (TrestlePracticeEntity *self);

/** trestle_practice_entity_load: Returns: (transfer full) (nullable): the entity @id of whichever account */
TrestlePracticeEntity *trestle_practice_entity_load (TrestlePracticeState *state, const char *id);

/** trestle_practice_entity_list: @account: (nullable): owner; Returns: (transfer full) (element-type TrestlePracticeEntity): of @type, oldest first */
GPtrArray *
trestle_practice_entity_list (TrestlePracticeState *state, const char *account, const char *type);

/** trestle_practice_entity_offers: Returns: (transfer full) (element-type TrestlePracticeEntity): of a product, oldest first */
GPtrArray *trestle_practice_entity_offers (TrestlePracticeState *state, const char *product_id);

/** trestle_practice_entity_save: @now: when it changed; its revision rises by one */
void
trestle_practice_entity_save (TrestlePracticeState *state, TrestlePracticeEntity *self, gint64 now);

/** trestle_practice_entity_dup_arn: Returns: (transfer full): its ARN */
char *trestle_practice_entity_dup_arn (const TrestlePracticeEntity *self);

/**
 * trestle_practice_entity_dup_shown:
 * @now: licences' links are good for a day from here
 *
 * Returns: (transfer full): the DetailsDocument as DescribeEntity gives it: copies under addresses
 *   of this server
 */
JsonNode *trestle_practice_entity_dup_shown (TrestlePracticeWorld *world,
                                             const TrestlePracticeEntity *self,
                                             gint64 now);

/** trestle_practice_entity_publish: tells the shop how the product and its offers are now */
void
trestle_practice_entity_publish (TrestlePracticeWorld *world, const char *product_id, gint64 now);

/** trestle_practice_entity_get_visibility: Returns: (transfer none): of a product: "Draft", "Limited", "Public", "Restricted" */
const char *trestle_practice_entity_get_visibility (const TrestlePracticeEntity *product);
/** trestle_practice_entity_get_buyers: Returns: (transfer none) (nullable): the accounts that it is meant for */
JsonArray *trestle_practice_entity_get_buyers (const TrestlePracticeEntity *self);
/** trestle_practice_entity_get_rule: Returns: (transfer none) (nullable): an offer's rule of @type */
JsonObject *trestle_practice_entity_get_rule (const TrestlePracticeEntity *offer, const char *type);
/** trestle_practice_entity_get_term: Returns: (transfer none) (nullable): an offer's term of @type */
JsonObject *trestle_practice_entity_get_term (const TrestlePracticeEntity *offer, const char *type);
/** trestle_practice_entity_is_released: Returns: whether the offer is */
gboolean trestle_practice_entity_is_released (const TrestlePracticeEntity *offer);

/** trestle_practice_entity_prices: Returns: (transfer none) (nullable): the rates ({DimensionKey, Price}) of an offer */
JsonArray *trestle_practice_entity_prices (const TrestlePracticeEntity *offer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeEntity, trestle_practice_entity_free)

G_END_DECLS
