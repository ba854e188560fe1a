/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "eventstream-vectors"

#include "aws/trestle-aws-event-stream.h"
#include "base/trestle-json.h"
#include "vectors.h"

/*
 * eventstream-vectors FILE.json…: decodes each case fed whole, byte by byte and in odd pieces. What
 * decodes is also encoded again, which must give the bytes it came from.
 */

static const char *const type_names[] = { "boolean", "byte",   "short",     "integer", "long",
                                          "bytes",   "string", "timestamp", "uuid" };

static char *
to_hex (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", data[i]);
  return g_string_free_and_steal (text);
}

static GBytes *
from_hex (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; text[0] != '\0' && text[1] != '\0'; text += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (bytes);
}

/* The event in the form of the vectors. */
static JsonObject *
event_to_json (const TrestleAwsEvent *event)
{
  JsonObject *object = json_object_new ();
  JsonArray *headers = json_array_new ();
  g_autofree char *payload = to_hex (event->payload);

  for (guint i = 0; i < event->headers->len; i++)
    {
      const TrestleAwsEventHeader *header = &g_array_index (event->headers, TrestleAwsEventHeader,
                                                            i);
      JsonObject *line = json_object_new ();

      json_object_set_string_member (line, "name", header->name);
      json_object_set_string_member (line, "type", type_names[header->type]);
      if (header->type == TRESTLE_AWS_EVENT_BOOLEAN)
        json_object_set_boolean_member (line, "value", header->number != 0);
      else if (header->text != NULL)
        json_object_set_string_member (line, "value", header->text);
      else if (header->bytes != NULL)
        {
          g_autofree char *hex = to_hex (header->bytes);

          json_object_set_string_member (line, "value", hex);
        }
      else
        json_object_set_int_member (line, "value", header->number);
      json_array_add_object_element (headers, line);
    }
  json_object_set_array_member (object, "headers", headers);
  json_object_set_string_member (object, "payload", payload);
  return object;
}

static const char *
error_name (const GError *error)
{
  static const char *const names[] = {
    [TRESTLE_AWS_EVENT_STREAM_ERROR_PRELUDE_CHECKSUM] = "prelude-checksum",
    [TRESTLE_AWS_EVENT_STREAM_ERROR_MESSAGE_CHECKSUM] = "message-checksum",
    [TRESTLE_AWS_EVENT_STREAM_ERROR_HEADERS_LENGTH] = "headers-length",
    [TRESTLE_AWS_EVENT_STREAM_ERROR_MESSAGE_LENGTH] = "message-length",
    [TRESTLE_AWS_EVENT_STREAM_ERROR_HEADER_TYPE] = "header-type",
    [TRESTLE_AWS_EVENT_STREAM_ERROR_HEADER_OVERRUN] = "header-overrun",
    [TRESTLE_AWS_EVENT_STREAM_ERROR_DUPLICATE_HEADER] = "duplicate-header",
    [TRESTLE_AWS_EVENT_STREAM_ERROR_INCOMPLETE] = "incomplete",
  };

  return error != NULL ? names[error->code] : NULL;
}

/* Decodes @bytes in pieces of the sizes of @step, over and over. */
static JsonArray *
decode (GBytes *bytes, const gsize *step, gsize n_steps, GByteArray *again, GError **error)
{
  g_autoptr (TrestleAwsEventDecoder) decoder = trestle_aws_event_decoder_new ();
  g_autoptr (JsonArray) messages = json_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint turn = 0;

  for (gsize at = 0; at < length;)
    {
      gsize piece = MIN (step[turn % n_steps], length - at);

      turn++;
      trestle_aws_event_decoder_push (decoder, data + at, piece);
      at += piece;
      while (TRUE)
        {
          g_autoptr (TrestleAwsEvent) event = NULL;
          g_autoptr (GBytes) encoded = NULL;

          if (!trestle_aws_event_decoder_pull (decoder, &event, error))
            return g_steal_pointer (&messages);
          if (event == NULL)
            break;
          json_array_add_object_element (messages, event_to_json (event));
          encoded = trestle_aws_event_encode (event, NULL);
          g_byte_array_append (again, g_bytes_get_data (encoded, NULL),
                               (guint) g_bytes_get_size (encoded));
        }
    }

  trestle_aws_event_decoder_finish (decoder, error);
  return g_steal_pointer (&messages);
}

static char *
messages_to_text (JsonArray *messages)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, messages);
  return trestle_json_to_string (node, FALSE);
}

static gboolean
run_case (const char *name, JsonObject *object)
{
  static const gsize whole[] = { G_MAXSIZE };
  static const gsize single[] = { 1 };
  static const gsize odd[] = { 3, 1, 7, 11, 2, 5, 13 };
  static const struct
  {
    const char *name;
    const gsize *step;
    gsize n;
  } ways[] = {
    { "whole", whole, G_N_ELEMENTS (whole) },
    { "byte by byte", single, G_N_ELEMENTS (single) },
    { "odd pieces", odd, G_N_ELEMENTS (odd) },
  };
  g_autoptr (GBytes) bytes = from_hex (vectors_string (object, "bytes"));
  g_autoptr (JsonArray) expected = NULL;
  g_autofree char *expected_text = NULL;
  gboolean good = TRUE;

  if (json_object_has_member (object, "messages"))
    expected = json_array_ref (json_object_get_array_member (object, "messages"));
  else
    expected = json_array_new ();
  if (json_object_has_member (object, "decoded"))
    json_array_add_object_element (
        expected, json_object_ref (json_object_get_object_member (object, "decoded")));
  expected_text = messages_to_text (expected);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) again = g_byte_array_new ();
      g_autoptr (JsonArray) got = decode (bytes, ways[i].step, ways[i].n, again, &error);
      g_autofree char *got_text = messages_to_text (got);

      good &= vectors_same (name, ways[i].name, expected_text, got_text);
      good &= vectors_same (name, ways[i].name, vectors_string (object, "error"),
                            error_name (error));
      if (error == NULL)
        {
          g_autoptr (GBytes) round = g_byte_array_free_to_bytes (g_steal_pointer (&again));

          good &= vectors_same (name, "encoded again", "the same bytes",
                                g_bytes_equal (round, bytes) ? "the same bytes" : "others");
        }
    }
  return good;
}

int
main (int argc, char *argv[])
{
  Counts counts = { 0 };

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (JsonArray) cases = vectors_load (argv[i]);

      if (cases == NULL)
        return 2;
      for (guint j = 0; j < json_array_get_length (cases); j++)
        {
          JsonObject *object = json_array_get_object_element (cases, j);
          const char *name = vectors_string (object, "name");

          vectors_count (&counts, name, run_case (name, object));
        }
    }

  if (argc < 2)
    {
      g_printerr ("Usage: eventstream-vectors FILE.json…\n");
      return 2;
    }
  return vectors_finish (&counts);
}
