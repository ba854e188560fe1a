/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "wire-kit.h"

static char *key_file;
static char *certificate_file;

/* A certificate for 127.0.0.1 that nobody vouches for. */
static gboolean
make_certificate (const char *dir)
{
  const char *command[] = {
    "openssl", "req",   "-x509", "-newkey", "ec",       "-pkeyopt", "ec_paramgen_curve:prime256v1",
    "-nodes",  "-days", "2",     "-subj",   "/CN=test", "-addext",  "subjectAltName=IP:127.0.0.1",
    "-keyout", NULL,    "-out",  NULL,      NULL
  };
  g_autoptr (GSubprocess) process = NULL;

  key_file = g_build_filename (dir, "key.pem", NULL);
  certificate_file = g_build_filename (dir, "certificate.pem", NULL);
  command[15] = key_file;
  command[17] = certificate_file;
  process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

static GTlsCertificate *
load_certificate (void)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (certificate_file, key_file,
                                                                   &error);

  g_assert_no_error (error);
  return certificate;
}

static DexFuture *
test_untrusted_fiber (gpointer data)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (WireServer) server = wire_server_new (certificate);
  g_autoptr (WireKit) kit = wire_kit_new_for (wire_server_get_endpoint (server), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = wire_kit_read (kit, &error);

  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_NETWORK, FALSE);
  g_assert_nonnull (strstr (error->message, "trusted"));
  g_assert_cmpuint (kit->last->attempts, ==, 1);
  g_assert_cmpuint (wire_server_n_connections (server), ==, 1);
  g_assert_cmpuint (wire_server_n_requests (server), ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_bundle_fiber (gpointer data)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (WireServer) server = wire_server_new (certificate);
  g_autoptr (WireKit) kit = wire_kit_new_for (wire_server_get_endpoint (server), certificate_file);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply) reply = wire_kit_read (kit, &error);

      g_assert_no_error (error);
      g_assert_true (wire_server_request (server, i)->verified);
    }
  g_assert_cmpuint (wire_server_n_connections (server), ==, 1);
  return dex_future_new_true ();
}

/* Trusted, but made out to another name. */
static DexFuture *
test_other_name_fiber (gpointer data)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (WireServer) server = wire_server_new (certificate);
  g_autofree char *endpoint = g_strconcat ("https://localhost",
                                           strrchr (wire_server_get_endpoint (server), ':'), NULL);
  g_autoptr (WireKit) kit = wire_kit_new_for (endpoint, certificate_file);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = wire_kit_read (kit, &error);

  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_NETWORK, FALSE);
  g_assert_cmpuint (kit->last->attempts, ==, 1);
  g_assert_cmpuint (wire_server_n_requests (server), ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_bad_bundle_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (trestle_aws_transport_new ("/nonexistent/bundle.pem", &error));
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, "/nonexistent/bundle.pem"));
  return dex_future_new_true ();
}

/* Broken off in the middle of the greeting: no byte of the request left, so all may try again. */
static DexFuture *
test_broken_handshake_fiber (gpointer data)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (WireServer) server = wire_server_new (certificate);
  g_autoptr (WireKit) kit = wire_kit_new_for (wire_server_get_endpoint (server), certificate_file);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;

  wire_server_reset_next (server);
  reply = wire_kit_ask (kit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trestle_aws_reply_get_attempts (reply), ==, 2);
  g_assert_cmpuint (wire_server_n_requests (server), ==, 1);
  return dex_future_new_true ();
}

static DexFuture *
test_no_tls_beyond_loopback_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new_for ("http://198.51.100.1", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = wire_kit_read (kit, &error);

  wire_assert_failed (reply, error, TRESTLE_AWS_ERROR_CONFIG, FALSE);
  g_assert_cmpstr (trestle_aws_error_details (error)->operation, ==, "DescribeEndpoint");
  g_assert_cmpuint (kit->n_called, ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_upload_unsigned_fiber (gpointer data)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (WireServer) server = wire_server_new (certificate);
  g_autoptr (WireKit) kit = wire_kit_new_for (wire_server_get_endpoint (server), certificate_file);
  g_autoptr (GFile) file = g_file_new_for_path (certificate_file);
  g_autoptr (JsonNode)
      input = json_from_string ("{\"Bucket\":\"samples\",\"Key\":\"a b.pem\"}", NULL);
  TrestleAwsCall call = {
    .service = "s3", .operation = "PutObject", .input = input, .upload = file
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsReply) reply = NULL;
  g_autofree char *text = NULL;
  WireRequest *request;

  wire_server_push (server, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", WIRE_KEEP);
  reply = dex_await_object (trestle_aws_client_call_full (kit->client, &call), &error);
  g_assert_no_error (error);
  request = wire_server_request (server, 0);
  g_assert_cmpstr (wire_request_header (request, "x-amz-content-sha256"), ==, "UNSIGNED-PAYLOAD");
  g_assert_true (request->verified);
  text = wire_request_dup_text (request);
  g_assert_true (g_str_has_prefix (text, "-----BEGIN"));
  return dex_future_new_true ();
}

/* libsoup's own server speaks HTTP/2. */
typedef struct
{
  guint n_requests;
  gboolean second_version;
} Seen;

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer data)
{
  Seen *seen = data;
  const char *body = "{\"EndpointName\":\"iris\"}";

  seen->n_requests++;
  seen->second_version = soup_server_message_get_http_version (message) == SOUP_HTTP_2_0;
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/x-amz-json-1.1", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static DexFuture *
test_http2_fiber (gpointer data)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (SoupServer) server = soup_server_new ("tls-certificate", certificate, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *endpoint = NULL;
  g_autoptr (WireKit) kit = NULL;
  Seen seen = { 0 };
  GSList *uris;

  soup_server_add_handler (server, NULL, answer_cb, &seen, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  endpoint = g_strdup_printf ("https://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  kit = wire_kit_new_for (endpoint, certificate_file);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (TrestleAwsReply) reply = i % 2 ? wire_kit_read (kit, &error)
                                                : wire_kit_ask (kit, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpuint (seen.n_requests, ==, 5);
  g_assert_true (seen.second_version);
  soup_server_disconnect (server);
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = NULL;
  int status;

  g_setenv ("SOUP_SERVER_HTTP2", "1", TRUE);
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  dir = g_dir_make_tmp ("trestle-XXXXXX", NULL);
  if (!make_certificate (dir))
    {
      g_print ("1..0 # SKIP openssl is not there to make a certificate\n");
      return 0;
    }
  trestle_test_fiber ("/wire/tls/untrusted", test_untrusted_fiber);
  trestle_test_fiber ("/wire/tls/bundle", test_bundle_fiber);
  trestle_test_fiber ("/wire/tls/other-name", test_other_name_fiber);
  trestle_test_fiber ("/wire/tls/bad-bundle", test_bad_bundle_fiber);
  trestle_test_fiber ("/wire/tls/broken-handshake", test_broken_handshake_fiber);
  trestle_test_fiber ("/wire/tls/no-tls-beyond-loopback", test_no_tls_beyond_loopback_fiber);
  trestle_test_fiber ("/wire/tls/upload-unsigned", test_upload_unsigned_fiber);
  trestle_test_fiber ("/wire/tls/http2", test_http2_fiber);
  status = g_test_run ();
  g_unlink (key_file);
  g_unlink (certificate_file);
  g_rmdir (dir);
  g_free (key_file);
  g_free (certificate_file);
  return status;
}
