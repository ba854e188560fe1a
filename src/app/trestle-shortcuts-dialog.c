/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-shortcuts-dialog.h"

#include <glib/gi18n.h>

struct _TrestleShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (TrestleShortcutsDialog, trestle_shortcuts_dialog, ADW_TYPE_DIALOG)

/* The one list of keys: it sets them and it shows them. A page's own keys have an action of %NULL here. */
static const struct
{
  const char *group;
  const char *title;
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { N_ ("General"), N_ ("Search"), "page.search", { "<Control>f" } },
  { N_ ("General"), N_ ("Refresh"), "page.refresh", { "F5", "<Control>r" } },
  { N_ ("General"), N_ ("Accounts"), "app.accounts", { "<Control><Shift>a" } },
  { N_ ("General"), N_ ("Preferences"), "app.preferences", { "<Control>comma" } },
  { N_ ("General"), N_ ("Keyboard Shortcuts"), "app.shortcuts", { "<Control>question" } },
  { N_ ("General"), N_ ("Help"), "app.help", { "F1" } },
  { N_ ("General"), N_ ("Close Window"), "window.close", { "<Control>w" } },
  { N_ ("General"), N_ ("Quit"), "app.quit", { "<Control>q" } },
  { N_ ("Go To"), N_ ("Discover"), "win.show-section::discover", { "<Alt>1" } },
  { N_ ("Go To"), N_ ("Subscriptions"), "win.show-section::subscriptions", { "<Alt>2" } },
  { N_ ("Go To"), N_ ("Endpoints"), "win.show-section::endpoints", { "<Alt>3" } },
  { N_ ("Go To"), N_ ("Jobs"), "win.show-section::jobs", { "<Alt>4" } },
  { N_ ("Go To"), N_ ("Logs"), "win.show-section::logs", { "<Alt>5" } },
  { N_ ("Go To"), N_ ("Costs"), "win.show-section::costs", { "<Alt>6" } },
  { N_ ("Go To"), N_ ("Buy"), "win.side::buy", { "<Alt>b" } },
  { N_ ("Go To"), N_ ("Sell"), "win.side::sell", { "<Alt>s" } },
  { N_ ("Go To"), N_ ("Back"), NULL, { "<Alt>Left", "Escape" } },
  { N_ ("Page"), N_ ("Show as Code"), "page.code", { "<Control><Shift>c" } },
  { N_ ("Page"), N_ ("Filters"), "page.filters", { "F9" } },
};

void
trestle_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action != NULL)
      gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                             (const char *const *) shortcuts[i].keys);
}

static char *
keys_label (const char *const *keys)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      guint key;
      GdkModifierType modifiers;
      g_autofree char *label = NULL;

      if (!gtk_accelerator_parse (keys[i], &key, &modifiers))
        continue;
      label = gtk_accelerator_get_label (key, modifiers);
      if (text->len > 0)
        g_string_append (text, _ (" or "));
      g_string_append (text, label);
    }
  return g_string_free (text, FALSE);
}

static void
trestle_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_SHORTCUTS_DIALOG);
  G_OBJECT_CLASS (trestle_shortcuts_dialog_parent_class)->dispose (object);
}

static void
trestle_shortcuts_dialog_class_init (TrestleShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_shortcuts_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/trestle-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleShortcutsDialog, page);
}

static void
trestle_shortcuts_dialog_init (TrestleShortcutsDialog *self)
{
  AdwPreferencesGroup *group = NULL;
  const char *shown = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *keys = keys_label ((const char *const *) shortcuts[i].keys);
      GtkWidget *label = gtk_label_new (keys);

      if (g_strcmp0 (shown, shortcuts[i].group) != 0)
        {
          shown = shortcuts[i].group;
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _ (shown));
          adw_preferences_page_add (self->page, group);
        }
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcuts[i].title));
      gtk_widget_add_css_class (label, "dimmed");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      adw_preferences_group_add (group, row);
    }
}
