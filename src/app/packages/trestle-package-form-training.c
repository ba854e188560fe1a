/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include <string.h>

#include "domain/trestle-finding.h"
#include "domain/trestle-node.h"
#include "packages/trestle-package-form-private.h"

/* What an algorithm has besides what a model package has: its training. */

#define VOLUME_GB 30
#define SECONDS_MAX 3600

GListStore *
trestle_package_form_get_channels (TrestlePackageForm *self)
{
  g_return_val_if_fail (TRESTLE_IS_PACKAGE_FORM (self), NULL);
  return self->channels;
}

GListStore *
trestle_package_form_get_hyperparameters (TrestlePackageForm *self)
{
  g_return_val_if_fail (TRESTLE_IS_PACKAGE_FORM (self), NULL);
  return self->hyperparameters;
}

GListStore *
trestle_package_form_get_metrics (TrestlePackageForm *self)
{
  g_return_val_if_fail (TRESTLE_IS_PACKAGE_FORM (self), NULL);
  return self->metrics;
}

void
trestle_package_form_copy_training (TrestlePackageForm *self, JsonNode *document)
{
  JsonNode *spec = trestle_node_member (document, "TrainingSpecification");
  JsonNode *inference = trestle_node_member (document, "InferenceSpecification");
  JsonNode *container = trestle_node_element (trestle_node_member (inference, "Containers"), 0);
  JsonNode *validation = trestle_node_member (document, "ValidationSpecification");
  JsonNode *job = trestle_node_member (
      trestle_node_element (trestle_node_member (validation, "ValidationProfiles"), 0),
      "TrainingJobDefinition");
  const char *image = trestle_node_text (spec, "TrainingImage");
  const char *serving = trestle_node_text (container, "Image");
  const char *type = trestle_node_text (trestle_node_member (job, "ResourceConfig"),
                                        "InstanceType");

  trestle_package_form_set_texts (self->lists[LIST_TRAINING],
                                  trestle_node_member (spec, "SupportedTrainingInstanceTypes"));
  g_object_set (self, "image", image, "serving-image", serving, "training-type", type,
                "distributed", trestle_node_flag (spec, "SupportsDistributedTraining"), NULL);
  g_list_store_remove_all (self->channels);
  g_list_store_remove_all (self->hyperparameters);
  g_list_store_remove_all (self->metrics);
  trestle_training_spec_read (document, self->channels, self->hyperparameters, self->metrics);
}

static void
add_text (JsonObject *parent, const char *name, const char *text)
{
  if (*text != '\0')
    json_object_set_string_member (parent, name, text);
}

void
trestle_package_form_add_training (TrestlePackageForm *self, JsonObject *input)
{
  GListModel *types = G_LIST_MODEL (self->lists[LIST_TRAINING]);
  JsonObject *spec = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_object_member (input, "TrainingSpecification", spec);
  add_text (spec, "TrainingImage", self->texts[TEXT_IMAGE]);
  json_object_set_array_member (spec, "SupportedTrainingInstanceTypes", array);
  for (guint i = 0; i < g_list_model_get_n_items (types); i++)
    json_array_add_string_element (array,
                                   gtk_string_list_get_string (self->lists[LIST_TRAINING], i));
  json_object_set_boolean_member (spec, "SupportsDistributedTraining", self->distributed);
  trestle_training_spec_write (spec, G_LIST_MODEL (self->channels),
                               G_LIST_MODEL (self->hyperparameters), G_LIST_MODEL (self->metrics));
}

void
trestle_package_form_add_training_job (TrestlePackageForm *self, JsonObject *profile)
{
  JsonObject *job = json_object_new (), *output = json_object_new ();
  JsonObject *resources = json_object_new (), *stop = json_object_new ();

  json_object_set_object_member (profile, "TrainingJobDefinition", job);
  trestle_training_spec_write_job (job, G_LIST_MODEL (self->channels),
                                   G_LIST_MODEL (self->hyperparameters));
  json_object_set_object_member (job, "OutputDataConfig", output);
  add_text (output, "S3OutputPath", self->texts[TEXT_OUTPUT]);
  json_object_set_object_member (job, "ResourceConfig", resources);
  add_text (resources, "InstanceType", self->texts[TEXT_TRAINING_TYPE]);
  json_object_set_int_member (resources, "InstanceCount", 1);
  json_object_set_int_member (resources, "VolumeSizeInGB", VOLUME_GB);
  json_object_set_object_member (job, "StoppingCondition", stop);
  json_object_set_int_member (stop, "MaxRuntimeInSeconds", SECONDS_MAX);
}

/* Where the form has what a path of the request speaks of. */
static const char *
field_of (const char *path)
{
  static const struct
  {
    const char *path;
    const char *field;
  } fields[] = {
    { "TrainingSpecification.TrainingChannels", "channels" },
    { "TrainingSpecification.SupportedHyperParameters", "hyperparameters" },
    { "TrainingSpecification.MetricDefinitions", "metrics" },
    { "TrainingSpecification.SupportedTuningJobObjectiveMetrics", "metrics" },
    { "TrainingSpecification.SupportedTrainingInstanceTypes", "training" },
    { "ValidationSpecification", "training-type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_has_prefix (path, fields[i].path))
      return fields[i].field;
  return "image";
}

void
trestle_package_form_check_training (TrestlePackageForm *self, GPtrArray *findings)
{
  g_autoptr (JsonNode) input = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GPtrArray) found = NULL;

  json_node_take_object (input, trestle_package_form_build (self));
  found = trestle_algorithm_check (input);
  for (guint i = 0; i < found->len; i++)
    {
      TrestleFinding *finding = found->pdata[i];

      g_ptr_array_add (findings, g_object_new (TRESTLE_TYPE_FINDING, "field",
                                               field_of (trestle_finding_get_field (finding)),
                                               "severity", trestle_finding_get_severity (finding),
                                               "message", trestle_finding_get_message (finding),
                                               "fix", trestle_finding_get_fix (finding), NULL));
    }
}
