/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

/*
 * What a listing says about its inputs and outputs is what its built-in model does: the model takes
 * the content types named, answers with those named, takes each custom attribute at its bounds, and
 * answers the listing's own samples.
 */

#include <json-glib/json-glib.h>
#include <string.h>

#include "practice/models/trestle-practice-model.h"

static char *
source_path (const char *folder, const char *name)
{
  return g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", folder, name, NULL);
}

static JsonObject *
side_of (JsonObject *listing, const char *side)
{
  return json_object_get_object_member (json_object_get_object_member (listing, "usage"), side);
}

static void
check_types (JsonObject *listing, const char *side, const char *const *known)
{
  JsonArray *types = json_object_get_array_member (side_of (listing, side), "content_types");

  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      const char *type = json_array_get_string_element (types, i);

      if (!g_strv_contains (known, type))
        g_test_fail_printf ("%s: %s names %s, the model does not know it",
                            json_object_get_string_member (listing, "slug"), side, type);
    }
}

/* "0.5", "on", "car,van" */
static char *
attribute_text (JsonNode *value)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonArray *array = json_node_get_array (value);

      for (guint i = 0; i < json_array_get_length (array); i++)
        g_strv_builder_add (words, json_array_get_string_element (array, i));
      all = g_strv_builder_end (words);
      return g_strjoinv (",", all);
    }
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? "on" : "off");
  return g_strdup (g_ascii_formatd (number, sizeof number, "%g", json_node_get_double (value)));
}

/* Every attribute with the member named, or its default: "min-score=0.5;classes=car,van" */
static char *
attributes_of (JsonObject *listing, const char *member)
{
  JsonArray *attributes = json_object_get_array_member (side_of (listing, "inputs"), "attributes");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (attributes); i++)
    {
      JsonObject *attribute = json_array_get_object_element (attributes, i);
      gboolean has = json_object_has_member (attribute, member);
      g_autofree char *value = attribute_text (
          json_object_get_member (attribute, has ? member : "default"));

      g_string_append_printf (text, "%s%s=%s", i > 0 ? ";" : "",
                              json_object_get_string_member (attribute, "name"), value);
    }
  return g_string_free (text, FALSE);
}

static void
check_sample (JsonObject *listing,
              const TrestlePracticeModel *model,
              JsonObject *sample,
              const char *member)
{
  const char *slug = json_object_get_string_member (listing, "slug");
  const char *file = json_object_get_string_member (sample, "file");
  const char *type = json_object_get_string_member (sample, "content_type");
  JsonArray *accepts = json_object_get_array_member (side_of (listing, "outputs"), "content_types");
  int expected = g_str_equal (model->id, "failing") ? 500 : 200;
  gboolean at_bound = !g_str_equal (member, "default");
  g_autofree char *path = source_path ("samples", file);
  g_autofree char *attributes = attributes_of (listing, member);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, &error))
    {
      g_test_fail_printf ("%s: %s", slug, error->message);
      return;
    }
  body = g_bytes_new_take (g_steal_pointer (&text), size);

  for (guint i = 0; i < json_array_get_length (accepts); i++)
    {
      const char *accept = json_array_get_string_element (accepts, i);
      g_autoptr (TrestlePracticeAnswer)
          answer = model->invoke (body, type, accept, attributes, NULL);

      /* A sample may be too short for a bound, for two seasons of a year, say. */
      if (at_bound && answer->status == 422)
        continue;
      if (answer->status != expected
          || (expected == 200 && !g_str_has_prefix (answer->content_type, accept)))
        g_test_fail_printf ("%s: %s (%s) as %s: %d %s %.*s", slug, file, attributes, accept,
                            answer->status, answer->content_type,
                            (int) MIN (200, g_bytes_get_size (answer->body)),
                            (const char *) g_bytes_get_data (answer->body, NULL));
    }
}

static void
test_listing (gconstpointer data)
{
  JsonObject *listing = (JsonObject *) data;
  const char *engine = json_object_get_string_member (listing, "engine");
  const TrestlePracticeModel *model = trestle_practice_model_lookup (engine);
  JsonArray *samples = json_object_get_array_member (listing, "samples");

  if (model == NULL)
    {
      g_test_fail_printf ("there is no model %s", engine);
      return;
    }
  check_types (listing, "inputs", model->content_types);
  check_types (listing, "outputs", model->accepts);

  if (json_array_get_length (samples) == 0)
    g_test_fail_printf ("%s has no sample", json_object_get_string_member (listing, "slug"));
  for (guint i = 0; i < json_array_get_length (samples); i++)
    {
      JsonObject *sample = json_array_get_object_element (samples, i);

      check_sample (listing, model, sample, "default");
      check_sample (listing, model, sample, "min");
      check_sample (listing, model, sample, "max");
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  JsonArray *listings;

  g_test_init (&argc, &argv, NULL);
  path = source_path ("practice", "catalogue.json");
  if (!json_parser_load_from_file (parser, path, &error))
    g_error ("%s: %s", path, error->message);

  listings = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                           "listings");
  for (guint i = 0; i < json_array_get_length (listings); i++)
    {
      JsonObject *listing = json_array_get_object_element (listings, i);
      g_autofree char *name = g_strdup_printf ("/catalogue/%s",
                                               json_object_get_string_member (listing, "slug"));

      g_test_add_data_func (name, listing, test_listing);
    }
  return g_test_run ();
}
