/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-preferences-dialog.h"

#include <stdlib.h>

#include "trestle-settings.h"

struct _TrestlePreferencesDialog
{
  AdwDialog parent_instance;

  AdwToggleGroup *style;
  AdwToggleGroup *delete_after;
};

G_DEFINE_FINAL_TYPE (TrestlePreferencesDialog, trestle_preferences_dialog, ADW_TYPE_DIALOG)

static void
on_delete_after_changed (TrestlePreferencesDialog *self)
{
  g_settings_set_int (trestle_settings_get (), "delete-after",
                      atoi (adw_toggle_group_get_active_name (self->delete_after)));
}

static void
trestle_preferences_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_PREFERENCES_DIALOG);
  G_OBJECT_CLASS (trestle_preferences_dialog_parent_class)->dispose (object);
}

static void
trestle_preferences_dialog_class_init (TrestlePreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_preferences_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/preferences/trestle-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePreferencesDialog, style);
  gtk_widget_class_bind_template_child (widget_class, TrestlePreferencesDialog, delete_after);
}

static void
trestle_preferences_dialog_init (TrestlePreferencesDialog *self)
{
  GSettings *settings = trestle_settings_get ();
  g_autofree char *seconds = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  if (settings == NULL)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
      return;
    }
  g_settings_bind (settings, "style", self->style, "active-name", G_SETTINGS_BIND_DEFAULT);
  seconds = g_strdup_printf ("%d", g_settings_get_int (settings, "delete-after"));
  adw_toggle_group_set_active_name (self->delete_after, seconds);
  g_signal_connect_object (self->delete_after, "notify::active-name",
                           G_CALLBACK (on_delete_after_changed), self, G_CONNECT_SWAPPED);
}

GtkWidget *
trestle_preferences_dialog_new (TrestleSession *session, const char *argument)
{
  return g_object_new (TRESTLE_TYPE_PREFERENCES_DIALOG, NULL);
}
