/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * trestle_ask:
 * @dialog: (transfer floating): an alert with its responses
 * @parent: where it is shown
 *
 * Returns: (transfer full): resolves to the id of the chosen response (string)
 */
DexFuture *trestle_ask (AdwAlertDialog *dialog, GtkWidget *parent);

/**
 * trestle_ask_to:
 * @heading: the question
 * @body: what it means
 * @verb: label of the button that does it, with mnemonic
 * @destructive: whether it deletes something
 *
 * Returns: (transfer full): resolves to TRUE when chosen, rejects with %G_IO_ERROR_CANCELLED otherwise
 */
DexFuture *trestle_ask_to (GtkWidget *parent,
                           const char *heading,
                           const char *body,
                           const char *verb,
                           gboolean destructive);

G_END_DECLS
