/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-training-groups.h"

#include <glib/gi18n.h>

#include "domain/trestle-finding.h"
#include "packages/trestle-channel-dialog.h"
#include "packages/trestle-chip-row.h"
#include "packages/trestle-hyperparameter-dialog.h"
#include "packages/trestle-metric-dialog.h"
#include "packages/trestle-spec-list.h"
#include "packages/trestle-training-words.h"
#include "widgets/trestle-finding-strip.h"

struct _TrestleTrainingGroups
{
  GtkBox parent_instance;

  TrestleChipRow *training_row;
  TrestleFindingStrip *training_strip;
  GtkWidget *distributed_row;
  TrestleSpecList *channels;
  TrestleSpecList *hyperparameters;
  TrestleSpecList *metrics;

  TrestlePackageForm *form;
};

G_DEFINE_FINAL_TYPE (TrestleTrainingGroups, trestle_training_groups, GTK_TYPE_BOX)

static const TrestleSpecKind channel_kind = {
  trestle_channel_dup_summary,
  trestle_channel_dup_detail,
  trestle_channel_dialog_new,
  N_ ("Add a Channel"),
};

static const TrestleSpecKind hyperparameter_kind = {
  trestle_hyperparameter_dup_summary,
  trestle_hyperparameter_dup_detail,
  trestle_hyperparameter_dialog_new,
  N_ ("Add a Hyperparameter"),
};

static const TrestleSpecKind metric_kind = {
  trestle_metric_dup_summary,
  trestle_metric_dup_detail,
  trestle_metric_dialog_new,
  N_ ("Add a Metric"),
};

void
trestle_training_groups_set_form (TrestleTrainingGroups *self, TrestlePackageForm *form)
{
  g_return_if_fail (TRESTLE_IS_TRAINING_GROUPS (self));

  g_set_object (&self->form, form);
  trestle_chip_row_set_strings (self->training_row,
                                trestle_package_form_get_list (form, "training"));
  g_object_bind_property (form, "distributed", self->distributed_row, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  trestle_spec_list_set_items (self->channels, trestle_package_form_get_channels (form),
                               &channel_kind);
  trestle_spec_list_set_items (
      self->hyperparameters, trestle_package_form_get_hyperparameters (form), &hyperparameter_kind);
  trestle_spec_list_set_items (self->metrics, trestle_package_form_get_metrics (form),
                               &metric_kind);
}

void
trestle_training_groups_set_choices (TrestleTrainingGroups *self,
                                     const char *const *types,
                                     const char *const *notes)
{
  g_return_if_fail (TRESTLE_IS_TRAINING_GROUPS (self));
  trestle_chip_row_set_choices (self->training_row, types, notes);
}

static TrestleFinding *
find (GPtrArray *findings, const char *field)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (trestle_finding_get_field (findings->pdata[i]), field))
      return findings->pdata[i];
  return NULL;
}

GtkWidget *
trestle_training_groups_show (TrestleTrainingGroups *self, GPtrArray *findings, gboolean tried)
{
  const struct
  {
    const char *field;
    GListModel *items;
    TrestleSpecList *list; /* NULL: the row of instance types */
  } parts[] = {
    { "training", G_LIST_MODEL (trestle_package_form_get_list (self->form, "training")), NULL },
    { "channels", G_LIST_MODEL (trestle_package_form_get_channels (self->form)), self->channels },
    { "hyperparameters", G_LIST_MODEL (trestle_package_form_get_hyperparameters (self->form)),
      self->hyperparameters },
    { "metrics", G_LIST_MODEL (trestle_package_form_get_metrics (self->form)), self->metrics },
  };
  GtkWidget *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      TrestleFinding *finding = find (findings, parts[i].field);

      if (!tried && g_list_model_get_n_items (parts[i].items) == 0)
        finding = NULL;
      if (parts[i].list != NULL)
        trestle_spec_list_set_finding (parts[i].list, finding);
      else
        trestle_finding_strip_set_finding (self->training_strip, finding);
      if (finding != NULL && first == NULL)
        first = parts[i].list != NULL ? GTK_WIDGET (parts[i].list)
                                      : GTK_WIDGET (self->training_row);
    }
  return first;
}

static void
trestle_training_groups_dispose (GObject *object)
{
  TrestleTrainingGroups *self = TRESTLE_TRAINING_GROUPS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_TRAINING_GROUPS);
  g_clear_object (&self->form);
  G_OBJECT_CLASS (trestle_training_groups_parent_class)->dispose (object);
}

static void
trestle_training_groups_class_init (TrestleTrainingGroupsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_CHIP_ROW);
  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_SPEC_LIST);
  G_OBJECT_CLASS (klass)->dispose = trestle_training_groups_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-training-groups.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleTrainingGroups, training_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleTrainingGroups, training_strip);
  gtk_widget_class_bind_template_child (widget_class, TrestleTrainingGroups, distributed_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleTrainingGroups, channels);
  gtk_widget_class_bind_template_child (widget_class, TrestleTrainingGroups, hyperparameters);
  gtk_widget_class_bind_template_child (widget_class, TrestleTrainingGroups, metrics);
}

static void
trestle_training_groups_init (TrestleTrainingGroups *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
