/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-fetch.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "base/trestle-paths.h"
#include "workbench/trestle-parts.h"

#define KEEP (7 * TRESTLE_DAY)

/* A practice server that came back listens elsewhere; addresses in the store still name the old place. */
char *
trestle_fetch_resolve (TrestleContext *context, const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL);
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;
  const char *path;

  if (!trestle_context_is_practice (context) || host == NULL
      || (!g_str_equal (host, "127.0.0.1") && !g_str_equal (host, "::1")))
    return g_strdup (uri);
  path = g_uri_get_path (parsed);
  if (g_uri_get_query (parsed) != NULL)
    return g_strdup_printf ("%s%s?%s", context->practice->endpoint, path, g_uri_get_query (parsed));
  return g_strconcat (context->practice->endpoint, path, NULL);
}

static char *
cache_file (const char *uri)
{
  g_autofree char *folder = trestle_paths_cache ("fetched");
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

static DexFuture *
read_cache_fiber (gpointer path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GDateTime) modified = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_QUERY_INFO_NONE, NULL,
                            &error);
  if (info == NULL)
    return trestle_future_error (error);
  modified = g_file_info_get_modification_date_time (info);
  if (modified == NULL
      || g_date_time_to_unix (modified) * TRESTLE_SECOND < trestle_clock_now () - KEEP)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "too old");
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  if (bytes == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_boxed (G_TYPE_BYTES, bytes);
}

typedef struct
{
  TrestleContext *context;
  char *uri;
  gsize max_body;
} Fetching;

static void
fetching_free (gpointer data)
{
  Fetching *self = data;

  g_object_unref (self->context);
  g_free (self->uri);
  g_free (self);
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Fetching *self = data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *path = NULL;

  if (!dex_await (trestle_context_ready (self->context), &error))
    return trestle_future_error (error);
  uri = trestle_fetch_resolve (self->context, self->uri);
  /* What the practice server gives is on this disk already. */
  if (!trestle_context_is_practice (self->context))
    {
      path = cache_file (uri);
      bytes = dex_await_boxed (trestle_pool_spawn (read_cache_fiber, g_strdup (path), g_free),
                               NULL);
      if (bytes != NULL)
        return dex_future_new_take_boxed (G_TYPE_BYTES, g_steal_pointer (&bytes));
    }
  bytes = dex_await_boxed (
      trestle_aws_transport_fetch (self->context->transport, uri, self->max_body), &error);
  if (bytes == NULL)
    return trestle_future_error (error);
  if (path != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);

      trestle_future_report (dex_file_replace_contents_bytes (file, bytes, NULL, FALSE,
                                                              G_FILE_CREATE_REPLACE_DESTINATION),
                             "keep a fetched file");
    }
  return dex_future_new_take_boxed (G_TYPE_BYTES, g_steal_pointer (&bytes));
}

DexFuture *
trestle_fetch (TrestleContext *context, const char *uri, gsize max_body)
{
  Fetching *fetching = g_new0 (Fetching, 1);

  fetching->context = g_object_ref (context);
  fetching->uri = g_strdup (uri);
  fetching->max_body = max_body;
  return trestle_fiber_spawn (fetch_fiber, fetching, fetching_free);
}

DexFuture *
trestle_session_fetch (TrestleSession *self, const char *uri, gsize max_body)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  g_return_val_if_fail (uri != NULL, NULL);
  return trestle_fetch (trestle_session_get_context (self), uri, max_body);
}
