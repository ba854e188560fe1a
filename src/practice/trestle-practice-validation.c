/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-validation.h"

#include <string.h>

#include "practice/trestle-practice-archive.h"
#include "practice/trestle-practice-job-data.h"
#include "practice/trestle-practice-packages.h"
#include "practice/trestle-practice-s3.h"
#include "practice/trestle-practice-sagemaker.h"

static void
validation_clear (gpointer data)
{
  TrestlePracticeValidation *self = data;

  g_free (self->account);
  g_free (self->region);
  g_free (self->kind);
  g_free (self->name);
  g_free (self->job);
  g_free (self->role);
  g_free (self->fault);
  g_clear_pointer (&self->package, json_object_unref);
  g_ptr_array_unref (self->channels);
  g_clear_pointer (&self->model_data, g_bytes_unref);
  g_free (self->model_data_url);
  g_clear_pointer (&self->model, g_bytes_unref);
  g_ptr_array_unref (self->training_log);
  trestle_practice_transform_clear (&self->transform);
  g_free (self->reason);
}

TrestlePracticeValidation *
trestle_practice_validation_ref (TrestlePracticeValidation *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
trestle_practice_validation_unref (TrestlePracticeValidation *self)
{
  g_atomic_rc_box_release_full (self, validation_clear);
}

static char *
check_image (const TrestlePracticeJobData *data, TrestlePracticeValidation *self, const char *image)
{
  g_auto (TrestlePracticeImageName) name = { 0 };

  trestle_practice_image_name_parse (&name, image);
  if (g_strcmp0 (name.account, self->account) != 0)
    return g_strdup_printf (
        "ClientError: Access denied for registry: %s. Please check that image %s"
        " is in the private registry of account %s.",
        name.account, image, self->account);
  if (!trestle_practice_job_may (data, "ecr:BatchGetImage"))
    return g_strdup_printf ("ClientError: The role \"%s\" does not have"
                            " \"ecr:BatchGetImage\" permissions for image %s.",
                            self->role, image);
  return NULL;
}

static char *
load_model_data (const TrestlePracticeJobData *data, TrestlePracticeValidation *self)
{
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  if (!trestle_practice_job_split (self->model_data_url, &bucket, &key))
    return g_strdup_printf ("ClientError: The model data URL %s is not an S3 URL.",
                            self->model_data_url);
  if (!trestle_practice_job_may (data, "s3:GetObject") || !trestle_practice_job_owns (data, bucket))
    return g_strdup_printf ("ClientError: Could not access model data at %s. Please ensure that the"
                            " role \"%s\" has \"s3:GetObject\" permissions and that the object is"
                            " located in %s.",
                            self->model_data_url, self->role, self->region);
  self->model_data = trestle_practice_s3_load (data->world->state, bucket, key);
  if (self->model_data != NULL)
    return NULL;
  return g_strdup_printf ("ClientError: Could not find model data at %s.", self->model_data_url);
}

static char *
load_training (const TrestlePracticeJobData *data, TrestlePracticeValidation *self)
{
  JsonArray *channels = get_array (self->training, "InputDataConfig");
  JsonObject *spec = get_object (self->package, "TrainingSpecification");
  char *reason = check_image (data, self, get_text (spec, "TrainingImage"));

  for (guint i = 0; reason == NULL && i < array_length (channels); i++)
    {
      JsonObject *channel = json_array_get_object_element (channels, i);
      g_autoptr (GPtrArray) files = g_ptr_array_new ();

      reason = trestle_practice_job_load (data, channel, get_text (channel, "ChannelName"), files);
      g_ptr_array_extend_and_steal (self->channels, g_steal_pointer (&files));
    }
  return reason != NULL ? reason
                        : trestle_practice_job_check_output (
                              data, get_object (self->training, "OutputDataConfig"));
}

static char *
load_transform (const TrestlePracticeJobData *data, TrestlePracticeValidation *self)
{
  JsonObject *definition = self->transform.definition;
  JsonArray *containers = get_array (get_object (self->package, "InferenceSpecification"),
                                     "Containers");
  JsonObject *container = json_array_get_object_element (containers, 0);
  char *reason = check_image (data, self, get_text (container, "Image"));

  self->model_data_url = g_strdup (get_text (container, "ModelDataUrl"));
  if (reason == NULL && self->model_data_url != NULL)
    reason = load_model_data (data, self);
  if (reason == NULL)
    reason = trestle_practice_job_load (data, get_object (definition, "TransformInput"), NULL,
                                        self->transform.files);
  return reason != NULL
             ? reason
             : trestle_practice_job_check_output (data, get_object (definition, "TransformOutput"));
}

static char *
load (TrestlePracticeWorld *world, TrestlePracticeValidation *self)
{
  JsonObject *validation = get_object (self->package, "ValidationSpecification");
  JsonObject *profile = json_array_get_object_element (get_array (validation, "ValidationProfiles"),
                                                       0);
  const TrestlePracticeImage *image = trestle_practice_packages_get_image (self->package);
  TrestlePracticeJobData data = { world, self->account, self->region, NULL };
  g_autofree char *refusal = NULL;
  char *reason = NULL;

  self->role = g_strdup (get_text (validation, "ValidationRole"));
  data.role = self->role;
  self->training = get_object (profile, "TrainingJobDefinition");
  self->transform.definition = get_object (profile, "TransformJobDefinition");
  self->engine = image != NULL ? image->engine : "";
  self->healthy = (image == NULL || image->healthy) && g_strcmp0 (self->fault, "ping") != 0;
  self->transform.model = trestle_practice_model_lookup (self->engine);
  if (g_strcmp0 (self->fault, "capacity") == 0)
    return g_strdup (
        "CapacityError: Unable to provision requested ML compute capacity. Please retry"
        " using a different ML instance type.");
  refusal = trestle_practice_role_dup_refusal (world->catalogue, self->account, self->role);
  if (refusal != NULL)
    return g_strconcat ("ClientError: ", refusal, NULL);
  if (self->training != NULL)
    reason = load_training (&data, self);
  if (reason == NULL && self->transform.definition != NULL)
    reason = load_transform (&data, self);
  return reason;
}

TrestlePracticeValidation *
trestle_practice_validation_load (TrestlePracticeWorld *world, gint64 now)
{
  TrestlePracticeValidation *self;
  g_autofree char *arn = NULL;
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      world->state,
      "SELECT account, region, kind, name, job, fault, step, due"
      " FROM packages WHERE due > 0 AND due <= ? AND step IN (?, ?)"
      " ORDER BY due LIMIT 1",
      "iii", now, (gint64) TRESTLE_PRACTICE_STEP_JOB, (gint64) TRESTLE_PRACTICE_STEP_LATE);

  if (!trestle_practice_next (rows))
    return NULL;
  self = g_atomic_rc_box_new0 (TrestlePracticeValidation);
  self->account = g_strdup (trestle_practice_column_text (rows, 0));
  self->region = g_strdup (trestle_practice_column_text (rows, 1));
  self->kind = g_strdup (trestle_practice_column_text (rows, 2));
  self->name = g_strdup (trestle_practice_column_text (rows, 3));
  self->job = g_strdup (trestle_practice_column_text (rows, 4));
  self->fault = g_strdup (trestle_practice_column_text (rows, 5));
  self->step = sqlite3_column_int64 (rows, 6);
  self->due = sqlite3_column_int64 (rows, 7);
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_practice_file_free);
  self->training_log = g_ptr_array_new_with_free_func (g_free);
  trestle_practice_transform_init (&self->transform);
  arn = trestle_practice_packages_dup_own_arn (self->account, self->region, self->kind, self->name);
  self->package = trestle_practice_packages_find (world->state, arn);
  self->reason = load (world, self);
  return self;
}

void
trestle_practice_validation_run (TrestlePracticeValidation *self)
{
  g_autoptr (GError) error = NULL;

  if (self->reason == NULL && self->training != NULL)
    {
      JsonNode *parameters = json_object_get_member (self->training, "HyperParameters");
      g_autofree char *text = parameters ? trestle_json_to_string (parameters, FALSE) : NULL;

      self->model = trestle_practice_training_run (self->channels, text, self->training_log,
                                                   &self->reason);
    }
  if (self->reason != NULL || self->transform.definition == NULL)
    return;
  if (self->model_data != NULL && !trestle_practice_archive_check (self->model_data, &error))
    {
      self->reason = g_strdup_printf ("ClientError: Failed to extract model data archive from URL"
                                      " \"%s\": %s. Please ensure that the object located at the"
                                      " URL is a valid tar.gz archive.",
                                      self->model_data_url, error->message);
      return;
    }
  if (!self->healthy)
    {
      self->reason = g_strdup_printf (
          "AlgorithmError: The container did not pass the ping health"
          " check: no answer 200 to GET /ping within 480 seconds. Please"
          " check CloudWatch logs for transform job %s.",
          self->job);
      return;
    }
  trestle_practice_transform_run (&self->transform);
  self->reason = g_steal_pointer (&self->transform.reason);
}
