/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-packages.h"
#include "practice/trestle-practice-sagemaker.h"

static char *
dup_image (TrestlePracticeContext *ctx, const TrestlePracticeVersion *version)
{
  const char *name = *version->engine != '\0' ? version->engine : version->listing->slug;

  return g_strdup_printf ("%s.dkr.ecr.%s.amazonaws.com/practice/%s:%s",
                          trestle_practice_market_account (ctx->region), ctx->region, name,
                          get_text (version->object, "version"));
}

static char *
dup_digest (const TrestlePracticeVersion *version)
{
  g_autofree char *hex = trestle_practice_derive (version->resource, TRESTLE_PRACTICE_HEX, 64);

  return g_strconcat ("sha256:", hex, NULL);
}

static void
put_inference (TrestlePracticeContext *ctx, JsonBuilder *out, const TrestlePracticeVersion *version)
{
  JsonObject *instances = trestle_practice_version_get (version, "instances");
  JsonObject *usage = trestle_practice_version_get (version, "usage");
  g_autofree char *image = dup_image (ctx, version);
  g_autofree char *digest = dup_digest (version);

  open_object (out, "InferenceSpecification");
  open_array (out, "Containers");
  open_object (out, NULL);
  put_text (out, "Image", image);
  put_text (out, "ImageDigest", digest);
  put_text (out, "ProductId", version->listing->product_id);
  close_object (out);
  close_array (out);
  put_node (out, "SupportedTransformInstanceTypes", json_object_get_member (instances, "batch"));
  put_node (out, "SupportedRealtimeInferenceInstanceTypes",
            json_object_get_member (instances, "realtime"));
  put_node (out, "SupportedContentTypes",
            json_object_get_member (get_object (usage, "inputs"), "content_types"));
  put_node (out, "SupportedResponseMIMETypes",
            json_object_get_member (get_object (usage, "outputs"), "content_types"));
  close_object (out);
}

static void
put_statuses (JsonBuilder *out, const char *name, const char *item)
{
  open_object (out, name);
  open_array (out, "ValidationStatuses");
  open_object (out, NULL);
  put_text (out, "Name", item);
  put_text (out, "Status", "Completed");
  close_object (out);
  close_array (out);
  open_array (out, "ImageScanStatuses");
  open_object (out, NULL);
  put_text (out, "Name", item);
  put_text (out, "Status", "Completed");
  close_object (out);
  close_array (out);
  close_object (out);
}

/* Whether @reference is something that the account has made itself, which is then written. */
static gboolean
put_own (TrestlePracticeContext *ctx, JsonBuilder *out, const char *kind, const char *reference)
{
  g_autofree char *arn = trestle_practice_packages_dup_own_arn (ctx->account->number, ctx->region,
                                                                kind, reference);
  g_autoptr (JsonObject) package = arn ? trestle_practice_packages_find (ctx->state, arn) : NULL;
  g_autoptr (GList) names = package ? json_object_get_members (package) : NULL;

  for (GList *at = names; at != NULL; at = at->next)
    put_node (out, at->data, json_object_get_member (package, at->data));
  return package != NULL;
}

gboolean
trestle_practice_describe_model_package (TrestlePracticeContext *ctx,
                                         TrestleJson in,
                                         JsonBuilder *out)
{
  const char *arn = trestle_json_string (in, "ModelPackageName");
  const TrestlePracticeVersion *version;

  if (put_own (ctx, out, "model-package", arn))
    return TRUE;
  version = trestle_practice_sagemaker_find_package (ctx, arn);
  if (version == NULL)
    return FALSE;
  if (version->listing->algorithm)
    return trestle_practice_invalid (ctx, "ModelPackage %s does not exist.", arn);
  put_text (out, "ModelPackageName", version->resource);
  put_text (out, "ModelPackageArn", arn);
  put_text (out, "ModelPackageDescription", get_text (version->object, "title"));
  put_time (out, "CreationTime", version->created);
  put_text (out, "ModelPackageStatus", "Completed");
  put_statuses (out, "ModelPackageStatusDetails", version->resource);
  put_bool (out, "CertifyForMarketplace", TRUE);
  put_inference (ctx, out, version);
  return TRUE;
}

static void
put_range (JsonBuilder *out, JsonObject *parameter, const char *type)
{
  gboolean integer = g_strcmp0 (type, "Integer") == 0;

  if (json_object_has_member (parameter, "values"))
    {
      open_object (out, "Range");
      open_object (out, "CategoricalParameterRangeSpecification");
      put_node (out, "Values", json_object_get_member (parameter, "values"));
      close_object (out);
      close_object (out);
    }
  else if (get_text (parameter, "min") != NULL && get_text (parameter, "max") != NULL)
    {
      open_object (out, "Range");
      open_object (out, integer ? "IntegerParameterRangeSpecification"
                                : "ContinuousParameterRangeSpecification");
      put_text (out, "MinValue", get_text (parameter, "min"));
      put_text (out, "MaxValue", get_text (parameter, "max"));
      close_object (out);
      close_object (out);
    }
}

static void
put_hyperparameters (JsonBuilder *out, JsonArray *parameters)
{
  open_array (out, "SupportedHyperParameters");
  for (guint i = 0; i < array_length (parameters); i++)
    {
      JsonObject *parameter = json_array_get_object_element (parameters, i);
      const char *type = get_text (parameter, "type");

      open_object (out, NULL);
      put_text (out, "Name", get_text (parameter, "name"));
      put_text (out, "Description", get_text (parameter, "description"));
      put_text (out, "Type", type);
      put_range (out, parameter, type);
      put_bool (out, "IsTunable",
                json_object_get_boolean_member_with_default (parameter, "tunable", FALSE));
      put_bool (out, "IsRequired",
                json_object_get_boolean_member_with_default (parameter, "required", FALSE));
      put_text (out, "DefaultValue", get_text (parameter, "default"));
      close_object (out);
    }
  close_array (out);
}

static void
put_metrics (JsonBuilder *out, JsonArray *metrics)
{
  open_array (out, "MetricDefinitions");
  for (guint i = 0; i < array_length (metrics); i++)
    {
      JsonObject *metric = json_array_get_object_element (metrics, i);

      open_object (out, NULL);
      put_text (out, "Name", get_text (metric, "name"));
      put_text (out, "Regex", get_text (metric, "regex"));
      close_object (out);
    }
  close_array (out);
  open_array (out, "SupportedTuningJobObjectiveMetrics");
  for (guint i = 0; i < array_length (metrics); i++)
    {
      JsonObject *metric = json_array_get_object_element (metrics, i);

      if (get_text (metric, "objective") == NULL)
        continue;
      open_object (out, NULL);
      put_text (out, "Type", get_text (metric, "objective"));
      put_text (out, "MetricName", get_text (metric, "name"));
      close_object (out);
    }
  close_array (out);
}

static void
put_channels (JsonBuilder *out, JsonArray *channels)
{
  open_array (out, "TrainingChannels");
  for (guint i = 0; i < array_length (channels); i++)
    {
      JsonObject *channel = json_array_get_object_element (channels, i);

      open_object (out, NULL);
      put_text (out, "Name", get_text (channel, "name"));
      put_text (out, "Description", get_text (channel, "description"));
      put_bool (out, "IsRequired",
                json_object_get_boolean_member_with_default (channel, "required", FALSE));
      put_node (out, "SupportedContentTypes", json_object_get_member (channel, "content_types"));
      open_array (out, "SupportedInputModes");
      json_builder_add_string_value (out, "File");
      close_array (out);
      close_object (out);
    }
  close_array (out);
}

/* A seller's algorithm is described by what it was when it was published, but for the image. */
static void
put_own_training (JsonBuilder *out,
                  JsonObject *specification,
                  const char *image,
                  const char *digest)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  put_text (out, "TrainingImage", image);
  put_text (out, "TrainingImageDigest", digest);
  json_object_iter_init (&iter, specification);
  while (json_object_iter_next (&iter, &name, &node))
    if (!g_str_has_prefix (name, "TrainingImage"))
      put_node (out, name, node);
}

static void
put_training (JsonBuilder *out,
              const TrestlePracticeVersion *version,
              const char *image,
              const char *digest)
{
  JsonObject *own = get_object (version->object, "training_specification");
  JsonObject *training = get_object (version->listing->object, "training");
  JsonObject *instances = trestle_practice_version_get (version, "instances");

  if (own == NULL && training == NULL)
    return;
  open_object (out, "TrainingSpecification");
  if (own != NULL)
    put_own_training (out, own, image, digest);
  else
    {
      put_text (out, "TrainingImage", image);
      put_text (out, "TrainingImageDigest", digest);
      put_hyperparameters (out, get_array (training, "hyperparameters"));
      put_node (out, "SupportedTrainingInstanceTypes",
                json_object_get_member (instances, "training"));
      put_bool (out, "SupportsDistributedTraining",
                json_object_get_boolean_member_with_default (training, "distributed", FALSE));
      put_metrics (out, get_array (training, "metrics"));
      put_channels (out, get_array (training, "channels"));
    }
  close_object (out);
}

gboolean
trestle_practice_describe_algorithm (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *arn = trestle_json_string (in, "AlgorithmName");
  const TrestlePracticeVersion *version;
  g_autofree char *image = NULL;
  g_autofree char *digest = NULL;

  if (put_own (ctx, out, "algorithm", arn))
    return TRUE;
  version = trestle_practice_sagemaker_find_package (ctx, arn);
  if (version == NULL)
    return FALSE;
  if (!version->listing->algorithm)
    return trestle_practice_invalid (ctx, "Algorithm %s does not exist.", arn);
  image = dup_image (ctx, version);
  digest = dup_digest (version);
  put_text (out, "AlgorithmName", version->resource);
  put_text (out, "AlgorithmArn", arn);
  put_text (out, "AlgorithmDescription", get_text (version->object, "title"));
  put_time (out, "CreationTime", version->created);
  put_text (out, "AlgorithmStatus", "Completed");
  put_statuses (out, "AlgorithmStatusDetails", version->resource);
  put_text (out, "ProductId", version->listing->product_id);
  put_bool (out, "CertifyForMarketplace", TRUE);
  put_inference (ctx, out, version);
  put_training (out, version, image, digest);
  return TRUE;
}
