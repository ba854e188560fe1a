/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-agreement.h"

typedef struct
{
  const char *party;
  const char *type;
  const char *status;
  const char *resource;
  const char *resource_type;
  const char *offer;
  const char *offer_set;
  gint64 before;
  gint64 after;
} Filters;

static gboolean
read_time (TrestlePracticeContext *ctx, const char *name, const char *value, gint64 *time)
{
  char *end;
  gint64 seconds = g_ascii_strtoll (value, &end, 10);

  if (*end == '\0' && end != value)
    *time = seconds * TRESTLE_SECOND;
  else if (!trestle_clock_parse (value, time))
    return trestle_practice_agreement_invalid (ctx, "INVALID_FILTER_VALUES",
                                               "%s takes a time, not %s.", name, value);
  return TRUE;
}

static gboolean
check_value (TrestlePracticeContext *ctx,
             const char *name,
             const char *value,
             const char *const *values)
{
  if (g_strv_contains (values, value))
    return TRUE;
  return trestle_practice_agreement_invalid (ctx, "INVALID_FILTER_VALUES",
                                             "Filter %s does not take %s.", name, value);
}

static gboolean
read_filter (TrestlePracticeContext *ctx, TrestleJson filter, Filters *filters)
{
  static const char *const parties[] = { "Acceptor", "Proposer", NULL };
  static const char *const types[] = { "PurchaseAgreement", NULL };
  static const char *const statuses[] = { "ACTIVE",     "ARCHIVED", "CANCELLED",   "EXPIRED",
                                          "RENEWED",    "REPLACED", "ROLLED_BACK", "SUPERSEDED",
                                          "TERMINATED", NULL };
  const char *name = trestle_json_string_or (filter, "name", "");
  TrestleJson values = trestle_json_member (filter, "values");
  const char *value = trestle_json_self_string (trestle_json_element (values, 0));

  if (trestle_json_length (values) != 1 || value == NULL)
    return trestle_practice_agreement_invalid (ctx, "INVALID_FILTER_VALUES",
                                               "Filter %s takes exactly one value.", name);
  if (g_str_equal (name, "PartyType"))
    return check_value (ctx, name, filters->party = value, parties);
  if (g_str_equal (name, "AgreementType"))
    return check_value (ctx, name, filters->type = value, types);
  if (g_str_equal (name, "Status"))
    return check_value (ctx, name, filters->status = value, statuses);
  if (g_str_equal (name, "ResourceIdentifier"))
    filters->resource = value;
  else if (g_str_equal (name, "ResourceType"))
    filters->resource_type = value;
  else if (g_str_equal (name, "OfferId"))
    filters->offer = value;
  else if (g_str_equal (name, "OfferSetId"))
    filters->offer_set = value;
  else if (g_str_equal (name, "BeforeEndTime"))
    return read_time (ctx, name, value, &filters->before);
  else if (g_str_equal (name, "AfterEndTime"))
    return read_time (ctx, name, value, &filters->after);
  else
    return trestle_practice_agreement_invalid (ctx, "INVALID_FILTER_NAME", "There is no filter %s.",
                                               name);
  return TRUE;
}

static gboolean
check_combination (TrestlePracticeContext *ctx, const Filters *filters)
{
  guint one_of = (filters->resource != NULL) + (filters->offer != NULL)
                 + (filters->offer_set != NULL) + (filters->resource_type != NULL);

  if (filters->party == NULL || filters->type == NULL || one_of > 1
      || (filters->resource_type != NULL && filters->status != NULL))
    return trestle_practice_agreement_invalid (ctx, "UNSUPPORTED_FILTERS",
                                               "This combination of filters is not supported.");
  return TRUE;
}

gboolean
trestle_practice_search_agreements (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  Filters filters = { 0 };
  TrestleJson list = trestle_json_member (in, "filters");
  TrestleJson sort = trestle_json_member (in, "sort");
  g_autofree char *scope = trestle_practice_scope ("SearchAgreements", in);
  g_autofree char *sql = NULL;
  g_autoptr (sqlite3_stmt) rows = NULL;
  gboolean ascending = g_str_equal (trestle_json_string_or (sort, "sortOrder", ""), "ASCENDING");
  gint64 max = trestle_json_int_or (in, "maxResults", 50);
  gint64 offset, seen = 0;
  gboolean more = FALSE;

  if (g_strcmp0 (trestle_json_string_or (in, "catalog", "AWSMarketplace"), "AWSMarketplace") != 0)
    return trestle_practice_agreement_invalid (ctx, "INVALID_CATALOG", "There is no such catalog.");
  if (g_strcmp0 (trestle_json_string_or (sort, "sortBy", "EndTime"), "EndTime") != 0)
    return trestle_practice_agreement_invalid (ctx, "INVALID_SORT_BY",
                                               "Agreements are sorted by EndTime only.");
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), scope,
                                   &offset))
    return trestle_practice_agreement_invalid (ctx, "INVALID_NEXT_TOKEN",
                                               "nextToken is not of this request.");
  for (guint i = 0; i < trestle_json_length (list); i++)
    if (!read_filter (ctx, trestle_json_element (list, i), &filters))
      return FALSE;
  if (!check_combination (ctx, &filters))
    return FALSE;
  trestle_practice_agreement_settle (ctx->state, ctx->now);

  /* Without an end sorts as the latest; newest acceptance first among equals. */
  sql = g_strconcat (
      TRESTLE_PRACTICE_AGREEMENT
      "WHERE (CASE WHEN ?1 = 'Proposer' THEN proposer ELSE account END) = ?2"
      " AND (?3 IS NULL OR status = ?3) AND (?4 IS NULL OR product = ?4)"
      " AND (?5 IS NULL OR ?5 = 'MachineLearningProduct') AND (?6 IS NULL OR offer = ?6)"
      " AND ?7 IS NULL AND (?8 = 0 OR (ends > 0 AND ends < ?8)) AND (?9 = 0 OR ends > ?9)"
      " ORDER BY ",
      ascending ? "ends = 0, ends, accepted, id" : "ends = 0 DESC, ends DESC, accepted DESC, id",
      NULL);
  rows = trestle_practice_query (ctx->state, sql, "sssssssii", filters.party, ctx->account->number,
                                 filters.status, filters.resource, filters.resource_type,
                                 filters.offer, filters.offer_set, filters.before, filters.after);

  open_array (out, "agreementViewSummaries");
  for (; trestle_practice_next (rows); seen++)
    {
      if (seen < offset)
        continue;
      if (seen >= offset + max)
        {
          more = TRUE;
          break;
        }
      open_object (out, NULL);
      trestle_practice_put_agreement (ctx, out, rows);
      open_array (out, "entitlements");
      open_object (out, NULL);
      put_text (out, "licenseArn", trestle_practice_column_text (rows, 10));
      close_object (out);
      close_array (out);
      close_object (out);
    }
  close_array (out);
  if (more)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, offset + max);

      put_text (out, "nextToken", token);
    }
  return TRUE;
}
