/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-package-service.h"

#include <string.h>

#include "services/trestle-service.h"

static gpointer
make_package (TrestleJson at,
              TrestleProductKind kind,
              const char *arn,
              const char *description,
              const char *status,
              TrestleJson training)
{
  TrestleJson inference = trestle_json_member (at, "InferenceSpecification");
  const char *name = strrchr (arn, '/');
  g_auto (GStrv)
      realtime = trestle_json_dup_strv (inference, "SupportedRealtimeInferenceInstanceTypes");
  g_auto (GStrv) transform = trestle_json_dup_strv (inference, "SupportedTransformInstanceTypes");
  g_auto (GStrv) trains = trestle_json_dup_strv (training, "SupportedTrainingInstanceTypes");
  g_auto (GStrv) inputs = trestle_json_dup_strv (inference, "SupportedContentTypes");
  g_auto (GStrv) outputs = trestle_json_dup_strv (inference, "SupportedResponseMIMETypes");

  return g_object_new (TRESTLE_TYPE_PACKAGE, "arn", arn, "name", name ? name + 1 : arn, "kind",
                       kind, "description", description, "status", status, "realtime-types",
                       realtime, "transform-types", transform, "training-types", trains,
                       "content-types", inputs, "response-types", outputs, "created",
                       trestle_json_time_or (at, "CreationTime", 0), NULL);
}

static gpointer
read_model_package (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return make_package (at, TRESTLE_PRODUCT_KIND_MODEL, trestle_json_string (at, "ModelPackageArn"),
                       trestle_json_string_or (at, "ModelPackageDescription", NULL),
                       trestle_json_string (at, "ModelPackageStatus"),
                       trestle_json_member (at, "TrainingSpecification"));
}

static gpointer
read_algorithm (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return make_package (at, TRESTLE_PRODUCT_KIND_ALGORITHM, trestle_json_string (at, "AlgorithmArn"),
                       trestle_json_string_or (at, "AlgorithmDescription", NULL),
                       trestle_json_string (at, "AlgorithmStatus"),
                       trestle_json_member (at, "TrainingSpecification"));
}

DexFuture *
trestle_package_service_describe (TrestleAwsClient *client, const char *arn)
{
  JsonObject *input = json_object_new ();

  if (strstr (arn, ":algorithm/") != NULL)
    {
      json_object_set_string_member (input, "AlgorithmName", arn);
      return trestle_service_call (client, "sagemaker", "DescribeAlgorithm", input, read_algorithm,
                                   NULL, NULL);
    }
  json_object_set_string_member (input, "ModelPackageName", arn);
  return trestle_service_call (client, "sagemaker", "DescribeModelPackage", input,
                               read_model_package, NULL, NULL);
}
