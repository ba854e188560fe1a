/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-parameter-dialog.h"

#include <glib/gi18n.h>

#include "domain/trestle-draft-field.h"
#include "widgets/trestle-draft-binding.h"
#include "widgets/trestle-draft-entry.h"
#include "widgets/trestle-draft-text.h"

struct _TrestleParameterDialog
{
  AdwDialog parent_instance;

  GtkWidget *name_row;
  GtkWidget *description_row;
  GtkWidget *constraints_row;
  AdwSwitchRow *flag_row;

  TrestleOpenDraft *open_draft;
  char *path;
  char *flag_path;
};

G_DEFINE_FINAL_TYPE (TrestleParameterDialog, trestle_parameter_dialog, ADW_TYPE_DIALOG)

static void
on_flag (TrestleParameterDialog *self)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->open_draft);
  gboolean active = adw_switch_row_get_active (self->flag_row);

  /* a parameter that was taken back must not come again by it */
  if (trestle_draft_get_bool (draft, self->flag_path) != active)
    trestle_draft_set_bool (draft, self->flag_path, active);
}

/* The draft may be changed by others than the switch. */
static void
on_changed (TrestleParameterDialog *self)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->open_draft);

  if (self->flag_path != NULL)
    adw_switch_row_set_active (self->flag_row, trestle_draft_get_bool (draft, self->flag_path));
}

/* What was done in here is taken back in here. When it is something else that changes, that is behind the
 * dialog, which goes out of the way. */
static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleParameterDialog *self = TRESTLE_PARAMETER_DIALOG (widget);
  TrestleDraftPast *past = trestle_open_draft_get_past (self->open_draft);
  g_autofree char *inside = g_strconcat (self->path, ".", NULL);
  g_autofree char *path = g_str_equal (name, "editor.undo") ? trestle_draft_past_undo (past)
                                                            : trestle_draft_past_redo (past);

  if (path == NULL)
    return;
  if (!g_str_has_prefix (path, inside))
    adw_dialog_close (ADW_DIALOG (self));
  else if (g_strcmp0 (path, self->flag_path) == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->flag_row));
  else
    trestle_draft_focus (widget, path);
}

static void
set_row (TrestleParameterDialog *self, GtkWidget *row, const char *path, const char *member)
{
  g_autofree char *path_of = g_strdup_printf ("%s.%s", path, member);
  const TrestleDraftField *field = trestle_draft_field_find (path_of);

  gtk_widget_set_visible (row, field != NULL);
  /* which parameter it is of is plain */
  g_object_set (row, "path", path_of, "caption", field != NULL ? _ (field->label) : NULL,
                "open-draft", self->open_draft, NULL);
}

static void
trestle_parameter_dialog_dispose (GObject *object)
{
  TrestleParameterDialog *self = TRESTLE_PARAMETER_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PARAMETER_DIALOG);
  g_clear_object (&self->open_draft);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->flag_path, g_free);
  G_OBJECT_CLASS (trestle_parameter_dialog_parent_class)->dispose (object);
}

static void
trestle_parameter_dialog_class_init (TrestleParameterDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_DRAFT_ENTRY);
  g_type_ensure (TRESTLE_TYPE_DRAFT_TEXT);
  G_OBJECT_CLASS (klass)->dispose = trestle_parameter_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/versions/trestle-parameter-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterDialog, description_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterDialog, constraints_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleParameterDialog, flag_row);
  /* called as the editor's: what is bound to a draft activates them wherever it is shown */
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "editor.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "editor.redo", NULL);
}

static void
trestle_parameter_dialog_init (TrestleParameterDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
trestle_parameter_dialog_new (TrestleOpenDraft *open_draft,
                              const char *path,
                              const char *flag,
                              const char *flag_label)
{
  TrestleParameterDialog *self = g_object_new (TRESTLE_TYPE_PARAMETER_DIALOG, NULL);

  self->open_draft = g_object_ref (open_draft);
  self->path = g_strdup (path);
  set_row (self, self->name_row, path, "Name");
  set_row (self, self->description_row, path, "Description");
  set_row (self, self->constraints_row, path, "Constraints");
  gtk_widget_set_visible (GTK_WIDGET (self->flag_row), flag != NULL);
  if (flag != NULL)
    {
      self->flag_path = g_strdup_printf ("%s.%s", path, flag);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->flag_row), flag_label);
      adw_switch_row_set_active (
          self->flag_row,
          trestle_draft_get_bool (trestle_open_draft_get_draft (open_draft), self->flag_path));
      g_signal_connect_object (self->flag_row, "notify::active", G_CALLBACK (on_flag), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (trestle_open_draft_get_draft (open_draft), "changed",
                           G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  adw_dialog_set_focus (ADW_DIALOG (self), self->name_row);
  return ADW_DIALOG (self);
}
