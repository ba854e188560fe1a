/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-accounts-dialog.h"

#include <glib/gi18n.h>

#include "widgets/trestle-ask.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-accounts.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleAccountsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesGroup *who;
  AdwActionRow *identity_row;
  GtkImage *identity_icon;
  AdwActionRow *account_row;
  AdwPreferencesGroup *practice_group;
  AdwPreferencesGroup *found_group;
  AdwPreferencesGroup *keyring_group;

  TrestleSession *session;
  GPtrArray *rows; /* of accounts, unowned */
  char *removing;
  DexFuture *list;
  DexFuture *identify;
  DexFuture *ask;
  DexFuture *remove;
};

G_DEFINE_FINAL_TYPE (TrestleAccountsDialog, trestle_accounts_dialog, ADW_TYPE_DIALOG)

static void load (TrestleAccountsDialog *self);

/* --- Who am I ------------------------------------------------------------------------------- */

static void
on_identified (gpointer owner, const GValue *value, const GError *error)
{
  TrestleAccountsDialog *self = owner;
  TrestleIdentity *identity;
  g_autofree char *number = NULL;
  g_autofree char *where = NULL;

  if (error != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (_ ("ask who this is"), error);

      adw_action_row_set_subtitle (self->identity_row, problem->body);
      gtk_image_set_from_icon_name (self->identity_icon, "dialog-warning-symbolic");
      gtk_widget_add_css_class (GTK_WIDGET (self->identity_icon), "warning");
      return;
    }
  identity = g_value_get_object (value);
  number = trestle_format_account (trestle_identity_get_account (identity));
  where = g_strdup_printf ("%s · %s", number, trestle_session_get_region (self->session));
  adw_action_row_set_subtitle (self->identity_row, trestle_identity_get_arn (identity));
  adw_action_row_set_subtitle (self->account_row, where);
  gtk_image_set_from_icon_name (self->identity_icon, "object-select-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->identity_icon), "success");
}

/* --- Accounts ------------------------------------------------------------------------------- */

static void
on_use_clicked (TrestleAccountsDialog *self, GtkButton *button)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.account", "s",
                              (const char *) g_object_get_data (G_OBJECT (button), "account"));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_removed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleAccountsDialog *self = owner;

  if (error != NULL)
    trestle_shell_problem (GTK_WIDGET (self), _ ("remove the key"), error);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.refresh-accounts", NULL);
  load (self);
}

static void
on_remove_confirmed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleAccountsDialog *self = owner;

  if (error == NULL)
    trestle_watch (self, &self->remove, trestle_accounts_remove (self->removing), on_removed);
}

static void
on_remove_clicked (TrestleAccountsDialog *self, GtkButton *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"), name);

  g_set_str (&self->removing, name);
  trestle_watch (
      self, &self->ask,
      trestle_ask_to (
          GTK_WIDGET (self), heading,
          _ ("The key is taken out of the keyring. At AWS it stays valid until it is deleted "
             "there."),
          _ ("_Remove"), TRUE),
      on_remove_confirmed);
}

static const char *
describe (TrestleAccount *account)
{
  switch (trestle_account_get_kind (account))
    {
    case TRESTLE_ACCOUNT_KIND_PRACTICE:
      return trestle_account_get_role (account);
    case TRESTLE_ACCOUNT_KIND_ENVIRONMENT:
      return _ ("From the environment");
    case TRESTLE_ACCOUNT_KIND_PROFILE:
      return _ ("Profile");
    case TRESTLE_ACCOUNT_KIND_KEYRING:
    default:
      return trestle_account_get_access_key_id (account);
    }
}

static void
add_account (TrestleAccountsDialog *self, AdwPreferencesGroup *group, TrestleAccount *account)
{
  GtkWidget *row = adw_action_row_new ();
  TrestleAccount *open = self->session != NULL ? trestle_session_get_account (self->session) : NULL;
  gboolean in_use = open != NULL
                    && g_strcmp0 (trestle_account_get_id (open), trestle_account_get_id (account))
                           == 0;
  gboolean practice = trestle_account_get_kind (account) == TRESTLE_ACCOUNT_KIND_PRACTICE;
  g_autofree char *number = trestle_format_account (trestle_account_get_number (account));
  const char *title = practice ? trestle_account_get_role (account)
                               : trestle_account_get_name (account);
  g_autofree char *subtitle = practice ? g_strdup (number)
                              : *number != '\0'
                                  ? g_strdup_printf ("%s · %s", describe (account), number)
                                  : g_strdup (describe (account));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (trestle_account_get_kind (account) == TRESTLE_ACCOUNT_KIND_KEYRING)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

      gtk_widget_set_tooltip_text (button, _ ("Remove Key…"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data_full (G_OBJECT (button), "name",
                              g_strdup (trestle_account_get_name (account)), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), self,
                               G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  if (in_use)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               trestle_badge_new (_ ("In use"), TRESTLE_TONE_SUCCESS));
  else
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Use"));
      g_autofree char *name = g_strdup_printf (_ ("Use %s"), title);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      g_object_set_data_full (G_OBJECT (button), "account",
                              g_strdup (trestle_account_get_id (account)), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_use_clicked), self,
                               G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  g_object_set_data (G_OBJECT (row), "group", group);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
on_listed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleAccountsDialog *self = owner;
  gboolean found = FALSE, keyring = FALSE;
  GListModel *accounts;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (g_object_get_data (self->rows->pdata[i], "group"),
                                  self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  if (error != NULL)
    {
      trestle_shell_problem (GTK_WIDGET (self), _ ("list the accounts"), error);
      return;
    }

  accounts = g_value_get_object (value);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (TrestleAccount) account = g_list_model_get_item (accounts, i);
      TrestleAccountKind kind = trestle_account_get_kind (account);

      if (kind == TRESTLE_ACCOUNT_KIND_PRACTICE)
        add_account (self, self->practice_group, account);
      else if (kind == TRESTLE_ACCOUNT_KIND_KEYRING)
        {
          add_account (self, self->keyring_group, account);
          keyring = TRUE;
        }
      else
        {
          add_account (self, self->found_group, account);
          found = TRUE;
        }
    }
  adw_preferences_group_set_description (self->keyring_group,
                                         keyring ? NULL : _ ("No key is kept here yet."));
  gtk_widget_set_visible (GTK_WIDGET (self->found_group), found);
}

static void
load (TrestleAccountsDialog *self)
{
  trestle_watch (self, &self->list, trestle_accounts_list (), on_listed);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "add-key", NULL);
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
trestle_accounts_dialog_dispose (GObject *object)
{
  TrestleAccountsDialog *self = TRESTLE_ACCOUNTS_DIALOG (object);

  dex_clear (&self->list);
  dex_clear (&self->identify);
  dex_clear (&self->ask);
  dex_clear (&self->remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->removing, g_free);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_ACCOUNTS_DIALOG);
  G_OBJECT_CLASS (trestle_accounts_dialog_parent_class)->dispose (object);
}

static void
trestle_accounts_dialog_class_init (TrestleAccountsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_accounts_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/accounts/trestle-accounts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountsDialog, who);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountsDialog, identity_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountsDialog, identity_icon);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountsDialog, account_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountsDialog, practice_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountsDialog, found_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountsDialog, keyring_group);
  gtk_widget_class_install_action (widget_class, "accounts.add", NULL, add_action);
}

static void
trestle_accounts_dialog_init (TrestleAccountsDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_accounts_dialog_new (TrestleSession *session, const char *argument)
{
  TrestleAccountsDialog *self = g_object_new (TRESTLE_TYPE_ACCOUNTS_DIALOG, NULL);

  g_set_object (&self->session, session);
  gtk_widget_set_visible (GTK_WIDGET (self->who), session != NULL);
  if (session != NULL)
    trestle_watch (self, &self->identify, trestle_session_identify (session), on_identified);
  load (self);
  return GTK_WIDGET (self);
}
