/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-change-set-builder.h"

G_BEGIN_DECLS

/* A change set as other tools would send it. No widgets. */

/** trestle_review_code_json: Returns: (transfer full): the input of StartChangeSet */
char *trestle_review_code_json (TrestleChangeSet *changes);

/** trestle_review_code_cli: Returns: (transfer full): a command of the AWS CLI */
char *trestle_review_code_cli (TrestleChangeSet *changes, const char *region);

/** trestle_review_code_python: Returns: (transfer full): boto3 */
char *trestle_review_code_python (TrestleChangeSet *changes, const char *region);

G_END_DECLS
