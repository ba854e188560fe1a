/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TrestlePlainPage:
 *
 * A section that is still to come: says what will be here, and what can be done today instead.
 */
#define TRESTLE_TYPE_PLAIN_PAGE (trestle_plain_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePlainPage, trestle_plain_page, TRESTLE, PLAIN_PAGE, AdwNavigationPage)

/**
 * trestle_plain_page_new:
 * @title: of the page
 * @heading: what will be here
 * @description: what can be done today
 * @button: (nullable): label of a button
 * @section: (nullable): the section it leads to
 */
GtkWidget *trestle_plain_page_new (const char *title,
                                   const char *icon_name,
                                   const char *heading,
                                   const char *description,
                                   const char *button,
                                   const char *section);

/** trestle_plain_page_set_action: gives it a button that does something else; @target is a string */
void trestle_plain_page_set_action (TrestlePlainPage *self,
                                    const char *label,
                                    const char *action,
                                    const char *target);

G_END_DECLS
