/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "widgets/trestle-columns.h"

void
trestle_columns_align_end (GtkColumnView *view, guint first)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  guint n = 0;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  for (GtkWidget *title = gtk_widget_get_first_child (header); title != NULL;
       title = gtk_widget_get_next_sibling (title), n++)
    {
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (n >= first && box != NULL)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
    }
}
