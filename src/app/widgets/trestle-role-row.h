/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleRoleRow: which IAM role SageMaker is to assume, with the outcome of the check */
#define TRESTLE_TYPE_ROLE_ROW (trestle_role_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleRoleRow, trestle_role_row, TRESTLE, ROLE_ROW, AdwComboRow)

/** trestle_role_row_load: lists the roles of @session's account */
void trestle_role_row_load (TrestleRoleRow *self, TrestleSession *session);

/** trestle_role_row_get_arn: Returns: (transfer none) (nullable): the chosen role's */
const char *trestle_role_row_get_arn (TrestleRoleRow *self);

/** trestle_role_row_set_arn: @arn: (nullable): chosen as soon as it is among the roles */
void trestle_role_row_set_arn (TrestleRoleRow *self, const char *arn);

G_END_DECLS
