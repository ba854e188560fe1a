/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-rates.h"

#include "base/trestle-limiter.h"

#define ANY "*"

struct _TrestleAwsRates
{
  GHashTable *limiters; /* "account/region/service/operation" → #TrestleLimiter */
};

/* By service, a line for all other operations last. @elsewhere: outside of us-east-1 where that differs;
 * of several figures for several Regions the least. @aws_only: the practice account answers as many as come,
 * for its whole catalogue is read when it is first searched. */
static const struct
{
  const char *service;
  const char *operation;
  guint rate;
  guint elsewhere;
  gboolean aws_only;
} rates[] = {
  { "marketplace-catalog", "DescribeEntity", 20, 0, FALSE },
  { "marketplace-catalog", "ListEntities", 10, 0, FALSE },
  { "marketplace-catalog", "DescribeChangeSet", 10, 0, FALSE },
  { "marketplace-catalog", "ListChangeSets", 5, 0, FALSE },
  { "marketplace-catalog", "StartChangeSet", 5, 0, FALSE },
  { "marketplace-catalog", "CancelChangeSet", 5, 0, FALSE },
  { "marketplace-catalog", "ListTagsForResource", 5, 0, FALSE },
  { "marketplace-catalog", "TagResource", 5, 0, FALSE },
  { "marketplace-catalog", "UntagResource", 5, 0, FALSE },
  { "marketplace-catalog", "GetResourcePolicy", 5, 0, FALSE },
  { "marketplace-catalog", "PutResourcePolicy", 5, 0, FALSE },
  { "marketplace-catalog", "DeleteResourcePolicy", 5, 0, FALSE },
  { "marketplace-discovery", "SearchListings", 10, 0, TRUE },
  { "marketplace-discovery", "SearchFacets", 10, 0, TRUE },
  { "marketplace-discovery", ANY, 5, 0, TRUE },
  { "marketplace-agreement", "CreateAgreementRequest", 4, 0, FALSE },
  { "marketplace-agreement", "AcceptAgreementRequest", 3, 0, FALSE },
  { "marketplace-agreement", "CancelAgreement", 3, 0, FALSE },
  { "marketplace-agreement", "UpdatePurchaseOrders", 3, 0, FALSE },
  { "marketplace-agreement", "DescribeAgreement", 5, 0, FALSE },
  { "marketplace-agreement", "SearchAgreements", 5, 0, FALSE },
  { "marketplace-agreement", "GetAgreementTerms", 10, 0, FALSE },
  { "marketplace-agreement", "GetAgreementEntitlements", 10, 0, FALSE },
  { "marketplace-agreement", "ListAgreementCharges", 15, 0, FALSE },
  { "logs", "DescribeLogGroups", 10, 0, FALSE },
  { "logs", "DescribeLogStreams", 25, 0, FALSE },
  { "logs", "GetLogEvents", 25, 10, FALSE },
  { "logs", "FilterLogEvents", 25, 5, FALSE },
  { "logs", "StartQuery", 10, 0, FALSE },
  { "logs", "GetQueryResults", 10, 0, FALSE },
  { "logs", "StartLiveTail", 5, 0, FALSE },
};

guint
trestle_aws_rate_find (const char *service,
                       const char *operation,
                       const char *region,
                       gboolean practice)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      if (!g_str_equal (rates[i].service, service)
          || !(g_str_equal (rates[i].operation, operation)
               || g_str_equal (rates[i].operation, ANY)))
        continue;
      if (practice && rates[i].aws_only)
        return 0;
      return rates[i].elsewhere != 0 && g_strcmp0 (region, "us-east-1") != 0 ? rates[i].elsewhere
                                                                             : rates[i].rate;
    }
  return 0;
}

TrestleAwsRates *
trestle_aws_rates_new (void)
{
  TrestleAwsRates *self = g_new0 (TrestleAwsRates, 1);

  self->limiters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

void
trestle_aws_rates_free (TrestleAwsRates *self)
{
  g_hash_table_unref (self->limiters);
  g_free (self);
}

DexFuture *
trestle_aws_rates_wait (TrestleAwsRates *self,
                        guint rate,
                        const char *account,
                        const char *region,
                        const char *service,
                        const char *operation)
{
  g_autofree char *key = g_strjoin ("/", account, region, service, operation, NULL);
  TrestleLimiter *limiter = g_hash_table_lookup (self->limiters, key);
  DexFuture *turn;

  g_return_val_if_fail (rate > 0, NULL);

  if (limiter == NULL)
    {
      limiter = trestle_limiter_new_paced ((rate + 1) / 2, (1000 + rate - 1) / rate);
      g_hash_table_insert (self->limiters, g_steal_pointer (&key), limiter);
    }
  turn = trestle_limiter_acquire (limiter);
  if (dex_future_is_pending (turn))
    g_debug ("%s %s waits for its turn: AWS takes %u a second", service, operation, rate);
  return turn;
}
