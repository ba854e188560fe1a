/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-request.h"
#include "practice/models/trestle-practice-table.h"

#define DELAY_MS 20000

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (TrestlePracticeJson) json = trestle_practice_json_new ();
  TrestlePracticeAnswer *error = NULL;

  trestle_practice_json_open (json, NULL, '{');
  if (g_str_equal (request->type, "application/json"))
    {
      g_autoptr (JsonNode) node = trestle_practice_table_json (request, &error);
      g_autofree char *text = NULL;

      if (node == NULL)
        return error;
      text = json_to_string (node, FALSE);
      trestle_practice_json_raw (json, "echo", text);
    }
  else
    {
      g_autofree char *text = trestle_practice_request_text (request, &error);

      if (text == NULL)
        return error;
      trestle_practice_json_string (json, "echo", text);
    }
  trestle_practice_json_double (json, "waited_s", DELAY_MS / 1000.0, 1);
  trestle_practice_json_close (json, '}');

  trestle_practice_request_log (request, "[INFO] slow: queue length 1, waiting %d s",
                                DELAY_MS / 1000);

  return trestle_practice_answer_new (200, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_slow, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_slow = {
  .id = "slow",
  .content_types = (const char *const[]) { "application/json", "text/plain", "text/csv", NULL },
  .accepts = (const char *const[]) { "application/json", NULL },
  .samples = (const char *const[]) { "slow-note.json", NULL },
  .delay_ms = DELAY_MS,
  .invoke = invoke,
};
