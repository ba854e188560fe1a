/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/**
 * trestle_practice_shop_refresh:
 * @product_id: "prod-…"
 * @product: (nullable): the DetailsDocument of the MachineLearningProduct as DescribeEntity shows it
 *   now (`Description`, `Targeting`, `PromotionalResources`, `SupportInformation`, `Dimensions`,
 *   `Versions` …); %NULL takes it off the shelf
 * @offers: (element-type JsonObject): the DetailsDocuments of all its offers, public and private, in
 *   any state and order; the released ones count
 * @now: UTC microseconds
 *
 * Puts on the shelf what the practice seller publishes, so that Discovery, Agreement and SageMaker
 * know it; or puts it right after a change. To be called for each product at the start of the server
 * (nothing of the shelf is remembered), and whenever a change set has changed the product or one of
 * its offers.
 *
 * Nothing is shown of a Draft, nor of a product without a title, without a released public offer or
 * without versions.
 *
 * Addresses: a `LogoUrl` or `Url` of a licence made by trestle_practice_keep_logo() and
 * trestle_practice_keep_eula() is served from that copy; "https://awsmp-logos.s3.amazonaws.com/NAME"
 * and "https://awsmp-eulas.s3.amazonaws.com/NAME" without a copy mean the files of that name in
 * data/practice/pictures/logo and data/practice/eula; any other goes to buyers as it is.
 *
 * The first time that a version is seen its package is kept (trestle_practice_keep_package()); what
 * the seller does to the package later does not matter to buyers. Pointers to the product's former
 * #TrestlePracticeListing end here.
 *
 * Runs in the caller's transaction, if there is one.
 */
void trestle_practice_shop_refresh (TrestlePracticeWorld *world,
                                    const char *product_id,
                                    JsonObject *product,
                                    JsonArray *offers,
                                    gint64 now);

G_END_DECLS
