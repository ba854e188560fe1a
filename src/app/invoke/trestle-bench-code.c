/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-bench-code.h"

#include <json-glib/json-glib.h>

static void
add_option (GString *code, const char *option, const char *value)
{
  g_autofree char *quoted = value ? g_shell_quote (value) : NULL;

  if (quoted != NULL)
    g_string_append_printf (code, " \\\n  %s %s", option, quoted);
}

char *
trestle_bench_code_cli (const TrestleBenchCall *call)
{
  GString *code = g_string_new ("aws sagemaker-runtime invoke-endpoint");
  g_autofree char *file = g_strconcat ("fileb://", call->file, NULL);

  add_option (code, "--region", call->region);
  add_option (code, "--endpoint-name", call->endpoint);
  add_option (code, "--content-type", call->content_type);
  add_option (code, "--accept", call->accept);
  add_option (code, "--custom-attributes", call->attributes);
  add_option (code, "--target-variant", call->variant);
  add_option (code, "--body", file);
  g_string_append (code, " \\\n  answer.out\n");
  return g_string_free (code, FALSE);
}

/* A JSON text is a Python text too. */
static char *
quote_python (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

static void
add_argument (GString *code, const char *name, const char *value)
{
  g_autofree char *quoted = value ? quote_python (value) : NULL;

  if (quoted != NULL)
    g_string_append_printf (code, "        %s=%s,\n", name, quoted);
}

char *
trestle_bench_code_python (const TrestleBenchCall *call)
{
  GString *code = g_string_new ("import boto3\n\n");
  g_autofree char *region = quote_python (call->region);
  g_autofree char *file = quote_python (call->file);

  g_string_append_printf (code, "runtime = boto3.client(\"sagemaker-runtime\", region_name=%s)\n",
                          region);
  g_string_append_printf (code, "with open(%s, \"rb\") as body:\n", file);
  g_string_append (code, "    answer = runtime.invoke_endpoint(\n");
  add_argument (code, "EndpointName", call->endpoint);
  add_argument (code, "ContentType", call->content_type);
  add_argument (code, "Accept", call->accept);
  add_argument (code, "CustomAttributes", call->attributes);
  add_argument (code, "TargetVariant", call->variant);
  g_string_append (code, "        Body=body.read(),\n    )\nprint(answer[\"Body\"].read())\n");
  return g_string_free (code, FALSE);
}
