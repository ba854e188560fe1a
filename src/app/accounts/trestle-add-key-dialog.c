/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-add-key-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/trestle-watch.h"
#include "workbench/trestle-accounts.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleAddKeyDialog
{
  AdwDialog parent_instance;

  GtkEditable *name;
  GtkEditable *access_key;
  GtkEditable *secret_key;
  GtkEditable *token;
  AdwComboRow *region;
  GtkLabel *status;

  DexFuture *add;
};

G_DEFINE_FINAL_TYPE (TrestleAddKeyDialog, trestle_add_key_dialog, ADW_TYPE_DIALOG)

static char *
text_of (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
set_status (TrestleAddKeyDialog *self, const char *text, gboolean error)
{
  gtk_label_set_label (self->status, text);
  if (error)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

static void
on_changed (TrestleAddKeyDialog *self)
{
  g_autofree char *name = text_of (self->name);
  g_autofree char *access_key = text_of (self->access_key);
  g_autofree char *secret_key = text_of (self->secret_key);
  gboolean shaped = g_regex_match_simple ("^[A-Z0-9]{16,128}$", access_key, 0, 0);

  set_status (self,
              *access_key != '\0' && !shaped
                  ? _ ("An access key ID has capital letters and digits only.")
                  : "",
              TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add-key.add",
                                 *name != '\0' && shaped && *secret_key != '\0');
}

static void
on_added (gpointer owner, const GValue *value, const GError *error)
{
  TrestleAddKeyDialog *self = owner;
  TrestleAccount *account;

  if (error != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (_ ("keep the key"), error);

      set_status (self, problem->body, TRUE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "add-key.add", TRUE);
      return;
    }
  account = g_value_get_object (value);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.refresh-accounts", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.account", "s",
                              trestle_account_get_id (account));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleAddKeyDialog *self = TRESTLE_ADD_KEY_DIALOG (widget);
  GtkStringObject *region = adw_combo_row_get_selected_item (self->region);
  g_autofree char *called = text_of (self->name);
  g_autofree char *access_key = text_of (self->access_key);
  g_autofree char *secret_key = text_of (self->secret_key);
  g_autofree char *token = text_of (self->token);

  set_status (self, _ ("Storing in the keyring…"), FALSE);
  gtk_widget_action_set_enabled (widget, "add-key.add", FALSE);
  trestle_watch (self, &self->add,
                 trestle_accounts_add (called, access_key, secret_key,
                                       *token != '\0' ? token : NULL,
                                       gtk_string_object_get_string (region)),
                 on_added);
  /* What is not needed any more does not stay in memory. */
  explicit_bzero (secret_key, strlen (secret_key));
  explicit_bzero (token, strlen (token));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
trestle_add_key_dialog_dispose (GObject *object)
{
  dex_clear (&TRESTLE_ADD_KEY_DIALOG (object)->add);
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_ADD_KEY_DIALOG);
  G_OBJECT_CLASS (trestle_add_key_dialog_parent_class)->dispose (object);
}

static void
trestle_add_key_dialog_class_init (TrestleAddKeyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_add_key_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/accounts/trestle-add-key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleAddKeyDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TrestleAddKeyDialog, access_key);
  gtk_widget_class_bind_template_child (widget_class, TrestleAddKeyDialog, secret_key);
  gtk_widget_class_bind_template_child (widget_class, TrestleAddKeyDialog, token);
  gtk_widget_class_bind_template_child (widget_class, TrestleAddKeyDialog, region);
  gtk_widget_class_bind_template_child (widget_class, TrestleAddKeyDialog, status);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_install_action (widget_class, "add-key.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "add-key.close", NULL, close_action);
}

static void
trestle_add_key_dialog_init (TrestleAddKeyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_changed (self);
}

GtkWidget *
trestle_add_key_dialog_new (TrestleSession *session, const char *argument)
{
  return g_object_new (TRESTLE_TYPE_ADD_KEY_DIALOG, NULL);
}
