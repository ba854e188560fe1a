/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "practice/trestle-practice-change.h"
#include "practice/trestle-practice-keep.h"
#include "practice/trestle-practice-resources.h"
#include "practice/trestle-practice-s3.h"

#define LOGO_BYTES (5 * 1024 * 1024)
#define LOGO_MIN 120
#define LOGO_MAX 640
/* AWS does not say how much is too much; a licence of a megabyte is a long one. */
#define LICENCE_BYTES (1024 * 1024)

/* "127.0.0.1:PORT" of this server, under whichever name of this computer. */
static gboolean
is_own (TrestlePracticeWorld *world, GUri *uri)
{
  g_autoptr (GUri) base = world->base != NULL ? g_uri_parse (world->base, G_URI_FLAGS_NONE, NULL)
                                              : NULL;
  const char *host = g_uri_get_host (uri);

  return base != NULL && g_uri_get_port (uri) == g_uri_get_port (base)
         && (g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0
             || g_strcmp0 (host, g_uri_get_host (base)) == 0);
}

/* BUCKET.s3.amazonaws.com, BUCKET.s3.REGION.amazonaws.com; "" for s3.… itself; NULL elsewhere. */
static char *
dup_virtual_bucket (const char *host)
{
  const char *at = strstr (host, ".s3.");
  g_autofree char *rest = NULL;

  if (!g_str_has_suffix (host, ".amazonaws.com"))
    return NULL;
  if (g_str_has_prefix (host, "s3."))
    return g_strdup ("");
  if (at == NULL)
    return NULL;
  rest = g_strndup (at + 4, strlen (at + 4) - MIN (strlen (at + 4), strlen (".amazonaws.com")));
  return strchr (rest, '.') == NULL ? g_strndup (host, (gsize) (at - host)) : NULL;
}

static GBytes *
load_object (TrestlePracticeState *state, const char *bucket, const char *path)
{
  const char *key = path + strspn (path, "/");
  g_autofree char *first = NULL;

  if (*bucket == '\0')
    {
      first = g_strndup (key, strcspn (key, "/"));
      bucket = first;
      key += strlen (first);
      key += strspn (key, "/");
    }
  return trestle_practice_s3_load (state, bucket, key);
}

GBytes *
trestle_practice_fetch (TrestlePracticeWorld *world, const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autofree char *hosted = trestle_practice_keep_dup_path (world->state, address);
  g_autofree char *bucket = NULL;
  const char *path;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;
  path = g_uri_get_path (uri);
  if (strstr (hosted, "://") == NULL)
    path = hosted;
  else if (is_own (world, uri))
    path += strspn (path, "/");
  else
    {
      bucket = dup_virtual_bucket (g_uri_get_host (uri));
      return bucket != NULL ? load_object (world->state, bucket, path) : NULL;
    }
  if (g_str_has_prefix (path, "kept/"))
    return trestle_practice_keep_read (world->state, path, NULL);
  if (g_str_has_prefix (path, "pictures/") || g_str_has_prefix (path, "eula/"))
    return trestle_practice_resources_lookup (path, NULL);
  return load_object (world->state, "", path);
}

typedef struct
{
  int width;
  int height;
} Size;

/* What is too large anyway is not unpacked: a small file may hold a very large picture. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, Size *size)
{
  *size = (Size) { width, height };
  if (MAX (width, height) > LOGO_MAX)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

/* Whether @bytes are a picture; its size and kind ("png"). */
static gboolean
decode (GBytes *bytes, Size *size, char **kind)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean done;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), size);
  done = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  done = gdk_pixbuf_loader_close (loader, NULL) && done;
  done = done && gdk_pixbuf_loader_get_pixbuf (loader) != NULL;
  if (gdk_pixbuf_loader_get_format (loader) != NULL)
    *kind = gdk_pixbuf_format_get_name (gdk_pixbuf_loader_get_format (loader));
  return *kind != NULL && (done || MAX (size->width, size->height) > LOGO_MAX);
}

char *
trestle_practice_take_logo (TrestlePracticeWork *work,
                            TrestlePracticeChange *change,
                            const char *address)
{
  g_autoptr (GBytes) bytes = trestle_practice_fetch (work->world, address);
  g_autofree char *kind = NULL;
  g_autofree char *type = NULL;
  Size size = { 0 };

  if (bytes == NULL)
    {
      trestle_practice_change_error (change, "INVALID_MEDIA",
                                     "The file at the LogoUrl %s cannot be read. Put it into a"
                                     " bucket that AWS Marketplace can read.",
                                     address);
      return NULL;
    }
  if (g_bytes_get_size (bytes) > LOGO_BYTES)
    {
      trestle_practice_change_error (change, "INVALID_MEDIA",
                                     "The file at the LogoUrl %s has %" G_GSIZE_FORMAT
                                     " bytes. The limit is 5 MB.",
                                     address, g_bytes_get_size (bytes));
      return NULL;
    }
  if (!decode (bytes, &size, &kind))
    {
      trestle_practice_change_error (change, "INVALID_MEDIA",
                                     "The file at the LogoUrl %s is not a picture.", address);
      return NULL;
    }
  if (!g_str_equal (kind, "png") && !g_str_equal (kind, "jpeg") && !g_str_equal (kind, "gif"))
    trestle_practice_change_error (change, "InvalidImageProperties",
                                   "The logo's format %s is not supported. Use PNG, JPEG or GIF.",
                                   kind);
  else if (MIN (size.width, size.height) < LOGO_MIN || MAX (size.width, size.height) > LOGO_MAX)
    trestle_practice_change_error (change, "InvalidImageProperties",
                                   "The logo has %d × %d pixels. Each side needs %d to %d.",
                                   size.width, size.height, LOGO_MIN, LOGO_MAX);
  else if (size.width != size.height && size.width != 2 * size.height)
    trestle_practice_change_error (change, "InvalidImageProperties",
                                   "The logo has %d × %d pixels. Its sides need the ratio 1:1 or"
                                   " 2:1.",
                                   size.width, size.height);
  else
    {
      type = g_strconcat ("image/", kind, NULL);
      return work->apply ? trestle_practice_keep_logo (work->state, bytes, type, work->now)
                         : g_strdup (address);
    }
  return NULL;
}

char *
trestle_practice_take_licence (TrestlePracticeWork *work,
                               TrestlePracticeChange *change,
                               const char *address)
{
  g_autoptr (GBytes) bytes = trestle_practice_fetch (work->world, address);
  gsize size = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  gboolean pdf = size >= 5 && memcmp (text, "%PDF-", 5) == 0;

  if (text == NULL || size == 0)
    trestle_practice_change_error (change, "INVALID_LEGAL_DOCUMENTS",
                                   "The licence at %s cannot be read. Give a public or a presigned"
                                   " address.",
                                   address);
  else if (size > LICENCE_BYTES)
    trestle_practice_change_error (change, "LIMIT_EXCEEDED_LEGAL_DOCUMENT_SIZE",
                                   "The licence has %" G_GSIZE_FORMAT " bytes. The limit is %d.",
                                   size, LICENCE_BYTES);
  else if (!pdf && !g_utf8_validate (text, (gssize) size, NULL))
    trestle_practice_change_error (change, "INVALID_LEGAL_DOCUMENTS",
                                   "The licence at %s is neither PDF nor plain text.", address);
  else
    return work->apply ? trestle_practice_keep_eula (
                             work->state, bytes, pdf ? "application/pdf" : "text/plain", work->now)
                       : g_strdup (address);
  return NULL;
}
