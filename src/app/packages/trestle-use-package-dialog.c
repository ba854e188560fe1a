/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-use-package-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-draft-info.h"
#include "domain/trestle-draft-versions.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

struct _TrestleUsePackageDialog
{
  AdwDialog parent_instance;

  AdwWindowTitle *window_title;
  GtkListBox *list;

  TrestleSession *session;
  TrestleDrafts *drafts;
  TrestlePackage *package;
  char *arn;
  char *chosen;       /* name of the draft */
  char *chosen_field; /* the same, and the title of its new version */

  DexFuture *listing;
  DexFuture *describing;
  DexFuture *opening;
  DexFuture *saving;
};

G_DEFINE_FINAL_TYPE (TrestleUsePackageDialog, trestle_use_package_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  const char *title = trestle_draft_info_get_title (item);
  const char *problem = trestle_draft_info_get_problem (item);
  g_autofree char *saved = trestle_format_ago (trestle_draft_info_get_modified (item));
  g_autofree char *subtitle = g_strdup_printf (_ ("%s · saved %s"),
                                               trestle_draft_info_get_name (item), saved);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 title != NULL ? title : trestle_draft_info_get_name (item));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), problem != NULL ? problem : subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), problem == NULL);
  gtk_widget_set_sensitive (row, problem == NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), trestle_widget_decoration ("go-next-symbolic"));
  return row;
}

static void
on_saved (gpointer owner, const GValue *value, const GError *error)
{
  TrestleUsePackageDialog *self = owner;

  if (error != NULL)
    {
      trestle_shell_problem (GTK_WIDGET (self), _ ("save the draft"), error);
      return;
    }
  trestle_shell_open (GTK_WIDGET (self), "editor", self->chosen_field);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_opened (gpointer owner, const GValue *value, const GError *error)
{
  TrestleUsePackageDialog *self = owner;
  TrestleOpenDraft *open;
  TrestleDraft *draft;
  guint index;

  if (error != NULL)
    {
      trestle_shell_problem (GTK_WIDGET (self), _ ("open the draft"), error);
      return;
    }
  open = g_value_get_object (value);
  draft = trestle_open_draft_get_draft (open);
  index = trestle_draft_find_version (draft, self->arn);
  if (index == G_MAXUINT)
    index = trestle_draft_add_version (draft, self->package);
  g_free (self->chosen_field);
  self->chosen_field = g_strdup_printf ("%s\nVersions[%u].VersionTitle", self->chosen, index);
  trestle_watch (self, &self->saving, trestle_open_draft_save (open), on_saved);
}

static void
use (TrestleUsePackageDialog *self, const char *draft)
{
  if (self->package == NULL)
    return;
  g_set_str (&self->chosen, draft);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  trestle_watch (self, &self->opening, trestle_drafts_open (self->drafts, draft), on_opened);
}

static void
on_activated (TrestleUsePackageDialog *self, GtkListBoxRow *row)
{
  g_autoptr (TrestleDraftInfo) info = g_list_model_get_item (
      G_LIST_MODEL (self->drafts), (guint) gtk_list_box_row_get_index (row));

  if (info != NULL)
    use (self, trestle_draft_info_get_name (info));
}

static void
on_created (gpointer owner, const GValue *value, const GError *error)
{
  TrestleUsePackageDialog *self = owner;

  if (error != NULL)
    trestle_shell_problem (GTK_WIDGET (self), _ ("make a draft"), error);
  else
    use (self, g_value_get_string (value));
}

static void
on_new (TrestleUsePackageDialog *self)
{
  if (self->package != NULL)
    trestle_watch (
        self, &self->opening,
        trestle_drafts_create (self->drafts, trestle_package_get_name (self->package), NULL),
        on_created);
}

static void
on_described (gpointer owner, const GValue *value, const GError *error)
{
  TrestleUsePackageDialog *self = owner;

  if (error != NULL)
    {
      trestle_shell_problem (GTK_WIDGET (self), _ ("read the package"), error);
      return;
    }
  self->package = g_value_dup_object (value);
  adw_window_title_set_subtitle (self->window_title, trestle_package_get_name (self->package));
}

static void
on_listed (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("read the drafts"), error);
}

static void
trestle_use_package_dialog_dispose (GObject *object)
{
  TrestleUsePackageDialog *self = TRESTLE_USE_PACKAGE_DIALOG (object);

  dex_clear (&self->listing);
  dex_clear (&self->describing);
  dex_clear (&self->opening);
  dex_clear (&self->saving);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_USE_PACKAGE_DIALOG);
  g_clear_object (&self->package);
  g_clear_object (&self->session);
  g_clear_pointer (&self->arn, g_free);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->chosen_field, g_free);
  G_OBJECT_CLASS (trestle_use_package_dialog_parent_class)->dispose (object);
}

static void
trestle_use_package_dialog_class_init (TrestleUsePackageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_use_package_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-use-package-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleUsePackageDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleUsePackageDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_new);
}

static void
trestle_use_package_dialog_init (TrestleUsePackageDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_use_package_dialog_new (TrestleSession *session, const char *arn)
{
  TrestleUsePackageDialog *self = g_object_new (TRESTLE_TYPE_USE_PACKAGE_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->drafts = trestle_session_get_drafts (session);
  self->arn = g_strdup (arn);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->drafts), create_row, NULL, NULL);
  trestle_watch (self, &self->listing, trestle_drafts_refresh (self->drafts), on_listed);
  trestle_watch (self, &self->describing,
                 trestle_packages_describe (trestle_session_get_packages (session), arn),
                 on_described);
  return GTK_WIDGET (self);
}
