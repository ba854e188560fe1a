/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * trestle_widget_dispose_template:
 *
 * For widgets that derive from GtkWidget itself: gtk_widget_dispose_template() lets go of the children that
 * are bound, this also of those that are not.
 */
static inline void
trestle_widget_dispose_template (GtkWidget *widget, GType type)
{
  GtkWidget *child;

  gtk_widget_dispose_template (widget, type);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

/** trestle_widget_set_tooltip: only where it is another: GTK asks the display each time, which is much for many cells */
static inline void
trestle_widget_set_tooltip (gpointer widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

/** trestle_widget_decoration: Returns: (transfer floating): an icon that says nothing of its own */
static inline GtkWidget *
trestle_widget_decoration (const char *icon_name)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

G_END_DECLS
