/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-hyperparameter-dialog.h"

#include "domain/trestle-hyperparameter.h"
#include "packages/trestle-chip-row.h"
#include "packages/trestle-spec-entry.h"

/* In the order of the template. */
static const char *const types[] = { "Integer", "Continuous", "Categorical", "FreeText" };

#define TYPE_CHOICE 2
#define TYPE_TEXT 3

struct _TrestleHyperparameterDialog
{
  AdwDialog parent_instance;

  GtkWidget *save_button;
  GtkEditable *name_row;
  GtkEditable *description_row;
  AdwSwitchRow *required_row;
  AdwComboRow *type_row;
  GtkEditable *least_row;
  GtkEditable *most_row;
  TrestleChipRow *values_row;
  GtkEditable *default_row;
  AdwSwitchRow *tunable_row;
  GtkEditable *sample_row;

  GListStore *items;
  guint position;
  GtkStringList *values;
};

G_DEFINE_FINAL_TYPE (TrestleHyperparameterDialog, trestle_hyperparameter_dialog, ADW_TYPE_DIALOG)

static void
on_changed (TrestleHyperparameterDialog *self)
{
  guint type = adw_combo_row_get_selected (self->type_row);

  gtk_widget_set_visible (GTK_WIDGET (self->least_row), type < TYPE_CHOICE);
  gtk_widget_set_visible (GTK_WIDGET (self->most_row), type < TYPE_CHOICE);
  gtk_widget_set_visible (GTK_WIDGET (self->values_row), type == TYPE_CHOICE);
  gtk_widget_set_visible (GTK_WIDGET (self->tunable_row), type != TYPE_TEXT);
  gtk_widget_set_sensitive (self->save_button, trestle_spec_entry_get (self->name_row) != NULL);
}

static void
on_save (TrestleHyperparameterDialog *self)
{
  guint type = adw_combo_row_get_selected (self->type_row);
  gboolean number = type < TYPE_CHOICE;
  g_auto (GStrv) values = type == TYPE_CHOICE ? trestle_spec_entry_dup_strings (self->values)
                                              : NULL;
  g_autoptr (TrestleHyperparameter) parameter = NULL;

  if (!gtk_widget_get_sensitive (self->save_button) || type >= G_N_ELEMENTS (types))
    return;
  parameter = g_object_new (
      TRESTLE_TYPE_HYPERPARAMETER, "name", trestle_spec_entry_get (self->name_row), "description",
      trestle_spec_entry_get (self->description_row), "value-type", types[type], "least",
      number ? trestle_spec_entry_get (self->least_row) : NULL, "most",
      number ? trestle_spec_entry_get (self->most_row) : NULL, "values", values, "tunable",
      type != TYPE_TEXT && adw_switch_row_get_active (self->tunable_row), "required",
      adw_switch_row_get_active (self->required_row), "default-value",
      trestle_spec_entry_get (self->default_row), "sample",
      trestle_spec_entry_get (self->sample_row), NULL);
  trestle_spec_entry_store (self->items, self->position, parameter);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
fill (TrestleHyperparameterDialog *self)
{
  g_autoptr (TrestleHyperparameter)
      parameter = g_list_model_get_item (G_LIST_MODEL (self->items), self->position);
  const char *type;

  if (parameter == NULL)
    return;
  type = trestle_hyperparameter_get_value_type (parameter);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (type, types[i]) == 0)
      adw_combo_row_set_selected (self->type_row, i);
  trestle_spec_entry_set (self->name_row, trestle_hyperparameter_get_name (parameter));
  trestle_spec_entry_set (self->description_row,
                          trestle_hyperparameter_get_description (parameter));
  trestle_spec_entry_set (self->least_row, trestle_hyperparameter_get_least (parameter));
  trestle_spec_entry_set (self->most_row, trestle_hyperparameter_get_most (parameter));
  trestle_spec_entry_set (self->default_row, trestle_hyperparameter_get_default_value (parameter));
  trestle_spec_entry_set (self->sample_row, trestle_hyperparameter_get_sample (parameter));
  if (trestle_hyperparameter_get_values (parameter) != NULL)
    gtk_string_list_splice (self->values, 0, 0, trestle_hyperparameter_get_values (parameter));
  adw_switch_row_set_active (self->required_row, trestle_hyperparameter_get_required (parameter));
  adw_switch_row_set_active (self->tunable_row, trestle_hyperparameter_get_tunable (parameter));
}

static void
trestle_hyperparameter_dialog_dispose (GObject *object)
{
  TrestleHyperparameterDialog *self = TRESTLE_HYPERPARAMETER_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_HYPERPARAMETER_DIALOG);
  g_clear_object (&self->items);
  g_clear_object (&self->values);
  G_OBJECT_CLASS (trestle_hyperparameter_dialog_parent_class)->dispose (object);
}

static void
trestle_hyperparameter_dialog_class_init (TrestleHyperparameterDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_CHIP_ROW);
  G_OBJECT_CLASS (klass)->dispose = trestle_hyperparameter_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-hyperparameter-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, description_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, required_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, type_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, least_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, most_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, values_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, default_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, tunable_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleHyperparameterDialog, sample_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
trestle_hyperparameter_dialog_init (TrestleHyperparameterDialog *self)
{
  static const char *const none[] = { NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->values = gtk_string_list_new (NULL);
  trestle_chip_row_set_strings (self->values_row, self->values);
  trestle_chip_row_set_choices (self->values_row, none, NULL);
}

AdwDialog *
trestle_hyperparameter_dialog_new (GListStore *items, guint position)
{
  TrestleHyperparameterDialog *self = g_object_new (TRESTLE_TYPE_HYPERPARAMETER_DIALOG, NULL);

  self->items = g_object_ref (items);
  self->position = position;
  fill (self);
  on_changed (self);
  return ADW_DIALOG (self);
}
