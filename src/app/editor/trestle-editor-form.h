/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleEditorForm:
 *
 * A section's form: a heading, what it is for, and groups of fields, which scroll. What is in it and
 * has a property "open-draft" or "session" is given them. Properties: "title", "description"
 * (string), "open-draft" (#TrestleOpenDraft), "session" (#TrestleSession).
 */
#define TRESTLE_TYPE_EDITOR_FORM (trestle_editor_form_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEditorForm, trestle_editor_form, TRESTLE, EDITOR_FORM, GtkWidget)

/**
 * trestle_editor_form_build:
 * @name: of the form's template: "trestle-support-form"
 *
 * Returns: (transfer floating): the form that the template describes, of @open_draft
 */
GtkWidget *
trestle_editor_form_build (const char *name, TrestleSession *session, TrestleOpenDraft *open_draft);

G_END_DECLS
