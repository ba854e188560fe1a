/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-validation.h"

#include <string.h>

#include "practice/trestle-practice-archive.h"
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
  g_ptr_array_unref (self->transform.files);
  g_ptr_array_unref (self->transform.outputs);
  g_ptr_array_unref (self->transform.log);
  g_free (self->transform.reason);
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

/* "s3://BUCKET/KEY" */
static gboolean
split_uri (const char *uri, char **bucket, char **key)
{
  const char *at = g_str_has_prefix (uri, "s3://") ? uri + strlen ("s3://") : NULL;
  gsize length = at != NULL ? strcspn (at, "/") : 0;

  *bucket = at != NULL ? g_strndup (at, length) : NULL;
  *key = at != NULL ? g_strdup (at[length] == '/' ? at + length + 1 : "") : NULL;
  return length > 0;
}

static gboolean
role_may (TrestlePracticeWorld *world, TrestlePracticeValidation *self, const char *action)
{
  return trestle_practice_role_allows (world->catalogue, self->account, self->role, action);
}

static gboolean
owns (TrestlePracticeWorld *world, TrestlePracticeValidation *self, const char *bucket)
{
  g_autofree char *owner = trestle_practice_s3_dup_owner (world->state, bucket);

  return g_strcmp0 (owner, self->account) == 0;
}

static char *
check_image (TrestlePracticeWorld *world, TrestlePracticeValidation *self, const char *image)
{
  g_auto (TrestlePracticeImageName) name = { 0 };

  trestle_practice_image_name_parse (&name, image);
  if (g_strcmp0 (name.account, self->account) != 0)
    return g_strdup_printf (
        "ClientError: Access denied for registry: %s. Please check that image %s"
        " is in the private registry of account %s.",
        name.account, image, self->account);
  if (!role_may (world, self, "ecr:BatchGetImage"))
    return g_strdup_printf ("ClientError: The role \"%s\" does not have"
                            " \"ecr:BatchGetImage\" permissions for image %s.",
                            self->role, image);
  return NULL;
}

static char *
load_model_data (TrestlePracticeWorld *world, TrestlePracticeValidation *self)
{
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  if (!split_uri (self->model_data_url, &bucket, &key))
    return g_strdup_printf ("ClientError: The model data URL %s is not an S3 URL.",
                            self->model_data_url);
  if (!role_may (world, self, "s3:GetObject") || !owns (world, self, bucket))
    return g_strdup_printf ("ClientError: Could not access model data at %s. Please ensure that the"
                            " role \"%s\" has \"s3:GetObject\" permissions and that the object is"
                            " located in %s.",
                            self->model_data_url, self->role, self->region);
  self->model_data = trestle_practice_s3_load (world->state, bucket, key);
  if (self->model_data != NULL)
    return NULL;
  return g_strdup_printf ("ClientError: Could not find model data at %s.", self->model_data_url);
}

static char *
dup_no_objects (TrestlePracticeValidation *self, const char *uri, const char *bucket)
{
  return g_strdup_printf ("ClientError: No S3 objects found under S3 URL \"%s\" given in input data"
                          " source. Please ensure that the bucket exists in the selected region"
                          " (%s), that objects exist under that S3 prefix, and that the role \"%s\""
                          " has \"s3:ListBucket\" permissions on bucket \"%s\".",
                          uri, self->region, self->role, bucket);
}

/* A manifest is a list of keys after the prefix that they share. */
static char *
load_manifest (TrestlePracticeWorld *world,
               TrestlePracticeValidation *self,
               const char *uri,
               GBytes *bytes,
               const char *channel,
               GPtrArray *files)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_parse (text, (gssize) size, NULL);
  TrestleJson root = doc != NULL ? trestle_json_root (doc) : (TrestleJson) { 0 };
  const char *prefix = doc != NULL && JSON_NODE_HOLDS_ARRAY (root.node)
                               && trestle_json_length (root) > 1
                               && JSON_NODE_HOLDS_OBJECT (trestle_json_element (root, 0).node)
                           ? trestle_json_string_or (trestle_json_element (root, 0), "prefix", NULL)
                           : NULL;

  if (prefix == NULL)
    return g_strdup_printf ("ClientError: The manifest %s is not a JSON list of a prefix and keys.",
                            uri);
  for (guint i = 1; i < trestle_json_length (root); i++)
    {
      const char *name = trestle_json_self_string (trestle_json_element (root, i));
      g_autofree char *full = g_strconcat (prefix, name, NULL);
      g_autofree char *bucket = NULL;
      g_autofree char *key = NULL;
      g_autoptr (GBytes) body = NULL;

      if (name != NULL && split_uri (full, &bucket, &key) && owns (world, self, bucket))
        body = trestle_practice_s3_load (world->state, bucket, key);
      if (body == NULL)
        return g_strdup_printf ("ClientError: The manifest %s names %s, which does not exist.", uri,
                                full);
      g_ptr_array_add (files, trestle_practice_file_new (channel, name, body));
    }
  return NULL;
}

static char *
load_files (TrestlePracticeWorld *world,
            TrestlePracticeValidation *self,
            JsonObject *holder,
            const char *channel,
            GPtrArray *files)
{
  JsonObject *data = get_object (holder, "DataSource");
  JsonObject *source = data != NULL ? get_object (data, "S3DataSource") : NULL;
  const char *uri = source != NULL ? get_text (source, "S3Uri") : "";
  g_autofree char *bucket = NULL;
  g_autofree char *prefix = NULL;
  g_autoptr (GBytes) manifest = NULL;
  g_auto (GStrv) keys = NULL;
  gsize cut;

  if (!split_uri (uri, &bucket, &prefix))
    return g_strdup ("ClientError: The practice account reads input from S3 only.");
  if (!role_may (world, self, "s3:GetObject") || !owns (world, self, bucket))
    return dup_no_objects (self, uri, bucket);
  if (g_strcmp0 (get_text (source, "S3DataType"), "ManifestFile") == 0)
    {
      manifest = trestle_practice_s3_load (world->state, bucket, prefix);
      return manifest != NULL ? load_manifest (world, self, uri, manifest, channel, files)
                              : dup_no_objects (self, uri, bucket);
    }
  keys = trestle_practice_s3_list (world->state, bucket, prefix);
  cut = strrchr (prefix, '/') != NULL ? (gsize) (strrchr (prefix, '/') - prefix) + 1 : 0;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GBytes) body = trestle_practice_s3_load (world->state, bucket, keys[i]);

      /* Tools mark folders by empty objects. */
      if (body != NULL && !g_str_has_suffix (keys[i], "/"))
        g_ptr_array_add (files, trestle_practice_file_new (channel, keys[i] + cut, body));
    }
  return files->len > 0 ? NULL : dup_no_objects (self, uri, bucket);
}

static char *
check_output (TrestlePracticeWorld *world, TrestlePracticeValidation *self, JsonObject *output)
{
  const char *uri = get_text (output, "S3OutputPath");
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  if (split_uri (uri, &bucket, &key) && owns (world, self, bucket)
      && role_may (world, self, "s3:PutObject"))
    return NULL;
  return g_strdup_printf (
      "ClientError: Unable to write to the S3 output path %s. Please ensure that"
      " the bucket exists and that the role \"%s\" has \"s3:PutObject\""
      " permissions.",
      uri, self->role);
}

static char *
load_training (TrestlePracticeWorld *world, TrestlePracticeValidation *self)
{
  JsonArray *channels = get_array (self->training, "InputDataConfig");
  JsonObject *spec = get_object (self->package, "TrainingSpecification");
  char *reason = check_image (world, self, get_text (spec, "TrainingImage"));

  for (guint i = 0; reason == NULL && i < array_length (channels); i++)
    {
      JsonObject *channel = json_array_get_object_element (channels, i);
      g_autoptr (GPtrArray) files = g_ptr_array_new ();

      reason = load_files (world, self, channel, get_text (channel, "ChannelName"), files);
      g_ptr_array_extend_and_steal (self->channels, g_steal_pointer (&files));
    }
  return reason != NULL
             ? reason
             : check_output (world, self, get_object (self->training, "OutputDataConfig"));
}

static char *
load_transform (TrestlePracticeWorld *world, TrestlePracticeValidation *self)
{
  JsonObject *definition = self->transform.definition;
  JsonArray *containers = get_array (get_object (self->package, "InferenceSpecification"),
                                     "Containers");
  JsonObject *container = json_array_get_object_element (containers, 0);
  char *reason = check_image (world, self, get_text (container, "Image"));

  self->model_data_url = g_strdup (get_text (container, "ModelDataUrl"));
  if (reason == NULL && self->model_data_url != NULL)
    reason = load_model_data (world, self);
  if (reason == NULL)
    reason = load_files (world, self, get_object (definition, "TransformInput"), NULL,
                         self->transform.files);
  return reason != NULL ? reason
                        : check_output (world, self, get_object (definition, "TransformOutput"));
}

static char *
load (TrestlePracticeWorld *world, TrestlePracticeValidation *self)
{
  JsonObject *validation = get_object (self->package, "ValidationSpecification");
  JsonObject *profile = json_array_get_object_element (get_array (validation, "ValidationProfiles"),
                                                       0);
  const TrestlePracticeImage *image = trestle_practice_packages_get_image (self->package);
  g_autofree char *refusal = NULL;
  char *reason = NULL;

  self->role = g_strdup (get_text (validation, "ValidationRole"));
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
    reason = load_training (world, self);
  if (reason == NULL && self->transform.definition != NULL)
    reason = load_transform (world, self);
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
  self->transform.files = g_ptr_array_new_with_free_func (
      (GDestroyNotify) trestle_practice_file_free);
  self->transform.outputs = g_ptr_array_new_with_free_func (
      (GDestroyNotify) trestle_practice_file_free);
  self->transform.log = g_ptr_array_new_with_free_func (g_free);
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
