/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "base/trestle-limiter.h"
#include "cli/trestle-cli-print.h"
#include "media/trestle-content-type.h"
#include "workbench/trestle-invoke-flow.h"

/* Longer answers are left out of the JSON record. */
#define MAX_BODY (64 * 1024)
#define MAX_CONCURRENCY 64

/**
 * Batch: one `invoke` command
 */
typedef struct
{
  TrestleCli *cli;
  char *output;
  GHashTable *written; /* names in output that this run made */
  TrestleLimiter *limiter;
  GArray *latencies; /* of gint64 µs, of answers that came */
  gboolean single;
  guint errors;
} Batch;

typedef struct
{
  Batch *batch;
  TrestleInvokeRequest *request;
  char *name;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *self = data;

  g_object_unref (self->request);
  g_free (self->name);
  g_free (self);
}

/* Milliseconds that print short: JSON numbers are binary, so only binary fractions do. */
static double
to_ms (gint64 usec)
{
  return round ((double) usec / 1000 * 64) / 64;
}

/* A path for the answer to @name that is not taken: NAME.out.json, NAME.out-2.json … */
static char *
choose_output (Batch *batch, const char *name, const char *type)
{
  const char *extension = trestle_content_type_get_extension (type);

  for (guint i = 1;; i++)
    {
      g_autofree char *file = i == 1 ? g_strdup_printf ("%s.out.%s", name, extension)
                                     : g_strdup_printf ("%s.out-%u.%s", name, i, extension);
      char *path = g_build_filename (batch->output, file, NULL);

      if (!g_hash_table_contains (batch->written, path) && !g_file_test (path, G_FILE_TEST_EXISTS))
        {
          g_hash_table_add (batch->written, g_strdup (path));
          return path;
        }
      g_free (path);
    }
}

static char *
write_output (Batch *batch, const char *name, TrestleInvocation *v, GError **error)
{
  GBytes *body = trestle_invocation_get_body (v);
  g_autofree char *path = NULL;
  gsize size;
  gconstpointer data;

  if (batch->output == NULL || body == NULL)
    return NULL;
  path = choose_output (batch, name, trestle_invocation_get_content_type (v));
  data = g_bytes_get_data (body, &size);
  return g_file_set_contents (path, data, (gssize) size, error) ? g_steal_pointer (&path) : NULL;
}

/* JSON is parsed, other UTF-8 is a text; anything else and anything long is left out. */
static JsonNode *
body_node (TrestleInvocation *v)
{
  GBytes *body = trestle_invocation_get_body (v);
  gsize size = 0;
  const char *text = body ? g_bytes_get_data (body, &size) : NULL;
  JsonNode *node;

  if (text == NULL || size > MAX_BODY || !g_utf8_validate_len (text, size, NULL))
    return NULL;
  if (trestle_content_type_get_family (trestle_invocation_get_content_type (v))
      == TRESTLE_CONTENT_JSON)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();

      if (json_parser_load_from_data (parser, text, (gssize) size, NULL))
        return json_parser_steal_root (parser);
    }
  node = json_node_new (JSON_NODE_VALUE);
  {
    g_autofree char *copy = g_strndup (text, size);
    json_node_set_string (node, copy);
  }
  return node;
}

static JsonNode *
record_node (const char *name, TrestleInvocation *v, const char *output)
{
  JsonObject *o = json_object_new ();
  JsonNode *body = body_node (v);

  json_object_set_string_member (o, "file", name);
  json_object_set_int_member (o, "status", trestle_invocation_get_status (v));
  trestle_cli_set_string (o, "content_type", trestle_invocation_get_content_type (v));
  json_object_set_double_member (o, "latency_ms", to_ms (trestle_invocation_get_latency (v)));
  json_object_set_int_member (o, "bytes_sent", trestle_invocation_get_bytes_sent (v));
  json_object_set_int_member (o, "bytes_received", trestle_invocation_get_bytes_received (v));
  trestle_cli_set_string (o, "output", output);
  if (body != NULL)
    json_object_set_member (o, "body", body);
  trestle_cli_set_string (o, "request_id", trestle_invocation_get_request_id (v));
  if (trestle_invocation_get_error_code (v) != NULL)
    {
      JsonObject *error = json_object_new ();

      trestle_cli_set_string (error, "code", trestle_invocation_get_error_code (v));
      trestle_cli_set_string (error, "message", trestle_invocation_get_error_message (v));
      trestle_cli_set_string (error, "log_stream_arn", trestle_invocation_get_log_stream_arn (v));
      json_object_set_object_member (o, "error", error);
    }
  else
    {
      json_object_set_null_member (o, "error");
    }
  return trestle_cli_take_object (o);
}

static void
print_record (Batch *batch, const char *name, TrestleInvocation *v, const char *output)
{
  const char *code = trestle_invocation_get_error_code (v);
  GBytes *body = trestle_invocation_get_body (v);

  if (batch->cli->json)
    {
      trestle_cli_print_json (record_node (name, v, output), TRUE);
      return;
    }
  if (code != NULL)
    {
      const char *request_id = trestle_invocation_get_request_id (v);

      g_printerr ("trestle-cli: %s: %s%s%s%s\n", name, trestle_invocation_get_error_message (v),
                  request_id ? " (request " : "", request_id ? request_id : "",
                  request_id ? ")" : "");
      return;
    }
  if (batch->single && batch->output == NULL)
    {
      if (body != NULL)
        fwrite (g_bytes_get_data (body, NULL), 1, g_bytes_get_size (body), stdout);
      return;
    }
  printf ("%s  %d  %.1f ms  %" G_GINT64_FORMAT " B%s%s\n", name,
          (int) trestle_invocation_get_status (v),
          (double) trestle_invocation_get_latency (v) / 1000,
          trestle_invocation_get_bytes_received (v), output ? "  → " : "", output ? output : "");
}

static DexFuture *
send_fiber (gpointer data)
{
  Sending *self = data;
  Batch *batch = self->batch;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleInvocation) v = NULL;
  g_autofree char *output = NULL;
  gint64 latency;

  if (!dex_await (trestle_limiter_acquire (batch->limiter), &error))
    return trestle_cli_fail (&error);
  v = dex_await_object (trestle_invoke_send (batch->cli->session, self->request), &error);
  trestle_limiter_release (batch->limiter);
  if (v != NULL)
    output = write_output (batch, self->name, v, &error);
  if (error != NULL)
    return trestle_cli_fail (&error);

  latency = trestle_invocation_get_latency (v);
  if (trestle_invocation_get_error_code (v) != NULL)
    batch->errors++;
  if (trestle_invocation_get_status (v) != 0)
    g_array_append_val (batch->latencies, latency);
  print_record (batch, self->name, v, output);
  return dex_future_new_for_boolean (TRUE);
}

static int
compare_latency (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Nearest rank, in milliseconds. */
static double
percentile (GArray *sorted, guint percent)
{
  guint rank = (sorted->len * percent + 99) / 100;

  return sorted->len == 0 ? 0 : (double) g_array_index (sorted, gint64, MAX (rank, 1) - 1) / 1000;
}

static void
print_summary (Batch *batch, guint count, gint64 elapsed)
{
  double rate = elapsed > 0 ? (double) count * (double) TRESTLE_SECOND / (double) elapsed : 0;

  g_array_sort (batch->latencies, compare_latency);
  if (batch->cli->json)
    {
      JsonObject *outer = json_object_new (), *o = json_object_new ();

      json_object_set_int_member (o, "count", count);
      json_object_set_int_member (o, "errors", batch->errors);
      json_object_set_double_member (o, "p50_ms", percentile (batch->latencies, 50));
      json_object_set_double_member (o, "p95_ms", percentile (batch->latencies, 95));
      json_object_set_double_member (o, "p99_ms", percentile (batch->latencies, 99));
      json_object_set_double_member (o, "requests_per_s", round (rate * 64) / 64);
      json_object_set_object_member (outer, "summary", o);
      trestle_cli_print_json (trestle_cli_take_object (outer), TRUE);
    }
  else if (!batch->single)
    {
      printf (_ ("%u calls, %u errors, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, %.1f a second\n"),
              count, batch->errors, percentile (batch->latencies, 50),
              percentile (batch->latencies, 95), percentile (batch->latencies, 99), rate);
    }
}

static DexFuture *
send_all (Batch *batch,
          const char *endpoint,
          char **files,
          int repeat,
          const char *content_type,
          const char *accept,
          const char *attributes,
          TrestlePackage *package)
{
  g_autoptr (GPtrArray) sendings = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  for (int r = 0; r < repeat; r++)
    for (guint i = 0; files[i] != NULL; i++)
      {
        Sending *sending = g_new0 (Sending, 1);
        g_autoptr (GFile) file = g_file_new_for_commandline_arg (files[i]);

        sending->batch = batch;
        sending->name = g_file_get_basename (file);
        sending->request = g_object_new (TRESTLE_TYPE_INVOKE_REQUEST, "endpoint", endpoint, "file",
                                         file, "file-name", sending->name, "content-type",
                                         content_type, "accept", accept, "attributes", attributes,
                                         "package", package, NULL);
        g_ptr_array_add (sendings, trestle_fiber_spawn (send_fiber, sending, sending_free));
      }
  /* All are waited for, so that one file that cannot be read does not hide the others' answers. */
  for (guint i = 0; i < sendings->len; i++)
    dex_await (dex_ref (sendings->pdata[i]), error == NULL ? &error : NULL);
  if (error != NULL)
    return trestle_cli_fail (&error);
  print_summary (batch, sendings->len, g_get_monotonic_time () - begun);
  if (batch->errors > 0)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_SAID, "Some calls failed");
  return dex_future_new_for_boolean (TRUE);
}

static void
batch_clear (Batch *batch)
{
  g_free (batch->output);
  g_hash_table_unref (batch->written);
  g_object_unref (batch->limiter);
  g_array_unref (batch->latencies);
}

DexFuture *
trestle_cli_invoke (TrestleCli *cli, char **argv)
{
  g_autofree char *content_type = NULL, *accept = NULL, *attributes = NULL, *output = NULL;
  int concurrency = 1, repeat = 1;
  const GOptionEntry entries[] = {
    { "content-type", 0, 0, G_OPTION_ARG_STRING, &content_type,
      N_ ("Else guessed from the file, among what the model takes"), "T" },
    { "accept", 0, 0, G_OPTION_ARG_STRING, &accept, N_ ("Wanted type of the answer"), "T" },
    { "attributes", 0, 0, G_OPTION_ARG_STRING, &attributes, N_ ("Custom attributes"), "S" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write each answer into a folder"),
      "DIR" },
    { "concurrency", 0, 0, G_OPTION_ARG_INT, &concurrency, N_ ("Calls at the same time"), "N" },
    { "repeat", 0, 0, G_OPTION_ARG_INT, &repeat, N_ ("Send all files so many times"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 2, -1, &error);
  g_autoptr (TrestlePackage) package = NULL;
  DexFuture *done;
  Batch batch = { .cli = cli };

  if (args == NULL)
    return trestle_cli_fail (&error);
  if (concurrency < 1 || concurrency > MAX_CONCURRENCY || repeat < 1)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("--concurrency takes 1 to %d, --repeat 1 or more"),
                                  MAX_CONCURRENCY);
  if (output != NULL && g_mkdir_with_parents (output, 0777) != 0)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED,
                                  _ ("The folder %s cannot be made: %s"), output,
                                  g_strerror (errno));
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);

  /* What the model takes decides how a file's type is named. */
  package = dex_await_object (trestle_invoke_package (cli->session, args[0]), &error);
  if (package == NULL)
    return trestle_cli_fail (&error);

  batch.output = g_steal_pointer (&output);
  batch.written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  batch.limiter = trestle_limiter_new ((guint) concurrency);
  batch.latencies = g_array_new (FALSE, FALSE, sizeof (gint64));
  batch.single = repeat == 1 && args[2] == NULL;
  done = send_all (&batch, args[0], args + 1, repeat, content_type, accept, attributes, package);
  batch_clear (&batch);
  return done;
}
