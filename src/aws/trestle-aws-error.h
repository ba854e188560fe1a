/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRESTLE_AWS_ERROR (trestle_aws_error_quark ())

/**
 * TrestleAwsError:
 * @TRESTLE_AWS_ERROR_NETWORK: no connection, or it broke
 * @TRESTLE_AWS_ERROR_TIMEOUT: the deadline passed
 * @TRESTLE_AWS_ERROR_THROTTLED: AWS asked to slow down, and the tries are used up
 * @TRESTLE_AWS_ERROR_CREDENTIALS_MISSING: there are none, or they are incomplete
 * @TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED: sign in again
 * @TRESTLE_AWS_ERROR_ACCESS_DENIED: the identity may not do this
 * @TRESTLE_AWS_ERROR_NOT_FOUND: there is no such thing
 * @TRESTLE_AWS_ERROR_CONFLICT: taken, busy or in the wrong state
 * @TRESTLE_AWS_ERROR_VALIDATION: AWS does not take this input
 * @TRESTLE_AWS_ERROR_QUOTA: a limit of the account
 * @TRESTLE_AWS_ERROR_MODEL: the container behind an endpoint answered with an error
 * @TRESTLE_AWS_ERROR_SERVICE: AWS failed
 * @TRESTLE_AWS_ERROR_PROTOCOL: the answer could not be read
 * @TRESTLE_AWS_ERROR_CLOCK_SKEW: this computer's clock is too far off
 * @TRESTLE_AWS_ERROR_CONFIG: a configuration file, variable or endpoint cannot be used
 */
typedef enum
{
  TRESTLE_AWS_ERROR_NETWORK,
  TRESTLE_AWS_ERROR_TIMEOUT,
  TRESTLE_AWS_ERROR_THROTTLED,
  TRESTLE_AWS_ERROR_CREDENTIALS_MISSING,
  TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED,
  TRESTLE_AWS_ERROR_ACCESS_DENIED,
  TRESTLE_AWS_ERROR_NOT_FOUND,
  TRESTLE_AWS_ERROR_CONFLICT,
  TRESTLE_AWS_ERROR_VALIDATION,
  TRESTLE_AWS_ERROR_QUOTA,
  TRESTLE_AWS_ERROR_MODEL,
  TRESTLE_AWS_ERROR_SERVICE,
  TRESTLE_AWS_ERROR_PROTOCOL,
  TRESTLE_AWS_ERROR_CLOCK_SKEW,
  TRESTLE_AWS_ERROR_CONFIG,
} TrestleAwsError;

GQuark trestle_aws_error_quark (void);

/**
 * TrestleAwsErrorDetails:
 * @service: (nullable): service of the wire table, "sagemaker"
 * @operation: (nullable): "CreateEndpoint"
 * @code: (nullable): AWS's own code, "ValidationException"
 * @request_id: (nullable): what AWS support asks for
 * @status: HTTP status, 0 where no answer came
 * @body: (nullable): the modelled members of the error as compact JSON ("reason",
 *   "OriginalStatusCode" …)
 * @may_have_arrived: the call may have taken effect at AWS although no answer came
 *
 * What goes with an error of this domain; all strings belong to the error. No secret is in any.
 */
typedef struct
{
  char *service;
  char *operation;
  char *code;
  char *request_id;
  guint status;
  char *body;
  gboolean may_have_arrived;
} TrestleAwsErrorDetails;

/**
 * trestle_aws_error_new:
 * @details: (transfer none): copied
 *
 * Returns: (transfer full): an error whose message is redacted
 */
GError *trestle_aws_error_new (TrestleAwsError code,
                               const TrestleAwsErrorDetails *details,
                               const char *format,
                               ...) G_GNUC_PRINTF (3, 4);

/**
 * trestle_aws_error_details:
 *
 * Returns: (transfer none) (nullable): the details of @error where it is of this domain
 */
const TrestleAwsErrorDetails *trestle_aws_error_details (const GError *error);

/**
 * trestle_aws_error_classify:
 * @aws_code: (nullable): AWS's code without namespace
 * @status: HTTP status
 * @message: (nullable): AWS's text; SageMaker's "Could not find" is a ValidationException
 *
 * Returns: the code on which callers act
 */
TrestleAwsError
trestle_aws_error_classify (const char *aws_code, guint status, const char *message);

G_END_DECLS
