/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-sample-trials.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "aws/trestle-local-http.h"
#include "base/trestle-future.h"
#include "domain/trestle-draft-versions.h"
#include "media/trestle-content-type.h"
#include "workbench/trestle-invoke-flow.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-version-samples.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* How long an endpoint may take for a call. */
#define MSEC 60000

/* What a listing holds of a sample. */
#define MOST_CHARS 10000

typedef struct
{
  TrestleSession *session;
  TrestleOpenDraft *draft;
  guint index;

  /* who is asked: one of the two */
  TrestleLocalHttp *http;
  char *endpoint;

  TrestlePackage *package; /* what the endpoint takes, once it was asked for */
} Trials;

static void
trials_free (gpointer data)
{
  Trials *self = data;

  g_object_unref (self->session);
  g_object_unref (self->draft);
  g_clear_object (&self->http);
  g_clear_object (&self->package);
  g_free (self->endpoint);
  g_free (self);
}

static char *
dup_base (Trials *self, const char *member)
{
  return g_strdup_printf ("Versions[%u].%s", self->index, member);
}

/* Returns: (transfer full) (nullable): what the sample at @base is, as one of @types; NULL where it is none of them */
static char *
choose_type (Trials *self,
             const char *base,
             const char *part,
             GBytes *bytes,
             const char *const *types)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->draft);
  const char *url = trestle_version_sample_get_text (draft, base, part, "Url");
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *name = *url != '\0' ? url
                     : json_parser_load_from_data (parser, data, (gssize) size, NULL)
                         ? "sample.json"
                         : "sample.csv";
  g_autofree char *guess = trestle_content_type_guess (name, bytes);

  return trestle_content_type_choose (guess, types);
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

typedef struct
{
  GBytes *input;
  char *type;
  char *accept; /* NULL: the model's choice */
} Question;

static void
question_clear (Question *self)
{
  g_free (self->type);
  g_free (self->accept);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* What came of it, from whomever. */
typedef struct
{
  guint status;
  gint64 latency;
  char *type;
  GBytes *body;
  char *problem;
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->problem, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
ask_container (Trials *self, const Question *question, Answer *answer)
{
  const char *const headers[] = { "Content-Type", question->type, "Accept",
                                  question->accept != NULL ? question->accept : "*/*", NULL };
  const TrestleLocalRequest request = { .method = "POST",
                                        .path = "/invocations",
                                        .headers = headers,
                                        .body = question->input,
                                        .msec = MSEC,
                                        .max_body = TRESTLE_VERSION_SAMPLE_BYTES };
  g_autoptr (GError) reason = NULL;
  g_autoptr (TrestleLocalAnswer)
      got = dex_await_boxed (trestle_local_http_call (self->http, &request), &reason);
  g_autofree char *text = got != NULL ? dup_plain (got->body) : NULL;

  if (got == NULL)
    {
      answer->problem = g_strdup (reason->message);
      return;
    }
  answer->status = got->status;
  answer->latency = got->latency;
  answer->type = g_strdup (trestle_local_answer_header (got, "content-type"));
  answer->body = g_bytes_ref (got->body);
  if (got->status != 200)
    answer->problem = g_strdup_printf (_ ("The model answered with status %u: %.200s"), got->status,
                                       text != NULL ? text : "");
}

/* The same call as the bench's; it is in the endpoint's history. */
static gboolean
ask_endpoint (Trials *self, const Question *question, Answer *answer, GError **error)
{
  g_autoptr (TrestleInvokeRequest) request = NULL;
  g_autoptr (TrestleInvocation) got = NULL;
  GBytes *body;

  request = g_object_new (TRESTLE_TYPE_INVOKE_REQUEST, "endpoint", self->endpoint, "bytes",
                          question->input, "file-name", "sample", "content-type", question->type,
                          "accept", question->accept, "package", self->package, NULL);
  got = dex_await_object (trestle_invoke_send (self->session, request), error);
  if (got == NULL)
    return FALSE;
  body = trestle_invocation_get_body (got);
  answer->status = (guint) trestle_invocation_get_status (got);
  answer->latency = trestle_invocation_get_latency (got);
  answer->type = g_strdup (trestle_invocation_get_content_type (got));
  if (trestle_invocation_get_error_code (got) != NULL)
    answer->problem = g_strdup (trestle_invocation_get_error_message (got));
  else
    answer->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);
  return TRUE;
}

/* It is sent as what the package takes it for, and asked to be answered as what is promised. */
static void
make_question (Trials *self, const char *part, GBytes *promised, Question *question)
{
  TrestlePackage *package = trestle_open_draft_get_package (
      self->draft,
      trestle_draft_get_version_arn (trestle_open_draft_get_draft (self->draft), self->index));
  const char *const *types, *const *answers;
  g_autofree char *inputs = dup_base (self, "InputProperties.SampleInput");
  g_autofree char *outputs = dup_base (self, "OutputProperties.SampleOutput");

  if (package == NULL)
    package = self->package;
  types = package != NULL ? trestle_package_get_content_types (package) : NULL;
  answers = package != NULL ? trestle_package_get_response_types (package) : NULL;
  question->type = choose_type (self, inputs, part, question->input, types);
  if (question->type == NULL)
    question->type = g_strdup (types[0]);
  if (promised != NULL && answers != NULL)
    question->accept = choose_type (self, outputs, part, promised, answers);
}

/* Returns: (transfer full) (nullable) */
static TrestleSampleTrial *
try_sample (Trials *self, const char *part, GBytes *input, GBytes *promised, GError **error)
{
  g_auto (Question) question = { .input = input };
  g_auto (Answer) answer = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *wanted = dup_plain (promised);
  gboolean good;

  make_question (self, part, promised, &question);
  if (self->http != NULL)
    ask_container (self, &question, &answer);
  else if (!ask_endpoint (self, &question, &answer, error))
    return NULL;
  text = dup_plain (answer.body);
  good = answer.problem == NULL;
  return g_object_new (
      TRESTLE_TYPE_SAMPLE_TRIAL, "part", part, "content-type", question.type, "status",
      (gint64) answer.status, "latency", answer.latency, "answer-type", answer.type, "answer",
      good && text != NULL && g_utf8_strlen (text, -1) <= MOST_CHARS ? text : NULL, "promised",
      promised != NULL, "matches", good && text != NULL && g_strcmp0 (text, wanted) == 0, "problem",
      answer.problem, NULL);
}

static DexFuture *
run_fiber (gpointer data)
{
  Trials *self = data;
  TrestleContext *context = trestle_session_get_context (self->session);
  TrestleDraft *draft = trestle_open_draft_get_draft (self->draft);
  g_autoptr (GListStore) trials = g_list_store_new (TRESTLE_TYPE_SAMPLE_TRIAL);
  g_autofree char *inputs = dup_base (self, "InputProperties.SampleInput");
  g_autofree char *outputs = dup_base (self, "OutputProperties.SampleOutput");
  GError *error = NULL;

  /* without it nothing is checked before it is sent */
  if (self->endpoint != NULL)
    self->package = dex_await_object (trestle_invoke_package (self->session, self->endpoint), NULL);
  for (guint i = 0; i < TRESTLE_VERSION_SAMPLE_PARTS; i++)
    {
      const char *part = trestle_version_sample_parts[i];
      g_autoptr (TrestleSampleTrial) trial = NULL;
      g_autoptr (GBytes) promised = NULL;
      g_autoptr (GBytes) input = trestle_version_sample_read (context, draft, inputs, part, &error);

      if (input != NULL)
        promised = trestle_version_sample_read (context, draft, outputs, part, &error);
      if (error == NULL && input != NULL)
        trial = try_sample (self, part, input, promised, &error);
      if (error != NULL)
        return trestle_future_error (error);
      if (trial != NULL)
        g_list_store_append (trials, trial);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (trials)) == 0)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  _ ("The version has no sample input that could be tried"));
  return dex_future_new_for_object (trials);
}

static Trials *
trials_new (TrestleSession *session, TrestleOpenDraft *draft, guint index)
{
  Trials *self = g_new0 (Trials, 1);

  self->session = g_object_ref (session);
  self->draft = g_object_ref (draft);
  self->index = index;
  return self;
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
  self = trials_new (session, draft, index);
  self->http = g_steal_pointer (&http);
  return trestle_fiber_spawn (run_fiber, self, trials_free);
}

DexFuture *
trestle_sample_trials_run_endpoint (TrestleSession *session,
                                    TrestleOpenDraft *draft,
                                    guint index,
                                    const char *endpoint)
{
  Trials *self;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session) && TRESTLE_IS_OPEN_DRAFT (draft), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);

  self = trials_new (session, draft, index);
  self->endpoint = g_strdup (endpoint);
  return trestle_fiber_spawn (run_fiber, self, trials_free);
}

gboolean
trestle_sample_trials_may_ask (TrestleEndpoint *endpoint, const char *account)
{
  const char *arn;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (TRESTLE_IS_ENDPOINT (endpoint), FALSE);

  arn = trestle_endpoint_get_package_arn (endpoint);
  if (trestle_endpoint_get_state (endpoint) != TRESTLE_ENDPOINT_STATE_IN_SERVICE
      || trestle_endpoint_get_listing_id (endpoint) != NULL)
    return FALSE;
  if (arn == NULL)
    return TRUE;
  parts = g_strsplit (arn, ":", 6);
  return account != NULL && g_strv_length (parts) == 6 && g_str_equal (parts[4], account);
}
