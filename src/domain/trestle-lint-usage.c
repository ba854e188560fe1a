/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint-private.h"

#include <string.h>

#include "domain/trestle-limits.h"
#include "domain/trestle-node.h"
#include "domain/trestle-text.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* Whether what a version tells its users is whole: AWS reviews it, and buyers have nothing else. */

/* A mode counts unless the package is known not to have it. */
static gboolean
has_mode (TrestlePackage *package, gboolean batch)
{
  const char *const *types;

  if (package == NULL)
    return TRUE;
  types = batch ? trestle_package_get_transform_types (package)
                : trestle_package_get_realtime_types (package);
  return types != NULL && types[0] != NULL;
}

static void
check_samples (TrestleLinter *self,
               JsonNode *samples,
               const char *path,
               TrestlePackage *package,
               gboolean output)
{
  static const char *const members[][2] = {
    { "RealtimeInferenceText", "RealtimeInferenceUrl" },
    { "BatchTransformText", "BatchTransformUrl" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      gboolean text = trestle_node_has (samples, members[i][0]);
      gboolean url = trestle_node_has (samples, members[i][1]);
      g_autofree char *field = g_strdup_printf ("%s.%s", path, members[i][text ? 1 : 0]);
      const char *words;

      if (text && url)
        trestle_lint_report (self, RULE_SAMPLE_TWICE, field,
                             g_strdup (i == 0 ? _ ("The real-time sample is there both as text and "
                                                   "as an address.")
                                              : _ ("The batch sample is there both as text and as "
                                                   "an address.")));
      if (text || url || !has_mode (package, i == 1))
        continue;
      if (output)
        words = i == 0 ? _ ("There is no sample of a real-time answer.")
                       : _ ("There is no sample of a batch job's output.");
      else
        words = i == 0 ? _ ("There is no sample to send in real time.")
                       : _ ("There is no sample for a batch job.");
      trestle_lint_report (self, RULE_SAMPLE_MISSING, field, g_strdup (words));
    }
}

static void
check_parameters (TrestleLinter *self, JsonNode *properties, const char *path, const char *words)
{
  g_autofree char *field = NULL;

  if (trestle_node_has (properties, "Parameters"))
    return;
  field = g_strconcat (path, ".Parameters", NULL);
  trestle_lint_report (self, RULE_PARAMETERS_UNLISTED, field, g_strdup (words));
}

/* One of the package's own types, or, where they are not known, anything that looks like one. */
static void
check_media_types (TrestleLinter *self,
                   JsonNode *properties,
                   const char *path,
                   const char *const *types,
                   const char *words)
{
  const char *text = trestle_node_text (properties, "Description");
  g_autofree char *field = NULL;

  if (text == NULL)
    return;
  if (types == NULL || types[0] == NULL)
    {
      if (trestle_text_matches (
              "(?i)\\b(application|audio|image|text|video|multipart)/[a-z0-9.+*-]", text))
        return;
    }
  else
    for (guint i = 0; types[i] != NULL; i++)
      if (strstr (text, types[i]) != NULL)
        return;
  field = g_strconcat (path, ".Description", NULL);
  trestle_lint_report (self, RULE_MEDIA_TYPE_MISSING, field, g_strdup (words));
}

/* All of a request's attributes share one header; their names and "=," are the least of it. */
static void
check_attributes (TrestleLinter *self, JsonNode *input, const char *path)
{
  JsonNode *list = trestle_node_member (input, "SageMakerCustomAttributes");
  gint64 limit = trestle_limit (TRESTLE_LIMIT_ATTRIBUTES_CHARS);
  gsize sum = 0;
  g_autofree char *field = NULL;

  for (guint i = 0; i < trestle_node_length (list); i++)
    {
      const char *name = trestle_node_text (trestle_node_element (list, i), "Name");

      sum += name != NULL ? strlen (name) + strlen ("=x,") : 0;
    }
  if ((gint64) sum <= limit)
    return;
  field = g_strconcat (path, ".SageMakerCustomAttributes", NULL);
  trestle_lint_report (self, RULE_ATTRIBUTES_HEADER, field,
                       g_strdup_printf (_ ("All custom attributes together need at least %d "
                                           "characters; a request's header holds %d."),
                                        (int) sum, (int) limit));
}

static void
check_notebook (TrestleLinter *self, JsonNode *version, const char *path)
{
  const char *url = trestle_node_text (version, "SampleNotebookUrl");
  g_autofree char *field = NULL;

  if (url == NULL
      || trestle_text_matches ("(?i)^https://([a-z0-9-]+\\.)*(github\\.com|githubusercontent\\.com|"
                               "github\\.io)/.*\\.ipynb([?#].*)?$",
                               url))
    return;
  field = g_strconcat (path, ".SampleNotebookUrl", NULL);
  trestle_lint_report (self, RULE_NOTEBOOK_PLACE, field,
                       g_strdup (_ ("The sample notebook is not a notebook on GitHub.")));
}

void
trestle_lint_usage (TrestleLinter *self)
{
  for (guint i = 0; i < trestle_node_length (self->versions); i++)
    {
      JsonNode *version = trestle_node_element (self->versions, i);
      JsonNode *input = trestle_node_member (version, "InputProperties");
      JsonNode *output = trestle_node_member (version, "OutputProperties");
      g_autofree char *path = g_strdup_printf ("Versions[%u]", i);
      g_autofree char *in = g_strconcat (path, ".InputProperties", NULL);
      g_autofree char *out = g_strconcat (path, ".OutputProperties", NULL);
      g_autofree char *in_sample = g_strconcat (in, ".SampleInput", NULL);
      g_autofree char *out_sample = g_strconcat (out, ".SampleOutput", NULL);
      gboolean known;
      TrestlePackage *package = trestle_lint_find_package (self, version, &known);

      if (trestle_node_flag (version, "Restricted"))
        continue;
      check_samples (self, trestle_node_member (input, "SampleInput"), in_sample, package, FALSE);
      check_samples (self, trestle_node_member (output, "SampleOutput"), out_sample, package, TRUE);
      check_parameters (self, input, in, _ ("The fields of the input are not listed."));
      check_parameters (self, output, out, _ ("The fields of the output are not listed."));
      check_media_types (self, input, in,
                         package != NULL ? trestle_package_get_content_types (package) : NULL,
                         _ ("The input's description names no media type that the package takes."));
      check_media_types (
          self, output, out, package != NULL ? trestle_package_get_response_types (package) : NULL,
          _ ("The output's description names no media type that the package gives."));
      check_attributes (self, input, in);
      check_notebook (self, version, path);
    }
}
