/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleDeployingSide: what a deployment costs, when it ends, what it falls back to, what it has made */
#define TRESTLE_TYPE_DEPLOYING_SIDE (trestle_deploying_side_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDeployingSide,
                      trestle_deploying_side,
                      TRESTLE,
                      DEPLOYING_SIDE,
                      GtkWidget)

/** trestle_deploying_side_set_task: @task: of trestle_endpoints_deploy() */
void trestle_deploying_side_set_task (TrestleDeployingSide *self,
                                      TrestleSession *session,
                                      TrestleTask *task);

/** trestle_deploying_side_update: after the task or its endpoint changed */
void trestle_deploying_side_update (TrestleDeployingSide *self);

G_END_DECLS
