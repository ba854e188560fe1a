/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-web.h"

#include <string.h>
#include <unistd.h>

#include "aws/trestle-aws-signer.h"
#include "base/trestle-json.h"
#include "practice/trestle-practice-keep.h"
#include "practice/trestle-practice-put.h"
#include "practice/trestle-practice-resources.h"

static TrestleAwsHttp *
make_answer (guint status, const char *type, GBytes *body)
{
  TrestleAwsHttp *answer = trestle_aws_http_new ();

  if (answer->headers == NULL)
    answer->headers = trestle_aws_headers_new ();
  answer->status = status;
  trestle_aws_headers_add (answer->headers, "Content-Type", type);
  g_clear_pointer (&answer->body, g_bytes_unref);
  answer->body = body;
  return answer;
}

static TrestleAwsHttp *
make_text (guint status, const char *type, char *text)
{
  return make_answer (status, type, g_bytes_new_take (text, strlen (text)));
}

static TrestleAwsHttp *
make_json (guint status, JsonNode *node)
{
  g_autofree char *text = trestle_json_to_string (node, FALSE);

  return make_text (status, "application/json", g_strconcat (text, "\n", NULL));
}

static TrestleAwsHttp *
make_error (guint status, const char *message)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (out);
  put_text (out, "error", message);
  json_builder_end_object (out);
  node = json_builder_get_root (out);
  return make_json (status, node);
}

static const char *
guess_type (const char *path)
{
  static const char *const types[][2] = {
    { ".png", "image/png" },
    { ".jpg", "image/jpeg" },
    { ".jpeg", "image/jpeg" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".csv", "text/csv" },
    { ".json", "application/json" },
    { ".jsonl", "application/jsonlines" },
    { ".wav", "audio/wav" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (path, types[i][0]))
      return types[i][1];
  return "application/octet-stream";
}

/* Marketplace's own copy of a logo or a licence. */
static TrestleAwsHttp *
serve_kept (TrestlePracticeWorld *world, const char *path)
{
  g_autofree char *type = NULL;
  GBytes *bytes = trestle_practice_keep_read (world->state, path, &type);
  TrestleAwsHttp *answer;

  if (bytes == NULL)
    return make_error (404, "There is no such file.");
  answer = make_answer (200, type, bytes);
  trestle_aws_headers_add (answer->headers, "Cache-Control", "max-age=3600");
  return answer;
}

static TrestleAwsHttp *
serve_file (const char *path)
{
  g_autoptr (GBytes) bytes = trestle_practice_resources_lookup (path, NULL);
  TrestleAwsHttp *answer;

  if (bytes == NULL)
    return make_error (404, "There is no such file.");
  answer = make_answer (200, guess_type (path), g_bytes_ref (bytes));
  trestle_aws_headers_add (answer->headers, "Cache-Control", "max-age=3600");
  return answer;
}

static JsonObject *
find_sample (const TrestlePracticeVersion *version, const char *file)
{
  JsonArray *samples = trestle_practice_version_get_samples (version);

  for (guint i = 0; i < array_length (samples); i++)
    if (g_strcmp0 (get_text (json_array_get_object_element (samples, i), "file"), file) == 0)
      return json_array_get_object_element (samples, i);
  return NULL;
}

/* /samples/SLUG/FILE: only what the listing names. */
static TrestleAwsHttp *
serve_sample (TrestlePracticeWorld *world, char **parts)
{
  const TrestlePracticeListing *listing = trestle_practice_catalogue_find_slug (world->catalogue,
                                                                                parts[2]);

  for (guint i = 0; listing != NULL && i < listing->versions->len; i++)
    {
      JsonObject *sample = find_sample (listing->versions->pdata[i], parts[3]);
      const char *text = get_text (sample, "text");
      g_autofree char *path = g_strconcat ("samples/", parts[3], NULL);

      if (sample != NULL)
        return text != NULL ? make_text (200, guess_type (parts[3]), g_strdup (text))
                            : serve_file (path);
    }
  return make_error (404, "The listing has no such sample.");
}

static TrestleAwsHttp *
serve_configure (TrestlePracticeWorld *world, char **parts)
{
  const TrestlePracticeListing *listing = trestle_practice_catalogue_find_product (world->catalogue,
                                                                                   parts[3]);
  char *page;

  if (trestle_practice_world_find_account (world, parts[2]) == NULL || listing == NULL)
    return make_error (404, "There is no such account or product.");
  page = trestle_practice_web_configure (world, parts[2], parts[3]);
  if (page == NULL)
    return make_error (403, "This account is not subscribed to the product.");
  return make_text (200, "text/html; charset=utf-8", page);
}

static TrestleAwsHttp *
serve_listing (TrestlePracticeWorld *world, const char *id)
{
  const TrestlePracticeListing *listing = trestle_practice_catalogue_find_listing (world->catalogue,
                                                                                   id);

  /* Nobody has signed in: the page shows what everybody may see. */
  if (listing == NULL || listing->visibility != TRESTLE_PRACTICE_PUBLIC)
    return make_error (404, "There is no such listing.");
  return make_text (200, "text/html; charset=utf-8", trestle_practice_web_listing (world, listing));
}

static TrestleAwsHttp *
serve_faults (TrestlePracticeWorld *world, const TrestleAwsHttp *request)
{
  g_autoptr (JsonNode) list = NULL;

  if (g_str_equal (request->method, "DELETE"))
    {
      trestle_practice_faults_clear (world->faults);
      /* What was stuck comes loose. */
      trestle_practice_run (world->state,
                            "UPDATE endpoints SET due = ? WHERE status = 'Creating' AND due = 0",
                            "i", trestle_clock_now ());
      trestle_practice_run (world->state,
                            "UPDATE change_sets SET due = ?"
                            " WHERE status IN ('PREPARING', 'APPLYING') AND due = 0",
                            "i", trestle_clock_now ());
    }
  else if (g_str_equal (request->method, "POST"))
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;
      gsize size;
      const char *text = g_bytes_get_data (request->body, &size);

      if (!json_parser_load_from_data (parser, text != NULL ? text : "", (gssize) size, &error)
          || !trestle_practice_faults_add (world->faults, json_parser_get_root (parser), &error))
        return make_error (400, error->message);
    }
  else if (!g_str_equal (request->method, "GET"))
    return make_error (405, "Faults take GET, POST and DELETE.");
  list = trestle_practice_faults_list (world->faults);
  return make_json (200, list);
}

static TrestleAwsHttp *
serve_health (void)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (out);
  put_text (out, "program", "trestle-practice");
  put_int (out, "pid", getpid ());
  json_builder_end_object (out);
  node = json_builder_get_root (out);
  return make_json (200, node);
}

TrestleAwsHttp *
trestle_practice_web (TrestlePracticeWorld *world, const TrestleAwsHttp *request, gboolean *stop)
{
  g_autofree char *path = g_uri_unescape_string (request->path, NULL);
  g_auto (GStrv) parts = g_strsplit (path != NULL ? path : "/", "/", -1);
  guint n = g_strv_length (parts);
  gboolean read = g_str_equal (request->method, "GET") || g_str_equal (request->method, "HEAD");

  if (path == NULL)
    return make_error (400, "The path cannot be read.");
  if (g_str_equal (path, "/practice/faults"))
    return serve_faults (world, request);
  if (g_str_equal (path, "/practice/stop") && g_str_equal (request->method, "POST"))
    {
      *stop = TRUE;
      return serve_health ();
    }
  if (!read)
    return make_error (405, "There is nothing to write here.");
  if (g_str_equal (path, "/practice/health"))
    return serve_health ();
  if (g_str_has_prefix (path, "/pictures/") || (g_str_has_prefix (path, "/eula/") && n == 3))
    return serve_file (path + 1);
  if (g_str_has_prefix (path, "/kept/"))
    return serve_kept (world, path + 1);
  if (g_str_has_prefix (path, "/samples/") && n == 4)
    return serve_sample (world, parts);
  if (g_str_has_prefix (path, "/configure/") && n == 4)
    return serve_configure (world, parts);
  if (g_str_has_prefix (path, "/marketplace/") && n == 3)
    return serve_listing (world, parts[2]);
  return make_error (404, "There is nothing here.");
}
