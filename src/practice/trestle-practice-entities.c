/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-catalog.h"
#include "practice/trestle-practice-entity-row.h"

static void
put_entity (TrestlePracticeContext *ctx,
            JsonBuilder *out,
            const TrestlePracticeEntity *entity,
            gboolean text)
{
  g_autoptr (JsonNode) shown = trestle_practice_entity_dup_shown (ctx->world, entity, ctx->now);
  g_autofree char *type = g_strconcat (entity->type, "@1.0", NULL);
  g_autofree char *identifier = g_strdup_printf ("%s@%" G_GINT64_FORMAT, entity->id,
                                                 entity->revision);
  g_autofree char *arn = trestle_practice_entity_dup_arn (entity);
  g_autofree char *modified = trestle_clock_format_iso (entity->modified);
  g_autofree char *details = text ? trestle_json_to_string (shown, FALSE) : NULL;

  put_text (out, "EntityType", type);
  put_text (out, "EntityIdentifier", identifier);
  put_text (out, "EntityArn", arn);
  put_text (out, "LastModifiedDate", modified);
  put_text (out, "Details", details);
  put_node (out, "DetailsDocument", shown);
}

gboolean
trestle_practice_describe_entity (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *id = trestle_json_string (in, "EntityId");
  g_autoptr (TrestlePracticeEntity) entity = NULL;

  if (!trestle_practice_catalog_check (ctx, in))
    return FALSE;
  if (strchr (id, '@') != NULL)
    return trestle_practice_catalog_invalid (ctx, "entityId: %s has a revision; leave it out.", id);
  /* There are such things at AWS; this catalogue shows products and offers. */
  if (g_str_has_prefix (id, "offerset-") || g_str_has_prefix (id, "resaleauthz-"))
    return trestle_practice_fail (ctx, "ResourceNotSupportedException", 0,
                                  "%s is of a type that is not supported.", id);
  entity = trestle_practice_entity_load (ctx->state, id);
  if (entity == NULL || !trestle_practice_may_see (ctx, entity))
    return trestle_practice_catalog_missing (ctx, id);
  put_entity (ctx, out, entity, TRUE);
  return TRUE;
}

static gboolean
is_found (TrestlePracticeContext *ctx, TrestleJson request, TrestlePracticeEntity **entity)
{
  *entity = g_strcmp0 (trestle_json_string_or (request, "Catalog", NULL), TRESTLE_PRACTICE_CATALOG)
                    == 0
                ? trestle_practice_entity_load (ctx->state,
                                                trestle_json_string (request, "EntityId"))
                : NULL;
  return *entity != NULL && trestle_practice_may_see (ctx, *entity);
}

gboolean
trestle_practice_batch_describe_entities (TrestlePracticeContext *ctx,
                                          TrestleJson in,
                                          JsonBuilder *out)
{
  TrestleJson list = trestle_json_member (in, "EntityRequestList");

  open_object (out, "EntityDetails");
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      TrestleJson request = trestle_json_element (list, i);
      g_autoptr (TrestlePracticeEntity) entity = NULL;

      if (!is_found (ctx, request, &entity))
        continue;
      open_object (out, entity->id);
      put_entity (ctx, out, entity, FALSE);
      close_object (out);
    }
  close_object (out);
  open_object (out, "Errors");
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      TrestleJson request = trestle_json_element (list, i);
      g_autoptr (TrestlePracticeEntity) entity = NULL;

      if (is_found (ctx, request, &entity))
        continue;
      open_object (out, trestle_json_string (request, "EntityId"));
      put_text (out, "ErrorCode", "ResourceNotFoundException");
      put_text (out, "ErrorMessage", "The entity was not found.");
      close_object (out);
    }
  close_object (out);
  return TRUE;
}

static gboolean
check_type (TrestlePracticeContext *ctx, const char *type)
{
  static const char *const types[] = { TRESTLE_PRACTICE_PRODUCT,
                                       TRESTLE_PRACTICE_OFFER,
                                       "AmiProduct",
                                       "ContainerProduct",
                                       "DataProduct",
                                       "SaaSProduct",
                                       "ResaleAuthorization",
                                       "OfferSet",
                                       "ProcurementPolicy",
                                       "Experience",
                                       "Audience",
                                       "BrandingSettings",
                                       NULL };

  return g_strv_contains (types, type)
         || trestle_practice_catalog_invalid (ctx,
                                              "EntityType: “%s” is not an entity type. Give it"
                                              " without a version.",
                                              type);
}

/* Old filters are a list of names, the typed ones a union with the type's name. */
static gboolean
check_filters (TrestlePracticeContext *ctx, TrestleJson in, const char *type, TrestleJson *typed)
{
  static const char *const names[] = { "EntityId",  "Name", "ProductTitle", "Visibility", "State",
                                       "ProductId", NULL };
  TrestleJson list = trestle_json_member (in, "FilterList");
  TrestleJson filters = trestle_json_member (in, "EntityTypeFilters");
  TrestleJson sort = trestle_json_member (in, "EntityTypeSort");
  g_autofree char *wanted = g_strconcat (type, "Filters", NULL);
  g_autofree char *wanted_sort = g_strconcat (type, "Sort", NULL);
  guint wild = 0;

  *typed = trestle_json_member (filters, wanted);
  if (trestle_json_exists (filters) && !trestle_json_exists (*typed))
    return trestle_practice_catalog_invalid (ctx, "EntityTypeFilters: its member for %s is %s.",
                                             type, wanted);
  if (trestle_json_exists (sort) && !trestle_json_exists (trestle_json_member (sort, wanted_sort)))
    return trestle_practice_catalog_invalid (ctx, "EntityTypeSort: its member for %s is %s.", type,
                                             wanted_sort);
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      const char *name = trestle_json_string_or (trestle_json_element (list, i), "Name", "");

      if (!g_strv_contains (names, name))
        return trestle_practice_catalog_invalid (ctx,
                                                 "FilterList[%u].Name: “%s” cannot be filtered"
                                                 " by.",
                                                 i, name);
    }
  if (trestle_json_exists (*typed))
    {
      g_autoptr (GList) members = trestle_json_names (*typed);

      if (g_list_length (members) > 8)
        return trestle_practice_catalog_invalid (ctx, "EntityTypeFilters: more than 8 filters.");
      for (GList *at = members; at != NULL; at = at->next)
        wild += trestle_json_exists (
            trestle_json_member (trestle_json_member (*typed, at->data), "WildCardValue"));
    }
  return wild <= 1
         || trestle_practice_catalog_invalid (ctx,
                                              "EntityTypeFilters: more than one WildCardValue.");
}

static gboolean
read_sort (TrestlePracticeContext *ctx,
           TrestleJson in,
           const char *type,
           const char **by,
           gboolean *ascending)
{
  g_autofree char *member = g_strconcat (type, "Sort", NULL);
  TrestleJson sort = trestle_json_member (trestle_json_member (in, "EntityTypeSort"), member);
  gboolean typed = trestle_json_exists (sort);

  if (!typed)
    sort = trestle_json_member (in, "Sort");
  *by = trestle_json_string_or (sort, "SortBy", "LastModifiedDate");
  *ascending = g_str_equal (trestle_json_string_or (sort, "SortOrder", "DESCENDING"), "ASCENDING");
  if (!typed && !g_str_equal (*by, "LastModifiedDate") && !g_str_equal (*by, "EntityId"))
    return trestle_practice_catalog_invalid (ctx,
                                             "Sort.SortBy: “%s” is neither LastModifiedDate nor"
                                             " EntityId.",
                                             *by);
  return TRUE;
}

typedef struct
{
  const char *by;
  gboolean ascending;
} Order;

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const TrestlePracticeEntityRow *one = *(const TrestlePracticeEntityRow *const *) a;
  const TrestlePracticeEntityRow *other = *(const TrestlePracticeEntityRow *const *) b;
  const Order *order = data;
  int result = trestle_practice_entity_row_compare (one, other, order->by);

  return order->ascending ? result : -result;
}

static GPtrArray *
load_rows (TrestlePracticeContext *ctx, TrestleJson in, const char *type, TrestleJson typed)
{
  gboolean shared = g_str_equal (trestle_json_string_or (in, "OwnershipType", "SELF"), "SHARED");
  g_autoptr (GPtrArray) entities = trestle_practice_entity_list (
      ctx->state, shared ? NULL : ctx->account->number, type);
  GPtrArray *rows = g_ptr_array_new_with_free_func (
      (GDestroyNotify) trestle_practice_entity_row_free);

  for (guint i = 0; i < entities->len; i++)
    {
      TrestlePracticeEntity *entity = entities->pdata[i];
      g_autoptr (TrestlePracticeEntityRow) row = NULL;

      if (shared
          && (g_str_equal (entity->account, ctx->account->number)
              || !trestle_practice_may_see (ctx, entity)))
        continue;
      row = trestle_practice_entity_row_new (entity);
      if (trestle_practice_entity_row_matches (row, trestle_json_member (in, "FilterList"), typed))
        g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  return rows;
}

gboolean
trestle_practice_list_entities (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *type = trestle_json_string (in, "EntityType");
  gint64 max = trestle_json_int_or (in, "MaxResults", 20);
  g_autoptr (GPtrArray) rows = NULL;
  TrestleJson typed;
  Order order;
  gint64 offset;

  if (!trestle_practice_catalog_check (ctx, in) || !check_type (ctx, type)
      || !check_filters (ctx, in, type, &typed)
      || !read_sort (ctx, in, type, &order.by, &order.ascending)
      || !trestle_practice_catalog_page (ctx, in, "ListEntities", &offset))
    return FALSE;
  rows = load_rows (ctx, in, type, typed);
  g_ptr_array_sort_with_data (rows, compare_rows, &order);
  open_array (out, "EntitySummaryList");
  for (gint64 i = offset; i < MIN (offset + max, (gint64) rows->len); i++)
    trestle_practice_entity_row_put (rows->pdata[i], out);
  close_array (out);
  trestle_practice_catalog_put_token (ctx, in, "ListEntities", offset + max, rows->len, out);
  return TRUE;
}
