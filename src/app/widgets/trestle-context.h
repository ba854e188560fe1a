/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleContext:
 *
 * What a page or widget needs of the window round it, so that features need not know the window or each other.
 */
#define TRESTLE_TYPE_CONTEXT (trestle_context_get_type ())
G_DECLARE_INTERFACE (TrestleContext, trestle_context, TRESTLE, CONTEXT, GtkWidget)

struct _TrestleContextInterface
{
  GTypeInterface parent;

  TrestleSession *(*get_session) (TrestleContext *self);
  void (*add_toast) (TrestleContext *self, AdwToast *toast);
  void (*open) (TrestleContext *self, const char *route, const char *argument);
};

/** trestle_context_from: Returns: (transfer none) (nullable): the context @widget is shown in */
TrestleContext *trestle_context_from (GtkWidget *widget);

/** trestle_context_get_session: Returns: (transfer none) (nullable): the window's session now */
TrestleSession *trestle_context_get_session (GtkWidget *widget);

/** trestle_context_toast: says @text in passing */
void trestle_context_toast (GtkWidget *widget, const char *text);

/**
 * trestle_context_problem:
 * @what: what was being done: "delete “iris”"
 *
 * Says in passing that it did not work; the toast's button shows why and what to do.
 */
void trestle_context_problem (GtkWidget *widget, const char *what, const GError *error);

/**
 * trestle_context_open:
 * @route: a page or dialog of trestle-routes.c
 * @argument: (nullable): what it is to show: a listing's id, an endpoint's name
 */
void trestle_context_open (GtkWidget *widget, const char *route, const char *argument);

/** trestle_context_copy: puts @text on the clipboard and says so */
void trestle_context_copy (GtkWidget *widget, const char *text, const char *said);

G_END_DECLS
