/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-package-service.h"

#include <string.h>

#include "domain/trestle-package-check.h"
#include "services/trestle-service.h"

#define SERVICE "sagemaker"

/* Where the two kinds of package have other names for the same. */
typedef struct
{
  const char *name; /* member that names one */
  const char *arn;
  const char *description;
  const char *status;
  const char *details;
  const char *prefix; /* of the operations' nouns */
  const char *lists;  /* the operation that lists them */
  const char *list;   /* member of its answer */
} Words;

static const Words words[] = {
  [TRESTLE_PRODUCT_KIND_MODEL] = { "ModelPackageName", "ModelPackageArn", "ModelPackageDescription",
                                   "ModelPackageStatus", "ModelPackageStatusDetails",
                                   "ModelPackage", "ListModelPackages", "ModelPackageSummaryList" },
  [TRESTLE_PRODUCT_KIND_ALGORITHM] = { "AlgorithmName", "AlgorithmArn", "AlgorithmDescription",
                                       "AlgorithmStatus", "AlgorithmStatusDetails", "Algorithm",
                                       "ListAlgorithms", "AlgorithmSummaryList" },
};

static void
add_checks (GListStore *checks, TrestleJson list, gboolean scan)
{
  guint length = trestle_json_length (list);

  for (guint i = 0; i < length; i++)
    {
      TrestleJson at = trestle_json_element (list, i);
      g_autoptr (TrestlePackageCheck) check = g_object_new (
          TRESTLE_TYPE_PACKAGE_CHECK, "scan", scan, "name",
          trestle_json_string_or (at, "Name", NULL), "status", trestle_json_string (at, "Status"),
          "reason", trestle_json_string_or (at, "FailureReason", NULL), NULL);

      g_list_store_append (checks, check);
    }
}

static gpointer
read_package (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  const Words *word = data;
  gboolean described = trestle_json_exists (trestle_json_member (at, "InferenceSpecification"))
                       || trestle_json_exists (trestle_json_member (at, "TrainingSpecification"));
  TrestleJson inference = trestle_json_member (at, "InferenceSpecification");
  TrestleJson container = trestle_json_element (trestle_json_member (inference, "Containers"), 0);
  TrestleJson training = trestle_json_member (at, "TrainingSpecification");
  TrestleJson details = trestle_json_member (at, word->details);
  g_autoptr (GListStore) checks = g_list_store_new (TRESTLE_TYPE_PACKAGE_CHECK);
  g_autoptr (JsonNode) document = described ? json_node_copy (at.node) : NULL;
  const char *arn = trestle_json_string (at, word->arn);
  const char *name = strrchr (arn, '/');
  g_auto (GStrv)
      realtime = trestle_json_dup_strv (inference, "SupportedRealtimeInferenceInstanceTypes");
  g_auto (GStrv) transform = trestle_json_dup_strv (inference, "SupportedTransformInstanceTypes");
  g_auto (GStrv) trains = trestle_json_dup_strv (training, "SupportedTrainingInstanceTypes");
  g_auto (GStrv) inputs = trestle_json_dup_strv (inference, "SupportedContentTypes");
  g_auto (GStrv) outputs = trestle_json_dup_strv (inference, "SupportedResponseMIMETypes");

  add_checks (checks, trestle_json_member (details, "ValidationStatuses"), FALSE);
  add_checks (checks, trestle_json_member (details, "ImageScanStatuses"), TRUE);
  return g_object_new (
      TRESTLE_TYPE_PACKAGE, "arn", arn, "name", name ? name + 1 : arn, "kind",
      (TrestleProductKind) (word - words), "description",
      trestle_json_string_or (at, word->description, NULL), "status",
      trestle_json_string (at, word->status), "realtime-types", realtime, "transform-types",
      transform, "training-types", trains, "content-types", inputs, "response-types", outputs,
      "created", trestle_json_time_or (at, "CreationTime", 0), "certified",
      trestle_json_bool_or (at, "CertifyForMarketplace", FALSE), "image",
      trestle_json_string_or (training, "TrainingImage",
                              trestle_json_string_or (container, "Image", NULL)),
      "checks", checks, "failure", trestle_json_string_or (at, "FailureReason", NULL), "document",
      document, NULL);
}

static const Words *
words_of (const char *arn)
{
  return &words[strstr (arn, ":algorithm/") != NULL ? TRESTLE_PRODUCT_KIND_ALGORITHM
                                                    : TRESTLE_PRODUCT_KIND_MODEL];
}

static JsonObject *
named (const Words *word, const char *arn)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, word->name, arn);
  return input;
}

DexFuture *
trestle_package_service_describe (TrestleAwsClient *client, const char *arn)
{
  const Words *word = words_of (arn);
  g_autofree char *operation = g_strconcat ("Describe", word->prefix, NULL);

  return trestle_service_call (client, SERVICE, operation, named (word, arn), read_package,
                               (gpointer) word, NULL);
}

DexFuture *
trestle_package_service_list (TrestleAwsClient *client, TrestleProductKind kind)
{
  const Words *word = &words[kind];
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = word->lists,
    .token_in = "NextToken",
    .token_out = "NextToken",
    .items = word->list,
    .read = read_package,
    .data = (gpointer) word,
  };
  JsonObject *input = json_object_new ();

  json_object_set_int_member (input, "MaxResults", 100);
  json_object_set_string_member (input, "SortBy", "CreationTime");
  json_object_set_string_member (input, "SortOrder", "Descending");
  /* versioned ones cannot be listed on Marketplace */
  if (kind == TRESTLE_PRODUCT_KIND_MODEL)
    json_object_set_string_member (input, "ModelPackageType", "Unversioned");
  return trestle_service_collect (client, &list, input);
}

DexFuture *
trestle_package_service_create (TrestleAwsClient *client,
                                TrestleProductKind kind,
                                JsonObject *input)
{
  const Words *word = &words[kind];
  g_autofree char *operation = g_strconcat ("Create", word->prefix, NULL);

  return trestle_service_call_string (client, SERVICE, operation, input, word->arn);
}

DexFuture *
trestle_package_service_delete (TrestleAwsClient *client, const char *arn)
{
  const Words *word = words_of (arn);
  g_autofree char *operation = g_strconcat ("Delete", word->prefix, NULL);

  return trestle_service_call_string (client, SERVICE, operation, named (word, arn), NULL);
}
