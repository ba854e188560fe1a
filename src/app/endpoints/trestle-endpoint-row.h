/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-endpoint.h"

G_BEGIN_DECLS

/** TrestleEndpointRow: an endpoint in the list. Property: "narrow" (boolean: price above state) */
#define TRESTLE_TYPE_ENDPOINT_ROW (trestle_endpoint_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEndpointRow,
                      trestle_endpoint_row,
                      TRESTLE,
                      ENDPOINT_ROW,
                      GtkListBoxRow)

GtkWidget *trestle_endpoint_row_new (void);
void trestle_endpoint_row_set_endpoint (TrestleEndpointRow *self, TrestleEndpoint *endpoint);
TrestleEndpoint *trestle_endpoint_row_get_endpoint (TrestleEndpointRow *self);

G_END_DECLS
