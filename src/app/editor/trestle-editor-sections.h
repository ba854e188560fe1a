/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/trestle-draft-section.h"

G_BEGIN_DECLS

/* The sections that the editor itself has. */
extern const TrestleDraftSection trestle_information_section;
extern const TrestleDraftSection trestle_promotion_section;
extern const TrestleDraftSection trestle_support_section;
extern const TrestleDraftSection trestle_regions_section;
extern const TrestleDraftSection trestle_testers_section;

G_END_DECLS
