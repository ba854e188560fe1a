/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-code-dialog.h"

#include <glib/gi18n.h>

#include "widgets/trestle-shell.h"

struct _TrestleCodeDialog
{
  AdwDialog parent_instance;

  AdwWindowTitle *title;
  AdwToggleGroup *languages;
  GtkTextView *text;

  char *cli;
  char *python;
};

G_DEFINE_FINAL_TYPE (TrestleCodeDialog, trestle_code_dialog, ADW_TYPE_DIALOG)

static const char *
shown_code (TrestleCodeDialog *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->languages), "python") == 0
             ? self->python
             : self->cli;
}

static void
update (TrestleCodeDialog *self)
{
  const char *code = shown_code (self);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), code != NULL ? code : "", -1);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_copy (widget, shown_code (TRESTLE_CODE_DIALOG (widget)), _ ("Code copied"));
}

static void
trestle_code_dialog_dispose (GObject *object)
{
  TrestleCodeDialog *self = TRESTLE_CODE_DIALOG (object);

  g_clear_pointer (&self->cli, g_free);
  g_clear_pointer (&self->python, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_CODE_DIALOG);
  G_OBJECT_CLASS (trestle_code_dialog_parent_class)->dispose (object);
}

static void
trestle_code_dialog_class_init (TrestleCodeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_code_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-code-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleCodeDialog, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleCodeDialog, languages);
  gtk_widget_class_bind_template_child (widget_class, TrestleCodeDialog, text);
  gtk_widget_class_install_action (widget_class, "code.copy", NULL, copy_action);
}

static void
trestle_code_dialog_init (TrestleCodeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->languages, "notify::active-name", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

AdwDialog *
trestle_code_dialog_new (const char *what, const char *cli, const char *python)
{
  TrestleCodeDialog *self = g_object_new (TRESTLE_TYPE_CODE_DIALOG, "title", _ ("Show as Code"),
                                          NULL);

  self->cli = g_strdup (cli);
  self->python = g_strdup (python);
  adw_window_title_set_subtitle (self->title, what);
  gtk_widget_set_visible (GTK_WIDGET (self->languages), python != NULL);
  update (self);
  return ADW_DIALOG (self);
}
