/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-report-data-set.h"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-dimensions.h"

#define END { NULL }

/* AWS's guide has no such column for sets that were in dollars alone. */
#define DOLLARS { "currency", "Currency", "USD" }
#define BUYER "Customer AWS Account Number"
#define TITLE "Product Title"
#define BILLED { "action", NULL, TRESTLE_DATA_SET_BILLED }
#define SUBSCRIPTION { BUYER, "Product Code", "Subscription Start Date" }

/* The two sets of a month's revenue have what matters here in the same columns. */
#define MONTHLY_ROWS                                                                               \
  { { "Customer Billed Amount", "SELLER_REV_SHARE", 1 },                                           \
    { "AWS Listing Fee", "AWS_REV_SHARE", -1 },                                                    \
    { "Refunds Amount", "SELLER_REV_SHARE_REFUND", -1 },                                           \
    { "AWS Fee Refund", "AWS_REV_SHARE_REFUND", 1 },                                               \
    { "U.S. Sales Tax Customer Billed Amount", "SELLER_TAX_SHARE", 1 },                            \
    { "U.S. Sales Tax Refunds Amount", "SELLER_TAX_SHARE_REFUND", -1 },                            \
    END }

#define ENDED N_ ("AWS does not make this set any more.")
#define AGES                                                                                       \
  N_ ("It has one sum for each age, and does not say whose money it is; of the set "               \
      "disbursed_amount_by_uncollected_funds_breakdown the same is worked out invoice by invoice.")

/* Sets do not tell a product's identifier, but its title; buyers are AWS accounts. */
static const TrestleDataSet sets[] = {
  { .name = "daily_business_usage_by_instance_type",
    .title = N_ ("Usage by Instance Type"),
    .report = TRESTLE_REPORT_KIND_DAILY_USAGE,
    .period = TRESTLE_DATA_SET_DAY,
    .feed = TRESTLE_FEED_USAGE,
    .mode = "Offering Description",
    .fields = { { "usage_date", NULL, NULL },
                { "product_id", TITLE, NULL },
                { "end_user_account_id", BUYER, NULL },
                { "dimension_key", "Instance Type", NULL },
                { "usage_unit", "Usage Unit Type", NULL },
                { "usage_quantity", "Usage Units", NULL },
                { "pricing_currency", "Currency", "USD" },
                { "estimated_revenue_in_pricing_currency", "Estimated Revenue", NULL } } },
  { .name = "monthly_revenue_field_demonstration_usage",
    .title = N_ ("Usage for Demonstrations"),
    .report = TRESTLE_REPORT_KIND_DAILY_USAGE,
    .period = TRESTLE_DATA_SET_MONTH,
    .feed = TRESTLE_FEED_USAGE,
    .fields = { { "usage_date", NULL, NULL },
                { "product_id", TITLE, NULL },
                { "dimension_key", "Instance Type", NULL },
                { "usage_unit", "Usage Unit Types", NULL },
                { "usage_quantity", "Usage Units", NULL },
                { "pricing_currency", NULL, "USD" },
                { "estimated_revenue_in_pricing_currency", NULL, "0" } } },
  { .name = "customer_subscriber_hourly_monthly_subscriptions",
    .title = N_ ("Subscribers by the Hour or Month"),
    .report = TRESTLE_REPORT_KIND_SUBSCRIBERS,
    .period = TRESTLE_DATA_SET_STANDING,
    .feed = TRESTLE_FEED_AGREEMENT,
    .key = SUBSCRIPTION,
    .fields = { { "status", NULL, "ACTIVE" },
                { "acceptor_account_id", BUYER, NULL },
                { "offer_id", "Offer ID", "" },
                { "start_time", "Subscription Start Date", NULL },
                { "acceptance_time", "Subscription Start Date", NULL },
                { "product_id", TITLE, NULL } } },
  { .name = "customer_subscriber_annual_subscriptions",
    .title = N_ ("Subscribers by Contract"),
    .report = TRESTLE_REPORT_KIND_SUBSCRIBERS,
    .period = TRESTLE_DATA_SET_STANDING,
    .feed = TRESTLE_FEED_AGREEMENT,
    .key = SUBSCRIPTION,
    .fields = { { "status", NULL, "ACTIVE" },
                { "acceptor_account_id", BUYER, NULL },
                { "offer_id", "Offer ID", "" },
                { "start_time", "Subscription Start Date", NULL },
                { "acceptance_time", "Subscription Start Date", NULL },
                { "product_id", TITLE, NULL } } },
  { .name = "daily_business_new_product_subscribers",
    .title = N_ ("New Subscribers"),
    .report = TRESTLE_REPORT_KIND_SUBSCRIBERS,
    .period = TRESTLE_DATA_SET_DAY,
    .feed = TRESTLE_FEED_AGREEMENT,
    .better = { "customer_subscriber_hourly_monthly_subscriptions",
                "customer_subscriber_annual_subscriptions" },
    .fields = { { "status", NULL, TRESTLE_DATA_SET_CAME },
                { "acceptor_account_id", "Customer Email Domain", NULL },
                { "offer_id", "Offer ID", "" },
                { "start_time", NULL, NULL },
                { "acceptance_time", NULL, NULL },
                { "product_id", TITLE, NULL } } },
  { .name = "daily_business_canceled_product_subscribers",
    .title = N_ ("Subscribers Who Left"),
    .report = TRESTLE_REPORT_KIND_SUBSCRIBERS,
    .period = TRESTLE_DATA_SET_DAY,
    .feed = TRESTLE_FEED_AGREEMENT,
    .key = { BUYER, "Product Code", "Subscribed Date" },
    .fields = { { "status", NULL, TRESTLE_DATA_SET_LEFT },
                { "acceptor_account_id", BUYER, NULL },
                { "offer_id", "Offer ID", "" },
                { "start_time", "Subscribed Date", NULL },
                { "acceptance_time", "Subscribed Date", NULL },
                { "end_time", NULL, NULL },
                { "product_id", TITLE, NULL } } },
  { .name = "monthly_revenue_billing_and_revenue_data",
    .title = N_ ("Billing and Revenue"),
    .report = TRESTLE_REPORT_KIND_BILLED_REVENUE,
    .period = TRESTLE_DATA_SET_MONTH,
    .feed = TRESTLE_FEED_BILLING,
    .amount = "amount",
    .fields = { { "invoice_date", NULL, NULL },
                { "product_id", TITLE, NULL },
                { "end_user_account_id", BUYER, NULL },
                BILLED,
                DOLLARS,
                { "invoice_id", "Transaction Reference ID", NULL },
                { "offer_id", "Offer ID", "" } },
    .rows = MONTHLY_ROWS },
  { .name = "monthly_revenue_annual_subscriptions",
    .title = N_ ("Revenue of Contracts"),
    .report = TRESTLE_REPORT_KIND_BILLED_REVENUE,
    .period = TRESTLE_DATA_SET_MONTH,
    .feed = TRESTLE_FEED_BILLING,
    .amount = "amount",
    .fields = { { "invoice_date", NULL, NULL },
                { "product_id", TITLE, NULL },
                { "end_user_account_id", BUYER, NULL },
                BILLED,
                DOLLARS,
                { "invoice_id", "Transaction Reference ID", NULL },
                { "offer_id", NULL, TRESTLE_DATA_SET_CONTRACT } },
    .rows = MONTHLY_ROWS },
  { .name = "sales_compensation_billed_revenue",
    .title = N_ ("Billed Revenue for Sales Compensation"),
    .report = TRESTLE_REPORT_KIND_BILLED_REVENUE,
    .period = TRESTLE_DATA_SET_MONTH,
    .feed = TRESTLE_FEED_BILLING,
    .better = { "monthly_revenue_billing_and_revenue_data",
                "monthly_revenue_annual_subscriptions" },
    .amount = "amount",
    .fields = { { "invoice_date", NULL, NULL },
                { "product_id", TITLE, NULL },
                { "end_user_account_id", BUYER, NULL },
                BILLED,
                DOLLARS,
                { "invoice_id", "Transaction Reference ID", NULL } },
    .rows = { { "Gross Revenue", "SELLER_REV_SHARE", 1 },
              { "AWS Revenue Share", "AWS_REV_SHARE", -1 },
              { "Gross Refunds", "SELLER_REV_SHARE_REFUND", -1 },
              { "AWS Refunds Share", "AWS_REV_SHARE_REFUND", 1 },
              END } },
  { .name = "monthly_revenue_flexible_payment_schedule",
    .title = N_ ("Instalments of Contracts"),
    .report = TRESTLE_REPORT_KIND_BILLED_REVENUE,
    .period = TRESTLE_DATA_SET_MONTH,
    .feed = TRESTLE_FEED_BILLING,
    .better = { "monthly_revenue_annual_subscriptions", "sales_compensation_billed_revenue" },
    .amount = "amount",
    .fields = { { "invoice_date", "Invoice Date", NULL },
                { "product_id", TITLE, NULL },
                { "end_user_account_id", BUYER, NULL },
                BILLED,
                DOLLARS,
                { "offer_id", NULL, TRESTLE_DATA_SET_CONTRACT } },
    .rows = { { "Invoice Amount (USD)", "SELLER_REV_SHARE", 1 }, END } },
  { .name = "daily_business_fees",
    .title = N_ ("Fees of Contracts"),
    .report = TRESTLE_REPORT_KIND_BILLED_REVENUE,
    .period = TRESTLE_DATA_SET_DAY,
    .feed = TRESTLE_FEED_BILLING,
    .better = { "monthly_revenue_annual_subscriptions", "sales_compensation_billed_revenue",
                "monthly_revenue_flexible_payment_schedule" },
    .amount = "amount",
    .fields = { { "invoice_date", NULL, NULL },
                { "product_id", TITLE, NULL },
                { "end_user_account_id", BUYER, NULL },
                BILLED,
                DOLLARS,
                { "offer_id", NULL, TRESTLE_DATA_SET_CONTRACT } },
    .rows = { { "Amount", "SELLER_REV_SHARE", 1 }, END } },
  { .name = "disbursed_amount_by_uncollected_funds_breakdown",
    .title = N_ ("Uncollected Funds by Invoice"),
    .report = TRESTLE_REPORT_KIND_COLLECTED,
    .period = TRESTLE_DATA_SET_STANDING,
    .feed = TRESTLE_FEED_BILLING,
    .amount = "amount",
    .fields = { { "invoice_date", "AR Period", NULL },
                { "payment_due_date", "Payment Due Date", NULL },
                { "product_id", "Product Code", NULL },
                { "end_user_account_id", "Payer AWS Account Number", NULL },
                { "action", NULL, TRESTLE_DATA_SET_UNCOLLECTED },
                DOLLARS,
                { "invoice_id", "Transaction Reference ID", NULL } },
    .rows = { { "Gross Revenue", "SELLER_REV_SHARE", 1 },
              { "Gross Refunds", "SELLER_REV_SHARE_REFUND", -1 },
              END } },
  { .name = "disbursed_amount_by_product",
    .title = N_ ("Disbursed Amounts by Product"),
    .report = TRESTLE_REPORT_KIND_DISBURSEMENT,
    .period = TRESTLE_DATA_SET_PAID,
    .feed = TRESTLE_FEED_BILLING,
    .amount = "amount",
    .fields = { { "invoice_date", NULL, NULL },
                { "product_id", "Product", NULL },
                { "end_user_account_id", BUYER, NULL },
                { "action", NULL, "DISBURSED" },
                DOLLARS,
                { "invoice_id", "Transaction Reference ID", NULL },
                { "disbursement_billing_event_id", NULL, TRESTLE_DATA_SET_FIRST_ROW } },
    .rows = { { "Net Amount", "DISBURSEMENT", 0 },
              { "SellerUSSalesTax", "DISBURSEMENT", 0 },
              { "SellerUSSalesTaxRefund", "DISBURSEMENT", 0 },
              { "SellerRev", "SELLER_REV_SHARE", -1 },
              { "AWSRefFee", "AWS_REV_SHARE", 1 },
              { "SellerRevRefund", "SELLER_REV_SHARE_REFUND", 1 },
              { "AWSRefFeeRefund", "AWS_REV_SHARE_REFUND", -1 },
              { "SellerRevCredit", "SELLER_REV_SHARE_CREDIT", 1 },
              { "AWSRefFeeCredit", "AWS_REV_SHARE_CREDIT", -1 },
              { "SellerUSSalesTax", "SELLER_TAX_SHARE", -1 },
              { "SellerUSSalesTaxRefund", "SELLER_TAX_SHARE_REFUND", 1 },
              END } },
  { .name = "disbursed_amount_by_customer_geo",
    .title = N_ ("Disbursements by Place"),
    .report = TRESTLE_REPORT_KIND_DISBURSEMENT,
    .period = TRESTLE_DATA_SET_PAID,
    .feed = TRESTLE_FEED_BILLING,
    .better = { "disbursed_amount_by_product" },
    .key = { "Settlement ID" },
    .amount = "amount",
    .fields = { { "invoice_date", "Deposit Date", NULL },
                { "bank_trace_id", "Settlement ID", NULL },
                { "action", NULL, "DISBURSED" },
                DOLLARS },
    .rows = { { "Disbursed Amount", "DISBURSEMENT", 0 }, END } },
  { .name = "us_sales_and_use_tax_records",
    .title = N_ ("U.S. Sales and Use Tax"),
    .report = TRESTLE_REPORT_KIND_TAX,
    .period = TRESTLE_DATA_SET_MONTH,
    .feed = TRESTLE_FEED_TAX,
    .fields = { { "product_id", "Product Name", NULL },
                { "taxed_customer_account_id", "Customer Reference ID", NULL },
                { "taxed_customer_country", "Bill to Country", NULL },
                { "taxed_jurisdiction", "Taxed Jurisdiction", NULL },
                { "invoice_date", "Transaction Date", NULL },
                { "transaction_type_code", "Transaction Type Code", NULL },
                { "taxable_amount", "Taxable Sale Amount", NULL },
                { "nontaxable_amount", "Nontaxable Sale Amount", NULL },
                { "tax_amount", "Tax Amount", NULL },
                { "tax_currency", "Base Currency Code", NULL } } },
  { .name = "daily_business_free_trial_conversions",
    .title = N_ ("Free Trials"),
    .unread = N_ ("It counts trials by product and does not say whose they are, so that they "
                  "cannot be told from the subscriptions that other sets name.") },
  { .name = "daily_business_new_instances",
    .title = N_ ("New Instances"),
    .unread = N_ ("It counts instances and says neither for how long they ran nor what they "
                  "brought; daily_business_usage_by_instance_type says both.") },
  { .name = "disbursed_amount_by_instance_hours",
    .title = N_ ("Disbursed Amounts by Instance Hours"),
    .unread = N_ ("It does not say on which days the hours were used; "
                  "daily_business_usage_by_instance_type does.") },
  { .name = "disbursed_amount_by_age_of_uncollected_funds",
    .title = N_ ("Uncollected Funds by Age"),
    .unread = AGES },
  { .name = "disbursed_amount_by_age_of_disbursed_funds",
    .title = N_ ("Disbursed Funds by Age"),
    .unread = N_ ("It has one sum for each age, and does not say whose money it is; "
                  "disbursed_amount_by_product does.") },
  { .name = "disbursed_amount_by_age_of_past_due_funds",
    .title = N_ ("Past Due Funds by Age"),
    .unread = AGES },
  { .name = "disbursed_amount_by_product_with_uncollected_funds",
    .title = N_ ("Disbursed Amounts With Uncollected Funds"),
    .unread = ENDED },
  { .name = "customer_profile_by_industry",
    .title = N_ ("Customers by Industry"),
    .unread = ENDED },
  { .name = "customer_profile_by_revenue", .title = N_ ("Customers by Revenue"), .unread = ENDED },
  { .name = "customer_profile_by_geography",
    .title = N_ ("Customers by Geography"),
    .unread = ENDED },
};

const TrestleDataSet *
trestle_data_set_nth (guint n)
{
  return n < G_N_ELEMENTS (sets) ? &sets[n] : NULL;
}

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
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (sets[i].unread == NULL)
      g_strv_builder_add (names, sets[i].name);
  return g_strv_builder_end (names);
}

/* "NAME_DATE" or "NAME DATE" */
static const TrestleDataSet *
split (const char *text, char between, char **date)
{
  gsize length = strlen (text);
  gsize end = length > strlen ("_YYYY-MM-DD") ? length - strlen ("_YYYY-MM-DD") : 0;
  g_autofree char *name = g_strndup (text, end);
  g_autoptr (GDateTime) time = NULL;
  const TrestleDataSet *set = text[end] == between ? trestle_data_set_find (name) : NULL;

  if (set != NULL)
    time = trestle_data_set_parse_date (text + end + 1);
  if (time == NULL)
    return NULL;
  *date = g_strdup (text + end + 1);
  return set;
}

const TrestleDataSet *
trestle_data_set_match (const char *path, char **date)
{
  g_autofree char *base = g_path_get_basename (path);

  if (!g_str_has_suffix (base, ".csv"))
    return NULL;
  base[strlen (base) - strlen (".csv")] = '\0';
  return split (base, '_', date);
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
  switch (self->period)
    {
    case TRESTLE_DATA_SET_DAY:
      moved = g_date_time_add_days (time, -1);
      return g_date_time_format (moved, "%Y-%m-%d");
    case TRESTLE_DATA_SET_MONTH:
      moved = g_date_time_add_months (time, -1);
      return g_date_time_format (moved, "%Y-%m-01");
    case TRESTLE_DATA_SET_PAID:
    case TRESTLE_DATA_SET_STANDING:
    default:
      return g_strdup (date);
    }
}

char *
trestle_data_set_dup_part (const TrestleDataSet *self, const char *date)
{
  return g_strconcat (self->name, " ", date, NULL);
}

/* Whether two sets are of the same month; what tells how things stand is of all. */
static gboolean
is_same_month (const TrestleDataSet *one,
               const char *one_date,
               const TrestleDataSet *other,
               const char *other_date)
{
  g_autofree char *one_day = trestle_data_set_dup_day (one, one_date);
  g_autofree char *other_day = trestle_data_set_dup_day (other, other_date);

  return one->period == TRESTLE_DATA_SET_STANDING || other->period == TRESTLE_DATA_SET_STANDING
         || g_ascii_strncasecmp (one_day, other_day, strlen ("YYYY-MM")) == 0;
}

gboolean
trestle_data_set_is_superseded (const char *part, const char *other)
{
  g_autofree char *date = NULL;
  g_autofree char *other_date = NULL;
  const TrestleDataSet *self = split (part, ' ', &date);
  const TrestleDataSet *its = split (other, ' ', &other_date);

  if (self == NULL || its == NULL)
    return FALSE;
  if (self == its)
    return self->period != TRESTLE_DATA_SET_DAY && strcmp (date, other_date) < 0
           && is_same_month (self, date, its, other_date);
  for (guint i = 0; i < G_N_ELEMENTS (self->better) && self->better[i] != NULL; i++)
    if (g_str_equal (self->better[i], its->name))
      return is_same_month (self, date, its, other_date);
  return FALSE;
}

char *
trestle_data_set_dup_dimension (const char *instance, const char *words)
{
  g_autofree char *lower = g_ascii_strdown (words, -1);

  if (*instance == '\0')
    return g_strdup (TRESTLE_DIMENSION_INFERENCE);
  if (strstr (lower, "batch") != NULL)
    return trestle_dimension_dup_key (instance, TRESTLE_USAGE_MODE_BATCH);
  if (strstr (lower, "training") != NULL)
    return trestle_dimension_dup_key (instance, TRESTLE_USAGE_MODE_TRAINING);
  if (strstr (lower, "real-time") != NULL || strstr (lower, "realtime") != NULL)
    return trestle_dimension_dup_key (instance, TRESTLE_USAGE_MODE_REALTIME);
  return g_strdup (instance);
}
