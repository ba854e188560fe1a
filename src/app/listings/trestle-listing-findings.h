/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "listings/trestle-listing-item.h"

G_BEGIN_DECLS

/** TrestleListingFindings: how many errors and warnings a listing has. Property: "item" (#TrestleListingItem) */
#define TRESTLE_TYPE_LISTING_FINDINGS (trestle_listing_findings_get_type ())
G_DECLARE_FINAL_TYPE (TrestleListingFindings,
                      trestle_listing_findings,
                      TRESTLE,
                      LISTING_FINDINGS,
                      GtkWidget)

G_END_DECLS
