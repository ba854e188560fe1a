/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleShell:
 *
 * What a page or widget needs of the window round it, so that features need not know the window or each other.
 */
#define TRESTLE_TYPE_SHELL (trestle_shell_get_type ())
G_DECLARE_INTERFACE (TrestleShell, trestle_shell, TRESTLE, SHELL, GtkWidget)

struct _TrestleShellInterface
{
  GTypeInterface parent;

  TrestleSession *(*get_session) (TrestleShell *self);
  void (*add_toast) (TrestleShell *self, AdwToast *toast);
  void (*open) (TrestleShell *self, const char *route, const char *argument);
  void (*cover_meter) (TrestleShell *self, gboolean covered);
};

/** trestle_shell_from: Returns: (transfer none) (nullable): the shell @widget is shown in */
TrestleShell *trestle_shell_from (GtkWidget *widget);

/** trestle_shell_get_session: Returns: (transfer none) (nullable): the window's session now */
TrestleSession *trestle_shell_get_session (GtkWidget *widget);

/** trestle_shell_toast: says @text in passing */
void trestle_shell_toast (GtkWidget *widget, const char *text);

/**
 * trestle_shell_problem:
 * @what: what was being done: "delete “iris”"
 *
 * Says in passing that it did not work; the toast's button shows why and what to do.
 */
void trestle_shell_problem (GtkWidget *widget, const char *what, const GError *error);

/**
 * trestle_shell_open:
 * @route: a page or dialog of trestle-routes.c
 * @argument: (nullable): what it is to show: a listing's id, an endpoint's name
 */
void trestle_shell_open (GtkWidget *widget, const char *route, const char *argument);

/** trestle_shell_cover_meter: @covered: a bar of the page takes the place of the running meter at the bottom */
void trestle_shell_cover_meter (GtkWidget *widget, gboolean covered);

/** trestle_shell_copy: puts @text on the clipboard and says so */
void trestle_shell_copy (GtkWidget *widget, const char *text, const char *said);

G_END_DECLS
