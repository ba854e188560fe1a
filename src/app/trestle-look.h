/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trestle-window.h"

G_BEGIN_DECLS

/** trestle_look_list: prints the names of the pages, one a line */
void trestle_look_list (void);

/** trestle_look_get_account: Returns: (nullable): the practice account that @page is shown with; %NULL: the buyer's */
const char *trestle_look_get_account (const char *page);

/**
 * trestle_look_start:
 * @page: a name of trestle_look_list()
 *
 * Shows @page in @window, waits until it has settled, draws it into the file that TRESTLE_LOOK_OUT names
 * (PAGE.png without), in the size that TRESTLE_LOOK_SIZE says (1280x840 without), and quits.
 *
 * Returns: whether there is such a page
 */
gboolean trestle_look_start (TrestleWindow *window, const char *page);

G_END_DECLS
