/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire-kit.h"

/* Which operation, by the class of what may be sent again. */
static TrestleAwsReply *
call_of (WireKit *kit, TrestleAwsReplay replay, GError **error)
{
  switch (replay)
    {
    case TRESTLE_AWS_REPLAY_READ:
      return wire_kit_read (kit, error);
    case TRESTLE_AWS_REPLAY_TOKEN:
      return wire_kit_token (kit, error);
    case TRESTLE_AWS_REPLAY_ASK:
      return wire_kit_ask (kit, error);
    case TRESTLE_AWS_REPLAY_INVOKE:
    default:
      return wire_kit_invoke (kit, "1,2,3,4", error);
    }
}

#define N_CLASSES (TRESTLE_AWS_REPLAY_INVOKE + 1)

static gboolean
may_be_sent_again (guint replay)
{
  return replay == TRESTLE_AWS_REPLAY_READ || replay == TRESTLE_AWS_REPLAY_TOKEN;
}

/* After the request was sent: reads and calls with a token go out again, the others do not. */
static void
check_lost (const char *answer, WireThen then, TrestleAwsError code)
{
  for (guint replay = 0; replay < N_CLASSES; replay++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;

      wire_server_push (kit->server, answer, then);
      reply = call_of (kit, (TrestleAwsReplay) replay, &error);
      if (may_be_sent_again (replay))
        {
          g_assert_no_error (error);
          g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
        }
      else
        {
          wire_assert_failed (reply, error, (int) code, TRUE);
          g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 1);
        }
      wire_kit_assert_signed (kit);
    }
}

static DexFuture *
test_reset_fiber (gpointer data)
{
  check_lost ("", WIRE_RESET, TRESTLE_AWS_ERROR_NETWORK);
  return dex_future_new_true ();
}

static DexFuture *
test_closed_fiber (gpointer data)
{
  check_lost ("", WIRE_CLOSE, TRESTLE_AWS_ERROR_NETWORK);
  return dex_future_new_true ();
}

static DexFuture *
test_cut_head_fiber (gpointer data)
{
  check_lost ("HTTP/1.1 200 OK\r\nContent-Le", WIRE_CLOSE, TRESTLE_AWS_ERROR_PROTOCOL);
  return dex_future_new_true ();
}

static DexFuture *
test_cut_body_fiber (gpointer data)
{
  check_lost ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Endpoint", WIRE_CLOSE,
              TRESTLE_AWS_ERROR_NETWORK);
  check_lost ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"Endpoint",
              WIRE_CLOSE, TRESTLE_AWS_ERROR_NETWORK);
  return dex_future_new_true ();
}

static DexFuture *
test_cut_chunk_fiber (gpointer data)
{
  check_lost ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"Endpoint", WIRE_CLOSE,
              TRESTLE_AWS_ERROR_NETWORK);
  return dex_future_new_true ();
}

/* All three tries are lost: one answer for all classes, as many requests as the class allows. */
static DexFuture *
test_lost_to_the_end_fiber (gpointer data)
{
  for (guint replay = 0; replay < N_CLASSES; replay++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;

      for (guint i = 0; i < 5; i++)
        wire_server_push (kit->server, "", WIRE_RESET);
      reply = call_of (kit, (TrestleAwsReplay) replay, &error);
      wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_NETWORK, TRUE);
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==,
                        may_be_sent_again (replay) ? 3 : 1);
      g_assert_cmpstr (kit->last->error, ==, "network");
      g_assert_cmpuint (kit->last->status, ==, 0);
    }
  return dex_future_new_true ();
}

/* Nobody listens: no byte leaves, so every class tries as often as it may. */
static DexFuture *
test_refused_fiber (gpointer data)
{
  g_autofree char *endpoint = wire_dup_refused_endpoint ();

  for (guint replay = 0; replay < N_CLASSES; replay++)
    {
      g_autoptr (WireKit) kit = wire_kit_new_for (endpoint, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = call_of (kit, (TrestleAwsReplay) replay, &error);

      wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_NETWORK, FALSE);
      g_assert_cmpuint (kit->last->attempts, ==, 3);
      g_assert_cmpuint (kit->delays->len, ==, 2);
    }
  return dex_future_new_true ();
}

/* AWS says it did nothing: every class may go out again. */
static DexFuture *
test_throttled_fiber (gpointer data)
{
  for (guint replay = 0; replay < N_CLASSES; replay++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;

      wire_server_error (kit->server, 400, "ThrottlingException");
      reply = call_of (kit, (TrestleAwsReplay) replay, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
    }
  return dex_future_new_true ();
}

/* AWS failed inside: what it did is not known. */
static DexFuture *
test_failed_fiber (gpointer data)
{
  for (guint replay = 0; replay < N_CLASSES; replay++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = NULL;

      wire_server_error (kit->server, 503, "ServiceUnavailable");
      reply = call_of (kit, (TrestleAwsReplay) replay, &error);
      if (may_be_sent_again (replay))
        {
          g_assert_no_error (error);
          continue;
        }
      wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_SERVICE, TRUE);
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 1);
    }
  return dex_future_new_true ();
}

/* A lost try is not forgotten when a later one brings a definite answer. */
static DexFuture *
test_lost_then_refused_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  wire_server_push (kit->server, "", WIRE_RESET);
  wire_server_error (kit->server, 400, "ConflictException");
  reply = wire_kit_token (kit, &error);
  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_CONFLICT, TRUE);
  return dex_future_new_true ();
}

static const char *
token_of (WireRequest *request, JsonNode **body)
{
  g_autofree char *text = wire_request_dup_text (request);

  *body = json_from_string (text, NULL);
  return json_object_get_string_member (json_node_get_object (*body), "clientToken");
}

static DexFuture *
test_token_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  g_autoptr (TrestleAwsReply) other = NULL;
  g_autoptr (TrestleAwsReply) own = NULL;
  JsonNode *bodies[4] = { NULL };

  /* One token for all tries of a call, another for the next call, one's own as it is. */
  wire_server_push (kit->server, "", WIRE_RESET);
  reply = wire_kit_token (kit, &error);
  g_assert_no_error (error);
  other = wire_kit_token (kit, &error);
  g_assert_no_error (error);
  own = wire_kit_call (kit, "marketplace-agreement", "CreateAgreementRequest",
                       "{\"clientToken\":\"mine\",\"intent\":\"NEW\",\"requestedTerms\":[],"
                       "\"agreementProposalIdentifier\":\"offer-1\"}",
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 4);
  g_assert_true (
      g_uuid_string_is_valid (token_of (wire_server_request (kit->server, 0), &bodies[0])));
  g_assert_cmpstr (token_of (wire_server_request (kit->server, 1), &bodies[1]), ==,
                   json_object_get_string_member (json_node_get_object (bodies[0]), "clientToken"));
  g_assert_cmpstr (token_of (wire_server_request (kit->server, 2), &bodies[2]), !=,
                   json_object_get_string_member (json_node_get_object (bodies[0]), "clientToken"));
  g_assert_cmpstr (token_of (wire_server_request (kit->server, 3), &bodies[3]), ==, "mine");
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_clear_pointer (&bodies[i], json_node_unref);
  return dex_future_new_true ();
}

/* The server closes connections that were idle: the next call goes out all the same. */
static DexFuture *
test_stale_connection_fiber (gpointer data)
{
  for (guint replay = 0; replay < N_CLASSES; replay++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) first = NULL;
      g_autoptr (TrestleAwsReply) second = NULL;

      wire_server_push (kit->server, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", WIRE_CLOSE);
      first = call_of (kit, (TrestleAwsReplay) replay, &error);
      g_assert_no_error (error);
      dex_await (dex_timeout_new_msec (20), NULL);
      second = call_of (kit, (TrestleAwsReplay) replay, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
      g_assert_cmpuint (wire_server_n_connections (kit->server), ==, 2);
    }
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  trestle_test_fiber ("/wire/replay/reset", test_reset_fiber);
  trestle_test_fiber ("/wire/replay/closed", test_closed_fiber);
  trestle_test_fiber ("/wire/replay/cut-head", test_cut_head_fiber);
  trestle_test_fiber ("/wire/replay/cut-body", test_cut_body_fiber);
  trestle_test_fiber ("/wire/replay/cut-chunk", test_cut_chunk_fiber);
  trestle_test_fiber ("/wire/replay/lost-to-the-end", test_lost_to_the_end_fiber);
  trestle_test_fiber ("/wire/replay/refused", test_refused_fiber);
  trestle_test_fiber ("/wire/replay/throttled", test_throttled_fiber);
  trestle_test_fiber ("/wire/replay/failed", test_failed_fiber);
  trestle_test_fiber ("/wire/replay/lost-then-refused", test_lost_then_refused_fiber);
  trestle_test_fiber ("/wire/replay/token", test_token_fiber);
  trestle_test_fiber ("/wire/replay/stale-connection", test_stale_connection_fiber);
  return g_test_run ();
}
