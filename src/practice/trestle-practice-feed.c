/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-feed.h"

#include <string.h>

#include "base/trestle-clock.h"

static const struct
{
  const char *name;
  const char *columns; /* without the bi-temporal ones */
} feeds[TRESTLE_PRACTICE_N_FEEDS] = {
  [TRESTLE_PRACTICE_FEED_ACCOUNT] = { "AccountFeed",
                                      "account_id,aws_account_id,encrypted_account_id,mailing_address_id,"
                                      "tax_address_id,tax_registration_number,tax_legal_name" },
  [TRESTLE_PRACTICE_FEED_ADDRESS] = { "AddressFeed",
                                      "address_id,email_domain,company_name,country_code,state_or_region,city,"
                                      "postal_code,address_line_1,address_line_2,address_line_3" },
  [TRESTLE_PRACTICE_FEED_AGREEMENT] = { "AgreementFeed",
                                        "agreement_id,status,estimated_agreement_value,currency_code,license_ids,"
                                        "proposer_account_id,acceptor_account_id,offer_id,offer_revision_at_acceptance,"
                                        "offer_set_id,start_time,end_time,acceptance_time,intent,preceding_agreement_id,"
                                        "status_reason_code,recipient_account_id" },
  [TRESTLE_PRACTICE_FEED_CHARGE] = { "PaymentScheduleTermFeed",
                                     "agreement_id,term_id,time,amount,currency_code" },
  [TRESTLE_PRACTICE_FEED_TERM] = { "AgreementTermFeed",
                                   "agreement_id,term_id,term_type,term_configuration" },
  [TRESTLE_PRACTICE_FEED_BILLING] = { "BillingEventFeed",
                                      "billing_event_id,from_account_id,to_account_id,end_user_account_id,product_id,action,"
                                      "transaction_type,parent_billing_event_id,disbursement_billing_event_id,amount,currency,"
                                      "disbursement_amount,disbursement_currency,balance_impacting,invoice_date,"
                                      "payment_due_date,usage_period_start_date,usage_period_end_date,invoice_id,"
                                      "billing_address_id,transaction_reference_id,bank_trace_id,broker_id,"
                                      "buyer_transaction_reference_id,action_date,recipient_account_id,offer_id,"
                                      "buyer_invoice_date,line_item_id,buyer_line_item_id,charge_variant,charge_side" },
  [TRESTLE_PRACTICE_FEED_USAGE] = { "DailyUsageFeed",
                                    "usage_feed_id,usage_date,product_id,agreement_id,end_user_account_id,payer_account_id,"
                                    "region,dimension_key,usage_unit,usage_quantity,pricing_currency,"
                                    "estimated_revenue_in_pricing_currency,recipient_account_id,offer_id,"
                                    "usage_rate_per_unit_in_pricing_currency,charge_item_description" },
  [TRESTLE_PRACTICE_FEED_LEGACY] = { "LegacyIdMappingFeed", "mapping_type,legacy_id,new_id" },
  [TRESTLE_PRACTICE_FEED_PRODUCT] = { "ProductFeed",
                                      "product_id,manufacturer_account_id,product_code,title" },
  [TRESTLE_PRACTICE_FEED_OFFER] = { "OfferFeed",
                                    "offer_id,offer_revision,name,expiration_date,opportunity_name,"
                                    "opportunity_description,seller_account_id,opportunity_id,"
                                    "recipient_account_id" },
  [TRESTLE_PRACTICE_FEED_OFFER_PRODUCT] = { "OfferProductFeed",
                                            "offer_id,offer_revision,product_id" },
  [TRESTLE_PRACTICE_FEED_OFFER_TARGET] = { "OfferTargetFeed",
                                           "offer_target_id,offer_id,offer_revision,target_type,polarity,value" },
  [TRESTLE_PRACTICE_FEED_TAX] = { "TaxItemFeed",
                                  "tax_item_id,invoice_id,line_item_id,customer_bill_id,tax_liable_party,"
                                  "transaction_type_code,product_id,product_tax_code,invoice_date,taxed_customer_account_id,"
                                  "taxed_customer_country,taxed_customer_state_or_region,taxed_customer_city,"
                                  "taxed_customer_postal_code,tax_location_code_taxed_jurisdiction,tax_type_code,"
                                  "jurisdiction_level,taxed_jurisdiction,display_price_taxability_type,taxable_amount,"
                                  "nontaxable_amount,tax_jurisdiction_rate,tax_amount,tax_currency,"
                                  "tax_calculation_reason_code,date_used_for_tax_calculation,"
                                  "customer_exemption_certificate_id,customer_exemption_certificate_id_domain,"
                                  "customer_exemption_certificate_level,customer_exemption_code,"
                                  "customer_exemption_domain,transaction_reference_id,legal_amount,legal_currency,"
                                  "tax_invoice_id,tax_invoice_date" },
};

typedef struct
{
  TrestlePracticeFeedKind kind;
  gint64 updated;
  guint serial;
  const char *text;
} Row;

const char *
trestle_practice_feed_name (TrestlePracticeFeedKind kind)
{
  return feeds[kind].name;
}

TrestlePracticeFeedRows *
trestle_practice_feed_rows_new (gint64 now)
{
  TrestlePracticeFeedRows *self = g_new0 (TrestlePracticeFeedRows, 1);

  self->now = now;
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->texts = g_string_chunk_new (1024 * 1024);
  return self;
}

void
trestle_practice_feed_rows_free (TrestlePracticeFeedRows *self)
{
  g_array_unref (self->rows);
  g_string_chunk_free (self->texts);
  g_free (self);
}

gboolean
trestle_practice_feed_rows_due (TrestlePracticeFeedRows *self, gint64 time)
{
  if (time <= self->now)
    return TRUE;
  if (self->next == 0 || time < self->next)
    self->next = time;
  return FALSE;
}

void
trestle_practice_csv_append (GString *line, const char *value)
{
  if (value == NULL)
    return;
  if (value[strcspn (value, ",\"\r\n")] == '\0')
    {
      g_string_append (line, value);
      return;
    }
  g_string_append_c (line, '"');
  for (; *value != '\0'; value++)
    {
      if (*value == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *value);
    }
  g_string_append_c (line, '"');
}

static void
append_time (GString *line, gint64 time)
{
  g_autofree char *text = time != 0 ? trestle_clock_format_iso (time) : NULL;

  g_string_append_c (line, ',');
  if (text != NULL)
    g_string_append (line, text);
}

static guint
count_columns (const char *columns)
{
  guint n = 1;

  for (; *columns != '\0'; columns++)
    n += *columns == ',';
  return n;
}

void
trestle_practice_feed_rows_add (TrestlePracticeFeedRows *self,
                                TrestlePracticeFeedKind kind,
                                const TrestlePracticeFeedTimes *times,
                                const char *const *values,
                                guint n)
{
  g_autoptr (GString) line = NULL;
  Row row = { kind, times->updated, self->rows->len, NULL };

  g_assert (n == count_columns (feeds[kind].columns));
  if (!trestle_practice_feed_rows_due (self, times->updated))
    return;
  line = g_string_sized_new (512);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (line, ',');
      trestle_practice_csv_append (line, values[i]);
    }
  append_time (line, times->from);
  append_time (line, times->inserted != 0 ? times->inserted : times->updated);
  append_time (line, times->updated);
  append_time (line, times->deleted);
  if (kind == TRESTLE_PRACTICE_FEED_ADDRESS)
    append_time (line, times->until);
  g_string_append_c (line, '\n');
  row.text = g_string_chunk_insert_len (self->texts, line->str, (gssize) line->len);
  g_array_append_val (self->rows, row);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *one = a, *other = b;

  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  if (one->updated != other->updated)
    return one->updated < other->updated ? -1 : 1;
  return one->serial < other->serial ? -1 : one->serial > other->serial;
}

static void
file_free (gpointer data)
{
  TrestlePracticeFeedFile *file = data;

  g_free (file->key);
  g_bytes_unref (file->body);
  g_free (file);
}

/* The rows from @at that are older than @end become one file; Returns: the row after them. */
static guint
write_file (TrestlePracticeFeedRows *self,
            TrestlePracticeFeedKind kind,
            guint at,
            GDateTime *month,
            gint64 end,
            GPtrArray *files)
{
  TrestlePracticeFeedFile *file = g_new0 (TrestlePracticeFeedFile, 1);
  GString *text = g_string_new (feeds[kind].columns);

  g_string_append_printf (text, ",valid_from,insert_date,update_date,delete_date%s\n",
                          kind == TRESTLE_PRACTICE_FEED_ADDRESS ? ",valid_to" : "");
  file->modified = g_date_time_to_unix_usec (month) + 30 * TRESTLE_MINUTE;
  for (; at < self->rows->len; at++)
    {
      const Row *row = &g_array_index (self->rows, Row, at);

      if (row->kind != kind || row->updated >= end)
        break;
      g_string_append (text, row->text);
      file->modified = row->updated;
    }
  file->key = g_strdup_printf ("%s_V1/year=%04d/month=%02d/data.csv", feeds[kind].name,
                               g_date_time_get_year (month), g_date_time_get_month (month));
  file->body = g_string_free_to_bytes (text);
  g_ptr_array_add (files, file);
  return at;
}

static GDateTime *
month_of (gint64 time)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc_usec (time);

  return g_date_time_new_utc (g_date_time_get_year (day), g_date_time_get_month (day), 1, 0, 0, 0);
}

GPtrArray *
trestle_practice_feed_rows_write (TrestlePracticeFeedRows *self, gint64 first, gint64 since)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (file_free);
  guint at = 0;

  g_array_sort (self->rows, compare_rows);
  for (guint kind = 0; kind < TRESTLE_PRACTICE_N_FEEDS; kind++)
    {
      g_autoptr (GDateTime) month = month_of (first);

      while (g_date_time_to_unix_usec (month) <= self->now)
        {
          g_autoptr (GDateTime) next = g_date_time_add_months (month, 1);
          gint64 end = g_date_time_to_unix_usec (next);

          if (end > since)
            at = write_file (self, kind, at, month, end, files);
          else
            while (at < self->rows->len && g_array_index (self->rows, Row, at).kind == kind
                   && g_array_index (self->rows, Row, at).updated < end)
              at++;
          g_date_time_unref (month);
          month = g_steal_pointer (&next);
        }
    }
  return files;
}
