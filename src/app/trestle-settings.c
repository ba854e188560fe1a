/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-settings.h"

#include "trestle-config.h"

GSettings *
trestle_settings_get (void)
{
  static GSettings *settings;
  static gboolean asked;

  if (!asked)
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema)
          schema = source != NULL ? g_settings_schema_source_lookup (source, TRESTLE_APP_ID, TRUE)
                                  : NULL;

      asked = TRUE;
      if (schema != NULL)
        settings = g_settings_new_full (schema, NULL, NULL);
      else
        g_message ("The settings schema is not installed; settings are not kept");
    }
  return settings;
}

void
trestle_settings_load_window (GtkWindow *window)
{
  GSettings *settings = trestle_settings_get ();

  /* Pictures and tests say their size. */
  if (settings == NULL || g_getenv ("TRESTLE_LOOK_SIZE") != NULL)
    return;
  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "maximized"))
    gtk_window_maximize (window);
}

void
trestle_settings_save_window (GtkWindow *window)
{
  GSettings *settings = trestle_settings_get ();
  int width, height;

  if (settings == NULL || g_getenv ("TRESTLE_LOOK_SIZE") != NULL)
    return;
  gtk_window_get_default_size (window, &width, &height);
  if (width > 0 && height > 0)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }
  g_settings_set_boolean (settings, "maximized", gtk_window_is_maximized (window));
}

void
trestle_settings_remember (const char *key, const char *value)
{
  GSettings *settings = trestle_settings_get ();

  if (settings != NULL && g_getenv ("TRESTLE_LOOK_SIZE") == NULL)
    g_settings_set_string (settings, key, value);
}

char *
trestle_settings_recall (const char *key)
{
  GSettings *settings = trestle_settings_get ();
  g_autofree char *value = NULL;

  if (settings == NULL || g_getenv ("TRESTLE_LOOK_SIZE") != NULL)
    return NULL;
  value = g_settings_get_string (settings, key);
  return *value != '\0' ? g_steal_pointer (&value) : NULL;
}
