/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleFirstRunPage: there are no keys yet; offers the practice account and a way to add keys */
#define TRESTLE_TYPE_FIRST_RUN_PAGE (trestle_first_run_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleFirstRunPage,
                      trestle_first_run_page,
                      TRESTLE,
                      FIRST_RUN_PAGE,
                      GtkWidget)

G_END_DECLS
