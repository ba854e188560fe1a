/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "domain/trestle-deploy-plan.h"

G_BEGIN_DECLS

typedef enum /*< enum >*/
{
  TRESTLE_TASK_STATE_WAITING,
  TRESTLE_TASK_STATE_RUNNING,
  TRESTLE_TASK_STATE_DONE,
  TRESTLE_TASK_STATE_FAILED,
  TRESTLE_TASK_STATE_UNDONE, /* stopped or failed, and what it had made is deleted again */
} TrestleTaskState;

/**
 * TrestleStep:
 *
 * One row of a timeline. Properties, all notified on the main thread: "title" (string), "detail"
 * (string, nullable), "state" (#TrestleTaskState), "started" and "ended" (int64 µs, 0: not yet).
 */
#define TRESTLE_TYPE_STEP (trestle_step_get_type ())
G_DECLARE_FINAL_TYPE (TrestleStep, trestle_step, TRESTLE, STEP, GObject)

TrestleStep *trestle_step_new (const char *title);
const char *trestle_step_get_title (TrestleStep *self);
const char *trestle_step_get_detail (TrestleStep *self);
TrestleTaskState trestle_step_get_state (TrestleStep *self);
gint64 trestle_step_get_started (TrestleStep *self);
gint64 trestle_step_get_ended (TrestleStep *self);
void trestle_step_set_state (TrestleStep *self, TrestleTaskState state);
void trestle_step_set_detail (TrestleStep *self, const char *detail);

/**
 * TrestleTask:
 *
 * Something that changes things at AWS and goes on whether or not a page watches it: subscribing,
 * deploying, tearing down. The session keeps it until it ends. Properties: "title", "subject"
 * (endpoint or listing name), "state", "steps" (#GListModel of #TrestleStep), "error" (#GError
 * boxed, nullable), "result" (#GObject, nullable), "started", "ended", "can-stop" (boolean).
 */
#define TRESTLE_TYPE_TASK (trestle_task_get_type ())
G_DECLARE_FINAL_TYPE (TrestleTask, trestle_task, TRESTLE, TASK, GObject)

TrestleTask *trestle_task_new (const char *title, const char *subject);
const char *trestle_task_get_title (TrestleTask *self);
const char *trestle_task_get_subject (TrestleTask *self);
TrestleTaskState trestle_task_get_state (TrestleTask *self);
GListModel *trestle_task_get_steps (TrestleTask *self);
const GError *trestle_task_get_error (TrestleTask *self);
gint64 trestle_task_get_started (TrestleTask *self);
gint64 trestle_task_get_ended (TrestleTask *self);

/** trestle_task_get_result: Returns: (transfer none) (nullable): what it made, by flow */
gpointer trestle_task_get_result (TrestleTask *self);

/** trestle_task_get_plan: Returns: (transfer none) (nullable): what it deploys; %NULL where it does something else */
TrestleDeployPlan *trestle_task_get_plan (TrestleTask *self);

/** trestle_task_wait: Returns: (transfer full): resolves to the result object (or TRUE) when done; rejects with the error */
DexFuture *trestle_task_wait (TrestleTask *self);

/** trestle_task_stop: asks it to stop and undo; "can-stop" says whether it may be asked */
void trestle_task_stop (TrestleTask *self);
gboolean trestle_task_get_can_stop (TrestleTask *self);
gboolean trestle_task_is_stopping (TrestleTask *self);

/* For flows. */
TrestleStep *trestle_task_add_step (TrestleTask *self, const char *title); /* (transfer none) */
void trestle_task_set_plan (TrestleTask *self, TrestleDeployPlan *plan);
void trestle_task_set_can_stop (TrestleTask *self, gboolean can_stop);
void trestle_task_finish (TrestleTask *self, gpointer result);
void
trestle_task_fail (TrestleTask *self, GError *error, gboolean undone); /* (transfer full) error */

G_END_DECLS
