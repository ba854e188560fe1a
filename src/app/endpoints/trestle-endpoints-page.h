/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleEndpointsPage:
 *
 * What runs, what it costs, and what is on its way. Property: "narrow". Actions: page.refresh,
 * endpoints.clean-up, endpoints.delete-kept(name).
 */
#define TRESTLE_TYPE_ENDPOINTS_PAGE (trestle_endpoints_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEndpointsPage,
                      trestle_endpoints_page,
                      TRESTLE,
                      ENDPOINTS_PAGE,
                      AdwNavigationPage)

GtkWidget *trestle_endpoints_page_new (TrestleSession *session);

G_END_DECLS
