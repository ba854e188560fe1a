/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "practice/models/trestle-practice-request.h"

G_BEGIN_DECLS

/**
 * TrestlePracticePicture:
 * @width: width in pixels of what is worked on
 * @height: its height
 * @channels: bytes a pixel: 3, or 4 with alpha
 * @factor: how many pixels of the file make one of these, on each side
 * @full_width: the file's width in pixels
 * @full_height: the file's height
 *
 * A decoded picture. Pixels are as they lie in the file: a camera's orientation tag is not applied,
 * so that boxes found fit the file.
 */
typedef struct
{
  guint width;
  guint height;
  guint channels;
  guint factor;
  guint full_width;
  guint full_height;

  /*< private >*/
  GdkPixbuf *pixbuf;
  const guint8 *pixels;
  gsize stride;
} TrestlePracticePicture;

TrestlePracticePicture *trestle_practice_picture_load (TrestlePracticeRequest *request,
                                                       guint max_pixels,
                                                       TrestlePracticeAnswer **error);
void trestle_practice_picture_free (TrestlePracticePicture *self);
TrestlePracticeAnswer *trestle_practice_picture_png (TrestlePracticeRequest *request,
                                                     const guint8 *rgb,
                                                     guint width,
                                                     guint height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticePicture, trestle_practice_picture_free)

/* The pixel at x, y: red, green, blue and, with 4 channels, alpha. */
static inline const guint8 *
trestle_practice_picture_at (const TrestlePracticePicture *self, guint x, guint y)
{
  return self->pixels + y * self->stride + x * self->channels;
}

/* Brightness of a pixel as the eye weighs it, 0 to 255. */
static inline guint8
trestle_practice_picture_luma (const guint8 *pixel)
{
  return (77 * pixel[0] + 150 * pixel[1] + 29 * pixel[2] + 128) >> 8;
}

G_END_DECLS
