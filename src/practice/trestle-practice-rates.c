/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-rates.h"

#include "aws/trestle-aws-rates.h"

struct _TrestlePracticeRates
{
  GHashTable *buckets; /* "account/region/service/operation" → Bucket */
};

typedef struct
{
  double level;
  gint64 at; /* monotonic */
} Bucket;

TrestlePracticeRates *
trestle_practice_rates_new (void)
{
  TrestlePracticeRates *self = g_new0 (TrestlePracticeRates, 1);

  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
trestle_practice_rates_free (TrestlePracticeRates *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

gboolean
trestle_practice_rates_take (TrestlePracticeRates *self,
                             const char *account,
                             const char *region,
                             const char *service,
                             const char *operation)
{
  guint rate = trestle_aws_rate_find (service, operation, region, TRUE);
  g_autofree char *key = NULL;
  gint64 now = g_get_monotonic_time ();
  Bucket *bucket;

  if (rate == 0)
    return TRUE;
  key = g_strjoin ("/", account, region, service, operation, NULL);
  bucket = g_hash_table_lookup (self->buckets, key);
  if (bucket == NULL)
    {
      bucket = g_new0 (Bucket, 1);
      bucket->level = rate;
      g_hash_table_insert (self->buckets, g_steal_pointer (&key), bucket);
    }
  else
    bucket->level = MIN (bucket->level + (double) (now - bucket->at) * rate / G_USEC_PER_SEC, rate);
  bucket->at = now;
  if (bucket->level < 1)
    return FALSE;
  bucket->level--;
  return TRUE;
}
