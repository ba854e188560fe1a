/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * TrestleLocalAnswer:
 * @status: HTTP status
 * @headers: (element-type utf8 utf8): by names in small letters
 * @body: what came
 * @latency: microseconds until the whole of it was there
 * @first: microseconds until its first byte
 * @chunked: it came in chunks, without a length
 * @parts: times at which something came, more than a tenth of a second apart
 */
typedef struct
{
  guint status;
  GHashTable *headers;
  GBytes *body;
  gint64 latency;
  gint64 first;
  gboolean chunked;
  guint parts;
} TrestleLocalAnswer;

#define TRESTLE_TYPE_LOCAL_ANSWER (trestle_local_answer_get_type ())
GType trestle_local_answer_get_type (void);
TrestleLocalAnswer *trestle_local_answer_copy (const TrestleLocalAnswer *self);
void trestle_local_answer_free (TrestleLocalAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleLocalAnswer, trestle_local_answer_free)

/** trestle_local_answer_header: @name: in small letters; Returns: (transfer none) (nullable): its value */
const char *trestle_local_answer_header (const TrestleLocalAnswer *self, const char *name);

/**
 * TrestleLocalHttp:
 *
 * A program on this computer that speaks HTTP: a container that is checked, an engine's socket. No
 * other computer is ever asked. Each call has a connection of its own and is tried once.
 */
#define TRESTLE_TYPE_LOCAL_HTTP (trestle_local_http_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLocalHttp, trestle_local_http, TRESTLE, LOCAL_HTTP, GObject)

/**
 * trestle_local_http_new:
 * @address: `http://127.0.0.1:8080`; also `[::1]` and `localhost`
 *
 * Returns: (transfer full) (nullable): %G_IO_ERROR_INVALID_ARGUMENT where it is another computer's, or
 *   more than scheme, host and port
 */
TrestleLocalHttp *trestle_local_http_new (const char *address, GError **error);

/** trestle_local_http_new_for_socket: @path: of a Unix socket; Returns: (transfer full): what listens there */
TrestleLocalHttp *trestle_local_http_new_for_socket (const char *path);

/** trestle_local_http_get_address: Returns: (transfer none): `http://127.0.0.1:8080` */
const char *trestle_local_http_get_address (TrestleLocalHttp *self);

/**
 * TrestleLocalRequest:
 * @method: `GET`
 * @path: with query, escaped
 * @headers: (nullable): names and values by turns, %NULL at the end
 * @body: (nullable): what is sent
 * @msec: time for all of it
 * @max_body: bytes of the answer above which it is given up
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *const *headers;
  GBytes *body;
  guint msec;
  gsize max_body;
} TrestleLocalRequest;

/**
 * trestle_local_http_call:
 *
 * Resolves to a #TrestleLocalAnswer (boxed) whatever its status; rejects with GIO's error where no
 * whole answer came, %G_IO_ERROR_TIMED_OUT after @msec. Dropping it closes the connection.
 */
DexFuture *trestle_local_http_call (TrestleLocalHttp *self, const TrestleLocalRequest *request);

G_END_DECLS
