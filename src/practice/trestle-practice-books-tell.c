/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-books-private.h"

static void
tell_account (TrestlePracticeBooks *self,
              const TrestlePracticeParty *party,
              gint64 from,
              gint64 told)
{
  TrestlePracticeFeedTimes times = { .from = from, .updated = told };
  const char *values[] = {
    party->id,
    party->number,
    trestle_practice_books_id (self, "", "customer", party->number, 0, TRESTLE_PRACTICE_MIXED, 11),
    party->address,
    party->address,
    get_text (party->object, "tax_number"),
    get_text (party->object, "company"),
  };

  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_ACCOUNT, &times, values);
}

static const char *
now_or_then (JsonObject *object, JsonObject *change, const char *name)
{
  const char *text = change != NULL ? get_text (change, name) : NULL;

  return text != NULL ? text : get_text (object, name);
}

static void
tell_address (TrestlePracticeBooks *self,
              const TrestlePracticeParty *party,
              JsonObject *change,
              const TrestlePracticeFeedTimes *times)
{
  const char *values[] = {
    party->address,
    get_text (party->object, "domain"),
    now_or_then (party->object, change, "company"),
    get_text (party->object, "country"),
    get_text (party->object, "state"),
    now_or_then (party->object, change, "city"),
    now_or_then (party->object, change, "postal_code"),
    now_or_then (party->object, change, "address"),
    NULL,
    NULL,
  };

  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_ADDRESS, times, values);
}

/* Who moves or gets another name has two addresses, one after the other, of one identifier. */
static void
tell_party (TrestlePracticeBooks *self, const TrestlePracticeParty *party)
{
  JsonObject *moves = get_object (party->object, "moves");
  TrestlePracticeFeedTimes times = { .from = party->since };

  if (party->since == 0)
    return;
  times.updated = party->told;
  tell_account (self, party, party->since, times.updated);
  if (party->changed == 0 || party->changed < party->since)
    {
      tell_address (self, party,
                    party->changed != 0
                        ? moves != NULL ? moves : get_object (party->object, "renamed")
                        : NULL,
                    &times);
      return;
    }
  tell_address (self, party, NULL, &times);
  times.inserted = times.updated;
  times.updated = trestle_practice_books_told (party->changed);
  times.until = party->changed;
  tell_address (self, party, NULL, &times);
  times.inserted = 0;
  times.from = party->changed;
  times.until = 0;
  tell_address (self, party, moves != NULL ? moves : get_object (party->object, "renamed"), &times);
}

static void
tell_legacy (TrestlePracticeBooks *self, const char *type, const char *id, gint64 from, gint64 told)
{
  TrestlePracticeFeedTimes times = { .from = from, .updated = told };
  const char *hex = trestle_practice_books_id (self, "", "legacy", id, 0, TRESTLE_PRACTICE_HEX, 32);
  g_autofree char *legacy = g_strdup_printf ("%.8s-%.4s-4%.3s-a%.3s-%.12s", hex, hex + 8, hex + 13,
                                             hex + 17, hex + 20);
  const char *values[] = { type, legacy, id };

  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_LEGACY, &times, values);
}

static void
tell_ware (TrestlePracticeBooks *self, const TrestlePracticeWare *ware)
{
  TrestlePracticeFeedTimes times = { .from = ware->since };
  const char *values[] = { ware->id, self->seller->id, ware->code,
                           ware->was != NULL ? ware->was : ware->title };

  times.updated = ware->told != 0 ? ware->told : trestle_practice_books_told (ware->since);
  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_PRODUCT, &times, values);
  tell_legacy (self, "PRODUCT", ware->id, ware->since, times.updated);
  if (ware->was == NULL)
    return;
  times.from = ware->renamed;
  times.updated = trestle_practice_books_told (ware->renamed);
  values[3] = ware->title;
  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_PRODUCT, &times, values);
}

static void
tell_bid (TrestlePracticeBooks *self, const TrestlePracticeBid *bid)
{
  TrestlePracticeFeedTimes times = { .from = bid->since };
  g_autofree char *expires = bid->expires != 0 ? trestle_clock_format_iso (bid->expires) : NULL;
  const char *values[] = { bid->id, "1",  bid->name, expires,         NULL,
                           NULL,    NULL, NULL,      self->seller->id };
  const char *product[] = { bid->id, "1", bid->ware->id };
  const char *target[] = {
    trestle_practice_books_id (self, "", "target", bid->id, 0, TRESTLE_PRACTICE_HEX, 32),
    bid->id,
    "1",
    "BuyerAccounts",
    "Positive",
    bid->buyer != NULL ? bid->buyer->id : NULL,
  };

  times.updated = bid->told != 0 ? bid->told : trestle_practice_books_told (bid->since);
  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_OFFER, &times, values);
  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_OFFER_PRODUCT, &times, product);
  if (bid->buyer != NULL)
    trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_OFFER_TARGET, &times, target);
  tell_legacy (self, "OFFER", bid->id, bid->since, times.updated);
}

static void
tell_term (TrestlePracticeBooks *self,
           const TrestlePracticeDeal *deal,
           const char *type,
           const char *configuration,
           const TrestlePracticeFeedTimes *times)
{
  g_autofree char *of = g_strconcat (deal->id, type, NULL);
  const char *values[] = {
    deal->id,
    trestle_practice_books_id (self, "term-", "term", of, 0, TRESTLE_PRACTICE_HEX, 32),
    type,
    configuration,
  };

  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_TERM, times, values);
}

static void
tell_rates (TrestlePracticeBooks *self,
            const TrestlePracticeDeal *deal,
            const TrestlePracticeFeedTimes *times)
{
  g_autoptr (GString) text = g_string_new ("{\"currencyCode\":\"");

  g_string_append_printf (text, "%s\",\"rateCards\":[{\"rateCard\":[", deal->currency);
  for (guint i = 0; i < deal->dimensions->len; i++)
    {
      const TrestlePracticeDimension *dimension = &g_array_index (deal->dimensions,
                                                                  TrestlePracticeDimension, i);
      char rate[48];

      g_string_append_printf (text, "%s{\"dimensionKey\":\"%s\",\"price\":\"%s\"}",
                              i > 0 ? "," : "", dimension->key,
                              trestle_practice_amount_print (dimension->rate, 2, rate));
    }
  g_string_append (text, "]}]}");
  tell_term (self, deal, "UsageBasedPricingTerm", text->str, times);
}

static void
tell_schedule (TrestlePracticeBooks *self,
               const TrestlePracticeDeal *deal,
               const TrestlePracticeFeedTimes *times)
{
  g_autofree char *of = g_strconcat (deal->id, "PaymentScheduleTerm", NULL);
  const char *term = trestle_practice_books_id (self, "term-", "term", of, 0, TRESTLE_PRACTICE_HEX,
                                                32);

  tell_term (self, deal, "PaymentScheduleTerm", "{}", times);
  for (guint i = 0; i < deal->instalments; i++)
    {
      g_autofree char *time = trestle_clock_format_iso (deal->accepted + i * 91 * TRESTLE_DAY);
      char amount[48];
      const char *values[] = {
        deal->id, term, time,
        trestle_practice_amount_print (deal->value / deal->instalments, 2, amount), deal->currency
      };

      trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_CHARGE, times, values);
    }
}

static void
tell_terms (TrestlePracticeBooks *self,
            const TrestlePracticeDeal *deal,
            const TrestlePracticeFeedTimes *times)
{
  g_autofree char *text = NULL;
  char amount[48];

  if (deal->value > 0)
    {
      text = g_strdup_printf ("{\"currencyCode\":\"%s\",\"price\":\"%s\"}", deal->currency,
                              trestle_practice_amount_print (deal->value, 2, amount));
      tell_term (self, deal, "FixedUpfrontPricingTerm", text, times);
    }
  else
    tell_rates (self, deal, times);
  if (deal->instalments > 1)
    tell_schedule (self, deal, times);
  if (deal->trial_ends > 0)
    {
      g_free (text);
      text = g_strdup_printf ("{\"duration\":\"P%dD\"}",
                              (int) ((deal->trial_ends - deal->accepted) / TRESTLE_DAY));
      tell_term (self, deal, "FreeTrialPricingTerm", text, times);
    }
  tell_term (self, deal, "LegalTerm", "{\"documents\":[{\"type\":\"StandardEula\"}]}", times);
}

/* Another version of the row when it ends, true from then on. */
static void
tell_deal (TrestlePracticeBooks *self, const TrestlePracticeDeal *deal)
{
  TrestlePracticeFeedTimes times = { .from = deal->accepted, .updated = deal->told };
  g_autofree char *accepted = trestle_clock_format_iso (deal->accepted);
  g_autofree char *ends = deal->ends > 0 ? trestle_clock_format_iso (deal->ends) : NULL;
  gboolean fixed = deal->bid->buyer != NULL || deal->value > 0;
  char value[48];
  const char *values[] = {
    deal->id,
    "ACTIVE",
    trestle_practice_amount_print (deal->value, 2, value),
    deal->currency,
    deal->license,
    self->seller->id,
    deal->buyer->id,
    deal->bid->id,
    "1",
    NULL,
    accepted,
    fixed ? ends : NULL,
    accepted,
    deal->preceding != NULL ? "RENEW" : "NEW",
    deal->preceding != NULL ? deal->preceding->id : NULL,
    NULL,
    self->seller->id,
  };

  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_AGREEMENT, &times, values);
  tell_terms (self, deal, &times);
  if (deal->ends == 0 || deal->status == NULL || deal->told_end == 0)
    return;
  times.from = deal->ends;
  times.inserted = times.updated;
  times.updated = deal->told_end;
  values[1] = deal->status;
  values[11] = ends;
  values[15] = deal->reason;
  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_AGREEMENT, &times, values);
}

void
trestle_practice_books_tell (TrestlePracticeBooks *self)
{
  for (guint i = 0; i < self->parties->len; i++)
    tell_party (self, self->parties->pdata[i]);
  for (guint i = 0; i < self->wares->len; i++)
    tell_ware (self, self->wares->pdata[i]);
  for (guint i = 0; i < self->bids->len; i++)
    tell_bid (self, self->bids->pdata[i]);
  for (guint i = 0; i < self->deals->len; i++)
    tell_deal (self, self->deals->pdata[i]);
}
