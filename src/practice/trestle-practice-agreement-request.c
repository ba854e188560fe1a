/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-agreement.h"
#include "practice/trestle-practice-terms.h"
#include "practice/trestle-practice-view.h"

/* How long a quote can be accepted; AWS does not say, an hour is long enough to read a licence. */
#define QUOTE_LIFE (60 * TRESTLE_MINUTE)
/* What provisioning takes at AWS, typically. */
#define PROVISION_SECONDS 135.0

gboolean
trestle_practice_agreement_invalid (TrestlePracticeContext *ctx,
                                    const char *reason,
                                    const char *format,
                                    ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  trestle_practice_invalid (ctx, "%s", text);
  trestle_practice_fail_text (ctx, "reason", reason);
  trestle_practice_fail_text (ctx, "requestId", ctx->request_id);
  return FALSE;
}

gboolean
trestle_practice_agreement_missing (TrestlePracticeContext *ctx, const char *type, const char *id)
{
  trestle_practice_fail (ctx, "ResourceNotFoundException", 400, "%s %s was not found.", type, id);
  trestle_practice_fail_text (ctx, "resourceId", id);
  trestle_practice_fail_text (ctx, "resourceType", type);
  trestle_practice_fail_text (ctx, "requestId", ctx->request_id);
  return FALSE;
}

static JsonObject *
find_term (JsonArray *terms, const char *id, const char **kind)
{
  for (guint i = 0; i < json_array_get_length (terms); i++)
    {
      JsonObject *term = json_array_get_object_element (terms, i);
      JsonObject *body = NULL;

      *kind = trestle_practice_terms_kind (term, &body);
      if (g_strcmp0 (get_text (body, "id"), id) == 0)
        return term;
    }
  return NULL;
}

static gboolean
check_configuration (TrestlePracticeContext *ctx,
                     TrestleJson requested,
                     const char *kind,
                     const char *id)
{
  TrestleJson configuration = trestle_json_member (requested, "configuration");
  gboolean renewal = g_str_equal (kind, "renewalTerm");

  if (renewal && !trestle_json_exists (configuration))
    return trestle_practice_agreement_invalid (ctx, "MISSING_REQUESTED_TERM_CONFIGURATION",
                                               "Term %s needs a configuration.", id);
  if (trestle_json_exists (configuration)
      && (!renewal
          || !trestle_json_exists (
              trestle_json_member (configuration, "renewalTermConfiguration"))))
    return trestle_practice_agreement_invalid (ctx, "INVALID_REQUESTED_TERM_CONFIGURATION",
                                               "Term %s does not take this configuration.", id);
  return TRUE;
}

/* What is accepted: the offer's terms in its order, with the configuration that was asked for. */
static JsonArray *
choose_terms (TrestlePracticeContext *ctx,
              TrestleJson in,
              const TrestlePracticeOffer *offer,
              gboolean *trial)
{
  g_autoptr (JsonArray) terms = trestle_practice_terms_build (offer, ctx->world->base);
  g_autoptr (JsonArray) chosen = json_array_new ();
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  TrestleJson requested = trestle_json_member (in, "requestedTerms");

  for (guint i = 0; i < trestle_json_length (requested); i++)
    {
      TrestleJson one = trestle_json_element (requested, i);
      const char *id = trestle_json_string (one, "id");
      const char *kind = NULL;
      JsonObject *term = find_term (terms, id, &kind);
      TrestleJson configuration = trestle_json_member (one, "configuration");

      if (term == NULL)
        {
          trestle_practice_agreement_invalid (ctx, "INVALID_REQUESTED_TERM_ID",
                                              "Term %s is not of this proposal.", id);
          return NULL;
        }
      if (!g_hash_table_add (wanted, (gpointer) id))
        {
          trestle_practice_agreement_invalid (ctx, "INVALID_REQUESTED_TERMS",
                                              "Term %s is requested twice.", id);
          return NULL;
        }
      if (!check_configuration (ctx, one, kind, id))
        return NULL;
      if (trestle_json_exists (configuration))
        {
          JsonObject *body = NULL;

          trestle_practice_terms_kind (term, &body);
          json_object_set_member (
              body, "configuration",
              json_node_copy (
                  trestle_json_member (configuration, "renewalTermConfiguration").node));
        }
    }
  for (guint i = 0; i < json_array_get_length (terms); i++)
    {
      JsonObject *term = json_array_get_object_element (terms, i);
      JsonObject *body = NULL;
      const char *kind = trestle_practice_terms_kind (term, &body);
      gboolean taken = g_hash_table_contains (wanted, get_text (body, "id"));

      if (!taken && !g_str_equal (kind, "freeTrialPricingTerm"))
        {
          trestle_practice_agreement_invalid (ctx, "MISSING_MANDATORY_TERMS",
                                              "The mandatory term %s is missing.",
                                              get_text (body, "type"));
          return NULL;
        }
      if (taken && g_str_equal (kind, "freeTrialPricingTerm"))
        *trial = TRUE;
      if (taken)
        json_array_add_object_element (chosen, json_object_ref (term));
    }
  return g_steal_pointer (&chosen);
}

static gboolean
check_intent (TrestlePracticeContext *ctx, TrestleJson in, const TrestlePracticeOffer **offer)
{
  const char *intent = trestle_json_string (in, "intent");
  const char *source = trestle_json_string_or (in, "sourceAgreementIdentifier", NULL);
  const char *proposal = trestle_json_string_or (in, "agreementProposalIdentifier", NULL);

  if (g_str_equal (intent, "AMEND"))
    return trestle_practice_agreement_invalid (ctx, "UNSUPPORTED_ACTION",
                                               "Agreements on this product cannot be amended.");
  if (proposal == NULL)
    return trestle_practice_agreement_invalid (ctx, "MISSING_AGREEMENT_PROPOSAL_IDENTIFIER",
                                               "agreementProposalIdentifier is required.");
  if (g_str_equal (intent, "NEW") && source != NULL)
    return trestle_practice_agreement_invalid (ctx, "INVALID_SOURCE_AGREEMENT_IDENTIFIER",
                                               "A new agreement has no source agreement.");
  if (g_str_equal (intent, "REPLACE") && source == NULL)
    return trestle_practice_agreement_invalid (ctx, "MISSING_SOURCE_AGREEMENT_IDENTIFIER",
                                               "sourceAgreementIdentifier is required.");
  *offer = trestle_practice_view_find_proposal (ctx, proposal);
  if (*offer == NULL)
    return trestle_practice_agreement_missing (ctx, "AgreementProposal", proposal);
  if (trestle_practice_view_has_expired (ctx, *offer))
    return trestle_practice_agreement_invalid (ctx, "EXPIRED_AGREEMENT_PROPOSAL",
                                               "Proposal %s has expired.", proposal);
  return TRUE;
}

/* NEW wants no agreement on the product, REPLACE that very one. */
static gboolean
check_existing (TrestlePracticeContext *ctx, const TrestlePracticeOffer *offer, const char *source)
{
  g_autofree char *active = trestle_practice_agreement_find_active (
      ctx->state, ctx->account->number, offer->listing->product_id);

  if (source != NULL && g_strcmp0 (active, source) != 0)
    return trestle_practice_agreement_invalid (ctx, "INVALID_SOURCE_AGREEMENT_IDENTIFIER",
                                               "Agreement %s is not the active one on %s.", source,
                                               offer->listing->product_id);
  if (source == NULL && active != NULL)
    return trestle_practice_agreement_invalid (
        ctx, "UNSUPPORTED_ACTION",
        "There is an active agreement %s on product %s already; it cannot be bought again.", active,
        offer->listing->product_id);
  return TRUE;
}

static JsonNode *
make_summary (TrestlePracticeContext *ctx, const TrestlePracticeOffer *offer)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autofree char *charge = trestle_practice_world_new_id (ctx->world, "ch-",
                                                           TRESTLE_PRACTICE_LOWER, 24);
  const char *upfront = trestle_practice_terms_upfront (offer, NULL);

  json_builder_begin_object (out);
  put_text (out, "currencyCode", "USD");
  put_text (out, "newAgreementValue", upfront != NULL ? upfront : "0.00");
  open_array (out, "expectedCharges");
  open_object (out, NULL);
  put_text (out, "id", charge);
  if (upfront != NULL)
    {
      put_time (out, "time", ctx->now);
      put_text (out, "amount", upfront);
      put_text (out, "timing", "ON_ACCEPTANCE");
    }
  else
    put_text (out, "timing", "BILLING_PERIOD");
  close_object (out);
  close_array (out);
  open_object (out, "invoicingEntity");
  put_text (out, "legalName", "Trestle Practice Marketplace");
  close_object (out);
  json_builder_end_object (out);
  return json_builder_get_root (out);
}

/* The same token with the same request gives the same quote again. */
static gboolean
find_repeated (TrestlePracticeContext *ctx,
               const char *token,
               const char *offer,
               const char *intent,
               JsonBuilder *out,
               gboolean *repeated)
{
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (ctx->state,
                                     "SELECT id, offer, intent, summary FROM quotes"
                                     " WHERE account = ? AND token = ?",
                                     "ss", ctx->account->number, token);
  g_autoptr (JsonNode) summary = NULL;

  *repeated = trestle_practice_next (rows);
  if (!*repeated)
    return TRUE;
  if (g_strcmp0 (trestle_practice_column_text (rows, 1), offer) != 0
      || g_strcmp0 (trestle_practice_column_text (rows, 2), intent) != 0)
    return trestle_practice_agreement_invalid (ctx, "INVALID_CLIENT_TOKEN",
                                               "The client token was used with another request.");
  summary = json_from_string (trestle_practice_column_text (rows, 3), NULL);
  put_text (out, "agreementRequestId", trestle_practice_column_text (rows, 0));
  put_node (out, "chargeSummary", summary);
  return TRUE;
}

gboolean
trestle_practice_create_agreement_request (TrestlePracticeContext *ctx,
                                           TrestleJson in,
                                           JsonBuilder *out)
{
  const char *token = trestle_json_string_or (in, "clientToken", NULL);
  const char *source = trestle_json_string_or (in, "sourceAgreementIdentifier", NULL);
  const TrestlePracticeOffer *offer = NULL;
  g_autoptr (JsonArray) terms = NULL;
  g_autoptr (JsonNode) summary = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autofree char *summary_text = NULL;
  gboolean trial = FALSE, repeated = FALSE;

  if (!check_intent (ctx, in, &offer))
    return FALSE;
  if (token != NULL
      && (!find_repeated (ctx, token, offer->id, trestle_json_string (in, "intent"), out, &repeated)
          || repeated))
    return repeated && ctx->fault_code == NULL;
  if (!check_existing (ctx, offer, source))
    return FALSE;
  terms = choose_terms (ctx, in, offer, &trial);
  if (terms == NULL)
    return FALSE;
  if (trial
      && trestle_practice_get_int (ctx->state, 0,
                                   "SELECT 1 FROM trials WHERE account = ? AND product = ?", "ss",
                                   ctx->account->number, offer->listing->product_id))
    return trestle_practice_agreement_invalid (
        ctx, "INCOMPATIBLE_TERMS", "The free trial of product %s was used by this account already.",
        offer->listing->product_id);

  summary = make_summary (ctx, offer);
  summary_text = trestle_json_to_string (summary, FALSE);
  node = json_node_init_array (json_node_alloc (), terms);
  text = trestle_json_to_string (node, FALSE);
  id = trestle_practice_world_new_id (ctx->world, "ar-", TRESTLE_PRACTICE_LOWER, 25);
  trestle_practice_run (ctx->state,
                        "INSERT INTO quotes (id, account, intent, offer, source, token, terms,"
                        " summary, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        "ssssssssii", id, ctx->account->number, trestle_json_string (in, "intent"),
                        offer->id, source, token, text, summary_text, ctx->now,
                        ctx->now + QUOTE_LIFE);
  put_text (out, "agreementRequestId", id);
  put_node (out, "chargeSummary", summary);
  return TRUE;
}

static void
insert_agreement (TrestlePracticeContext *ctx,
                  const char *id,
                  const TrestlePracticeOffer *offer,
                  const char *terms)
{
  guint days = 0;
  const char *upfront = trestle_practice_terms_upfront (offer, &days);
  const char *product = offer->listing->product_id;
  g_autofree char *tail = trestle_practice_world_new_id (ctx->world, "l-", TRESTLE_PRACTICE_HEX,
                                                         32);
  g_autofree char *license = g_strdup_printf ("arn:aws:license-manager:us-east-1:%s:license:%s",
                                              ctx->account->number, tail);

  trestle_practice_run (
      ctx->state,
      "INSERT INTO agreements (id, account, proposer, product, offer, status, terms, value,"
      " accepted, ends, provisioned, license) VALUES (?, ?, ?, ?, ?, 'ACTIVE', ?, ?, ?, ?, ?, ?)",
      "sssssssiiis", id, ctx->account->number, get_text (offer->listing->seller, "account"),
      product, offer->id, terms, upfront != NULL ? upfront : "0.00", ctx->now,
      days > 0 ? ctx->now + days * TRESTLE_DAY : (gint64) 0,
      ctx->now + trestle_practice_world_delay (ctx->world, PROVISION_SECONDS), license);
  if (strstr (terms, "\"freeTrialPricingTerm\"") != NULL)
    trestle_practice_run (ctx->state, "INSERT OR IGNORE INTO trials VALUES (?, ?, ?)", "ssi",
                          ctx->account->number, product, ctx->now);
}

gboolean
trestle_practice_accept_agreement_request (TrestlePracticeContext *ctx,
                                           TrestleJson in,
                                           JsonBuilder *out)
{
  const char *request = trestle_json_string (in, "agreementRequestId");
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (ctx->state,
                                     "SELECT offer, source, terms, expires, agreement FROM quotes"
                                     " WHERE id = ? AND account = ?",
                                     "ss", request, ctx->account->number);
  const TrestlePracticeOffer *offer;
  g_autofree char *source = NULL;
  g_autofree char *id = NULL;

  if (!trestle_practice_next (rows)
      || (sqlite3_column_int64 (rows, 3) <= ctx->now
          && sqlite3_column_type (rows, 4) == SQLITE_NULL))
    return trestle_practice_agreement_missing (ctx, "AgreementRequest", request);
  if (sqlite3_column_type (rows, 4) != SQLITE_NULL)
    {
      trestle_practice_fail (ctx, "ConflictException", 400,
                             "Agreement request %s was accepted already.", request);
      trestle_practice_fail_text (ctx, "resourceId", request);
      trestle_practice_fail_text (ctx, "resourceType", "AgreementRequest");
      return FALSE;
    }
  offer = trestle_practice_view_find_offer (ctx, trestle_practice_column_text (rows, 0));
  if (offer == NULL)
    return trestle_practice_agreement_missing (ctx, "AgreementRequest", request);
  source = g_strdup (trestle_practice_column_text (rows, 1));
  if (!check_existing (ctx, offer, source))
    return FALSE;
  if (source != NULL)
    trestle_practice_run (ctx->state,
                          "UPDATE agreements SET status = 'REPLACED', ends = ? WHERE id = ?", "is",
                          ctx->now, source);
  id = trestle_practice_world_new_id (ctx->world, "agmt-", TRESTLE_PRACTICE_LOWER, 25);
  insert_agreement (ctx, id, offer, trestle_practice_column_text (rows, 2));
  trestle_practice_run (ctx->state, "UPDATE quotes SET agreement = ? WHERE id = ?", "ss", id,
                        request);
  put_text (out, "agreementId", id);
  return TRUE;
}
