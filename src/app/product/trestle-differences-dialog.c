/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-differences-dialog.h"

#include <glib/gi18n.h>

#include "product/trestle-clauses.h"

struct _TrestleDifferencesDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (TrestleDifferencesDialog, trestle_differences_dialog, ADW_TYPE_DIALOG)

static void
add_row (AdwPreferencesGroup *group, const char *whose, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), whose);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (group, row);
}

static void
trestle_differences_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_DIFFERENCES_DIALOG);
  G_OBJECT_CLASS (trestle_differences_dialog_parent_class)->dispose (object);
}

static void
trestle_differences_dialog_class_init (TrestleDifferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_differences_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/product/trestle-differences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleDifferencesDialog, page);
}

static void
trestle_differences_dialog_init (TrestleDifferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
trestle_differences_dialog_new (GPtrArray *clauses)
{
  TrestleDifferencesDialog *self = g_object_new (TRESTLE_TYPE_DIFFERENCES_DIALOG, NULL);

  for (guint i = 0; i < clauses->len; i++)
    {
      const TrestleClause *clause = clauses->pdata[i];
      AdwPreferencesGroup *group;
      g_autofree char *title = NULL;

      if (clause->standard == NULL && !clause->added)
        continue;
      group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      title = g_strdup_printf (_ ("Clause %s"), clause->number);
      adw_preferences_group_set_title (group, title);
      add_row (group, _ ("In this licence"), clause->text);
      add_row (group, _ ("In the standard contract"),
               clause->standard != NULL ? clause->standard : _ ("There is no such clause."));
      adw_preferences_page_add (self->page, group);
    }
  return ADW_DIALOG (self);
}
