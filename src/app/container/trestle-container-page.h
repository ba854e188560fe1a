/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-container-run.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleContainerPage: tests a container before it is uploaded; picture 27 */
#define TRESTLE_TYPE_CONTAINER_PAGE (trestle_container_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleContainerPage,
                      trestle_container_page,
                      TRESTLE,
                      CONTAINER_PAGE,
                      AdwNavigationPage)

/** trestle_container_page_new: @argument: (nullable): an image, archive or address to begin with; what its last check found is shown */
GtkWidget *trestle_container_page_new (TrestleSession *session, const char *argument);

/** trestle_container_page_run: checks what @plan says, as the button does for the form */
void trestle_container_page_run (TrestleContainerPage *self, TrestleContainerPlan *plan);

/** trestle_container_page_show: shows @result, that of an earlier check */
void trestle_container_page_show (TrestleContainerPage *self, TrestleContainerResult *result);

G_END_DECLS
