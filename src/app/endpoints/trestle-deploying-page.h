/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleDeployingPage:
 *
 * A deployment as it goes: its steps, the log of what starts, what it will cost. It can be left and found
 * again. Actions: deploying.stop, .retry, .code, .logs, .endpoint, .workbench, .copy-details.
 */
#define TRESTLE_TYPE_DEPLOYING_PAGE (trestle_deploying_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDeployingPage,
                      trestle_deploying_page,
                      TRESTLE,
                      DEPLOYING_PAGE,
                      AdwNavigationPage)

/** trestle_deploying_page_new: @name: of the endpoint whose newest deployment is shown */
GtkWidget *trestle_deploying_page_new (TrestleSession *session, const char *name);

G_END_DECLS
