/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeFaultKind:
 * @TRESTLE_PRACTICE_FAULT_THROTTLE: the service's throttling error
 * @TRESTLE_PRACTICE_FAULT_ERROR500: InternalFailure, 500
 * @TRESTLE_PRACTICE_FAULT_ERROR503: ServiceUnavailable, 503
 * @TRESTLE_PRACTICE_FAULT_RESET: the connection is reset in place of an answer
 * @TRESTLE_PRACTICE_FAULT_CUT: half of the answer's body, then the connection ends
 * @TRESTLE_PRACTICE_FAULT_DRIP: the answer comes in small pieces, `delay_ms` (100) apart
 * @TRESTLE_PRACTICE_FAULT_DELAY: the answer comes `delay_ms` late; with `"when": "before"` the
 *   operation itself begins so late
 * @TRESTLE_PRACTICE_FAULT_EXPIRED_TOKEN: ExpiredTokenException
 * @TRESTLE_PRACTICE_FAULT_SKEW: the server's clock is `delay_ms` (600000) ahead
 * @TRESTLE_PRACTICE_FAULT_CAPACITY: CreateEndpoint, CreateTransformJob: no instance can be had
 * @TRESTLE_PRACTICE_FAULT_STUCK: CreateEndpoint: stays Creating; CreateTransformJob: stays
 *   InProgress; StartChangeSet: stays PREPARING; a
 *   change type: its set stays APPLYING
 * @TRESTLE_PRACTICE_FAULT_PING: CreateEndpoint, CreateTransformJob: the container does not answer its health check
 * @TRESTLE_PRACTICE_FAULT_REFUSED: a change set (operation: StartChangeSet, or a change type) fails
 *   with `code`: AUDIT_ERROR, MISSING_SELLER_PROFILE_INFORMATION, SERVER_FAULT …; an UpdateVisibility
 *   at the end of its review
 * @TRESTLE_PRACTICE_FAULT_DENIED: AccessDeniedException, as by a missing policy
 */
typedef enum
{
  TRESTLE_PRACTICE_FAULT_NONE,
  TRESTLE_PRACTICE_FAULT_THROTTLE,
  TRESTLE_PRACTICE_FAULT_ERROR500,
  TRESTLE_PRACTICE_FAULT_ERROR503,
  TRESTLE_PRACTICE_FAULT_RESET,
  TRESTLE_PRACTICE_FAULT_CUT,
  TRESTLE_PRACTICE_FAULT_DRIP,
  TRESTLE_PRACTICE_FAULT_DELAY,
  TRESTLE_PRACTICE_FAULT_EXPIRED_TOKEN,
  TRESTLE_PRACTICE_FAULT_SKEW,
  TRESTLE_PRACTICE_FAULT_CAPACITY,
  TRESTLE_PRACTICE_FAULT_STUCK,
  TRESTLE_PRACTICE_FAULT_PING,
  TRESTLE_PRACTICE_FAULT_DENIED,
  TRESTLE_PRACTICE_FAULT_REFUSED,
} TrestlePracticeFaultKind;

/**
 * TrestlePracticeFault:
 * @after: the operation takes effect first, and only its answer is spoilt (`"when": "after"`; always
 *   so for cut and drip, and for delay unless said otherwise)
 * @delay_ms: 0 for the kind's own
 * @code: what a refusal says, "" for the usual
 */
typedef struct
{
  TrestlePracticeFaultKind kind;
  gboolean after;
  guint delay_ms;
  char code[73];
} TrestlePracticeFault;

/**
 * TrestlePracticeFaults:
 *
 * What is to go wrong: a list of objects with `service` and `operation` (missing or "*": all),
 * `kind`, `count` (missing: without end), `rate` (0–1, missing: 1), `delay_ms`, `when`, `code`.
 */
typedef struct _TrestlePracticeFaults TrestlePracticeFaults;

TrestlePracticeFaults *trestle_practice_faults_new (void);
void trestle_practice_faults_free (TrestlePracticeFaults *self);

/** trestle_practice_faults_add: @root: a list of faults, or one; adds all or (with @error) none */
gboolean trestle_practice_faults_add (TrestlePracticeFaults *self, JsonNode *root, GError **error);
void trestle_practice_faults_clear (TrestlePracticeFaults *self);
/** trestle_practice_faults_list: Returns: (transfer full): those that are still to come */
JsonNode *trestle_practice_faults_list (TrestlePracticeFaults *self);

/**
 * trestle_practice_faults_take:
 *
 * The first fault for this call, of which one is then used up. CAPACITY, STUCK and PING are asked
 * for by CreateEndpoint itself.
 *
 * Returns: whether something is to go wrong
 */
gboolean trestle_practice_faults_take (TrestlePracticeFaults *self,
                                       const char *service,
                                       const char *operation,
                                       TrestlePracticeFault *fault);
gboolean trestle_practice_faults_take_outcome (TrestlePracticeFaults *self,
                                               const char *service,
                                               const char *operation,
                                               TrestlePracticeFault *fault);

/** trestle_practice_faults_take_skew: Returns: microseconds by which the server's clock is ahead for this call */
gint64 trestle_practice_faults_take_skew (TrestlePracticeFaults *self,
                                          const char *service,
                                          const char *operation);

G_END_DECLS
