/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TrestleBenchCall: a call as it would be made with other tools; all but @endpoint, @region and @file may be NULL */
typedef struct
{
  const char *endpoint, *region, *file, *content_type, *accept, *attributes, *variant;
} TrestleBenchCall;

/** trestle_bench_code_cli: Returns: (transfer full): a command of the AWS CLI */
char *trestle_bench_code_cli (const TrestleBenchCall *call);
/** trestle_bench_code_python: Returns: (transfer full): boto3 */
char *trestle_bench_code_python (const TrestleBenchCall *call);

G_END_DECLS
