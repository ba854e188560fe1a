/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "invoke/trestle-file-item.h"

G_BEGIN_DECLS

/** TrestleFilesPane: what may be sent; dropped, pasted, opened, or a sample. Property "selected" (#TrestleFileItem, nullable) */
#define TRESTLE_TYPE_FILES_PANE (trestle_files_pane_get_type ())
G_DECLARE_FINAL_TYPE (TrestleFilesPane, trestle_files_pane, TRESTLE, FILES_PANE, GtkWidget)

/** trestle_files_pane_add: puts @item at the end; @select: and selects it */
void trestle_files_pane_add (TrestleFilesPane *self, TrestleFileItem *item, gboolean select);
TrestleFileItem *trestle_files_pane_get_selected (TrestleFilesPane *self);
GListModel *trestle_files_pane_get_items (TrestleFilesPane *self);

G_END_DECLS
