/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-transport-private.h"
#include "trestle-test.h"
#include "wire-server.h"

G_BEGIN_DECLS

/**
 * WireKit:
 *
 * A server and a client of it. Waits before a retry take no time; they are kept in @delays.
 */
typedef struct
{
  WireServer *server;
  TrestleAwsTransport *transport;
  TrestleAwsClient *client;
  GArray *delays; /* of gint64: microseconds */
  TrestleAwsCallRecord *last;
  guint n_called;
} WireKit;

WireKit *wire_kit_new (void);

/** wire_kit_new_for: @endpoint: in place of a server of its own */
WireKit *wire_kit_new_for (const char *endpoint, const char *ca_bundle);
void wire_kit_free (WireKit *self);

/** wire_kit_call: waits for the answer; @input: (nullable): JSON text */
TrestleAwsReply *wire_kit_call (WireKit *self,
                                const char *service,
                                const char *operation,
                                const char *input,
                                GError **error);

/* One operation of each class of replay. */
TrestleAwsReply *wire_kit_read (WireKit *self, GError **error);
TrestleAwsReply *wire_kit_token (WireKit *self, GError **error);
TrestleAwsReply *wire_kit_ask (WireKit *self, GError **error);
TrestleAwsReply *wire_kit_invoke (WireKit *self, const char *body, GError **error);

/** wire_kit_assert_signed: all requests that came had right signatures */
void wire_kit_assert_signed (WireKit *self);

/** wire_assert_failed: @reply is NULL, and @error of @code with @arrived */
#define wire_assert_failed(reply, error, the_code, arrived)                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_null (reply);                                                                         \
    g_assert_error (error, TRESTLE_AWS_ERROR, the_code);                                           \
    g_assert_cmpint (trestle_aws_error_details (error)->may_have_arrived, ==, arrived);            \
  }                                                                                                \
  G_STMT_END

/** wire_dup_refused_endpoint: an address where nobody listens */
char *wire_dup_refused_endpoint (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireKit, wire_kit_free)

G_END_DECLS
