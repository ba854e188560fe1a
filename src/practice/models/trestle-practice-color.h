/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Oklab: a space where distances are about those that the eye sees. l is 0 to 1. */
typedef struct
{
  double l;
  double a;
  double b;
} TrestlePracticeLab;

TrestlePracticeLab trestle_practice_color_to_lab (double red, double green, double blue);
TrestlePracticeLab trestle_practice_color_pixel_to_lab (const guint8 *rgb);
void trestle_practice_color_from_lab (TrestlePracticeLab lab, guint8 *rgb);

static inline double
trestle_practice_lab_distance2 (TrestlePracticeLab one, TrestlePracticeLab two)
{
  double l = one.l - two.l, a = one.a - two.a, b = one.b - two.b;

  return l * l + a * a + b * b;
}

G_END_DECLS
