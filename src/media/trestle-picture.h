/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/** TRESTLE_PICTURE_MAX_SIDE: pixels of a side above which a picture is refused */
#define TRESTLE_PICTURE_MAX_SIDE 16384

/**
 * TrestlePicture:
 * @width: pixels
 * @height: pixels
 * @stride: bytes a row
 * @rgba: straight (not premultiplied) R8G8B8A8
 * @full_width: pixels of the picture in its file
 * @full_height: pixels of the picture in its file
 *
 * A decoded picture, ready to become a texture. Immutable.
 */
typedef struct
{
  int width, height;
  gsize stride;
  GBytes *rgba;
  int full_width, full_height;
} TrestlePicture;

#define TRESTLE_TYPE_PICTURE (trestle_picture_get_type ())
GType trestle_picture_get_type (void) G_GNUC_CONST;
TrestlePicture *trestle_picture_copy (const TrestlePicture *self);
void trestle_picture_free (TrestlePicture *self);

/**
 * trestle_picture_decode:
 * @bytes: an encoded picture from anywhere; hostile until decoded
 * @max_width: pixels it is shown at most, 0: as it is
 * @max_height: likewise
 *
 * Decodes on the thread pool, straight to display size, keeping the aspect.
 *
 * Returns: (transfer full): resolves to #TrestlePicture (boxed); rejects with %G_IO_ERROR_INVALID_DATA
 */
DexFuture *trestle_picture_decode (GBytes *bytes, int max_width, int max_height);

/** trestle_picture_encode_png: resolves to #GBytes: @rgba with @width, @height, @stride as PNG */
DexFuture *trestle_picture_encode_png (const TrestlePicture *picture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePicture, trestle_picture_free)

G_END_DECLS
