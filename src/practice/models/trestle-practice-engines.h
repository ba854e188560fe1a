/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/models/trestle-practice-model.h"

G_BEGIN_DECLS

extern const TrestlePracticeModel trestle_practice_model_blobs;
extern const TrestlePracticeModel trestle_practice_model_denoise;
extern const TrestlePracticeModel trestle_practice_model_edges;
extern const TrestlePracticeModel trestle_practice_model_iris;
extern const TrestlePracticeModel trestle_practice_model_palette;
extern const TrestlePracticeModel trestle_practice_model_pitch;
extern const TrestlePracticeModel trestle_practice_model_vehicles;

G_END_DECLS
