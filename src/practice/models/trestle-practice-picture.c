/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-picture.h"

#include <string.h>

/* A phone's camera makes 12 million pixels; three bytes each is what may be held at once. */
#define MAX_PIXELS (24 * 1000 * 1000)
#define MAX_SIDE 16384
/* A progressive JPEG has about ten scans. Each one costs a pass over all pixels. */
#define MAX_SCANS 64

typedef struct
{
  const char *format;
  guint width;
  guint height;
  guint scans;
  gboolean complete;
} Header;

static guint
be16 (const guint8 *p)
{
  return (guint) p[0] << 8 | p[1];
}

static guint
be32 (const guint8 *p)
{
  return (guint) be16 (p) << 16 | be16 (p + 2);
}

static gboolean
read_png_header (const guint8 *data, gsize size, Header *header)
{
  if (size < 24 || memcmp (data, "\x89PNG\r\n\x1a\n", 8) != 0)
    return FALSE;

  header->format = "png";
  if (memcmp (data + 12, "IHDR", 4) == 0)
    {
      header->width = be32 (data + 16);
      header->height = be32 (data + 20);
    }
  header->complete = memmem (data + 24, size - 24, "IEND", 4) != NULL;

  return TRUE;
}

static gboolean
read_jpeg_header (const guint8 *data, gsize size, Header *header)
{
  gsize at = 2;

  if (size < 4 || memcmp (data, "\xff\xd8\xff", 3) != 0)
    return FALSE;

  header->format = "jpeg";
  while (at + 9 < size && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          header->height = be16 (data + at + 5);
          header->width = be16 (data + at + 7);
          break;
        }
      at += 2 + be16 (data + at + 2);
    }

  for (; at + 1 < size; at++)
    {
      if (data[at] != 0xff)
        continue;
      if (data[at + 1] == 0xda)
        {
          header->scans++;
          header->complete = FALSE;
        }
      else if (data[at + 1] == 0xd9)
        header->complete = TRUE;
    }

  return TRUE;
}

static TrestlePracticeAnswer *
check_header (TrestlePracticeRequest *request, Header *header)
{
  if (!read_png_header (request->data, request->size, header)
      && !read_jpeg_header (request->data, request->size, header))
    return trestle_practice_request_error (request, 400, "the body is neither PNG nor JPEG");
  if (header->width == 0 || header->height == 0)
    return trestle_practice_request_error (request, 400, "the %s picture has no size",
                                           header->format);
  if (header->width > MAX_SIDE || header->height > MAX_SIDE
      || (guint64) header->width * header->height > MAX_PIXELS)
    return trestle_practice_request_error (request, 422,
                                           "%u × %u pixels are more than this model takes "
                                           "(%d million, sides up to %d)",
                                           header->width, header->height, MAX_PIXELS / 1000000,
                                           MAX_SIDE);
  if (!header->complete)
    return trestle_practice_request_error (request, 400, "the %s picture is cut short",
                                           header->format);
  if (header->scans > MAX_SCANS)
    return trestle_practice_request_error (request, 422,
                                           "%u scans in a JPEG picture are more "
                                           "than this model takes",
                                           header->scans);

  return NULL;
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, const Header *header)
{
  /* The header read above and the decoder's must agree, or its limits do not hold. A size of
   * nothing makes the decoder give up. */
  if ((guint) width != header->width || (guint) height != header->height)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static GdkPixbuf *
decode (const guint8 *data, gsize size, const Header *header, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  GdkPixbuf *pixbuf;

  loader = gdk_pixbuf_loader_new_with_type (header->format, error);
  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), (gpointer) header);
  if (!gdk_pixbuf_loader_write (loader, data, size, error))
    {
      /* It has to be closed all the same; its second complaint adds nothing. */
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  if (!gdk_pixbuf_loader_close (loader, error))
    return NULL;

  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL || (guint) gdk_pixbuf_get_width (pixbuf) != header->width
      || (guint) gdk_pixbuf_get_height (pixbuf) != header->height
      || gdk_pixbuf_get_bits_per_sample (pixbuf) != 8
      || gdk_pixbuf_get_colorspace (pixbuf) != GDK_COLORSPACE_RGB)
    {
      g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE,
                           "no whole picture in it");
      return NULL;
    }

  return g_object_ref (pixbuf);
}

/* Averages squares of factor × factor pixels; the last ones may be smaller. */
static GdkPixbuf *
reduce (GdkPixbuf *source, guint factor)
{
  guint width = gdk_pixbuf_get_width (source);
  guint height = gdk_pixbuf_get_height (source);
  guint channels = gdk_pixbuf_get_n_channels (source);
  gsize stride = gdk_pixbuf_get_rowstride (source);
  const guint8 *pixels = gdk_pixbuf_read_pixels (source);
  guint small_width = (width + factor - 1) / factor;
  guint small_height = (height + factor - 1) / factor;
  GdkPixbuf *small;
  guint8 *out;
  gsize out_stride;

  small = gdk_pixbuf_new (GDK_COLORSPACE_RGB, channels == 4, 8, small_width, small_height);
  g_return_val_if_fail (small != NULL, NULL);
  out = gdk_pixbuf_get_pixels (small);
  out_stride = gdk_pixbuf_get_rowstride (small);

  for (guint y = 0; y < small_height; y++)
    for (guint x = 0; x < small_width; x++)
      {
        guint x1 = MIN ((x + 1) * factor, width), y1 = MIN ((y + 1) * factor, height);
        guint n = (x1 - x * factor) * (y1 - y * factor);
        guint sums[4] = { n / 2, n / 2, n / 2, n / 2 };

        for (guint v = y * factor; v < y1; v++)
          for (guint u = x * factor; u < x1; u++)
            for (guint c = 0; c < channels; c++)
              sums[c] += pixels[v * stride + u * channels + c];
        for (guint c = 0; c < channels; c++)
          out[y * out_stride + x * channels + c] = sums[c] / n;
      }

  return small;
}

/**
 * trestle_practice_picture_load:
 * @request: a request whose body is a PNG or JPEG picture
 * @max_pixels: a larger picture is reduced by a whole factor until it has no more pixels than this
 * @error: (out): a 400 or 422 answer
 *
 * Returns: (transfer full) (nullable): the picture, %NULL if @error was set
 */
TrestlePracticePicture *
trestle_practice_picture_load (TrestlePracticeRequest *request,
                               guint max_pixels,
                               TrestlePracticeAnswer **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) decode_error = NULL;
  TrestlePracticePicture *self;
  Header header = { 0 };
  guint factor = 1;

  *error = check_header (request, &header);
  if (*error != NULL)
    return NULL;

  pixbuf = decode (request->data, request->size, &header, &decode_error);
  if (pixbuf == NULL)
    {
      *error = trestle_practice_request_error (request, 400, "the %s picture cannot be read: %s",
                                               header.format, decode_error->message);
      return NULL;
    }

  while ((guint64) ((header.width + factor - 1) / factor) * ((header.height + factor - 1) / factor)
         > max_pixels)
    factor++;
  if (factor > 1)
    {
      GdkPixbuf *small = reduce (pixbuf, factor);

      g_object_unref (pixbuf);
      pixbuf = small;
    }

  self = g_new0 (TrestlePracticePicture, 1);
  self->full_width = header.width;
  self->full_height = header.height;
  self->factor = factor;
  self->width = gdk_pixbuf_get_width (pixbuf);
  self->height = gdk_pixbuf_get_height (pixbuf);
  self->channels = gdk_pixbuf_get_n_channels (pixbuf);
  self->stride = gdk_pixbuf_get_rowstride (pixbuf);
  self->pixels = gdk_pixbuf_read_pixels (pixbuf);
  self->pixbuf = g_steal_pointer (&pixbuf);

  trestle_practice_request_log (request, "[INFO] %s: %s picture of %u × %u pixels%s",
                                request->model->id, header.format, header.width, header.height,
                                factor > 1 ? ", reduced" : "");

  return self;
}

/**
 * trestle_practice_picture_free:
 * @self: (transfer full): a picture
 */
void
trestle_practice_picture_free (TrestlePracticePicture *self)
{
  g_clear_object (&self->pixbuf);
  g_free (self);
}

/**
 * trestle_practice_picture_png:
 * @request: the request that is answered
 * @rgb: three bytes a pixel, rows without padding
 * @width: width in pixels
 * @height: height in pixels
 *
 * Returns: (transfer full): an answer of type `image/png`
 */
TrestlePracticeAnswer *
trestle_practice_picture_png (TrestlePracticeRequest *request,
                              const guint8 *rgb,
                              guint width,
                              guint height)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;
  char *buffer;
  gsize size;

  pixbuf = gdk_pixbuf_new_from_data (rgb, GDK_COLORSPACE_RGB, FALSE, 8, width, height, width * 3,
                                     NULL, NULL);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", &error, NULL))
    return trestle_practice_request_error (request, 500, "cannot write PNG: %s", error->message);

  return trestle_practice_answer_new (200, g_bytes_new_take (buffer, size), "image/png");
}
