/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "logs/trestle-log-model.h"

G_BEGIN_DECLS

/**
 * trestle_logs_save:
 * @widget: where it is asked for
 * @model: whose shown lines are saved
 * @name: of the log
 *
 * Asks for a file, writes it and says so. Its suffix chooses between text and JSON Lines.
 */
void trestle_logs_save (GtkWidget *widget, TrestleLogModel *model, const char *name);

G_END_DECLS
