/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-change.h"
#include "practice/trestle-practice-packages.h"
#include "practice/trestle-practice-sagemaker.h"

#define MODEL "SageMakerModelPackage"
#define ALGORITHM "SageMakerAlgorithm"

static const char *const modes[] = { "BatchTransform", "RealtimeInference", "Training" };

static gboolean
is_algorithm_arn (const char *arn)
{
  return strstr (arn, ":algorithm/") != NULL;
}

static const char *
get_source_arn (JsonObject *version)
{
  JsonArray *sources = get_array (version, "Sources");
  JsonObject *source = array_length (sources) > 0 ? json_array_get_object_element (sources, 0)
                                                  : NULL;
  const char *arn = source != NULL ? get_text (source, "ModelPackageArn") : NULL;

  return arn != NULL || source == NULL ? arn : get_text (source, "AlgorithmArn");
}

static JsonObject *
get_option (JsonObject *version)
{
  JsonArray *options = get_array (version, "DeliveryOptions");

  return array_length (options) > 0 ? json_array_get_object_element (options, 0) : NULL;
}

/* "SageMakerModelPackage" or "SageMakerAlgorithm", from the one member of the union. */
static const char *
get_kind (JsonObject *details)
{
  return json_object_has_member (details, ALGORITHM "DeliveryOptionDetails") ? ALGORITHM : MODEL;
}

static JsonObject *
get_content (JsonObject *details)
{
  g_autofree char *member = g_strconcat (get_kind (details), "DeliveryOptionDetails", NULL);

  return get_object (details, member);
}

static gboolean
check_status (TrestlePracticeChange *change, TrestlePracticeEntity *product)
{
  if (!g_str_equal (trestle_practice_entity_get_visibility (product), "Restricted"))
    return TRUE;
  trestle_practice_change_error (change, "INCOMPATIBLE_PRODUCT_STATUS",
                                 "The product is Restricted; its versions cannot be changed.");
  return FALSE;
}

static void
check_title (TrestlePracticeChange *change, JsonArray *versions, const char *title, JsonObject *own)
{
  for (guint i = 0; i < array_length (versions); i++)
    {
      JsonObject *version = json_array_get_object_element (versions, i);

      if (version != own && g_strcmp0 (get_text (version, "VersionTitle"), title) == 0)
        trestle_practice_change_error (change, "DUPLICATE_VERSION_TITLE",
                                       "Version.VersionTitle: the product has a version “%s"
                                       "” already.",
                                       title);
    }
}

static JsonArray *
find_types (JsonObject *package, const char *mode)
{
  JsonObject *inference = get_object (package, "InferenceSpecification");
  JsonObject *training = get_object (package, "TrainingSpecification");

  if (g_str_equal (mode, "Training"))
    return training != NULL ? get_array (training, "SupportedTrainingInstanceTypes") : NULL;
  if (inference == NULL)
    return NULL;
  return get_array (inference, g_str_equal (mode, "BatchTransform")
                                   ? "SupportedTransformInstanceTypes"
                                   : "SupportedRealtimeInferenceInstanceTypes");
}

static char *
join_texts (JsonArray *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < array_length (list); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (list, i));
  return g_string_free (text, FALSE);
}

static void
check_recommended (TrestlePracticeChange *change, JsonObject *content, JsonObject *supported)
{
  JsonObject *recommended = get_object (content, "RecommendedInstanceTypes");

  for (guint i = 0; recommended != NULL && i < G_N_ELEMENTS (modes); i++)
    {
      const char *type = get_text (recommended, modes[i]);
      JsonArray *types = get_array (supported, modes[i]);
      g_autofree char *valid = join_texts (types);

      if (type != NULL && !array_has (types, type))
        trestle_practice_change_error (change, "INVALID_RECOMMENDED_INSTANCE_TYPE",
                                       "RecommendedInstanceTypes.%s: %s is not supported. Valid"
                                       " types: %s.",
                                       modes[i], type, valid);
    }
}

static gboolean
scan_failed (JsonObject *package)
{
  JsonObject *details = get_object (package, "ModelPackageStatusDetails");
  JsonArray *scans;

  if (details == NULL)
    details = get_object (package, "AlgorithmStatusDetails");
  scans = details != NULL ? get_array (details, "ImageScanStatuses") : NULL;
  for (guint i = 0; i < array_length (scans); i++)
    if (g_strcmp0 (get_text (json_array_get_object_element (scans, i), "Status"), "Failed") == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_own_resource (TrestlePracticeWork *work, const char *arn)
{
  g_auto (GStrv) parts = g_strsplit (arn, ":", 6);
  const char *name = strchr (parts[5], '/') + 1;

  return g_str_equal (parts[4], work->account) && strchr (name, '/') == NULL
         && trestle_practice_market_account (parts[3]) != NULL;
}

/* Returns what is to be sold; NULL with the error noted. */
static JsonObject *
find_asset (TrestlePracticeWork *work, TrestlePracticeChange *change, const char *arn)
{
  g_autoptr (JsonObject) package = NULL;
  const char *status;

  if (!is_own_resource (work, arn))
    {
      trestle_practice_change_error (change, "INVALID_ASSET_ARN",
                                     "%s is not an unversioned resource of your account in a Region"
                                     " of AWS Marketplace.",
                                     arn);
      return NULL;
    }
  package = trestle_practice_packages_find (work->state, arn);
  if (package == NULL)
    {
      trestle_practice_change_error (change, "ASSET_NOT_FOUND",
                                     "%s was not found, or the access role cannot see it.", arn);
      return NULL;
    }
  status = get_text (package, is_algorithm_arn (arn) ? "AlgorithmStatus" : "ModelPackageStatus");
  if (scan_failed (package))
    trestle_practice_change_error (change, "SCAN_ERROR",
                                   "The scan found vulnerabilities in the images of %s. Details"
                                   " (60 days): https://scans.practice.example/%s",
                                   arn, strrchr (arn, '/') + 1);
  else if (g_strcmp0 (status, "Completed") != 0)
    trestle_practice_change_error (change, "ASSET_VALIDATION_EXCEPTION",
                                   "%s cannot be taken over: its status is %s, not Completed.", arn,
                                   status);
  else if (!json_object_get_boolean_member_with_default (package, "CertifyForMarketplace", FALSE))
    trestle_practice_change_error (change, "ASSET_VALIDATION_EXCEPTION",
                                   "%s cannot be taken over: it is not certified for AWS"
                                   " Marketplace.",
                                   arn);
  else
    return g_steal_pointer (&package);
  return NULL;
}

static void
check_role (TrestlePracticeWork *work,
            TrestlePracticeChange *change,
            const char *role,
            gboolean algorithm)
{
  g_autofree char *start = g_strdup_printf ("arn:aws:iam::%s:role/", work->account);

  if (!g_str_has_prefix (role, start)
      || !trestle_practice_role_allows (work->world->catalogue, work->account, role,
                                        algorithm ? "sagemaker:DescribeAlgorithm"
                                                  : "sagemaker:DescribeModelPackage"))
    trestle_practice_change_error (change, "INVALID_ACCESS_ROLE",
                                   "AccessRoleArn %s was not found, or does not let AWS Marketplace"
                                   " see the resource.",
                                   role);
}

static JsonObject *
make_supported (JsonObject *package)
{
  JsonObject *supported = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      JsonArray *types = find_types (package, modes[i]);
      JsonArray *copy = json_array_new ();

      for (guint j = 0; j < array_length (types); j++)
        json_array_add_string_element (copy, json_array_get_string_element (types, j));
      json_object_set_array_member (supported, modes[i], copy);
    }
  return supported;
}

static void
write_usage (JsonObject *option, JsonObject *content)
{
  static const char *const members[][2] = { { "UsageInstructions", "Usage" },
                                            { "SampleNotebookUrl", "SampleNotebookUrl" },
                                            { "RepositoryUrl", "RepositoryUrl" },
                                            { "InputProperties", "InputProperties" },
                                            { "OutputProperties", "OutputProperties" } };
  JsonObject *instructions = trestle_practice_ensure_object (option, "Instructions");
  JsonObject *recommended = get_object (content, "RecommendedInstanceTypes");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (content, members[i][0]))
      trestle_practice_set_member (instructions, members[i][1],
                                   json_object_get_member (content, members[i][0]));
  if (recommended == NULL)
    return;
  json_object_set_object_member (option, "RecommendedInstanceTypes", json_object_new ());
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    trestle_practice_set_member (get_object (option, "RecommendedInstanceTypes"), modes[i],
                                 json_object_get_member (recommended, modes[i]));
}

static JsonObject *
make_version (TrestlePracticeWork *work,
              TrestlePracticeChange *change,
              const char *arn,
              JsonObject *supported,
              const char *visibility)
{
  JsonObject *sent = get_object (change->details, "Version");
  JsonObject *version = json_object_new ();
  JsonObject *source = json_object_new ();
  JsonObject *option = json_object_new ();
  JsonArray *sources = json_array_new ();
  JsonArray *options = json_array_new ();
  const char *kind = is_algorithm_arn (arn) ? ALGORITHM : MODEL;
  g_autofree char *id = trestle_practice_work_uuid (work);
  g_autofree char *source_id = trestle_practice_work_uuid (work);
  g_autofree char *option_id = trestle_practice_work_uuid (work);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc_usec (work->now);
  g_autofree char *created = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *exact = g_strdup_printf ("%s.%03dZ", created,
                                            g_date_time_get_microsecond (date) / 1000);

  json_object_set_string_member (source, "Type", kind);
  json_object_set_string_member (source, "Id", source_id);
  json_object_set_string_member (source,
                                 is_algorithm_arn (arn) ? "AlgorithmArn" : "ModelPackageArn", arn);
  json_array_add_object_element (sources, source);

  json_object_set_string_member (option, "Id", option_id);
  json_object_set_string_member (option, "Type", kind);
  json_object_set_string_member (option, "SourceId", source_id);
  json_object_set_string_member (option, "Title", get_text (sent, "VersionTitle"));
  json_object_set_null_member (option, "ShortDescription");
  json_object_set_string_member (option, "Visibility",
                                 g_str_equal (visibility, "Draft") ? "Limited" : visibility);
  json_object_set_object_member (option, "SupportedInstanceTypes", json_object_ref (supported));
  json_array_add_object_element (options, option);

  json_object_set_string_member (version, "Id", id);
  json_object_set_string_member (version, "VersionTitle", get_text (sent, "VersionTitle"));
  json_object_set_string_member (version, "ReleaseNotes", get_text (sent, "ReleaseNotes"));
  json_object_set_string_member (version, "CreationDate", exact);
  json_object_set_array_member (version, "Sources", sources);
  json_object_set_array_member (version, "DeliveryOptions", options);
  return version;
}

void
trestle_practice_add_delivery (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *product = trestle_practice_work_entity (work, change->id);
  JsonArray *versions = get_array (product->doc, "Versions");
  JsonObject *sent = json_array_get_object_element (get_array (change->details, "DeliveryOptions"),
                                                    0);
  JsonObject *details = get_object (sent, "Details");
  JsonObject *content = get_content (details);
  const char *arn = get_text (content, g_str_equal (get_kind (details), MODEL)
                                           ? "SageMakerModelPackageArn"
                                           : "SageMakerAlgorithmArn");
  g_autoptr (JsonObject) package = NULL;
  g_autoptr (JsonObject) supported = NULL;
  JsonObject *version;

  if (!check_status (change, product))
    return;
  check_title (change, versions, get_text (get_object (change->details, "Version"), "VersionTitle"),
               NULL);
  if (array_length (versions) > 0
      && is_algorithm_arn (get_source_arn (json_array_get_object_element (versions, 0)))
             != is_algorithm_arn (arn))
    trestle_practice_change_error (change, "INCOMPATIBLE_DELIVERY_OPTIONS",
                                   "The product's first version decided between model packages and"
                                   " algorithms; %s is the other kind.",
                                   arn);
  for (guint i = 0; i < array_length (versions); i++)
    if (g_strcmp0 (get_source_arn (json_array_get_object_element (versions, i)), arn) == 0)
      trestle_practice_change_error (change, "DUPLICATE_ASSET",
                                     "%s is a version of this product already.", arn);
  check_role (work, change, get_text (content, "AccessRoleArn"), is_algorithm_arn (arn));
  package = find_asset (work, change, arn);
  if (package == NULL)
    return;
  supported = make_supported (package);
  check_recommended (change, content, supported);
  version = make_version (work, change, arn, supported,
                          trestle_practice_entity_get_visibility (product));
  write_usage (get_option (version), content);
  if (versions == NULL)
    {
      versions = json_array_new ();
      json_object_set_array_member (product->doc, "Versions", versions);
    }
  json_array_add_object_element (versions, version);
  trestle_practice_generate_dimensions (product);
  trestle_practice_check_new_dimensions (work, change, product);
}

static JsonObject *
find_version (JsonArray *versions, const char *option_id)
{
  for (guint i = 0; i < array_length (versions); i++)
    {
      JsonObject *version = json_array_get_object_element (versions, i);

      if (g_strcmp0 (get_text (get_option (version), "Id"), option_id) == 0)
        return version;
    }
  return NULL;
}

static void
update_names (TrestlePracticeChange *change, JsonArray *versions, JsonObject *version)
{
  JsonObject *sent = get_object (change->details, "Version");
  const char *title = sent != NULL ? get_text (sent, "VersionTitle") : NULL;

  if (sent == NULL)
    return;
  if (title != NULL && g_strcmp0 (title, get_text (version, "VersionTitle")) != 0)
    {
      guint before = json_array_get_length (change->errors);

      check_title (change, versions, title, version);
      if (json_array_get_length (change->errors) == before)
        trestle_practice_change_error (change, "FIELD_NOT_ALLOWED_TO_CHANGE",
                                       "Version.VersionTitle cannot be changed.");
    }
  if (get_text (sent, "ReleaseNotes") != NULL)
    json_object_set_string_member (version, "ReleaseNotes", get_text (sent, "ReleaseNotes"));
}

void
trestle_practice_update_delivery (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *product = trestle_practice_work_entity (work, change->id);
  JsonArray *versions = get_array (product->doc, "Versions");
  JsonArray *list = get_array (change->details, "DeliveryOptions");
  JsonObject *sent = array_length (list) > 0 ? json_array_get_object_element (list, 0) : NULL;
  JsonObject *details = sent != NULL ? get_object (sent, "Details") : NULL;
  const char *id = sent != NULL ? get_text (sent, "Id") : NULL;
  JsonObject *version = NULL;
  JsonObject *option;

  if (!check_status (change, product))
    return;
  if (id != NULL)
    version = find_version (versions, id);
  else if (array_length (versions) == 1)
    version = json_array_get_object_element (versions, 0);
  if (version == NULL)
    {
      trestle_practice_change_error (change, "INVALID_DELIVERY_OPTION_ID",
                                     "DeliveryOptions[0].Id: the product has no delivery option"
                                     " %s.",
                                     id != NULL ? id : "without an Id");
      return;
    }
  option = get_option (version);
  if (g_strcmp0 (get_text (option, "Visibility"), "Restricted") == 0)
    trestle_practice_change_error (change, "INCOMPATIBLE_DELIVERY_OPTION_STATUS",
                                   "The delivery option %s is Restricted.",
                                   get_text (option, "Id"));
  update_names (change, versions, version);
  if (details == NULL)
    return;
  if (!g_str_equal (get_kind (details),
                    is_algorithm_arn (get_source_arn (version)) ? ALGORITHM : MODEL))
    {
      trestle_practice_change_error (change, "INCOMPATIBLE_DELIVERY_OPTIONS",
                                     "The delivery option %s is the other kind of resource.",
                                     get_text (option, "Id"));
      return;
    }
  check_recommended (change, get_content (details), get_object (option, "SupportedInstanceTypes"));
  write_usage (option, get_content (details));
}

void
trestle_practice_restrict_delivery (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *product = trestle_practice_work_entity (work, change->id);
  JsonArray *versions = get_array (product->doc, "Versions");
  JsonArray *ids = get_array (change->details, "DeliveryOptionIds");
  guint left = 0;

  if (!check_status (change, product))
    return;
  if (array_length (ids) == 0)
    trestle_practice_change_error (change, "MISSING_DELIVERY_OPTION_IDS",
                                   "DeliveryOptionIds are missing.");
  for (guint i = 0; i < array_length (ids); i++)
    {
      const char *id = json_array_get_string_element (ids, i);
      JsonObject *version = find_version (versions, id);
      JsonObject *option = version != NULL ? get_option (version) : NULL;

      if (option == NULL)
        trestle_practice_change_error (change, "INVALID_DELIVERY_OPTION_IDS",
                                       "DeliveryOptionIds[%u]: the product has no delivery option"
                                       " %s.",
                                       i, id);
      else if (g_strcmp0 (get_text (option, "Visibility"), "Public") != 0)
        trestle_practice_change_error (change, "INVALID_DELIVERY_OPTION_STATUS",
                                       "DeliveryOptionIds[%u]: %s is %s; only Public ones can be"
                                       " restricted.",
                                       i, id, get_text (option, "Visibility"));
      else
        json_object_set_string_member (option, "Visibility", "Restricted");
    }
  for (guint i = 0; i < array_length (versions); i++)
    if (g_strcmp0 (
            get_text (get_option (json_array_get_object_element (versions, i)), "Visibility"),
            "Restricted")
        != 0)
      left++;
  if (left == 0 && array_length (ids) > 0)
    trestle_practice_change_error (change, "ALL_DELIVERY_OPTIONS_RESTRICTED",
                                   "One delivery option has to remain. To take the product off the"
                                   " market use UpdateVisibility.");
}
