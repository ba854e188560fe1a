/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-protocol.h"
#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/**
 * trestle_practice_web:
 * @request: an unsigned request
 * @stop: (out): whether it asked the server to end
 *
 * What is there over plain HTTP: pictures, samples, licences, the Configure page and the listings'
 * pages, and the switchboard below /practice/.
 *
 * Returns: (transfer full): the answer
 */
TrestleAwsHttp *
trestle_practice_web (TrestlePracticeWorld *world, const TrestleAwsHttp *request, gboolean *stop);

/** trestle_practice_web_configure: Returns: (transfer full) (nullable): HTML of a subscription's Configure page; %NULL where not subscribed */
char *trestle_practice_web_configure (TrestlePracticeWorld *world,
                                      const char *account,
                                      const char *product_id);
/** trestle_practice_web_listing: Returns: (transfer full): HTML of a listing's page */
char *
trestle_practice_web_listing (TrestlePracticeWorld *world, const TrestlePracticeListing *listing);

G_END_DECLS
