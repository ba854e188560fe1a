/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-change.h"

#include <string.h>

#include "practice/trestle-practice-resources.h"

#define PRODUCT TRESTLE_PRACTICE_PRODUCT
#define OFFER TRESTLE_PRACTICE_OFFER

/* Entities first, then what they hold, prices after the versions that bring the dimensions. */
static const TrestlePracticeChangeType types[] = {
  { "CreateProduct", PRODUCT, "ProductCreateProduct", TRUE, 0, trestle_practice_create_product },
  { "CreateOffer", OFFER, "OfferCreateOffer", TRUE, 1, trestle_practice_create_offer },
  { "CreateReplacementOffer", OFFER, "OfferCreateReplacementOffer", TRUE, 1,
    trestle_practice_create_replacement_offer },
  { "UpdateInformation", PRODUCT, "ProductUpdateInformation", FALSE, 2,
    trestle_practice_update_product },
  { "UpdateTargeting", PRODUCT, "ProductUpdateTargeting", FALSE, 3,
    trestle_practice_update_product_targeting },
  { "UpdateInformation", OFFER, "OfferUpdateInformation", FALSE, 4, trestle_practice_update_offer },
  { "UpdateTargeting", OFFER, "OfferUpdateTargeting", FALSE, 5,
    trestle_practice_update_offer_targeting },
  { "AddDeliveryOptions", PRODUCT, "ProductAddDeliveryOptions", FALSE, 6,
    trestle_practice_add_delivery },
  { "UpdateDeliveryOptions", PRODUCT, "ProductUpdateDeliveryOptions", FALSE, 7,
    trestle_practice_update_delivery },
  { "RestrictDeliveryOptions", PRODUCT, "ProductRestrictDeliveryOptions", FALSE, 8,
    trestle_practice_restrict_delivery },
  { "UpdatePricingTerms", OFFER, "OfferUpdatePricingTerms", FALSE, 9,
    trestle_practice_update_pricing },
  { "UpdateLegalTerms", OFFER, "OfferUpdateLegalTerms", FALSE, 10, trestle_practice_update_legal },
  { "UpdateSupportTerms", OFFER, "OfferUpdateSupportTerms", FALSE, 10,
    trestle_practice_update_support },
  { "UpdateAvailability", OFFER, "OfferUpdateAvailability", FALSE, 10,
    trestle_practice_update_availability },
  { "UpdateValidityTerms", OFFER, "OfferUpdateValidityTerms", FALSE, 10,
    trestle_practice_update_validity },
  { "UpdateRenewalTerms", OFFER, "OfferUpdateRenewalTerms", FALSE, 10,
    trestle_practice_update_renewal },
  { "UpdatePaymentScheduleTerms", OFFER, "OfferUpdatePaymentScheduleTerms", FALSE, 10,
    trestle_practice_update_schedule },
  { "UpdateCustomerVerificationTerms", OFFER, "OfferUpdateCustomerVerificationTerms", FALSE, 10,
    trestle_practice_update_verification },
  { "UpdateMarkup", OFFER, "OfferUpdateMarkup", FALSE, 10, trestle_practice_update_markup },
  { "ReleaseProduct", PRODUCT, "Nothing", FALSE, 11, trestle_practice_release_product },
  { "ReleaseOffer", OFFER, "Nothing", FALSE, 12, trestle_practice_release_offer },
  { "UpdateVisibility", PRODUCT, "ProductUpdateVisibility", FALSE, 13,
    trestle_practice_update_visibility },
};

const TrestlePracticeChangeType *
trestle_practice_change_type_find (const char *entity, const char *name)
{
  gsize length = strcspn (entity, "@");

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, name) && strlen (types[i].entity) == length
        && strncmp (types[i].entity, entity, length) == 0)
      return &types[i];
  return NULL;
}

const TrestleAwsModel *
trestle_practice_change_shapes (void)
{
  static gsize once;
  static TrestleAwsModel *shapes;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = trestle_practice_resources_lookup ("changes.wire", &error);
      gsize size = 0;
      const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

      shapes = text != NULL ? trestle_aws_model_parse (text, (gssize) size, &error) : NULL;
      if (shapes == NULL)
        g_error ("changes.wire: %s", error->message);
      g_once_init_leave (&once, 1);
    }
  return shapes;
}

TrestlePracticeChange *
trestle_practice_change_new (void)
{
  TrestlePracticeChange *self = g_new0 (TrestlePracticeChange, 1);

  self->errors = json_array_new ();
  return self;
}

void
trestle_practice_change_free (TrestlePracticeChange *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->sent_id);
  g_clear_pointer (&self->details, json_object_unref);
  g_clear_pointer (&self->sent, json_node_unref);
  json_array_unref (self->errors);
  g_free (self);
}

void
trestle_practice_change_error (TrestlePracticeChange *self,
                               const char *code,
                               const char *format,
                               ...)
{
  JsonObject *error = json_object_new ();
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  json_object_set_string_member (error, "ErrorCode", code);
  json_object_set_string_member (error, "ErrorMessage", message);
  json_array_add_object_element (self->errors, error);
}

TrestlePracticeWork *
trestle_practice_work_new (TrestlePracticeWorld *world,
                           const char *account,
                           GPtrArray *changes,
                           gint64 now,
                           gboolean apply)
{
  TrestlePracticeWork *self = g_new0 (TrestlePracticeWork, 1);

  self->world = world;
  self->state = world->state;
  self->account = account;
  self->changes = changes;
  self->now = now;
  self->apply = apply;
  self->entities = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify) trestle_practice_entity_free);
  return self;
}

void
trestle_practice_work_free (TrestlePracticeWork *self)
{
  g_hash_table_unref (self->entities);
  g_free (self);
}

static TrestlePracticeEntity *
take_entity (TrestlePracticeWork *self, TrestlePracticeEntity *entity)
{
  TrestlePracticeEntity *there = g_hash_table_lookup (self->entities, entity->id);

  if (there != NULL)
    {
      trestle_practice_entity_free (entity);
      return there;
    }
  g_hash_table_insert (self->entities, entity->id, entity);
  return entity;
}

TrestlePracticeEntity *
trestle_practice_work_entity (TrestlePracticeWork *self, const char *id)
{
  TrestlePracticeEntity *entity = g_hash_table_lookup (self->entities, id);

  if (entity != NULL)
    return entity;
  entity = trestle_practice_entity_load (self->state, id);
  return entity != NULL ? take_entity (self, entity) : NULL;
}

GPtrArray *
trestle_practice_work_offers (TrestlePracticeWork *self, const char *product_id)
{
  g_autoptr (GPtrArray) written = trestle_practice_entity_offers (self->state, product_id);
  GPtrArray *offers = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_ptr_array_set_free_func (written, NULL);
  for (guint i = 0; i < written->len; i++)
    take_entity (self, written->pdata[i]);
  g_hash_table_iter_init (&iter, self->entities);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TrestlePracticeEntity *entity = value;

      if (g_strcmp0 (get_text (entity->doc, "ProductId"), product_id) == 0)
        g_ptr_array_add (offers, entity);
    }
  return offers;
}

gboolean
trestle_practice_work_has (TrestlePracticeWork *self, const char *id, const char *change_type)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      TrestlePracticeChange *change = self->changes->pdata[i];

      if (g_str_equal (change->id, id) && g_str_equal (change->type->name, change_type))
        return TRUE;
    }
  return FALSE;
}

char *
trestle_practice_work_uuid (TrestlePracticeWork *self)
{
  g_autofree char *hex = self->apply ? trestle_practice_world_new_id (self->world, "",
                                                                      TRESTLE_PRACTICE_HEX, 32)
                                     : g_strdup ("00000000000000000000000000000000");

  return g_strdup_printf ("%.8s-%.4s-4%.3s-a%.3s-%.12s", hex, hex + 8, hex + 13, hex + 17,
                          hex + 20);
}

static int
compare_rank (gconstpointer a, gconstpointer b)
{
  const TrestlePracticeChange *const *one = a;
  const TrestlePracticeChange *const *other = b;

  return (*one)->type->rank - (*other)->type->rank;
}

static gboolean
is_clean (TrestlePracticeWork *self)
{
  for (guint i = 0; i < self->changes->len; i++)
    if (json_array_get_length (((TrestlePracticeChange *) self->changes->pdata[i])->errors) > 0)
      return FALSE;
  return TRUE;
}

/* Every entity that a change names rises by one revision, once. */
static void
save_entities (TrestlePracticeWork *self)
{
  g_autoptr (GHashTable) saved = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) products = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < self->changes->len; i++)
    {
      TrestlePracticeChange *change = self->changes->pdata[i];
      TrestlePracticeEntity *entity = trestle_practice_work_entity (self, change->id);
      const char *product = get_text (entity->doc, "ProductId");

      if (g_hash_table_add (saved, change->id))
        trestle_practice_entity_save (self->state, entity, self->now);
      change->revision = entity->revision;
      g_hash_table_add (products, product != NULL ? (char *) product : entity->id);
    }
  g_hash_table_iter_init (&iter, products);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      TrestlePracticeEntity *product = g_hash_table_lookup (self->entities, id);

      /* Prices by the request give the product a dimension. */
      if (product != NULL && product->touched && !g_hash_table_contains (saved, id))
        trestle_practice_entity_save (self->state, product, self->now);
      trestle_practice_entity_publish (self->world, id, self->now);
    }
}

static gboolean
has_failed (TrestlePracticeWork *self, const char *id, const char *change_type)
{
  for (guint i = 0; id != NULL && i < self->changes->len; i++)
    {
      TrestlePracticeChange *change = self->changes->pdata[i];

      if (g_str_equal (change->id, id) && json_array_get_length (change->errors) > 0
          && (change_type == NULL || g_str_has_prefix (change->type->name, change_type)))
        return TRUE;
    }
  return FALSE;
}

/* A change that builds on one that failed would be called guilty for no fault of its own. */
static gboolean
is_blocked (TrestlePracticeWork *self, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *entity = trestle_practice_work_entity (self, change->id);
  const char *product = get_text (entity->doc, "ProductId");

  if (has_failed (self, change->id, "Create"))
    return TRUE;
  if (g_str_equal (change->type->name, "UpdatePricingTerms"))
    return has_failed (self, product, "AddDeliveryOptions");
  return g_str_has_prefix (change->type->name, "Release")
         && (has_failed (self, change->id, NULL) || has_failed (self, product, NULL));
}

gboolean
trestle_practice_work_run (TrestlePracticeWork *self)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (self->changes, NULL, NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_rank);
  for (guint i = 0; i < sorted->len; i++)
    {
      TrestlePracticeChange *change = sorted->pdata[i];

      if (change->type->creates)
        take_entity (self,
                     trestle_practice_entity_new (change->id, change->type->entity, self->account));
      if (!is_blocked (self, change))
        change->type->carry_out (self, change);
    }
  if (!is_clean (self))
    return FALSE;
  if (self->apply)
    save_entities (self);
  return TRUE;
}

void
trestle_practice_set_member (JsonObject *object, const char *name, JsonNode *value)
{
  g_autofree char *text = value != NULL ? trestle_json_to_string (value, FALSE) : NULL;

  json_object_set_member (
      object, name, text != NULL ? json_from_string (text, NULL) : json_node_new (JSON_NODE_NULL));
}

JsonObject *
trestle_practice_ensure_object (JsonObject *object, const char *name)
{
  JsonObject *there = get_object (object, name);

  if (there == NULL)
    {
      there = json_object_new ();
      json_object_set_object_member (object, name, there);
    }
  return there;
}

void
trestle_practice_drop_term (TrestlePracticeEntity *offer, const char *type)
{
  JsonArray *terms = get_array (offer->doc, "Terms");

  for (guint i = array_length (terms); i > 0; i--)
    if (g_strcmp0 (get_text (json_array_get_object_element (terms, i - 1), "Type"), type) == 0)
      json_array_remove_element (terms, i - 1);
}

void
trestle_practice_put_term (TrestlePracticeEntity *offer, JsonObject *term)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), term);
  g_autofree char *text = trestle_json_to_string (node, FALSE);

  trestle_practice_drop_term (offer, get_text (term, "Type"));
  if (get_array (offer->doc, "Terms") == NULL)
    json_object_set_array_member (offer->doc, "Terms", json_array_new ());
  json_array_add_element (get_array (offer->doc, "Terms"), json_from_string (text, NULL));
}
