/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoints.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "domain/trestle-limits.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT, format,
                                 args);
  va_end (args);
  return FALSE;
}

/* Endpoints' pattern, which is the strictest of the three: [a-zA-Z0-9](-*[a-zA-Z0-9])* */
static gboolean
check_name (const char *name, GError **error)
{
  gint64 most = trestle_limit (TRESTLE_LIMIT_NAME_CHARS);
  gsize length = name != NULL ? strlen (name) : 0;

  if (length == 0)
    return refuse (error, "The endpoint needs a name");
  if ((gint64) length > most)
    return refuse (error, "The name has %zu characters; %d are allowed", length, (int) most);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && name[i] != '-')
      return refuse (error, "The name “%s” may have letters, digits and hyphens only", name);
  if (name[0] == '-' || name[length - 1] == '-')
    return refuse (error, "The name “%s” must begin and end with a letter or digit", name);
  return TRUE;
}

static gboolean
check_type (TrestlePackage *package, const char *type, GError **error)
{
  const char *const *supported = trestle_package_get_realtime_types (package);
  g_autofree char *list = NULL;

  if (type == NULL || *type == '\0')
    return refuse (error, "Choose an instance type");
  if (!g_str_has_prefix (type, "ml."))
    return refuse (error, "“%s” is no instance type of SageMaker; those begin with “ml.”", type);
  if (supported == NULL || supported[0] == NULL || g_strv_contains (supported, type))
    return TRUE;
  list = g_strjoinv (", ", (char **) supported);
  return refuse (error, "This package does not run on %s; it runs on %s", type, list);
}

gboolean
trestle_deploy_plan_check (TrestleDeployPlan *self, GError **error)
{
  TrestlePackage *package;
  const char *const *fallbacks;

  g_return_val_if_fail (TRESTLE_IS_DEPLOY_PLAN (self), FALSE);

  package = trestle_deploy_plan_get_package (self);
  fallbacks = trestle_deploy_plan_get_fallback_types (self);
  if (!check_name (trestle_deploy_plan_get_name (self), error))
    return FALSE;
  if (package == NULL)
    return refuse (error, "There is no package to deploy");
  if (trestle_package_get_kind (package) == TRESTLE_PRODUCT_KIND_ALGORITHM)
    return refuse (error, "An algorithm has to be trained first; what comes of it can be deployed");
  if (!check_type (package, trestle_deploy_plan_get_instance_type (self), error))
    return FALSE;
  for (guint i = 0; fallbacks != NULL && fallbacks[i] != NULL; i++)
    if (!check_type (package, fallbacks[i], error))
      return FALSE;
  if (trestle_deploy_plan_get_count (self) < 1)
    return refuse (error, "An endpoint needs at least one instance");
  if (trestle_deploy_plan_get_role_arn (self) != NULL
      && !g_str_has_prefix (trestle_deploy_plan_get_role_arn (self), "arn:"))
    return refuse (error, "“%s” is no ARN of a role", trestle_deploy_plan_get_role_arn (self));
  if (trestle_deploy_plan_get_delete_after (self) < 0)
    return refuse (error, "The delete-by time lies in the past");
  return TRUE;
}

/* What both languages are given. */
typedef struct
{
  const char *name;
  const char *package;
  const char *type;
  const char *role;
  gint64 count;
  char *config;
  char *region;
  char *session;
  char *delete_by;
  char *listing;
} Facts;

static char *
cli_tags (const Facts *facts)
{
  g_autoptr (GString) tags = g_string_new (NULL);

  g_string_append_printf (tags, "Key=trestle:session,Value=%s", facts->session);
  if (facts->listing != NULL)
    g_string_append_printf (tags, " Key=trestle:listing,Value=%s", facts->listing);
  if (facts->delete_by != NULL)
    g_string_append_printf (tags, " Key=trestle:delete-by,Value=%s", facts->delete_by);
  return g_string_free (g_steal_pointer (&tags), FALSE);
}

static char *
to_cli (const Facts *facts)
{
  g_autofree char *tags = cli_tags (facts);

  return g_strdup_printf (
      "aws sagemaker create-model --region %s \\\n"
      "  --model-name %s \\\n"
      "  --execution-role-arn %s \\\n"
      "  --primary-container ModelPackageName=%s \\\n"
      "  --enable-network-isolation \\\n"
      "  --tags %s\n"
      "\n"
      "aws sagemaker create-endpoint-config --region %s \\\n"
      "  --endpoint-config-name %s \\\n"
      "  --production-variants VariantName=AllTraffic,ModelName=%s,InstanceType=%s,"
      "InitialInstanceCount=%" G_GINT64_FORMAT ",InitialVariantWeight=1 \\\n"
      "  --tags %s\n"
      "\n"
      "aws sagemaker create-endpoint --region %s \\\n"
      "  --endpoint-name %s \\\n"
      "  --endpoint-config-name %s \\\n"
      "  --tags %s\n"
      "\n"
      "aws sagemaker wait endpoint-in-service --region %s --endpoint-name %s\n",
      facts->region, facts->name, facts->role, facts->package, tags, facts->region, facts->config,
      facts->name, facts->type, facts->count, tags, facts->region, facts->name, facts->config, tags,
      facts->region, facts->name);
}

static char *
python_tags (const Facts *facts)
{
  g_autoptr (GString) tags = g_string_new ("tags = [\n");

  g_string_append_printf (tags, "    {\"Key\": \"trestle:session\", \"Value\": \"%s\"},\n",
                          facts->session);
  if (facts->listing != NULL)
    g_string_append_printf (tags, "    {\"Key\": \"trestle:listing\", \"Value\": \"%s\"},\n",
                            facts->listing);
  if (facts->delete_by != NULL)
    g_string_append_printf (tags, "    {\"Key\": \"trestle:delete-by\", \"Value\": \"%s\"},\n",
                            facts->delete_by);
  g_string_append (tags, "]\n");
  return g_string_free (g_steal_pointer (&tags), FALSE);
}

static char *
to_python (const Facts *facts)
{
  g_autofree char *tags = python_tags (facts);

  return g_strdup_printf (
      "import boto3\n"
      "\n"
      "sagemaker = boto3.client(\"sagemaker\", region_name=\"%s\")\n"
      "%s"
      "sagemaker.create_model(\n"
      "    ModelName=\"%s\",\n"
      "    ExecutionRoleArn=\"%s\",\n"
      "    PrimaryContainer={\"ModelPackageName\": \"%s\"},\n"
      "    EnableNetworkIsolation=True,\n"
      "    Tags=tags,\n"
      ")\n"
      "sagemaker.create_endpoint_config(\n"
      "    EndpointConfigName=\"%s\",\n"
      "    ProductionVariants=[\n"
      "        {\n"
      "            \"VariantName\": \"AllTraffic\",\n"
      "            \"ModelName\": \"%s\",\n"
      "            \"InstanceType\": \"%s\",\n"
      "            \"InitialInstanceCount\": %" G_GINT64_FORMAT ",\n"
      "            \"InitialVariantWeight\": 1.0,\n"
      "        }\n"
      "    ],\n"
      "    Tags=tags,\n"
      ")\n"
      "sagemaker.create_endpoint(EndpointName=\"%s\", EndpointConfigName=\"%s\", Tags=tags)\n"
      "sagemaker.get_waiter(\"endpoint_in_service\").wait(EndpointName=\"%s\")\n",
      facts->region, tags, facts->name, facts->role, facts->package, facts->config, facts->name,
      facts->type, facts->count, facts->name, facts->config, facts->name);
}

char *
trestle_deploy_plan_to_code (TrestleDeployPlan *self,
                             TrestleEndpoints *endpoints,
                             const char *language)
{
  TrestleContext *context;
  TrestlePackage *package;
  TrestleListing *listing;
  gint64 after;
  Facts facts = { 0 };
  char *code;

  g_return_val_if_fail (TRESTLE_IS_DEPLOY_PLAN (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (endpoints), NULL);

  context = trestle_endpoints_get_context (endpoints);
  package = trestle_deploy_plan_get_package (self);
  listing = trestle_deploy_plan_get_listing (self);
  after = trestle_deploy_plan_get_delete_after (self);
  facts.name = trestle_deploy_plan_get_name (self) ? trestle_deploy_plan_get_name (self) : "NAME";
  facts.package = package != NULL ? trestle_package_get_arn (package) : "MODEL_PACKAGE_ARN";
  facts.type = trestle_deploy_plan_get_instance_type (self)
                   ? trestle_deploy_plan_get_instance_type (self)
                   : "ml.m5.xlarge";
  facts.role = trestle_deploy_plan_get_role_arn (self) ? trestle_deploy_plan_get_role_arn (self)
                                                       : "EXECUTION_ROLE_ARN";
  facts.count = trestle_deploy_plan_get_count (self);
  facts.config = g_strdup_printf ("%s-config", facts.name);
  facts.region = g_strdup (context->region);
  facts.session = g_strdup (context->tag);
  facts.delete_by = after > 0 ? trestle_clock_format_iso (trestle_clock_now () + after) : NULL;
  facts.listing = listing != NULL ? g_strdup (trestle_listing_get_id (listing)) : NULL;

  code = g_strcmp0 (language, "python") == 0 ? to_python (&facts) : to_cli (&facts);
  g_free (facts.config);
  g_free (facts.region);
  g_free (facts.session);
  g_free (facts.delete_by);
  g_free (facts.listing);
  return code;
}
