/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-look-container.h"

#include "base/trestle-clock.h"
#include "domain/trestle-container-check.h"
#include "domain/trestle-container-ping.h"
#include "domain/trestle-container-table.h"

/* What is not told of here passed. */
static const struct
{
  TrestleContainerCheckId id;
  TrestleCheckState state;
  const char *title;
  const char *figure;
  const char *reason;
} rows[] = {
  { TRESTLE_CHECK_IMAGE_SIZE, TRESTLE_CHECK_STATE_PASSED, NULL, "1.9 GB", "11 layers" },
  { TRESTLE_CHECK_PORTS, TRESTLE_CHECK_STATE_PASSED, NULL, "8080/tcp", NULL },
  { TRESTLE_CHECK_ENTRY_POINT, TRESTLE_CHECK_STATE_PASSED, NULL, "exec form", NULL },
  { TRESTLE_CHECK_TRAINING, TRESTLE_CHECK_STATE_SKIPPED, NULL, NULL,
    "It is checked as a model, not as an algorithm." },
  { TRESTLE_CHECK_TRAINING_FAILURE, TRESTLE_CHECK_STATE_SKIPPED, NULL, NULL,
    "It is checked as a model, not as an algorithm." },
  { TRESTLE_CHECK_READY, TRESTLE_CHECK_STATE_PASSED, "Ready and healthy", "4.2 s", NULL },
  { TRESTLE_CHECK_LOADING, TRESTLE_CHECK_STATE_PASSED, NULL, "8 answers", NULL },
  { TRESTLE_CHECK_PING, TRESTLE_CHECK_STATE_PASSED, NULL, "38 ms", NULL },
  { TRESTLE_CHECK_INVOCATIONS, TRESTLE_CHECK_STATE_PASSED, NULL, "3 of 3", NULL },
  { TRESTLE_CHECK_STREAM, TRESTLE_CHECK_STATE_SKIPPED, NULL, NULL,
    "It does not say that it streams." },
  { TRESTLE_CHECK_METERING, TRESTLE_CHECK_STATE_SKIPPED, NULL, NULL, "It does not meter." },
  { TRESTLE_CHECK_MULTI_RECORD, TRESTLE_CHECK_STATE_FAILED, "Records get lost in a batch",
    "1 for 3", "One line brings 1, 3 lines bring 1." },
  { TRESTLE_CHECK_CONCURRENCY, TRESTLE_CHECK_STATE_PASSED, "8 calls at once, /ping stays healthy",
    "164 ms", NULL },
  { TRESTLE_CHECK_PAYLOAD, TRESTLE_CHECK_STATE_PASSED, "25 MB request", "61 ms",
    "It answered with 413." },
  { TRESTLE_CHECK_UNKNOWN_PATH, TRESTLE_CHECK_STATE_FAILED, "Unknown path answered with 200",
    "expected 404", "GET /trestle-no-such-path answered with 200." },
  { TRESTLE_CHECK_INVALID_INPUT, TRESTLE_CHECK_STATE_FAILED, "Wrong input is not refused",
    "POST /invocations",
    "Empty input: the container answered with 500: Traceback (most recent call last)." },
  { TRESTLE_CHECK_NETWORK, TRESTLE_CHECK_STATE_PASSED, "Network off", "0 attempts",
    "No name look-up, no connection tried." },
  { TRESTLE_CHECK_MODEL_FOLDER, TRESTLE_CHECK_STATE_PASSED, NULL, "mounted read-only", NULL },
  { TRESTLE_CHECK_STOP, TRESTLE_CHECK_STATE_PASSED, NULL, "800 ms", NULL },
  { TRESTLE_CHECK_NO_MODEL, TRESTLE_CHECK_STATE_FAILED, "/ping does not touch the model",
    "static answer", "With no model file it still said 200." },
};

static TrestleContainerCheck *
make_check (TrestleContainerCheckId id)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].id == id)
      return trestle_container_check_new (id, rows[i].state, rows[i].title, rows[i].figure,
                                          rows[i].reason);
  return trestle_container_check_new (id, TRESTLE_CHECK_STATE_PASSED, NULL, NULL, NULL);
}

/* Loads for four seconds, rests, has eight calls at once for six, and rests again. */
static GListModel *
make_pings (void)
{
  GListStore *pings = g_list_store_new (TRESTLE_TYPE_CONTAINER_PING);

  for (gint64 i = 0; i < 40; i++)
    {
      gboolean loading = i < 9, load = i >= 18 && i < 31;
      gint64 latency = loading ? 14 + i % 3 : load ? 105 + 13 * (i % 5) : 34 + i % 4;
      g_autoptr (TrestleContainerPing)
          ping = g_object_new (TRESTLE_TYPE_CONTAINER_PING, "at", i * 500000, "latency",
                               latency * 1000, "status", (gint64) (loading ? 503 : 200), "phase",
                               loading ? "loading"
                               : load  ? "load"
                                       : "idle",
                               NULL);

      g_list_store_append (pings, ping);
    }
  return G_LIST_MODEL (pings);
}

void
trestle_look_container (TrestleContainerPage *page)
{
  g_autoptr (GListStore) checks = g_list_store_new (TRESTLE_TYPE_CONTAINER_CHECK);
  g_autoptr (GListModel) pings = make_pings ();
  g_autoptr (TrestleContainerResult) result = NULL;

  for (guint i = 0; i < TRESTLE_N_CONTAINER_CHECKS; i++)
    {
      g_autoptr (TrestleContainerCheck) check = make_check ((TrestleContainerCheckId) i);

      g_list_store_append (checks, check);
    }
  result = g_object_new (
      TRESTLE_TYPE_CONTAINER_RESULT, "target", "weld-inspector:0.3", "engine", "Podman 5.4",
      "started", trestle_clock_now () - 4 * TRESTLE_MINUTE, "duration", 134 * TRESTLE_SECOND,
      "checks", checks, "pings", pings, "ready", (gint64) 4200000, "call-median", (gint64) 212000,
      "call-p95", (gint64) 340000, "image-size", (gint64) 1900000000, "image-layers", (gint64) 11,
      "memory-peak", (gint64) 2300000000, "stop-time", (gint64) 800000, NULL);
  trestle_container_page_show (page, result);
}
