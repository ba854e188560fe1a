/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-s3-row.h"

#include <glib/gi18n.h>

#include "packages/trestle-bucket-dialog.h"
#include "widgets/trestle-shell.h"

struct _TrestleS3Row
{
  AdwEntryRow parent_instance;

  GtkButton *browse_button;

  gboolean files;
  gboolean folders;
  gboolean narrow;
};

enum
{
  PROP_FILES = 1,
  PROP_FOLDERS,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleS3Row, trestle_s3_row, ADW_TYPE_ENTRY_ROW)

static void
on_chosen (TrestleS3Row *self, const char *address)
{
  gtk_editable_set_text (GTK_EDITABLE (self), address);
}

static void
browse_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleS3Row *self = TRESTLE_S3_ROW (widget);
  TrestleSession *session = trestle_shell_get_session (widget);
  GtkWidget *dialog;

  if (session == NULL)
    return;
  dialog = trestle_bucket_dialog_new (session,
                                      !self->folders ? _ ("Choose a File")
                                      : !self->files ? _ ("Choose a Folder")
                                                     : _ ("Choose a File or Folder"),
                                      gtk_editable_get_text (GTK_EDITABLE (self)), self->files,
                                      self->folders);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* Which of several such buttons it is; what stands on it says less, and would go before it. */
static void
name_button (TrestleS3Row *self)
{
  g_autofree char *label = g_strdup_printf (
      _ ("Browse: %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->browse_button),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->browse_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
trestle_s3_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FILES)
    g_value_set_boolean (value, TRESTLE_S3_ROW (object)->files);
  else if (id == PROP_FOLDERS)
    g_value_set_boolean (value, TRESTLE_S3_ROW (object)->folders);
  else if (id == PROP_NARROW)
    g_value_set_boolean (value, TRESTLE_S3_ROW (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Where there is little room, the address needs it more than the button. */
static void
set_narrow (TrestleS3Row *self, gboolean narrow)
{
  self->narrow = narrow;
  if (narrow)
    gtk_button_set_icon_name (self->browse_button, "folder-open-symbolic");
  else
    gtk_button_set_label (self->browse_button, _ ("_Browse…"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->browse_button), narrow ? _ ("Browse…") : NULL);
  name_button (self);
}

static void
trestle_s3_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FILES)
    TRESTLE_S3_ROW (object)->files = g_value_get_boolean (value);
  else if (id == PROP_FOLDERS)
    TRESTLE_S3_ROW (object)->folders = g_value_get_boolean (value);
  else if (id == PROP_NARROW)
    set_narrow (TRESTLE_S3_ROW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_s3_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_S3_ROW);
  G_OBJECT_CLASS (trestle_s3_row_parent_class)->dispose (object);
}

static void
trestle_s3_row_class_init (TrestleS3RowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = trestle_s3_row_get_property;
  object_class->set_property = trestle_s3_row_set_property;
  object_class->dispose = trestle_s3_row_dispose;
  properties[PROP_FILES] = g_param_spec_boolean ("files", NULL, NULL, TRUE, flags);
  properties[PROP_FOLDERS] = g_param_spec_boolean ("folders", NULL, NULL, FALSE, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/packages/trestle-s3-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleS3Row, browse_button);
  gtk_widget_class_install_action (widget_class, "s3.browse", NULL, browse_action);
}

static void
trestle_s3_row_init (TrestleS3Row *self)
{
  self->files = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::title", G_CALLBACK (name_button), NULL);
}
