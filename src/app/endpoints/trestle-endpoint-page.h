/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleEndpointPage: an endpoint: state, cost, calls, variants, log */
#define TRESTLE_TYPE_ENDPOINT_PAGE (trestle_endpoint_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEndpointPage,
                      trestle_endpoint_page,
                      TRESTLE,
                      ENDPOINT_PAGE,
                      AdwNavigationPage)

GtkWidget *trestle_endpoint_page_new (TrestleSession *session, const char *name);

G_END_DECLS
