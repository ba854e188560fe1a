/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-parts.h"

G_BEGIN_DECLS

/**
 * TrestleDeploy:
 * @config: of the attempt under way
 * @type: likewise
 * @made_config: whether there is something to undo
 * @uncertain: whether a call was lost and could not be asked for
 * @attempt: its entry in the journal
 * @first: the entry of the first attempt, before which nothing was made
 *
 * A deployment under way: what its two files share.
 */
typedef struct
{
  TrestleEndpoints *endpoints;
  TrestleContext *context;
  TrestleDeployPlan *plan;
  TrestleTask *task;
  TrestleStep *model_step;
  TrestleStep *config_step;
  TrestleStep *endpoint_step;
  char *role;
  char *config;
  char *type;
  gboolean made_model;
  gboolean made_config;
  gboolean made_endpoint;
  gboolean uncertain;
  gint64 begun;
  gint64 delete_by;
  gint64 attempt;
  gint64 first;
} TrestleDeploy;

typedef enum
{
  TRESTLE_ATTEMPT_DONE,
  TRESTLE_ATTEMPT_FAILED,
  TRESTLE_ATTEMPT_NO_CAPACITY,
} TrestleAttempt;

/* The steps of an attempt; from the deployment's fiber only. */
gboolean trestle_deploy_make_config (TrestleDeploy *self, GError **error);
gboolean trestle_deploy_make_endpoint (TrestleDeploy *self, GError **error);
TrestleAttempt trestle_deploy_wait (TrestleDeploy *self, GError **error);

G_END_DECLS
