/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/models/trestle-practice-picture.h"

G_BEGIN_DECLS

guint8 *trestle_practice_ground_stand_out (const TrestlePracticePicture *picture, float **contrast);

G_END_DECLS
