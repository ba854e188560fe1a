/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-container-check.h"
#include "domain/trestle-container-ping.h"
#include "domain/trestle-container-rules.h"
#include "domain/trestle-log-event.h"
#include "store/trestle-check-store.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* A log that nobody reads to its end. */
#define MOST_LINES 5000

G_DEFINE_FINAL_TYPE (TrestleContainerRun, trestle_container_run, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PLAN,
  PROP_CHECKS,
  PROP_PINGS,
  PROP_LOG,
  PROP_RUNNING,
  PROP_RESULT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
trestle_container_run_finalize (GObject *object)
{
  TrestleContainerRun *self = TRESTLE_CONTAINER_RUN (object);

  g_clear_object (&self->plan);
  g_clear_object (&self->checks);
  g_clear_object (&self->pings);
  g_clear_object (&self->log);
  g_clear_object (&self->result);
  g_clear_object (&self->http);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_clear_pointer (&self->calls, g_array_unref);
  g_clear_object (&self->container_engine);
  g_clear_object (&self->cancellable);
  g_free (self->container);
  g_free (self->model);
  g_free (self->scratch);
  g_clear_pointer (&self->good_answer, g_bytes_unref);
  g_free (self->metering_fault);
  g_free (self->engine);
  dex_clear (&self->stop);
  G_OBJECT_CLASS (trestle_container_run_parent_class)->finalize (object);
}

static void
trestle_container_run_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleContainerRun *self = TRESTLE_CONTAINER_RUN (object);

  switch (id)
    {
    case PROP_PLAN:
      g_value_set_object (value, self->plan);
      break;
    case PROP_CHECKS:
      g_value_set_object (value, self->checks);
      break;
    case PROP_PINGS:
      g_value_set_object (value, self->pings);
      break;
    case PROP_LOG:
      g_value_set_object (value, self->log);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_RESULT:
      g_value_set_object (value, self->result);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_container_run_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  TrestleContainerRun *self = TRESTLE_CONTAINER_RUN (object);

  switch (id)
    {
    case PROP_PLAN:
      self->plan = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_container_run_class_init (TrestleContainerRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = trestle_container_run_finalize;
  object_class->get_property = trestle_container_run_get_property;
  object_class->set_property = trestle_container_run_set_property;
  properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, TRESTLE_TYPE_CONTAINER_PLAN,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                   | G_PARAM_STATIC_STRINGS);
  properties[PROP_CHECKS] = g_param_spec_object ("checks", NULL, NULL, G_TYPE_LIST_MODEL, told);
  properties[PROP_PINGS] = g_param_spec_object ("pings", NULL, NULL, G_TYPE_LIST_MODEL, told);
  properties[PROP_LOG] = g_param_spec_object ("log", NULL, NULL, G_TYPE_LIST_MODEL, told);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, told);
  properties[PROP_RESULT] = g_param_spec_object ("result", NULL, NULL,
                                                 TRESTLE_TYPE_CONTAINER_RESULT, told);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_container_run_init (TrestleContainerRun *self)
{
  self->checks = g_list_store_new (TRESTLE_TYPE_CONTAINER_CHECK);
  self->pings = g_list_store_new (TRESTLE_TYPE_CONTAINER_PING);
  self->log = g_list_store_new (TRESTLE_TYPE_LOG_EVENT);
  self->calls = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->stop = dex_promise_new ();
  self->cancellable = g_cancellable_new ();
  self->multi_record = self->steady = TRUE;
  self->ready = self->stop_time = self->image_size = self->image_layers = self->memory_peak = -1;
  for (guint i = 0; i < TRESTLE_N_CONTAINER_CHECKS; i++)
    {
      g_autoptr (TrestleContainerCheck) check = trestle_container_check_new (
          (TrestleContainerCheckId) i, TRESTLE_CHECK_STATE_WAITING, NULL, NULL, NULL);

      g_list_store_append (self->checks, check);
    }
}

/**
 * trestle_container_run_new:
 * @plan: what is checked
 *
 * Returns: (transfer full): a run that has not begun
 */
TrestleContainerRun *
trestle_container_run_new (TrestleContainerPlan *plan)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_PLAN (plan), NULL);
  return g_object_new (TRESTLE_TYPE_CONTAINER_RUN, "plan", plan, NULL);
}

static void
set_check (TrestleContainerRun *self,
           TrestleContainerCheckId id,
           TrestleCheckState state,
           char *title,
           char *figure,
           char *reason)
{
  g_autoptr (TrestleContainerCheck)
      check = trestle_container_check_new (id, state, title, figure, reason);

  g_list_store_splice (self->checks, id, 1, (gpointer *) &check, 1);
  g_free (title);
  g_free (figure);
  g_free (reason);
}

void
trestle_container_begin (TrestleContainerRun *self, TrestleContainerCheckId id)
{
  set_check (self, id, TRESTLE_CHECK_STATE_RUNNING, NULL, NULL, NULL);
}

void
trestle_container_pass (TrestleContainerRun *self,
                        TrestleContainerCheckId id,
                        char *title,
                        char *figure,
                        char *reason)
{
  set_check (self, id, TRESTLE_CHECK_STATE_PASSED, title, figure, reason);
}

void
trestle_container_fail (TrestleContainerRun *self,
                        TrestleContainerCheckId id,
                        char *title,
                        char *figure,
                        char *reason)
{
  set_check (self, id, TRESTLE_CHECK_STATE_FAILED, title, figure, reason);
}

void
trestle_container_skip (TrestleContainerRun *self, TrestleContainerCheckId id, char *reason)
{
  set_check (self, id, TRESTLE_CHECK_STATE_SKIPPED, NULL, NULL, reason);
}

gboolean
trestle_container_has (TrestleContainerRun *self,
                       TrestleContainerCheckId id,
                       TrestleCheckState state)
{
  g_autoptr (TrestleContainerCheck) check = g_list_model_get_item (G_LIST_MODEL (self->checks), id);

  return trestle_container_check_get_state (check) == state;
}

void
trestle_container_say (TrestleContainerRun *self, TrestleLogLevel level, char *text)
{
  g_autofree char *taken = text;
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (TrestleLogEvent) event = g_object_new (
      TRESTLE_TYPE_LOG_EVENT, "when", trestle_clock_now (), "message", valid, "level", level, NULL);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->log)) < MOST_LINES)
    g_list_store_append (self->log, event);
}

/* What no part has come to. */
static void
skip_rest (TrestleContainerRun *self, const char *reason)
{
  for (guint i = 0; i < TRESTLE_N_CONTAINER_CHECKS; i++)
    {
      TrestleContainerCheckId id = (TrestleContainerCheckId) i;

      if (trestle_container_has (self, id, TRESTLE_CHECK_STATE_WAITING)
          || trestle_container_has (self, id, TRESTLE_CHECK_STATE_RUNNING))
        trestle_container_skip (self, id, g_strdup (reason));
    }
}

static gboolean
read_samples (TrestleContainerRun *self, GError **error)
{
  const char *folder = trestle_container_plan_get_samples (self->plan);

  if (folder == NULL)
    return TRUE;
  self->samples = dex_await_boxed (
      trestle_container_samples_read (folder,
                                      trestle_container_plan_get_content_types (self->plan)),
      error);
  return self->samples != NULL;
}

static TrestleContainerResult *
make_result (TrestleContainerRun *self)
{
  return g_object_new (TRESTLE_TYPE_CONTAINER_RESULT, "target",
                       trestle_container_plan_get_target (self->plan), "engine", self->engine,
                       "started", self->started, "duration", g_get_monotonic_time () - self->begun,
                       "stopped", self->stopped, "checks", self->checks, "pings", self->pings,
                       "ready", self->ready, "call-median",
                       trestle_container_percentile (self->calls, 50), "call-p95",
                       trestle_container_percentile (self->calls, 95), "image-size",
                       self->image_size, "image-layers", self->image_layers, "memory-peak",
                       self->memory_peak, "stop-time", self->stop_time, NULL);
}

gboolean
trestle_container_run_served (TrestleContainerRun *self, GError **error)
{
  /* Good input first: what wrong input breaks is not to be blamed on the others. */
  static const TrestleContainerPart parts[] = {
    trestle_container_part_ready,
    trestle_container_part_ping,
    trestle_container_part_invocations,
    trestle_container_part_attributes,
    trestle_container_part_stream,
    trestle_container_part_parameters,
    trestle_container_part_multi_record,
    trestle_container_part_concurrency,
    trestle_container_part_payload,
    trestle_container_part_unknown_path,
    trestle_container_part_unsupported_type,
    trestle_container_part_invalid_input,
    trestle_container_part_recovery,
    trestle_container_part_metering,
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!parts[i](self, error))
        return self->stopped;
      if (trestle_container_has (self, TRESTLE_CHECK_READY, TRESTLE_CHECK_STATE_FAILED)
          || trestle_container_has (self, TRESTLE_CHECK_STARTS, TRESTLE_CHECK_STATE_FAILED))
        break;
    }
  return TRUE;
}

static gboolean
check_address (TrestleContainerRun *self, GError **error)
{
  self->http = trestle_local_http_new (trestle_container_plan_get_target (self->plan), error);
  self->begun_serving = g_get_monotonic_time ();
  return self->http != NULL && trestle_container_run_served (self, error);
}

/* A folder that has an image's name by chance is none. */
static gboolean
is_archive (const char *target)
{
  static const char *const names[] = { "index.json", "manifest.json" };

  if (!g_file_test (target, G_FILE_TEST_IS_DIR) || strchr (target, '/') != NULL)
    return g_file_test (target, G_FILE_TEST_EXISTS);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (target, names[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

/* An archive lies there and is not run, an image is, a program runs already. */
static gboolean
check_target (TrestleContainerRun *self, GError **error)
{
  const char *target = trestle_container_plan_get_target (self->plan);

  if (!read_samples (self, error))
    return FALSE;
  if (trestle_container_is_address (target))
    return check_address (self, error);
  if (is_archive (target))
    return trestle_container_check_archive (self, error);
  return trestle_container_check_image (self, error);
}

static const char *
why_skipped (TrestleContainerRun *self)
{
  const char *target = trestle_container_plan_get_target (self->plan);

  if (self->stopped)
    return _ ("The check was stopped.");
  if (trestle_container_has (self, TRESTLE_CHECK_READY, TRESTLE_CHECK_STATE_FAILED)
      || trestle_container_has (self, TRESTLE_CHECK_STARTS, TRESTLE_CHECK_STATE_FAILED))
    return _ ("It never became healthy.");
  if (trestle_container_has (self, TRESTLE_CHECK_TRAINING, TRESTLE_CHECK_STATE_FAILED))
    return _ ("There is no model to serve.");
  if (trestle_container_is_address (target))
    return _ ("Only where an image is checked, not a running program.");
  return self->engine == NULL ? _ ("An archive is looked at and not run.")
                              : _ ("There was nothing to look at.");
}

/* Whoever may not be removed stays, and nothing is followed out of the folder. */
static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL
                                                                    : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      remove_tree (below);
    }
  g_remove (path);
}

static DexFuture *
clean_fiber (gpointer path)
{
  remove_tree (path);
  return dex_future_new_true ();
}

static void
set_running (TrestleContainerRun *self, gboolean running)
{
  if (!running)
    dex_clear (&self->done);
  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static DexFuture *
run_fiber (gpointer data)
{
  TrestleContainerRun *self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = check_target (self, &error);

  g_clear_object (&self->http);
  g_clear_object (&self->container_engine);
  if (self->scratch != NULL)
    dex_await (trestle_pool_spawn (clean_fiber, g_steal_pointer (&self->scratch), g_free), NULL);
  if (!done)
    {
      set_running (self, FALSE);
      return trestle_future_error (error);
    }
  skip_rest (self, why_skipped (self));
  self->result = make_result (self);
  if (!self->stopped && !dex_await (trestle_check_store_save (self->result), &error))
    g_warning ("The check could not be kept: %s", error->message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESULT]);
  set_running (self, FALSE);
  return dex_future_new_take_object (g_object_ref (self->result));
}

DexFuture *
trestle_container_run_start (TrestleContainerRun *self)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_RUN (self), NULL);
  g_return_val_if_fail (self->started == 0, NULL);

  self->started = trestle_clock_now ();
  self->begun = g_get_monotonic_time ();
  set_running (self, TRUE);
  /* Kept until its end, whoever waits for it: a container has to be removed. */
  self->done = trestle_fiber_spawn (run_fiber, g_object_ref (self), g_object_unref);
  return dex_ref (self->done);
}

void
trestle_container_run_stop (TrestleContainerRun *self)
{
  g_return_if_fail (TRESTLE_IS_CONTAINER_RUN (self));

  if (!self->running || self->stopped)
    return;
  self->stopped = TRUE;
  g_cancellable_cancel (self->cancellable);
  dex_promise_resolve_boolean (self->stop, TRUE);
}

TrestleContainerPlan *
trestle_container_run_get_plan (TrestleContainerRun *self)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_RUN (self), NULL);
  return self->plan;
}

GListModel *
trestle_container_run_get_checks (TrestleContainerRun *self)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_RUN (self), NULL);
  return G_LIST_MODEL (self->checks);
}

GListModel *
trestle_container_run_get_pings (TrestleContainerRun *self)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_RUN (self), NULL);
  return G_LIST_MODEL (self->pings);
}

GListModel *
trestle_container_run_get_log (TrestleContainerRun *self)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_RUN (self), NULL);
  return G_LIST_MODEL (self->log);
}

gboolean
trestle_container_run_get_running (TrestleContainerRun *self)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_RUN (self), FALSE);
  return self->running;
}

TrestleContainerResult *
trestle_container_run_get_result (TrestleContainerRun *self)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_RUN (self), NULL);
  return self->result;
}

gboolean
trestle_container_is_address (const char *target)
{
  return strstr (target, "://") != NULL;
}
