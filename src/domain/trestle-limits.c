/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-limits.h"

/* Where most of a listing's limits come from. */
#define SHAPES "Catalog API DetailsDocument shapes"
#define GUIDE "AWS Marketplace documentation"
#define MODEL "Marketplace Catalog service model"

static const TrestleLimitRow rows[TRESTLE_N_LIMITS] = {
  [TRESTLE_LIMIT_INVOKE_BYTES] = { "invoke-bytes", 25 * 1000 * 1000, "bytes",
                                   "AWS Marketplace documentation", "2026-10" },
  [TRESTLE_LIMIT_INVOKE_FREELY_BYTES] = { "invoke-freely-bytes", 6291456, "bytes",
                                          "SageMaker Runtime service model", "2026-08" },
  [TRESTLE_LIMIT_INVOKE_SECONDS] = { "invoke-seconds", 60, "seconds", "SageMaker developer guide",
                                     "2026-10" },
  [TRESTLE_LIMIT_PING_SECONDS] = { "ping-seconds", 2, "seconds", "SageMaker developer guide",
                                   "2026-08" },
  [TRESTLE_LIMIT_READY_SECONDS] = { "ready-seconds", 480, "seconds", "SageMaker developer guide",
                                    "2026-08" },
  [TRESTLE_LIMIT_STOP_SECONDS] = { "stop-seconds", 30, "seconds", "SageMaker developer guide",
                                   "2026-08" },
  [TRESTLE_LIMIT_ATTRIBUTES_CHARS] = { "attributes-chars", 1024, "characters",
                                       "SageMaker Runtime service model", "2026-08" },
  [TRESTLE_LIMIT_BATCH_BYTES] = { "batch-bytes", 100 * 1000 * 1000, "bytes",
                                  "AWS Marketplace documentation", "2026-10" },
  [TRESTLE_LIMIT_ASYNC_BYTES] = { "async-bytes", 1000 * 1000 * 1000, "bytes",
                                  "SageMaker developer guide", "2026-10" },
  [TRESTLE_LIMIT_NAME_CHARS] = { "name-chars", 63, "characters", "SageMaker service model",
                                 "2026-08" },
  [TRESTLE_LIMIT_TAGS] = { "tags", 50, "tags", "SageMaker service model", "2026-08" },
  [TRESTLE_LIMIT_LISTING_TITLE_CHARS] = { "listing-title-chars", 72, "characters", SHAPES,
                                          "2026-08" },
  [TRESTLE_LIMIT_LISTING_SHORT_CHARS] = { "listing-short-chars", 1000, "characters", SHAPES,
                                          "2026-08" },
  [TRESTLE_LIMIT_LISTING_LONG_CHARS] = { "listing-long-chars", 5000, "characters", SHAPES,
                                         "2026-08" },
  [TRESTLE_LIMIT_LISTING_SKU_CHARS] = { "listing-sku-chars", 5000, "characters", SHAPES,
                                        "2026-08" },
  [TRESTLE_LIMIT_LISTING_SKU_ADVISED_CHARS] = { "listing-sku-advised-chars", 100, "characters",
                                                GUIDE, "2026-08" },
  [TRESTLE_LIMIT_LISTING_URL_CHARS] = { "listing-url-chars", 2048, "characters", SHAPES,
                                        "2026-08" },
  [TRESTLE_LIMIT_LISTING_VIDEOS] = { "listing-videos", 1, "videos", SHAPES, "2026-08" },
  [TRESTLE_LIMIT_LISTING_HIGHLIGHTS] = { "listing-highlights", 3, "highlights", SHAPES, "2026-08" },
  [TRESTLE_LIMIT_LISTING_HIGHLIGHT_CHARS] = { "listing-highlight-chars", 500, "characters", SHAPES,
                                              "2026-08" },
  [TRESTLE_LIMIT_LISTING_LINKS] = { "listing-links", 3, "links", SHAPES, "2026-08" },
  [TRESTLE_LIMIT_LISTING_LINK_CHARS] = { "listing-link-chars", 500, "characters", SHAPES,
                                         "2026-08" },
  [TRESTLE_LIMIT_LISTING_SUPPORT_CHARS] = { "listing-support-chars", 2000, "characters", SHAPES,
                                            "2026-08" },
  [TRESTLE_LIMIT_LISTING_CATEGORIES] = { "listing-categories", 3, "categories", SHAPES, "2026-08" },
  [TRESTLE_LIMIT_LISTING_KEYWORDS] = { "listing-keywords", 15, "keywords", SHAPES, "2026-08" },
  [TRESTLE_LIMIT_LISTING_KEYWORD_CHARS] = { "listing-keyword-chars", 50, "characters", SHAPES,
                                            "2026-08" },
  [TRESTLE_LIMIT_LISTING_KEYWORDS_CHARS] = { "listing-keywords-chars", 250, "characters", GUIDE,
                                             "2026-08" },
  [TRESTLE_LIMIT_LISTING_TESTERS] = { "listing-testers", 5000, "accounts", GUIDE, "2026-08" },
  [TRESTLE_LIMIT_LISTING_TESTERS_ADVISED] = { "listing-testers-advised", 100, "accounts", SHAPES,
                                              "2026-08" },
  [TRESTLE_LIMIT_LOGO_BYTES] = { "logo-bytes", 5 * 1000 * 1000, "bytes", GUIDE, "2026-08" },
  [TRESTLE_LIMIT_LOGO_LEAST_PIXELS] = { "logo-least-pixels", 120, "pixels", GUIDE, "2026-08" },
  [TRESTLE_LIMIT_LOGO_MOST_PIXELS] = { "logo-most-pixels", 640, "pixels", GUIDE, "2026-08" },
  [TRESTLE_LIMIT_VERSION_TITLE_CHARS] = { "version-title-chars", 64, "characters", SHAPES,
                                          "2026-08" },
  [TRESTLE_LIMIT_VERSION_NOTES_CHARS] = { "version-notes-chars", 30000, "characters", SHAPES,
                                          "2026-08" },
  [TRESTLE_LIMIT_VERSION_USAGE_CHARS] = { "version-usage-chars", 10000, "characters", SHAPES,
                                          "2026-08" },
  [TRESTLE_LIMIT_VERSION_URL_CHARS] = { "version-url-chars", 2000, "characters", SHAPES,
                                        "2026-08" },
  [TRESTLE_LIMIT_VERSION_DESCRIPTION_CHARS] = { "version-description-chars", 10000, "characters",
                                                SHAPES, "2026-08" },
  [TRESTLE_LIMIT_VERSION_LIMITATIONS_CHARS] = { "version-limitations-chars", 1000, "characters",
                                                SHAPES, "2026-08" },
  [TRESTLE_LIMIT_VERSION_SAMPLE_CHARS] = { "version-sample-chars", 10000, "characters", SHAPES,
                                           "2026-08" },
  [TRESTLE_LIMIT_VERSION_PARAMETERS] = { "version-parameters", 35, "parameters", SHAPES,
                                         "2026-08" },
  [TRESTLE_LIMIT_VERSION_PARAMETERS_ADVISED] = { "version-parameters-advised", 24, "parameters",
                                                 GUIDE, "2026-08" },
  [TRESTLE_LIMIT_PARAMETER_NAME_CHARS] = { "parameter-name-chars", 100, "characters", SHAPES,
                                           "2026-08" },
  [TRESTLE_LIMIT_PARAMETER_DESCRIPTION_CHARS] = { "parameter-description-chars", 1000, "characters",
                                                  SHAPES, "2026-08" },
  [TRESTLE_LIMIT_PARAMETER_CONSTRAINTS_CHARS] = { "parameter-constraints-chars", 1500, "characters",
                                                  SHAPES, "2026-08" },
  [TRESTLE_LIMIT_INSTANCE_TYPE_CHARS] = { "instance-type-chars", 24, "characters", SHAPES,
                                          "2026-08" },
  [TRESTLE_LIMIT_OFFER_NAME_CHARS] = { "offer-name-chars", 150, "characters", SHAPES, "2026-08" },
  [TRESTLE_LIMIT_OFFER_DESCRIPTION_CHARS] = { "offer-description-chars", 255, "characters", SHAPES,
                                              "2026-08" },
  [TRESTLE_LIMIT_OFFER_RATES] = { "offer-rates", 800, "rates", SHAPES, "2026-08" },
  [TRESTLE_LIMIT_OFFER_DIMENSION_CHARS] = { "offer-dimension-chars", 100, "characters", SHAPES,
                                            "2026-08" },
  [TRESTLE_LIMIT_OFFER_EULA_URL_CHARS] = { "offer-eula-url-chars", 32000, "characters", SHAPES,
                                           "2026-08" },
  [TRESTLE_LIMIT_EULA_ADVISED_BYTES] = { "eula-advised-bytes", 10 * 1000 * 1000, "bytes",
                                         "Trestle; AWS names none", "2026-11" },
  [TRESTLE_LIMIT_OFFER_REFUND_CHARS] = { "offer-refund-chars", 500, "characters", SHAPES,
                                         "2026-08" },
  [TRESTLE_LIMIT_OFFER_PRIVATE_BUYERS] = { "offer-private-buyers", 26, "accounts", SHAPES,
                                           "2026-08" },
  [TRESTLE_LIMIT_TRIAL_LEAST_DAYS] = { "trial-least-days", 5, "days", GUIDE, "2026-08" },
  [TRESTLE_LIMIT_TRIAL_MOST_DAYS] = { "trial-most-days", 120, "days", GUIDE, "2026-08" },
  [TRESTLE_LIMIT_TRIAL_WEB_DAYS] = { "trial-web-days", 31, "days", GUIDE, "2026-08" },
  [TRESTLE_LIMIT_TRIAL_ADVISED_LEAST_DAYS] = { "trial-advised-least-days", 14, "days", GUIDE,
                                               "2026-08" },
  [TRESTLE_LIMIT_TRIAL_ADVISED_MOST_DAYS] = { "trial-advised-most-days", 30, "days", GUIDE,
                                              "2026-08" },
  [TRESTLE_LIMIT_PRICE_RISE_DAYS] = { "price-rise-days", 120, "days", GUIDE, "2026-08" },
  [TRESTLE_LIMIT_CHANGES] = { "changes", 20, "changes", MODEL, "2026-08" },
  [TRESTLE_LIMIT_RESTRICT_VERSIONS] = { "restrict-versions", 50, "versions", SHAPES, "2026-08" },
};

gint64
trestle_limit (TrestleLimit limit)
{
  return trestle_limit_row (limit)->value;
}

const TrestleLimitRow *
trestle_limit_row (TrestleLimit limit)
{
  g_return_val_if_fail (limit < TRESTLE_N_LIMITS, &rows[0]);
  return &rows[limit];
}
