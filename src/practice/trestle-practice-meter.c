/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-meter.h"

#include <string.h>

#include "practice/trestle-practice-packages.h"
#include "practice/trestle-practice-put.h"
#include "practice/trestle-practice-terms.h"

#define MICRO 1000000

/* The price that the agreement has for @key at @time; in the trial it is nothing. */
static char *
dup_rate (JsonArray *terms, const char *key, gint64 accepted, gint64 time)
{
  g_autofree char *found = NULL;
  gboolean trial = FALSE;

  for (guint i = 0; i < array_length (terms); i++)
    {
      JsonObject *body = NULL;
      const char *kind = trestle_practice_terms_kind (json_array_get_object_element (terms, i),
                                                      &body);
      JsonArray *cards = get_array (body, "rateCards");
      JsonArray *rates = array_length (cards) > 0
                             ? get_array (json_array_get_object_element (cards, 0), "rateCard")
                             : get_array (body, "grants");
      gboolean free = g_strcmp0 (kind, "freeTrialPricingTerm") == 0;
      guint days = 0;

      if (free && trestle_clock_parse_days (get_text (body, "duration"), &days))
        trial = time < accepted + days * TRESTLE_DAY;
      for (guint j = 0; !free && j < array_length (rates); j++)
        {
          JsonObject *rate = json_array_get_object_element (rates, j);

          if (g_strcmp0 (get_text (rate, "dimensionKey"), key) != 0)
            continue;
          g_free (found);
          found = g_strdup (get_text (rate, "price") != NULL ? get_text (rate, "price") : "0");
        }
    }
  return found != NULL && trial ? g_strdup ("0") : g_steal_pointer (&found);
}

void
trestle_practice_meter_add (TrestlePracticeWorld *world,
                            const char *account,
                            const char *region,
                            const char *package,
                            const char *key,
                            gint64 micro,
                            gint64 time)
{
  g_autofree char *arn = trestle_practice_packages_dup_arn (region, package);
  const TrestlePracticeVersion *version = trestle_practice_catalogue_find_arn (world->catalogue,
                                                                               arn, region);
  const char *seller = trestle_practice_world_find_role (world, "seller")->number;
  g_autoptr (sqlite3_stmt) rows = NULL;
  g_autoptr (JsonNode) terms = NULL;
  g_autofree char *rate = NULL;

  if (version == NULL || micro <= 0 || !trestle_practice_listing_is_own (version->listing, seller))
    return;
  rows = trestle_practice_query (world->state,
                                 "SELECT id, terms, accepted FROM agreements WHERE account = ?"
                                 " AND product = ? AND proposer = ? AND accepted <= ?"
                                 " ORDER BY status = 'ACTIVE' DESC, accepted DESC LIMIT 1",
                                 "sssi", account, version->listing->product_id, seller, time);
  if (!trestle_practice_next (rows))
    return;
  terms = json_from_string (trestle_practice_column_text (rows, 1), NULL);
  rate = dup_rate (json_node_get_array (terms), key, sqlite3_column_int64 (rows, 2), time);
  if (rate == NULL)
    return;
  trestle_practice_run (world->state,
                        "INSERT INTO metering (account, region, agreement, dimension, rate, day,"
                        " quantity, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        "sssssiii", account, region, trestle_practice_column_text (rows, 0), key,
                        rate, time - time % TRESTLE_DAY, micro, time);
}

void
trestle_practice_meter_call (TrestlePracticeWorld *world,
                             const char *account,
                             const char *region,
                             const char *package,
                             gint64 time)
{
  static const char *const keys[] = { "m.i.c", "inference.count.m.i.c" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    trestle_practice_meter_add (world, account, region, package, keys[i], MICRO, time);
}

typedef struct
{
  char *account;
  char *region;
  char *endpoint;
  char *type;
  char *package;
  gint64 position;
  gint64 count;
  gint64 from;
} Running;

static void
running_clear (gpointer data)
{
  Running *running = data;

  g_free (running->account);
  g_free (running->region);
  g_free (running->endpoint);
  g_free (running->type);
  g_free (running->package);
}

/* Each day is counted by itself; the last minute belongs to the day in which it begins. */
static gint64
add_minutes (TrestlePracticeWorld *world, const Running *running, const char *mode, gint64 minutes)
{
  g_autofree char *key = g_strconcat (running->type, mode, NULL);
  gint64 at = running->from;

  while (minutes > 0)
    {
      gint64 midnight = at - at % TRESTLE_DAY + TRESTLE_DAY;
      gint64 part = MIN (minutes, (midnight - at + TRESTLE_MINUTE - 1) / TRESTLE_MINUTE);

      trestle_practice_meter_add (world, running->account, running->region, running->package, key,
                                  (part * running->count * MICRO + 30) / 60, at);
      at += part * TRESTLE_MINUTE;
      minutes -= part;
    }
  return at;
}

void
trestle_practice_meter_job (TrestlePracticeWorld *world,
                            const char *account,
                            const char *region,
                            const char *package,
                            const char *type,
                            gint64 count,
                            gint64 from,
                            gint64 to)
{
  const Running running = { .account = (char *) account,
                            .region = (char *) region,
                            .type = (char *) type,
                            .package = (char *) package,
                            .count = count,
                            .from = from };

  add_minutes (world, &running, ".m.i.b", (to - from + TRESTLE_MINUTE - 1) / TRESTLE_MINUTE);
}

static void
count_minutes (TrestlePracticeWorld *world, const Running *running, gint64 minutes)
{
  gint64 at = add_minutes (world, running, ".m.i.r", minutes);

  trestle_practice_run (world->state,
                        "UPDATE variants SET metered = ? WHERE account = ? AND region = ?"
                        " AND endpoint = ? AND position = ?",
                        "isssi", at, running->account, running->region, running->endpoint,
                        running->position);
}

void
trestle_practice_meter_endpoints (TrestlePracticeWorld *world,
                                  const char *account,
                                  const char *region,
                                  const char *endpoint,
                                  gint64 now)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (Running));
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      world->state,
      "SELECT v.account, v.region, v.endpoint, v.type, v.package, v.position, v.count,"
      " max (v.metered, e.modified) FROM variants v JOIN endpoints e ON e.account = v.account"
      " AND e.region = v.region AND e.name = v.endpoint WHERE e.status = 'InService'"
      " AND (?1 IS NULL OR (v.account = ?1 AND v.region = ?2 AND v.endpoint = ?3))",
      "sss", account, region, endpoint);

  g_array_set_clear_func (all, running_clear);
  while (trestle_practice_next (rows))
    {
      Running running = { g_strdup (trestle_practice_column_text (rows, 0)),
                          g_strdup (trestle_practice_column_text (rows, 1)),
                          g_strdup (trestle_practice_column_text (rows, 2)),
                          g_strdup (trestle_practice_column_text (rows, 3)),
                          g_strdup (trestle_practice_column_text (rows, 4)),
                          sqlite3_column_int64 (rows, 5),
                          sqlite3_column_int64 (rows, 6),
                          sqlite3_column_int64 (rows, 7) };

      g_array_append_val (all, running);
    }
  g_clear_pointer (&rows, sqlite3_finalize);
  for (guint i = 0; i < all->len; i++)
    {
      const Running *running = &g_array_index (all, Running, i);
      gint64 span = now - running->from + (endpoint != NULL ? TRESTLE_MINUTE - 1 : 0);

      if (span >= TRESTLE_MINUTE)
        count_minutes (world, running, span / TRESTLE_MINUTE);
    }
}
