/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-request.h"

/* What a container in Python leaves in its log when its model's file does not fit its code. */
static const char *const traceback[] = {
  "[ERROR] Exception on /invocations [POST]",
  "Traceback (most recent call last):",
  "  File \"/usr/local/lib/python3.11/site-packages/flask/app.py\", line 1473, in wsgi_app",
  "    response = self.full_dispatch_request()",
  "  File \"/opt/program/predictor.py\", line 88, in invocations",
  "    score = scorer.score(frame)",
  "  File \"/opt/program/scorer.py\", line 41, in score",
  "    return self.weights[frame.shape[1]] @ frame.T",
  "KeyError: 17",
};

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (TrestlePracticeJson) json = trestle_practice_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (traceback); i++)
    trestle_practice_request_log (request, "%s", traceback[i]);

  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_string (json, "error", "KeyError: 17");
  trestle_practice_json_close (json, '}');

  return trestle_practice_answer_new (500, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  g_autoptr (GBytes) anything = g_bytes_new_static ("-", 1);

  /* It fails whatever is sent, so nothing of it is looked at. */
  return trestle_practice_request_run (&trestle_practice_model_failing, answer, anything, NULL,
                                       NULL, NULL, log_lines);
}

const TrestlePracticeModel trestle_practice_model_failing = {
  .id = "failing",
  .content_types = (const char *const[]) { "application/json", "text/csv", NULL },
  .accepts = (const char *const[]) { "application/json", NULL },
  .samples = (const char *const[]) { "iris-4.csv", NULL },
  .invoke = invoke,
};
