/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-spec-list.h"

#include <glib/gi18n.h>

#include "widgets/trestle-finding-strip.h"

struct _TrestleSpecList
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *add_button;
  GtkListBox *list;
  TrestleFindingStrip *strip;

  GListStore *items;
  const TrestleSpecKind *kind;
};

G_DEFINE_FINAL_TYPE (TrestleSpecList, trestle_spec_list, ADW_TYPE_PREFERENCES_GROUP)

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestleSpecList *self = data;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *name = NULL;
  g_autofree char *summary = self->kind->dup_summary (item);
  g_autofree char *detail = self->kind->dup_detail != NULL ? self->kind->dup_detail (item) : NULL;
  g_autofree char *subtitle = detail != NULL ? g_strdup_printf ("%s\n%s", summary, detail)
                                             : g_steal_pointer (&summary);
  g_autofree char *tooltip = NULL;

  g_object_get (item, "name", &name, NULL);
  tooltip = g_strdup_printf (_ ("Remove %s"), name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "spec.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static guint
find (TrestleSpecList *self, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      g_autofree char *text = NULL;

      g_object_get (item, "name", &text, NULL);
      if (g_strcmp0 (text, name) == 0)
        return i;
    }
  return G_MAXUINT;
}

static void
edit (TrestleSpecList *self, guint position)
{
  adw_dialog_present (self->kind->create_dialog (self->items, position), GTK_WIDGET (self));
}

static void
on_activated (TrestleSpecList *self, GtkListBoxRow *row)
{
  edit (self, (guint) gtk_list_box_row_get_index (row));
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (TRESTLE_SPEC_LIST (widget), G_MAXUINT);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleSpecList *self = TRESTLE_SPEC_LIST (widget);
  guint position = find (self, g_variant_get_string (parameter, NULL));

  if (position == G_MAXUINT)
    return;
  /* the row takes the focus with it */
  gtk_widget_grab_focus (self->add_button);
  g_list_store_remove (self->items, position);
}

void
trestle_spec_list_set_items (TrestleSpecList *self, GListStore *items, const TrestleSpecKind *kind)
{
  g_return_if_fail (TRESTLE_IS_SPEC_LIST (self));

  self->kind = kind;
  g_set_object (&self->items, items);
  gtk_widget_set_tooltip_text (self->add_button, _ (kind->add));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (self)),
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (kind->add), -1);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (items), create_row, self, NULL);
}

void
trestle_spec_list_set_finding (TrestleSpecList *self, TrestleFinding *finding)
{
  g_return_if_fail (TRESTLE_IS_SPEC_LIST (self));
  trestle_finding_strip_set_finding (self->strip, finding);
}

static void
trestle_spec_list_dispose (GObject *object)
{
  TrestleSpecList *self = TRESTLE_SPEC_LIST (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SPEC_LIST);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (trestle_spec_list_parent_class)->dispose (object);
}

static void
trestle_spec_list_class_init (TrestleSpecListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  G_OBJECT_CLASS (klass)->dispose = trestle_spec_list_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-spec-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSpecList, add_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleSpecList, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleSpecList, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "spec.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "spec.remove", "s", remove_action);
}

static void
trestle_spec_list_init (TrestleSpecList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
