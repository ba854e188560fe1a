/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-container-check.h"

G_BEGIN_DECLS

/** TrestleContainerCheckId: every check, in the order in which they run */
typedef enum
{
  /* of the image as it lies there */
  TRESTLE_CHECK_PLATFORM,
  TRESTLE_CHECK_ENTRY_POINT,
  TRESTLE_CHECK_PORTS,
  TRESTLE_CHECK_IMAGE_SIZE,
  TRESTLE_CHECK_CREDENTIALS,
  TRESTLE_CHECK_WEIGHTS,
  TRESTLE_CHECK_ARCHIVE,
  TRESTLE_CHECK_VULNERABILITIES,

  /* an algorithm, before it serves */
  TRESTLE_CHECK_TRAINING,
  TRESTLE_CHECK_TRAINING_FAILURE,

  /* of the container while it runs */
  TRESTLE_CHECK_STARTS,
  TRESTLE_CHECK_READY,
  TRESTLE_CHECK_LOADING,
  TRESTLE_CHECK_PING,
  TRESTLE_CHECK_INVOCATIONS,
  TRESTLE_CHECK_RESPONSE_TYPE,
  TRESTLE_CHECK_FIELDS,
  TRESTLE_CHECK_ATTRIBUTES,
  TRESTLE_CHECK_STREAM,
  TRESTLE_CHECK_EXECUTION_PARAMETERS,
  TRESTLE_CHECK_MULTI_RECORD,
  TRESTLE_CHECK_CONCURRENCY,
  TRESTLE_CHECK_PAYLOAD,
  TRESTLE_CHECK_UNKNOWN_PATH,
  TRESTLE_CHECK_UNSUPPORTED_TYPE,
  TRESTLE_CHECK_INVALID_INPUT,
  TRESTLE_CHECK_RECOVERY,
  TRESTLE_CHECK_METERING,

  /* of what it does in the surroundings that SageMaker gives it */
  TRESTLE_CHECK_NETWORK,
  TRESTLE_CHECK_MODEL_FOLDER,
  TRESTLE_CHECK_WRITES,
  TRESTLE_CHECK_STOP,
  TRESTLE_CHECK_BATCH,
  TRESTLE_CHECK_NO_MODEL,
  TRESTLE_N_CONTAINER_CHECKS,
} TrestleContainerCheckId;

/**
 * TrestleContainerRow:
 * @id: for scripts, never changed: "ping"
 * @severity: what a failure means
 * @asks: what is asked, while it waits or runs: "Healthy on /ping"
 * @remedy: what to do where it fails, whole sentences
 *
 * Texts are translated.
 */
typedef struct
{
  const char *id;
  TrestleSeverity severity;
  const char *asks;
  const char *remedy;
} TrestleContainerRow;

/** trestle_container_row: Returns: (transfer none): what there is to know of @id without a container */
const TrestleContainerRow *trestle_container_row (TrestleContainerCheckId id);

/** trestle_container_find: @id: as in %TrestleContainerRow; Returns: which it is, or TRESTLE_N_CONTAINER_CHECKS */
TrestleContainerCheckId trestle_container_find (const char *id);

/**
 * trestle_container_check_new:
 * @state: how far it is
 * @title: (nullable): what was found; NULL keeps what is asked
 * @figure: (nullable): what was measured
 * @reason: (nullable): what was seen
 *
 * Returns: (transfer full): the check, with severity and, where it failed, remedy of the table
 */
TrestleContainerCheck *trestle_container_check_new (TrestleContainerCheckId id,
                                                    TrestleCheckState state,
                                                    const char *title,
                                                    const char *figure,
                                                    const char *reason);

G_END_DECLS
