/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "domain/trestle-endpoint.h"

G_BEGIN_DECLS

/** TrestleEndpointRow: an endpoint in a list */
#define TRESTLE_TYPE_ENDPOINT_ROW (trestle_endpoint_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEndpointRow, trestle_endpoint_row, TRESTLE, ENDPOINT_ROW, AdwActionRow)

GtkWidget *trestle_endpoint_row_new (TrestleEndpoint *endpoint);
TrestleEndpoint *trestle_endpoint_row_get_endpoint (TrestleEndpointRow *self);

G_END_DECLS
