/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the dialogs on an algorithm's channels, hyperparameters and metrics share. */

/** trestle_spec_entry_media_types: content types that are offered */
extern const char *const trestle_spec_entry_media_types[];

/** trestle_spec_entry_get: Returns: (transfer none) (nullable): what is typed; %NULL for nothing, or blanks */
const char *trestle_spec_entry_get (GtkEditable *row);

/** trestle_spec_entry_set: @text: (nullable) */
void trestle_spec_entry_set (GtkEditable *row, const char *text);

/** trestle_spec_entry_dup_strings: Returns: (transfer full): all texts of @list */
char **trestle_spec_entry_dup_strings (GtkStringList *list);

/** trestle_spec_entry_store: puts @item in the place @position of @items; at the end for %G_MAXUINT */
void trestle_spec_entry_store (GListStore *items, guint position, gpointer item);

G_END_DECLS
