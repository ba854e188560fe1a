/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "aws/trestle-aws-exchange.h"

G_BEGIN_DECLS

/** trestle_aws_reply_new: Returns: (transfer full): what @exchange brought */
TrestleAwsReply *trestle_aws_reply_new (TrestleAwsExchange *exchange);

G_END_DECLS
