/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-task.h"

G_BEGIN_DECLS

/** TrestleQuitProgress: what is still to be done before the window closes */
#define TRESTLE_TYPE_QUIT_PROGRESS (trestle_quit_progress_get_type ())
G_DECLARE_FINAL_TYPE (TrestleQuitProgress,
                      trestle_quit_progress,
                      TRESTLE,
                      QUIT_PROGRESS,
                      AdwAlertDialog)

/**
 * trestle_quit_progress_start:
 * @window: closes by its action `win.leave` when all is done, at once where there is nothing to do
 * @deleted: (element-type TrestleTask): waited for until they end
 * @left: (element-type TrestleTask): deployments that are to go on: waited for until AWS has all it needs
 */
void trestle_quit_progress_start (GtkWidget *window, GPtrArray *deleted, GPtrArray *left);

G_END_DECLS
