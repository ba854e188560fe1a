/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-world.h"

#include <math.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "practice/trestle-practice-analytics.h"
#include "practice/trestle-practice-books.h"
#include "practice/trestle-practice-catalog.h"
#include "practice/trestle-practice-endpoints.h"
#include "practice/trestle-practice-feeds.h"
#include "practice/trestle-practice-jobs.h"
#include "practice/trestle-practice-packages.h"
#include "practice/trestle-practice-s3.h"
#include "practice/trestle-practice-seller.h"

/* How many times faster than AWS things happen by default: six minutes take four seconds. */

static const struct
{
  const char *role;
  const char *number;
} accounts[TRESTLE_PRACTICE_N_ACCOUNTS] = {
  { "buyer", "111122223333" },
  { "seller", "444455556666" },
  { "tester", "777788889999" },
};

char *
trestle_practice_derive (const char *text, const char *alphabet, guint length)
{
  GString *id = g_string_sized_new (length);
  gsize letters = strlen (alphabet);

  for (guint block = 0; id->len < length; block++)
    {
      g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
      g_autofree char *salt = g_strdup_printf ("%u:", block);
      guint8 digest[32];
      gsize size = sizeof digest;

      g_checksum_update (sum, (const guchar *) salt, -1);
      g_checksum_update (sum, (const guchar *) text, -1);
      g_checksum_get_digest (sum, digest, &size);
      for (gsize i = 0; i < size && id->len < length; i++)
        g_string_append_c (id, alphabet[digest[i] % letters]);
    }
  return g_string_free (id, FALSE);
}

static char *
get_meta (TrestlePracticeWorld *self, const char *key)
{
  return trestle_practice_get_text (self->state, "SELECT value FROM meta WHERE key = ?", "s", key);
}

static void
set_meta (TrestlePracticeWorld *self, const char *key, const char *value)
{
  trestle_practice_run (self->state, "INSERT OR REPLACE INTO meta VALUES (?, ?)", "ss", key, value);
}

char *
trestle_practice_world_get_secret (TrestlePracticeWorld *self)
{
  return get_meta (self, "seed");
}

char *
trestle_practice_world_new_id (TrestlePracticeWorld *self,
                               const char *prefix,
                               const char *alphabet,
                               guint length)
{
  g_autofree char *seed = get_meta (self, "seed");
  g_autofree char *text = NULL;
  g_autofree char *tail = NULL;
  gint64 serial;

  trestle_practice_run (self->state,
                        "UPDATE meta SET value = CAST (value AS INTEGER) + 1 WHERE key = 'serial'",
                        NULL);
  serial = trestle_practice_get_int (self->state, 0, "SELECT value FROM meta WHERE key = 'serial'",
                                     NULL);
  text = g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT, seed, prefix, serial);
  tail = trestle_practice_derive (text, alphabet, length);
  return g_strconcat (prefix, tail, NULL);
}

static void
make_account (TrestlePracticeWorld *self, guint i)
{
  g_autofree char *key = trestle_practice_world_new_id (self, "AKIAPRACTICE",
                                                        TRESTLE_PRACTICE_UPPER, 8);
  g_autofree char *secret = trestle_practice_world_new_id (self, "", TRESTLE_PRACTICE_MIXED, 40);
  g_autofree char *user = trestle_practice_world_new_id (self, "AIDAPRACTICE",
                                                         TRESTLE_PRACTICE_UPPER, 9);
  g_autofree char *arn = g_strdup_printf ("arn:aws:iam::%s:user/%s", accounts[i].number,
                                          accounts[i].role);

  trestle_practice_run (self->state,
                        "INSERT INTO keys (access_key, secret, account, arn, user_id)"
                        " VALUES (?, ?, ?, ?, ?)",
                        "sssss", key, secret, accounts[i].number, arn, user);
}

/* The first start of a state: the seed, the keys, a bucket for each account. */
static void
make (TrestlePracticeWorld *self, const char *seed)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, trestle_clock_now ());

  set_meta (self, "seed", seed != NULL ? seed : random);
  set_meta (self, "serial", "0");
  set_meta (self, "books", TRESTLE_PRACTICE_BOOKS);
  set_meta (self, "created", now);
  for (guint i = 0; i < TRESTLE_PRACTICE_N_ACCOUNTS; i++)
    {
      make_account (self, i);
      trestle_practice_s3_make_default_bucket (self->state, accounts[i].number);
    }
}

static void
load_account (TrestlePracticeWorld *self, guint i)
{
  TrestlePracticeAccount *account = &self->accounts[i];
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (self->state,
                                     "SELECT access_key, secret, arn, user_id FROM keys"
                                     " WHERE account = ? ORDER BY access_key LIMIT 1",
                                     "s", accounts[i].number);

  account->role = accounts[i].role;
  account->number = accounts[i].number;
  if (!trestle_practice_next (rows))
    return;
  account->access_key_id = g_strdup (trestle_practice_column_text (rows, 0));
  account->secret_access_key = g_strdup (trestle_practice_column_text (rows, 1));
  account->arn = g_strdup (trestle_practice_column_text (rows, 2));
  account->user_id = g_strdup (trestle_practice_column_text (rows, 3));
}

TrestlePracticeWorld *
trestle_practice_world_new (const char *folder, const char *seed, double speed, GError **error)
{
  TrestlePracticeWorld *self = g_new0 (TrestlePracticeWorld, 1);
  g_autofree char *made = NULL;

  self->speed = speed;
  self->faults = trestle_practice_faults_new ();
  self->rates = trestle_practice_rates_new ();
  self->catalogue = trestle_practice_catalogue_load (error);
  self->state = self->catalogue ? trestle_practice_state_open (folder, error) : NULL;
  if (self->state == NULL)
    {
      trestle_practice_world_free (self);
      return NULL;
    }
  trestle_practice_state_begin (self->state);
  made = get_meta (self, "seed");
  if (made == NULL)
    make (self, seed);
  for (guint i = 0; i < TRESTLE_PRACTICE_N_ACCOUNTS; i++)
    load_account (self, i);
  trestle_practice_feeds_make (self);
  trestle_practice_packages_seed (self);
  trestle_practice_catalogue_set_epoch (
      self->catalogue,
      trestle_practice_get_int (self->state, trestle_clock_now (),
                                "SELECT value FROM meta WHERE key = 'created'", NULL));
  trestle_practice_seller_seed (self);
  trestle_practice_seller_publish (self);
  if (!trestle_practice_state_end (self->state, TRUE))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Could not write to %s", folder);
      trestle_practice_world_free (self);
      return NULL;
    }
  return self;
}

void
trestle_practice_world_free (TrestlePracticeWorld *self)
{
  for (guint i = 0; i < TRESTLE_PRACTICE_N_ACCOUNTS; i++)
    {
      g_free (self->accounts[i].access_key_id);
      g_free (self->accounts[i].secret_access_key);
      g_free (self->accounts[i].arn);
      g_free (self->accounts[i].user_id);
    }
  g_clear_pointer (&self->faults, trestle_practice_faults_free);
  g_clear_pointer (&self->rates, trestle_practice_rates_free);
  g_clear_pointer (&self->catalogue, trestle_practice_catalogue_free);
  g_clear_pointer (&self->state, trestle_practice_state_free);
  g_free (self->base);
  g_free (self);
}

const TrestlePracticeAccount *
trestle_practice_world_find_key (TrestlePracticeWorld *self, const char *access_key_id)
{
  for (guint i = 0; i < TRESTLE_PRACTICE_N_ACCOUNTS; i++)
    if (g_strcmp0 (self->accounts[i].access_key_id, access_key_id) == 0)
      return &self->accounts[i];
  return NULL;
}

const TrestlePracticeAccount *
trestle_practice_world_find_account (TrestlePracticeWorld *self, const char *number)
{
  for (guint i = 0; i < TRESTLE_PRACTICE_N_ACCOUNTS; i++)
    if (g_strcmp0 (self->accounts[i].number, number) == 0)
      return &self->accounts[i];
  return NULL;
}

const TrestlePracticeAccount *
trestle_practice_world_find_role (TrestlePracticeWorld *self, const char *role)
{
  for (guint i = 0; i < TRESTLE_PRACTICE_N_ACCOUNTS; i++)
    if (g_str_equal (self->accounts[i].role, role))
      return &self->accounts[i];
  g_return_val_if_reached (NULL);
}

gint64
trestle_practice_world_delay (TrestlePracticeWorld *self, double seconds)
{
  return (gint64) (seconds * G_USEC_PER_SEC / self->speed);
}

gint64
trestle_practice_world_wait (TrestlePracticeWorld *self, double seconds, double patience)
{
  double part = log (self->speed) / log (TRESTLE_PRACTICE_SPEED);

  if (self->speed <= 1)
    return trestle_practice_world_delay (self, seconds);
  if (self->speed >= TRESTLE_PRACTICE_SPEED)
    return trestle_practice_world_delay (self, patience * TRESTLE_PRACTICE_SPEED);
  return (gint64) (seconds * pow (patience / seconds, part) * G_USEC_PER_SEC);
}

static gint64
next_due (TrestlePracticeWorld *self)
{
  const gint64 dues[] = {
    trestle_practice_endpoints_next_due (self), trestle_practice_packages_next_due (self),
    trestle_practice_jobs_next_due (self),      trestle_practice_change_sets_next_due (self),
    trestle_practice_analytics_next_due (self),
  };
  gint64 first = 0;

  for (guint i = 0; i < G_N_ELEMENTS (dues); i++)
    if (dues[i] != 0 && (first == 0 || dues[i] < first))
      first = dues[i];
  return first;
}

gint64
trestle_practice_world_settle (TrestlePracticeWorld *self, gint64 now)
{
  gint64 due = next_due (self);

  if (due != 0 && due <= now)
    {
      trestle_practice_state_begin (self->state);
      trestle_practice_endpoints_settle (self, now);
      trestle_practice_packages_settle (self, now);
      trestle_practice_jobs_settle (self, now);
      trestle_practice_change_sets_settle (self, now);
      trestle_practice_analytics_settle (self, now);
      trestle_practice_state_end (self->state, TRUE);
      due = next_due (self);
    }
  return due;
}
