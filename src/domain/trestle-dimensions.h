/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-enums.h"
#include "domain/trestle-package.h"

G_BEGIN_DECLS

/** TRESTLE_DIMENSION_INFERENCE: the one dimension of a price per inference */
#define TRESTLE_DIMENSION_INFERENCE "inference.count.m.i.c"

/**
 * trestle_dimension_parse:
 * @key: (nullable): `ml.m5.xlarge.m.i.r`, `….m.i.b`, `….a.t`, `inference.count.m.i.c`, `m.i.c`
 * @instance_type: (out) (transfer full) (nullable) (optional): the part before
 *
 * AWS generates the keys, and how an algorithm's look is not documented: the last element alone says
 * the mode (b, r, t, c).
 *
 * Returns: what is priced by @key; %TRESTLE_USAGE_MODE_OTHER where it is none of these forms
 */
TrestleUsageMode trestle_dimension_parse (const char *key, char **instance_type);

/**
 * trestle_dimension_dup_key:
 * @instance_type: (nullable): `ml.m5.xlarge`; not needed for a price per inference
 *
 * Returns: (transfer full) (nullable): the key that AWS generates; %NULL for %TRESTLE_USAGE_MODE_OTHER
 */
char *trestle_dimension_dup_key (const char *instance_type, TrestleUsageMode mode);

/**
 * trestle_dimension_dup_words:
 *
 * Returns: (transfer full): @key for people: "ml.m5.xlarge real-time"; @key itself where it is unknown
 */
char *trestle_dimension_dup_words (const char *key);

/** trestle_dimension_dup_use: Returns: (transfer full): the same for all keys of one use of one instance type, however they are written; @key: (nullable) */
char *trestle_dimension_dup_use (const char *key);

/**
 * trestle_dimensions_of_package:
 * @per_inference: whether real-time use is priced by the call, not by the hour
 *
 * Returns: (transfer full): the keys of all that @package supports: real-time, batch, training, each
 *   in the package's order
 */
char **trestle_dimensions_of_package (TrestlePackage *package, gboolean per_inference);

G_END_DECLS
