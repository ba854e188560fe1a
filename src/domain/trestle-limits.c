/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-limits.h"

static const TrestleLimitRow rows[TRESTLE_N_LIMITS] = {
  [TRESTLE_LIMIT_INVOKE_BYTES] = { "invoke-bytes", 25 * 1000 * 1000, "bytes",
                                   "AWS Marketplace documentation", "2026-10" },
  [TRESTLE_LIMIT_INVOKE_FREELY_BYTES] = { "invoke-freely-bytes", 6291456, "bytes",
                                          "SageMaker Runtime service model", "2026-08" },
  [TRESTLE_LIMIT_INVOKE_SECONDS] = { "invoke-seconds", 60, "seconds", "SageMaker developer guide",
                                     "2026-10" },
  [TRESTLE_LIMIT_ATTRIBUTES_CHARS] = { "attributes-chars", 1024, "characters",
                                       "SageMaker Runtime service model", "2026-08" },
  [TRESTLE_LIMIT_BATCH_BYTES] = { "batch-bytes", 100 * 1000 * 1000, "bytes",
                                  "AWS Marketplace documentation", "2026-10" },
  [TRESTLE_LIMIT_ASYNC_BYTES] = { "async-bytes", 1000 * 1000 * 1000, "bytes",
                                  "SageMaker developer guide", "2026-10" },
  [TRESTLE_LIMIT_NAME_CHARS] = { "name-chars", 63, "characters", "SageMaker service model",
                                 "2026-08" },
  [TRESTLE_LIMIT_TAGS] = { "tags", 50, "tags", "SageMaker service model", "2026-08" },
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
