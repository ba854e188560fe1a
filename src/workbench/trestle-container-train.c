/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "base/trestle-json.h"
#include "domain/trestle-container-rules.h"
#include "workbench/trestle-container-engine.h"
#include "workbench/trestle-workbench-error.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* An algorithm: it trains on the sample data, says why it cannot on bad data, and then serves its model. */

#define MOST_SECONDS 3600
#define MOST_FAILURE 1024 /* what SageMaker shows of it */

static const char *const environment[] = {
  "TRAINING_JOB_NAME=trestle-check",
  "TRAINING_JOB_ARN=arn:aws:sagemaker:us-east-1:000000000000:training-job/trestle-check",
  NULL,
};

/* The folders of @training, each a channel. */
static char **
find_channels (const char *training, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (training, 0, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *name;
  char **channels;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (training, name, NULL);

      if (*name != '.' && g_file_test (path, G_FILE_TEST_IS_DIR))
        g_strv_builder_add (builder, name);
    }
  channels = g_strv_builder_end (builder);
  if (channels[0] != NULL)
    return channels;
  g_strfreev (channels);
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
               _ ("%s has no folders: each channel of the training data is one"), training);
  return NULL;
}

static gboolean
save_object (const char *folder, const char *name, JsonObject *object, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = trestle_json_to_string (node, TRUE);
  return g_file_set_contents (path, text, -1, error);
}

/* As SageMaker does it, every value is a text. */
static JsonObject *
hyperparameters (TrestleContainerRun *self)
{
  const char *const *given = trestle_container_plan_get_hyperparameters (self->plan);
  JsonObject *object = json_object_new ();

  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (given[i], strcspn (given[i], "="));
      const char *value = strchr (given[i], '=');

      json_object_set_string_member (object, name, value != NULL ? value + 1 : "");
    }
  return object;
}

static JsonObject *
channel_config (char **channels)
{
  JsonObject *object = json_object_new ();

  for (char **channel = channels; *channel != NULL; channel++)
    {
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "TrainingInputMode", "File");
      json_object_set_string_member (one, "S3DistributionType", "FullyReplicated");
      json_object_set_string_member (one, "RecordWrapperType", "None");
      json_object_set_object_member (object, *channel, one);
    }
  return object;
}

static JsonObject *
resource_config (void)
{
  JsonObject *object = json_object_new ();
  JsonArray *hosts = json_array_new ();

  json_array_add_string_element (hosts, "algo-1");
  json_object_set_string_member (object, "current_host", "algo-1");
  json_object_set_array_member (object, "hosts", hosts);
  json_object_set_string_member (object, "network_interface_name", "eth0");
  return object;
}

/* /opt/ml as a training job finds it, below @root. */
static gboolean
lay_out (TrestleContainerRun *self, const char *root, char **channels, GError **error)
{
  static const char *const folders[] = { "input", "input/config", "input/data",
                                         "model", "output",       "output/data" };
  g_autofree char *config = g_build_filename (root, "input", "config", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (root, folders[i], NULL);

      g_mkdir (path, 0777);
      g_chmod (path, 0777);
    }
  for (char **channel = channels; *channel != NULL; channel++)
    {
      g_autofree char *path = g_build_filename (root, "input", "data", *channel, NULL);

      g_mkdir (path, 0755);
    }
  return save_object (config, "hyperparameters.json", hyperparameters (self), error)
         && save_object (config, "inputdataconfig.json", channel_config (channels), error)
         && save_object (config, "resourceconfig.json", resource_config (), error);
}

static char *
read_failure (const char *root)
{
  g_autofree char *path = g_build_filename (root, "output", "failure", NULL);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL) || length == 0)
    return NULL;
  return g_utf8_make_valid (text, (gssize) MIN (length, MOST_FAILURE));
}

/* Runs it with "train" to its end; the exit status, or -1 where it took too long or is to stop. */
static gboolean
run (TrestleContainerRun *self,
     const char *root,
     const char *data,
     char **channels,
     int *status,
     GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) binds = NULL;
  gint64 until = g_get_monotonic_time () + MOST_SECONDS * (gint64) G_USEC_PER_SEC;
  TrestleContainerState state = { .running = TRUE };
  gboolean done;

  g_strv_builder_take (builder, g_strdup_printf ("%s:/opt/ml", root));
  for (char **channel = channels; *channel != NULL; channel++)
    g_strv_builder_take (
        builder, g_strdup_printf ("%s/%s:/opt/ml/input/data/%s:ro", data, *channel, *channel));
  binds = g_strv_builder_end (builder);
  *status = -1;
  self->container = trestle_container_engine_create (
      self->container_engine, trestle_container_plan_get_target (self->plan), "train",
      (const char *const *) binds, environment, error);
  if (self->container == NULL)
    return FALSE;
  done = trestle_container_engine_start (self->container_engine, self->container, error);
  while (done && state.running && !self->stopped && g_get_monotonic_time () < until)
    done = trestle_container_wait (self, 300, error)
           && trestle_container_engine_state (self->container_engine, self->container, &state,
                                              error);
  if (done && !state.running)
    *status = state.exit_code;
  trestle_container_say_logs (self, self->container);
  trestle_container_engine_remove (self->container_engine, self->container);
  g_clear_pointer (&self->container, g_free);
  return done;
}

static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir == NULL || g_dir_read_name (dir) == NULL;
}

static gboolean
check_good (TrestleContainerRun *self, const char *training, char **channels, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_TRAINING;
  g_autofree char *root = trestle_container_scratch (self, "ml");
  g_autofree char *model = g_build_filename (root, "model", NULL);
  g_autofree char *data = g_canonicalize_filename (training, NULL);
  gint64 begun = g_get_monotonic_time ();
  char *figure;
  int status;

  trestle_container_begin (self, id);
  if (!lay_out (self, root, channels, error) || !run (self, root, data, channels, &status, error))
    return FALSE;
  figure = trestle_container_format_time (g_get_monotonic_time () - begun);
  if (status != 0)
    {
      g_autofree char *failure = read_failure (root);

      trestle_container_fail (self, id, g_strdup (_ ("Training fails on the sample data")), figure,
                              failure != NULL ? g_steal_pointer (&failure)
                              : status < 0
                                  ? g_strdup (_ ("It did not come to an end."))
                                  : g_strdup_printf (_ ("It ended with status %d."), status));
    }
  else if (is_empty (model))
    trestle_container_fail (self, id, g_strdup (_ ("Training leaves no model")), figure,
                            g_strdup (_ ("/opt/ml/model is empty.")));
  else
    {
      trestle_container_pass (self, id, NULL, figure, NULL);
      g_set_str (&self->model, model);
    }
  return TRUE;
}

static gboolean
write_bad_data (const char *bad, char **channels, GError **error)
{
  static const char nonsense[] = "\xff\xfe{[\"\x01 this is no training data\n";

  for (char **channel = channels; *channel != NULL; channel++)
    {
      g_autofree char *folder = g_build_filename (bad, *channel, NULL);
      g_autofree char *path = g_build_filename (folder, "data.csv", NULL);

      g_mkdir (folder, 0755);
      if (!g_file_set_contents (path, nonsense, sizeof nonsense - 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_bad (TrestleContainerRun *self, char **channels, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_TRAINING_FAILURE;
  g_autofree char *root = trestle_container_scratch (self, "ml-bad");
  g_autofree char *bad = trestle_container_scratch (self, "bad");
  g_autofree char *failure = NULL;
  int status;

  trestle_container_begin (self, id);
  if (!write_bad_data (bad, channels, error) || !lay_out (self, root, channels, error)
      || !run (self, root, bad, channels, &status, error))
    return FALSE;
  failure = read_failure (root);
  if (status == 0)
    trestle_container_fail (self, id, g_strdup (_ ("Bad data trains a model")),
                            g_strdup (_ ("status 0")),
                            g_strdup (_ ("With nonsense in every channel it ended well.")));
  else if (failure == NULL)
    trestle_container_fail (self, id, g_strdup (_ ("No word of why training failed")), NULL,
                            g_strdup (_ ("/opt/ml/output/failure is missing or empty.")));
  else
    trestle_container_pass (self, id, NULL, NULL, g_steal_pointer (&failure));
  return TRUE;
}

gboolean
trestle_container_check_training (TrestleContainerRun *self, GError **error)
{
  const char *training = trestle_container_plan_get_training (self->plan);
  g_auto (GStrv) channels = NULL;

  if (training == NULL)
    {
      trestle_container_skip (self, TRESTLE_CHECK_TRAINING,
                              g_strdup (_ ("It is checked as a model, not as an algorithm.")));
      trestle_container_skip (self, TRESTLE_CHECK_TRAINING_FAILURE,
                              g_strdup (_ ("It is checked as a model, not as an algorithm.")));
      return TRUE;
    }
  channels = find_channels (training, error);
  return channels != NULL && check_good (self, training, channels, error)
         && (self->stopped || check_bad (self, channels, error));
}
