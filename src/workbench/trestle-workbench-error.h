/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRESTLE_WORKBENCH_ERROR (trestle_workbench_error_quark ())

/**
 * TrestleWorkbenchError:
 * @TRESTLE_WORKBENCH_ERROR_NOT_FOUND: no listing, version, endpoint or account of that name
 * @TRESTLE_WORKBENCH_ERROR_AMBIGUOUS: several have that name
 * @TRESTLE_WORKBENCH_ERROR_ALREADY_SUBSCRIBED: there is an active agreement
 * @TRESTLE_WORKBENCH_ERROR_NOT_SUBSCRIBED: there is none
 * @TRESTLE_WORKBENCH_ERROR_ARN_NEEDED: no public API tells the ARN: open the Configure page, paste it
 * @TRESTLE_WORKBENCH_ERROR_INPUT: refused before it was sent: too large, wrong type, bad name
 * @TRESTLE_WORKBENCH_ERROR_NO_ROLE: no role that SageMaker may assume
 * @TRESTLE_WORKBENCH_ERROR_FAILED: AWS ended it with a reason (an endpoint that went to Failed)
 * @TRESTLE_WORKBENCH_ERROR_PRACTICE: the practice account could not be started or reached
 */
typedef enum
{
  TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
  TRESTLE_WORKBENCH_ERROR_AMBIGUOUS,
  TRESTLE_WORKBENCH_ERROR_ALREADY_SUBSCRIBED,
  TRESTLE_WORKBENCH_ERROR_NOT_SUBSCRIBED,
  TRESTLE_WORKBENCH_ERROR_ARN_NEEDED,
  TRESTLE_WORKBENCH_ERROR_INPUT,
  TRESTLE_WORKBENCH_ERROR_NO_ROLE,
  TRESTLE_WORKBENCH_ERROR_FAILED,
  TRESTLE_WORKBENCH_ERROR_PRACTICE,
} TrestleWorkbenchError;

GQuark trestle_workbench_error_quark (void);

/**
 * TrestleProblem:
 * @title: what happened: "Could not deploy “iris”"
 * @body: why and what to do next, whole sentences
 * @details: (nullable): service, operation, AWS code, request id, for "Copy Details"; redacted
 * @action: (nullable): the IAM action that is missing, "sagemaker:CreateEndpoint"
 * @retryable: whether the same may work when tried again
 *
 * An error of any room in words for a person. The window and the command line show the same.
 */
typedef struct
{
  char *title;
  char *body;
  char *details;
  char *action;
  gboolean retryable;
} TrestleProblem;

/**
 * trestle_problem_new:
 * @what: what was being done: "deploy “iris”", "load the catalogue"
 * @error: why it did not work
 */
TrestleProblem *trestle_problem_new (const char *what, const GError *error);
void trestle_problem_free (TrestleProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleProblem, trestle_problem_free)

G_END_DECLS
