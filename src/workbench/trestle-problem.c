/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-workbench-error.h"

#include <gio/gio.h>
#include <string.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-redact.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (trestle-workbench-error-quark, trestle_workbench_error)

/* "… is not authorized to perform: iam:PassRole on resource: …" names what is missing better than
 * the operation does. */
static char *
denied_action (const GError *error, const TrestleAwsErrorDetails *details)
{
  static const struct
  {
    const char *service;
    const char *prefix;
  } prefixes[] = {
    { "sagemaker", "sagemaker" },
    { "sagemaker-runtime", "sagemaker" },
    { "marketplace-discovery", "aws-marketplace" },
    { "marketplace-agreement", "aws-marketplace" },
    { "marketplace-catalog", "aws-marketplace" },
    { "service-quotas", "servicequotas" },
  };
  /* those whose right is not called as the operation is */
  static const struct
  {
    const char *operation;
    const char *action;
  } actions[] = {
    { "ListBuckets", "s3:ListAllMyBuckets" },
    { "ListObjectsV2", "s3:ListBucket" },
    { "HeadObject", "s3:GetObject" },
  };
  const char *marker = "not authorized to perform: ";
  const char *found = strstr (error->message, marker);
  const char *prefix;

  if (found != NULL)
    {
      found += strlen (marker);
      return g_strndup (found, strcspn (found, " ,"));
    }
  if (details == NULL || details->service == NULL || details->operation == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (details->service, "s3")
        && g_str_equal (actions[i].operation, details->operation))
      return g_strdup (actions[i].action);
  prefix = details->service;
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_equal (prefixes[i].service, details->service))
      prefix = prefixes[i].prefix;
  return g_strdup_printf ("%s:%s", prefix, details->operation);
}

/* Whole sentences end with a full stop, whoever wrote them. */
static char *
sentence (const char *text)
{
  g_autofree char *clean = g_strstrip (trestle_redact (text));
  gsize length = strlen (clean);

  if (length == 0 || strchr (".!?…", clean[length - 1]) != NULL)
    return g_steal_pointer (&clean);
  return g_strconcat (clean, ".", NULL);
}

static char *
with_reason (const char *text, const char *reason)
{
  g_autofree char *why = sentence (reason);

  return *why != '\0' ? g_strdup_printf ("%s %s", why, text) : g_strdup (text);
}

static char *
quota_body (const GError *error)
{
  return with_reason (_ ("Choose another instance type or fewer instances, delete what is not "
                         "needed any more, or ask for an increase in Service Quotas."),
                      error->message);
}

static char *
denied_body (const GError *error, const TrestleAwsErrorDetails *details, const char *action)
{
  g_autofree char *reason = NULL;

  if (details != NULL && details->body != NULL
      && strstr (details->body, "DENIED_BY_PRIVATE_MARKETPLACE_POLICY") != NULL)
    return g_strdup (_ ("Your organization's private marketplace does not allow this product. Ask "
                        "the administrator of the private marketplace to approve it."));
  if (action == NULL)
    return with_reason (_ ("Ask the administrator of the account for the right to do this."),
                        error->message);
  reason = g_strdup_printf (_ ("You may not do this: the identity in use lacks the permission "
                               "“%s”. Ask the administrator of the account to add it."),
                            action);
  if (g_str_has_prefix (action, "aws-marketplace:"))
    return g_strdup_printf (_ ("%s The managed policy AWSMarketplaceFullAccess has it."), reason);
  return g_steal_pointer (&reason);
}

static char *
validation_body (const GError *error)
{
  if (strstr (error->message, "not subscribed") != NULL)
    return g_strdup (_ ("This account is not subscribed to the product, or the subscription is "
                        "not ready yet. Subscribe first, wait until it says so, and try again."));
  if (strstr (error->message, "Could not assume role") != NULL)
    return with_reason (_ ("Choose a role that trusts sagemaker.amazonaws.com."), error->message);
  if (strstr (error->message, "already existing") != NULL)
    return with_reason (_ ("Choose another name."), error->message);
  return with_reason (_ ("Change what was entered and try again."), error->message);
}

static char *
aws_body (const GError *error, const TrestleAwsErrorDetails *details, const char *action)
{
  switch ((TrestleAwsError) error->code)
    {
    case TRESTLE_AWS_ERROR_NETWORK:
      return with_reason (_ ("Check the connection to the network and try again."), error->message);
    case TRESTLE_AWS_ERROR_TIMEOUT:
      return with_reason (_ ("No answer came in time. It may only be busy: try again."),
                          error->message);
    case TRESTLE_AWS_ERROR_THROTTLED:
      return g_strdup (_ ("AWS asked to slow down, and several tries did not help. Wait a minute "
                          "and try again."));
    case TRESTLE_AWS_ERROR_CREDENTIALS_MISSING:
      return with_reason (_ ("Add a key in Accounts, set up a profile, or use the practice "
                             "account, which needs none."),
                          error->message);
    case TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED:
      return g_strdup (_ ("The credentials have expired. Sign in again to get new ones, then try "
                          "again."));
    case TRESTLE_AWS_ERROR_ACCESS_DENIED:
      return denied_body (error, details, action);
    case TRESTLE_AWS_ERROR_NOT_FOUND:
      return with_reason (_ ("It may have been deleted, or be in another Region or account. "
                             "Refresh and look again."),
                          error->message);
    case TRESTLE_AWS_ERROR_CONFLICT:
      return with_reason (_ ("Something of that name is there already or still changing. Wait a "
                             "little, or choose another name."),
                          error->message);
    case TRESTLE_AWS_ERROR_VALIDATION:
      return validation_body (error);
    case TRESTLE_AWS_ERROR_QUOTA:
      return quota_body (error);
    case TRESTLE_AWS_ERROR_MODEL:
      return with_reason (_ ("The model answered with an error. Look into the endpoint's log for "
                             "the reason, and check the file and its content type."),
                          error->message);
    case TRESTLE_AWS_ERROR_SERVICE:
      return with_reason (_ ("AWS has a problem of its own. Try again in a few minutes."),
                          error->message);
    case TRESTLE_AWS_ERROR_PROTOCOL:
      return with_reason (_ ("The answer was not as it should be. Try again; if it stays so, "
                             "report it with the details."),
                          error->message);
    case TRESTLE_AWS_ERROR_CLOCK_SKEW:
      return with_reason (_ ("AWS refuses requests from a clock that is minutes off. Set this "
                             "computer's clock, best by the network, and try again."),
                          error->message);
    case TRESTLE_AWS_ERROR_CONFIG:
      return with_reason (_ ("Mend the configuration and try again."), error->message);
    default:
      return sentence (error->message);
    }
}

static char *
workbench_body (const GError *error)
{
  switch ((TrestleWorkbenchError) error->code)
    {
    case TRESTLE_WORKBENCH_ERROR_AMBIGUOUS:
      return with_reason (_ ("Say which one by its id."), error->message);
    case TRESTLE_WORKBENCH_ERROR_ALREADY_SUBSCRIBED:
      return with_reason (_ ("Nothing more needs to be bought; deploy it right away."),
                          error->message);
    case TRESTLE_WORKBENCH_ERROR_NOT_SUBSCRIBED:
      return with_reason (_ ("Subscribe to the product first."), error->message);
    case TRESTLE_WORKBENCH_ERROR_ARN_NEEDED:
      return with_reason (_ ("Open the subscription's Configure page, choose version and Region, "
                             "and copy the product ARN from there."),
                          error->message);
    case TRESTLE_WORKBENCH_ERROR_NO_ROLE:
      return with_reason (_ ("Create an IAM role that trusts sagemaker.amazonaws.com and has the "
                             "policy AmazonSageMakerFullAccess, then choose it."),
                          error->message);
    case TRESTLE_WORKBENCH_ERROR_FAILED:
      if (strstr (error->message, "InsufficientInstanceCapacity") != NULL)
        return with_reason (_ ("Choose another instance type, or try again later."),
                            error->message);
      if (strstr (error->message, "ping health check") != NULL)
        return with_reason (_ ("Its log tells what the container did."), error->message);
      return sentence (error->message);
    case TRESTLE_WORKBENCH_ERROR_PRACTICE:
      return with_reason (_ ("Try again; if it stays so, report it with the details."),
                          error->message);
    case TRESTLE_WORKBENCH_ERROR_NOT_FOUND:
    case TRESTLE_WORKBENCH_ERROR_INPUT:
    default:
      return sentence (error->message);
    }
}

static void
add_line (GString *text, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "%s: %s\n", label, value);
}

/* For support, so in AWS's own words and not translated. */
static char *
make_details (const GError *error, const TrestleAwsErrorDetails *details)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *status = NULL;

  if (details != NULL)
    {
      if (details->status != 0)
        status = g_strdup_printf ("%u", details->status);
      add_line (text, "Service", details->service);
      add_line (text, "Operation", details->operation);
      add_line (text, "Code", details->code);
      add_line (text, "HTTP status", status);
      add_line (text, "Request id", details->request_id);
    }
  add_line (text, "Message", error->message);
  if (details != NULL)
    add_line (text, "Body", details->body);
  g_string_truncate (text, text->len > 0 ? text->len - 1 : 0);
  return trestle_redact (text->str);
}

static gboolean
is_retryable (const GError *error)
{
  static const guint again = 1u << TRESTLE_AWS_ERROR_NETWORK | 1u << TRESTLE_AWS_ERROR_TIMEOUT
                             | 1u << TRESTLE_AWS_ERROR_THROTTLED | 1u << TRESTLE_AWS_ERROR_SERVICE
                             | 1u << TRESTLE_AWS_ERROR_PROTOCOL | 1u << TRESTLE_AWS_ERROR_CONFLICT
                             | 1u << TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED
                             | 1u << TRESTLE_AWS_ERROR_CLOCK_SKEW;

  if (error->domain == TRESTLE_AWS_ERROR)
    return (again & 1u << error->code) != 0;
  return error->domain == TRESTLE_WORKBENCH_ERROR
         && error->code == TRESTLE_WORKBENCH_ERROR_PRACTICE;
}

TrestleProblem *
trestle_problem_new (const char *what, const GError *error)
{
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);
  TrestleProblem *self = g_new0 (TrestleProblem, 1);

  self->title = g_strdup_printf (_ ("Could not %s"), what);
  self->details = make_details (error, details);
  self->retryable = is_retryable (error);
  if (error->domain == TRESTLE_AWS_ERROR)
    {
      if (error->code == TRESTLE_AWS_ERROR_ACCESS_DENIED)
        self->action = denied_action (error, details);
      self->body = aws_body (error, details, self->action);
    }
  else if (error->domain == TRESTLE_WORKBENCH_ERROR)
    {
      self->body = workbench_body (error);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->body = g_strdup (_ ("It was stopped before it was done."));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    {
      self->body = g_strdup (_ ("The disk is full. Make room and try again."));
    }
  else
    {
      self->body = sentence (error->message);
    }
  return self;
}

void
trestle_problem_free (TrestleProblem *self)
{
  g_free (self->title);
  g_free (self->body);
  g_free (self->details);
  g_free (self->action);
  g_free (self);
}
