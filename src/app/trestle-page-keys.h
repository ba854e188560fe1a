/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * trestle_page_keys_install:
 * @window_class: the class of #TrestleWindow
 *
 * A key of the page is looked for from where the focus is upwards. With this it is found from the
 * sidebar too, and goes to the page that is shown, if that has such an action.
 */
void trestle_page_keys_install (GtkWidgetClass *window_class);

/**
 * trestle_page_keys_watch:
 * @window: a #TrestleWindow
 *
 * When what has the focus goes away, with its page or its dialog, what is shown now gets it.
 */
void trestle_page_keys_watch (GtkWindow *window);

G_END_DECLS
