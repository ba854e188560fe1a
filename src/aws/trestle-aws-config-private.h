/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-config.h"
#include "aws/trestle-aws-ini.h"

G_BEGIN_DECLS

/**
 * trestle_aws_config_get_file:
 * @kind: which of the two files
 *
 * Returns: (transfer none) (nullable): the file; %NULL for a fixed configuration
 */
TrestleAwsIni *trestle_aws_config_get_file (TrestleAwsConfig *self, TrestleAwsIniKind kind);

G_END_DECLS
