/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "aws/trestle-aws-client.h"
#include "base/trestle-future.h"

/*
 * invoke-client ENDPOINT CONCURRENCY SECONDS: sends InvokeEndpoint with 64 bytes, and prints how
 * many came back per second.
 */

typedef struct
{
  TrestleAwsClient *client;
  JsonNode *input;
  GBytes *payload;
  gint64 end;
  guint n_done;
} Run;

static DexFuture *
worker_fiber (gpointer data)
{
  Run *run = data;
  TrestleAwsCall call = { .service = "sagemaker-runtime",
                          .operation = "InvokeEndpoint",
                          .input = run->input,
                          .payload = run->payload };

  while (g_get_monotonic_time () < run->end)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsReply)
          reply = dex_await_object (trestle_aws_client_call_full (run->client, &call), &error);

      if (reply == NULL)
        return trestle_future_error (error);
      if (g_bytes_get_size (trestle_aws_reply_get_payload (reply)) != 64)
        return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "Not what was sent");
      run->n_done++;
    }
  return dex_future_new_true ();
}

static DexFuture *
run_workers (Run *run, guint n_workers)
{
  g_autoptr (GPtrArray) workers = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < n_workers; i++)
    g_ptr_array_add (workers, trestle_fiber_spawn (worker_fiber, run, NULL));
  return dex_future_allv ((DexFuture **) workers->pdata, workers->len);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsTransport) transport = NULL;
  g_autoptr (TrestleAwsConfig) config = NULL;
  g_autoptr (TrestleAwsCredentials) keys = NULL;
  g_autoptr (TrestleAwsCredentialsProvider) provider = NULL;
  g_autoptr (TrestleAwsClient) client = NULL;
  g_autoptr (JsonNode) input = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (DexFuture) done = NULL;
  g_autofree char *body = g_strnfill (64, '7');
  gint64 start;
  Run run = { 0 };

  if (argc != 4)
    {
      g_printerr ("Usage: invoke-client ENDPOINT CONCURRENCY SECONDS\n");
      return 2;
    }
  dex_init ();
  transport = trestle_aws_transport_new (NULL, &error);
  config = trestle_aws_config_new_fixed (argv[1], "us-east-1");
  keys = trestle_aws_credentials_new ("AKIDBENCH", "bench-secret-key", NULL, 0, "bench");
  provider = trestle_aws_static_provider_new (keys);
  client = trestle_aws_client_new (transport, config, provider, "us-east-1");
  input = json_from_string ("{\"EndpointName\":\"iris\",\"ContentType\":\"text/csv\"}", NULL);
  payload = g_bytes_new (body, 64);

  start = g_get_monotonic_time ();
  run = (Run) { client, input, payload,
                start + (gint64) (g_ascii_strtod (argv[3], NULL) * G_USEC_PER_SEC), 0 };
  done = trestle_await_run (run_workers (&run, (guint) atoi (argv[2])), &error);
  if (done == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_print ("%.1f\n",
           run.n_done * (double) G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start));
  return 0;
}
