/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-enums.h"

G_BEGIN_DECLS

/** trestle_endpoint_state_from_aws: AWS's EndpointStatus → state */
TrestleEndpointState trestle_endpoint_state_from_aws (const char *status);

/** trestle_pricing_kind_from_aws: PricingModelType → kind */
TrestlePricingKind trestle_pricing_kind_from_aws (const char *pricing_model);

/** trestle_term_kind_from_aws: "usageBasedPricingTerm" or "UsageBasedPricingTerm" → kind */
TrestleTermKind trestle_term_kind_from_aws (const char *type);

/** trestle_log_level_guess: the level a line's first words speak of, or an access log's status */
TrestleLogLevel trestle_log_level_guess (const char *message);

G_END_DECLS
