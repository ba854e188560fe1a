/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-difference-lines.h"

#include <glib/gi18n.h>

/* It is to be read at a glance. */
#define MAX_CHARS 240

static char *
shorten (const char *text)
{
  g_autofree char *head = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_CHARS)
    return g_strdup (text);
  head = g_utf8_substring (text, 0, MAX_CHARS);
  return g_strdup_printf ("%s…", g_strchomp (head));
}

static GtkWidget *
create_line (gboolean added, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *sign = gtk_label_new (added ? "+" : "−");
  g_autofree char *shown = shorten (text);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", added ? _ ("New") : _ ("Before"), shown);
  GtkWidget *label = gtk_label_new (shown);

  gtk_widget_set_valign (sign, GTK_ALIGN_START);
  gtk_widget_add_css_class (sign, "monospace");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_widget_add_css_class (line, "diff-line");
  gtk_widget_add_css_class (line, added ? "added" : "removed");
  gtk_box_append (GTK_BOX (line), sign);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}

GtkWidget *
trestle_difference_lines_new (const char *label, const char *before, const char *after)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  if (label != NULL)
    {
      GtkWidget *caption = gtk_label_new (label);

      gtk_label_set_xalign (GTK_LABEL (caption), 0);
      gtk_label_set_ellipsize (GTK_LABEL (caption), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (caption, "caption");
      gtk_widget_add_css_class (caption, "dimmed");
      gtk_box_append (GTK_BOX (box), caption);
    }
  if (before != NULL && *before != '\0')
    gtk_box_append (GTK_BOX (box), create_line (FALSE, before));
  if (after != NULL && *after != '\0')
    gtk_box_append (GTK_BOX (box), create_line (TRUE, after));
  return box;
}

GtkWidget *
trestle_difference_lines_new_row (const char *label, const char *before, const char *after)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *lines = trestle_difference_lines_new (label, before, after);
  g_autofree char *old = before != NULL && *before != '\0' ? shorten (before) : NULL;
  g_autofree char *new = after != NULL && *after != '\0' ? shorten (after) : NULL;
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s instead of %s"), label,
                                             new != NULL ? new : _ ("nothing"),
                                             old != NULL ? old : _ ("nothing"));

  gtk_widget_add_css_class (lines, "difference-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), lines);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}
