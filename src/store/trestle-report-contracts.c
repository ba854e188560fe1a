/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-contracts.h"

#define WANT TRESTLE_REPORT_WANT

/* Terms by which something is paid however much is used. */
static gboolean
is_fixed (const char *type)
{
  static const char *const types[] = { "FixedUpfrontPricingTerm", "ConfigurableUpfrontPricingTerm",
                                       "PaymentScheduleTerm",     "RecurringPaymentTerm",
                                       "VariablePaymentTerm",     NULL };

  return g_strv_contains (types, type);
}

static gboolean
read_terms (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  TrestleReportContracts *self = data;

  for (guint i = 0; i < frame->n; i++)
    {
      if (!trestle_report_segment_has (frame->current, i))
        continue;
      self->known = TRUE;
      if (is_fixed (trestle_report_frame_text (frame, TRESTLE_TERM_TYPE, i)))
        g_hash_table_add (self->agreements,
                          g_strdup (trestle_report_frame_text (frame, TRESTLE_TERM_AGREEMENT, i)));
    }
  return TRUE;
}

static char *
dup_place (const char *what, guint32 buyer)
{
  return g_strdup_printf ("%u %s", buyer, what);
}

static gboolean
read_agreements (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  TrestleReportContracts *self = data;

  for (guint i = 0; i < frame->n; i++)
    {
      const char *offer = trestle_report_frame_text (frame, TRESTLE_AGREED_OFFER, i);
      const char *product = g_hash_table_lookup (run->offer_goods, offer);
      guint32 buyer;
      char *place;

      if (!trestle_report_segment_has (frame->current, i))
        continue;
      buyer = trestle_report_run_find (
          run, TRESTLE_REPORT_GROUP_BUYER,
          trestle_report_frame_text (frame, TRESTLE_AGREED_ACCEPTOR, i));
      place = dup_place (offer, buyer);
      g_hash_table_add (self->offers, place);
      if (!g_hash_table_contains (self->agreements,
                                  trestle_report_frame_text (frame, TRESTLE_AGREED_ID, i)))
        continue;
      g_hash_table_add (self->sold, g_strdup (place));
      if (product != NULL)
        g_hash_table_add (self->sold, dup_place (product, buyer));
    }
  return TRUE;
}

gboolean
trestle_report_contracts_read (TrestleReportContracts *self, TrestleReportRun *run, GError **error)
{
  self->agreements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->offers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sold = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return trestle_report_run_load_agreements (run, error)
         && trestle_report_run_each (run, TRESTLE_FEED_AGREEMENT_TERM,
                                     WANT (TRESTLE_TERM_AGREEMENT) | WANT (TRESTLE_TERM_TYPE),
                                     read_terms, self, error)
         && trestle_report_run_each (run, TRESTLE_FEED_AGREEMENT,
                                     WANT (TRESTLE_AGREED_ID) | WANT (TRESTLE_AGREED_ACCEPTOR)
                                         | WANT (TRESTLE_AGREED_OFFER),
                                     read_agreements, self, error);
}

gboolean
trestle_report_contracts_has (const TrestleReportContracts *self,
                              const char *offer,
                              const char *product,
                              guint32 buyer)
{
  g_autofree char *by_offer = dup_place (offer, buyer);
  g_autofree char *by_product = dup_place (product, buyer);

  if (g_str_equal (offer, TRESTLE_DATA_SET_CONTRACT))
    return TRUE;
  if (*offer != '\0' && g_hash_table_contains (self->offers, by_offer))
    return g_hash_table_contains (self->sold, by_offer);
  return g_hash_table_contains (self->sold, by_product);
}

void
trestle_report_contracts_clear (TrestleReportContracts *self)
{
  g_clear_pointer (&self->agreements, g_hash_table_unref);
  g_clear_pointer (&self->offers, g_hash_table_unref);
  g_clear_pointer (&self->sold, g_hash_table_unref);
}
