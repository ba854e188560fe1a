/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-transport.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeKeys:
 * @role: "buyer", "seller", "tester"
 *
 * Keys of one practice account: no secret, and worth nothing anywhere else.
 */
typedef struct
{
  char *role;
  char *account;
  char *access_key_id;
  char *secret_access_key;
} TrestlePracticeKeys;

/**
 * TrestlePracticeHandle:
 * @endpoint: "http://127.0.0.1:PORT"
 * @pid: of the server
 *
 * A practice server that runs.
 */
typedef struct
{
  char *endpoint;
  char *region;
  gint64 pid;
  TrestlePracticeKeys keys[3];
} TrestlePracticeHandle;

#define TRESTLE_TYPE_PRACTICE_HANDLE (trestle_practice_handle_get_type ())
GType trestle_practice_handle_get_type (void) G_GNUC_CONST;
TrestlePracticeHandle *trestle_practice_handle_copy (const TrestlePracticeHandle *self);
void trestle_practice_handle_free (TrestlePracticeHandle *self);

/** trestle_practice_handle_keys: Returns: (transfer none) (nullable): keys of @role */
const TrestlePracticeKeys *
trestle_practice_handle_keys (const TrestlePracticeHandle *self, const char *role);

/** trestle_practice_handle_is_alive: Returns: whether its process is there still; a look, no waiting */
gboolean trestle_practice_handle_is_alive (const TrestlePracticeHandle *self);

/** trestle_practice_handle_parse: @text: server.json, or the server's ready line */
TrestlePracticeHandle *
trestle_practice_handle_parse (const char *text, gssize length, GError **error);

/**
 * trestle_practice_launch:
 *
 * Finds the practice server of this user, or starts it.
 *
 * Returns: (transfer full): resolves to #TrestlePracticeHandle (boxed); rejects with %TRESTLE_WORKBENCH_ERROR_PRACTICE
 */
DexFuture *trestle_practice_launch (TrestleAwsTransport *transport);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeHandle, trestle_practice_handle_free)

G_END_DECLS
