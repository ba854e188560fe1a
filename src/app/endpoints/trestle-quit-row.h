/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleQuitRow: something that costs, with a check whether it goes. Property: "active" (boolean) */
#define TRESTLE_TYPE_QUIT_ROW (trestle_quit_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleQuitRow, trestle_quit_row, TRESTLE, QUIT_ROW, GtkListBoxRow)

GtkWidget *trestle_quit_row_new_for_endpoint (TrestleEndpoint *endpoint);

/** trestle_quit_row_new_for_task: @task: a deployment that has no endpoint yet */
GtkWidget *trestle_quit_row_new_for_task (TrestleTask *task);

gboolean trestle_quit_row_get_active (TrestleQuitRow *self);
/** trestle_quit_row_set_narrow: @narrow: without the picture */
void trestle_quit_row_set_narrow (TrestleQuitRow *self, gboolean narrow);
void trestle_quit_row_toggle (TrestleQuitRow *self);

/** trestle_quit_row_get_name: Returns: (transfer none): of the endpoint */
const char *trestle_quit_row_get_name (TrestleQuitRow *self);

/** trestle_quit_row_get_endpoint: Returns: (transfer none) (nullable): what runs; %NULL while it is being deployed */
TrestleEndpoint *trestle_quit_row_get_endpoint (TrestleQuitRow *self);

G_END_DECLS
