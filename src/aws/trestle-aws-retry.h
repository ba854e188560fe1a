/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-model.h"

G_BEGIN_DECLS

/*
 * AWS's "standard" rules of trying again, with the numbers of 2026, as plain functions.
 */

#define TRESTLE_AWS_RETRY_CAPACITY 500

/**
 * TrestleAwsRetry:
 * @TRESTLE_AWS_RETRY_NO: the try's result stands
 * @TRESTLE_AWS_RETRY_FAULT: again after a short wait
 * @TRESTLE_AWS_RETRY_THROTTLED: again after a longer one
 */
typedef enum
{
  TRESTLE_AWS_RETRY_NO,
  TRESTLE_AWS_RETRY_FAULT,
  TRESTLE_AWS_RETRY_THROTTLED,
} TrestleAwsRetry;

/**
 * TrestleAwsTry:
 * @status: HTTP status of the answer; 0 where none came
 * @code: (nullable): AWS's code in it
 * @sent: a byte of the request left this computer
 * @broken: no answer, or not the whole of it: the connection failed
 * @final: for reasons that trying again does not mend (a certificate)
 *
 * How one try ended.
 */
typedef struct
{
  guint status;
  const char *code;
  gboolean sent;
  gboolean broken;
  gboolean final;
} TrestleAwsTry;

/** trestle_aws_retry_judge: what to do after a failed try of an operation of class @replay */
TrestleAwsRetry trestle_aws_retry_judge (TrestleAwsReplay replay, const TrestleAwsTry *tried);

/** trestle_aws_retry_is_throttling: by code, never by status alone */
gboolean trestle_aws_retry_is_throttling (const char *code);

/** trestle_aws_retry_is_skew: codes by which AWS may mean that the date of the signature is off */
gboolean trestle_aws_retry_is_skew (const char *code, guint status);

/**
 * trestle_aws_retry_delay:
 * @retry: 0 for the first
 * @random: 0 to 1
 * @hint: (nullable): value of `x-amz-retry-after`: milliseconds
 *
 * Returns: microseconds to wait
 */
gint64 trestle_aws_retry_delay (TrestleAwsRetry kind, guint retry, double random, const char *hint);

/**
 * trestle_aws_retry_take:
 * @quota: tokens in the bucket, at first %TRESTLE_AWS_RETRY_CAPACITY
 *
 * Returns: the tokens taken for a retry of @kind; 0 where there are not enough
 */
guint trestle_aws_retry_take (guint *quota, TrestleAwsRetry kind);

/** trestle_aws_retry_refund: a success: @taken is what its last retry cost, 0 where the first try did it */
void trestle_aws_retry_refund (guint *quota, guint taken);

G_END_DECLS
