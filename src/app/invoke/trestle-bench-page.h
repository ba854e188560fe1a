/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleBenchPage: files on the left, the request in the middle, the answer on the right, the history below */
#define TRESTLE_TYPE_BENCH_PAGE (trestle_bench_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleBenchPage, trestle_bench_page, TRESTLE, BENCH_PAGE, AdwNavigationPage)

/**
 * trestle_bench_page_new:
 * @argument: an endpoint's name; or that and the address of a sample, separated by a line feed
 */
GtkWidget *trestle_bench_page_new (TrestleSession *session, const char *argument);

G_END_DECLS
