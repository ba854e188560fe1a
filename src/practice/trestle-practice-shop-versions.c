/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-shop-parts.h"

#include <string.h>

#include "practice/trestle-practice-keep.h"
#include "practice/trestle-practice-packages.h"

JsonObject *
trestle_practice_shop_get_delivery (JsonObject *version)
{
  JsonArray *options = get_array (version, "DeliveryOptions");

  return array_length (options) > 0 ? json_array_get_object_element (options, 0) : NULL;
}

const char *
trestle_practice_shop_get_source (JsonObject *version, gboolean *algorithm)
{
  JsonArray *sources = get_array (version, "Sources");
  JsonObject *source = array_length (sources) > 0 ? json_array_get_object_element (sources, 0)
                                                  : NULL;
  const char *package = get_text (source, "ModelPackageArn");

  if (algorithm != NULL)
    *algorithm = package == NULL;
  return package != NULL ? package : get_text (source, "AlgorithmArn");
}

/* Fields of inputs and outputs: the names in lower case are the catalogue's. */
static void
put_fields (JsonBuilder *out, const char *name, JsonArray *fields, const char *flag)
{
  gboolean output = g_str_equal (flag, "AlwaysReturned");

  open_array (out, name);
  for (guint i = 0; i < array_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);

      open_object (out, NULL);
      put_text (out, "name", get_text (field, "Name"));
      put_text (out, "description", get_text (field, "Description"));
      put_text (out, "constraints", get_text (field, "Constraints"));
      put_bool (out, output ? "always" : "required",
                json_object_get_boolean_member_with_default (field, flag, FALSE));
      close_object (out);
    }
  close_array (out);
}

static void
put_usage (JsonBuilder *out, JsonObject *instructions, JsonObject *inference)
{
  JsonObject *inputs = get_object (instructions, "InputProperties");
  JsonObject *outputs = get_object (instructions, "OutputProperties");

  open_object (out, "usage");
  open_object (out, "inputs");
  put_text (out, "description", get_text (inputs, "Description"));
  put_text (out, "limitations", get_text (inputs, "Limitations"));
  if (inference != NULL)
    put_node (out, "content_types", json_object_get_member (inference, "SupportedContentTypes"));
  put_fields (out, "parameters", get_array (inputs, "Parameters"), "Required");
  put_fields (out, "attributes", get_array (inputs, "SageMakerCustomAttributes"), "Required");
  close_object (out);
  open_object (out, "outputs");
  put_text (out, "description", get_text (outputs, "Description"));
  if (inference != NULL)
    put_node (out, "content_types",
              json_object_get_member (inference, "SupportedResponseMIMETypes"));
  put_fields (out, "parameters", get_array (outputs, "Parameters"), "AlwaysReturned");
  close_object (out);
  close_object (out);
}

static const char *
guess_ending (const char *type)
{
  static const char *const endings[][2] = {
    { "text/csv", "csv" },
    { "application/json", "json" },
    { "application/jsonlines", "jsonl" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_strcmp0 (type, endings[i][0]) == 0)
      return endings[i][1];
  return "txt";
}

/* A sample is a text of the listing's own or an address elsewhere. */
static void
put_samples (JsonBuilder *out, JsonObject *version, JsonObject *inference)
{
  static const struct
  {
    const char *text, *url, *title, *file;
  } modes[] = {
    { "RealtimeInferenceText", "RealtimeInferenceUrl", "Real-time inference", "realtime" },
    { "BatchTransformText", "BatchTransformUrl", "Batch transform", "batch" },
  };
  JsonObject *instructions = get_object (trestle_practice_shop_get_delivery (version),
                                         "Instructions");
  JsonObject *input = get_object (get_object (instructions, "InputProperties"), "SampleInput");
  JsonArray *types = get_array (inference, "SupportedContentTypes");
  const char *type = array_length (types) > 0 ? json_array_get_string_element (types, 0)
                                              : "text/plain";
  const char *id = get_text (trestle_practice_shop_get_delivery (version), "Id");

  open_array (out, "samples");
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      const char *text = get_text (input, modes[i].text);
      const char *url = get_text (input, modes[i].url);
      g_autofree char *file = g_strdup_printf ("%s-%.8s.%s", modes[i].file, id != NULL ? id : "",
                                               guess_ending (type));

      if (text == NULL && url == NULL)
        continue;
      open_object (out, NULL);
      put_text (out, "title", modes[i].title);
      put_text (out, "content_type", type);
      put_text (out, text != NULL ? "file" : "url", text != NULL ? file : url);
      put_text (out, "text", text);
      close_object (out);
    }
  close_array (out);
}

static void
put_types (JsonBuilder *out, JsonObject *delivery)
{
  static const char *const uses[][2] = {
    { "realtime", "RealtimeInference" },
    { "batch", "BatchTransform" },
    { "training", "Training" },
  };
  JsonObject *supported = get_object (delivery, "SupportedInstanceTypes");
  JsonObject *recommended = get_object (delivery, "RecommendedInstanceTypes");

  open_object (out, "instances");
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    if (get_array (supported, uses[i][1]) != NULL)
      put_node (out, uses[i][0], json_object_get_member (supported, uses[i][1]));
  close_object (out);
  open_object (out, "recommended");
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    put_text (out, uses[i][0], get_text (recommended, uses[i][1]));
  close_object (out);
}

/* What is behind @arn, as it was when it was first sold. */
static JsonObject *
keep_package (TrestlePracticeWorld *world, const char *arn, gint64 now)
{
  JsonObject *kept = trestle_practice_keep_find_package (world->state, arn);
  g_autofree char *engine = NULL;
  g_autoptr (JsonObject) package = NULL;

  if (kept != NULL)
    return kept;
  engine = trestle_practice_packages_dup_engine (world->state, arn);
  package = trestle_practice_packages_find (world->state, arn);
  if (engine == NULL || package == NULL)
    return NULL;
  trestle_practice_keep_package (world->state, arn, engine, package, now);
  return trestle_practice_keep_find_package (world->state, arn);
}

void
trestle_practice_shop_put_version (TrestlePracticeWorld *world,
                                   JsonBuilder *out,
                                   JsonObject *version,
                                   gint64 now)
{
  JsonObject *delivery = trestle_practice_shop_get_delivery (version);
  JsonObject *instructions = get_object (delivery, "Instructions");
  gboolean algorithm;
  const char *arn = trestle_practice_shop_get_source (version, &algorithm);
  const char *name = strrchr (arn, '/');
  g_autoptr (JsonObject) kept = keep_package (world, arn, now);
  JsonObject *package = get_object (kept, "description");
  JsonObject *inference = get_object (package, "InferenceSpecification");
  const char *engine = get_text (kept, "engine");

  put_text (out, "version", get_text (version, "VersionTitle"));
  put_text (out, "title", get_text (version, "VersionTitle"));
  put_text (out, "date", get_text (version, "CreationDate"));
  put_text (out, "notes", get_text (version, "ReleaseNotes"));
  put_text (out, "instructions", get_text (instructions, "Usage"));
  put_text (out, "notebook", get_text (instructions, "SampleNotebookUrl"));
  put_text (out, "repository", get_text (instructions, "RepositoryUrl"));
  put_text (out, "package", name != NULL ? name + 1 : arn);
  put_text (out, "resource_arn", arn);
  put_text (out, "option", get_text (delivery, "Id"));
  put_text (out, "engine", engine != NULL ? engine : "");
  put_bool (out, "restricted", g_strcmp0 (get_text (delivery, "Visibility"), "Restricted") == 0);
  put_types (out, delivery);
  put_usage (out, instructions, inference);
  put_samples (out, version, inference);
  if (algorithm && package != NULL)
    put_node (out, "training_specification",
              json_object_get_member (package, "TrainingSpecification"));
}
