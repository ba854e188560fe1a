/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-error.h"

#include "base/trestle-redact.h"

typedef struct
{
  TrestleAwsErrorDetails details;
} TrestleAwsErrorPrivate;

static void
trestle_aws_error_private_init (TrestleAwsErrorPrivate *self)
{
  /* all members are zero already */
}

static void
details_copy (const TrestleAwsErrorDetails *from, TrestleAwsErrorDetails *to)
{
  to->service = g_strdup (from->service);
  to->operation = g_strdup (from->operation);
  to->code = g_strdup (from->code);
  to->request_id = g_strdup (from->request_id);
  to->status = from->status;
  to->body = g_strdup (from->body);
  to->may_have_arrived = from->may_have_arrived;
}

static void
trestle_aws_error_private_copy (const TrestleAwsErrorPrivate *from, TrestleAwsErrorPrivate *to)
{
  details_copy (&from->details, &to->details);
}

static void
trestle_aws_error_private_clear (TrestleAwsErrorPrivate *self)
{
  g_free (self->details.service);
  g_free (self->details.operation);
  g_free (self->details.code);
  g_free (self->details.request_id);
  g_free (self->details.body);
}

G_DEFINE_EXTENDED_ERROR (TrestleAwsError, trestle_aws_error)

GError *
trestle_aws_error_new (TrestleAwsError code,
                       const TrestleAwsErrorDetails *details,
                       const char *format,
                       ...)
{
  g_autofree char *message = NULL;
  g_autofree char *safe = NULL;
  GError *error;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  safe = trestle_redact (message);
  error = g_error_new_literal (TRESTLE_AWS_ERROR, (int) code, safe);
  if (details != NULL)
    {
      TrestleAwsErrorPrivate *priv = trestle_aws_error_get_private (error);
      g_autofree char *body = NULL;

      details_copy (details, &priv->details);
      body = g_steal_pointer (&priv->details.body);
      priv->details.body = trestle_redact (body);
    }

  return error;
}

const TrestleAwsErrorDetails *
trestle_aws_error_details (const GError *error)
{
  if (error == NULL || error->domain != TRESTLE_AWS_ERROR)
    return NULL;

  return &trestle_aws_error_get_private (error)->details;
}

typedef struct
{
  const char *text;
  TrestleAwsError code;
} Meaning;

/* AWS's codes on which a caller acts. Several spellings are about: JSON services end in
 * "Exception", query services and S3 do not. */
static const Meaning code_meanings[] = {
  { "BandwidthLimitExceeded", TRESTLE_AWS_ERROR_THROTTLED },
  { "EC2ThrottledException", TRESTLE_AWS_ERROR_THROTTLED },
  { "LimitExceededException", TRESTLE_AWS_ERROR_THROTTLED },
  { "PriorRequestNotComplete", TRESTLE_AWS_ERROR_THROTTLED },
  { "ProvisionedThroughputExceededException", TRESTLE_AWS_ERROR_THROTTLED },
  { "RequestLimitExceeded", TRESTLE_AWS_ERROR_THROTTLED },
  { "RequestThrottled", TRESTLE_AWS_ERROR_THROTTLED },
  { "RequestThrottledException", TRESTLE_AWS_ERROR_THROTTLED },
  { "SlowDown", TRESTLE_AWS_ERROR_THROTTLED },
  { "ThrottledException", TRESTLE_AWS_ERROR_THROTTLED },
  { "Throttling", TRESTLE_AWS_ERROR_THROTTLED },
  { "ThrottlingException", TRESTLE_AWS_ERROR_THROTTLED },
  { "TooManyRequestsException", TRESTLE_AWS_ERROR_THROTTLED },
  { "TransactionInProgressException", TRESTLE_AWS_ERROR_THROTTLED },

  { "RequestTimeout", TRESTLE_AWS_ERROR_TIMEOUT },
  { "RequestTimeoutException", TRESTLE_AWS_ERROR_TIMEOUT },

  { "MissingAuthenticationToken", TRESTLE_AWS_ERROR_CREDENTIALS_MISSING },
  { "MissingAuthenticationTokenException", TRESTLE_AWS_ERROR_CREDENTIALS_MISSING },

  { "ExpiredToken", TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED },
  { "ExpiredTokenException", TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED },
  { "TokenRefreshRequired", TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED },

  { "RequestExpired", TRESTLE_AWS_ERROR_CLOCK_SKEW },
  { "RequestInTheFuture", TRESTLE_AWS_ERROR_CLOCK_SKEW },
  { "RequestTimeTooSkewed", TRESTLE_AWS_ERROR_CLOCK_SKEW },

  { "AccessDenied", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "AccessDeniedException", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "AuthFailure", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "DependencyAccessDeniedException", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "IncompleteSignature", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "IncompleteSignatureException", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "InvalidAccessKeyId", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "InvalidClientTokenId", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "InvalidSignatureException", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "NotAuthorized", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "OptInRequired", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "SignatureDoesNotMatch", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "UnauthorizedException", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "UnauthorizedOperation", TRESTLE_AWS_ERROR_ACCESS_DENIED },
  { "UnrecognizedClientException", TRESTLE_AWS_ERROR_ACCESS_DENIED },

  { "NoSuchBucket", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "NoSuchEntity", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "NoSuchKey", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "NoSuchResourceException", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "NoSuchUpload", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "NotFound", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "NotFoundException", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "ObjectNotFoundException", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "ResourceNotFound", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "ResourceNotFoundException", TRESTLE_AWS_ERROR_NOT_FOUND },

  { "BucketAlreadyExists", TRESTLE_AWS_ERROR_CONFLICT },
  { "BucketAlreadyOwnedByYou", TRESTLE_AWS_ERROR_CONFLICT },
  { "ConcurrentUpdateException", TRESTLE_AWS_ERROR_CONFLICT },
  { "ConflictException", TRESTLE_AWS_ERROR_CONFLICT },
  { "EntityAlreadyExists", TRESTLE_AWS_ERROR_CONFLICT },
  { "OperationAborted", TRESTLE_AWS_ERROR_CONFLICT },
  { "OperationAbortedException", TRESTLE_AWS_ERROR_CONFLICT },
  { "ResourceAlreadyExistsException", TRESTLE_AWS_ERROR_CONFLICT },
  { "ResourceInUse", TRESTLE_AWS_ERROR_CONFLICT },
  { "ResourceInUseException", TRESTLE_AWS_ERROR_CONFLICT },

  { "LimitExceeded", TRESTLE_AWS_ERROR_QUOTA },
  { "QuotaExceededException", TRESTLE_AWS_ERROR_QUOTA },
  { "ResourceLimitExceeded", TRESTLE_AWS_ERROR_QUOTA },
  { "ServiceQuotaExceededException", TRESTLE_AWS_ERROR_QUOTA },

  { "ModelError", TRESTLE_AWS_ERROR_MODEL },
  { "ModelNotReadyException", TRESTLE_AWS_ERROR_MODEL },
  { "ModelStreamError", TRESTLE_AWS_ERROR_MODEL },

  { "InvalidParameterException", TRESTLE_AWS_ERROR_VALIDATION },
  { "ValidationError", TRESTLE_AWS_ERROR_VALIDATION },
  { "ValidationException", TRESTLE_AWS_ERROR_VALIDATION },

  { "InternalFailure", TRESTLE_AWS_ERROR_SERVICE },
  { "InternalServerException", TRESTLE_AWS_ERROR_SERVICE },
  { "InternalStreamFailure", TRESTLE_AWS_ERROR_SERVICE },
  { "ServiceUnavailable", TRESTLE_AWS_ERROR_SERVICE },
  { "ServiceUnavailableException", TRESTLE_AWS_ERROR_SERVICE },
};

/* SageMaker says "ValidationException" for what others have codes of their own. */
static const Meaning validation_meanings[] = {
  { "Could not find ", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "Requested resource not found", TRESTLE_AWS_ERROR_NOT_FOUND },
  { "Cannot create already existing ", TRESTLE_AWS_ERROR_CONFLICT },
  { "Cannot update in-progress ", TRESTLE_AWS_ERROR_CONFLICT },
  { "Caller is not subscribed ", TRESTLE_AWS_ERROR_ACCESS_DENIED },
};

/* A signature can be refused for its date under the same code as for its key. */
static const Meaning signature_meanings[] = {
  { "Signature expired", TRESTLE_AWS_ERROR_CLOCK_SKEW },
  { "Signature not yet current", TRESTLE_AWS_ERROR_CLOCK_SKEW },
};

static gboolean
look_up_prefix (const Meaning *meanings, gsize n, const char *message, TrestleAwsError *code)
{
  for (gsize i = 0; message != NULL && i < n; i++)
    {
      if (!g_str_has_prefix (message, meanings[i].text))
        continue;
      *code = meanings[i].code;
      return TRUE;
    }

  return FALSE;
}

TrestleAwsError
trestle_aws_error_classify (const char *aws_code, guint status, const char *message)
{
  TrestleAwsError code;

  for (gsize i = 0; aws_code != NULL && i < G_N_ELEMENTS (code_meanings); i++)
    {
      if (!g_str_equal (aws_code, code_meanings[i].text))
        continue;
      code = code_meanings[i].code;
      if (code == TRESTLE_AWS_ERROR_VALIDATION)
        look_up_prefix (validation_meanings, G_N_ELEMENTS (validation_meanings), message, &code);
      else if (code == TRESTLE_AWS_ERROR_ACCESS_DENIED)
        look_up_prefix (signature_meanings, G_N_ELEMENTS (signature_meanings), message, &code);
      return code;
    }

  switch (status)
    {
    case 401:
    case 403:
      return TRESTLE_AWS_ERROR_ACCESS_DENIED;
    case 404:
    case 410:
      return TRESTLE_AWS_ERROR_NOT_FOUND;
    case 408:
      return TRESTLE_AWS_ERROR_TIMEOUT;
    case 409:
    case 412:
      return TRESTLE_AWS_ERROR_CONFLICT;
    case 424:
      return TRESTLE_AWS_ERROR_MODEL;
    case 429:
      return TRESTLE_AWS_ERROR_THROTTLED;
    default:
      break;
    }

  if (status >= 400 && status < 500)
    return TRESTLE_AWS_ERROR_VALIDATION;
  if (status >= 500)
    return TRESTLE_AWS_ERROR_SERVICE;
  return TRESTLE_AWS_ERROR_PROTOCOL;
}
