/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestlePackageWatch: how a package is made, validated and scanned, with its job's log and what comes next */
#define TRESTLE_TYPE_PACKAGE_WATCH (trestle_package_watch_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePackageWatch, trestle_package_watch, TRESTLE, PACKAGE_WATCH, GtkWidget)

/** trestle_package_watch_set_task: @task: of trestle_packages_create(); @algorithm: it has a training job, too */
void trestle_package_watch_set_task (TrestlePackageWatch *self,
                                     TrestleSession *session,
                                     TrestleTask *task,
                                     gboolean algorithm);

G_END_DECLS
