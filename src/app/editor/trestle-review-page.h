/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleReviewPage:
 *
 * What would be sent for a draft, in words and as code, and the way to send it. Actions:
 * "review.submit", "review.validate", "review.first-error", "review.code", "review.copy".
 */
#define TRESTLE_TYPE_REVIEW_PAGE (trestle_review_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReviewPage,
                      trestle_review_page,
                      TRESTLE,
                      REVIEW_PAGE,
                      AdwNavigationPage)

/** trestle_review_page_new: @draft: a draft's name or path */
GtkWidget *trestle_review_page_new (TrestleSession *session, const char *draft);

/** trestle_review_page_get_task: Returns: (transfer none) (nullable): what was sent last from here */
TrestleTask *trestle_review_page_get_task (TrestleReviewPage *self);

G_END_DECLS
