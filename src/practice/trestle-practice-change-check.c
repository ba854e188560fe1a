/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "aws/trestle-aws-protocol-server.h"
#include "practice/trestle-practice-catalog.h"

#define VERSION "@1.0"
#define OPEN_OFFERS 20

typedef struct
{
  TrestlePracticeContext *ctx;
  GPtrArray *changes;
  GHashTable *names; /* ChangeName → identifier of its entity */
} Check;

/* "$Name.Entity.Identifier" → "Name" */
static char *
dup_reference (const char *text)
{
  const char *end = *text == '$' ? strstr (text, ".Entity.Identifier") : NULL;

  return end != NULL && end[strlen (".Entity.Identifier")] == '\0'
             ? g_strndup (text + 1, (gsize) (end - text - 1))
             : NULL;
}

static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalpha (name[i]))
      return FALSE;
  return length >= 1 && length <= 72;
}

static gboolean
read_details (Check *self, TrestleJson at, guint i, TrestlePracticeChange *change)
{
  TrestleJson document = trestle_json_member (at, "DetailsDocument");
  const char *text = trestle_json_string_or (at, "Details", NULL);

  if (trestle_json_exists (document) == (text != NULL))
    return trestle_practice_catalog_invalid (self->ctx,
                                             "ChangeSet[%u]: give either Details or"
                                             " DetailsDocument.",
                                             i);
  if (text != NULL)
    change->sent = json_from_string (text, NULL);
  else
    {
      g_autofree char *copy = trestle_json_to_string (document.node, FALSE);

      change->sent = json_from_string (copy, NULL);
    }
  if (change->sent == NULL || !JSON_NODE_HOLDS_OBJECT (change->sent))
    return trestle_practice_catalog_invalid (self->ctx, "ChangeSet[%u].%s: not a JSON object.", i,
                                             text != NULL ? "Details" : "DetailsDocument");
  return TRUE;
}

static gboolean
read_identifier (Check *self, TrestleJson entity, guint i, TrestlePracticeChange *change)
{
  const char *id = trestle_json_string_or (entity, "Identifier", NULL);

  if (!change->type->creates)
    {
      if (id == NULL)
        return trestle_practice_catalog_invalid (self->ctx,
                                                 "ChangeSet[%u].Entity.Identifier: %s needs an"
                                                 " identifier.",
                                                 i, change->type->name);
      change->sent_id = g_strdup (id);
      return TRUE;
    }
  if (id != NULL)
    return trestle_practice_catalog_invalid (self->ctx,
                                             "ChangeSet[%u].Entity.Identifier: %s makes the entity"
                                             " and takes no identifier.",
                                             i, change->type->name);
  change->id = trestle_practice_world_new_id (
      self->ctx->world,
      g_str_equal (change->type->entity, TRESTLE_PRACTICE_OFFER) ? "offer-" : "prod-",
      TRESTLE_PRACTICE_LOWER, 13);
  return TRUE;
}

static gboolean
read_change (Check *self, TrestleJson at, guint i)
{
  TrestleJson entity = trestle_json_member (at, "Entity");
  const char *type = trestle_json_string (at, "ChangeType");
  const char *entity_type = trestle_json_string (entity, "Type");
  const char *name = trestle_json_string_or (at, "ChangeName", NULL);
  TrestlePracticeChange *change = trestle_practice_change_new ();

  g_ptr_array_add (self->changes, change);
  if (!g_str_has_suffix (entity_type, VERSION))
    return trestle_practice_catalog_invalid (self->ctx,
                                             "ChangeSet[%u].Entity.Type: “%s” is not an entity type"
                                             " with its version, as MachineLearningProduct@1.0.",
                                             i, entity_type);
  change->type = trestle_practice_change_type_find (entity_type, type);
  if (change->type == NULL)
    return trestle_practice_catalog_invalid (self->ctx,
                                             "ChangeSet[%u].ChangeType: %s is not supported for the"
                                             " entity type %s.",
                                             i, type, entity_type);
  if (trestle_json_exists (trestle_json_member (at, "EntityTags")) && !change->type->creates)
    return trestle_practice_catalog_invalid (self->ctx,
                                             "ChangeSet[%u].EntityTags: only changes that make an"
                                             " entity take tags.",
                                             i);
  if (name != NULL && !is_name (name))
    return trestle_practice_catalog_invalid (self->ctx,
                                             "ChangeSet[%u].ChangeName: “%s” is not 1 to 72"
                                             " letters.",
                                             i, name);
  if (name != NULL && g_hash_table_contains (self->names, name))
    return trestle_practice_catalog_invalid (
        self->ctx, "ChangeSet[%u].ChangeName: “%s” is there twice.", i, name);
  change->name = g_strdup (name);
  if (!read_details (self, at, i, change) || !read_identifier (self, entity, i, change))
    return FALSE;
  if (name != NULL)
    g_hash_table_insert (self->names, change->name, change);
  return TRUE;
}

/* NULL with the fault set. */
static const char *
resolve (Check *self, const char *text, guint i, const char *place)
{
  g_autofree char *name = dup_reference (text);
  TrestlePracticeChange *target;

  if (name == NULL)
    return text;
  target = g_hash_table_lookup (self->names, name);
  if (target != NULL && target->id != NULL)
    return target->id;
  trestle_practice_catalog_invalid (self->ctx,
                                    "ChangeSet[%u].%s: %s names no change that makes an"
                                    " entity.",
                                    i, place, text);
  return NULL;
}

static gboolean
check_text (Check *self, const char *text, guint i)
{
  for (const char *at = text; *at != '\0'; at++)
    if ((guchar) *at < 0x20 && *at != '\t' && *at != '\n')
      return trestle_practice_catalog_invalid (self->ctx,
                                               "ChangeSet[%u].DetailsDocument: control characters"
                                               " are not allowed.",
                                               i);
  return TRUE;
}

/* A copy in which references have become identifiers. */
static JsonNode *
resolve_node (Check *self, JsonNode *node, guint i)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *copy = json_object_new ();
      g_autoptr (JsonNode) made = json_node_init_object (json_node_alloc (), copy);
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_unref (copy);
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          JsonNode *member = resolve_node (self, value, i);

          if (member == NULL)
            return NULL;
          json_object_set_member (copy, name, member);
        }
      return g_steal_pointer (&made);
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *copy = json_array_new ();
      g_autoptr (JsonNode) made = json_node_init_array (json_node_alloc (), copy);

      json_array_unref (copy);
      for (guint j = 0; j < json_array_get_length (json_node_get_array (node)); j++)
        {
          JsonNode *element = resolve_node (
              self, json_array_get_element (json_node_get_array (node), j), i);

          if (element == NULL)
            return NULL;
          json_array_add_element (copy, element);
        }
      return g_steal_pointer (&made);
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);
      const char *to = check_text (self, text, i) ? resolve (self, text, i, "DetailsDocument")
                                                  : NULL;

      return to != NULL ? json_node_init_string (json_node_alloc (), to) : NULL;
    }
  return json_node_copy (node);
}

/* A null member is one that is not there, but for the one that can be taken away so. */
static void
drop_nulls (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *at = names; at != NULL; at = at->next)
    if (json_object_get_null_member (object, at->data) && !g_str_equal (at->data, "Sku"))
      json_object_remove_member (object, at->data);
}

static gboolean
validate (Check *self, const char *shape_name, JsonNode *node, guint i, const char *place)
{
  const TrestleAwsModel *shapes = trestle_practice_change_shapes ();
  g_autofree char *problem = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return trestle_practice_catalog_invalid (self->ctx,
                                             "ChangeSet[%u].DetailsDocument%s: Member must be a"
                                             " structure",
                                             i, place);
  if (trestle_aws_model_validate (shapes, trestle_aws_model_get_shape (shapes, shape_name), node,
                                  &problem))
    return TRUE;
  return trestle_practice_catalog_invalid (self->ctx, "ChangeSet[%u].DetailsDocument%s: %s", i,
                                           place, problem);
}

/* What a price term looks like depends on what it says it is. */
static gboolean
validate_terms (Check *self, JsonObject *details, guint i)
{
  static const char *const known[] = { "UsageBasedPricingTerm", "FreeTrialPricingTerm",
                                       "FixedUpfrontPricingTerm", NULL };
  static const char *const others[] = { "ConfigurableUpfrontPricingTerm", "RecurringPaymentTerm",
                                        "ByolPricingTerm", NULL };
  JsonArray *terms = get_array (details, "Terms");

  for (guint j = 0; j < array_length (terms); j++)
    {
      JsonNode *term = json_array_get_element (terms, j);
      g_autofree char *place = g_strdup_printf (".Terms[%u]", j);
      const char *type = JSON_NODE_HOLDS_OBJECT (term)
                             ? get_text (json_node_get_object (term), "Type")
                             : NULL;

      if (type != NULL && g_strv_contains (others, type))
        continue;
      if (type == NULL || !g_strv_contains (known, type))
        return trestle_practice_catalog_invalid (self->ctx,
                                                 "ChangeSet[%u].DetailsDocument%s.Type: not a"
                                                 " pricing term.",
                                                 i, place);
      if (!validate (self, type, term, i, place))
        return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_change (Check *self, TrestlePracticeChange *change, guint i)
{
  g_autoptr (JsonNode) node = resolve_node (self, change->sent, i);

  if (node == NULL)
    return FALSE;
  drop_nulls (json_node_get_object (node));
  if (!validate (self, change->type->shape, node, i, "")
      || (g_str_equal (change->type->name, "UpdatePricingTerms")
          && !validate_terms (self, json_node_get_object (node), i)))
    return FALSE;
  change->details = json_node_dup_object (node);
  return TRUE;
}

static gboolean
check_owner (Check *self, const char *id, const TrestlePracticeEntity *entity)
{
  if (entity == NULL)
    return trestle_practice_catalog_missing (self->ctx, id);
  if (!g_str_equal (entity->account, self->ctx->account->number))
    return trestle_practice_fail (self->ctx, "AccessDeniedException", 0,
                                  "User: %s is not authorized to change %s.",
                                  self->ctx->account->arn, id);
  return TRUE;
}

/* The type of an entity that this set makes; NULL for one that it does not. */
static const char *
get_made_type (Check *self, const char *id)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      TrestlePracticeChange *change = self->changes->pdata[i];

      if (change->type->creates && g_str_equal (change->id, id))
        return change->type->entity;
    }
  return NULL;
}

static gboolean
check_entity_type (Check *self, TrestlePracticeChange *change, guint i, const char *type)
{
  return g_str_equal (type, change->type->entity)
         || trestle_practice_catalog_invalid (self->ctx, "ChangeSet[%u].Entity: %s is a %s.", i,
                                              change->id, type);
}

/* "prod-…", "prod-…@7" */
static gboolean
check_entity (Check *self, TrestlePracticeChange *change, guint i)
{
  const char *at = strchr (change->id, '@');
  g_autofree char *id = g_strndup (change->id, strcspn (change->id, "@"));
  g_autofree char *lock = NULL;
  g_autoptr (TrestlePracticeEntity) entity = NULL;

  if (get_made_type (self, id) != NULL)
    return check_entity_type (self, change, i, get_made_type (self, id));
  entity = trestle_practice_entity_load (self->ctx->state, id);
  if (!check_owner (self, id, entity))
    return FALSE;
  if (!check_entity_type (self, change, i, entity->type))
    return FALSE;
  if (at != NULL && g_ascii_strtoll (at + 1, NULL, 10) != entity->revision)
    return trestle_practice_catalog_invalid (
        self->ctx,
        "ChangeSet[%u].Entity.Identifier: %s is not the latest revision. The latest is"
        " %s@%" G_GINT64_FORMAT ".",
        i, change->id, id, entity->revision);
  lock = trestle_practice_get_text (self->ctx->state,
                                    "SELECT c.id FROM change_sets c JOIN change_set_entities e"
                                    " ON e.change_set = c.id WHERE e.entity = ?"
                                    " AND c.status IN ('PREPARING', 'APPLYING')",
                                    "s", id);
  if (lock != NULL)
    return trestle_practice_fail (self->ctx, "ResourceInUseException", 0,
                                  "Requested change set has entities locked by change sets %s."
                                  " Entity: %s.",
                                  lock, id);
  g_free (change->id);
  change->id = g_steal_pointer (&id);
  return TRUE;
}

static gboolean
check_offered_product (Check *self, TrestlePracticeChange *change)
{
  const char *id = get_text (change->details, "ProductId");
  g_autoptr (TrestlePracticeEntity) product = NULL;

  if (!g_str_equal (change->type->name, "CreateOffer")
      || g_strcmp0 (get_made_type (self, id), TRESTLE_PRACTICE_PRODUCT) == 0)
    return TRUE;
  /* What others sell is known to everybody, but not theirs to offer. */
  if (trestle_practice_catalogue_find_product (self->ctx->world->catalogue, id) != NULL)
    {
      product = trestle_practice_entity_load (self->ctx->state, id);
      if (product == NULL)
        return trestle_practice_fail (self->ctx, "AccessDeniedException", 0,
                                      "User: %s is not authorized to make offers of %s.",
                                      self->ctx->account->arn, id);
      return check_owner (self, id, product);
    }
  product = trestle_practice_entity_load (self->ctx->state, id);
  if (product != NULL && !g_str_equal (product->type, TRESTLE_PRACTICE_PRODUCT))
    return trestle_practice_catalog_missing (self->ctx, id);
  return check_owner (self, id, product);
}

static gboolean
check_agreement (Check *self, TrestlePracticeChange *change)
{
  const char *id = get_text (change->details, "AgreementId");
  g_autofree char *proposer = NULL;

  if (!g_str_equal (change->type->name, "CreateReplacementOffer"))
    return TRUE;
  proposer = trestle_practice_get_text (self->ctx->state,
                                        "SELECT proposer FROM agreements WHERE id = ?", "s", id);
  if (proposer == NULL)
    return trestle_practice_catalog_missing (self->ctx, id);
  if (!g_str_equal (proposer, self->ctx->account->number))
    return trestle_practice_fail (self->ctx, "AccessDeniedException", 0,
                                  "User: %s is not authorized to replace agreement %s.",
                                  self->ctx->account->arn, id);
  return TRUE;
}

static gboolean
check_repeats (Check *self)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      TrestlePracticeChange *change = self->changes->pdata[i];

      if (g_str_equal (change->type->name, "UpdateVisibility") && self->changes->len > 1)
        return trestle_practice_catalog_invalid (self->ctx,
                                                 "ChangeSet[%u]: UpdateVisibility must be the only"
                                                 " change of its change set.",
                                                 i);
      for (guint j = 0; j < i; j++)
        {
          TrestlePracticeChange *other = self->changes->pdata[j];

          if (other->type == change->type && g_str_equal (other->id, change->id))
            return trestle_practice_catalog_invalid (self->ctx,
                                                     "ChangeSet[%u]: %s is there twice for the"
                                                     " entity %s.",
                                                     i, change->type->name, change->id);
        }
    }
  return TRUE;
}

static gboolean
check_open_offers (Check *self)
{
  g_autoptr (GHashTable) offers = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 open = trestle_practice_get_int (
      self->ctx->state, 0,
      "SELECT count (DISTINCT e.entity) FROM change_sets c JOIN change_set_entities e"
      " ON e.change_set = c.id WHERE c.account = ? AND e.entity LIKE 'offer-%'"
      " AND c.status IN ('PREPARING', 'APPLYING')",
      "s", self->ctx->account->number);

  for (guint i = 0; i < self->changes->len; i++)
    {
      TrestlePracticeChange *change = self->changes->pdata[i];

      if (g_str_equal (change->type->entity, TRESTLE_PRACTICE_OFFER))
        g_hash_table_add (offers, change->id);
    }
  if (g_hash_table_size (offers) == 0 || open + g_hash_table_size (offers) <= OPEN_OFFERS)
    return TRUE;
  return trestle_practice_fail (self->ctx, "ServiceQuotaExceededException", 0,
                                "At most %d offers can be made or changed at once.", OPEN_OFFERS);
}

GPtrArray *
trestle_practice_check_changes (TrestlePracticeContext *ctx, TrestleJson in)
{
  TrestleJson list = trestle_json_member (in, "ChangeSet");
  g_autoptr (GPtrArray)
      changes = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_practice_change_free);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  Check self = { ctx, changes, names };

  for (guint i = 0; i < trestle_json_length (list); i++)
    if (!read_change (&self, trestle_json_element (list, i), i))
      return NULL;
  for (guint i = 0; i < changes->len; i++)
    {
      TrestlePracticeChange *change = changes->pdata[i];
      const char *id = change->sent_id != NULL
                           ? resolve (&self, change->sent_id, i, "Entity.Identifier")
                           : change->id;

      if (id == NULL)
        return NULL;
      if (change->id == NULL)
        change->id = g_strdup (id);
    }
  for (guint i = 0; i < changes->len; i++)
    if (!resolve_change (&self, changes->pdata[i], i))
      return NULL;
  for (guint i = 0; i < changes->len; i++)
    if (!check_entity (&self, changes->pdata[i], i)
        || !check_offered_product (&self, changes->pdata[i])
        || !check_agreement (&self, changes->pdata[i]))
      return NULL;
  return check_repeats (&self) && check_open_offers (&self) ? g_steal_pointer (&changes) : NULL;
}
