/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** trestle_settings_get: Returns: (transfer none) (nullable): the settings; %NULL where the schema is not installed */
GSettings *trestle_settings_get (void);

/** trestle_settings_load_window: gives @window the size it had */
void trestle_settings_load_window (GtkWindow *window);

/** trestle_settings_save_window: keeps the size of @window */
void trestle_settings_save_window (GtkWindow *window);

/** trestle_settings_remember: keeps a text for the next start */
void trestle_settings_remember (const char *key, const char *value);

/** trestle_settings_recall: Returns: (transfer full) (nullable): what was kept; %NULL where there is nothing */
char *trestle_settings_recall (const char *key);

G_END_DECLS
