/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <string.h>

#include "practice/models/trestle-practice-model.h"

/* Asks a model, as the practice account's server does. */
static inline TrestlePracticeAnswer *
ask_bytes (const char *id,
           GBytes *body,
           const char *content_type,
           const char *accept,
           const char *attributes)
{
  const TrestlePracticeModel *model = trestle_practice_model_lookup (id);
  g_auto (GStrv) log = NULL;
  TrestlePracticeAnswer *answer;

  g_assert_nonnull (model);
  answer = model->invoke (body, content_type, accept, attributes, &log);
  g_assert_nonnull (answer);
  g_assert_nonnull (answer->body);
  g_assert_nonnull (answer->content_type);
  g_assert_cmpuint (answer->units, ==, 1);
  g_assert_nonnull (log);
  g_assert_cmpuint (g_strv_length (log), >=, 1);

  return answer;
}

static inline TrestlePracticeAnswer *
ask (const char *id,
     const char *text,
     const char *content_type,
     const char *accept,
     const char *attributes)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return ask_bytes (id, body, content_type, accept, attributes);
}

static inline JsonObject *
object_of (TrestlePracticeAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *data = g_bytes_get_data (answer->body, &size);

  g_assert_true (json_parser_load_from_data (parser, data, size, &error));
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)));

  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* The JSON of an answer that has to be a good one. */
static inline JsonObject *
good (TrestlePracticeAnswer *answer)
{
  g_autoptr (TrestlePracticeAnswer) owned = answer;

  if (owned->status != 200)
    g_test_message ("%.*s", (int) g_bytes_get_size (owned->body),
                    (const char *) g_bytes_get_data (owned->body, NULL));
  g_assert_cmpint (owned->status, ==, 200);
  g_assert_cmpstr (owned->content_type, ==, "application/json");

  return object_of (owned);
}

/* An answer that has to be an error of that status, with a sentence that holds that word. */
static inline void
refused (TrestlePracticeAnswer *answer, int status, const char *word)
{
  g_autoptr (TrestlePracticeAnswer) owned = answer;
  g_autoptr (JsonObject) object = NULL;
  const char *message;

  g_assert_cmpint (owned->status, ==, status);
  g_assert_cmpstr (owned->content_type, ==, "application/json");
  object = object_of (owned);
  message = json_object_get_string_member (object, "error");
  if (strstr (message, word) == NULL)
    g_test_message ("'%s' is not in '%s'", word, message);
  g_assert_nonnull (strstr (message, word));
}

static inline GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

static inline GBytes *
read_sample (const char *name)
{
  g_autofree char *path = NULL;

  path = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", "samples", name, NULL);

  return read_file (path);
}
