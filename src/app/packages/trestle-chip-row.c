/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-chip-row.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TrestleChipRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *count;
  AdwWrapBox *chips;
  GtkWidget *add_button;
  GtkPopover *popover;
  GtkSearchEntry *search;
  GtkListBox *choices;

  GtkStringList *strings;
};

G_DEFINE_FINAL_TYPE (TrestleChipRow, trestle_chip_row, ADW_TYPE_PREFERENCES_ROW)

static guint
find (TrestleChipRow *self, const char *text)
{
  guint n = self->strings != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->strings)) : 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (gtk_string_list_get_string (self->strings, i), text))
      return i;
  return G_MAXUINT;
}

void
trestle_chip_row_add (TrestleChipRow *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_return_if_fail (TRESTLE_IS_CHIP_ROW (self));

  if (self->strings != NULL && *stripped != '\0' && find (self, stripped) == G_MAXUINT)
    gtk_string_list_append (self->strings, stripped);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleChipRow *self = TRESTLE_CHIP_ROW (widget);
  guint index = find (self, g_variant_get_string (parameter, NULL));

  if (index == G_MAXUINT)
    return;
  /* the chip takes the focus with it */
  gtk_widget_grab_focus (self->add_button);
  gtk_string_list_remove (self->strings, index);
}

static GtkWidget *
create_chip (const char *text)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *tooltip = g_strdup_printf (_ ("Remove %s"), text);

  gtk_widget_add_css_class (chip, "chip-box");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "chips.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", text);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

static void
update (TrestleChipRow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->strings));
  g_autofree char *count = g_strdup_printf ("%u", n);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->chips));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (child != self->add_button)
        adw_wrap_box_remove (self->chips, child);
      child = next;
    }
  for (guint i = n; i > 0; i--)
    adw_wrap_box_prepend (self->chips,
                          create_chip (gtk_string_list_get_string (self->strings, i - 1)));
  gtk_label_set_label (self->count, count);
  gtk_list_box_invalidate_filter (self->choices);
}

void
trestle_chip_row_set_strings (TrestleChipRow *self, GtkStringList *strings)
{
  g_return_if_fail (TRESTLE_IS_CHIP_ROW (self));

  if (self->strings != NULL)
    g_signal_handlers_disconnect_by_data (self->strings, self);
  g_set_object (&self->strings, strings);
  g_signal_connect_object (strings, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
trestle_chip_row_set_choices (TrestleChipRow *self,
                              const char *const *choices,
                              const char *const *notes)
{
  g_return_if_fail (TRESTLE_IS_CHIP_ROW (self));

  gtk_list_box_remove_all (self->choices);
  for (guint i = 0; choices[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), choices[i]);
      if (notes != NULL && *notes[i] != '\0')
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), notes[i]);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->choices, row);
    }
}

/* What is chosen already is not offered again. */
static gboolean
is_offered (GtkListBoxRow *row, gpointer data)
{
  TrestleChipRow *self = data;
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return find (self, title) == G_MAXUINT && (*typed == '\0' || strstr (title, typed) != NULL);
}

static void
on_search (TrestleChipRow *self)
{
  gtk_list_box_invalidate_filter (self->choices);
}

static void
on_shown (TrestleChipRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_chosen (TrestleChipRow *self, GtkListBoxRow *row)
{
  trestle_chip_row_add (self, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  gtk_popover_popdown (self->popover);
}

static void
on_entered (TrestleChipRow *self)
{
  trestle_chip_row_add (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_popover_popdown (self->popover);
}

static void
trestle_chip_row_dispose (GObject *object)
{
  TrestleChipRow *self = TRESTLE_CHIP_ROW (object);

  if (self->strings != NULL)
    g_signal_handlers_disconnect_by_data (self->strings, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_CHIP_ROW);
  g_clear_object (&self->strings);
  G_OBJECT_CLASS (trestle_chip_row_parent_class)->dispose (object);
}

static void
trestle_chip_row_class_init (TrestleChipRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_chip_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/packages/trestle-chip-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleChipRow, count);
  gtk_widget_class_bind_template_child (widget_class, TrestleChipRow, chips);
  gtk_widget_class_bind_template_child (widget_class, TrestleChipRow, add_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleChipRow, popover);
  gtk_widget_class_bind_template_child (widget_class, TrestleChipRow, search);
  gtk_widget_class_bind_template_child (widget_class, TrestleChipRow, choices);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_install_action (widget_class, "chips.remove", "s", remove_action);
}

static void
trestle_chip_row_init (TrestleChipRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->choices, is_offered, self, NULL);
}
