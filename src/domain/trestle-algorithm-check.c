/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include <string.h>

#include "domain/trestle-finding.h"
#include "domain/trestle-node.h"
#include "domain/trestle-s3-address.h"
#include "domain/trestle-text.h"
#include "domain/trestle-training-spec.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* SageMaker's service model, 2026-08 */
#define CHANNELS 8
#define CHANNEL_NAME_CHARS 64
#define HYPERPARAMETERS 100
#define PARAMETER_NAME_CHARS 256
#define CATEGORIES 30
#define VALUE_CHARS 2500
#define METRICS 40
#define METRIC_NAME_CHARS 255
#define METRIC_REGEX_CHARS 500
#define DESCRIPTION_CHARS 1024

#define SPEC "TrainingSpecification"
#define INSTANCE "^ml\\.[a-z0-9-]+\\.[a-z0-9]+$"

typedef struct
{
  GPtrArray *findings;
  const char *path; /* what is being looked at */
  JsonNode *algorithm;
  gboolean validated; /* it asks for a validation */
} Check;

static void G_GNUC_PRINTF (4, 5)
    fail (Check *self, const char *member, const char *fix, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autofree char *field = g_strdup_printf ("%s%s%s", self->path, *member != '\0' ? "." : "",
                                            member);
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->findings,
                   g_object_new (TRESTLE_TYPE_FINDING, "field", field, "severity",
                                 TRESTLE_SEVERITY_ERROR, "message", message, "fix", fix, NULL));
}

static gboolean
is_empty (const char *const *texts)
{
  return texts == NULL || texts[0] == NULL;
}

/* A name before @index that is the same. */
static gboolean
is_twin (GListModel *list, guint index, const char *name)
{
  for (guint i = 0; i < index; i++)
    {
      g_autoptr (GObject) other = g_list_model_get_item (list, i);
      g_autofree char *text = NULL;

      g_object_get (other, "name", &text, NULL);
      if (g_strcmp0 (text, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
check_description (Check *self, const char *text)
{
  if (text != NULL && g_utf8_strlen (text, -1) > DESCRIPTION_CHARS)
    fail (self, "Description", NULL, _ ("A description has at most %d characters."),
          DESCRIPTION_CHARS);
}

/* --- Channels ------------------------------------------------------------------------------- */

static void
check_channel_lists (Check *self, TrestleTrainingChannel *channel, const char *name)
{
  static const char *const all_modes[] = { "File", "FastFile", "Pipe", NULL };
  static const char *const all_packings[] = { "None", "Gzip", NULL };
  const char *const *types = trestle_training_channel_get_content_types (channel);
  const char *const *modes = trestle_training_channel_get_input_modes (channel);
  const char *const *packings = trestle_training_channel_get_compression_types (channel);

  if (is_empty (types))
    fail (self, "SupportedContentTypes", NULL,
          _ ("Name at least one content type that the channel “%s” takes."), name);
  for (guint i = 0; !is_empty (types) && types[i] != NULL; i++)
    if (!trestle_text_matches ("^[\\w.+-]+/[\\w.+*-]+(;.*)?$", types[i]))
      fail (self, "SupportedContentTypes", NULL, _ ("“%s” is no content type."), types[i]);
  if (is_empty (modes))
    fail (self, "SupportedInputModes", NULL,
          _ ("Choose how the channel “%s” is read: as files, or as a pipe."), name);
  for (guint i = 0; !is_empty (modes) && modes[i] != NULL; i++)
    if (!g_strv_contains (all_modes, modes[i]))
      fail (self, "SupportedInputModes", _ ("It is one of File, FastFile and Pipe."),
            _ ("“%s” is no input mode."), modes[i]);
  for (guint i = 0; !is_empty (packings) && packings[i] != NULL; i++)
    if (!g_strv_contains (all_packings, packings[i]))
      fail (self, "SupportedCompressionTypes", _ ("It is one of None and Gzip."),
            _ ("“%s” is no way of compression."), packings[i]);
}

static void
check_channel_sample (Check *self, TrestleTrainingChannel *channel, const char *name)
{
  const char *sample = trestle_training_channel_get_sample (channel);
  const char *const *packings = trestle_training_channel_get_compression_types (channel);

  if (!self->validated)
    return;
  if (sample == NULL || *sample == '\0')
    {
      if (trestle_training_channel_get_required (channel))
        fail (self, "Sample", _ ("s3://BUCKET/FOLDER/"),
              _ ("The validation needs sample data for the channel “%s”."), name);
    }
  else if (!trestle_s3_address_is_valid (sample))
    fail (self, "Sample", _ ("s3://BUCKET/FOLDER/"),
          _ ("Sample data for the channel “%s” lie in S3."), name);
  else if (g_str_has_suffix (sample, ".gz") && !is_empty (packings)
           && !g_strv_contains (packings, "Gzip"))
    fail (self, "Sample", _ ("Add Gzip to the channel, or unpack the data."),
          _ ("The sample data of “%s” are compressed, and the channel does not take that."), name);
}

static void
check_channels (Check *self, GListModel *channels)
{
  guint n = g_list_model_get_n_items (channels);
  gboolean any = FALSE;

  self->path = SPEC ".TrainingChannels";
  if (n == 0)
    fail (self, "", _ ("Most algorithms have one called “train”."),
          _ ("An algorithm needs a channel that training data come by."));
  if (n > CHANNELS)
    fail (self, "", NULL, _ ("An algorithm has at most %d channels."), CHANNELS);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleTrainingChannel) channel = g_list_model_get_item (channels, i);
      g_autofree char *path = g_strdup_printf (SPEC ".TrainingChannels[%u]", i);
      const char *name = trestle_training_channel_get_name (channel);

      self->path = path;
      any |= trestle_training_channel_get_sample (channel) != NULL
             && *trestle_training_channel_get_sample (channel) != '\0';
      if (name == NULL)
        fail (self, "Name", NULL, _ ("A channel needs a name."));
      else if (strlen (name) > CHANNEL_NAME_CHARS
               || !trestle_text_matches ("^[A-Za-z0-9._-]+$", name))
        fail (self, "Name", _ ("At most 64 letters, digits, points, hyphens and underscores."),
              _ ("“%s” cannot name a channel."), name);
      else if (is_twin (channels, i, name))
        fail (self, "Name", NULL, _ ("There are two channels “%s”."), name);
      check_description (self, trestle_training_channel_get_description (channel));
      check_channel_lists (self, channel, name != NULL ? name : "?");
      check_channel_sample (self, channel, name != NULL ? name : "?");
    }
  self->path = SPEC ".TrainingChannels";
  if (self->validated && n > 0 && !any)
    fail (self, "", _ ("Give a channel its sample data."),
          _ ("The validation trains once, and needs data for it."));
}

/* --- Hyperparameters ------------------------------------------------------------------------ */

static void
check_numbers (Check *self, TrestleHyperparameter *parameter, gboolean integer, const char *name)
{
  const char *least = trestle_hyperparameter_get_least (parameter);
  const char *most = trestle_hyperparameter_get_most (parameter);
  const char *const limits[] = { least, most };
  const char *form = integer ? "^[+-]?[0-9]+$"
                             : "^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$";
  gboolean good = TRUE;

  if ((least == NULL) != (most == NULL))
    {
      fail (self, "Range", NULL, _ ("The range of “%s” needs both its ends."), name);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    if (limits[i] != NULL && !trestle_text_matches (form, limits[i]))
      {
        fail (self, "Range", NULL,
              integer ? _ ("The range of “%s” has whole numbers: “%s” is none.")
                      : _ ("The range of “%s” has numbers: “%s” is none."),
              name, limits[i]);
        good = FALSE;
      }
  if (good && least != NULL && g_ascii_strtod (least, NULL) > g_ascii_strtod (most, NULL))
    fail (self, "Range", NULL, _ ("The range of “%s” ends before it begins."), name);
}

static void
check_range (Check *self, TrestleHyperparameter *parameter, const char *name)
{
  const char *type = trestle_hyperparameter_get_value_type (parameter);
  const char *const *values = trestle_hyperparameter_get_values (parameter);
  gboolean choice = g_strcmp0 (type, "Categorical") == 0;
  gboolean text = g_strcmp0 (type, "FreeText") == 0;

  if (choice && is_empty (values))
    fail (self, "Range", NULL, _ ("Name the values that “%s” chooses from."), name);
  else if (choice && g_strv_length ((char **) values) > CATEGORIES)
    fail (self, "Range", NULL, _ ("“%s” chooses from at most %d values."), name, CATEGORIES);
  else if (!choice && !text)
    check_numbers (self, parameter, g_strcmp0 (type, "Integer") == 0, name);
  if (!trestle_hyperparameter_get_tunable (parameter))
    return;
  if (text)
    fail (self, "IsTunable", NULL, _ ("“%s” is free text, which no tuning job can try."), name);
  else if (!choice && trestle_hyperparameter_get_least (parameter) == NULL)
    fail (self, "Range", NULL, _ ("“%s” can be tuned, and needs a range for it."), name);
}

static void
check_values (Check *self, TrestleHyperparameter *parameter, const char *name)
{
  const char *otherwise = trestle_hyperparameter_get_default_value (parameter);
  const char *sample = trestle_hyperparameter_get_sample (parameter);

  if (otherwise != NULL && strlen (otherwise) > VALUE_CHARS)
    fail (self, "DefaultValue", NULL, _ ("A value has at most %d characters."), VALUE_CHARS);
  else if (otherwise != NULL && !trestle_hyperparameter_allows (parameter, otherwise))
    fail (self, "DefaultValue", NULL, _ ("“%s” is not in the range of “%s”."), otherwise, name);
  if (!self->validated)
    return;
  if (sample != NULL && !trestle_hyperparameter_allows (parameter, sample))
    fail (self, "Sample", NULL, _ ("“%s” is not in the range of “%s”."), sample, name);
  else if (sample == NULL && otherwise == NULL && trestle_hyperparameter_get_required (parameter))
    fail (self, "Sample", NULL,
          _ ("“%s” is required and has no default: the validation needs a value for it."), name);
}

static void
check_hyperparameters (Check *self, GListModel *parameters)
{
  static const char *const types[] = { "Integer", "Continuous", "Categorical", "FreeText", NULL };
  guint n = g_list_model_get_n_items (parameters);

  self->path = SPEC ".SupportedHyperParameters";
  if (n > HYPERPARAMETERS)
    fail (self, "", NULL, _ ("An algorithm has at most %d hyperparameters."), HYPERPARAMETERS);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleHyperparameter) parameter = g_list_model_get_item (parameters, i);
      g_autofree char *path = g_strdup_printf (SPEC ".SupportedHyperParameters[%u]", i);
      const char *name = trestle_hyperparameter_get_name (parameter);
      const char *type = trestle_hyperparameter_get_value_type (parameter);

      self->path = path;
      if (name == NULL)
        fail (self, "Name", NULL, _ ("A hyperparameter needs a name."));
      else if (g_utf8_strlen (name, -1) > PARAMETER_NAME_CHARS)
        fail (self, "Name", NULL, _ ("A name has at most %d characters."), PARAMETER_NAME_CHARS);
      else if (is_twin (parameters, i, name))
        fail (self, "Name", NULL, _ ("There are two hyperparameters “%s”."), name);
      check_description (self, trestle_hyperparameter_get_description (parameter));
      if (type == NULL || !g_strv_contains (types, type))
        {
          fail (self, "Type", _ ("It is one of Integer, Continuous, Categorical and FreeText."),
                _ ("“%s” has no type that SageMaker knows."), name != NULL ? name : "?");
          continue;
        }
      check_range (self, parameter, name != NULL ? name : "?");
      check_values (self, parameter, name != NULL ? name : "?");
    }
}

/* --- Metrics -------------------------------------------------------------------------------- */

static void
check_regex (Check *self, const char *regex, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) compiled = NULL;

  if (regex == NULL)
    {
      fail (self, "Regex", _ ("Such as: loss=([0-9.]+)"),
            _ ("The metric “%s” needs an expression that finds it in the log."), name);
      return;
    }
  if (g_utf8_strlen (regex, -1) > METRIC_REGEX_CHARS)
    {
      fail (self, "Regex", NULL, _ ("An expression has at most %d characters."),
            METRIC_REGEX_CHARS);
      return;
    }
  compiled = g_regex_new (regex, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, &error);
  if (compiled == NULL)
    fail (self, "Regex", NULL, _ ("The expression of “%s” cannot be read: %s"), name,
          error->message);
  else if (g_regex_get_capture_count (compiled) == 0)
    fail (self, "Regex", _ ("Put brackets around it: loss=([0-9.]+)"),
          _ ("The expression of “%s” has no group that the figure stands in."), name);
}

/* What tuning jobs may aim at without its being defined. */
static void
check_objectives (Check *self, GListModel *metrics)
{
  JsonNode *list = trestle_node_member (trestle_node_member (self->algorithm, SPEC),
                                        "SupportedTuningJobObjectiveMetrics");

  self->path = SPEC ".SupportedTuningJobObjectiveMetrics";
  for (guint i = 0; i < trestle_node_length (list); i++)
    {
      const char *name = trestle_node_text (trestle_node_element (list, i), "MetricName");

      if (!is_twin (metrics, g_list_model_get_n_items (metrics), name))
        fail (self, "", NULL, _ ("A tuning job cannot aim at “%s”: no metric is called so."),
              name != NULL ? name : "");
    }
}

static void
check_metrics (Check *self, GListModel *metrics)
{
  guint n = g_list_model_get_n_items (metrics);

  self->path = SPEC ".MetricDefinitions";
  if (n > METRICS)
    fail (self, "", NULL, _ ("An algorithm has at most %d metrics."), METRICS);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleTrainingMetric) metric = g_list_model_get_item (metrics, i);
      g_autofree char *path = g_strdup_printf (SPEC ".MetricDefinitions[%u]", i);
      const char *name = trestle_training_metric_get_name (metric);

      self->path = path;
      if (name == NULL)
        fail (self, "Name", NULL, _ ("A metric needs a name."));
      else if (g_utf8_strlen (name, -1) > METRIC_NAME_CHARS)
        fail (self, "Name", NULL, _ ("A name has at most %d characters."), METRIC_NAME_CHARS);
      else if (is_twin (metrics, i, name))
        fail (self, "Name", NULL, _ ("There are two metrics “%s”."), name);
      check_regex (self, trestle_training_metric_get_regex (metric), name != NULL ? name : "?");
    }
  check_objectives (self, metrics);
}

/* --- The whole ------------------------------------------------------------------------------ */

static gboolean
has_text (JsonNode *list, const char *text)
{
  for (guint i = 0; i < trestle_node_length (list); i++)
    if (g_strcmp0 (trestle_node_self_text (trestle_node_element (list, i)), text) == 0)
      return TRUE;
  return FALSE;
}

static void
check_instances (Check *self)
{
  JsonNode *spec = trestle_node_member (self->algorithm, SPEC);
  JsonNode *types = trestle_node_member (spec, "SupportedTrainingInstanceTypes");
  JsonNode *validation = trestle_node_member (self->algorithm, "ValidationSpecification");
  JsonNode *job = trestle_node_member (
      trestle_node_element (trestle_node_member (validation, "ValidationProfiles"), 0),
      "TrainingJobDefinition");
  const char *type = trestle_node_text (trestle_node_member (job, "ResourceConfig"),
                                        "InstanceType");

  self->path = SPEC;
  if (trestle_node_length (types) == 0)
    fail (self, "SupportedTrainingInstanceTypes", NULL,
          _ ("Name at least one instance type for training."));
  for (guint i = 0; i < trestle_node_length (types); i++)
    {
      const char *text = trestle_node_self_text (trestle_node_element (types, i));

      if (text == NULL || !trestle_text_matches (INSTANCE, text))
        fail (self, "SupportedTrainingInstanceTypes", NULL, _ ("“%s” is no instance type."),
              text != NULL ? text : "");
    }
  self->path = "ValidationSpecification";
  if (self->validated && job == NULL)
    fail (self, "", NULL, _ ("The validation of an algorithm needs a training job."));
  else if (self->validated && !has_text (types, type))
    fail (self, "TrainingJobDefinition", NULL,
          _ ("The training job’s instance type is none of those for training."));
}

GPtrArray *
trestle_algorithm_check (JsonNode *algorithm)
{
  g_autoptr (GListStore) channels = g_list_store_new (TRESTLE_TYPE_TRAINING_CHANNEL);
  g_autoptr (GListStore) parameters = g_list_store_new (TRESTLE_TYPE_HYPERPARAMETER);
  g_autoptr (GListStore) metrics = g_list_store_new (TRESTLE_TYPE_TRAINING_METRIC);
  Check self = {
    .findings = g_ptr_array_new_with_free_func (g_object_unref),
    .algorithm = algorithm,
    .validated = trestle_node_member (algorithm, "ValidationSpecification") != NULL,
  };

  trestle_training_spec_read (algorithm, channels, parameters, metrics);
  check_instances (&self);
  check_channels (&self, G_LIST_MODEL (channels));
  check_hyperparameters (&self, G_LIST_MODEL (parameters));
  check_metrics (&self, G_LIST_MODEL (metrics));
  return self.findings;
}
