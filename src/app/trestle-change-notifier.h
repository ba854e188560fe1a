/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleChangeNotifier:
 *
 * Follows a session's change sets as long as one runs, whatever page is shown, and tells of each that
 * ends: in passing while the window is in use, else as a notification of the desktop, which leads to the
 * change set by `app.change` and goes with the application. What the selling side counts is read once
 * somebody looks at it.
 */
#define TRESTLE_TYPE_CHANGE_NOTIFIER (trestle_change_notifier_get_type ())
G_DECLARE_FINAL_TYPE (TrestleChangeNotifier,
                      trestle_change_notifier,
                      TRESTLE,
                      CHANGE_NOTIFIER,
                      GObject)

/** trestle_change_notifier_new: @window: a #TrestleShell with a property "section", held weakly */
TrestleChangeNotifier *trestle_change_notifier_new (GtkWindow *window, TrestleSession *session);

/** trestle_change_notifier_describe: Returns: (transfer full): how @request ended, in a sentence; @body: (transfer full): why it failed, "" else */
char *trestle_change_notifier_describe (TrestleChangeRequest *request, char **body);

G_END_DECLS
