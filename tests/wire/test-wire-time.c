/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/trestle-clock.h"
#include "wire-kit.h"

static DexFuture *
describe (WireKit *kit, guint timeout_ms)
{
  g_autoptr (JsonNode) input = json_from_string ("{\"EndpointName\":\"iris\"}", NULL);
  TrestleAwsCall call = { .service = "sagemaker",
                          .operation = "DescribeEndpoint",
                          .input = input,
                          .timeout_ms = timeout_ms };

  return trestle_aws_client_call_full (kit->client, &call);
}

/* Long enough for the request to arrive, however much else the machine does. */
#define DEADLINE_MS 2000

static void
check_deadline (const char *text, WireThen then)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  gint64 start = g_get_monotonic_time ();

  wire_server_push (kit->server, text, then);
  reply = dex_await_object (describe (kit, DEADLINE_MS), &error);
  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_TIMEOUT, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, DEADLINE_MS * 1000);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 1);
  g_assert_cmpstr (kit->last->error, ==, "timeout");
}

static DexFuture *
test_deadline_fiber (gpointer data)
{
  check_deadline ("", WIRE_HANG);
  check_deadline ("HTTP/1.1 200 OK\r\nContent-Le", WIRE_HANG);
  check_deadline ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", WIRE_HANG);
  return dex_future_new_true ();
}

static DexFuture *
test_drip_fiber (gpointer data)
{
  check_deadline ("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{", WIRE_DRIP);
  check_deadline ("HTTP/1.1 200 OK\r\nX-Slow:", WIRE_DRIP);
  return dex_future_new_true ();
}

/* A wait that would outlast the deadline is not begun: the reason is told at once. */
static DexFuture *
test_deadline_of_all_tries_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  wire_server_answer (kit->server, 503, "x-amz-retry-after: 4000\r\n", "{}");
  reply = dex_await_object (describe (kit, 2000), &error);
  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_SERVICE, TRUE);
  g_assert_cmpuint (kit->delays->len, ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_connect_timeout_fiber (gpointer data)
{
  g_autoptr (WireServer) server = wire_server_new (NULL);
  g_autofree char *endpoint = g_strconcat ("https", strchr (wire_server_get_endpoint (server), ':'),
                                           NULL);
  g_autoptr (WireKit) kit = wire_kit_new_for (endpoint, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  /* The server never answers the greeting of TLS. */
  trestle_aws_transport_set_connect_timeout (kit->transport, 50);
  reply = wire_kit_ask (kit, &error);
  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_NETWORK, FALSE);
  g_assert_cmpuint (kit->last->attempts, ==, 3);
  g_assert_cmpuint (wire_server_n_connections (server), ==, 3);
  return dex_future_new_true ();
}

static guint n_turns;

static gboolean
count_turn (GSource *source, int *timeout)
{
  n_turns++;
  *timeout = -1;
  return FALSE;
}

/* Once connecting is over there is nothing to do before the deadline, and the main loop sleeps. */
static DexFuture *
test_rest_fiber (gpointer data)
{
  static GSourceFuncs funcs = { .prepare = count_turn };
  g_autoptr (GSource) source = g_source_new (&funcs, sizeof (GSource));
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  trestle_aws_transport_set_connect_timeout (kit->transport, 10);
  wire_server_push (kit->server, "", WIRE_HANG);
  g_source_attach (source, NULL);
  n_turns = 0;
  reply = dex_await_object (describe (kit, 400), &error);
  g_source_destroy (source);
  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_TIMEOUT, TRUE);
  g_assert_cmpuint (n_turns, <, 200);
  return dex_future_new_true ();
}

/* Waits until the server saw @n requests. */
static void
await_requests (WireKit *kit, guint n)
{
  while (wire_server_n_requests (kit->server) < n)
    dex_await (dex_timeout_new_msec (1), NULL);
}

static DexFuture *
test_cancel_before_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (TrestleAwsReply) reply = NULL;
  DexFuture *future = describe (kit, 0);

  dex_clear (&future);
  reply = dex_await_object (describe (kit, 0), NULL);
  g_assert_nonnull (reply);
  g_assert_cmpuint (kit->n_called, ==, 1);
  return dex_future_new_true ();
}

static DexFuture *
test_cancel_during_fiber (gpointer data)
{
  static const struct
  {
    const char *text;
    WireThen then;
  } cases[] = {
    { "", WIRE_HANG },
    { "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{", WIRE_HANG },
    { "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{", WIRE_DRIP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (TrestleAwsReply) reply = NULL;
      DexFuture *future;

      wire_server_push (kit->server, cases[i].text, cases[i].then);
      future = describe (kit, 0);
      await_requests (kit, 1);
      dex_await (dex_timeout_new_msec (5), NULL);
      dex_clear (&future);
      while (wire_server_n_ended (kit->server) == 0)
        dex_await (dex_timeout_new_msec (1), NULL);
      reply = dex_await_object (describe (kit, 0), NULL);
      g_assert_nonnull (reply);
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
      g_assert_cmpuint (wire_server_n_connections (kit->server), ==, 2);
      g_assert_cmpuint (kit->n_called, ==, 1);
    }
  return dex_future_new_true ();
}

static DexFuture *
wait_for_ever (gint64 usec, gpointer data)
{
  return dex_future_new_infinite ();
}

static DexFuture *
test_cancel_while_waiting_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  DexFuture *future;

  trestle_aws_transport_set_delay (kit->transport, wait_for_ever, NULL);
  wire_server_error (kit->server, 503, "ServiceUnavailable");
  future = describe (kit, 0);
  await_requests (kit, 1);
  dex_await (dex_timeout_new_msec (20), NULL);
  dex_clear (&future);
  dex_await (dex_timeout_new_msec (20), NULL);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 1);
  g_assert_cmpuint (kit->n_called, ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_cancel_after_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  DexFuture *future = describe (kit, 0);

  g_assert_true (dex_await (dex_ref (future), NULL));
  dex_clear (&future);
  g_assert_cmpuint (kit->n_called, ==, 1);
  return dex_future_new_true ();
}

static DexFuture *
test_keep_alive_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = i % 2 ? wire_kit_read (kit, &error)
                                                : wire_kit_invoke (kit, "1,2", &error);

      g_assert_no_error (error);
    }
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 20);
  g_assert_cmpuint (wire_server_n_connections (kit->server), ==, 1);
  return dex_future_new_true ();
}

static DexFuture *
test_parallel_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (dex_unref);

  /* 16 at once are 16 connections; 40 at once are the 24 that a host may have, one after another. */
  wire_server_set_hold (kit->server, 16);
  for (guint i = 0; i < 16; i++)
    g_ptr_array_add (calls, describe (kit, 0));
  for (guint i = 0; i < calls->len; i++)
    g_assert_true (dex_await (dex_ref (g_ptr_array_index (calls, i)), NULL));
  g_assert_cmpuint (wire_server_most_at_once (kit->server), ==, 16);
  g_assert_cmpuint (wire_server_n_connections (kit->server), ==, 16);
  g_ptr_array_set_size (calls, 0);

  wire_server_set_hold (kit->server, 24);
  for (guint i = 0; i < 48; i++)
    g_ptr_array_add (calls, describe (kit, 0));
  for (guint i = 0; i < calls->len; i++)
    g_assert_true (dex_await (dex_ref (g_ptr_array_index (calls, i)), NULL));
  g_assert_cmpuint (wire_server_most_at_once (kit->server), ==, 24);
  g_assert_cmpuint (wire_server_n_connections (kit->server), ==, 24);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 64);
  wire_kit_assert_signed (kit);
  return dex_future_new_true ();
}

static char *
date_line (gint64 ahead)
{
  g_autoptr (GDateTime)
      date = g_date_time_new_from_unix_utc ((trestle_clock_now () + ahead) / TRESTLE_SECOND);

  return g_date_time_format (date, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n");
}

static gint64
signed_ahead (WireKit *kit, guint index)
{
  gint64 date = 0;

  g_assert_true (trestle_clock_parse (
      wire_request_header (wire_server_request (kit->server, index), "x-amz-date"), &date));
  return date - trestle_clock_now ();
}

static DexFuture *
test_skew_corrected_fiber (gpointer data)
{
  g_autofree char *date = date_line (20 * TRESTLE_MINUTE);
  static const char *const codes[] = { "RequestTimeTooSkewed", "InvalidSignatureException" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;
      g_autoptr (TrestleAwsReply) next = NULL;
      g_autofree char *body = g_strdup_printf ("{\"__type\":\"%s\"}", codes[i]);

      /* Even a call that must not go out twice: AWS did nothing. */
      wire_server_answer (kit->server, 403, date, body);
      wire_server_answer (kit->server, 200, date, "{\"ModelArn\":\"arn\"}");
      reply = wire_kit_ask (kit, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (kit->delays->len, ==, 0);
      g_assert_cmpint (signed_ahead (kit, 0), <, TRESTLE_MINUTE);
      g_assert_cmpint (signed_ahead (kit, 1), >, 19 * TRESTLE_MINUTE);

      next = wire_kit_ask (kit, &error);
      g_assert_no_error (error);
      g_assert_cmpint (signed_ahead (kit, 2), >, 19 * TRESTLE_MINUTE);
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 3);
    }
  return dex_future_new_true ();
}

/* A success corrects too, and a clock that is right again is followed back. */
static DexFuture *
test_skew_from_success_fiber (gpointer data)
{
  g_autofree char *ahead = date_line (-30 * TRESTLE_MINUTE);
  g_autofree char *right = date_line (0);
  g_autoptr (WireKit) kit = wire_kit_new ();

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TrestleAwsReply) reply = NULL;

      wire_server_answer (kit->server, 200, i == 0 ? ahead : right, "{}");
      reply = wire_kit_read (kit, NULL);
      g_assert_nonnull (reply);
    }
  g_assert_cmpint (signed_ahead (kit, 1), <, -29 * TRESTLE_MINUTE);
  g_assert_cmpint (ABS (signed_ahead (kit, 2)), <, TRESTLE_MINUTE);
  return dex_future_new_true ();
}

/* Corrected once already and still refused: no circle. */
static DexFuture *
test_skew_for_ever_fiber (gpointer data)
{
  g_autofree char *date = date_line (20 * TRESTLE_MINUTE);
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  for (guint i = 0; i < 5; i++)
    wire_server_answer (kit->server, 403, date, "{\"__type\":\"RequestTimeTooSkewed\"}");
  reply = wire_kit_read (kit, &error);
  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_CLOCK_SKEW, FALSE);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
  g_assert_nonnull (strstr (error->message, "minutes off"));
  return dex_future_new_true ();
}

static GLogWriterOutput
quiet (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (level & G_LOG_LEVEL_MESSAGE)
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (quiet, NULL, NULL);
  trestle_test_fiber ("/wire/time/deadline", test_deadline_fiber);
  trestle_test_fiber ("/wire/time/drip", test_drip_fiber);
  trestle_test_fiber ("/wire/time/deadline-of-all-tries", test_deadline_of_all_tries_fiber);
  trestle_test_fiber ("/wire/time/connect-timeout", test_connect_timeout_fiber);
  trestle_test_fiber ("/wire/time/rest", test_rest_fiber);
  trestle_test_fiber ("/wire/cancel/before", test_cancel_before_fiber);
  trestle_test_fiber ("/wire/cancel/during", test_cancel_during_fiber);
  trestle_test_fiber ("/wire/cancel/while-waiting", test_cancel_while_waiting_fiber);
  trestle_test_fiber ("/wire/cancel/after", test_cancel_after_fiber);
  trestle_test_fiber ("/wire/connections/keep-alive", test_keep_alive_fiber);
  trestle_test_fiber ("/wire/connections/parallel", test_parallel_fiber);
  trestle_test_fiber ("/wire/skew/corrected", test_skew_corrected_fiber);
  trestle_test_fiber ("/wire/skew/from-success", test_skew_from_success_fiber);
  trestle_test_fiber ("/wire/skew/for-ever", test_skew_for_ever_fiber);
  return g_test_run ();
}
