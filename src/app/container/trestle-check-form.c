/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "container/trestle-check-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-container-image.h"

struct _TrestleCheckForm
{
  AdwBin parent_instance;

  AdwEntryRow *target_row;
  AdwComboRow *registry_row;
  AdwActionRow *samples_row;
  AdwEntryRow *types_row;
  AdwEntryRow *accepts_row;
  AdwEntryRow *fields_row;
  AdwSwitchRow *stream_row;
  AdwSwitchRow *metered_row;
  AdwActionRow *model_row;
  AdwActionRow *training_row;
  AdwEntryRow *hyperparameters_row;

  char *samples;
  char *model;
  char *training;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (TrestleCheckForm, trestle_check_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_changed (TrestleCheckForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activate (TrestleCheckForm *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
on_registry (TrestleCheckForm *self)
{
  gpointer item = adw_combo_row_get_selected_item (self->registry_row);

  if (!self->filling && GTK_IS_STRING_OBJECT (item)
      && adw_combo_row_get_selected (self->registry_row) > 0)
    gtk_editable_set_text (GTK_EDITABLE (self->target_row), gtk_string_object_get_string (item));
}

/* Which row a dialog was opened for. */
typedef struct
{
  TrestleCheckForm *form;
  AdwActionRow *row;
  char **path;
} Choice;

static void
folder_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GFile)
      folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (folder != NULL)
    {
      g_free (*choice->path);
      *choice->path = g_file_get_path (folder);
      adw_action_row_set_subtitle (choice->row, *choice->path != NULL ? *choice->path : "");
      gtk_widget_set_visible (GTK_WIDGET (choice->form->hyperparameters_row),
                              choice->form->training != NULL);
      on_changed (choice->form);
    }
  g_object_unref (choice->form);
  g_free (choice);
}

static void
choose_folder (TrestleCheckForm *self, AdwActionRow *row, char **path, const char *title)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Choice *choice = g_new0 (Choice, 1);

  choice->form = g_object_ref (self);
  choice->row = row;
  choice->path = path;
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                                 folder_cb, choice);
}

static void
on_choose_samples (TrestleCheckForm *self)
{
  choose_folder (self, self->samples_row, &self->samples, _ ("Choose the Folder of Sample Inputs"));
}

static void
on_choose_model (TrestleCheckForm *self)
{
  choose_folder (self, self->model_row, &self->model, _ ("Choose the Folder of the Model"));
}

static void
on_choose_training (TrestleCheckForm *self)
{
  choose_folder (self, self->training_row, &self->training,
                 _ ("Choose the Folder of Training Data"));
}

static void
archive_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleCheckForm) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->target_row), path);
}

static void
on_choose_archive (TrestleCheckForm *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose the Archive of an Image"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        archive_cb, g_object_ref (self));
}

void
trestle_check_form_set_target (TrestleCheckForm *self, const char *target)
{
  g_return_if_fail (TRESTLE_IS_CHECK_FORM (self));
  gtk_editable_set_text (GTK_EDITABLE (self->target_row), target);
}

void
trestle_check_form_set_images (TrestleCheckForm *self, GListModel *images)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_return_if_fail (TRESTLE_IS_CHECK_FORM (self));

  gtk_string_list_append (names, _ ("None"));
  for (guint i = 0; i < g_list_model_get_n_items (images); i++)
    {
      g_autoptr (TrestleContainerImage) image = g_list_model_get_item (images, i);

      gtk_string_list_append (names, trestle_container_image_get_uri (image));
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->registry_row, G_LIST_MODEL (names));
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->registry_row), g_list_model_get_n_items (images) > 0);
}

/* What stands between commas. */
static char **
dup_words (AdwEntryRow *row)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (row)), ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) != '\0')
      g_strv_builder_add (builder, *part);
  return g_strv_builder_end (builder);
}

TrestleContainerPlan *
trestle_check_form_dup_plan (TrestleCheckForm *self)
{
  g_autofree char *target = NULL;
  g_auto (GStrv) types = NULL;
  g_auto (GStrv) accepts = NULL;
  g_auto (GStrv) fields = NULL;
  g_auto (GStrv) hyperparameters = NULL;

  g_return_val_if_fail (TRESTLE_IS_CHECK_FORM (self), NULL);

  target = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->target_row)));
  if (*g_strstrip (target) == '\0')
    return NULL;
  types = dup_words (self->types_row);
  accepts = dup_words (self->accepts_row);
  fields = dup_words (self->fields_row);
  hyperparameters = dup_words (self->hyperparameters_row);
  return g_object_new (
      TRESTLE_TYPE_CONTAINER_PLAN, "target", target, "kind",
      self->training != NULL ? TRESTLE_PRODUCT_KIND_ALGORITHM : TRESTLE_PRODUCT_KIND_MODEL,
      "samples", self->samples, "content-types", types, "accepts", accepts, "fields", fields,
      "stream", adw_switch_row_get_active (self->stream_row), "metered",
      adw_switch_row_get_active (self->metered_row), "model", self->model, "training",
      self->training, "hyperparameters", hyperparameters, NULL);
}

static void
trestle_check_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_CHECK_FORM);
  G_OBJECT_CLASS (trestle_check_form_parent_class)->dispose (object);
}

static void
trestle_check_form_finalize (GObject *object)
{
  TrestleCheckForm *self = TRESTLE_CHECK_FORM (object);

  g_free (self->samples);
  g_free (self->model);
  g_free (self->training);
  G_OBJECT_CLASS (trestle_check_form_parent_class)->finalize (object);
}

static void
trestle_check_form_class_init (TrestleCheckFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_check_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = trestle_check_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", TRESTLE_TYPE_CHECK_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", TRESTLE_TYPE_CHECK_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/container/trestle-check-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, target_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, registry_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, samples_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, types_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, accepts_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, fields_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, stream_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, metered_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, model_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, training_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckForm, hyperparameters_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_registry);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_archive);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_samples);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_model);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_training);
}

static void
trestle_check_form_init (TrestleCheckForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
