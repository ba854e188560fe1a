/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-pictures.h"

#include "base/trestle-future.h"
#include "base/trestle-limiter.h"
#include "media/trestle-picture.h"

#define BUDGET_BYTES (48 * 1024 * 1024)
#define MAX_FILE_BYTES (5 * 1024 * 1024)
#define MAX_LOADS 6

typedef struct
{
  char *key;
  GdkTexture *texture;
  gsize bytes;
  GList link;
} Kept;

/* Used on the main thread only. */
static GHashTable *kept;    /* key → Kept */
static GHashTable *loading; /* key → DexFuture */
static GQueue recent = G_QUEUE_INIT;
static gsize bytes_kept;
static TrestleLimiter *limiter;

static void
kept_free (gpointer data)
{
  Kept *entry = data;

  g_free (entry->key);
  g_object_unref (entry->texture);
  g_free (entry);
}

static void
ensure_tables (void)
{
  if (kept != NULL)
    return;
  kept = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, kept_free);
  loading = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dex_unref);
  limiter = trestle_limiter_new (MAX_LOADS);
}

static char *
key_for (const char *uri, int width, int height)
{
  return g_strdup_printf ("%dx%d %s", width, height, uri);
}

static void
keep (const char *key, GdkTexture *texture)
{
  Kept *entry = g_new0 (Kept, 1);

  entry->key = g_strdup (key);
  entry->texture = g_object_ref (texture);
  entry->bytes = (gsize) gdk_texture_get_width (texture) * gdk_texture_get_height (texture) * 4;
  entry->link.data = entry;
  g_hash_table_insert (kept, entry->key, entry);
  g_queue_push_head_link (&recent, &entry->link);
  bytes_kept += entry->bytes;

  while (bytes_kept > BUDGET_BYTES && recent.length > 1)
    {
      GList *link = g_queue_pop_tail_link (&recent);
      Kept *oldest = link->data;

      bytes_kept -= oldest->bytes;
      g_hash_table_remove (kept, oldest->key);
    }
}

GdkTexture *
trestle_pictures_peek (const char *uri, int max_width, int max_height)
{
  g_autofree char *key = key_for (uri, max_width, max_height);
  Kept *entry;

  ensure_tables ();
  entry = g_hash_table_lookup (kept, key);
  if (entry == NULL)
    return NULL;
  g_queue_unlink (&recent, &entry->link);
  g_queue_push_head_link (&recent, &entry->link);
  return g_object_ref (entry->texture);
}

typedef struct
{
  TrestleSession *session;
  char *uri;
  char *key;
  int width, height;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->session);
  g_free (load->uri);
  g_free (load->key);
  g_free (load);
}

/* A seller's picture that is on no server yet; what follows # tells its states apart. */
static DexFuture *
read_fiber (gpointer data)
{
  g_auto (GStrv) parts = g_strsplit (data, "#", 2);
  g_autoptr (GFile) file = g_file_new_for_uri (parts[0]);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                            &error);
  if (info == NULL)
    return trestle_future_error (error);
  if (g_file_info_get_size (info) > MAX_FILE_BYTES)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                                  "%s is too large for a picture", parts[0]);
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  if (bytes == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_boxed (G_TYPE_BYTES, g_steal_pointer (&bytes));
}

static DexFuture *
read_file (const char *uri)
{
  return trestle_pool_spawn (read_fiber, g_strdup (uri), g_free);
}

static DexFuture *
load_fiber (gpointer data)
{
  Load *load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TrestlePicture) picture = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (!dex_await (trestle_limiter_acquire (limiter), &error))
    return trestle_future_error (error);

  bytes = dex_await_boxed (g_str_has_prefix (load->uri, "file:")
                               ? read_file (load->uri)
                               : trestle_session_fetch (load->session, load->uri, MAX_FILE_BYTES),
                           &error);
  if (bytes != NULL)
    picture = dex_await_boxed (trestle_picture_decode (bytes, load->width, load->height), &error);
  trestle_limiter_release (limiter);
  g_hash_table_remove (loading, load->key);
  if (picture == NULL)
    return trestle_future_error (error);

  texture = gdk_memory_texture_new (picture->width, picture->height, GDK_MEMORY_R8G8B8A8,
                                    picture->rgba, picture->stride);
  keep (load->key, texture);
  return dex_future_new_for_object (texture);
}

DexFuture *
trestle_pictures_load (TrestleSession *session, const char *uri, int max_width, int max_height)
{
  g_autofree char *key = key_for (uri, max_width, max_height);
  g_autoptr (GdkTexture) texture = trestle_pictures_peek (uri, max_width, max_height);
  DexFuture *future;
  Load *load;

  if (texture != NULL)
    return dex_future_new_for_object (texture);
  future = g_hash_table_lookup (loading, key);
  if (future != NULL)
    return dex_ref (future);

  load = g_new0 (Load, 1);
  load->session = g_object_ref (session);
  load->uri = g_strdup (uri);
  load->key = g_strdup (key);
  load->width = max_width;
  load->height = max_height;
  future = trestle_fiber_spawn (load_fiber, load, load_free);
  if (dex_future_is_pending (future))
    g_hash_table_insert (loading, g_steal_pointer (&key), dex_ref (future));
  return future;
}
