/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleLogCard:
 *
 * The last lines of a log, followed while the card is shown. Properties: "lines" (how many),
 * "newest-last" (as when one follows it, else newest first).
 */
#define TRESTLE_TYPE_LOG_CARD (trestle_log_card_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogCard, trestle_log_card, TRESTLE, LOG_CARD, GtkWidget)

/** trestle_log_card_set_group: @group: of CloudWatch Logs; @since: µs: older lines are for the Logs page */
void trestle_log_card_set_group (TrestleLogCard *self,
                                 TrestleSession *session,
                                 const char *group,
                                 gint64 since);

/** trestle_log_card_set_endpoint: the same for an endpoint's log */
void trestle_log_card_set_endpoint (TrestleLogCard *self,
                                    TrestleSession *session,
                                    const char *endpoint,
                                    gint64 since);

/** trestle_log_card_poll: asks for new lines now: the container has just said something */
void trestle_log_card_poll (TrestleLogCard *self);

G_END_DECLS
