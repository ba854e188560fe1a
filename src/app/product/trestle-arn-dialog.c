/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-arn-dialog.h"

#include <glib/gi18n.h>

#include "product/trestle-arn-view.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

struct _TrestleArnDialog
{
  AdwDialog parent_instance;

  AdwWindowTitle *title;
  TrestlePageState *state;
  TrestleArnView *view;

  TrestleSession *session;
  char *name;
  DexFuture *find;
};

G_DEFINE_FINAL_TYPE (TrestleArnDialog, trestle_arn_dialog, ADW_TYPE_DIALOG)

static void
on_found (gpointer owner, const GValue *value, const GError *error)
{
  TrestleArnDialog *self = owner;
  TrestleListing *listing;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("find the product"), error);
      return;
    }
  listing = g_value_get_object (value);
  adw_window_title_set_subtitle (self->title, trestle_listing_get_title (listing));
  trestle_arn_view_set_listing (self->view, self->session, listing);
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
}

static void
on_retry (TrestleArnDialog *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  trestle_watch (self, &self->find,
                 trestle_catalogue_find (trestle_session_get_catalogue (self->session), self->name),
                 on_found);
}

static void
on_proved (TrestleArnDialog *self, TrestlePackage *package)
{
  trestle_shell_toast (GTK_WIDGET (self), _ ("The ARN is remembered"));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
trestle_arn_dialog_dispose (GObject *object)
{
  TrestleArnDialog *self = TRESTLE_ARN_DIALOG (object);

  dex_clear (&self->find);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_ARN_DIALOG);
  G_OBJECT_CLASS (trestle_arn_dialog_parent_class)->dispose (object);
}

static void
trestle_arn_dialog_class_init (TrestleArnDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_ARN_VIEW);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_arn_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/product/trestle-arn-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleArnDialog, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleArnDialog, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleArnDialog, view);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_proved);
}

static void
trestle_arn_dialog_init (TrestleArnDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_arn_dialog_new (TrestleSession *session, const char *name)
{
  TrestleArnDialog *self = g_object_new (TRESTLE_TYPE_ARN_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->name = g_strdup (name);
  on_retry (self);
  return GTK_WIDGET (self);
}
