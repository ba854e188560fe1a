/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-sample-trials.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "aws/trestle-local-http.h"
#include "base/trestle-future.h"
#include "domain/trestle-draft-versions.h"
#include "domain/trestle-limits.h"
#include "media/trestle-content-type.h"
#include "workbench/trestle-fetch.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What an endpoint takes, and how long it may take for it. */
#define MOST_BYTES (25 * 1024 * 1024)
#define MSEC 60000

/* What a listing holds of a sample. */
#define MOST_CHARS 10000

static const char *const parts[] = { "RealtimeInference", "BatchTransform" };

typedef struct
{
  TrestleContext *context;
  TrestleOpenDraft *draft;
  TrestleLocalHttp *http;
  guint index;
} Trials;

static void
trials_free (gpointer data)
{
  Trials *self = data;

  g_object_unref (self->context);
  g_object_unref (self->draft);
  g_object_unref (self->http);
  g_free (self);
}

static const char *
get_text (Trials *self, const char *list, const char *part, const char *form)
{
  g_autofree char *path = g_strdup_printf ("Versions[%u].%s.%s%s", self->index, list, part, form);

  return trestle_draft_get_text (trestle_open_draft_get_draft (self->draft), path);
}

/* Returns: (transfer full) (nullable): the text itself, or what is at its address; NULL without @error where there is neither */
static GBytes *
read_sample (Trials *self, const char *list, const char *part, GError **error)
{
  const char *text = get_text (self, list, part, "Text");
  const char *url = get_text (self, list, part, "Url");
  GBytes *bytes = NULL;

  if (*text != '\0')
    return g_bytes_new (text, strlen (text));
  if (*url != '\0')
    bytes = dex_await_boxed (trestle_fetch (self->context, url, MOST_BYTES), error);
  return bytes;
}

/* Returns: (transfer full): what the package takes it for */
static char *
choose_type (Trials *self, const char *part, GBytes *bytes)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->draft);
  TrestlePackage *package = trestle_open_draft_get_package (
      self->draft, trestle_draft_get_version_arn (draft, self->index));
  const char *const *types = package != NULL ? trestle_package_get_content_types (package) : NULL;
  const char *url = get_text (self, "InputProperties.SampleInput", part, "Url");
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *name = *url != '\0' ? url
                     : json_parser_load_from_data (parser, data, (gssize) size, NULL)
                         ? "sample.json"
                         : "sample.csv";
  g_autofree char *guess = trestle_content_type_guess (name, bytes);
  g_autofree char *chosen = trestle_content_type_choose (guess, types);

  if (chosen != NULL)
    return g_steal_pointer (&chosen);
  return g_strdup (types != NULL && types[0] != NULL ? types[0] : guess);
}

/* Returns: (transfer full) (nullable): its text, without blanks at the ends of lines; NULL where it is none */
static char *
dup_plain (GBytes *bytes)
{
  gsize size;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  if (data == NULL || !g_utf8_validate_len (data, size, NULL))
    return NULL;
  text = g_strndup (data, size);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    g_strchomp (*line);
  return g_strjoinv ("\n", lines);
}

static TrestleSampleTrial *
try_sample (Trials *self, const char *part, GBytes *input, GBytes *promised)
{
  g_autofree char *type = choose_type (self, part, input);
  const char *const headers[] = { "Content-Type", type, "Accept", "*/*", NULL };
  const TrestleLocalRequest request = { .method = "POST",
                                        .path = "/invocations",
                                        .headers = headers,
                                        .body = input,
                                        .msec = MSEC,
                                        .max_body = MOST_BYTES };
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleLocalAnswer)
      answer = dex_await_boxed (trestle_local_http_call (self->http, &request), &error);
  g_autofree char *text = answer != NULL ? dup_plain (answer->body) : NULL;
  g_autofree char *wanted = dup_plain (promised);
  g_autofree char *problem = NULL;

  if (answer == NULL)
    problem = g_strdup (error->message);
  else if (answer->status != 200)
    problem = g_strdup_printf (_ ("The model answered with status %u: %.200s"), answer->status,
                               text != NULL ? text : "");
  return g_object_new (TRESTLE_TYPE_SAMPLE_TRIAL, "part", part, "content-type", type, "status",
                       (gint64) (answer != NULL ? answer->status : 0), "latency",
                       answer != NULL ? answer->latency : (gint64) 0, "answer",
                       text != NULL && g_utf8_strlen (text, -1) <= MOST_CHARS ? text : NULL,
                       "promised", promised != NULL, "matches",
                       text != NULL && g_strcmp0 (text, wanted) == 0, "problem", problem, NULL);
}

static DexFuture *
run_fiber (gpointer data)
{
  Trials *self = data;
  g_autoptr (GListStore) trials = g_list_store_new (TRESTLE_TYPE_SAMPLE_TRIAL);
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (TrestleSampleTrial) trial = NULL;
      g_autoptr (GBytes) promised = NULL;
      g_autoptr (GBytes)
          input = read_sample (self, "InputProperties.SampleInput", parts[i], &error);

      if (input != NULL)
        promised = read_sample (self, "OutputProperties.SampleOutput", parts[i], &error);
      if (error != NULL)
        return trestle_future_error (error);
      if (input == NULL)
        continue;
      trial = try_sample (self, parts[i], input, promised);
      g_list_store_append (trials, trial);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (trials)) == 0)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  _ ("The version has no sample input that could be tried"));
  return dex_future_new_for_object (trials);
}

DexFuture *
trestle_sample_trials_run (TrestleSession *session,
                           TrestleOpenDraft *draft,
                           guint index,
                           const char *address)
{
  g_autoptr (TrestleLocalHttp) http = NULL;
  g_autoptr (GError) error = NULL;
  Trials *self;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session) && TRESTLE_IS_OPEN_DRAFT (draft), NULL);

  http = trestle_local_http_new (address, &error);
  if (http == NULL)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT, "%s",
                                  error->message);
  self = g_new0 (Trials, 1);
  self->context = g_object_ref (trestle_session_get_context (session));
  self->draft = g_object_ref (draft);
  self->http = g_steal_pointer (&http);
  self->index = index;
  return trestle_fiber_spawn (run_fiber, self, trials_free);
}
