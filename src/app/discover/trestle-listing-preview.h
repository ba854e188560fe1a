/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * trestle_listing_preview_new:
 *
 * Returns: (transfer floating): the card by which a search finds what @open_draft is now; it follows the
 *   draft
 */
GtkWidget *trestle_listing_preview_new (TrestleSession *session, TrestleOpenDraft *open_draft);

G_END_DECLS
