/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-model.h"
#include "practice/trestle-practice-entity.h"

G_BEGIN_DECLS

typedef struct _TrestlePracticeChange TrestlePracticeChange;
typedef struct _TrestlePracticeWork TrestlePracticeWork;

/**
 * TrestlePracticeChangeType:
 * @entity: #TRESTLE_PRACTICE_PRODUCT or #TRESTLE_PRACTICE_OFFER
 * @shape: of its details, in data/practice/changes.wire
 * @creates: makes the entity
 * @rank: the order in which a set's changes are carried out, whatever order they were sent in
 * @carry_out: checks what only the state can tell, and changes the entity in memory
 */
typedef struct
{
  const char *name;
  const char *entity;
  const char *shape;
  gboolean creates;
  int rank;
  void (*carry_out) (TrestlePracticeWork *work, TrestlePracticeChange *change);
} TrestlePracticeChangeType;

/** trestle_practice_change_type_find: @entity: with or without its version; Returns: (nullable): the type */
const TrestlePracticeChangeType *
trestle_practice_change_type_find (const char *entity, const char *name);

/** trestle_practice_change_shapes: Returns: (transfer none): the shapes of details */
const TrestleAwsModel *trestle_practice_change_shapes (void);

/**
 * TrestlePracticeChange:
 * @id: of its entity, given out when the set was started
 * @name: (nullable): ChangeName
 * @details: with references resolved
 * @sent: as they were sent
 * @errors: `ErrorCode` and `ErrorMessage` of each fault
 */
struct _TrestlePracticeChange
{
  const TrestlePracticeChangeType *type;
  char *id;
  char *name;
  char *sent_id;
  JsonObject *details;
  JsonNode *sent;
  JsonArray *errors;
  gint64 revision; /* after success */
};

/** trestle_practice_change_new: Returns: (transfer full): a change without anything */
TrestlePracticeChange *trestle_practice_change_new (void);
void trestle_practice_change_free (TrestlePracticeChange *self);

/** trestle_practice_change_error: notes one of AWS's codes */
void trestle_practice_change_error (TrestlePracticeChange *self,
                                    const char *code,
                                    const char *format,
                                    ...) G_GNUC_PRINTF (3, 4);

/**
 * TrestlePracticeWork:
 * @now: when it happens
 * @apply: not a mere check: copies are kept, identifiers used up
 * @changes: (element-type TrestlePracticeChange): as they were sent
 *
 * A set being carried out in memory; nothing is written before all of it went through.
 */
struct _TrestlePracticeWork
{
  TrestlePracticeWorld *world;
  TrestlePracticeState *state;
  const char *account;
  gint64 now;
  gboolean apply;
  GPtrArray *changes;
  GHashTable *entities;
};

TrestlePracticeWork *trestle_practice_work_new (TrestlePracticeWorld *world,
                                                const char *account,
                                                GPtrArray *changes,
                                                gint64 now,
                                                gboolean apply);
void trestle_practice_work_free (TrestlePracticeWork *self);

/** trestle_practice_work_run: Returns: whether no change has an error; with `apply` it is written */
gboolean trestle_practice_work_run (TrestlePracticeWork *self);

/** trestle_practice_work_entity: Returns: (transfer none) (nullable): @id as this set has it by now */
TrestlePracticeEntity *trestle_practice_work_entity (TrestlePracticeWork *self, const char *id);
/** trestle_practice_work_offers: Returns: (transfer container) (element-type TrestlePracticeEntity): of a product, those that this set makes included */
GPtrArray *trestle_practice_work_offers (TrestlePracticeWork *self, const char *product_id);
/** trestle_practice_work_has: Returns: whether the set has a change of that type for @id */
gboolean
trestle_practice_work_has (TrestlePracticeWork *self, const char *id, const char *change_type);
/** trestle_practice_work_uuid: Returns: (transfer full): a new version's or delivery option's identifier */
char *trestle_practice_work_uuid (TrestlePracticeWork *self);

/* The changes themselves. */

void trestle_practice_create_product (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_product (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_product_targeting (TrestlePracticeWork *work,
                                                TrestlePracticeChange *change);
void trestle_practice_update_visibility (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_release_product (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_add_delivery (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_delivery (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_restrict_delivery (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_create_offer (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_create_replacement_offer (TrestlePracticeWork *work,
                                                TrestlePracticeChange *change);
void trestle_practice_update_offer (TrestlePracticeWork *work, TrestlePracticeChange *change);
void
trestle_practice_update_offer_targeting (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_pricing (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_legal (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_support (TrestlePracticeWork *work, TrestlePracticeChange *change);
void
trestle_practice_update_availability (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_validity (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_renewal (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_schedule (TrestlePracticeWork *work, TrestlePracticeChange *change);
void
trestle_practice_update_verification (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_update_markup (TrestlePracticeWork *work, TrestlePracticeChange *change);
void trestle_practice_release_offer (TrestlePracticeWork *work, TrestlePracticeChange *change);

/* What several of them need. */

/** trestle_practice_put_term: puts @term (transfer none) in place of an offer's term of the same type */
void trestle_practice_put_term (TrestlePracticeEntity *offer, JsonObject *term);
/** trestle_practice_drop_term: takes away an offer's term of @type */
void trestle_practice_drop_term (TrestlePracticeEntity *offer, const char *type);
/** trestle_practice_set_member: puts a copy of @value there, so that no two documents share a node; %NULL for null */
void trestle_practice_set_member (JsonObject *object, const char *name, JsonNode *value);
/** trestle_practice_ensure_object: Returns: (transfer none): the object @name of @object, made where missing */
JsonObject *trestle_practice_ensure_object (JsonObject *object, const char *name);

/** trestle_practice_generate_dimensions: writes a product's Dimensions anew from what its versions support */
void trestle_practice_generate_dimensions (TrestlePracticeEntity *product);
/** trestle_practice_add_inference_dimension: an offer is priced by the request */
void trestle_practice_add_inference_dimension (TrestlePracticeEntity *product);
/** trestle_practice_find_rate: @rates: (nullable): Returns: (transfer none) (nullable): the rate of @key */
JsonObject *trestle_practice_find_rate (JsonArray *rates, const char *key);
/** trestle_practice_check_new_dimensions: a version's dimensions against the product's released public offer */
void trestle_practice_check_new_dimensions (TrestlePracticeWork *work,
                                            TrestlePracticeChange *change,
                                            TrestlePracticeEntity *product);
#define TRESTLE_PRACTICE_INFERENCE "inference.count.m.i.c"

/**
 * trestle_practice_fetch:
 * @address: what a seller wrote: an object of the practice account's S3 in any of S3's forms, or a
 *   file of its web server
 *
 * Returns: (transfer full) (nullable): its bytes; nothing else can be reached from here
 */
GBytes *trestle_practice_fetch (TrestlePracticeWorld *world, const char *address);

/**
 * trestle_practice_take_logo:
 *
 * Returns: (transfer full) (nullable): the address of the copy; %NULL with an error noted
 */
char *trestle_practice_take_logo (TrestlePracticeWork *work,
                                  TrestlePracticeChange *change,
                                  const char *address);
/** trestle_practice_take_licence: the same for a licence */
char *trestle_practice_take_licence (TrestlePracticeWork *work,
                                     TrestlePracticeChange *change,
                                     const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeWork, trestle_practice_work_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeChange, trestle_practice_change_free)

G_END_DECLS
