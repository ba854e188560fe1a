/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "store/trestle-report-contracts.h"

#define WANT TRESTLE_REPORT_WANT
#define DAY_SECONDS (24 * 60 * 60)

/* Used on so many of the 14 days up to the last, and not for so many days since. */
#define STEADY_DAYS 7
#define WINDOW_DAYS 14
#define QUIET_DAYS 7
/* What is older is history, not news. */
#define NEWS_DAYS 60
#define NEWS_MONTHS 3
/* A contract is paid for at least once in so long. */
#define CONTRACT_DAYS 400
#define MAX_ALARMS 50

static void G_GNUC_PRINTF (7, 8) add_alarm (GListStore *alarms,
                                            const char *rule,
                                            const char *product,
                                            const char *buyer,
                                            gint64 when,
                                            const char *title,
                                            const char *format,
                                            ...)
{
  g_autoptr (TrestleReportAlarm) alarm = NULL;
  g_autofree char *detail = NULL;
  va_list args;

  if (g_list_model_get_n_items (G_LIST_MODEL (alarms)) >= MAX_ALARMS)
    return;
  va_start (args, format);
  detail = g_strdup_vprintf (format, args);
  va_end (args);
  alarm = g_object_new (TRESTLE_TYPE_REPORT_ALARM, "rule", rule, "title", title, "detail", detail,
                        "product", product, "buyer", buyer, "when", when * TRESTLE_SECOND, NULL);
  g_list_store_append (alarms, alarm);
}

static char *
dup_day (gint64 day)
{
  g_autofree char *time = trestle_clock_format_iso (day * DAY_SECONDS * TRESTLE_SECOND);

  return g_strndup (time, 10);
}

/* A buyer's use of a product. */
typedef struct
{
  guint32 product;
  guint32 buyer;
  gint64 last;  /* day */
  guint64 days; /* bit n: used n days before the last */
} Use;

/* Use of a product that brought nothing although it was metered. */
typedef struct
{
  guint32 product;
  guint32 instance;
  gint64 first;
  gint64 last;
  TrestleDecimal quantity;
  GHashTable *payers; /* buyers without a trial */
} Unbilled;

static void
unbilled_free (gpointer data)
{
  Unbilled *self = data;

  g_hash_table_unref (self->payers);
  g_free (self);
}

typedef struct
{
  GHashTable *uses;   /* product, buyer → Use */
  GHashTable *months; /* product, buyer, month → itself: those with use */
  GHashTable *unbilled;
  GHashTable *active;  /* product, buyer → itself */
  GHashTable *payers;  /* product, buyer → itself: those invoiced lately, for a contract perhaps */
  GHashTable *earning; /* product → itself: those whose use brings something */
  const TrestleReportContracts *contracts;
  gboolean have_agreements;
  gint64 latest; /* day */
} Facts;

static gpointer
pair (guint32 a, guint32 b)
{
  return GSIZE_TO_POINTER ((gsize) a << 32 | b);
}

static gpointer
triple (guint32 product, guint32 buyer, guint32 month)
{
  return GSIZE_TO_POINTER ((gsize) product << 40 | (gsize) buyer << 16 | month);
}

static gboolean
is_contract (TrestleReportRun *run,
             const TrestleReportContracts *contracts,
             const char *offer,
             guint32 product,
             guint32 buyer)
{
  return buyer != TRESTLE_REPORT_NOBODY
         && trestle_report_contracts_has (
             contracts, offer,
             trestle_report_run_member (run, TRESTLE_REPORT_GROUP_PRODUCT, product)->key, buyer);
}

static void
note_use (Facts *facts, guint32 product, guint32 buyer, gint64 day)
{
  Use *use = g_hash_table_lookup (facts->uses, pair (product, buyer));

  if (use == NULL)
    {
      use = g_new0 (Use, 1);
      use->product = product;
      use->buyer = buyer;
      use->last = day;
      g_hash_table_insert (facts->uses, pair (product, buyer), use);
    }
  if (day > use->last)
    {
      use->days = day - use->last < 64 ? use->days << (day - use->last) : 0;
      use->last = day;
    }
  if (use->last - day < 64)
    use->days |= (guint64) 1 << (use->last - day);
  facts->latest = MAX (facts->latest, day);
}

static void
note_unbilled (Facts *facts,
               guint32 product,
               guint32 instance,
               guint32 buyer,
               gint64 day,
               TrestleDecimal quantity)
{
  Unbilled *unbilled = g_hash_table_lookup (facts->unbilled, pair (product, instance));

  if (unbilled == NULL)
    {
      unbilled = g_new0 (Unbilled, 1);
      unbilled->product = product;
      unbilled->instance = instance;
      unbilled->first = unbilled->last = day;
      unbilled->payers = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (facts->unbilled, pair (product, instance), unbilled);
    }
  unbilled->first = MIN (unbilled->first, day);
  unbilled->last = MAX (unbilled->last, day);
  trestle_decimal_add (&unbilled->quantity, quantity);
  g_hash_table_add (unbilled->payers, GUINT_TO_POINTER (buyer));
}

static gboolean
read_usage (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  Facts *facts = data;
  g_autofree guint32 *products = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_PRODUCT,
                                                         TRESTLE_USED_PRODUCT);
  g_autofree guint32 *buyers = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_BUYER,
                                                       TRESTLE_USED_USER);
  g_autofree guint32 *instances = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_INSTANCE,
                                                          TRESTLE_USED_DIMENSION);

  for (guint i = 0; i < frame->n; i++)
    {
      guint32 product = products[frame->columns[TRESTLE_USED_PRODUCT].index[i]];
      guint32 buyer = buyers[frame->columns[TRESTLE_USED_USER].index[i]];
      guint32 instance = instances[frame->columns[TRESTLE_USED_DIMENSION].index[i]];
      gint64 time = frame->columns[TRESTLE_USED_DATE].times[i];
      TrestleDecimal quantity = frame->columns[TRESTLE_USED_QUANTITY].numbers[i];

      if (!trestle_report_segment_has (frame->current, i) || product == TRESTLE_REPORT_NOBODY
          || buyer == TRESTLE_REPORT_NOBODY || time <= 0 || quantity <= 0)
        continue;
      note_use (facts, product, buyer, time / DAY_SECONDS);
      if (facts->months != NULL)
        g_hash_table_add (facts->months,
                          triple (product, buyer, trestle_report_month_of (run, time)));
      if (facts->earning != NULL && frame->columns[TRESTLE_USED_REVENUE].numbers[i] > 0)
        g_hash_table_add (facts->earning, GUINT_TO_POINTER (product));
      if (instance != TRESTLE_REPORT_NOBODY && facts->unbilled != NULL
          && frame->columns[TRESTLE_USED_REVENUE].numbers[i] == 0
          && time >= run->latest - NEWS_DAYS * DAY_SECONDS
          && !g_hash_table_contains (facts->payers, pair (product, buyer))
          && *trestle_report_frame_text (frame, TRESTLE_USED_USER, i) != '\0'
          && !is_contract (run, facts->contracts, "", product, buyer)
          && !g_hash_table_contains (run->trials,
                                     trestle_report_frame_text (frame, TRESTLE_USED_AGREEMENT, i)))
        note_unbilled (facts, product, instance, buyer, time / DAY_SECONDS, quantity);
    }
  return TRUE;
}

static gboolean
read_usage_feed (TrestleReportRun *run, Facts *facts, GError **error)
{
  return trestle_report_run_load_agreements (run, error)
         && trestle_report_run_each (
             run, TRESTLE_FEED_USAGE,
             WANT (TRESTLE_USED_DATE) | WANT (TRESTLE_USED_PRODUCT) | WANT (TRESTLE_USED_USER)
                 | WANT (TRESTLE_USED_AGREEMENT) | WANT (TRESTLE_USED_DIMENSION)
                 | WANT (TRESTLE_USED_QUANTITY) | WANT (TRESTLE_USED_REVENUE),
             read_usage, facts, error);
}

static gboolean
read_active (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  Facts *facts = data;

  for (guint i = 0; i < frame->n; i++)
    {
      const char *product = g_hash_table_lookup (
          run->offer_goods, trestle_report_frame_text (frame, TRESTLE_AGREED_OFFER, i));
      guint32 id, buyer;

      facts->have_agreements = TRUE;
      if (product == NULL || !trestle_report_segment_has (frame->current, i)
          || !g_str_equal (trestle_report_frame_text (frame, TRESTLE_AGREED_STATUS, i), "ACTIVE"))
        continue;
      id = trestle_report_run_find (run, TRESTLE_REPORT_GROUP_PRODUCT, product);
      buyer = trestle_report_run_find (
          run, TRESTLE_REPORT_GROUP_BUYER,
          trestle_report_frame_text (frame, TRESTLE_AGREED_ACCEPTOR, i));
      g_hash_table_add (facts->active, pair (id, buyer));
    }
  return TRUE;
}

/* Only of those who are subscribed still: an end of the subscription is no news here. */
static void
find_stopped (TrestleReportRun *run, Facts *facts, GListStore *alarms)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, facts->uses);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Use *use = value;
      const TrestleReportMember *product, *buyer;
      g_autofree char *title = NULL;
      g_autofree char *last = NULL;
      int days = __builtin_popcountll (use->days & (((guint64) 1 << WINDOW_DAYS) - 1));
      gint64 quiet = facts->latest - use->last;

      if (quiet < QUIET_DAYS || quiet > NEWS_DAYS || days < STEADY_DAYS
          || (facts->have_agreements
              && !g_hash_table_contains (facts->active, pair (use->product, use->buyer))))
        continue;
      product = trestle_report_run_member (run, TRESTLE_REPORT_GROUP_PRODUCT, use->product);
      buyer = trestle_report_run_member (run, TRESTLE_REPORT_GROUP_BUYER, use->buyer);
      last = dup_day (use->last);
      title = g_strdup_printf (_ ("%s: no use by %s any more"), product->label, buyer->label);
      add_alarm (alarms, "usage-stopped", product->key, buyer->key, use->last * DAY_SECONDS, title,
                 _ ("Used on %d of the %d days up to %s, and on none of the %d days since."), days,
                 WINDOW_DAYS, last, (int) quiet);
    }
}

static void
find_unbilled (TrestleReportRun *run, Facts *facts, GListStore *alarms)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, facts->unbilled);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Unbilled *unbilled = value;
      const TrestleReportMember *product, *instance;
      g_autofree char *title = NULL;
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;
      g_autofree char *quantity = NULL;

      /* What nobody pays for by use is free, or sold by contract. */
      if (!g_hash_table_contains (facts->earning, GUINT_TO_POINTER (unbilled->product)))
        continue;
      product = trestle_report_run_member (run, TRESTLE_REPORT_GROUP_PRODUCT, unbilled->product);
      instance = trestle_report_run_member (run, TRESTLE_REPORT_GROUP_INSTANCE, unbilled->instance);
      first = dup_day (unbilled->first);
      last = dup_day (unbilled->last);
      quantity = trestle_decimal_to_string (unbilled->quantity, 0);
      title = g_strdup_printf (_ ("%s, %s: use without revenue"), product->label, instance->label);
      add_alarm (alarms, "usage-unbilled", product->key, NULL, unbilled->last * DAY_SECONDS, title,
                 _ ("%s units were metered from %s to %s and are expected to bring nothing, by %u "
                    "buyers who have no trial and were invoiced for nothing else."),
                 quantity, first, last, g_hash_table_size (unbilled->payers));
    }
}

static gboolean
read_payers (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  Facts *facts = data;
  g_autofree guint32 *products = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_PRODUCT,
                                                         TRESTLE_BILLED_PRODUCT);
  g_autofree guint32 *buyers = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_BUYER,
                                                       TRESTLE_BILLED_USER);

  for (guint i = 0; i < frame->n; i++)
    if (trestle_report_segment_has (frame->current, i)
        && frame->columns[TRESTLE_BILLED_INVOICED].times[i]
               >= run->latest - CONTRACT_DAYS * DAY_SECONDS
        && frame->columns[TRESTLE_BILLED_AMOUNT].numbers[i] > 0
        && trestle_report_is_invoiced (trestle_report_frame_text (frame, TRESTLE_BILLED_ACTION, i)))
      g_hash_table_add (facts->payers,
                        pair (products[frame->columns[TRESTLE_BILLED_PRODUCT].index[i]],
                              buyers[frame->columns[TRESTLE_BILLED_USER].index[i]]));
  return TRUE;
}

static gboolean
find_usage_alarms (TrestleReportRun *run, GListStore *alarms, GError **error)
{
  g_autoptr (GHashTable) uses = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) unbilled = g_hash_table_new_full (NULL, NULL, NULL, unbilled_free);
  g_autoptr (GHashTable) active = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) payers = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) earning = g_hash_table_new (NULL, NULL);
  g_auto (TrestleReportContracts) contracts = { 0 };
  Facts facts = { .uses = uses,
                  .unbilled = unbilled,
                  .active = active,
                  .payers = payers,
                  .earning = earning,
                  .contracts = &contracts };

  if (!trestle_report_contracts_read (&contracts, run, error)
      || !trestle_report_run_each (run, TRESTLE_FEED_BILLING,
                                   WANT (TRESTLE_BILLED_PRODUCT) | WANT (TRESTLE_BILLED_USER)
                                       | WANT (TRESTLE_BILLED_ACTION) | WANT (TRESTLE_BILLED_AMOUNT)
                                       | WANT (TRESTLE_BILLED_INVOICED),
                                   read_payers, &facts, error)
      || !read_usage_feed (run, &facts, error)
      || !trestle_report_run_each (run, TRESTLE_FEED_AGREEMENT,
                                   WANT (TRESTLE_AGREED_STATUS) | WANT (TRESTLE_AGREED_ACCEPTOR)
                                       | WANT (TRESTLE_AGREED_OFFER),
                                   read_active, &facts, error))
    return FALSE;
  find_stopped (run, &facts, alarms);
  find_unbilled (run, &facts, alarms);
  return TRUE;
}

typedef struct
{
  Facts *facts;
  GHashTable *seen;
  GListStore *alarms;
} Billing;

static gboolean
read_billing (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  Billing *billing = data;
  g_autofree guint32 *products = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_PRODUCT,
                                                         TRESTLE_BILLED_PRODUCT);
  g_autofree guint32 *buyers = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_BUYER,
                                                       TRESTLE_BILLED_USER);
  g_autofree guint32 *payers = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_BUYER,
                                                       TRESTLE_BILLED_FROM);
  const TrestleReportContracts *contracts = billing->facts->contracts;
  guint32 now = trestle_report_month_of (run, run->latest);

  for (guint i = 0; i < frame->n; i++)
    {
      guint32 product = products[frame->columns[TRESTLE_BILLED_PRODUCT].index[i]];
      guint32 buyer = buyers[frame->columns[TRESTLE_BILLED_USER].index[i]];
      gint64 time = frame->columns[TRESTLE_BILLED_INVOICED].times[i];
      guint32 month = trestle_report_month_of (run, MAX (time, 0));
      const char *offer = trestle_report_frame_text (frame, TRESTLE_BILLED_OFFER, i);
      const TrestleReportMember *sold, *bought;
      g_autofree char *title = NULL;

      if (product == TRESTLE_REPORT_NOBODY || buyer == TRESTLE_REPORT_NOBODY
          || month + NEWS_MONTHS <= now || !trestle_report_segment_has (frame->current, i)
          || frame->columns[TRESTLE_BILLED_AMOUNT].numbers[i] <= 0
          || !trestle_report_is_invoiced (
              trestle_report_frame_text (frame, TRESTLE_BILLED_ACTION, i))
          || !g_str_equal (trestle_report_frame_text (frame, TRESTLE_BILLED_TYPE, i),
                           "SELLER_REV_SHARE")
          || g_hash_table_contains (billing->facts->months, triple (product, buyer, month))
          || g_hash_table_contains (billing->facts->months, triple (product, buyer, month - 1))
          || is_contract (run, contracts, offer, product, buyer)
          || is_contract (run, contracts, offer, product,
                          payers[frame->columns[TRESTLE_BILLED_FROM].index[i]])
          || !g_hash_table_add (billing->seen, triple (product, buyer, month)))
        continue;
      sold = trestle_report_run_member (run, TRESTLE_REPORT_GROUP_PRODUCT, product);
      bought = trestle_report_run_member (run, TRESTLE_REPORT_GROUP_BUYER, buyer);
      title = g_strdup_printf (_ ("%s: revenue without use by %s"), sold->label, bought->label);
      add_alarm (billing->alarms, "revenue-without-usage", sold->key, bought->key, time, title,
                 contracts->known
                     ? _ ("Invoiced in %04u-%02u, and not for a contract; no use was metered in "
                          "that month or the one before.")
                     : _ ("Invoiced in %04u-%02u; no use was metered in that month or the one "
                          "before. It may be the price of a contract: the feed of the agreements’ "
                          "terms, which would tell, was not read."),
                 month / 12, month % 12 + 1);
    }
  return TRUE;
}

static gboolean
find_billing_alarms (TrestleReportRun *run, GListStore *alarms, GError **error)
{
  g_autoptr (GHashTable) uses = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) months = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_auto (TrestleReportContracts) contracts = { 0 };
  Facts facts = { .uses = uses, .months = months, .contracts = &contracts };
  Billing billing = { &facts, seen, alarms };

  if (run->latest == 0 || !read_usage_feed (run, &facts, error))
    return run->latest == 0;
  if (g_hash_table_size (uses) == 0)
    return TRUE; /* the usage feed is not there: nothing can be said */
  if (!trestle_report_contracts_read (&contracts, run, error))
    return FALSE;
  return trestle_report_run_each (
      run, TRESTLE_FEED_BILLING,
      WANT (TRESTLE_BILLED_PRODUCT) | WANT (TRESTLE_BILLED_USER) | WANT (TRESTLE_BILLED_ACTION)
          | WANT (TRESTLE_BILLED_TYPE) | WANT (TRESTLE_BILLED_AMOUNT) | WANT (TRESTLE_BILLED_FROM)
          | WANT (TRESTLE_BILLED_OFFER) | WANT (TRESTLE_BILLED_INVOICED),
      read_billing, &billing, error);
}

static gboolean
find_transfer_alarms (TrestleReportRun *run, GListStore *alarms, GError **error)
{
  g_auto (TrestleReportTransfers) transfers = { 0 };

  if (!trestle_report_transfers_read (&transfers, run, error))
    return FALSE;
  for (guint i = 0; i < transfers.all->len; i++)
    {
      const TrestleReportTransfer *transfer = &g_array_index (transfers.all, TrestleReportTransfer,
                                                              i);
      g_autofree char *amount = NULL;
      g_autofree char *title = NULL;
      g_autofree char *day = NULL;

      if (!transfer->failed)
        continue;
      amount = trestle_report_format (transfer->amount, TRESTLE_REPORT_AMOUNT, transfer->currency);
      day = dup_day (transfer->date / DAY_SECONDS);
      title = g_strdup_printf (_ ("A disbursement failed: %s"), amount);
      add_alarm (alarms, "disbursement-failed", NULL, NULL, transfer->date, title,
                 _ ("It was sent on %s, bank trace %s. AWS sends it again once the bank account is "
                    "right."),
                 day, *transfer->trace ? transfer->trace : "–");
    }
  return TRUE;
}

gboolean
trestle_report_find_alarms (TrestleReportRun *run, GListStore *alarms, GError **error)
{
  if (run->n_unmatched > 0)
    add_alarm (alarms, "payment-unmatched", NULL, NULL, 0, _ ("Payments without their invoice"),
               _ ("%u payments name an invoice that is not there, or one of another currency. They "
                  "are not counted."),
               run->n_unmatched);
  switch (run->info->kind)
    {
    case TRESTLE_REPORT_KIND_DAILY_USAGE:
      return find_usage_alarms (run, alarms, error);
    case TRESTLE_REPORT_KIND_BILLED_REVENUE:
      return find_billing_alarms (run, alarms, error);
    case TRESTLE_REPORT_KIND_DISBURSEMENT:
      return find_transfer_alarms (run, alarms, error);
    case TRESTLE_REPORT_KIND_SUBSCRIBERS:
    case TRESTLE_REPORT_KIND_COLLECTED:
    case TRESTLE_REPORT_KIND_TAX:
    case TRESTLE_REPORT_KIND_REF_TAGS:
    default:
      return TRUE;
    }
}
