/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-first-run-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "trestle-config.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"
#include "workbench/trestle-accounts.h"

struct _TrestleFirstRunPage
{
  GtkWidget parent_instance;

  GtkImage *logo;
  GtkListBox *found;

  DexFuture *list;
};

G_DEFINE_FINAL_TYPE (TrestleFirstRunPage, trestle_first_run_page, GTK_TYPE_WIDGET)

static void
on_row_activated (TrestleFirstRunPage *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.account", "s",
                              (const char *) g_object_get_data (G_OBJECT (row), "account"));
}

static void
on_listed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleFirstRunPage *self = owner;
  GListModel *accounts;

  if (error != NULL)
    return;

  accounts = g_value_get_object (value);
  gtk_list_box_remove_all (self->found);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (TrestleAccount) account = g_list_model_get_item (accounts, i);
      GtkWidget *row;

      if (trestle_account_get_kind (account) == TRESTLE_ACCOUNT_KIND_PRACTICE)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), trestle_account_get_name (account));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), trestle_account_get_kind (account)
                                                                 == TRESTLE_ACCOUNT_KIND_PROFILE
                                                             ? _ ("Profile in ~/.aws")
                                                             : _ ("Kept on this computer"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 trestle_widget_decoration ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "account",
                              g_strdup (trestle_account_get_id (account)), g_free);
      gtk_list_box_append (self->found, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->found),
                          gtk_list_box_get_row_at_index (self->found, 0) != NULL);
}

static void
trestle_first_run_page_map (GtkWidget *widget)
{
  TrestleFirstRunPage *self = TRESTLE_FIRST_RUN_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_first_run_page_parent_class)->map (widget);
  trestle_watch (self, &self->list, trestle_accounts_list (), on_listed);
}

static void
trestle_first_run_page_dispose (GObject *object)
{
  TrestleFirstRunPage *self = TRESTLE_FIRST_RUN_PAGE (object);

  dex_clear (&self->list);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_FIRST_RUN_PAGE);
  G_OBJECT_CLASS (trestle_first_run_page_parent_class)->dispose (object);
}

static void
trestle_first_run_page_class_init (TrestleFirstRunPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_first_run_page_dispose;
  widget_class->map = trestle_first_run_page_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/accounts/trestle-first-run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleFirstRunPage, logo);
  gtk_widget_class_bind_template_child (widget_class, TrestleFirstRunPage, found);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
trestle_first_run_page_init (TrestleFirstRunPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_image_set_from_icon_name (self->logo, TRESTLE_APP_ID);
}
