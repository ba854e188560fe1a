/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-channel-dialog.h"

#include <glib/gi18n.h>

#include "domain/trestle-training-channel.h"
#include "packages/trestle-chip-row.h"
#include "packages/trestle-s3-row.h"
#include "packages/trestle-spec-entry.h"

struct _TrestleChannelDialog
{
  AdwDialog parent_instance;

  GtkWidget *save_button;
  GtkEditable *name_row;
  GtkEditable *description_row;
  AdwSwitchRow *required_row;
  TrestleChipRow *types_row;
  AdwSwitchRow *gzip_row;
  AdwSwitchRow *file_row;
  AdwSwitchRow *fast_row;
  AdwSwitchRow *pipe_row;
  GtkEditable *sample_row;

  GListStore *items;
  guint position;
  GtkStringList *types;
};

G_DEFINE_FINAL_TYPE (TrestleChannelDialog, trestle_channel_dialog, ADW_TYPE_DIALOG)

static void
on_changed (TrestleChannelDialog *self)
{
  gtk_widget_set_sensitive (self->save_button, trestle_spec_entry_get (self->name_row) != NULL);
}

static void
on_save (TrestleChannelDialog *self)
{
  g_autoptr (TrestleTrainingChannel) channel = NULL;
  g_auto (GStrv) types = trestle_spec_entry_dup_strings (self->types);
  const char *modes[4] = { NULL }, *packings[] = { "None", "Gzip", NULL };
  guint n = 0;

  if (!gtk_widget_get_sensitive (self->save_button))
    return;
  if (adw_switch_row_get_active (self->file_row))
    modes[n++] = "File";
  if (adw_switch_row_get_active (self->fast_row))
    modes[n++] = "FastFile";
  if (adw_switch_row_get_active (self->pipe_row))
    modes[n++] = "Pipe";
  if (!adw_switch_row_get_active (self->gzip_row))
    packings[1] = NULL;
  channel = g_object_new (
      TRESTLE_TYPE_TRAINING_CHANNEL, "name", trestle_spec_entry_get (self->name_row), "description",
      trestle_spec_entry_get (self->description_row), "required",
      adw_switch_row_get_active (self->required_row), "content-types", types, "compression-types",
      packings, "input-modes", modes, "sample", trestle_spec_entry_get (self->sample_row), NULL);
  trestle_spec_entry_store (self->items, self->position, channel);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
fill (TrestleChannelDialog *self)
{
  g_autoptr (TrestleTrainingChannel)
      channel = g_list_model_get_item (G_LIST_MODEL (self->items), self->position);
  const char *const *modes, *const *packings, *const *types;

  if (channel == NULL)
    {
      adw_switch_row_set_active (self->file_row, TRUE);
      adw_switch_row_set_active (self->required_row,
                                 g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0);
      if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0)
        trestle_spec_entry_set (self->name_row, "train");
      return;
    }
  modes = trestle_training_channel_get_input_modes (channel);
  packings = trestle_training_channel_get_compression_types (channel);
  types = trestle_training_channel_get_content_types (channel);
  trestle_spec_entry_set (self->name_row, trestle_training_channel_get_name (channel));
  trestle_spec_entry_set (self->description_row,
                          trestle_training_channel_get_description (channel));
  trestle_spec_entry_set (self->sample_row, trestle_training_channel_get_sample (channel));
  adw_switch_row_set_active (self->required_row, trestle_training_channel_get_required (channel));
  if (types != NULL)
    gtk_string_list_splice (self->types, 0, 0, types);
  adw_switch_row_set_active (self->gzip_row,
                             packings != NULL && g_strv_contains (packings, "Gzip"));
  adw_switch_row_set_active (self->file_row, modes != NULL && g_strv_contains (modes, "File"));
  adw_switch_row_set_active (self->fast_row, modes != NULL && g_strv_contains (modes, "FastFile"));
  adw_switch_row_set_active (self->pipe_row, modes != NULL && g_strv_contains (modes, "Pipe"));
}

static void
trestle_channel_dialog_dispose (GObject *object)
{
  TrestleChannelDialog *self = TRESTLE_CHANNEL_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_CHANNEL_DIALOG);
  g_clear_object (&self->items);
  g_clear_object (&self->types);
  G_OBJECT_CLASS (trestle_channel_dialog_parent_class)->dispose (object);
}

static void
trestle_channel_dialog_class_init (TrestleChannelDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_CHIP_ROW);
  g_type_ensure (TRESTLE_TYPE_S3_ROW);
  G_OBJECT_CLASS (klass)->dispose = trestle_channel_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-channel-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, description_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, required_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, types_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, gzip_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, fast_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, pipe_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleChannelDialog, sample_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
trestle_channel_dialog_init (TrestleChannelDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->types = gtk_string_list_new (NULL);
  trestle_chip_row_set_strings (self->types_row, self->types);
  trestle_chip_row_set_choices (self->types_row, trestle_spec_entry_media_types, NULL);
}

AdwDialog *
trestle_channel_dialog_new (GListStore *items, guint position)
{
  TrestleChannelDialog *self = g_object_new (TRESTLE_TYPE_CHANNEL_DIALOG, NULL);

  self->items = g_object_ref (items);
  self->position = position;
  fill (self);
  on_changed (self);
  return ADW_DIALOG (self);
}
