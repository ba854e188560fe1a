/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-starts.h"

#include "workbench/trestle-parts.h"

#define STARTS_MAX 5

static char *
key_of (const char *listing_id, const char *instance_type)
{
  return g_strdup_printf ("starts/%s/%s", listing_id, instance_type);
}

/* Kept as µs, newest first, separated by commas. Returns: how many there are */
static guint
read_starts (TrestleContext *context, const char *key, gint64 durations[STARTS_MAX])
{
  g_autofree char *text = trestle_store_recall (context->store, context->scope, key);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ",", STARTS_MAX + 1) : NULL;
  guint n = 0;

  for (guint i = 0; parts != NULL && parts[i] != NULL && n < STARTS_MAX; i++)
    {
      gint64 duration;

      if (g_ascii_string_to_signed (parts[i], 10, 1, G_MAXINT64, &duration, NULL))
        durations[n++] = duration;
    }
  return n;
}

void
trestle_starts_note (TrestleContext *context,
                     const char *listing_id,
                     const char *instance_type,
                     gint64 duration)
{
  gint64 durations[STARTS_MAX];
  g_autofree char *key = NULL;
  g_autoptr (GString) text = NULL;
  guint n;

  if (listing_id == NULL || instance_type == NULL || duration <= 0)
    return;

  key = key_of (listing_id, instance_type);
  n = read_starts (context, key, durations);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%" G_GINT64_FORMAT, duration);
  for (guint i = 0; i < MIN (n, STARTS_MAX - 1); i++)
    g_string_append_printf (text, ",%" G_GINT64_FORMAT, durations[i]);
  trestle_store_remember (context->store, context->scope, key, text->str, NULL);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

void
trestle_starts_recall (TrestleSession *session,
                       const char *listing_id,
                       const char *instance_type,
                       TrestleStarts *starts)
{
  gint64 durations[STARTS_MAX];
  g_autofree char *key = NULL;
  guint n;

  g_return_if_fail (TRESTLE_IS_SESSION (session));

  *starts = (TrestleStarts) { 0 };
  if (listing_id == NULL || instance_type == NULL)
    return;

  key = key_of (listing_id, instance_type);
  n = read_starts (trestle_session_get_context (session), key, durations);
  if (n == 0)
    return;
  qsort (durations, n, sizeof *durations, compare);
  starts->n = n;
  starts->median = durations[n / 2];
  starts->shortest = durations[0];
  starts->longest = durations[n - 1];
}
