/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-report-data-set.h"

#include <string.h>

/* The two sets of a month's revenue have what matters here in the same columns. */
#define MONTHLY_REVENUE                                                                            \
  TRESTLE_FEED_BILLING, TRUE, "amount",                                                            \
      { { "invoice_date", NULL, NULL },                                                            \
        { "product_id", "Product Title", NULL },                                                   \
        { "end_user_account_id", "Customer AWS Account Number", NULL },                            \
        { "action", NULL, "INVOICED" },                                                            \
        { "currency", "Currency", NULL },                                                          \
        { "invoice_id", "Transaction Reference ID", NULL } },                                      \
  {                                                                                                \
    { "Customer Billed Amount", "SELLER_REV_SHARE", 1 },                                           \
        { "AWS Listing Fee", "AWS_REV_SHARE", -1 },                                                \
        { "Refunds Amount", "SELLER_REV_SHARE_REFUND", -1 },                                       \
        { "AWS Fee Refund", "AWS_REV_SHARE_REFUND", 1 },                                           \
        { "U.S. Sales Tax Customer Billed Amount", "SELLER_TAX_SHARE", 1 },                        \
        { "U.S. Sales Tax Refunds Amount", "SELLER_TAX_SHARE_REFUND", -1 }                         \
  }

/* Sets do not tell a product's identifier, but its title; buyers are AWS accounts. */
static const TrestleDataSet sets[] = {
  { "daily_business_usage_by_instance_type",
    TRESTLE_FEED_USAGE,
    FALSE,
    NULL,
    { { "usage_date", NULL, NULL },
      { "product_id", "Product Title", NULL },
      { "end_user_account_id", "Customer AWS Account Number", NULL },
      { "dimension_key", "Instance Type", NULL },
      { "usage_unit", "Usage Unit Type", NULL },
      { "usage_quantity", "Usage Units", NULL },
      { "pricing_currency", "Currency", NULL },
      { "estimated_revenue_in_pricing_currency", "Estimated Revenue", NULL } },
    { { NULL } } },
  { "monthly_revenue_billing_and_revenue_data", MONTHLY_REVENUE },
  { "monthly_revenue_annual_subscriptions", MONTHLY_REVENUE },
  { "us_sales_and_use_tax_records",
    TRESTLE_FEED_TAX,
    TRUE,
    NULL,
    { { "product_id", "Product Name", NULL },
      { "taxed_customer_account_id", "Customer Reference ID", NULL },
      { "taxed_customer_country", "Bill to Country", NULL },
      { "taxed_jurisdiction", "Taxed Jurisdiction", NULL },
      { "invoice_date", "Transaction Date", NULL },
      { "transaction_type_code", "Transaction Type Code", NULL },
      { "taxable_amount", "Taxable Sale Amount", NULL },
      { "nontaxable_amount", "Nontaxable Sale Amount", NULL },
      { "tax_amount", "Tax Amount", NULL },
      { "tax_currency", "Base Currency Code", NULL } },
    { { NULL } } },
};

const TrestleDataSet *
trestle_data_set_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (g_strcmp0 (sets[i].name, name) == 0)
      return &sets[i];
  return NULL;
}

GStrv
trestle_data_set_names (void)
{
  GStrv names = g_new0 (char *, G_N_ELEMENTS (sets) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    names[i] = g_strdup (sets[i].name);
  return names;
}

const TrestleDataSet *
trestle_data_set_match (const char *path, char **date)
{
  g_autofree char *base = g_path_get_basename (path);

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      gsize length = strlen (sets[i].name);
      g_autofree char *day = NULL;
      g_autoptr (GDateTime) time = NULL;

      if (!g_str_has_prefix (base, sets[i].name)
          || strlen (base) != length + strlen ("_YYYY-MM-DD.csv") || base[length] != '_'
          || !g_str_has_suffix (base, ".csv"))
        continue;
      day = g_strndup (base + length + 1, 10);
      time = trestle_data_set_parse_date (day);
      if (time == NULL)
        continue;
      *date = g_steal_pointer (&day);
      return &sets[i];
    }
  return NULL;
}

GDateTime *
trestle_data_set_parse_date (const char *date)
{
  g_autofree char *whole = g_strconcat (date, "T00:00:00Z", NULL);

  return strlen (date) == 10 ? g_date_time_new_from_iso8601 (whole, NULL) : NULL;
}

char *
trestle_data_set_dup_day (const TrestleDataSet *self, const char *date)
{
  g_autoptr (GDateTime) time = trestle_data_set_parse_date (date);
  g_autoptr (GDateTime) moved = NULL;

  if (time == NULL)
    return NULL;
  moved = self->monthly ? g_date_time_add_months (time, -1) : g_date_time_add_days (time, -1);
  return g_date_time_format (moved, self->monthly ? "%Y-%m-01" : "%Y-%m-%d");
}
