/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleChangeRow: a change set with its state, opened its changes and what AWS has against them */
#define TRESTLE_TYPE_CHANGE_ROW (trestle_change_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleChangeRow, trestle_change_row, TRESTLE, CHANGE_ROW, AdwExpanderRow)

GtkWidget *trestle_change_row_new (TrestleSession *session, TrestleChangeRequest *request);

/** trestle_change_row_get_request: Returns: (transfer none): the change set, as last read */
TrestleChangeRequest *trestle_change_row_get_request (TrestleChangeRow *self);

/** trestle_change_row_tick: shows the time that has passed */
void trestle_change_row_tick (TrestleChangeRow *self);

/**
 * trestle_change_rows_sync:
 * @list: whose rows are #TrestleChangeRow
 * @requests: (element-type TrestleChangeRequest): in their order
 *
 * Gives @list one row for each; a row stays as long as its change set does, opened or not.
 */
void trestle_change_rows_sync (GtkListBox *list, TrestleSession *session, GPtrArray *requests);

G_END_DECLS
