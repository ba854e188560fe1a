/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-application.h"

#include <glib/gi18n.h>

#include "changes/trestle-changes-page.h"
#include "trestle-app-resources.h"
#include "trestle-look.h"
#include "trestle-settings.h"
#include "trestle-shortcuts-dialog.h"
#include "trestle-window.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-accounts.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"

struct _TrestleApplication
{
  AdwApplication parent_instance;

  char *look; /* page that is to be pictured */
};

G_DEFINE_FINAL_TYPE (TrestleApplication, trestle_application, ADW_TYPE_APPLICATION)

static TrestleWindow *
get_window (TrestleApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return window != NULL && TRESTLE_IS_WINDOW (window) ? TRESTLE_WINDOW (window) : NULL;
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TrestleWindow *window = get_window (data);

  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (G_APPLICATION (data));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  trestle_window_open (get_window (data), "about", NULL);
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  trestle_window_open (get_window (data), "shortcuts", NULL);
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  trestle_window_open (get_window (data), "preferences", NULL);
}

static void
accounts_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  trestle_window_open (get_window (data), "accounts", NULL);
}

static void
add_key_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  trestle_window_open (get_window (data), "add-key", NULL);
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new ("help:trestle");

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (get_window (data)), NULL, NULL, NULL);
}

static void
practice_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (TrestleAccount) account = trestle_accounts_practice ("buyer");

  trestle_window_open_account (get_window (data), account);
}

/* A change set of an account that the window is still to open. */
typedef struct
{
  char *account;
  char *id;
} ChangeLink;

static void
change_link_free (gpointer data, GClosure *closure)
{
  ChangeLink *link = data;

  g_free (link->account);
  g_free (link->id);
  g_free (link);
}

/* Returns: whether the window's account is @account */
static gboolean
show_change (TrestleWindow *window, const char *account, const char *id)
{
  TrestleSession *session = trestle_window_get_session (window);
  GtkWidget *page;

  if (session == NULL
      || g_strcmp0 (trestle_account_get_id (trestle_session_get_account (session)), account) != 0)
    return FALSE;
  trestle_window_show_section (window, "changes");
  page = trestle_window_get_page (window);
  if (TRESTLE_IS_CHANGES_PAGE (page))
    trestle_changes_page_reveal (TRESTLE_CHANGES_PAGE (page), id);
  return TRUE;
}

static void
on_session (TrestleWindow *window, GParamSpec *pspec, ChangeLink *link)
{
  if (trestle_window_get_session (window) == NULL)
    return;
  show_change (window, link->account, link->id);
  g_signal_handlers_disconnect_by_func (window, on_session, link);
}

/* Where a notification of a change set leads. */
static void
change_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TrestleWindow *window = get_window (data);
  const char *account, *id;

  if (window == NULL)
    return;
  g_variant_get (parameter, "(&s&s)", &account, &id);
  if (!show_change (window, account, id))
    {
      ChangeLink *link = g_new0 (ChangeLink, 1);

      link->account = g_strdup (account);
      link->id = g_strdup (id);
      g_signal_connect_data (window, "notify::session", G_CALLBACK (on_session), link,
                             change_link_free, 0);
      gtk_widget_activate_action (GTK_WIDGET (window), "win.account", "s", account);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static const GActionEntry actions[] = {
  { "quit", quit_action },
  { "about", about_action },
  { "shortcuts", shortcuts_action },
  { "preferences", preferences_action },
  { "accounts", accounts_action },
  { "add-key", add_key_action },
  { "help", help_action },
  { "practice", practice_action },
  { "change", change_action, "(ss)" },
};

static const GOptionEntry options[] = {
  { "practice", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Open the practice account; nothing costs money"), NULL },
  { "account", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Whose practice account, or the name of a profile or key"), N_ ("NAME") },
  { "look", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Draw a page into a picture, and quit"),
    N_ ("PAGE") },
  { "look-list", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("List the pages that can be drawn"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
  { NULL },
};

static int
trestle_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  TrestleApplication *self = TRESTLE_APPLICATION (application);

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("trestle %s\n", TRESTLE_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (dict, "look-list"))
    {
      trestle_look_list ();
      return 0;
    }
  if (g_variant_dict_lookup (dict, "look", "s", &self->look))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
on_named_account (gpointer window, const GValue *value, const GError *error)
{
  if (error != NULL)
    {
      g_printerr ("trestle: %s\n", error->message);
      trestle_window_show_first_run (window);
    }
  else
    trestle_window_open_account (window, g_value_get_object (value));
}

static int
trestle_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  TrestleApplication *self = TRESTLE_APPLICATION (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  TrestleWindow *window = get_window (self);
  gboolean practice = g_variant_dict_contains (dict, "practice");
  const char *name = NULL;

  if (!g_variant_dict_lookup (dict, "account", "&s", &name))
    name = trestle_look_get_account (self->look);
  if (practice && name != NULL && !g_str_equal (name, "buyer") && !g_str_equal (name, "seller")
      && !g_str_equal (name, "tester"))
    {
      g_application_command_line_printerr (
          command_line, "trestle: %s\n", _ ("The practice accounts are buyer, seller and tester."));
      return 2;
    }

  if (window == NULL || practice || name != NULL)
    {
      if (window == NULL)
        window = trestle_window_new (GTK_APPLICATION (self));

      if (practice)
        {
          g_autoptr (TrestleAccount)
              account = trestle_accounts_practice (name != NULL ? name : "buyer");

          if (g_strcmp0 (self->look, "first-run") != 0)
            trestle_window_open_account (window, account);
        }
      else if (name != NULL)
        trestle_watch (window, NULL, trestle_accounts_find (name), on_named_account);
      else
        trestle_window_open_default (window);
    }

  gtk_window_present (GTK_WINDOW (window));
  if (self->look != NULL && !trestle_look_start (window, self->look))
    {
      g_application_command_line_printerr (command_line, "trestle: %s: %s\n", self->look,
                                           _ ("There is no such page; --look-list shows them."));
      gtk_window_destroy (GTK_WINDOW (window));
      return 2;
    }
  return 0;
}

static void
on_style_changed (GSettings *settings, const char *key, AdwStyleManager *manager)
{
  g_autofree char *style = g_settings_get_string (settings, key);

  adw_style_manager_set_color_scheme (manager,
                                      g_str_equal (style, "light")  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                      : g_str_equal (style, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                    : ADW_COLOR_SCHEME_DEFAULT);
}

static void
follow_style (TrestleApplication *self)
{
  GSettings *settings = trestle_settings_get ();
  AdwStyleManager *manager = adw_application_get_style_manager (ADW_APPLICATION (self));

  if (settings == NULL)
    return;
  g_signal_connect_object (settings, "changed::style", G_CALLBACK (on_style_changed), manager, 0);
  on_style_changed (settings, "style", manager);
}

static void
trestle_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (trestle_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  trestle_shortcuts_install (GTK_APPLICATION (application));
  follow_style (TRESTLE_APPLICATION (application));
  gtk_window_set_default_icon_name (TRESTLE_APP_ID);
}

static void
trestle_application_finalize (GObject *object)
{
  g_free (TRESTLE_APPLICATION (object)->look);
  G_OBJECT_CLASS (trestle_application_parent_class)->finalize (object);
}

static void
trestle_application_class_init (TrestleApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = trestle_application_finalize;
  application_class->handle_local_options = trestle_application_handle_local_options;
  application_class->command_line = trestle_application_command_line;
  application_class->startup = trestle_application_startup;
}

static void
trestle_application_init (TrestleApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

TrestleApplication *
trestle_application_new (void)
{
  /* The library's linker would leave a resource out that nobody names. */
  g_resources_register (trestle_app_get_resource ());

  return g_object_new (TRESTLE_TYPE_APPLICATION, "application-id", TRESTLE_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path",
                       "/dev/trestle/Trestle", NULL);
}
