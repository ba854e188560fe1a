/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-protocol-server.h"
#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeReply:
 * @answer: status, headers, body
 * @fault: what is to go wrong with it on the way
 * @skew: microseconds by which the server's clock is to look ahead
 */
typedef struct
{
  TrestleAwsHttp *answer;
  TrestlePracticeFault fault;
  gint64 skew;
} TrestlePracticeReply;

void trestle_practice_reply_clear (TrestlePracticeReply *self);

/** trestle_practice_dispatch_is_aws: Returns: whether @request is meant for a service: signed, or an operation by name */
gboolean trestle_practice_dispatch_is_aws (const TrestleAwsHttp *request);

/**
 * trestle_practice_dispatch:
 * @request: as it arrived, the Host header included
 *
 * One AWS call: finds the service, verifies the signature, finds and reads the operation, checks its
 * members, calls its handler in a transaction, writes the answer in the service's protocol. Called
 * in a fiber.
 */
void trestle_practice_dispatch (TrestlePracticeWorld *world,
                                const TrestleAwsHttp *request,
                                TrestlePracticeReply *reply);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestlePracticeReply, trestle_practice_reply_clear)

G_END_DECLS
