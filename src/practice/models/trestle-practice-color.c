/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-color.h"

#include <math.h>

static double
to_linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
from_linear (double value)
{
  return value <= 0.0031308 ? value * 12.92 : 1.055 * pow (value, 1 / 2.4) - 0.055;
}

static TrestlePracticeLab
linear_to_lab (double r, double g, double b)
{
  float l = cbrtf (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  float m = cbrtf (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  float s = cbrtf (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

  return (TrestlePracticeLab) {
    0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
  };
}

/**
 * trestle_practice_color_to_lab:
 * @red: sRGB red, 0 to 255
 * @green: sRGB green
 * @blue: sRGB blue
 *
 * Returns: the colour in Oklab
 */
TrestlePracticeLab
trestle_practice_color_to_lab (double red, double green, double blue)
{
  return linear_to_lab (to_linear (red / 255), to_linear (green / 255), to_linear (blue / 255));
}

/**
 * trestle_practice_color_pixel_to_lab:
 * @rgb: (array fixed-size=3): a pixel
 *
 * The same for whole pictures, by a table.
 *
 * Returns: the colour in Oklab
 */
TrestlePracticeLab
trestle_practice_color_pixel_to_lab (const guint8 *rgb)
{
  static gsize ready = 0;
  static double table[256];

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < 256; i++)
        table[i] = to_linear (i / 255.0);
      g_once_init_leave (&ready, 1);
    }

  return linear_to_lab (table[rgb[0]], table[rgb[1]], table[rgb[2]]);
}

/**
 * trestle_practice_color_from_lab:
 * @lab: a colour in Oklab
 * @rgb: (out) (array fixed-size=3): the nearest colour of sRGB
 */
void
trestle_practice_color_from_lab (TrestlePracticeLab lab, guint8 *rgb)
{
  double l = lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b;
  double m = lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b;
  double s = lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b;
  double linear[3];

  l = l * l * l;
  m = m * m * m;
  s = s * s * s;
  linear[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  linear[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  linear[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;

  for (guint c = 0; c < 3; c++)
    rgb[c] = (guint8) lround (CLAMP (from_linear (linear[c]), 0, 1) * 255);
}
