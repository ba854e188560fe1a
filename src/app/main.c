/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include <glib/gi18n.h>
#include <libdex.h>
#include <locale.h>

#include "trestle-application.h"
#include "trestle-config.h"

int
main (int argc, char **argv)
{
  g_autoptr (TrestleApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TRESTLE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  dex_init ();
  g_set_application_name (_ ("Trestle"));

  application = trestle_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
