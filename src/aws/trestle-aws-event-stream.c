/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-event-stream.h"

#include <string.h>
#include <zlib.h>

/*
 * u32 total length, u32 length of the headers, u32 CRC of these eight bytes; headers; payload; u32
 * CRC of all before. Big-endian throughout.
 */
#define PRELUDE_SIZE ((gsize) 12)
#define OVERHEAD (PRELUDE_SIZE + 4)
#define MAX_HEADERS ((gsize) 128 * 1024)
#define MAX_PAYLOAD ((gsize) 24 * 1024 * 1024)

/* The bytes before a header's value on the wire. */
enum
{
  WIRE_TRUE,
  WIRE_FALSE,
  WIRE_BYTE,
  WIRE_SHORT,
  WIRE_INTEGER,
  WIRE_LONG,
  WIRE_BYTES,
  WIRE_STRING,
  WIRE_TIMESTAMP,
  WIRE_UUID,
};

#define UUID_SIZE 16

struct _TrestleAwsEventDecoder
{
  GByteArray *bytes;
  gsize at; /* start of what is not read yet */
  GError *error;
};

G_DEFINE_QUARK (trestle-aws-event-stream-error-quark, trestle_aws_event_stream_error)

static void
header_clear (TrestleAwsEventHeader *self)
{
  g_free (self->name);
  g_free (self->text);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

TrestleAwsEvent *
trestle_aws_event_new (GBytes *payload)
{
  TrestleAwsEvent *self = g_new0 (TrestleAwsEvent, 1);

  self->headers = g_array_new (FALSE, TRUE, sizeof (TrestleAwsEventHeader));
  g_array_set_clear_func (self->headers, (GDestroyNotify) header_clear);
  self->payload = payload != NULL ? g_bytes_ref (payload) : g_bytes_new_static ("", 0);
  return self;
}

void
trestle_aws_event_free (TrestleAwsEvent *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->headers);
  g_bytes_unref (self->payload);
  g_free (self);
}

void
trestle_aws_event_add_string (TrestleAwsEvent *self, const char *name, const char *value)
{
  TrestleAwsEventHeader header = {
    .name = g_strdup (name),
    .type = TRESTLE_AWS_EVENT_STRING,
    .text = g_strdup (value),
  };

  g_array_append_val (self->headers, header);
}

const char *
trestle_aws_event_get_string (const TrestleAwsEvent *self, const char *name)
{
  for (guint i = 0; i < self->headers->len; i++)
    {
      const TrestleAwsEventHeader *header = &g_array_index (self->headers, TrestleAwsEventHeader,
                                                            i);

      if (header->type == TRESTLE_AWS_EVENT_STRING && g_str_equal (header->name, name))
        return header->text;
    }

  return NULL;
}

/* An integer of @size bytes, sign kept. */
static gint64
read_integer (const guint8 *bytes, gsize size)
{
  guint64 value = bytes[0] & 0x80 ? G_MAXUINT64 : 0;

  for (gsize i = 0; i < size; i++)
    value = value << 8 | bytes[i];
  return (gint64) value;
}

static guint32
read_u32 (const guint8 *bytes)
{
  return (guint32) (read_integer (bytes, 4) & G_MAXUINT32);
}

static void
append_integer (GByteArray *out, gint64 value, gsize size)
{
  guint8 bytes[8];

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) ((guint64) value >> (8 * (size - 1 - i)));
  g_byte_array_append (out, bytes, (guint) size);
}

static guint32
checksum (const guint8 *bytes, gsize length)
{
  return (guint32) crc32 (0, bytes, (uInt) length);
}

static gboolean
read_uuid (TrestleAwsEventHeader *header, const guint8 *bytes)
{
  GString *text = g_string_sized_new (36);

  for (guint i = 0; i < UUID_SIZE; i++)
    g_string_append_printf (text, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x",
                            bytes[i]);
  header->text = g_string_free_and_steal (text);
  return TRUE;
}

/* Reads the value of @wire_type; advances @at. FALSE with @error where it does not fit in @end. */
static gboolean
read_value (TrestleAwsEventHeader *header,
            guint8 wire_type,
            const guint8 **at,
            const guint8 *end,
            GError **error)
{
  static const struct
  {
    TrestleAwsEventHeaderType type;
    gsize size; /* with bytes and string: of the length before them */
  } kinds[] = {
    [WIRE_TRUE] = { TRESTLE_AWS_EVENT_BOOLEAN, 0 },
    [WIRE_FALSE] = { TRESTLE_AWS_EVENT_BOOLEAN, 0 },
    [WIRE_BYTE] = { TRESTLE_AWS_EVENT_BYTE, 1 },
    [WIRE_SHORT] = { TRESTLE_AWS_EVENT_SHORT, 2 },
    [WIRE_INTEGER] = { TRESTLE_AWS_EVENT_INTEGER, 4 },
    [WIRE_LONG] = { TRESTLE_AWS_EVENT_LONG, 8 },
    [WIRE_BYTES] = { TRESTLE_AWS_EVENT_BYTES, 2 },
    [WIRE_STRING] = { TRESTLE_AWS_EVENT_STRING, 2 },
    [WIRE_TIMESTAMP] = { TRESTLE_AWS_EVENT_TIMESTAMP, 8 },
    [WIRE_UUID] = { TRESTLE_AWS_EVENT_UUID, UUID_SIZE },
  };
  gsize size;
  const guint8 *value;

  if (wire_type >= G_N_ELEMENTS (kinds))
    {
      g_set_error (error, TRESTLE_AWS_EVENT_STREAM_ERROR,
                   TRESTLE_AWS_EVENT_STREAM_ERROR_HEADER_TYPE,
                   "The header “%s” has the unknown type %u", header->name, wire_type);
      return FALSE;
    }
  header->type = kinds[wire_type].type;
  size = kinds[wire_type].size;
  value = *at;
  if (size > (gsize) (end - value))
    goto overrun;

  if (wire_type == WIRE_BYTES || wire_type == WIRE_STRING)
    {
      value += size;
      size = (gsize) (read_integer (*at, 2) & G_MAXUINT16);
      if (size > (gsize) (end - value))
        goto overrun;
    }
  *at = value + size;

  if (wire_type == WIRE_UUID)
    return read_uuid (header, value);
  if (wire_type == WIRE_BYTES)
    header->bytes = g_bytes_new (value, size);
  else if (wire_type == WIRE_STRING)
    header->text = g_utf8_make_valid ((const char *) value, (gssize) size);
  else if (size > 0)
    header->number = read_integer (value, size);
  else
    header->number = wire_type == WIRE_TRUE;
  return TRUE;

overrun:
  g_set_error (error, TRESTLE_AWS_EVENT_STREAM_ERROR, TRESTLE_AWS_EVENT_STREAM_ERROR_HEADER_OVERRUN,
               "The header “%s” is longer than the headers", header->name);
  return FALSE;
}

static gboolean
read_headers (TrestleAwsEvent *event, const guint8 *at, const guint8 *end, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  while (at < end)
    {
      TrestleAwsEventHeader header = { 0 };
      gsize length = *at++;
      guint8 wire_type;

      if (length + 1 > (gsize) (end - at) || length == 0)
        {
          g_set_error_literal (error, TRESTLE_AWS_EVENT_STREAM_ERROR,
                               TRESTLE_AWS_EVENT_STREAM_ERROR_HEADER_OVERRUN,
                               "The name of a header does not fit into the headers");
          return FALSE;
        }
      header.name = g_utf8_make_valid ((const char *) at, (gssize) length);
      at += length;
      wire_type = *at++;
      if (!read_value (&header, wire_type, &at, end, error))
        {
          header_clear (&header);
          return FALSE;
        }
      g_array_append_val (event->headers, header);
      if (!g_hash_table_add (names, header.name))
        {
          g_set_error (error, TRESTLE_AWS_EVENT_STREAM_ERROR,
                       TRESTLE_AWS_EVENT_STREAM_ERROR_DUPLICATE_HEADER,
                       "The header “%s” is there twice", header.name);
          return FALSE;
        }
    }

  return TRUE;
}

TrestleAwsEventDecoder *
trestle_aws_event_decoder_new (void)
{
  TrestleAwsEventDecoder *self = g_new0 (TrestleAwsEventDecoder, 1);

  self->bytes = g_byte_array_new ();
  return self;
}

void
trestle_aws_event_decoder_free (TrestleAwsEventDecoder *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->bytes);
  g_clear_error (&self->error);
  g_free (self);
}

void
trestle_aws_event_decoder_push (TrestleAwsEventDecoder *self, gconstpointer data, gsize length)
{
  if (self->error != NULL || length == 0)
    return;

  /* What is read is dropped here, not in pull, so that a burst of small messages moves once. */
  if (self->at > 0)
    {
      g_byte_array_remove_range (self->bytes, 0, (guint) self->at);
      self->at = 0;
    }
  g_byte_array_append (self->bytes, data, (guint) length);
}

static gboolean
broken (TrestleAwsEventDecoder *self,
        GError **error,
        TrestleAwsEventStreamError code,
        const char *message)
{
  g_set_error_literal (&self->error, TRESTLE_AWS_EVENT_STREAM_ERROR, (int) code, message);
  if (error != NULL)
    *error = g_error_copy (self->error);
  return FALSE;
}

gboolean
trestle_aws_event_decoder_pull (TrestleAwsEventDecoder *self,
                                TrestleAwsEvent **event,
                                GError **error)
{
  g_autoptr (TrestleAwsEvent) made = NULL;
  g_autoptr (GBytes) payload = NULL;
  const guint8 *start;
  gsize there;
  gsize total;
  gsize headers;

  *event = NULL;
  if (self->error != NULL)
    {
      if (error != NULL)
        *error = g_error_copy (self->error);
      return FALSE;
    }

  start = self->bytes->data + self->at;
  there = self->bytes->len - self->at;
  if (there < PRELUDE_SIZE)
    return TRUE;

  /* The lengths are believed only when their checksum is right. */
  if (checksum (start, 8) != read_u32 (start + 8))
    return broken (self, error, TRESTLE_AWS_EVENT_STREAM_ERROR_PRELUDE_CHECKSUM,
                   "The checksum of a message's lengths is wrong");
  total = read_u32 (start);
  headers = read_u32 (start + 4);
  if (headers > MAX_HEADERS || (total >= OVERHEAD && headers > total - OVERHEAD))
    return broken (self, error, TRESTLE_AWS_EVENT_STREAM_ERROR_HEADERS_LENGTH,
                   "A message's headers are longer than they may be");
  if (total < OVERHEAD || total - OVERHEAD - headers > MAX_PAYLOAD)
    return broken (self, error, TRESTLE_AWS_EVENT_STREAM_ERROR_MESSAGE_LENGTH,
                   "A message's length is outside what is allowed");
  if (there < total)
    return TRUE;

  if (checksum (start, total - 4) != read_u32 (start + total - 4))
    return broken (self, error, TRESTLE_AWS_EVENT_STREAM_ERROR_MESSAGE_CHECKSUM,
                   "The checksum of a message is wrong");
  payload = g_bytes_new (start + PRELUDE_SIZE + headers, total - OVERHEAD - headers);
  made = trestle_aws_event_new (payload);
  if (!read_headers (made, start + PRELUDE_SIZE, start + PRELUDE_SIZE + headers, &self->error))
    {
      if (error != NULL)
        *error = g_error_copy (self->error);
      return FALSE;
    }

  self->at += total;
  *event = g_steal_pointer (&made);
  return TRUE;
}

gboolean
trestle_aws_event_decoder_finish (TrestleAwsEventDecoder *self, GError **error)
{
  if (self->error != NULL)
    {
      if (error != NULL)
        *error = g_error_copy (self->error);
      return FALSE;
    }
  if (self->at < self->bytes->len)
    return broken (self, error, TRESTLE_AWS_EVENT_STREAM_ERROR_INCOMPLETE,
                   "The stream ended within a message");
  return TRUE;
}

static void
append_uuid (GByteArray *out, const char *text)
{
  guint8 bytes[UUID_SIZE] = { 0 };
  guint digits = 0;

  for (; *text != '\0' && digits < 2 * UUID_SIZE; text++)
    {
      if (!g_ascii_isxdigit (*text))
        continue;
      bytes[digits / 2] = (guint8) (bytes[digits / 2] << 4 | g_ascii_xdigit_value (*text));
      digits++;
    }
  g_byte_array_append (out, bytes, sizeof bytes);
}

static gboolean
append_header (GByteArray *out, const TrestleAwsEventHeader *header)
{
  static const guint8 wire_types[] = {
    [TRESTLE_AWS_EVENT_BOOLEAN] = WIRE_FALSE, [TRESTLE_AWS_EVENT_BYTE] = WIRE_BYTE,
    [TRESTLE_AWS_EVENT_SHORT] = WIRE_SHORT,   [TRESTLE_AWS_EVENT_INTEGER] = WIRE_INTEGER,
    [TRESTLE_AWS_EVENT_LONG] = WIRE_LONG,     [TRESTLE_AWS_EVENT_BYTES] = WIRE_BYTES,
    [TRESTLE_AWS_EVENT_STRING] = WIRE_STRING, [TRESTLE_AWS_EVENT_TIMESTAMP] = WIRE_TIMESTAMP,
    [TRESTLE_AWS_EVENT_UUID] = WIRE_UUID,
  };
  gsize name_length = strlen (header->name);
  guint8 wire_type = wire_types[header->type];
  gconstpointer value = header->text;
  gsize size = header->text != NULL ? strlen (header->text) : 0;

  if (header->type == TRESTLE_AWS_EVENT_BOOLEAN && header->number != 0)
    wire_type = WIRE_TRUE;
  if (header->type == TRESTLE_AWS_EVENT_BYTES)
    value = g_bytes_get_data (header->bytes, &size);
  if (name_length < 1 || name_length > G_MAXUINT8 || size > G_MAXINT16)
    return FALSE;

  append_integer (out, (gint64) name_length, 1);
  g_byte_array_append (out, (const guint8 *) header->name, (guint) name_length);
  append_integer (out, wire_type, 1);
  switch (header->type)
    {
    case TRESTLE_AWS_EVENT_BOOLEAN:
      break;
    case TRESTLE_AWS_EVENT_BYTE:
      append_integer (out, header->number, 1);
      break;
    case TRESTLE_AWS_EVENT_SHORT:
      append_integer (out, header->number, 2);
      break;
    case TRESTLE_AWS_EVENT_INTEGER:
      append_integer (out, header->number, 4);
      break;
    case TRESTLE_AWS_EVENT_LONG:
    case TRESTLE_AWS_EVENT_TIMESTAMP:
      append_integer (out, header->number, 8);
      break;
    case TRESTLE_AWS_EVENT_BYTES:
    case TRESTLE_AWS_EVENT_STRING:
      append_integer (out, (gint64) size, 2);
      if (size > 0)
        g_byte_array_append (out, value, (guint) size);
      break;
    case TRESTLE_AWS_EVENT_UUID:
      append_uuid (out, header->text);
      break;
    default:
      g_assert_not_reached ();
    }
  return TRUE;
}

GBytes *
trestle_aws_event_encode (const TrestleAwsEvent *self, GError **error)
{
  g_autoptr (GByteArray) headers = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize size;
  gconstpointer payload = g_bytes_get_data (self->payload, &size);
  gboolean fits = size <= MAX_PAYLOAD;

  for (guint i = 0; fits && i < self->headers->len; i++)
    fits = append_header (headers, &g_array_index (self->headers, TrestleAwsEventHeader, i))
           && headers->len <= MAX_HEADERS;
  if (!fits)
    {
      g_set_error_literal (error, TRESTLE_AWS_EVENT_STREAM_ERROR,
                           TRESTLE_AWS_EVENT_STREAM_ERROR_MESSAGE_LENGTH,
                           "The message is longer than a message may be");
      return NULL;
    }

  append_integer (out, (gint64) (OVERHEAD + headers->len + size), 4);
  append_integer (out, headers->len, 4);
  append_integer (out, checksum (out->data, out->len), 4);
  g_byte_array_append (out, headers->data, headers->len);
  if (size > 0)
    g_byte_array_append (out, payload, (guint) size);
  append_integer (out, checksum (out->data, out->len), 4);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
