/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-own-products.h"

#include "base/trestle-future.h"
#include "base/trestle-json.h"
#include "base/trestle-paths.h"
#include "services/trestle-catalog-service.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define INTERVAL_SECONDS 120
#define PRACTICE_SECONDS 5

struct _TrestleOwnProducts
{
  TrestleRemoteList parent_instance;

  GListStore *offers; /* private ones */
};

G_DEFINE_FINAL_TYPE (TrestleOwnProducts, trestle_own_products, TRESTLE_TYPE_REMOTE_LIST)

static const char *
get_key (gpointer item)
{
  return trestle_own_product_get_id (item);
}

static gint64
offer_revision (TrestleOwnProduct *self)
{
  TrestleEntity *offer = trestle_own_product_get_offer (self);

  return offer != NULL ? trestle_entity_get_revision (offer) : -1;
}

static gboolean
is_same (gpointer a, gpointer b)
{
  return trestle_own_product_get_revision (a) == trestle_own_product_get_revision (b)
         && offer_revision (a) == offer_revision (b)
         && trestle_own_product_get_modified (a) == trestle_own_product_get_modified (b)
         && g_strcmp0 (trestle_own_product_get_visibility (a),
                       trestle_own_product_get_visibility (b))
                == 0;
}

/* Offers to buyers by name are private; the one to everybody that was released is the public one. */
static gboolean
is_private (TrestleEntity *offer)
{
  const char *const *buyers = trestle_entity_get_buyer_accounts (offer);
  const char *const *targeting = trestle_entity_get_targeting (offer);

  return (buyers != NULL && buyers[0] != NULL)
         || (targeting != NULL && g_strv_contains (targeting, "BuyerAccounts"));
}

/* Returns: (transfer none) (nullable): of @product; a released one before one that is a draft */
static TrestleEntity *
find_public_offer (GListModel *offers, const char *product)
{
  TrestleEntity *best = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (TrestleEntity) offer = g_list_model_get_item (offers, i);

      if (g_strcmp0 (trestle_entity_get_product_id (offer), product) != 0 || is_private (offer))
        continue;
      if (best == NULL || g_strcmp0 (trestle_entity_get_state (best), "Released") != 0)
        best = offer; /* the list keeps it */
    }
  return best;
}

static void
read_versions (TrestleJson document, gint64 *n_versions, TrestleProductKind *kind)
{
  TrestleJson versions = trestle_json_member (document, "Versions");
  guint length = trestle_json_length (versions);

  for (guint i = 0; i < length; i++)
    {
      TrestleJson version = trestle_json_element (versions, i);
      TrestleJson option = trestle_json_element (trestle_json_member (version, "DeliveryOptions"),
                                                 0);
      TrestleJson source = trestle_json_element (trestle_json_member (version, "Sources"), 0);

      if (g_strcmp0 (trestle_json_string_or (option, "Visibility", NULL), "Restricted") != 0)
        *n_versions += 1;
      if (trestle_json_exists (trestle_json_member (source, "AlgorithmArn")))
        *kind = TRESTLE_PRODUCT_KIND_ALGORITHM;
    }
}

/* Members that are missing or odd read as if they were not there: drafts lack most. */
static TrestleOwnProduct *
make_product (TrestleEntity *entity, TrestleEntity *offer)
{
  g_autoptr (TrestleJsonDoc)
      doc = trestle_json_doc_new ((JsonNode *) trestle_entity_get_document (entity));
  TrestleJson document = trestle_json_root (doc);
  TrestleJson description = trestle_json_member (document, "Description");
  TrestleJson targeting = trestle_json_member (trestle_json_member (document, "Targeting"),
                                               "PositiveTargeting");
  TrestleJson promotion = trestle_json_member (document, "PromotionalResources");
  const char *id = trestle_entity_get_id (entity);
  const char *title = trestle_json_string_or (description, "ProductTitle", NULL);
  g_autofree char *slug = trestle_slug (title != NULL ? title : id);
  g_auto (GStrv) testers = trestle_json_dup_strv (targeting, "BuyerAccounts");
  TrestleProductKind kind = TRESTLE_PRODUCT_KIND_MODEL;
  gint64 n_versions = 0;
  gint64 modified = trestle_entity_get_modified (entity);

  if (offer != NULL)
    modified = MAX (modified, trestle_entity_get_modified (offer));
  read_versions (document, &n_versions, &kind);
  return g_object_new (TRESTLE_TYPE_OWN_PRODUCT, "id", id, "slug", slug, "title",
                       title != NULL ? title : id, "kind", kind, "visibility",
                       trestle_json_string_or (description, "Visibility", "Draft"), "logo-url",
                       trestle_json_string_or (promotion, "LogoUrl", NULL), "revision",
                       trestle_entity_get_revision (entity), "modified", modified, "n-versions",
                       n_versions, "testers", testers, "product", entity, "offer", offer, NULL);
}

static TrestleEntity *
find_entity (GListModel *entities, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (entities); i++)
    {
      g_autoptr (TrestleEntity) entity = g_list_model_get_item (entities, i);

      if (g_strcmp0 (trestle_entity_get_id (entity), id) == 0)
        return entity; /* the list keeps it */
    }
  return NULL;
}

/* Whether neither @summary nor @offer has changed since @known was read. */
static gboolean
is_current (TrestleOwnProduct *known, TrestleEntity *summary, TrestleEntity *offer)
{
  TrestleEntity *product, *known_offer;

  if (known == NULL)
    return FALSE;
  product = trestle_own_product_get_product (known);
  known_offer = trestle_own_product_get_offer (known);
  return trestle_entity_get_modified (product) == trestle_entity_get_modified (summary)
         && (known_offer == NULL) == (offer == NULL)
         && (offer == NULL
             || (g_strcmp0 (trestle_entity_get_id (known_offer), trestle_entity_get_id (offer)) == 0
                 && trestle_entity_get_modified (known_offer)
                        == trestle_entity_get_modified (offer)));
}

/* Reads in full what changed, and makes products of all. */
static GListModel *
complete (TrestleOwnProducts *self, GListModel *summaries, GListModel *offers, GError **error)
{
  TrestleRemoteList *list = TRESTLE_REMOTE_LIST (self);
  TrestleContext *context = trestle_remote_list_get_context (list);
  g_autoptr (GListStore) all = g_list_store_new (TRESTLE_TYPE_OWN_PRODUCT);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GListModel) described = NULL;
  g_auto (GStrv) ids = NULL;
  guint n = g_list_model_get_n_items (summaries);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleEntity) summary = g_list_model_get_item (summaries, i);
      const char *id = trestle_entity_get_id (summary);
      TrestleEntity *offer = find_public_offer (offers, id);

      if (is_current (trestle_remote_list_find (list, id), summary, offer))
        continue;
      g_strv_builder_add (builder, id);
      if (offer != NULL)
        g_strv_builder_add (builder, trestle_entity_get_id (offer));
    }
  ids = g_strv_builder_end (builder);
  described = dex_await_object (
      trestle_catalog_service_describe_all (context->client, (const char *const *) ids), error);
  if (described == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleEntity) summary = g_list_model_get_item (summaries, i);
      const char *id = trestle_entity_get_id (summary);
      TrestleEntity *entity = find_entity (described, id);
      TrestleOwnProduct *known = trestle_remote_list_find (list, id);

      if (entity != NULL)
        {
          TrestleEntity *offer = find_public_offer (offers, id);
          g_autoptr (TrestleOwnProduct) product = make_product (
              entity,
              offer != NULL ? find_entity (described, trestle_entity_get_id (offer)) : NULL);

          g_list_store_append (all, product);
        }
      else if (known != NULL)
        {
          g_list_store_append (all, known);
        }
    }
  return G_LIST_MODEL (g_steal_pointer (&all));
}

static void
take_offers (TrestleOwnProducts *self, GListModel *offers)
{
  g_autoptr (GPtrArray) private = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (TrestleEntity) offer = g_list_model_get_item (offers, i);

      if (is_private (offer))
        g_ptr_array_add (private, g_steal_pointer (&offer));
    }
  g_list_store_splice (self->offers, 0, g_list_model_get_n_items (G_LIST_MODEL (self->offers)),
                       private->pdata, private->len);
}

static GListModel *
load (TrestleRemoteList *list, GError **error)
{
  TrestleOwnProducts *self = TRESTLE_OWN_PRODUCTS (list);
  TrestleContext *context = trestle_remote_list_get_context (list);
  g_autoptr (GListModel) offers = NULL;
  g_autoptr (GListModel)
      summaries = dex_await_object (trestle_catalog_service_list_products (context->client), error);
  GListModel *all;

  if (summaries == NULL)
    return NULL;
  offers = dex_await_object (trestle_catalog_service_list_offers (context->client, NULL), error);
  if (offers == NULL)
    return NULL;
  all = complete (self, summaries, offers, error);
  if (all != NULL)
    take_offers (self, offers);
  return all;
}

static guint
get_interval (TrestleRemoteList *list)
{
  return trestle_context_is_practice (trestle_remote_list_get_context (list)) ? PRACTICE_SECONDS
                                                                              : INTERVAL_SECONDS;
}

static void
trestle_own_products_finalize (GObject *object)
{
  TrestleOwnProducts *self = TRESTLE_OWN_PRODUCTS (object);

  g_clear_object (&self->offers);
  G_OBJECT_CLASS (trestle_own_products_parent_class)->finalize (object);
}

static void
trestle_own_products_class_init (TrestleOwnProductsClass *klass)
{
  TrestleRemoteListClass *list_class = TRESTLE_REMOTE_LIST_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = trestle_own_products_finalize;
  list_class->load = load;
  list_class->get_key = get_key;
  list_class->is_same = is_same;
  list_class->get_interval = get_interval;
}

static void
trestle_own_products_init (TrestleOwnProducts *self)
{
  self->offers = g_list_store_new (TRESTLE_TYPE_ENTITY);
}

TrestleOwnProducts *
trestle_own_products_new (TrestleContext *context)
{
  TrestleOwnProducts *self = g_object_new (TRESTLE_TYPE_OWN_PRODUCTS, NULL);

  trestle_remote_list_set_context (TRESTLE_REMOTE_LIST (self), context);
  return self;
}

GListModel *
trestle_own_products_get_offers (TrestleOwnProducts *self)
{
  g_return_val_if_fail (TRESTLE_IS_OWN_PRODUCTS (self), NULL);
  return G_LIST_MODEL (self->offers);
}

typedef struct
{
  TrestleOwnProducts *products;
  char *name;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->products);
  g_free (self->name);
  g_free (self);
}

static DexFuture *
ask (TrestleOwnProducts *self, const char *name, DexFiberFunc fiber)
{
  Question *question = g_new0 (Question, 1);

  question->products = g_object_ref (self);
  question->name = g_strdup (name);
  return trestle_fiber_spawn (fiber, question, question_free);
}

static TrestleOwnProduct *
describe (TrestleOwnProducts *self, const char *id, GError **error)
{
  TrestleContext *context = trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self));
  g_autoptr (TrestleEntity) entity = NULL;
  g_autoptr (TrestleEntity) offer = NULL;
  g_autoptr (GListModel) offers = NULL;
  TrestleEntity *summary;

  if (!dex_await (trestle_context_ready (context), error))
    return NULL;
  entity = dex_await_object (trestle_catalog_service_describe (context->client, id), error);
  if (entity == NULL)
    return NULL;
  offers = dex_await_object (trestle_catalog_service_list_offers (context->client, id), error);
  if (offers == NULL)
    return NULL;
  summary = find_public_offer (offers, id);
  if (summary != NULL)
    {
      offer = dex_await_object (
          trestle_catalog_service_describe (context->client, trestle_entity_get_id (summary)),
          error);
      if (offer == NULL)
        return NULL;
    }
  return make_product (entity, offer);
}

static DexFuture *
describe_fiber (gpointer data)
{
  Question *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleOwnProduct) product = describe (self->products, self->name, &error);

  if (product == NULL)
    return trestle_future_error (error);
  if (trestle_remote_list_get_loaded (TRESTLE_REMOTE_LIST (self->products)))
    trestle_remote_list_put (TRESTLE_REMOTE_LIST (self->products), product);
  return dex_future_new_take_object (g_steal_pointer (&product));
}

DexFuture *
trestle_own_products_describe (TrestleOwnProducts *self, const char *id)
{
  g_return_val_if_fail (TRESTLE_IS_OWN_PRODUCTS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return ask (self, id, describe_fiber);
}

/* Returns: (transfer full) (nullable): the identifier of the one product that @name means */
static char *
find_id (GListModel *summaries, const char *name, GError **error)
{
  g_autofree char *slug = trestle_slug (name);
  g_autoptr (GString) titles = g_string_new (NULL);
  const char *found = NULL;
  guint n = g_list_model_get_n_items (summaries);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleEntity) summary = g_list_model_get_item (summaries, i);
      const char *title = trestle_entity_get_name (summary);
      g_autofree char *other = trestle_slug (title != NULL ? title : "");

      if (g_strcmp0 (trestle_entity_get_id (summary), name) == 0)
        return g_strdup (name);
      if (*other == '\0')
        continue;
      g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "", other);
      if (!g_str_equal (other, slug))
        continue;
      if (found != NULL)
        {
          g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_AMBIGUOUS,
                       _ ("%s and %s are both called “%s”; say which by its identifier"), found,
                       trestle_entity_get_id (summary), name);
          return NULL;
        }
      found = trestle_entity_get_id (summary); /* the list keeps it */
    }
  if (found != NULL)
    return g_strdup (found);
  if (titles->len > 0)
    g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                 _ ("This account sells nothing called “%s”; it has %s"), name, titles->str);
  else
    g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                 _ ("This account sells nothing called “%s”, nor anything else"), name);
  return NULL;
}

static DexFuture *
resolve_fiber (gpointer data)
{
  Question *self = data;
  TrestleContext *context = trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self->products));
  g_autoptr (GListModel) summaries = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (!dex_await (trestle_context_ready (context), &error))
    return trestle_future_error (error);
  summaries = dex_await_object (trestle_catalog_service_list_products (context->client), &error);
  if (summaries == NULL)
    return trestle_future_error (error);
  id = find_id (summaries, self->name, &error);
  if (id == NULL)
    return trestle_future_error (error);
  return trestle_own_products_describe (self->products, id);
}

DexFuture *
trestle_own_products_resolve (TrestleOwnProducts *self, const char *name)
{
  g_return_val_if_fail (TRESTLE_IS_OWN_PRODUCTS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return ask (self, name, resolve_fiber);
}

DexFuture *
trestle_own_products_describe_offer (TrestleOwnProducts *self, const char *id)
{
  TrestleContext *context;

  g_return_val_if_fail (TRESTLE_IS_OWN_PRODUCTS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  context = trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self));
  return trestle_catalog_service_describe (context->client, id);
}
