/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleSection:
 * @id: name in actions and settings
 * @side: "buy" or "sell"
 * @title: for people, untranslated
 * @create: makes the section's first page
 *
 * A row of the sidebar.
 */
typedef struct
{
  const char *id;
  const char *side;
  const char *title;
  const char *icon_name;
  GtkWidget *(*create) (TrestleSession *session);
} TrestleSection;

/**
 * TrestleRoute:
 * @name: of the page or dialog
 * @section: where the page is shown; %NULL for dialogs and pages that belong to no section
 * @create: makes it; an #AdwNavigationPage is pushed, an #AdwDialog is presented
 *
 * What `win.open` and trestle_shell_open() lead to. Arguments: "product", "subscribe" a listing's id or
 * slug; "deploy" a listing's id or slug; "endpoint", "deploying" an endpoint's name; "bench" an endpoint's
 * name, or that and a sample's address separated by a line feed; "logs" an endpoint's name;
 * "editor" a draft's name or path, or that and a field's path separated by a line feed; "review" a draft's
 * name or path; "publish" a product's `prod-…`; "package-details",
 * "use-package" a package's ARN; "package" that of one to make again, "image:" and an image's name, or "";
 * "container" an image, archive or address to check, or "".
 */
typedef struct
{
  const char *name;
  const char *section;
  GtkWidget *(*create) (TrestleSession *session, const char *argument);
} TrestleRoute;

const TrestleSection *trestle_sections_get (guint *n_sections);
const TrestleSection *trestle_sections_find (const char *id);

/** trestle_section_is_open: Returns: whether the account of @session can use it; of the practice accounts the seller alone sells */
gboolean trestle_section_is_open (const TrestleSection *self, TrestleSession *session);

/**
 * trestle_section_create:
 *
 * Where the account cannot use the section, a page that offers to change to one that can.
 *
 * Returns: (transfer floating): the section's first page for @session
 */
GtkWidget *trestle_section_create (const TrestleSection *self, TrestleSession *session);

const TrestleRoute *trestle_routes_find (const char *name);

G_END_DECLS
