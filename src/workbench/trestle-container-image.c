/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "base/trestle-redact.h"
#include "domain/trestle-container-rules.h"
#include "domain/trestle-limits.h"
#include "domain/trestle-log-event.h"
#include "domain/trestle-values.h"
#include "workbench/trestle-archive.h"
#include "workbench/trestle-container-engine.h"
#include "workbench/trestle-image-archive.h"
#include "workbench/trestle-workbench-error.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* An image, run as SageMaker runs it. */

static const TrestleContainerCheckId still_checks[] = {
  TRESTLE_CHECK_PLATFORM,   TRESTLE_CHECK_ENTRY_POINT, TRESTLE_CHECK_PORTS,
  TRESTLE_CHECK_IMAGE_SIZE, TRESTLE_CHECK_CREDENTIALS, TRESTLE_CHECK_WEIGHTS,
};

static void
judge_facts (TrestleContainerRun *self, TrestleImageFacts *facts)
{
  for (guint i = 0; i < G_N_ELEMENTS (still_checks); i++)
    {
      g_autoptr (TrestleContainerCheck) check = trestle_image_facts_judge (facts, still_checks[i]);

      if (check != NULL)
        g_list_store_splice (self->checks, still_checks[i], 1, (gpointer *) &check, 1);
      else
        trestle_container_skip (self, still_checks[i], g_strdup (facts->unread));
    }
  self->image_size = facts->size;
  self->image_layers = facts->layers;
}

static void
judge_archive (TrestleContainerRun *self, TrestleImageFacts *facts)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_ARCHIVE;
  g_autoptr (TrestleContainerCheck) check = trestle_image_facts_judge (facts, id);

  if (check != NULL)
    g_list_store_splice (self->checks, id, 1, (gpointer *) &check, 1);
}

gboolean
trestle_container_check_archive (TrestleContainerRun *self, GError **error)
{
  g_autoptr (TrestleImageFacts) facts = NULL;

  trestle_container_begin (self, TRESTLE_CHECK_PLATFORM);
  facts = dex_await_boxed (trestle_image_archive_read (
                               trestle_container_plan_get_target (self->plan), self->cancellable),
                           error);
  if (facts == NULL)
    return self->stopped;
  judge_facts (self, facts);
  judge_archive (self, facts);
  trestle_container_check_vulnerabilities (self, TRUE);
  return TRUE;
}

/* The engine's own description of the image, and its history. */
static gboolean
look_at_image (TrestleContainerRun *self, GError **error)
{
  const char *name = trestle_container_plan_get_target (self->plan);
  g_autofree char *escaped = g_uri_escape_string (name, "/:@", FALSE);
  g_autofree char *path = g_strdup_printf ("/images/%s/json", escaped);
  g_autofree char *history_path = g_strdup_printf ("/images/%s/history", escaped);
  g_autoptr (TrestleImageFacts) facts = trestle_image_facts_new ();
  g_autoptr (JsonNode) image = NULL;
  g_autoptr (JsonNode) history = NULL;
  JsonObject *object, *root;
  JsonNode *layers;

  image = trestle_container_engine_json (self->container_engine, path, error);
  if (image == NULL && error != NULL
      && g_error_matches (*error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND))
    {
      g_clear_error (error);
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                   _ ("%s has no image “%s”: build it, or pull it first"), self->engine, name);
    }
  if (image == NULL)
    return FALSE;
  history = trestle_container_engine_json (self->container_engine, history_path, NULL);
  trestle_image_facts_add_config (facts, image);
  trestle_image_facts_add_config (facts, history);
  facts->unread = g_strdup (_ ("Files in layers are looked at where the archive is checked that "
                               "“docker save” writes."));
  object = JSON_NODE_HOLDS_OBJECT (image) ? json_node_get_object (image) : NULL;
  if (object != NULL)
    {
      facts->size = json_object_get_int_member_with_default (object, "Size", -1);
      root = json_object_has_member (object, "RootFS")
                     && JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "RootFS"))
                 ? json_object_get_object_member (object, "RootFS")
                 : NULL;
      layers = root != NULL ? json_object_get_member (root, "Layers") : NULL;
      if (layers != NULL && JSON_NODE_HOLDS_ARRAY (layers))
        facts->layers = json_array_get_length (json_node_get_array (layers));
    }
  judge_facts (self, facts);
  trestle_container_skip (self, TRESTLE_CHECK_ARCHIVE, g_strdup (facts->unread));
  trestle_container_check_vulnerabilities (self, FALSE);
  return TRUE;
}

typedef struct
{
  char *path;
  char *folder;
  GCancellable *cancellable;
} Unpack;

static void
unpack_free (gpointer data)
{
  Unpack *self = data;

  g_free (self->path);
  g_free (self->folder);
  g_object_unref (self->cancellable);
  g_free (self);
}

static DexFuture *
unpack_fiber (gpointer data)
{
  Unpack *self = data;
  g_autoptr (GError) error = NULL;

  return trestle_archive_unpack (self->path, self->folder, self->cancellable, &error)
             ? dex_future_new_true ()
             : trestle_future_error (error);
}

static gboolean
unpack (TrestleContainerRun *self, const char *path, const char *folder, GError **error)
{
  Unpack *unpack = g_new0 (Unpack, 1);

  unpack->path = g_strdup (path);
  unpack->folder = g_strdup (folder);
  unpack->cancellable = g_object_ref (self->cancellable);
  return dex_await (trestle_pool_spawn (unpack_fiber, unpack, unpack_free), error);
}

char *
trestle_container_scratch (TrestleContainerRun *self, const char *name)
{
  char *path;

  if (self->scratch == NULL)
    {
      /* The engine has to find it by the same name; a Flatpak’s /tmp is its own. */
      const char *below = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS)
                              ? g_get_user_cache_dir ()
                              : g_get_tmp_dir ();
      g_autofree char *template = g_build_filename (below, "trestle-check-XXXXXX", NULL);

      if (g_mkdtemp (template) == NULL)
        return NULL;
      self->scratch = g_steal_pointer (&template);
    }
  /* Whoever the container runs as has to come in. */
  g_chmod (self->scratch, 0755);
  path = g_build_filename (self->scratch, name, NULL);
  g_mkdir (path, 0755);
  return path;
}

/* The folder that is mounted as /opt/ml/model; NULL where the image brings its model. */
static gboolean
prepare_model (TrestleContainerRun *self, GError **error)
{
  const char *model = trestle_container_plan_get_model (self->plan);
  g_autoptr (TrestleImageFacts) facts = NULL;

  if (model == NULL)
    return TRUE;
  if (g_file_test (model, G_FILE_TEST_IS_DIR))
    {
      self->model = g_canonicalize_filename (model, NULL);
      return TRUE;
    }
  facts = dex_await_boxed (trestle_model_archive_read (model, self->cancellable), error);
  if (facts == NULL)
    return FALSE;
  judge_archive (self, facts);
  if (facts->strays->len > 0)
    {
      g_set_error (
          error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
          _ ("The model’s archive has members that leave its folder, such as %s: it is not "
             "unpacked"),
          (char *) facts->strays->pdata[0]);
      return FALSE;
    }
  self->model = trestle_container_scratch (self, "model");
  return unpack (self, model, self->model, error);
}

char *
trestle_container_make (TrestleContainerRun *self,
                        const char *model,
                        const char *const *environment,
                        GError **error)
{
  g_autofree char *bind = model != NULL ? g_strdup_printf ("%s:/opt/ml/model:ro", model) : NULL;
  const char *const binds[] = { bind, NULL };

  return trestle_container_engine_create (self->container_engine,
                                          trestle_container_plan_get_target (self->plan), "serve",
                                          binds, environment, error);
}

void
trestle_container_say_logs (TrestleContainerRun *self, const char *id)
{
  g_autofree char *text = trestle_container_engine_logs (self->container_engine, id);
  g_autofree char *clean = trestle_redact (text);
  g_auto (GStrv) lines = g_strsplit (clean, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      trestle_container_say (self, trestle_log_level_guess (*line),
                             g_strdup_printf ("│ %s", *line));
}

/* Called by trestle_container_part_ready() between two questions. */
gboolean
trestle_container_is_alive (TrestleContainerRun *self, char **how, GError **error)
{
  TrestleContainerState state;
  g_autoptr (GError) reason = NULL;

  *how = NULL;
  if (self->container == NULL)
    return TRUE;
  if (!trestle_container_engine_state (self->container_engine, self->container, &state, &reason))
    {
      if (trestle_error_is_cancelled (reason))
        g_propagate_error (error, g_steal_pointer (&reason));
      return TRUE;
    }
  if (!state.running)
    *how = g_strdup_printf (_ ("It ended with status %d."), state.exit_code);
  return state.running;
}

/* What the kernel counted in the container's network: packets that had nowhere to go. */
static gint64
count_attempts (gint64 pid)
{
  static const char *const files[] = { "snmp", "snmp6" };
  gint64 attempts = -1;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/net/%s", pid, files[i]);
      g_autofree char *text = NULL;
      gint64 n;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        continue;
      n = trestle_container_count_unroutable (text);
      if (n >= 0)
        attempts = MAX (attempts, 0) + n;
    }
  return attempts;
}

static void
judge_network (TrestleContainerRun *self, gint64 pid)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_NETWORK;
  gint64 attempts = count_attempts (pid);
  char *figure = g_strdup_printf (
      ngettext ("%d attempt", "%d attempts", (gulong) MAX (attempts, 0)), (int) attempts);

  if (attempts > 0)
    trestle_container_fail (self, id, g_strdup (_ ("Tries to reach the network")), figure,
                            g_strdup (_ ("A name was looked up or a connection was tried.")));
  else if (attempts == 0)
    trestle_container_pass (self, id, g_strdup (_ ("Network off")), figure,
                            g_strdup (_ ("No name look-up, no connection tried.")));
  else
    {
      g_free (figure);
      trestle_container_pass (
          self, id, g_strdup (_ ("Network off")), NULL,
          g_strdup (_ ("It works without one; attempts could not be counted.")));
    }
}

static void
judge_writes (TrestleContainerRun *self)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_WRITES;
  g_autofree char *path = g_strdup_printf ("/containers/%s/changes", self->container);
  g_autoptr (JsonNode) node = trestle_container_engine_json (self->container_engine, path, NULL);
  g_autoptr (GPtrArray) writes = NULL;

  if (node == NULL)
    {
      trestle_container_skip (self, id, g_strdup (_ ("The engine does not tell.")));
      return;
    }
  writes = trestle_container_find_writes (node);
  if (writes->len == 0)
    {
      trestle_container_pass (self, id, NULL, NULL, NULL);
      return;
    }
  g_ptr_array_add (writes, NULL);
  trestle_container_fail (
      self, id, g_strdup (_ ("Writes outside of /tmp")),
      g_strdup_printf (ngettext ("%u file", "%u files", writes->len - 1), writes->len - 1),
      g_strjoinv ("\n", (char **) writes->pdata));
}

static void
judge_memory (TrestleContainerRun *self)
{
  g_autofree char *path = g_strdup_printf ("/containers/%s/stats?stream=false&one-shot=true",
                                           self->container);
  g_autoptr (JsonNode) node = trestle_container_engine_json (self->container_engine, path, NULL);
  JsonNode *memory = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                         ? json_object_get_member (json_node_get_object (node), "memory_stats")
                         : NULL;

  if (memory == NULL || !JSON_NODE_HOLDS_OBJECT (memory))
    return;
  self->memory_peak = MAX (
      json_object_get_int_member_with_default (json_node_get_object (memory), "max_usage", 0),
      json_object_get_int_member_with_default (json_node_get_object (memory), "usage", 0));
  if (self->memory_peak == 0)
    self->memory_peak = -1;
}

typedef struct
{
  TrestleContainerEngine *engine;
  char *path;
} Ending;

static void
ending_free (gpointer data)
{
  Ending *self = data;

  g_object_unref (self->engine);
  g_free (self->path);
  g_free (self);
}

static DexFuture *
end_fiber (gpointer data)
{
  Ending *self = data;
  guint msec = (guint) (trestle_limit (TRESTLE_LIMIT_STOP_SECONDS) + 15) * 1000;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleLocalAnswer)
      answer = trestle_container_engine_ask (self->engine, "POST", self->path, NULL, msec, &error);

  return answer != NULL ? dex_future_new_true () : trestle_future_error (error);
}

/* As SageMaker does it; who does not want to wait for that stops the check. */
static void
judge_stop (TrestleContainerRun *self)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_STOP;
  gint64 begun = g_get_monotonic_time ();
  Ending *ending = g_new0 (Ending, 1);
  TrestleContainerState state = { 0 };
  gboolean ended;

  trestle_container_begin (self, id);
  ending->engine = g_object_ref (self->container_engine);
  ending->path = g_strdup_printf ("/containers/%s/stop?t=%d", self->container,
                                  (int) trestle_limit (TRESTLE_LIMIT_STOP_SECONDS));
  ended = dex_await (dex_future_first (trestle_fiber_spawn (end_fiber, ending, ending_free),
                                       dex_ref (self->stop), NULL),
                     NULL);
  if (self->stopped)
    return;
  self->stop_time = g_get_monotonic_time () - begun;
  if (!ended
      || !trestle_container_engine_state (self->container_engine, self->container, &state, NULL)
      || state.running || state.exit_code == 137)
    trestle_container_fail (self, id, g_strdup (_ ("Does not stop on SIGTERM")),
                            trestle_container_format_time (self->stop_time),
                            g_strdup (_ ("It had to be killed.")));
  else
    trestle_container_pass (self, id, NULL, trestle_container_format_time (self->stop_time), NULL);
}

void
trestle_container_remove (TrestleContainerRun *self)
{
  if (self->container == NULL)
    return;
  if (self->way != NULL)
    trestle_container_engine_remove (self->container_engine, self->way);
  g_clear_pointer (&self->way, g_free);
  trestle_container_say_logs (self, self->container);
  trestle_container_engine_remove (self->container_engine, self->container);
  g_clear_pointer (&self->container, g_free);
}

/* Starts it, asks it everything, stops it. What it leaves is removed by the caller. */
static gboolean
serve (TrestleContainerRun *self, GError **error)
{
  TrestleContainerState state = { 0 };
  g_autofree char *how = NULL;
  g_autoptr (GError) reason = NULL;

  trestle_container_begin (self, TRESTLE_CHECK_STARTS);
  self->container = trestle_container_make (self, self->model, NULL, error);
  if (self->container == NULL)
    return FALSE;
  self->begun_serving = g_get_monotonic_time ();
  if (!trestle_container_engine_start (self->container_engine, self->container, &reason))
    {
      trestle_container_fail (self, TRESTLE_CHECK_STARTS, g_strdup (_ ("Does not start")), NULL,
                              g_strdup (reason->message));
      return TRUE;
    }
  if (!trestle_container_engine_state (self->container_engine, self->container, &state, error))
    return FALSE;
  if (!state.running)
    {
      trestle_container_fail (self, TRESTLE_CHECK_STARTS,
                              g_strdup (_ ("Ends as soon as it has started")), NULL,
                              g_strdup_printf (_ ("It ended with status %d."), state.exit_code));
      return TRUE;
    }
  if (!trestle_container_enter (self, &reason))
    {
      if (trestle_container_is_alive (self, &how, NULL))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      trestle_container_fail (self, TRESTLE_CHECK_STARTS,
                              g_strdup (_ ("Ends as soon as it has started")), NULL,
                              g_steal_pointer (&how));
      return TRUE;
    }
  self->started_here = TRUE;
  if (!trestle_container_run_served (self, error))
    return FALSE;
  if (self->stopped
      || !trestle_container_has (self, TRESTLE_CHECK_READY, TRESTLE_CHECK_STATE_PASSED))
    return TRUE;
  judge_network (self, state.pid);
  judge_memory (self);
  judge_writes (self);
  if (self->model != NULL)
    trestle_container_pass (self, TRESTLE_CHECK_MODEL_FOLDER, NULL,
                            g_strdup (_ ("mounted read-only")), NULL);
  else
    trestle_container_skip (self, TRESTLE_CHECK_MODEL_FOLDER,
                            g_strdup (_ ("The image brings its model.")));
  judge_stop (self);
  return TRUE;
}

gboolean
trestle_container_check_image (TrestleContainerRun *self, GError **error)
{
  gboolean done;

  self->container_engine = trestle_container_engine_open (error);
  if (self->container_engine == NULL)
    return FALSE;
  self->engine = g_strdup (trestle_container_engine_get_name (self->container_engine));
  trestle_container_engine_sweep (self->container_engine);
  done = look_at_image (self, error) && prepare_model (self, error)
         && trestle_container_check_training (self, error);
  if (done && !self->stopped
      && !trestle_container_has (self, TRESTLE_CHECK_TRAINING, TRESTLE_CHECK_STATE_FAILED))
    {
      done = serve (self, error);
      trestle_container_remove (self);
      if (done && !self->stopped
          && trestle_container_has (self, TRESTLE_CHECK_READY, TRESTLE_CHECK_STATE_PASSED))
        done = trestle_container_check_batch (self, error)
               && trestle_container_check_no_model (self, error);
    }
  trestle_container_remove (self);
  return done || self->stopped;
}
