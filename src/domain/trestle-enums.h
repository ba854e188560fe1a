/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum /*< enum >*/
{
  TRESTLE_PRODUCT_KIND_MODEL,
  TRESTLE_PRODUCT_KIND_ALGORITHM,
} TrestleProductKind;

typedef enum /*< enum >*/
{
  TRESTLE_PRICING_KIND_UNKNOWN,
  TRESTLE_PRICING_KIND_FREE,
  TRESTLE_PRICING_KIND_USAGE,
  TRESTLE_PRICING_KIND_CONTRACT,
  TRESTLE_PRICING_KIND_BYOL,
} TrestlePricingKind;

typedef enum /*< enum >*/
{
  TRESTLE_USAGE_MODE_OTHER,
  TRESTLE_USAGE_MODE_REALTIME,
  TRESTLE_USAGE_MODE_BATCH,
  TRESTLE_USAGE_MODE_TRAINING,
  TRESTLE_USAGE_MODE_INFERENCE, /* per call */
} TrestleUsageMode;

typedef enum /*< enum >*/
{
  TRESTLE_TERM_KIND_OTHER,
  TRESTLE_TERM_KIND_USAGE,
  TRESTLE_TERM_KIND_TRIAL,
  TRESTLE_TERM_KIND_FIXED_UPFRONT,
  TRESTLE_TERM_KIND_CONFIGURABLE_UPFRONT,
  TRESTLE_TERM_KIND_RECURRING,
  TRESTLE_TERM_KIND_BYOL,
  TRESTLE_TERM_KIND_LEGAL,
  TRESTLE_TERM_KIND_SUPPORT,
  TRESTLE_TERM_KIND_RENEWAL,
  TRESTLE_TERM_KIND_VALIDITY,
} TrestleTermKind;

typedef enum /*< enum >*/
{
  TRESTLE_ENDPOINT_STATE_UNKNOWN,
  TRESTLE_ENDPOINT_STATE_CREATING,
  TRESTLE_ENDPOINT_STATE_IN_SERVICE,
  TRESTLE_ENDPOINT_STATE_UPDATING, /* also SystemUpdating, RollingBack */
  TRESTLE_ENDPOINT_STATE_FAILED,   /* also OutOfService, UpdateRollbackFailed */
  TRESTLE_ENDPOINT_STATE_DELETING,
} TrestleEndpointState;

typedef enum /*< enum >*/
{
  TRESTLE_ATTRIBUTE_KIND_TEXT,
  TRESTLE_ATTRIBUTE_KIND_RANGE,  /* a number */
  TRESTLE_ATTRIBUTE_KIND_CHOICE, /* one of its values */
  TRESTLE_ATTRIBUTE_KIND_SET,    /* any of its values */
  TRESTLE_ATTRIBUTE_KIND_SWITCH, /* one of two */
} TrestleAttributeKind;

typedef enum /*< enum >*/
{
  TRESTLE_LOG_LEVEL_DEBUG,
  TRESTLE_LOG_LEVEL_INFO,
  TRESTLE_LOG_LEVEL_WARNING,
  TRESTLE_LOG_LEVEL_ERROR,
} TrestleLogLevel;

typedef enum /*< enum >*/
{
  TRESTLE_ACCOUNT_KIND_PRACTICE,
  TRESTLE_ACCOUNT_KIND_ENVIRONMENT,
  TRESTLE_ACCOUNT_KIND_PROFILE,
  TRESTLE_ACCOUNT_KIND_KEYRING,
} TrestleAccountKind;

/* What a finding about a draft means for sending it. */
typedef enum /*< enum >*/
{
  TRESTLE_SEVERITY_ERROR,   /* AWS would refuse it */
  TRESTLE_SEVERITY_WARNING, /* AWS may refuse it, or buyers will miss something */
  TRESTLE_SEVERITY_INFO,
} TrestleSeverity;

typedef enum /*< enum >*/
{
  TRESTLE_DIFFERENCE_KIND_ADDED,
  TRESTLE_DIFFERENCE_KIND_REMOVED,
  TRESTLE_DIFFERENCE_KIND_CHANGED,
} TrestleDifferenceKind;

/* One of the things that the container checker looks at. */
typedef enum /*< enum >*/
{
  TRESTLE_CHECK_STATE_WAITING,
  TRESTLE_CHECK_STATE_RUNNING,
  TRESTLE_CHECK_STATE_PASSED,
  TRESTLE_CHECK_STATE_FAILED, /* its severity says whether it is an error */
  TRESTLE_CHECK_STATE_SKIPPED,
} TrestleCheckState;

G_END_DECLS
