/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "domain/trestle-finding.h"
#include "domain/trestle-node.h"
#include "domain/trestle-training-spec.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

#define CHANNEL                                                                                    \
  "{\"Name\":\"train\",\"IsRequired\":true,\"SupportedContentTypes\":[\"text/csv\"],"              \
  "\"SupportedCompressionTypes\":[\"None\"],\"SupportedInputModes\":[\"File\",\"Pipe\"]}"
#define SETTING                                                                                    \
  "{\"Name\":\"depth\",\"Type\":\"Integer\",\"IsTunable\":true,\"IsRequired\":true,\"Range\":"     \
  "{\"IntegerParameterRangeSpecification\":{\"MinValue\":\"1\",\"MaxValue\":\"9\"}}}"
#define CHOICE                                                                                     \
  "{\"Name\":\"kind\",\"Type\":\"Categorical\",\"IsTunable\":false,\"IsRequired\":false,"          \
  "\"DefaultValue\":\"b\",\"Range\":{\"CategoricalParameterRangeSpecification\":{\"Values\":"      \
  "[\"a\",\"b\"]}}}"
#define METRIC "{\"Name\":\"loss\",\"Regex\":\"loss=([0-9.]+)\"}"
#define VALIDATION                                                                                 \
  "{\"ValidationProfiles\":[{\"TrainingJobDefinition\":{\"HyperParameters\":{\"depth\":\"3\"},"    \
  "\"ResourceConfig\":{\"InstanceType\":\"ml.m5.large\"},\"InputDataConfig\":[{\"ChannelName\":"   \
  "\"train\",\"DataSource\":{\"S3DataSource\":{\"S3Uri\":\"s3://bucket/train/\"}}}]}}]}"
#define TYPES "[\"ml.m5.large\"]"
#define OBJECTIVE "[{\"Type\":\"Minimize\",\"MetricName\":\"loss\"}]"

/* Returns: (transfer full): a request of these parts */
static JsonNode *
request (const char *types,
         const char *channels,
         const char *settings,
         const char *metrics,
         const char *objectives,
         const char *validation)
{
  g_autofree char *text = g_strdup_printf (
      "{\"TrainingSpecification\":{\"SupportedTrainingInstanceTypes\":%s,\"TrainingChannels\":[%s],"
      "\"SupportedHyperParameters\":[%s],\"MetricDefinitions\":[%s],"
      "\"SupportedTuningJobObjectiveMetrics\":%s}%s%s}",
      types, channels, settings, metrics, objectives,
      validation != NULL ? ",\"ValidationSpecification\":" : "",
      validation != NULL ? validation : "");

  return parse (text);
}

typedef struct
{
  GListStore *channels;
  GListStore *settings;
  GListStore *metrics;
} Lists;

static Lists
read_lists (JsonNode *node)
{
  Lists lists = { g_list_store_new (TRESTLE_TYPE_TRAINING_CHANNEL),
                  g_list_store_new (TRESTLE_TYPE_HYPERPARAMETER),
                  g_list_store_new (TRESTLE_TYPE_TRAINING_METRIC) };

  trestle_training_spec_read (node, lists.channels, lists.settings, lists.metrics);
  return lists;
}

static void
clear_lists (Lists *lists)
{
  g_object_unref (lists->channels);
  g_object_unref (lists->settings);
  g_object_unref (lists->metrics);
}

/* What is written of what was read is the same. */
static void
test_round (void)
{
  g_autoptr (JsonNode)
      node = request (TYPES, CHANNEL, SETTING "," CHOICE, METRIC, OBJECTIVE, VALIDATION);
  JsonNode *spec = trestle_node_member (node, "TrainingSpecification");
  Lists lists = read_lists (node);
  g_autoptr (TrestleTrainingChannel)
      channel = g_list_model_get_item (G_LIST_MODEL (lists.channels), 0);
  g_autoptr (TrestleHyperparameter)
      setting = g_list_model_get_item (G_LIST_MODEL (lists.settings), 0);
  g_autoptr (TrestleTrainingMetric)
      metric = g_list_model_get_item (G_LIST_MODEL (lists.metrics), 0);
  JsonObject *made = json_object_new (), *job = json_object_new ();
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (JsonNode) written_job = NULL;
  JsonNode *input;

  g_assert_cmpstr (trestle_training_channel_get_sample (channel), ==, "s3://bucket/train/");
  g_assert_cmpstr (trestle_hyperparameter_get_sample (setting), ==, "3");
  g_assert_cmpstr (trestle_training_metric_get_objective (metric), ==, "Minimize");

  trestle_training_spec_write (made, G_LIST_MODEL (lists.channels), G_LIST_MODEL (lists.settings),
                               G_LIST_MODEL (lists.metrics));
  written = trestle_node_take_object (made);
  for (guint i = 0; i < 4; i++)
    {
      static const char *const members[] = { "TrainingChannels", "SupportedHyperParameters",
                                             "MetricDefinitions",
                                             "SupportedTuningJobObjectiveMetrics" };

      g_assert_true (trestle_node_same (trestle_node_member (written, members[i]),
                                        trestle_node_member (spec, members[i])));
    }

  trestle_training_spec_write_job (job, G_LIST_MODEL (lists.channels),
                                   G_LIST_MODEL (lists.settings));
  written_job = trestle_node_take_object (job);
  g_assert_cmpstr (trestle_node_text (written_job, "TrainingInputMode"), ==, "File");
  g_assert_cmpstr (
      trestle_node_text (trestle_node_member (written_job, "HyperParameters"), "depth"), ==, "3");
  g_assert_null (trestle_node_text (trestle_node_member (written_job, "HyperParameters"), "kind"));
  input = trestle_node_element (trestle_node_member (written_job, "InputDataConfig"), 0);
  g_assert_cmpstr (trestle_node_text (input, "ChannelName"), ==, "train");
  g_assert_cmpstr (trestle_node_text (input, "ContentType"), ==, "text/csv");
  clear_lists (&lists);
}

/* A mode that only some channels have is not what the job asks for. */
static void
test_mode (void)
{
  g_autoptr (JsonNode)
      node = request (TYPES,
                      "{\"Name\":\"a\",\"SupportedInputModes\":[\"File\",\"Pipe\"]},"
                      "{\"Name\":\"b\",\"SupportedInputModes\":[\"Pipe\"]}",
                      "", "", "[]", NULL);
  Lists lists = read_lists (node);
  JsonObject *job = json_object_new ();
  g_autoptr (JsonNode) written = NULL;

  trestle_training_spec_write_job (job, G_LIST_MODEL (lists.channels),
                                   G_LIST_MODEL (lists.settings));
  written = trestle_node_take_object (job);
  g_assert_cmpstr (trestle_node_text (written, "TrainingInputMode"), ==, "Pipe");
  clear_lists (&lists);
}

static void
test_allows (void)
{
  static const struct
  {
    const char *type;
    const char *least;
    const char *most;
    const char *value;
    gboolean allowed;
  } cases[] = {
    { "Integer", "1", "9", "1", TRUE },           { "Integer", "1", "9", "9", TRUE },
    { "Integer", "1", "9", "10", FALSE },         { "Integer", "1", "9", "2.5", FALSE },
    { "Integer", "1", "9", "many", FALSE },       { "Integer", NULL, NULL, "-7", TRUE },
    { "Continuous", "0", "1", "0.25", TRUE },     { "Continuous", "0", "1", "1e-3", TRUE },
    { "Continuous", "0", "1", "1.01", FALSE },    { "Continuous", "0", "1", "0.5x", FALSE },
    { "FreeText", NULL, NULL, "anything", TRUE },
  };
  static const char *const values[] = { "a", "b", NULL };
  g_autoptr (TrestleHyperparameter) choice = g_object_new (
      TRESTLE_TYPE_HYPERPARAMETER, "value-type", "Categorical", "values", values, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TrestleHyperparameter)
          one = g_object_new (TRESTLE_TYPE_HYPERPARAMETER, "value-type", cases[i].type, "least",
                              cases[i].least, "most", cases[i].most, NULL);

      if (trestle_hyperparameter_allows (one, cases[i].value) != cases[i].allowed)
        g_error ("%s %s", cases[i].type, cases[i].value);
    }
  g_assert_true (trestle_hyperparameter_allows (choice, "a"));
  g_assert_false (trestle_hyperparameter_allows (choice, "c"));
}

#define SPEC "TrainingSpecification."

/* Each rule finds its fault in the place where it is, and nothing else. */
static void
test_rules (void)
{
  const struct
  {
    const char *field;
    const char *types;
    const char *channels;
    const char *settings;
    const char *metrics;
    const char *objectives;
    const char *validation;
  } cases[] = {
    { NULL, TYPES, CHANNEL, SETTING "," CHOICE, METRIC, OBJECTIVE, VALIDATION },
    { NULL, TYPES, CHANNEL, SETTING, METRIC, "[]", NULL },
    { SPEC "SupportedTrainingInstanceTypes", "[]", CHANNEL, SETTING, METRIC, "[]", NULL },
    { SPEC "SupportedTrainingInstanceTypes", "[\"large\"]", CHANNEL, SETTING, METRIC, "[]", NULL },
    { SPEC "TrainingChannels", TYPES, "", SETTING, METRIC, "[]", NULL },
    { SPEC "TrainingChannels[1].Name", TYPES, CHANNEL "," CHANNEL, SETTING, METRIC, "[]", NULL },
    { SPEC "TrainingChannels[0].Name", TYPES,
      "{\"Name\":\"my data\",\"SupportedContentTypes\":[\"text/csv\"],\"SupportedInputModes\":"
      "[\"File\"]}",
      SETTING, METRIC, "[]", NULL },
    { SPEC "TrainingChannels[0].SupportedContentTypes", TYPES,
      "{\"Name\":\"train\",\"SupportedInputModes\":[\"File\"]}", SETTING, METRIC, "[]", NULL },
    { SPEC "TrainingChannels[0].SupportedContentTypes", TYPES,
      "{\"Name\":\"train\",\"SupportedContentTypes\":[\"csv\"],\"SupportedInputModes\":[\"File\"]}",
      SETTING, METRIC, "[]", NULL },
    { SPEC "TrainingChannels[0].SupportedInputModes", TYPES,
      "{\"Name\":\"train\",\"SupportedContentTypes\":[\"text/csv\"]}", SETTING, METRIC, "[]",
      NULL },
    { SPEC "TrainingChannels[0].SupportedCompressionTypes", TYPES,
      "{\"Name\":\"train\",\"SupportedContentTypes\":[\"text/csv\"],\"SupportedInputModes\":"
      "[\"File\"],\"SupportedCompressionTypes\":[\"Zip\"]}",
      SETTING, METRIC, "[]", NULL },
    { SPEC "SupportedHyperParameters[0].Name", TYPES, CHANNEL, "{\"Type\":\"FreeText\"}", METRIC,
      "[]", NULL },
    { SPEC "SupportedHyperParameters[1].Name", TYPES, CHANNEL, CHOICE "," CHOICE, METRIC, "[]",
      NULL },
    { SPEC "SupportedHyperParameters[0].Type", TYPES, CHANNEL,
      "{\"Name\":\"x\",\"Type\":\"Number\"}", METRIC, "[]", NULL },
    { SPEC "SupportedHyperParameters[0].Range", TYPES, CHANNEL,
      "{\"Name\":\"x\",\"Type\":\"Integer\",\"IsTunable\":true}", METRIC, "[]", NULL },
    { SPEC "SupportedHyperParameters[0].Range", TYPES, CHANNEL,
      "{\"Name\":\"x\",\"Type\":\"Categorical\"}", METRIC, "[]", NULL },
    { SPEC "SupportedHyperParameters[0].Range", TYPES, CHANNEL,
      "{\"Name\":\"x\",\"Type\":\"Integer\",\"Range\":{\"IntegerParameterRangeSpecification\":"
      "{\"MinValue\":\"9\",\"MaxValue\":\"1\"}}}",
      METRIC, "[]", NULL },
    { SPEC "SupportedHyperParameters[0].Range", TYPES, CHANNEL,
      "{\"Name\":\"x\",\"Type\":\"Integer\",\"Range\":{\"IntegerParameterRangeSpecification\":"
      "{\"MinValue\":\"0.5\",\"MaxValue\":\"1\"}}}",
      METRIC, "[]", NULL },
    { SPEC "SupportedHyperParameters[0].IsTunable", TYPES, CHANNEL,
      "{\"Name\":\"x\",\"Type\":\"FreeText\",\"IsTunable\":true}", METRIC, "[]", NULL },
    { SPEC "SupportedHyperParameters[0].DefaultValue", TYPES, CHANNEL,
      "{\"Name\":\"x\",\"Type\":\"Categorical\",\"DefaultValue\":\"c\",\"Range\":"
      "{\"CategoricalParameterRangeSpecification\":{\"Values\":[\"a\"]}}}",
      METRIC, "[]", NULL },
    { SPEC "MetricDefinitions[0].Regex", TYPES, CHANNEL, SETTING, "{\"Name\":\"loss\"}", "[]",
      NULL },
    { SPEC "MetricDefinitions[0].Regex", TYPES, CHANNEL, SETTING,
      "{\"Name\":\"loss\",\"Regex\":\"loss=([0-9.]+\"}", "[]", NULL },
    { SPEC "MetricDefinitions[0].Regex", TYPES, CHANNEL, SETTING,
      "{\"Name\":\"loss\",\"Regex\":\"loss=[0-9.]+\"}", "[]", NULL },
    { SPEC "MetricDefinitions[0].Name", TYPES, CHANNEL, SETTING, "{\"Regex\":\"loss=([0-9.]+)\"}",
      "[]", NULL },
    { SPEC "SupportedTuningJobObjectiveMetrics", TYPES, CHANNEL, SETTING, "", OBJECTIVE, NULL },
    { "ValidationSpecification.TrainingJobDefinition", "[\"ml.m5.xlarge\"]", CHANNEL, SETTING,
      METRIC, "[]", VALIDATION },
    { "ValidationSpecification", TYPES, CHANNEL, CHOICE, METRIC, "[]", "{}" },
    { SPEC "SupportedHyperParameters[1].Sample", TYPES, CHANNEL,
      SETTING ",{\"Name\":\"x\",\"Type\":\"FreeText\",\"IsRequired\":true}", METRIC, "[]",
      VALIDATION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode)
          node = request (cases[i].types, cases[i].channels, cases[i].settings, cases[i].metrics,
                          cases[i].objectives, cases[i].validation);
      g_autoptr (GPtrArray) found = trestle_algorithm_check (node);
      gboolean there = cases[i].field == NULL && found->len == 0;

      for (guint k = 0; cases[i].field != NULL && k < found->len; k++)
        {
          g_assert_cmpuint (strlen (trestle_finding_get_message (found->pdata[k])), >, 10);
          there |= g_str_equal (trestle_finding_get_field (found->pdata[k]), cases[i].field);
        }
      for (guint k = 0; !there && k < found->len; k++)
        g_test_message ("%s: %s", trestle_finding_get_field (found->pdata[k]),
                        trestle_finding_get_message (found->pdata[k]));
      if (!there)
        g_error ("case %u: %s", i, cases[i].field != NULL ? cases[i].field : "nothing");
    }
}

/* What is there is no more than JSON. */
static void
test_odd (void)
{
  static const char *const odd[] = {
    "{}",
    "[]",
    "{\"TrainingSpecification\":[]}",
    "{\"TrainingSpecification\":{\"TrainingChannels\":{},\"SupportedHyperParameters\":[1,null,\"a\"],"
    "\"MetricDefinitions\":[[]],\"SupportedTuningJobObjectiveMetrics\":[{}]}}",
    "{\"ValidationSpecification\":{\"ValidationProfiles\":[{\"TrainingJobDefinition\":[]}]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (JsonNode) node = parse (odd[i]);
      g_autoptr (GPtrArray) found = trestle_algorithm_check (node);

      g_assert_cmpuint (found->len, >, 0);
    }
}

/* The example that the help speaks of has nothing amiss. */
static void
test_example (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", "examples",
                                            "algorithm.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = parse (text);
  found = trestle_algorithm_check (node);
  g_assert_cmpuint (found->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/algorithm/round", test_round);
  g_test_add_func ("/algorithm/mode", test_mode);
  g_test_add_func ("/algorithm/allows", test_allows);
  g_test_add_func ("/algorithm/rules", test_rules);
  g_test_add_func ("/algorithm/odd", test_odd);
  g_test_add_func ("/algorithm/example", test_example);
  return g_test_run ();
}
