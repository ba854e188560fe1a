/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "aws/trestle-aws-model.h"

/**
 * suite_table:
 *
 * Returns: (transfer full): the wire table of one case of a suite of protocol vectors, whose shapes
 *   and operation are in the form of AWS's service models
 */
TrestleAwsModel *suite_table (JsonObject *suite, JsonObject *vector, GError **error);
