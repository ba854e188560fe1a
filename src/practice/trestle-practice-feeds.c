/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-feeds.h"

#include "base/trestle-clock.h"
#include "practice/trestle-practice-agreement.h"
#include "practice/trestle-practice-books.h"
#include "practice/trestle-practice-meter.h"
#include "practice/trestle-practice-s3.h"

/* AWS writes the feeds once a day; nobody waits that long here. */
#define PATIENCE 5.0

static char *
dup_bucket (TrestlePracticeWorld *world)
{
  return g_strconcat ("marketplace-feeds-",
                      trestle_practice_world_find_role (world, "seller")->number, NULL);
}

void
trestle_practice_feeds_make (TrestlePracticeWorld *world)
{
  g_autofree char *bucket = dup_bucket (world);

  trestle_practice_s3_make_bucket (world->state, bucket,
                                   trestle_practice_world_find_role (world, "seller")->number);
}

static gint64
get_time (TrestlePracticeWorld *world, const char *key)
{
  return trestle_practice_get_int (world->state, 0, "SELECT value FROM meta WHERE key = ?", "s",
                                   key);
}

static void
set_time (TrestlePracticeWorld *world, const char *key, gint64 time)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, time);

  trestle_practice_run (world->state, "INSERT OR REPLACE INTO meta VALUES (?, ?)", "ss", key, text);
}

/* Whether the practice accounts did something that the feeds do not tell yet. */
static gboolean
has_news (TrestlePracticeWorld *world, const char *seller)
{
  return trestle_practice_get_int (world->state, 0,
                                   "SELECT EXISTS (SELECT 1 FROM metering WHERE seen = 0)"
                                   " OR EXISTS (SELECT 1 FROM agreements WHERE proposer = ?"
                                   "  AND (told = 0 OR (status <> 'ACTIVE' AND told_end = 0)))",
                                   "s", seller)
         != 0;
}

static void
mark_told (TrestlePracticeWorld *world, const char *seller, gint64 now)
{
  trestle_practice_run (world->state, "UPDATE metering SET seen = ? WHERE seen = 0", "i", now);
  trestle_practice_run (world->state,
                        "UPDATE agreements SET told = ? WHERE proposer = ? AND told = 0", "is", now,
                        seller);
  trestle_practice_run (world->state,
                        "UPDATE agreements SET told_end = ? WHERE proposer = ?"
                        " AND status <> 'ACTIVE' AND told_end = 0",
                        "is", now, seller);
}

static void
store (TrestlePracticeWorld *world, const char *bucket, const TrestlePracticeFeedFile *file)
{
  g_autoptr (GBytes) there = trestle_practice_s3_load (world->state, bucket, file->key);
  g_autofree char *etag = NULL;

  if (there == NULL || !g_bytes_equal (there, file->body))
    etag = trestle_practice_s3_store (world->state, bucket, file->key, "text/csv", "{}", file->body,
                                      file->modified);
}

void
trestle_practice_feeds_refresh (TrestlePracticeWorld *world, const char *bucket, gint64 now)
{
  const char *seller = trestle_practice_world_find_role (world, "seller")->number;
  g_autofree char *own = dup_bucket (world);
  gint64 last = get_time (world, "feeds");
  gint64 next = get_time (world, "feeds-next");
  g_autoptr (TrestlePracticeBooks) books = NULL;
  g_autoptr (GPtrArray) files = NULL;

  if (!g_str_equal (bucket, own))
    return;
  trestle_practice_agreement_settle (world->state, now);
  trestle_practice_meter_endpoints (world, NULL, NULL, NULL, now);
  if (last != 0 && (next == 0 || now < next)
      && (now < last + trestle_practice_world_wait (world, TRESTLE_DAY / TRESTLE_SECOND, PATIENCE)
          || !has_news (world, seller)))
    return;
  mark_told (world, seller, now);
  books = trestle_practice_books_new (world, now);
  files = trestle_practice_feed_rows_write (books->rows, books->first, last);
  for (guint i = 0; i < files->len; i++)
    store (world, own, files->pdata[i]);
  set_time (world, "feeds", now);
  set_time (world, "feeds-next", books->rows->next);
}
