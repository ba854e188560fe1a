/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "logs/trestle-log-detail.h"

G_BEGIN_DECLS

/** TrestleLogDetailPage: all of one line as a page of its own, where there is no room beside the list */
#define TRESTLE_TYPE_LOG_DETAIL_PAGE (trestle_log_detail_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogDetailPage,
                      trestle_log_detail_page,
                      TRESTLE,
                      LOG_DETAIL_PAGE,
                      AdwNavigationPage)

TrestleLogDetailPage *trestle_log_detail_page_new (void);
/** trestle_log_detail_page_get_detail: Returns: (transfer none): what it shows */
TrestleLogDetail *trestle_log_detail_page_get_detail (TrestleLogDetailPage *self);

G_END_DECLS
