/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "aws/trestle-aws-signer.h"

G_BEGIN_DECLS

/**
 * WireThen:
 *
 * What the server does with the connection once it has written an answer.
 */
typedef enum
{
  WIRE_KEEP,
  WIRE_CLOSE,
  WIRE_RESET,
  WIRE_HANG, /* keeps it open and says nothing more */
  WIRE_DRIP, /* writes a blank now and then, for ever */
} WireThen;

/** WireRequest: one request as it came, and whether its signature was right */
typedef struct
{
  char *method;
  char *path;
  char *query;
  GArray *headers;
  GBytes *body;
  guint connection;
  gboolean verified;
} WireRequest;

/**
 * WireServer:
 *
 * A server on 127.0.0.1 that answers from a list, byte by byte as told; with an empty list it
 * answers `{}`. All in the main context.
 */
typedef struct _WireServer WireServer;

#define WIRE_KEY "AKIDWIRETEST"
#define WIRE_SECRET "wire-test-secret-key"

/** wire_server_new: @certificate: (nullable): speaks TLS */
WireServer *wire_server_new (GTlsCertificate *certificate);
void wire_server_free (WireServer *self);
const char *wire_server_get_endpoint (WireServer *self);

/** wire_server_push: the next answer: @text as it is, and then */
void wire_server_push (WireServer *self, const char *text, WireThen then);

/** wire_server_push_bytes: the same with any bytes */
void wire_server_push_bytes (WireServer *self, GBytes *bytes, WireThen then);

/** wire_server_answer: a well-formed answer; @headers: (nullable): lines, each with its CRLF */
void wire_server_answer (WireServer *self, guint status, const char *headers, const char *body);

/** wire_server_error: the answer of a JSON service: @code at @status */
void wire_server_error (WireServer *self, guint status, const char *code);

/** wire_server_reset_next: the next connection is reset before anything is read from it */
void wire_server_reset_next (WireServer *self);

guint wire_server_n_requests (WireServer *self);
guint wire_server_n_connections (WireServer *self);

/** wire_server_n_ended: connections that are no more, closed by either end */
guint wire_server_n_ended (WireServer *self);

/** wire_server_most_at_once: the most requests that waited for an answer at the same time */
guint wire_server_most_at_once (WireServer *self);

/** wire_server_set_hold: answers only once @n requests wait */
void wire_server_set_hold (WireServer *self, guint n);
WireRequest *wire_server_request (WireServer *self, guint index);
const char *wire_request_header (WireRequest *request, const char *name);

/** wire_request_dup_text: Returns: (transfer full): the body */
char *wire_request_dup_text (WireRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireServer, wire_server_free)

G_END_DECLS
