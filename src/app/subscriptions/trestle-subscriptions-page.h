/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleSubscriptionsPage: the account's agreements for machine-learning products */
#define TRESTLE_TYPE_SUBSCRIPTIONS_PAGE (trestle_subscriptions_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSubscriptionsPage,
                      trestle_subscriptions_page,
                      TRESTLE,
                      SUBSCRIPTIONS_PAGE,
                      AdwNavigationPage)

GtkWidget *trestle_subscriptions_page_new (TrestleSession *session);

/** trestle_subscriptions_page_expand: opens the first row */
void trestle_subscriptions_page_expand (TrestleSubscriptionsPage *self);

G_END_DECLS
