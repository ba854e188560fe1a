/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * AWS's binary event stream (application/vnd.amazon.eventstream): streamed inference answers and
 * the live tail of logs.
 */

#define TRESTLE_AWS_EVENT_STREAM_ERROR (trestle_aws_event_stream_error_quark ())

typedef enum
{
  TRESTLE_AWS_EVENT_STREAM_ERROR_PRELUDE_CHECKSUM,
  TRESTLE_AWS_EVENT_STREAM_ERROR_MESSAGE_CHECKSUM,
  TRESTLE_AWS_EVENT_STREAM_ERROR_HEADERS_LENGTH,
  TRESTLE_AWS_EVENT_STREAM_ERROR_MESSAGE_LENGTH,
  TRESTLE_AWS_EVENT_STREAM_ERROR_HEADER_TYPE,
  TRESTLE_AWS_EVENT_STREAM_ERROR_HEADER_OVERRUN,
  TRESTLE_AWS_EVENT_STREAM_ERROR_DUPLICATE_HEADER,
  TRESTLE_AWS_EVENT_STREAM_ERROR_INCOMPLETE,
} TrestleAwsEventStreamError;

GQuark trestle_aws_event_stream_error_quark (void);

typedef enum
{
  TRESTLE_AWS_EVENT_BOOLEAN,
  TRESTLE_AWS_EVENT_BYTE,
  TRESTLE_AWS_EVENT_SHORT,
  TRESTLE_AWS_EVENT_INTEGER,
  TRESTLE_AWS_EVENT_LONG,
  TRESTLE_AWS_EVENT_BYTES,
  TRESTLE_AWS_EVENT_STRING,
  TRESTLE_AWS_EVENT_TIMESTAMP,
  TRESTLE_AWS_EVENT_UUID,
} TrestleAwsEventHeaderType;

/**
 * TrestleAwsEventHeader:
 * @number: of boolean, byte, short, integer, long; of a timestamp: milliseconds since 1970
 * @text: (nullable): of string and uuid
 * @bytes: (nullable): of bytes
 */
typedef struct
{
  char *name;
  TrestleAwsEventHeaderType type;
  gint64 number;
  char *text;
  GBytes *bytes;
} TrestleAwsEventHeader;

/** TrestleAwsEvent: one message; @headers: (element-type TrestleAwsEventHeader): in order */
typedef struct
{
  GArray *headers;
  GBytes *payload;
} TrestleAwsEvent;

/**
 * trestle_aws_event_new: Returns: (transfer full): a message without headers; @payload: (nullable)
 */
TrestleAwsEvent *trestle_aws_event_new (GBytes *payload);
void trestle_aws_event_free (TrestleAwsEvent *self);

/** trestle_aws_event_add_string: adds a header of the kind all of AWS's own are */
void trestle_aws_event_add_string (TrestleAwsEvent *self, const char *name, const char *value);

/** trestle_aws_event_get_string: Returns: (nullable): the text of header @name, ":event-type" */
const char *trestle_aws_event_get_string (const TrestleAwsEvent *self, const char *name);

/**
 * trestle_aws_event_encode: Returns: (transfer full) (nullable): the message's bytes; %NULL where
 * it is over a limit
 */
GBytes *trestle_aws_event_encode (const TrestleAwsEvent *self, GError **error);

/**
 * TrestleAwsEventDecoder:
 *
 * Takes bytes as they come and gives messages. After an error it gives that error for ever.
 */
typedef struct _TrestleAwsEventDecoder TrestleAwsEventDecoder;

TrestleAwsEventDecoder *trestle_aws_event_decoder_new (void);
void trestle_aws_event_decoder_free (TrestleAwsEventDecoder *self);

/** trestle_aws_event_decoder_push: hands over the next @length bytes of the stream */
void
trestle_aws_event_decoder_push (TrestleAwsEventDecoder *self, gconstpointer data, gsize length);

/**
 * trestle_aws_event_decoder_pull:
 * @event: (out) (transfer full) (nullable): the next message, %NULL where more bytes are needed
 *
 * Returns: %FALSE with %TRESTLE_AWS_EVENT_STREAM_ERROR where the stream is broken
 */
gboolean trestle_aws_event_decoder_pull (TrestleAwsEventDecoder *self,
                                         TrestleAwsEvent **event,
                                         GError **error);

/**
 * trestle_aws_event_decoder_finish: the stream has ended; %FALSE where it ended within a message
 */
gboolean trestle_aws_event_decoder_finish (TrestleAwsEventDecoder *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsEvent, trestle_aws_event_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsEventDecoder, trestle_aws_event_decoder_free)

G_END_DECLS
