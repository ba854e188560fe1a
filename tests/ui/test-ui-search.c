/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/trestle-discover-page.h"
#include "ui-driver.h"

static guint
count (gpointer page)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_grid_view_get_model (GTK_GRID_VIEW (ui_child (page, "grid")))));
}

/* A letter at a time, while the logos of what was found before are still on their way. */
static void
test_typing (void)
{
  static const char *const texts[] = { "s", "sp", "spe", "speech", "speec", "", "i", "ir", "iris" };
  gpointer page;
  GtkEditable *entry;

  ui_open ();
  page = ui_page (TRESTLE_TYPE_DISCOVER_PAGE);
  entry = ui_child (page, "search");
  UI_WAIT (count (page) > 20);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 typed = g_get_monotonic_time ();

      gtk_editable_set_text (entry, texts[i]);
      UI_WAIT (g_get_monotonic_time () - typed > 120 * 1000);
    }
  UI_WAIT (count (page) < 10 && ui_reads (page, "Iris Classifier"));
  ui_close ();
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  ui_serve ("60");
  g_test_add_func ("/ui/search/typing", test_typing);
  status = g_test_run ();
  ui_serve_end ();
  return status;
}
