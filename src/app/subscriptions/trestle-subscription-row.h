/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleSubscriptionRow: an agreement with what can be done with it */
#define TRESTLE_TYPE_SUBSCRIPTION_ROW (trestle_subscription_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSubscriptionRow,
                      trestle_subscription_row,
                      TRESTLE,
                      SUBSCRIPTION_ROW,
                      AdwExpanderRow)

GtkWidget *
trestle_subscription_row_new (TrestleSession *session, TrestleSubscription *subscription);
TrestleSubscription *trestle_subscription_row_get_subscription (TrestleSubscriptionRow *self);

G_END_DECLS
