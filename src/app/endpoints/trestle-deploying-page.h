/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleDeployingPage: an endpoint on its way up, step by step; it can be left and found again */
#define TRESTLE_TYPE_DEPLOYING_PAGE (trestle_deploying_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDeployingPage,
                      trestle_deploying_page,
                      TRESTLE,
                      DEPLOYING_PAGE,
                      AdwNavigationPage)

/** trestle_deploying_page_new: @name: an endpoint's */
GtkWidget *trestle_deploying_page_new (TrestleSession *session, const char *name);

/** trestle_deploying_page_find_task: Returns: (transfer none) (nullable): the newest task that is about endpoint @name */
TrestleTask *trestle_deploying_page_find_task (TrestleSession *session, const char *name);

G_END_DECLS
