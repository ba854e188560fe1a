/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-training-spec.h"

#include <string.h>

#include "domain/trestle-node.h"

/* Type → member of Range that belongs to it. */
static const struct
{
  const char *type;
  const char *range;
} ranges[] = {
  { "Integer", "IntegerParameterRangeSpecification" },
  { "Continuous", "ContinuousParameterRangeSpecification" },
  { "Categorical", "CategoricalParameterRangeSpecification" },
};

static const char *
range_of (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (g_strcmp0 (ranges[i].type, type) == 0)
      return ranges[i].range;
  return NULL;
}

/* --- Reading -------------------------------------------------------------------------------- */

static char **
dup_texts (JsonNode *list)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < trestle_node_length (list); i++)
    if (trestle_node_self_text (trestle_node_element (list, i)) != NULL)
      g_strv_builder_add (texts, trestle_node_self_text (trestle_node_element (list, i)));
  return g_strv_builder_end (texts);
}

static JsonNode *
find (JsonNode *list, const char *member, const char *text)
{
  for (guint i = 0; i < trestle_node_length (list); i++)
    if (g_strcmp0 (trestle_node_text (trestle_node_element (list, i), member), text) == 0)
      return trestle_node_element (list, i);
  return NULL;
}

static JsonNode *
training_job (JsonNode *algorithm)
{
  JsonNode *validation = trestle_node_member (algorithm, "ValidationSpecification");

  return trestle_node_member (
      trestle_node_element (trestle_node_member (validation, "ValidationProfiles"), 0),
      "TrainingJobDefinition");
}

static void
read_channels (JsonNode *list, JsonNode *inputs, GListStore *channels)
{
  for (guint i = 0; i < trestle_node_length (list); i++)
    {
      JsonNode *one = trestle_node_element (list, i);
      const char *name = trestle_node_text (one, "Name");
      JsonNode *source = trestle_node_member (
          trestle_node_member (find (inputs, "ChannelName", name), "DataSource"), "S3DataSource");
      g_auto (GStrv) types = dup_texts (trestle_node_member (one, "SupportedContentTypes"));
      g_auto (GStrv) packings = dup_texts (trestle_node_member (one, "SupportedCompressionTypes"));
      g_auto (GStrv) modes = dup_texts (trestle_node_member (one, "SupportedInputModes"));
      g_autoptr (TrestleTrainingChannel) channel = g_object_new (
          TRESTLE_TYPE_TRAINING_CHANNEL, "name", name, "description",
          trestle_node_text (one, "Description"), "required", trestle_node_flag (one, "IsRequired"),
          "content-types", types, "compression-types", packings, "input-modes", modes, "sample",
          name != NULL ? trestle_node_text (source, "S3Uri") : NULL, NULL);

      g_list_store_append (channels, channel);
    }
}

static void
read_hyperparameters (JsonNode *list, JsonNode *samples, GListStore *hyperparameters)
{
  for (guint i = 0; i < trestle_node_length (list); i++)
    {
      JsonNode *one = trestle_node_element (list, i);
      const char *name = trestle_node_text (one, "Name"), *type = trestle_node_text (one, "Type");
      const char *member = range_of (type);
      JsonNode *range = member != NULL
                            ? trestle_node_member (trestle_node_member (one, "Range"), member)
                            : NULL;
      g_auto (GStrv) values = dup_texts (trestle_node_member (range, "Values"));
      g_autoptr (TrestleHyperparameter) parameter = g_object_new (
          TRESTLE_TYPE_HYPERPARAMETER, "name", name, "description",
          trestle_node_text (one, "Description"), "value-type", type, "least",
          trestle_node_text (range, "MinValue"), "most", trestle_node_text (range, "MaxValue"),
          "values", values, "tunable", trestle_node_flag (one, "IsTunable"), "required",
          trestle_node_flag (one, "IsRequired"), "default-value",
          trestle_node_text (one, "DefaultValue"), "sample",
          name != NULL ? trestle_node_text (samples, name) : NULL, NULL);

      g_list_store_append (hyperparameters, parameter);
    }
}

static void
read_metrics (JsonNode *list, JsonNode *objectives, GListStore *metrics)
{
  for (guint i = 0; i < trestle_node_length (list); i++)
    {
      JsonNode *one = trestle_node_element (list, i);
      const char *name = trestle_node_text (one, "Name");
      JsonNode *objective = name != NULL ? find (objectives, "MetricName", name) : NULL;
      g_autoptr (TrestleTrainingMetric) metric = g_object_new (
          TRESTLE_TYPE_TRAINING_METRIC, "name", name, "regex", trestle_node_text (one, "Regex"),
          "objective", trestle_node_text (objective, "Type"), NULL);

      g_list_store_append (metrics, metric);
    }
}

void
trestle_training_spec_read (JsonNode *algorithm,
                            GListStore *channels,
                            GListStore *hyperparameters,
                            GListStore *metrics)
{
  JsonNode *spec = trestle_node_member (algorithm, "TrainingSpecification");
  JsonNode *job = training_job (algorithm);

  if (channels != NULL)
    read_channels (trestle_node_member (spec, "TrainingChannels"),
                   trestle_node_member (job, "InputDataConfig"), channels);
  if (hyperparameters != NULL)
    read_hyperparameters (trestle_node_member (spec, "SupportedHyperParameters"),
                          trestle_node_member (job, "HyperParameters"), hyperparameters);
  if (metrics != NULL)
    read_metrics (trestle_node_member (spec, "MetricDefinitions"),
                  trestle_node_member (spec, "SupportedTuningJobObjectiveMetrics"), metrics);
}

/* --- Writing -------------------------------------------------------------------------------- */

static void
add_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

static void
add_texts (JsonObject *object, const char *member, const char *const *texts)
{
  JsonArray *array;

  if (texts == NULL || texts[0] == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  json_object_set_array_member (object, member, array);
}

static JsonArray *
add_array (JsonObject *object, const char *member)
{
  JsonArray *array = json_array_new ();

  json_object_set_array_member (object, member, array);
  return array;
}

static JsonObject *
add_object (JsonObject *object, const char *member)
{
  JsonObject *made = json_object_new ();

  json_object_set_object_member (object, member, made);
  return made;
}

static JsonObject *
append_object (JsonArray *array)
{
  JsonObject *made = json_object_new ();

  json_array_add_object_element (array, made);
  return made;
}

static void
write_channel (JsonObject *one, TrestleTrainingChannel *channel)
{
  add_text (one, "Name", trestle_training_channel_get_name (channel));
  add_text (one, "Description", trestle_training_channel_get_description (channel));
  json_object_set_boolean_member (one, "IsRequired",
                                  trestle_training_channel_get_required (channel));
  add_texts (one, "SupportedContentTypes", trestle_training_channel_get_content_types (channel));
  add_texts (one, "SupportedCompressionTypes",
             trestle_training_channel_get_compression_types (channel));
  add_texts (one, "SupportedInputModes", trestle_training_channel_get_input_modes (channel));
}

static void
write_range (JsonObject *one, TrestleHyperparameter *parameter)
{
  const char *member = range_of (trestle_hyperparameter_get_value_type (parameter));
  const char *const *values = trestle_hyperparameter_get_values (parameter);
  JsonObject *range;

  if (member == NULL
      || (trestle_hyperparameter_get_least (parameter) == NULL
          && trestle_hyperparameter_get_most (parameter) == NULL
          && (values == NULL || values[0] == NULL)))
    return;
  range = add_object (add_object (one, "Range"), member);
  if (g_str_has_prefix (member, "Categorical"))
    {
      add_texts (range, "Values", values);
      return;
    }
  add_text (range, "MinValue", trestle_hyperparameter_get_least (parameter));
  add_text (range, "MaxValue", trestle_hyperparameter_get_most (parameter));
}

static void
write_hyperparameter (JsonObject *one, TrestleHyperparameter *parameter)
{
  add_text (one, "Name", trestle_hyperparameter_get_name (parameter));
  add_text (one, "Description", trestle_hyperparameter_get_description (parameter));
  add_text (one, "Type", trestle_hyperparameter_get_value_type (parameter));
  write_range (one, parameter);
  json_object_set_boolean_member (one, "IsTunable", trestle_hyperparameter_get_tunable (parameter));
  json_object_set_boolean_member (one, "IsRequired",
                                  trestle_hyperparameter_get_required (parameter));
  add_text (one, "DefaultValue", trestle_hyperparameter_get_default_value (parameter));
}

static void
write_metrics (JsonObject *spec, GListModel *metrics)
{
  guint n = g_list_model_get_n_items (metrics), aims = 0;
  JsonArray *definitions = n > 0 ? add_array (spec, "MetricDefinitions") : NULL;
  JsonArray *objectives = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleTrainingMetric) metric = g_list_model_get_item (metrics, i);
      const char *objective = trestle_training_metric_get_objective (metric);
      JsonObject *one = append_object (definitions);

      add_text (one, "Name", trestle_training_metric_get_name (metric));
      add_text (one, "Regex", trestle_training_metric_get_regex (metric));
      if (objective == NULL)
        continue;
      if (aims++ == 0)
        objectives = add_array (spec, "SupportedTuningJobObjectiveMetrics");
      one = append_object (objectives);
      add_text (one, "Type", objective);
      add_text (one, "MetricName", trestle_training_metric_get_name (metric));
    }
}

void
trestle_training_spec_write (JsonObject *spec,
                             GListModel *channels,
                             GListModel *hyperparameters,
                             GListModel *metrics)
{
  JsonArray *array = add_array (spec, "TrainingChannels");

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (TrestleTrainingChannel) channel = g_list_model_get_item (channels, i);

      write_channel (append_object (array), channel);
    }
  if (g_list_model_get_n_items (hyperparameters) > 0)
    array = add_array (spec, "SupportedHyperParameters");
  for (guint i = 0; i < g_list_model_get_n_items (hyperparameters); i++)
    {
      g_autoptr (TrestleHyperparameter) parameter = g_list_model_get_item (hyperparameters, i);

      write_hyperparameter (append_object (array), parameter);
    }
  write_metrics (spec, metrics);
}

static void
write_input (JsonObject *one, TrestleTrainingChannel *channel, const char *sample)
{
  const char *const *types = trestle_training_channel_get_content_types (channel);
  JsonObject *source = add_object (add_object (one, "DataSource"), "S3DataSource");

  add_text (one, "ChannelName", trestle_training_channel_get_name (channel));
  if (types != NULL)
    add_text (one, "ContentType", types[0]);
  /* what is packed says so by its name */
  add_text (one, "CompressionType", g_str_has_suffix (sample, ".gz") ? "Gzip" : "None");
  add_text (source, "S3DataType", "S3Prefix");
  add_text (source, "S3Uri", sample);
  add_text (source, "S3DataDistributionType", "FullyReplicated");
}

/* The first mode that all channels have; the first channel's first where there is none. */
static const char *
common_mode (GListModel *channels)
{
  g_autoptr (TrestleTrainingChannel) first = g_list_model_get_item (channels, 0);
  const char *const *modes = first != NULL ? trestle_training_channel_get_input_modes (first)
                                           : NULL;

  for (guint m = 0; modes != NULL && modes[m] != NULL; m++)
    {
      gboolean all = TRUE;

      for (guint i = 1; all && i < g_list_model_get_n_items (channels); i++)
        {
          g_autoptr (TrestleTrainingChannel) channel = g_list_model_get_item (channels, i);
          const char *const *others = trestle_training_channel_get_input_modes (channel);

          all = others != NULL && g_strv_contains (others, modes[m]);
        }
      if (all)
        return g_intern_string (modes[m]);
    }
  return modes != NULL && modes[0] != NULL ? g_intern_string (modes[0]) : "File";
}

void
trestle_training_spec_write_job (JsonObject *job, GListModel *channels, GListModel *hyperparameters)
{
  JsonArray *inputs = add_array (job, "InputDataConfig");
  JsonObject *values = json_object_new ();

  add_text (job, "TrainingInputMode", common_mode (channels));
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (TrestleTrainingChannel) channel = g_list_model_get_item (channels, i);
      const char *sample = trestle_training_channel_get_sample (channel);

      if (sample != NULL && *sample != '\0')
        write_input (append_object (inputs), channel, sample);
    }
  for (guint i = 0; i < g_list_model_get_n_items (hyperparameters); i++)
    {
      g_autoptr (TrestleHyperparameter) parameter = g_list_model_get_item (hyperparameters, i);

      add_text (values, trestle_hyperparameter_get_name (parameter),
                trestle_hyperparameter_get_sample (parameter));
    }
  json_object_set_object_member (job, "HyperParameters", values);
}

/* --- Values --------------------------------------------------------------------------------- */

/* Returns: whether @text is a number, @number */
static gboolean
read_number (const char *text, gboolean integer, double *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0'
         && (!integer || strspn (text, "+-0123456789") == strlen (text));
}

gboolean
trestle_hyperparameter_allows (TrestleHyperparameter *self, const char *value)
{
  const char *type, *least, *most;
  const char *const *values;
  double number, limit;
  gboolean integer;

  g_return_val_if_fail (TRESTLE_IS_HYPERPARAMETER (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  type = trestle_hyperparameter_get_value_type (self);
  least = trestle_hyperparameter_get_least (self);
  most = trestle_hyperparameter_get_most (self);
  values = trestle_hyperparameter_get_values (self);
  integer = g_strcmp0 (type, "Integer") == 0;
  if (g_strcmp0 (type, "Categorical") == 0)
    return values == NULL || values[0] == NULL || g_strv_contains (values, value);
  if (!integer && g_strcmp0 (type, "Continuous") != 0)
    return TRUE;
  return read_number (value, integer, &number)
         && (least == NULL || !read_number (least, integer, &limit) || number >= limit)
         && (most == NULL || !read_number (most, integer, &limit) || number <= limit);
}
