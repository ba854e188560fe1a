/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-change-set-builder.h"

G_BEGIN_DECLS

/** TRESTLE_CHANGE_NEW_OFFER: what stands for an offer that the same request makes */
#define TRESTLE_CHANGE_NEW_OFFER "$CreateOfferChange.Entity.Identifier"

/* A change set while it is being built. */
typedef struct
{
  const TrestleChangeSetOptions *options;
  JsonNode *draft;
  JsonNode *product, *base_product; /* %NULL where there is none */
  JsonNode *offer, *base_offer;
  JsonNode *versions, *base_versions;
  gboolean new_product, new_offer;
  const char *const *buyers; /* of a private offer; %NULL: the offer is for everybody */
  const char *until;         /* a private offer's last day */
  JsonNode *validity;        /* its ValidityTerm, how long an agreement lasts */
  char *product_id;          /* what names them in a change */
  char *offer_id;
  GListStore *changes;
  GStrvBuilder *files;
  GStrvBuilder *later;
} TrestleChangeBuild;

/** trestle_change_build_begin: @build: with its trees, but nothing built yet */
void trestle_change_build_begin (TrestleChangeBuild *build);

/** trestle_change_build_end: Returns: (transfer full): the request, called @prefix and @title */
TrestleChangeSet *
trestle_change_build_end (TrestleChangeBuild *build, const char *prefix, const char *title);
void trestle_change_build_clear (TrestleChangeBuild *build);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleChangeBuild, trestle_change_build_clear)

/** trestle_change_build_add: adds a change; takes @details and ends @words */
void trestle_change_build_add (TrestleChangeBuild *build,
                               const char *change_type,
                               gboolean offer,
                               JsonNode *details,
                               GStrvBuilder *words);

/** trestle_change_build_words: Returns: (transfer full): lines, of which @first is (transfer full) */
GStrvBuilder *trestle_change_build_words (char *first);

/** trestle_change_build_dup_address: Returns: (transfer full): @file, or where it was uploaded to */
char *trestle_change_build_dup_address (TrestleChangeBuild *build, const char *file);

/**
 * trestle_change_build_copy:
 * @pattern: the field @node is, `Versions[].InputProperties`
 *
 * Returns: (transfer full) (nullable): @node without what is empty and what is no field
 */
JsonNode *trestle_change_build_copy (JsonNode *node, const char *pattern);

/** trestle_change_build_dup_words: Returns: (transfer full): what a change of the field does to it */
char *trestle_change_build_dup_words (const char *pattern, JsonNode *value);

/** trestle_change_build_dup_price_words: Returns: (transfer full): "Set the price of ml.m5.large batch to $1.50/h"; @currency: (nullable): as public offers */
char *
trestle_change_build_dup_price_words (const char *key, const char *price, const char *currency);

/**
 * trestle_change_build_dup_rates:
 *
 * Returns: (transfer full): the offer's rate card as it can be sent now; prices of what only later
 *   versions bring are told of as coming later
 */
JsonNode *trestle_change_build_dup_rates (TrestleChangeBuild *build);

void trestle_change_build_product (TrestleChangeBuild *build);
void trestle_change_build_versions (TrestleChangeBuild *build);
void trestle_change_build_offer (TrestleChangeBuild *build);

/** trestle_change_build_availability: @build->until becomes the offer's last day */
void trestle_change_build_availability (TrestleChangeBuild *build);

void trestle_change_build_pricing (TrestleChangeBuild *build);

G_END_DECLS
