/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleSubscribeDialog: offer, quote, terms, acceptance; then the steps; then the ARN where it is needed */
#define TRESTLE_TYPE_SUBSCRIBE_DIALOG (trestle_subscribe_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSubscribeDialog,
                      trestle_subscribe_dialog,
                      TRESTLE,
                      SUBSCRIBE_DIALOG,
                      AdwDialog)

/** trestle_subscribe_dialog_new: @name: a listing's id or slug */
GtkWidget *trestle_subscribe_dialog_new (TrestleSession *session, const char *name);

G_END_DECLS
