/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-discovery.h"
#include "practice/trestle-practice-view.h"

/*
 * Discovery has one text for everything a seller says about inputs, outputs and samples. The form
 * here is a common one: headed paragraphs, one line for each field, addresses of sample files.
 */

static void
append_heading (GString *text, const char *heading, JsonObject *side)
{
  const char *words = get_text (side, "description");

  g_string_append (text, heading);
  if (words != NULL)
    g_string_append_printf (text, "%s\n", words);
}

static void
append_types (GString *text, JsonObject *side)
{
  JsonArray *types = get_array (side, "content_types");

  if (array_length (types) == 0)
    return;
  g_string_append (text, "Content types: ");
  for (guint i = 0; i < array_length (types); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (types, i));
  g_string_append (text, "\n");
}

static void
append_fields (GString *text, JsonArray *fields)
{
  for (guint i = 0; i < array_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);
      const char *constraints = get_text (field, "constraints");
      const char *words = get_text (field, "description");

      g_string_append_printf (text, "- %s", get_text (field, "name"));
      if (json_object_has_member (field, "required"))
        g_string_append (text, json_object_get_boolean_member (field, "required") ? " (required)"
                                                                                  : " (optional)");
      if (json_object_has_member (field, "always"))
        g_string_append (text, json_object_get_boolean_member (field, "always") ? " (always)"
                                                                                : " (sometimes)");
      g_string_append_printf (text, ": %s", words != NULL ? words : "");
      if (constraints != NULL && *constraints != '\0')
        g_string_append_printf (text, " [%s]", constraints);
      g_string_append (text, "\n");
    }
}

static char *
make_usage (TrestlePracticeContext *ctx, const TrestlePracticeVersion *version)
{
  JsonObject *usage = trestle_practice_version_get (version, "usage");
  JsonObject *inputs = get_object (usage, "inputs");
  JsonObject *outputs = get_object (usage, "outputs");
  JsonArray *attributes = get_array (inputs, "attributes");
  JsonArray *samples = trestle_practice_version_get_samples (version);
  GString *text = g_string_new (get_text (version->object, "instructions"));

  append_heading (text, "\n\nInput\n", inputs);
  append_types (text, inputs);
  if (get_text (inputs, "limitations") != NULL)
    g_string_append_printf (text, "Limitations: %s\n", get_text (inputs, "limitations"));
  append_fields (text, get_array (inputs, "parameters"));
  if (array_length (attributes) > 0)
    g_string_append (text, "\nCustom attributes\n");
  append_fields (text, attributes);

  append_heading (text, "\nOutput\n", outputs);
  append_types (text, outputs);
  append_fields (text, get_array (outputs, "parameters"));

  if (array_length (samples) > 0)
    g_string_append (text, "\nSample inputs\n");
  for (guint i = 0; i < array_length (samples); i++)
    {
      JsonObject *sample = json_array_get_object_element (samples, i);

      g_autofree char *address = trestle_practice_view_dup_sample (ctx->world, version->listing,
                                                                   sample);

      g_string_append_printf (text, "- %s (%s): %s\n", get_text (sample, "title"),
                              get_text (sample, "content_type"), address);
    }
  if (get_text (version->object, "notebook") != NULL)
    g_string_append_printf (text, "\nSample notebook: %s\n",
                            get_text (version->object, "notebook"));
  if (get_text (version->object, "repository") != NULL)
    g_string_append_printf (text, "Repository: %s\n", get_text (version->object, "repository"));
  return g_string_free (text, FALSE);
}

static void
put_option (TrestlePracticeContext *ctx, JsonBuilder *out, const TrestlePracticeVersion *version)
{
  gboolean algorithm = version->listing->algorithm;
  JsonObject *recommended = trestle_practice_version_get (version, "recommended");
  g_autofree char *usage = make_usage (ctx, version);

  open_object (out, NULL);
  open_object (out, algorithm ? "sageMakerAlgorithmFulfillmentOption"
                              : "sageMakerModelFulfillmentOption");
  put_text (out, "fulfillmentOptionId", version->option);
  put_text (out, "fulfillmentOptionType", algorithm ? "SAGEMAKER_ALGORITHM" : "SAGEMAKER_MODEL");
  put_text (out, "fulfillmentOptionDisplayName",
            algorithm ? "Amazon SageMaker algorithm" : "Amazon SageMaker model");
  put_text (out, "fulfillmentOptionVersion", get_text (version->object, "version"));
  put_text (out, "releaseNotes", get_text (version->object, "notes"));
  put_text (out, "usageInstructions", usage);
  if (recommended != NULL && get_text (recommended, "batch") != NULL)
    {
      open_object (out, "recommendation");
      put_text (out, "recommendedBatchTransformInstanceType", get_text (recommended, "batch"));
      put_text (out, "recommendedRealtimeInferenceInstanceType",
                get_text (recommended, "realtime"));
      if (algorithm)
        put_text (out, "recommendedTrainingInstanceType", get_text (recommended, "training"));
      close_object (out);
    }
  close_object (out);
  close_object (out);
}

static GPtrArray *
find_offered (const TrestlePracticeListing *listing)
{
  GPtrArray *offered = g_ptr_array_new ();

  for (guint i = 0; i < listing->versions->len; i++)
    if (!((TrestlePracticeVersion *) listing->versions->pdata[i])->restricted)
      g_ptr_array_add (offered, listing->versions->pdata[i]);
  return offered;
}

gboolean
trestle_practice_list_fulfillment_options (TrestlePracticeContext *ctx,
                                           TrestleJson in,
                                           JsonBuilder *out)
{
  const char *id = trestle_json_string (in, "productId");
  const TrestlePracticeListing *listing = trestle_practice_view_find_product (ctx, id);
  g_autofree char *scope = trestle_practice_scope ("ListFulfillmentOptions", in);
  gint64 max = trestle_json_int_or (in, "maxResults", 50);
  g_autoptr (GPtrArray) offered = NULL;
  gint64 offset, end;

  if (listing == NULL)
    return trestle_practice_fail (ctx, "ResourceNotFoundException", 404,
                                  "Product %s was not found.", id);
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), scope,
                                   &offset))
    return trestle_practice_bad_token (ctx);
  offered = find_offered (listing);
  end = MIN (offset + max, (gint64) offered->len);
  open_array (out, "fulfillmentOptions");
  for (gint64 i = offset; i < end; i++)
    put_option (ctx, out, offered->pdata[i]);
  close_array (out);
  if (end < (gint64) offered->len)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, end);

      put_text (out, "nextToken", token);
    }
  return TRUE;
}
