/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-packages.h"
#include "practice/trestle-practice-sagemaker.h"
#include "practice/trestle-practice-training.h"

#define PENDING_SECONDS 15.0

static gboolean
check_image (TrestlePracticeContext *ctx, const char *image)
{
  g_auto (TrestlePracticeImageName) name = { 0 };

  if (image == NULL)
    return trestle_practice_invalid (ctx, "Image is required for each container.");
  if (!trestle_practice_image_name_parse (&name, image))
    return trestle_practice_invalid (ctx,
                                     "Using non-ECR image \"%s\" without Vpc repository access mode"
                                     " is not supported.",
                                     image);
  if (!g_str_equal (name.region, ctx->region))
    return trestle_practice_invalid (ctx,
                                     "The repository of image %s is in Region %s. Images have to be"
                                     " in the Region of the resource, %s.",
                                     image, name.region, ctx->region);
  return TRUE;
}

static gboolean
check_inference (TrestlePracticeContext *ctx, TrestleJson inference)
{
  static const char *const lists[] = { "SupportedTransformInstanceTypes",
                                       "SupportedRealtimeInferenceInstanceTypes",
                                       "SupportedContentTypes", "SupportedResponseMIMETypes" };
  TrestleJson containers = trestle_json_member (inference, "Containers");

  for (guint i = 0; i < trestle_json_length (containers); i++)
    if (!check_image (ctx,
                      trestle_json_string_or (trestle_json_element (containers, i), "Image", NULL)))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (trestle_json_length (trestle_json_member (inference, lists[i])) == 0)
      return trestle_practice_invalid (
          ctx, "%s is required in the InferenceSpecification of an unversioned model package.",
          lists[i]);
  return TRUE;
}

static gboolean
check_resources (TrestlePracticeContext *ctx, TrestleJson job, gboolean training, char **supported)
{
  const char *member = training ? "ResourceConfig" : "TransformResources";
  TrestleJson resources = trestle_json_member (job, member);
  const char *type = trestle_json_string_or (resources, "InstanceType", "");

  if (!g_strv_contains ((const char *const *) supported, type))
    return trestle_practice_invalid (
        ctx, "Instance type %s of the validation profile is not among the supported ones.", type);
  return trestle_practice_sagemaker_check_quota (
      ctx, training ? "training" : "transform", type,
      trestle_practice_sagemaker_get_used (ctx, training, type),
      trestle_json_int_or (resources, "InstanceCount", 1));
}

static gboolean
check_validation (TrestlePracticeContext *ctx,
                  TrestleJson validation,
                  TrestleJson inference,
                  TrestleJson training)
{
  TrestleJson profile = trestle_json_element (
      trestle_json_member (validation, "ValidationProfiles"), 0);
  TrestleJson train = trestle_json_member (profile, "TrainingJobDefinition");
  TrestleJson transform = trestle_json_member (profile, "TransformJobDefinition");
  const char *role = trestle_json_string_or (validation, "ValidationRole", "");
  g_autofree char *own = g_strdup_printf ("arn:aws:iam::%s:role/", ctx->account->number);

  if (!trestle_json_exists (validation))
    return TRUE;
  if (!g_str_has_prefix (role, own))
    return trestle_practice_invalid (ctx, "Cross-account pass role is not allowed.");
  if (trestle_json_exists (train))
    {
      g_auto (GStrv) types = trestle_json_dup_strv (training, "SupportedTrainingInstanceTypes");

      if (!check_resources (ctx, train, TRUE, types)
          || !trestle_practice_training_check (ctx, training, train))
        return FALSE;
    }
  if (trestle_json_exists (transform))
    {
      g_auto (GStrv) types = trestle_json_dup_strv (inference, "SupportedTransformInstanceTypes");

      if (!trestle_json_exists (inference))
        return trestle_practice_invalid (ctx, "A TransformJobDefinition needs an"
                                              " InferenceSpecification.");
      return check_resources (ctx, transform, FALSE, types);
    }
  return TRUE;
}

static void
set_digest (JsonObject *object, const char *image_member, const char *digest_member)
{
  g_auto (TrestlePracticeImageName) name = { 0 };

  if (json_object_has_member (object, digest_member)
      || !trestle_practice_image_name_parse (&name, get_text (object, image_member)))
    return;
  if (name.digest == NULL)
    name.digest = trestle_practice_registry_dup_digest (name.account, name.repository, name.tag);
  json_object_set_string_member (object, digest_member, name.digest);
}

/* What Describe tells: the input without what belongs to the call alone, and with the digests. */
static JsonNode *
make_doc (TrestleJson in)
{
  g_autofree char *text = trestle_json_to_string (in.node, FALSE);
  JsonNode *doc = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (doc);
  JsonObject *training = get_object (object, "TrainingSpecification");
  JsonObject *inference = get_object (object, "InferenceSpecification");
  JsonArray *containers = inference != NULL ? get_array (inference, "Containers") : NULL;

  json_object_remove_member (object, "Tags");
  json_object_remove_member (object, "ClientToken");
  if (!json_object_has_member (object, "CertifyForMarketplace"))
    json_object_set_boolean_member (object, "CertifyForMarketplace", FALSE);
  if (training != NULL)
    set_digest (training, "TrainingImage", "TrainingImageDigest");
  for (guint i = 0; i < array_length (containers); i++)
    set_digest (json_array_get_object_element (containers, i), "Image", "ImageDigest");
  return doc;
}

static void
insert (TrestlePracticeContext *ctx,
        const char *kind,
        const char *name,
        JsonNode *node,
        const char *token,
        const char *request)
{
  JsonObject *object = json_node_get_object (node);
  JsonObject *validation = get_object (object, "ValidationSpecification");
  JsonArray *profiles = validation != NULL ? get_array (validation, "ValidationProfiles") : NULL;
  const char *profile = array_length (profiles) > 0
                            ? get_text (json_array_get_object_element (profiles, 0), "ProfileName")
                            : NULL;
  g_autofree char *doc = trestle_json_to_string (node, FALSE);
  g_autofree char *scans = trestle_practice_packages_dup_item (name, "NotStarted", NULL);
  g_autofree char *validations = profile != NULL ? trestle_practice_packages_dup_item (
                                                       profile, "NotStarted", NULL)
                                                 : g_strdup ("[]");
  g_autofree char *base = g_strdup_printf ("%.40s-", name);
  g_autofree char *job = trestle_practice_world_new_id (ctx->world, base, TRESTLE_PRACTICE_HEX, 12);
  TrestlePracticeFault fault;
  gboolean stuck;

  trestle_practice_faults_take_outcome (
      ctx->world->faults, "sagemaker",
      g_str_equal (kind, "algorithm") ? "CreateAlgorithm" : "CreateModelPackage", &fault);
  stuck = fault.kind == TRESTLE_PRACTICE_FAULT_STUCK;
  trestle_practice_run (
      ctx->state,
      "INSERT INTO packages (account, region, kind, name, created, status, doc, validations, scans,"
      " token, request, fault, job, step, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "ssssissssssssii", ctx->account->number, ctx->region, kind, name, ctx->now, "Pending", doc,
      validations, scans, token, request,
      fault.kind == TRESTLE_PRACTICE_FAULT_CAPACITY ? "capacity"
      : fault.kind == TRESTLE_PRACTICE_FAULT_PING   ? "ping"
                                                    : NULL,
      job, (gint64) TRESTLE_PRACTICE_STEP_BEGIN,
      stuck ? (gint64) 0 : ctx->now + trestle_practice_world_delay (ctx->world, PENDING_SECONDS));
}

/* Returns whether @token was used before: then the answer, or the fault, is that of the first time. */
static gboolean
replay (TrestlePracticeContext *ctx,
        const char *token,
        const char *request,
        JsonBuilder *out,
        gboolean *done)
{
  g_autofree char *arn = NULL;
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (ctx->state,
                                     "SELECT name, request FROM packages"
                                     " WHERE account = ? AND region = ? AND token = ?",
                                     "sss", ctx->account->number, ctx->region, token);

  if (token == NULL || !trestle_practice_next (rows))
    return FALSE;
  *done = g_strcmp0 (trestle_practice_column_text (rows, 1), request) == 0;
  if (!*done)
    {
      trestle_practice_fail (ctx, "ConflictException", 400,
                             "The client token %s was already used with other parameters.", token);
      return TRUE;
    }
  arn = trestle_practice_sagemaker_arn (ctx, "model-package",
                                        trestle_practice_column_text (rows, 0));
  put_text (out, "ModelPackageArn", arn);
  return TRUE;
}

/* The account's own algorithm gives its image, and the call the model data that it has learnt. */
static gboolean
apply_source (TrestlePracticeContext *ctx, TrestleJson source, JsonNode *doc)
{
  TrestleJson first = trestle_json_element (trestle_json_member (source, "SourceAlgorithms"), 0);
  const char *reference = trestle_json_string_or (first, "AlgorithmName", "");
  const char *data = trestle_json_string_or (first, "ModelDataUrl", NULL);
  g_autofree char *arn = trestle_practice_packages_dup_own_arn (ctx->account->number, ctx->region,
                                                                "algorithm", reference);
  g_autoptr (JsonObject) algorithm = arn ? trestle_practice_packages_find (ctx->state, arn) : NULL;
  JsonNode *inference;
  JsonArray *containers;

  if (algorithm == NULL)
    return trestle_practice_invalid (ctx, "Algorithm %s does not exist.",
                                     arn != NULL ? arn : reference);
  if (g_strcmp0 (get_text (algorithm, "AlgorithmStatus"), "Completed") != 0)
    return trestle_practice_invalid (ctx, "Algorithm %s is not in Completed status.", arn);
  inference = json_object_get_member (algorithm, "InferenceSpecification");
  if (inference == NULL)
    return trestle_practice_invalid (ctx, "Algorithm %s has no InferenceSpecification.", arn);
  inference = json_node_copy (inference);
  containers = get_array (json_node_get_object (inference), "Containers");
  if (data != NULL && array_length (containers) > 0)
    json_object_set_string_member (json_array_get_object_element (containers, 0), "ModelDataUrl",
                                   data);
  json_object_set_member (json_node_get_object (doc), "InferenceSpecification", inference);
  return TRUE;
}

gboolean
trestle_practice_create_model_package (TrestlePracticeContext *ctx,
                                       TrestleJson in,
                                       JsonBuilder *out)
{
  const char *name = trestle_json_string_or (in, "ModelPackageName", NULL);
  const char *token = trestle_json_string_or (in, "ClientToken", NULL);
  TrestleJson inference = trestle_json_member (in, "InferenceSpecification");
  TrestleJson source = trestle_json_member (in, "SourceAlgorithmSpecification");
  g_autofree char *text = trestle_json_to_string (in.node, FALSE);
  g_autofree char *request = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *arn = NULL;
  g_autoptr (JsonNode) doc = NULL;
  g_autoptr (TrestleJsonDoc) reader = NULL;
  gboolean done = FALSE;

  if (replay (ctx, token, request, out, &done))
    return done;
  if (trestle_json_exists (trestle_json_member (in, "ModelPackageGroupName")))
    return trestle_practice_invalid (ctx, "The practice account keeps unversioned model packages"
                                          " only, which is what AWS Marketplace lists:"
                                          " ModelPackageName, no ModelPackageGroupName.");
  if (name == NULL)
    return trestle_practice_invalid (ctx, "ModelPackageName is required.");
  if (trestle_practice_sagemaker_exists (ctx, "model_packages", name))
    return trestle_practice_sagemaker_taken (ctx, "model package", "model-package", name);
  if (trestle_json_exists (inference) == trestle_json_exists (source))
    return trestle_practice_invalid (ctx, "Exactly one of InferenceSpecification and"
                                          " SourceAlgorithmSpecification is required.");
  doc = make_doc (in);
  if (trestle_json_exists (source) && !apply_source (ctx, source, doc))
    return FALSE;
  reader = trestle_json_doc_new (doc);
  inference = trestle_json_member (trestle_json_root (reader), "InferenceSpecification");
  if (!check_inference (ctx, inference)
      || !check_validation (ctx, trestle_json_member (in, "ValidationSpecification"), inference,
                            trestle_json_member (in, "TrainingSpecification")))
    return FALSE;
  arn = trestle_practice_sagemaker_arn (ctx, "model-package", name);
  insert (ctx, "model-package", name, doc, token, request);
  if (!trestle_practice_sagemaker_tag (ctx, trestle_json_member (in, "Tags"), arn))
    return FALSE;
  put_text (out, "ModelPackageArn", arn);
  return TRUE;
}

gboolean
trestle_practice_create_algorithm (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "AlgorithmName");
  TrestleJson training = trestle_json_member (in, "TrainingSpecification");
  TrestleJson inference = trestle_json_member (in, "InferenceSpecification");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "algorithm", name);
  g_autoptr (JsonNode) doc = NULL;

  if (trestle_practice_sagemaker_exists (ctx, "algorithms", name))
    return trestle_practice_sagemaker_taken (ctx, "algorithm", "algorithm", name);
  if (!check_image (ctx, trestle_json_string (training, "TrainingImage"))
      || !trestle_practice_training_check_spec (ctx, training)
      || (trestle_json_exists (inference) && !check_inference (ctx, inference))
      || !check_validation (ctx, trestle_json_member (in, "ValidationSpecification"), inference,
                            training))
    return FALSE;
  doc = make_doc (in);
  insert (ctx, "algorithm", name, doc, NULL, NULL);
  if (!trestle_practice_sagemaker_tag (ctx, trestle_json_member (in, "Tags"), arn))
    return FALSE;
  put_text (out, "AlgorithmArn", arn);
  return TRUE;
}
