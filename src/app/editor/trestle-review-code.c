/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-review-code.h"

char *
trestle_review_code_json (TrestleChangeSet *changes)
{
  g_autoptr (JsonNode) node = trestle_change_set_to_json (changes, NULL, NULL);
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  return json_generator_to_data (generator, NULL);
}

char *
trestle_review_code_cli (TrestleChangeSet *changes, const char *region)
{
  g_autofree char *json = trestle_review_code_json (changes);

  /* No line of it can be the word that ends it: in JSON a line feed of a text is two characters. */
  return g_strdup_printf ("aws marketplace-catalog start-change-set \\\n"
                          "  --region %s \\\n"
                          "  --cli-input-json file:///dev/stdin <<'END'\n"
                          "%s\n"
                          "END\n",
                          region, json);
}

char *
trestle_review_code_python (TrestleChangeSet *changes, const char *region)
{
  g_autofree char *json = trestle_review_code_json (changes);
  g_autoptr (GString) quoted = g_string_new (json);

  /* The same to JSON, and no end of the raw text to Python. */
  g_string_replace (quoted, "'", "\\u0027", 0);
  return g_strdup_printf ("import json\n"
                          "\n"
                          "import boto3\n"
                          "\n"
                          "request = json.loads(r'''\n"
                          "%s\n"
                          "''')\n"
                          "catalog = boto3.client(\"marketplace-catalog\", region_name=\"%s\")\n"
                          "print(catalog.start_change_set(**request)[\"ChangeSetId\"])\n",
                          quoted->str, region);
}
