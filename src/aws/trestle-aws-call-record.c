/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-client.h"

G_DEFINE_BOXED_TYPE (TrestleAwsCallRecord,
                     trestle_aws_call_record,
                     trestle_aws_call_record_copy,
                     trestle_aws_call_record_free)

TrestleAwsCallRecord *
trestle_aws_call_record_copy (const TrestleAwsCallRecord *self)
{
  TrestleAwsCallRecord *copy = g_memdup2 (self, sizeof *self);

  copy->service = g_strdup (self->service);
  copy->operation = g_strdup (self->operation);
  copy->region = g_strdup (self->region);
  copy->request_id = g_strdup (self->request_id);
  copy->error = g_strdup (self->error);
  return copy;
}

void
trestle_aws_call_record_free (TrestleAwsCallRecord *self)
{
  g_free (self->service);
  g_free (self->operation);
  g_free (self->region);
  g_free (self->request_id);
  g_free (self->error);
  g_free (self);
}
