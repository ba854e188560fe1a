/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-change-set-builder.h"

#include <string.h>

#include "domain/trestle-change-set-private.h"
#include "domain/trestle-draft-field.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define PRODUCT_TYPE "MachineLearningProduct@1.0"
#define OFFER_TYPE "Offer@1.0"
#define PRODUCT_CHANGE "CreateProductChange"
#define OFFER_CHANGE "CreateOfferChange"

/* A value longer than this is not told in the words. */
#define TOLD 80

void
trestle_change_build_add (TrestleChangeBuild *build,
                          const char *change_type,
                          gboolean offer,
                          JsonNode *details,
                          GStrvBuilder *words)
{
  g_autoptr (JsonNode) document = details;
  g_autoptr (GStrvBuilder) ending = words;
  g_auto (GStrv) lines = g_strv_builder_end (ending);
  gboolean creates = g_str_has_prefix (change_type, "Create");
  const char *identifier = offer ? build->offer_id : build->product_id;
  g_autoptr (TrestleChange) change = g_object_new (
      TRESTLE_TYPE_CHANGE, "change-type", change_type, "entity-type",
      offer ? OFFER_TYPE : PRODUCT_TYPE, "identifier", creates ? NULL : identifier, "name",
      creates ? (offer ? OFFER_CHANGE : PRODUCT_CHANGE) : NULL, "details", document, "words", lines,
      NULL);

  g_list_store_append (build->changes, change);
}

GStrvBuilder *
trestle_change_build_words (char *first)
{
  GStrvBuilder *words = g_strv_builder_new ();

  g_strv_builder_take (words, first);
  return words;
}

char *
trestle_change_build_dup_address (TrestleChangeBuild *build, const char *file)
{
  const char *address = NULL;

  if (g_str_has_prefix (file, "https://") || g_str_has_prefix (file, "http://"))
    return g_strdup (file);
  if (build->options->addresses != NULL)
    address = g_hash_table_lookup (build->options->addresses, file);
  if (address == NULL)
    g_strv_builder_add (build->files, file);
  return g_strdup (address != NULL ? address : file);
}

JsonNode *
trestle_change_build_copy (JsonNode *node, const char *pattern)
{
  const TrestleDraftField *field = trestle_draft_field_find (pattern);

  if (field == NULL || trestle_draft_node_is_empty (node))
    return NULL;
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_OBJECT && JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_object_new ();
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_autofree char *below = g_strconcat (pattern, ".", name, NULL);
          JsonNode *part = trestle_change_build_copy (member, below);

          if (part != NULL)
            json_object_set_member (object, name, part);
        }
      return trestle_node_take_object (object);
    }
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_LIST && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_array_new ();
      g_autofree char *below = g_strconcat (pattern, "[]", NULL);

      for (guint i = 0; i < trestle_node_length (node); i++)
        {
          JsonNode *part = trestle_change_build_copy (trestle_node_element (node, i), below);

          if (part != NULL)
            json_array_add_element (array, part);
        }
      return trestle_node_take_array (array);
    }
  return trestle_draft_dup_node (node);
}

char *
trestle_change_build_dup_words (const char *pattern, JsonNode *value)
{
  const TrestleDraftField *field = trestle_draft_field_find (pattern);
  const char *label = field != NULL ? _ (field->label) : pattern;
  const char *text = trestle_node_self_text (value);

  if (trestle_draft_node_is_empty (value))
    return g_strdup_printf (_ ("Remove “%s”"), label);
  if (text != NULL && strlen (text) <= TOLD && strchr (text, '\n') == NULL)
    return g_strdup_printf (_ ("Set “%s” to “%s”"), label, text);
  return g_strdup_printf (_ ("Change “%s”"), label);
}

/* ChangeSetName allows few characters: letters without accents, digits, space and +=.:@-_ */
static char *
dup_name (const char *prefix, const char *title)
{
  g_autofree char *ascii = g_str_to_ascii (title, "C");
  g_autofree char *name = g_strconcat (prefix, ascii, NULL);

  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (" +=.:@-_", *p) == NULL)
      *p = '-';
  return g_strndup (name, 100);
}

static char *
dup_identifier (TrestleChangeBuild *build, JsonNode *part, JsonNode *base, const char *created)
{
  const char *id = trestle_node_text (part, "Identifier");
  JsonNode *revision;

  if (id == NULL)
    id = trestle_node_text (base, "Identifier");
  if (id == NULL)
    return g_strdup_printf ("$%s.Entity.Identifier", created);
  revision = trestle_node_member (base != NULL ? base : part, "Revision");
  if (build->options->lock && revision != NULL
      && json_node_get_value_type (revision) == G_TYPE_INT64)
    return g_strdup_printf ("%s@%" G_GINT64_FORMAT, id, json_node_get_int (revision));
  return g_strdup (id);
}

TrestleChangeSet *
trestle_change_build_end (TrestleChangeBuild *build, const char *prefix, const char *title)
{
  g_auto (GStrv) files = g_strv_builder_end (build->files);
  g_auto (GStrv) later = g_strv_builder_end (build->later);
  g_autofree char *name = dup_name (prefix, title);

  return g_object_new (TRESTLE_TYPE_CHANGE_SET, "name", name, "changes", build->changes, "files",
                       files, "later", later, NULL);
}

void
trestle_change_build_begin (TrestleChangeBuild *build)
{
  build->changes = g_list_store_new (TRESTLE_TYPE_CHANGE);
  build->files = g_strv_builder_new ();
  build->later = g_strv_builder_new ();
}

void
trestle_change_build_clear (TrestleChangeBuild *build)
{
  g_clear_object (&build->changes);
  g_clear_pointer (&build->files, g_strv_builder_unref);
  g_clear_pointer (&build->later, g_strv_builder_unref);
  g_clear_pointer (&build->product_id, g_free);
  g_clear_pointer (&build->offer_id, g_free);
}

TrestleChangeSet *
trestle_change_set_build (TrestleDraft *draft,
                          TrestleDraft *base,
                          const TrestleChangeSetOptions *options)
{
  static const TrestleChangeSetOptions none = { NULL };
  g_auto (TrestleChangeBuild) build = { .options = options != NULL ? options : &none };
  JsonNode *before = base != NULL ? trestle_draft_get_root (base) : NULL;

  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft), NULL);
  trestle_change_build_begin (&build);
  build.draft = trestle_draft_get_root (draft);
  build.product = trestle_node_member (build.draft, "Product");
  build.offer = trestle_node_member (build.draft, "Offer");
  build.versions = trestle_node_member (build.draft, "Versions");
  build.base_product = trestle_node_member (before, "Product");
  build.base_offer = trestle_node_member (before, "Offer");
  build.base_versions = trestle_node_member (before, "Versions");
  build.new_product = trestle_node_text (build.product, "Identifier") == NULL
                      && trestle_node_text (build.base_product, "Identifier") == NULL;
  if (build.new_product) /* a base that AWS never had says nothing */
    build.base_product = build.base_offer = build.base_versions = NULL;
  build.new_offer = build.new_product
                    || (trestle_node_text (build.offer, "Identifier") == NULL
                        && trestle_node_text (build.base_offer, "Identifier") == NULL);
  if (build.new_offer)
    build.base_offer = NULL;
  build.product_id = build.new_product ? g_strdup ("$" PRODUCT_CHANGE ".Entity.Identifier")
                                       : dup_identifier (&build, build.product, build.base_product,
                                                         PRODUCT_CHANGE);
  build.offer_id = build.new_offer
                       ? g_strdup (TRESTLE_CHANGE_NEW_OFFER)
                       : dup_identifier (&build, build.offer, build.base_offer, OFFER_CHANGE);

  trestle_change_build_product (&build);
  trestle_change_build_offer (&build);
  return trestle_change_build_end (&build, build.new_product ? "New: " : "Update: ",
                                   trestle_draft_get_text (draft, "Product.ProductTitle"));
}

TrestleChangeSet *
trestle_change_set_new_visibility (const char *product_id,
                                   const char *title,
                                   const char *visibility,
                                   const char *replacement)
{
  static const TrestleChangeSetOptions none = { NULL };
  g_auto (TrestleChangeBuild) build = { .options = &none, .product_id = g_strdup (product_id) };
  JsonObject *details = json_object_new ();
  GStrvBuilder *words;
  g_autofree char *prefix = g_strconcat (visibility, ": ", NULL);

  trestle_change_build_begin (&build);
  json_object_set_string_member (details, "TargetVisibility", visibility);
  if (g_strcmp0 (visibility, "Public") == 0)
    words = trestle_change_build_words (
        g_strdup (_ ("Show the product to everybody, after a review by AWS")));
  else if (g_strcmp0 (visibility, "Limited") == 0)
    words = trestle_change_build_words (g_strdup (_ ("Show the product to you and testers alone")));
  else
    words = trestle_change_build_words (
        g_strdup (_ ("Take the product off the market; existing subscribers keep it")));
  if (replacement != NULL && *replacement != '\0')
    {
      json_object_set_string_member (details, "ReplacementProductId", replacement);
      g_strv_builder_take (words, g_strdup_printf (_ ("Send buyers to %s instead"), replacement));
    }
  trestle_change_build_add (&build, "UpdateVisibility", FALSE, trestle_node_take_object (details),
                            words);
  return trestle_change_build_end (&build, prefix, title != NULL ? title : product_id);
}

static JsonNode *
change_to_json (TrestleChange *change)
{
  JsonObject *object = json_object_new ();
  JsonObject *entity = json_object_new ();

  json_object_set_string_member (object, "ChangeType", trestle_change_get_change_type (change));
  if (trestle_change_get_name (change) != NULL)
    json_object_set_string_member (object, "ChangeName", trestle_change_get_name (change));
  json_object_set_string_member (entity, "Type", trestle_change_get_entity_type (change));
  if (trestle_change_get_identifier (change) != NULL)
    json_object_set_string_member (entity, "Identifier", trestle_change_get_identifier (change));
  json_object_set_object_member (object, "Entity", entity);
  json_object_set_member (
      object, "DetailsDocument",
      trestle_draft_dup_node ((JsonNode *) trestle_change_get_details (change)));
  return trestle_node_take_object (object);
}

gboolean
trestle_change_set_can_validate (TrestleChange *change)
{
  const char *identifier;

  g_return_val_if_fail (TRESTLE_IS_CHANGE (change), FALSE);

  identifier = trestle_change_get_identifier (change);
  return g_str_equal (trestle_change_get_change_type (change), "AddDeliveryOptions")
         && identifier != NULL && *identifier != '$';
}

TrestleChangeSet *
trestle_change_set_dup_checkable (TrestleChangeSet *self)
{
  g_autoptr (GListStore) some = g_list_store_new (TRESTLE_TYPE_CHANGE);
  GListModel *all;

  g_return_val_if_fail (TRESTLE_IS_CHANGE_SET (self), NULL);

  all = trestle_change_set_get_changes (self);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (all, i);

      if (trestle_change_set_can_validate (change))
        g_list_store_append (some, change);
    }
  return g_object_new (TRESTLE_TYPE_CHANGE_SET, "name", trestle_change_set_get_name (self),
                       "changes", some, NULL);
}

JsonNode *
trestle_change_set_to_json (TrestleChangeSet *self, const char *token, const char *intent)
{
  JsonObject *object = json_object_new ();
  JsonArray *changes = json_array_new ();
  GListModel *list = trestle_change_set_get_changes (self);

  json_object_set_string_member (object, "Catalog", "AWSMarketplace");
  json_object_set_string_member (object, "ChangeSetName", trestle_change_set_get_name (self));
  if (token != NULL)
    json_object_set_string_member (object, "ClientRequestToken", token);
  if (intent != NULL)
    json_object_set_string_member (object, "Intent", intent);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (list, i);

      json_array_add_element (changes, change_to_json (change));
    }
  json_object_set_array_member (object, "ChangeSet", changes);
  return trestle_node_take_object (object);
}
