/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-report-feed.h"

#include <string.h>

#define TEXT TRESTLE_FEED_TEXT
#define CURRENCY TRESTLE_FEED_CURRENCY
#define KEY TRESTLE_FEED_KEY
#define TIME TRESTLE_FEED_TIME
#define NUMBER TRESTLE_FEED_NUMBER

#define COMMON                                                                                     \
  { "", KEY, FALSE }, { "valid_from", TIME, TRUE }, { "update_date", TIME, TRUE },                 \
  {                                                                                                \
    "delete_date", TIME, FALSE                                                                     \
  }

static const TrestleFeed feeds[] = {
  { TRESTLE_FEED_ACCOUNT,
    "AccountFeed",
    { "account_id" },
    { COMMON,
      { "account_id", TEXT, TRUE },
      { "aws_account_id", TEXT, TRUE },
      { "mailing_address_id", TEXT, FALSE },
      { "tax_legal_name", TEXT, FALSE } },
    8 },
  { TRESTLE_FEED_ADDRESS,
    "AddressFeed",
    { "address_id" },
    { COMMON,
      { "address_id", TEXT, TRUE },
      { "company_name", TEXT, FALSE },
      { "email_domain", TEXT, FALSE },
      { "country_code", TEXT, TRUE } },
    8 },
  { TRESTLE_FEED_AGREEMENT,
    "AgreementFeed",
    { "agreement_id" },
    { COMMON,
      { "agreement_id", TEXT, TRUE },
      { "status", TEXT, TRUE },
      { "acceptor_account_id", TEXT, TRUE },
      { "offer_id", TEXT, TRUE },
      { "start_time", TIME, FALSE },
      { "end_time", TIME, TRUE },
      { "acceptance_time", TIME, TRUE },
      { "preceding_agreement_id", TEXT, FALSE },
      { "product_id", TEXT, FALSE } },
    13 },
  { TRESTLE_FEED_AGREEMENT_TERM,
    "AgreementTermFeed",
    { "agreement_id", "term_id" },
    { COMMON, { "agreement_id", TEXT, TRUE }, { "term_type", TEXT, TRUE } },
    6 },
  { TRESTLE_FEED_BILLING,
    "BillingEventFeed",
    { "billing_event_id" },
    { COMMON,
      { "from_account_id", TEXT, FALSE },
      { "end_user_account_id", TEXT, FALSE },
      { "product_id", TEXT, TRUE },
      { "action", TEXT, TRUE },
      { "transaction_type", TEXT, TRUE },
      { "parent_billing_event_id", KEY, FALSE },
      { "disbursement_billing_event_id", KEY, FALSE },
      { "amount", NUMBER, TRUE },
      { "currency", CURRENCY, TRUE },
      { "invoice_date", TIME, TRUE },
      { "payment_due_date", TIME, FALSE },
      { "invoice_id", TEXT, FALSE },
      { "bank_trace_id", TEXT, FALSE },
      { "action_date", TIME, FALSE },
      { "offer_id", TEXT, FALSE } },
    19 },
  { TRESTLE_FEED_USAGE,
    "DailyUsageFeed",
    { "usage_feed_id" },
    { COMMON,
      { "usage_date", TIME, TRUE },
      { "product_id", TEXT, TRUE },
      { "agreement_id", TEXT, FALSE },
      { "end_user_account_id", TEXT, FALSE },
      { "dimension_key", TEXT, TRUE },
      { "usage_unit", TEXT, FALSE },
      { "usage_quantity", NUMBER, TRUE },
      { "pricing_currency", CURRENCY, TRUE },
      { "estimated_revenue_in_pricing_currency", NUMBER, TRUE } },
    13 },
  { TRESTLE_FEED_LEGACY_ID,
    "LegacyIdMappingFeed",
    { "mapping_type", "legacy_id" },
    { COMMON,
      { "mapping_type", TEXT, TRUE },
      { "legacy_id", TEXT, TRUE },
      { "new_id", TEXT, TRUE } },
    7 },
  { TRESTLE_FEED_OFFER_PRODUCT,
    "OfferProductFeed",
    { "offer_id", "product_id" },
    { COMMON, { "offer_id", TEXT, TRUE }, { "product_id", TEXT, TRUE } },
    6 },
  { TRESTLE_FEED_PRODUCT,
    "ProductFeed",
    { "product_id" },
    { COMMON, { "product_id", TEXT, TRUE }, { "title", TEXT, TRUE } },
    6 },
  { TRESTLE_FEED_TAX,
    "TaxItemFeed",
    { "tax_item_id" },
    { COMMON,
      { "product_id", TEXT, FALSE },
      { "taxed_customer_account_id", TEXT, FALSE },
      { "taxed_customer_country", TEXT, FALSE },
      { "taxed_customer_state_or_region", TEXT, FALSE },
      { "taxed_jurisdiction", TEXT, FALSE },
      { "invoice_date", TIME, TRUE },
      { "transaction_type_code", TEXT, FALSE },
      { "taxable_amount", NUMBER, TRUE },
      { "nontaxable_amount", NUMBER, FALSE },
      { "tax_amount", NUMBER, TRUE },
      { "tax_currency", CURRENCY, TRUE } },
    15 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (feeds) == TRESTLE_N_FEEDS);
G_STATIC_ASSERT (TRESTLE_ACCOUNT_TAX_NAME == 7);
G_STATIC_ASSERT (TRESTLE_AGREED_PRODUCT == 12);
G_STATIC_ASSERT (TRESTLE_BILLED_OFFER == 18);
G_STATIC_ASSERT (TRESTLE_USED_REVENUE == 12);
G_STATIC_ASSERT (TRESTLE_TAXED_CURRENCY == 14);

const TrestleFeed *
trestle_feed_get (TrestleFeedId id)
{
  g_return_val_if_fail (id < TRESTLE_N_FEEDS, NULL);
  return &feeds[id];
}

/* "year=" of "year=2026": the digits, of which there are @n. */
static const char *
read_part (const char *part, const char *name, gsize n)
{
  gsize length = strlen (name);

  if (g_ascii_strncasecmp (part, name, length) != 0 || strlen (part + length) != n)
    return NULL;
  for (const char *p = part + length; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p))
      return NULL;
  return part + length;
}

const TrestleFeed *
trestle_feed_match (const char *path, char **month)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint n = g_strv_length (parts);
  const char *year_digits, *month_digits;

  if (n < 4 || !g_str_has_suffix (parts[n - 1], ".csv"))
    return NULL;
  year_digits = read_part (parts[n - 3], "year=", 4);
  month_digits = read_part (parts[n - 2], "month=", 2);
  if (year_digits == NULL || month_digits == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    {
      g_autofree char *folder = g_strconcat (feeds[i].name, "_V1", NULL);

      if (g_ascii_strcasecmp (parts[n - 4], folder) != 0)
        continue;
      *month = g_strdup_printf ("%s-%s", year_digits, month_digits);
      return &feeds[i];
    }
  return NULL;
}

static gboolean
has_column (const char *const *columns, const char *name)
{
  for (guint i = 0; columns[i] != NULL; i++)
    if (g_ascii_strcasecmp (columns[i], name) == 0)
      return TRUE;
  return FALSE;
}

const TrestleFeed *
trestle_feed_guess (const char *const *columns)
{
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    {
      gboolean all = TRUE;

      for (guint k = 0; feeds[i].keys[k] != NULL; k++)
        all &= has_column (columns, feeds[i].keys[k]);
      for (guint c = 1; c < feeds[i].n_columns; c++)
        all &= !feeds[i].columns[c].needed || has_column (columns, feeds[i].columns[c].name);
      if (all)
        return &feeds[i];
    }
  return NULL;
}
