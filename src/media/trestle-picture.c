/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-media"

#include "media/trestle-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

#include "base/trestle-future.h"

G_DEFINE_BOXED_TYPE (TrestlePicture, trestle_picture, trestle_picture_copy, trestle_picture_free)

typedef struct
{
  GBytes *bytes;
  int max_width, max_height;
  int full_width, full_height;
  gboolean refused;
} Decoding;

TrestlePicture *
trestle_picture_copy (const TrestlePicture *self)
{
  TrestlePicture *copy = g_memdup2 (self, sizeof *self);

  g_bytes_ref (copy->rgba);
  return copy;
}

void
trestle_picture_free (TrestlePicture *self)
{
  g_bytes_unref (self->rgba);
  g_free (self);
}

static void
decoding_free (gpointer data)
{
  Decoding *self = data;

  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Decoding *self = data;
  double scale = 1.0;

  self->full_width = width;
  self->full_height = height;
  if (width < 1 || height < 1 || width > TRESTLE_PICTURE_MAX_SIDE
      || height > TRESTLE_PICTURE_MAX_SIDE)
    {
      self->refused = TRUE;
      gdk_pixbuf_loader_set_size (loader, 1, 1);
      return;
    }
  if (self->max_width > 0)
    scale = MIN (scale, (double) self->max_width / width);
  if (self->max_height > 0)
    scale = MIN (scale, (double) self->max_height / height);
  if (scale < 1.0)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale + 0.5)),
                                MAX (1, (int) (height * scale + 0.5)));
}

static DexFuture *
decode_fiber (gpointer data)
{
  Decoding *self = data;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) rgba = NULL;
  g_autoptr (GError) error = NULL;
  TrestlePicture *picture;
  GdkPixbuf *loaded = NULL;
  gboolean whole;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), self);
  whole = gdk_pixbuf_loader_write_bytes (loader, self->bytes, &error);
  whole = gdk_pixbuf_loader_close (loader, error ? NULL : &error) && whole;
  if (self->refused)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                  "A picture of %d × %d pixels is too large to show",
                                  self->full_width, self->full_height);
  if (whole)
    loaded = gdk_pixbuf_loader_get_pixbuf (loader);
  if (loaded == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                  "This is not a picture that can be shown: %s",
                                  error ? error->message : "it is empty");

  pixbuf = gdk_pixbuf_apply_embedded_orientation (loaded);
  rgba = gdk_pixbuf_get_has_alpha (pixbuf) ? g_object_ref (pixbuf)
                                           : gdk_pixbuf_add_alpha (pixbuf, FALSE, 0, 0, 0);
  if (rgba == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                  "There is not enough memory for this picture");
  picture = g_new0 (TrestlePicture, 1);
  picture->width = gdk_pixbuf_get_width (rgba);
  picture->height = gdk_pixbuf_get_height (rgba);
  picture->stride = (gsize) gdk_pixbuf_get_rowstride (rgba);
  picture->rgba = gdk_pixbuf_read_pixel_bytes (rgba);
  picture->full_width = self->full_width;
  picture->full_height = self->full_height;
  if (gdk_pixbuf_get_width (loaded) != picture->width
      && gdk_pixbuf_get_width (loaded) == picture->height)
    {
      picture->full_width = self->full_height;
      picture->full_height = self->full_width;
    }
  return dex_future_new_take_boxed (TRESTLE_TYPE_PICTURE, picture);
}

DexFuture *
trestle_picture_decode (GBytes *bytes, int max_width, int max_height)
{
  Decoding *self = g_new0 (Decoding, 1);

  self->bytes = g_bytes_ref (bytes);
  self->max_width = max_width;
  self->max_height = max_height;
  return trestle_pool_spawn (decode_fiber, self, decoding_free);
}

static DexFuture *
encode_fiber (gpointer data)
{
  const TrestlePicture *picture = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf)
      pixbuf = gdk_pixbuf_new_from_bytes (picture->rgba, GDK_COLORSPACE_RGB, TRUE, 8,
                                          picture->width, picture->height, (int) picture->stride);
  char *png;
  gsize length;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &png, &length, "png", &error, NULL))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_take (png, length));
}

DexFuture *
trestle_picture_encode_png (const TrestlePicture *picture)
{
  return trestle_pool_spawn (encode_fiber, trestle_picture_copy (picture),
                             (GDestroyNotify) trestle_picture_free);
}
