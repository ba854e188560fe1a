/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-agreement.h"

gboolean
trestle_practice_agreement_is_provisioned (TrestlePracticeState *state,
                                           const char *account,
                                           const char *product,
                                           gint64 now)
{
  return trestle_practice_get_int (state, 0,
                                   "SELECT 1 FROM agreements WHERE account = ? AND product = ?"
                                   " AND status = 'ACTIVE' AND provisioned <= ?"
                                   " AND (ends = 0 OR ends > ?)",
                                   "ssii", account, product, now, now)
         != 0;
}

void
trestle_practice_agreement_settle (TrestlePracticeState *state, gint64 now)
{
  trestle_practice_run (state,
                        "UPDATE agreements SET status = 'EXPIRED'"
                        " WHERE status = 'ACTIVE' AND ends > 0 AND ends <= ?",
                        "i", now);
}

char *
trestle_practice_agreement_find_active (TrestlePracticeState *state,
                                        const char *account,
                                        const char *product)
{
  return trestle_practice_get_text (state,
                                    "SELECT id FROM agreements WHERE account = ? AND product = ?"
                                    " AND status = 'ACTIVE'",
                                    "ss", account, product);
}

/* Columns of TRESTLE_PRACTICE_AGREEMENT. */
enum
{
  ID,
  ACCOUNT,
  PROPOSER,
  PRODUCT,
  OFFER,
  STATUS,
  VALUE,
  ACCEPTED,
  ENDS,
  PROVISIONED,
  LICENSE,
  TERMS,
};

static void
put_resource (JsonBuilder *out, const char *name, const char *product)
{
  open_object (out, name);
  put_text (out, "id", product);
  put_text (out, "type", "MachineLearningProduct");
  close_object (out);
}

void
trestle_practice_put_agreement (TrestlePracticeContext *ctx, JsonBuilder *out, sqlite3_stmt *rows)
{
  put_text (out, "agreementId", trestle_practice_column_text (rows, ID));
  put_text (out, "agreementType", "PurchaseAgreement");
  put_text (out, "status", trestle_practice_column_text (rows, STATUS));
  open_object (out, "acceptor");
  put_text (out, "accountId", trestle_practice_column_text (rows, ACCOUNT));
  close_object (out);
  open_object (out, "proposer");
  put_text (out, "accountId", trestle_practice_column_text (rows, PROPOSER));
  close_object (out);
  put_time (out, "acceptanceTime", sqlite3_column_int64 (rows, ACCEPTED));
  put_time (out, "startTime", sqlite3_column_int64 (rows, ACCEPTED));
  put_time (out, "endTime", sqlite3_column_int64 (rows, ENDS));
  open_object (out, "proposalSummary");
  put_text (out, "offerId", trestle_practice_column_text (rows, OFFER));
  open_array (out, "resources");
  put_resource (out, NULL, trestle_practice_column_text (rows, PRODUCT));
  close_array (out);
  close_object (out);
}

/* Both parties may look at an agreement. */
static sqlite3_stmt *
find_agreement (TrestlePracticeContext *ctx, TrestleJson in)
{
  const char *id = trestle_json_string (in, "agreementId");
  sqlite3_stmt *rows = trestle_practice_query (
      ctx->state, TRESTLE_PRACTICE_AGREEMENT "WHERE id = ?1 AND (account = ?2 OR proposer = ?2)",
      "ss", id, ctx->account->number);

  if (trestle_practice_next (rows))
    return rows;
  g_clear_pointer (&rows, sqlite3_finalize);
  trestle_practice_agreement_missing (ctx, "Agreement", id);
  return NULL;
}

static gboolean
describe_agreement (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autoptr (sqlite3_stmt) rows = NULL;

  trestle_practice_agreement_settle (ctx->state, ctx->now);
  rows = find_agreement (ctx, in);
  if (rows == NULL)
    return FALSE;
  trestle_practice_put_agreement (ctx, out, rows);
  open_object (out, "estimatedCharges");
  put_text (out, "currencyCode", "USD");
  put_text (out, "agreementValue", trestle_practice_column_text (rows, VALUE));
  close_object (out);
  return TRUE;
}

static gboolean
get_agreement_terms (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autoptr (sqlite3_stmt) rows = find_agreement (ctx, in);
  g_autofree char *scope = trestle_practice_scope ("GetAgreementTerms", in);
  gint64 max = trestle_json_int_or (in, "maxResults", 50);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *terms;
  gint64 offset, end;

  if (rows == NULL)
    return FALSE;
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), scope,
                                   &offset))
    return trestle_practice_agreement_invalid (ctx, "INVALID_NEXT_TOKEN",
                                               "nextToken is not of this request.");
  node = json_from_string (trestle_practice_column_text (rows, TERMS), NULL);
  terms = json_node_get_array (node);
  end = MIN (offset + max, (gint64) json_array_get_length (terms));
  open_array (out, "acceptedTerms");
  for (gint64 i = offset; i < end; i++)
    json_builder_add_value (out, json_array_dup_element (terms, (guint) i));
  close_array (out);
  if (end < (gint64) json_array_get_length (terms))
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, end);

      put_text (out, "nextToken", token);
    }
  return TRUE;
}

static gboolean
get_agreement_entitlements (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autoptr (sqlite3_stmt) rows = NULL;
  gboolean active, provisioned;

  trestle_practice_agreement_settle (ctx->state, ctx->now);
  rows = find_agreement (ctx, in);
  if (rows == NULL)
    return FALSE;
  active = g_str_equal (trestle_practice_column_text (rows, STATUS), "ACTIVE");
  provisioned = sqlite3_column_int64 (rows, PROVISIONED) <= ctx->now;
  open_array (out, "agreementEntitlements");
  open_object (out, NULL);
  put_resource (out, "resource", trestle_practice_column_text (rows, PRODUCT));
  put_text (out, "type", "ProductLicense");
  put_text (out, "status", !active ? "DEPROVISIONED" : provisioned ? "PROVISIONED" : "PENDING");
  if (!active)
    put_text (out, "statusReasonCode", "AGREEMENT_INACTIVE");
  else if (!provisioned)
    put_text (out, "statusReasonCode", "PROVISIONING_IN_PROGRESS");
  if (active && provisioned)
    put_text (out, "licenseArn", trestle_practice_column_text (rows, LICENSE));
  close_object (out);
  close_array (out);
  return TRUE;
}

static gboolean
cancel_agreement (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autoptr (sqlite3_stmt) rows = NULL;
  const char *id = trestle_json_string (in, "agreementId");

  trestle_practice_agreement_settle (ctx->state, ctx->now);
  rows = find_agreement (ctx, in);
  if (rows == NULL)
    return FALSE;
  if (!g_str_equal (trestle_practice_column_text (rows, ACCOUNT), ctx->account->number))
    return trestle_practice_agreement_invalid (ctx, "UNSUPPORTED_ACTION",
                                               "Only the acceptor can cancel agreement %s.", id);
  if (!g_str_equal (trestle_practice_column_text (rows, STATUS), "ACTIVE"))
    return trestle_practice_agreement_invalid (ctx, "INACTIVE_AGREEMENT",
                                               "Agreement %s is not active.", id);
  if (g_strcmp0 (trestle_practice_column_text (rows, VALUE), "0.00") != 0)
    return trestle_practice_agreement_invalid (
        ctx, "UNSUPPORTED_ACTION",
        "Agreement %s has an upfront commitment; its seller or AWS Support can cancel it.", id);
  trestle_practice_run (ctx->state,
                        "UPDATE agreements SET status = 'CANCELLED', ends = ? WHERE id = ?", "is",
                        ctx->now, id);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_agreement_routes[] = {
  { "marketplace-agreement", "CreateAgreementRequest", trestle_practice_create_agreement_request },
  { "marketplace-agreement", "AcceptAgreementRequest", trestle_practice_accept_agreement_request },
  { "marketplace-agreement", "SearchAgreements", trestle_practice_search_agreements },
  { "marketplace-agreement", "DescribeAgreement", describe_agreement },
  { "marketplace-agreement", "GetAgreementTerms", get_agreement_terms },
  { "marketplace-agreement", "GetAgreementEntitlements", get_agreement_entitlements },
  { "marketplace-agreement", "CancelAgreement", cancel_agreement },
  { NULL },
};
