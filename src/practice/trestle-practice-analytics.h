/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/* Commerce Analytics: data sets that were asked for and are written some time later. */

/** trestle_practice_analytics_next_due: Returns: when the next data set is written; 0 for none */
gint64 trestle_practice_analytics_next_due (TrestlePracticeWorld *world);

/** trestle_practice_analytics_settle: writes those whose time has come */
void trestle_practice_analytics_settle (TrestlePracticeWorld *world, gint64 now);

G_END_DECLS
