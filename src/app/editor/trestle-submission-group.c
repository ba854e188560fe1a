/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-submission-group.h"

#include <glib/gi18n.h>

#include "editor/trestle-editor-words.h"

struct _TrestleSubmissionGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *findings_row;
  AdwActionRow *changes_row;

  TrestleOpenDraft *open_draft;
};

enum
{
  PROP_OPEN_DRAFT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleSubmissionGroup, trestle_submission_group, ADW_TYPE_PREFERENCES_GROUP)

static void
update (TrestleSubmissionGroup *self)
{
  g_autofree char *findings = trestle_editor_dup_findings (self->open_draft);
  g_autofree char *changes = trestle_editor_dup_changes (self->open_draft);

  adw_action_row_set_subtitle (self->findings_row, findings);
  adw_action_row_set_subtitle (self->changes_row, changes);
}

static void
trestle_submission_group_set_property (GObject *object,
                                       guint id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  TrestleSubmissionGroup *self = TRESTLE_SUBMISSION_GROUP (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      if (self->open_draft != NULL)
        g_signal_handlers_disconnect_by_data (self->open_draft, self);
      g_set_object (&self->open_draft, g_value_get_object (value));
      if (self->open_draft == NULL)
        break;
      g_signal_connect_object (self->open_draft, "notify", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_submission_group_dispose (GObject *object)
{
  TrestleSubmissionGroup *self = TRESTLE_SUBMISSION_GROUP (object);

  g_clear_object (&self->open_draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SUBMISSION_GROUP);
  G_OBJECT_CLASS (trestle_submission_group_parent_class)->dispose (object);
}

static void
trestle_submission_group_class_init (TrestleSubmissionGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = trestle_submission_group_dispose;
  object_class->set_property = trestle_submission_group_set_property;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object (
      "open-draft", NULL, NULL, TRESTLE_TYPE_OPEN_DRAFT, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-submission-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSubmissionGroup, findings_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubmissionGroup, changes_row);
}

static void
trestle_submission_group_init (TrestleSubmissionGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
