/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-data-set.h"

#include <string.h>

#include "practice/trestle-practice-books-private.h"

#define PLACE "Customer Country,Customer State,Customer City,Customer Zip Code"
#define CUSTOMER "Customer AWS Account Number," PLACE ",Customer Email Domain"
#define SOLUTION "Solution Title,Solution ID"
#define PAYER "Payer Reference ID,Payer Address ID"
#define OFFER "Offer ID,Offer Visibility"
#define AGES(what)                                                                                 \
  what " Funds <31 Days," what " Funds 31-60 Days," what " Funds 61-90 Days," what                 \
       " Funds 91-120 Days," what " Funds >120 Days," what " Funds Overall,Currency"
#define REVENUE                                                                                    \
  "Customer Reference ID," PLACE ",Product Title,Product Code,Customer Billed Amount,"             \
  "AWS Listing Fee,Refunds Amount,AWS Fee Refund,Cost,Partner Revenue Amount,Currency,"            \
  "Transaction Reference ID,U.S. Sales Tax Customer Billed Amount,"                                \
  "U.S. Sales Tax Refunds Amount," OFFER ",Customer AWS Account Number,Customer Email Domain,"     \
  "Opportunity Name,Opportunity Description," SOLUTION "," PAYER
#define OPEN                                                                                       \
  "Gross Revenue,AWS Revenue Share,Gross Refunds,AWS Refunds Share,Net Revenue,Currency,"          \
  "AR Period,Transaction Reference ID,Opportunity Name,Opportunity Description," SOLUTION          \
  "," PAYER

/* Columns as the guide has them; where amounts may be in several currencies, one more that says it. */
static const TrestlePracticeDataSet sets[] = {
  { "customer_subscriber_hourly_monthly_subscriptions", TRESTLE_PRACTICE_DATA_SET_DAILY,
    "2017-09-15T00:00:00Z",
    "Customer AWS Account Number,Product Title,Product Id,Product Code,Subscription Start Date," OFFER
    "," SOLUTION ",Payer Reference ID,Reseller Account ID,Reseller Account Name",
    trestle_practice_write_usage_deals },
  { "customer_subscriber_annual_subscriptions", TRESTLE_PRACTICE_DATA_SET_DAILY,
    "2017-09-15T00:00:00Z",
    "Customer AWS Account Number,Product Title,Product Id,Product Code,Subscription Start Date," OFFER
    "," SOLUTION ",Payer Reference ID,Reseller Account ID,Reseller Account Name,"
    "Subscription Id,Quantity,Type,Intent,Previous Offer ID",
    trestle_practice_write_annual_deals },
  { "daily_business_usage_by_instance_type", TRESTLE_PRACTICE_DATA_SET_DAILY,
    "2017-09-15T00:00:00Z",
    "Customer Reference ID,User's State,User's Country,Product Title,Product Code,Instance Type,"
    "Usage Units,Usage Unit Type,Offering Description,Estimated Revenue,Currency," OFFER
    "," CUSTOMER "," SOLUTION "," PAYER,
    trestle_practice_write_usage },
  { "daily_business_fees", TRESTLE_PRACTICE_DATA_SET_DAILY, "2017-09-15T00:00:00Z",
    "Customer Reference ID,User's State,User's Country,Product Title,Product Code,Amount,Currency,"
    "Fee Description," CUSTOMER ",Start Date,End Date,Quantity,Dimension," SOLUTION "," PAYER,
    trestle_practice_write_fees },
  { "daily_business_free_trial_conversions", TRESTLE_PRACTICE_DATA_SET_DAILY,
    "2017-09-15T00:00:00Z",
    "Product Title,Product Code,New Free Trials,Total Current Free Trials,Converted Free Trials,"
    "Non-Converted Free Trials," SOLUTION,
    trestle_practice_write_trials },
  { "daily_business_new_instances", TRESTLE_PRACTICE_DATA_SET_DAILY, "2017-09-15T00:00:00Z",
    "Product Title,Product Code,Type,Count," CUSTOMER "," SOLUTION,
    trestle_practice_write_instances },
  { "daily_business_new_product_subscribers", TRESTLE_PRACTICE_DATA_SET_DAILY,
    "2017-09-15T00:00:00Z",
    "Product Title,Product Code," OFFER "," PLACE ",Customer Email Domain," SOLUTION,
    trestle_practice_write_subscribers },
  { "daily_business_canceled_product_subscribers", TRESTLE_PRACTICE_DATA_SET_DAILY,
    "2017-09-15T00:00:00Z",
    "Product Title,Product Code," OFFER "," PLACE ",Customer Email Domain," SOLUTION
    ",Subscribed Date,Customer AWS Account Number",
    trestle_practice_write_cancelled },
  { "monthly_revenue_billing_and_revenue_data", TRESTLE_PRACTICE_DATA_SET_MONTHLY,
    "2017-09-01T00:00:00Z", REVENUE, trestle_practice_write_revenue },
  { "monthly_revenue_annual_subscriptions", TRESTLE_PRACTICE_DATA_SET_MONTHLY,
    "2017-09-01T00:00:00Z",
    REVENUE ",Subscription Quantity,Subscription Start Date,Subscription End Date,"
            "Subscription Instance Type,Contract Start Date,Contract End Date",
    trestle_practice_write_annual_revenue },
  { "monthly_revenue_field_demonstration_usage", TRESTLE_PRACTICE_DATA_SET_MONTHLY,
    "2018-03-15T00:00:00Z", "Product Title,Product Code,Instance Type,Usage Units,Usage Unit Types",
    trestle_practice_write_demonstrations },
  { "monthly_revenue_flexible_payment_schedule", TRESTLE_PRACTICE_DATA_SET_MONTHLY,
    "2018-11-15T00:00:00Z",
    CUSTOMER ",User Reference ID,User AWS Account Number,Product ID,Product Title,Product Type,"
             "AWS Marketplace Offer ID,Contract Create Date,Contract Expiration Date,"
             "Total Contract Value (USD),# of Payments,Invoice Date,Invoice Amount (USD),"
             "Payer Reference ID,Currency",
    trestle_practice_write_schedules },
  { "sales_compensation_billed_revenue", TRESTLE_PRACTICE_DATA_SET_MONTHLY, "2017-09-01T00:00:00Z",
    CUSTOMER ",Product Code,Product Title," OPEN, trestle_practice_write_compensation },
  { "us_sales_and_use_tax_records", TRESTLE_PRACTICE_DATA_SET_MONTHLY, "2017-09-01T00:00:00Z",
    "Line Item ID,Customer Bill ID,Product Name,Product Code,Product Tax Code,Seller ID,Seller Name,"
    "Transaction Date,Total Adjusted Price,Total Tax,Base Currency Code,Bill to City,Bill to State,"
    "Bill to Postal Code,Bill to Country,Transaction Type Code,Display Price Taxability Type,"
    "Tax Location Code Taxed Jurisdiction,Tax Type Code,Jurisdiction Level,Taxed Jurisdiction,"
    "Taxable Sale Amount,Nontaxable Sale Amount,Tax Amount,Tax Jurisdiction Tax Rate,"
    "Tax Calculation Reason Code,Date Used For Tax Calculation,Customer Exemption Certificate ID,"
    "Customer Exemption Certificate ID Domain,Customer Exemption Certificate Level,"
    "Customer Exemption Code,Customer Exemption Domain,Customer Reference ID,"
    "Transaction Reference ID,Payer Reference ID,Tax Liable Party",
    trestle_practice_write_taxes },
  { "disbursed_amount_by_product", TRESTLE_PRACTICE_DATA_SET_PAID, "2017-09-01T00:00:00Z",
    "Product,Product Code,SellerRev,AWSRefFee,SellerRevRefund,AWSRefFeeRefund,SellerRevCredit,"
    "AWSRefFeeCredit,Net Amount,Transaction Reference ID,SellerUSSalesTax,SellerUSSalesTaxRefund," CUSTOMER
    "," SOLUTION "," PAYER ",Currency",
    trestle_practice_write_paid },
  { "disbursed_amount_by_instance_hours", TRESTLE_PRACTICE_DATA_SET_PAID, "2017-09-01T00:00:00Z",
    "Product,Product Code,Usage Type Description,Rate,User Count,Instance Hours," SOLUTION
    ",Currency",
    trestle_practice_write_paid_hours },
  { "disbursed_amount_by_customer_geo", TRESTLE_PRACTICE_DATA_SET_PAID, "2017-09-01T00:00:00Z",
    "Settlement ID,Settlement Period Start Date,Settlement Period End Date,Deposit Date,"
    "Disbursed Amount,Country Code,State or Region,City,Postal Code,Net Amount by Tax Location,"
    "Gross Amount by Tax Location,Seller U.S. Sales Tax,Seller U.S. Sales Tax Refund,Currency",
    trestle_practice_write_paid_places },
  { "disbursed_amount_by_age_of_uncollected_funds", TRESTLE_PRACTICE_DATA_SET_PAID,
    "2017-09-01T00:00:00Z", AGES ("Uncollected"), trestle_practice_write_age_uncollected },
  { "disbursed_amount_by_age_of_disbursed_funds", TRESTLE_PRACTICE_DATA_SET_PAID,
    "2017-09-01T00:00:00Z", AGES ("Collected"), trestle_practice_write_age_paid },
  { "disbursed_amount_by_age_of_past_due_funds", TRESTLE_PRACTICE_DATA_SET_PAID,
    "2018-04-07T00:00:00Z", AGES ("Past Due"), trestle_practice_write_age_past_due },
  { "disbursed_amount_by_uncollected_funds_breakdown", TRESTLE_PRACTICE_DATA_SET_PAID,
    "2019-10-04T00:00:00Z", "Payer AWS Account Number,Product Code," OPEN ",Payment Due Date",
    trestle_practice_write_uncollected },
  { .name = "disbursed_amount_by_product_with_uncollected_funds" },
  { .name = "customer_profile_by_industry" },
  { .name = "customer_profile_by_revenue" },
  { .name = "customer_profile_by_geography" },
};

const TrestlePracticeDataSet *
trestle_practice_data_set_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (g_strcmp0 (sets[i].name, name) == 0)
      return &sets[i];
  return NULL;
}

gboolean
trestle_practice_data_set_cover (const TrestlePracticeDataSet *self,
                                 gint64 date,
                                 gint64 now,
                                 gint64 *from,
                                 gint64 *to)
{
  gint64 month = trestle_practice_books_month (date, 0);
  gint64 paid = month + 6 * TRESTLE_DAY;
  gint64 since = 0;

  if (!trestle_clock_parse (self->since, &since) || date < since)
    return FALSE;
  switch (self->period)
    {
    case TRESTLE_PRACTICE_DATA_SET_DAILY:
      *from = date - TRESTLE_DAY;
      *to = date;
      return date + 30 * TRESTLE_MINUTE <= now;
    case TRESTLE_PRACTICE_DATA_SET_MONTHLY:
      *from = trestle_practice_books_month (date, -1);
      *to = month;
      return month + 14 * TRESTLE_DAY <= now;
    case TRESTLE_PRACTICE_DATA_SET_PAID:
    default:
      if (paid > date)
        paid = trestle_practice_books_month (date, -1) + 6 * TRESTLE_DAY;
      *to = paid + TRESTLE_DAY;
      *from = trestle_practice_books_month (paid, -1) + 7 * TRESTLE_DAY;
      return *to + 30 * TRESTLE_MINUTE <= now;
    }
}

GBytes *
trestle_practice_data_set_write (const TrestlePracticeDataSet *self,
                                 TrestlePracticeBooks *books,
                                 gint64 from,
                                 gint64 to)
{
  TrestlePracticeSheet sheet = { g_string_new (self->columns), 0, from, to };

  g_string_append_c (sheet.text, '\n');
  self->write (books, &sheet);
  return g_string_free_to_bytes (sheet.text);
}

void
trestle_practice_sheet_text (TrestlePracticeSheet *self, const char *value)
{
  if (self->column++ > 0)
    g_string_append_c (self->text, ',');
  trestle_practice_csv_append (self->text, value);
}

void
trestle_practice_sheet_amount (TrestlePracticeSheet *self, TrestlePracticeAmount value)
{
  char text[48];

  trestle_practice_sheet_text (self, trestle_practice_amount_print (value, 2, text));
}

void
trestle_practice_sheet_count (TrestlePracticeSheet *self, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  trestle_practice_sheet_text (self, text);
}

void
trestle_practice_sheet_date (TrestlePracticeSheet *self, gint64 time)
{
  g_autofree char *text = time != 0 ? trestle_clock_format_iso (time) : g_strdup ("");

  text[MIN (strlen (text), 10)] = '\0';
  trestle_practice_sheet_text (self, text);
}

void
trestle_practice_sheet_place (TrestlePracticeSheet *self, const TrestlePracticeParty *party)
{
  trestle_practice_sheet_text (self, get_text (party->object, "country"));
  trestle_practice_sheet_text (self, get_text (party->object, "state"));
  trestle_practice_sheet_text (self, get_text (party->object, "city"));
  trestle_practice_sheet_text (self, get_text (party->object, "postal_code"));
}

void
trestle_practice_sheet_customer (TrestlePracticeSheet *self, const TrestlePracticeParty *party)
{
  trestle_practice_sheet_text (self, party->number);
  trestle_practice_sheet_place (self, party);
  trestle_practice_sheet_text (self, get_text (party->object, "domain"));
}

void
trestle_practice_sheet_product (TrestlePracticeSheet *self, const TrestlePracticeWare *ware)
{
  trestle_practice_sheet_text (self, ware->title);
  trestle_practice_sheet_text (self, ware->code);
}

void
trestle_practice_sheet_solution (TrestlePracticeSheet *self)
{
  trestle_practice_sheet_text (self, NULL);
  trestle_practice_sheet_text (self, NULL);
}

void
trestle_practice_sheet_payer (TrestlePracticeSheet *self, const TrestlePracticeParty *party)
{
  trestle_practice_sheet_text (self, party->payer->id);
  trestle_practice_sheet_text (self, party->payer->address);
}

void
trestle_practice_sheet_offer (TrestlePracticeSheet *self, const TrestlePracticeBid *bid)
{
  trestle_practice_sheet_text (self, bid->id);
  trestle_practice_sheet_text (self, bid->buyer != NULL ? "Private" : "Public");
}

void
trestle_practice_sheet_end (TrestlePracticeSheet *self)
{
  g_string_append_c (self->text, '\n');
  self->column = 0;
}

static void
add_to_bill (TrestlePracticeBill *bill, const TrestlePracticeEvent *event)
{
  const struct
  {
    const char *type;
    TrestlePracticeAmount *sum;
  } parts[] = {
    { "SELLER_REV_SHARE", &bill->revenue },       { "AWS_REV_SHARE", &bill->fee },
    { "SELLER_REV_SHARE_REFUND", &bill->refund }, { "AWS_REV_SHARE_REFUND", &bill->fee_refund },
    { "SELLER_REV_SHARE_CREDIT", &bill->credit }, { "AWS_REV_SHARE_CREDIT", &bill->fee_credit },
    { "SELLER_TAX_SHARE", &bill->tax },           { "SELLER_TAX_SHARE_REFUND", &bill->tax_refund },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (event->type, parts[i].type))
      *parts[i].sum += event->amount;
}

GArray *
trestle_practice_bills_new (TrestlePracticeBooks *books,
                            const TrestlePracticeSheet *sheet,
                            TrestlePracticeBillFilter filter)
{
  GArray *bills = g_array_new (FALSE, TRUE, sizeof (TrestlePracticeBill));
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < books->events->len; i++)
    {
      const TrestlePracticeEvent *event = books->events->pdata[i];
      TrestlePracticeBill bill = { event };
      g_autofree char *name = NULL;
      gpointer at;

      if (event->deal == NULL || !g_str_equal (event->action, "INVOICED")
          || !filter (sheet, event, books->now))
        continue;
      name = g_strconcat (event->invoice, "/", event->deal->id, NULL);
      at = g_hash_table_lookup (places, name);
      if (at == NULL)
        {
          g_array_append_val (bills, bill);
          at = GUINT_TO_POINTER (bills->len);
          g_hash_table_insert (places, g_steal_pointer (&name), at);
        }
      add_to_bill (&g_array_index (bills, TrestlePracticeBill, GPOINTER_TO_UINT (at) - 1), event);
    }
  return bills;
}
