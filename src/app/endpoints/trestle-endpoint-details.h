/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleEndpointDetails: when an endpoint is deleted, its variants, model, package and tags */
#define TRESTLE_TYPE_ENDPOINT_DETAILS (trestle_endpoint_details_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEndpointDetails,
                      trestle_endpoint_details,
                      TRESTLE,
                      ENDPOINT_DETAILS,
                      GtkWidget)

void trestle_endpoint_details_set_endpoint (TrestleEndpointDetails *self,
                                            TrestleSession *session,
                                            TrestleEndpoint *endpoint);

G_END_DECLS
