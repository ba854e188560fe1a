/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "domain/trestle-identity.h"

G_BEGIN_DECLS

/** trestle_sts_service_identify: resolves to #TrestleIdentity (GetCallerIdentity) */
DexFuture *trestle_sts_service_identify (TrestleAwsClient *client);

G_END_DECLS
