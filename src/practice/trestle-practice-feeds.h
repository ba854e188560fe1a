/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/*
 * The practice seller's data feeds in S3: the bucket "marketplace-feeds-444455556666".
 */

/** trestle_practice_feeds_make: the bucket, where it is not there */
void trestle_practice_feeds_make (TrestlePracticeWorld *world);

/**
 * trestle_practice_feeds_refresh:
 * @bucket: any bucket
 *
 * Where it is the feeds' and something has happened since they were written last, writes them anew:
 * all months the first time, which takes a moment, and from the last one on after that.
 */
void trestle_practice_feeds_refresh (TrestlePracticeWorld *world, const char *bucket, gint64 now);

G_END_DECLS
