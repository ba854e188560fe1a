/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/** TrestleSubmissionGroup: what stands before the draft's submission, and the way to it. Property: "open-draft" */
#define TRESTLE_TYPE_SUBMISSION_GROUP (trestle_submission_group_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSubmissionGroup,
                      trestle_submission_group,
                      TRESTLE,
                      SUBMISSION_GROUP,
                      AdwPreferencesGroup)

G_END_DECLS
