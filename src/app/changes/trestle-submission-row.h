/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleSubmissionRow: what waits on this computer until AWS can take it, or could not be sent */
#define TRESTLE_TYPE_SUBMISSION_ROW (trestle_submission_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSubmissionRow,
                      trestle_submission_row,
                      TRESTLE,
                      SUBMISSION_ROW,
                      AdwActionRow)

GtkWidget *trestle_submission_row_new (TrestleTask *task);

/** trestle_submission_row_shows: Returns: whether @task is such a one */
gboolean trestle_submission_row_shows (TrestleTask *task);

G_END_DECLS
