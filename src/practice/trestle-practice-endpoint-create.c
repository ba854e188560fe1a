/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-agreement.h"
#include "practice/trestle-practice-container.h"
#include "practice/trestle-practice-endpoints.h"
#include "practice/trestle-practice-sagemaker.h"

/* What AWS takes, typically: about six minutes until an endpoint serves. */
#define CREATE_SECONDS 360.0

typedef struct
{
  const char *name;
  const char *type;
  gint64 count;
  double weight;
  TrestlePracticePackage package;
  char *role;
} Variant;

static void
variant_clear (gpointer data)
{
  Variant *variant = data;

  trestle_practice_package_clear (&variant->package);
  g_free (variant->role);
}

static gboolean
read_variant (TrestlePracticeContext *ctx, JsonObject *object, Variant *variant)
{
  const char *model = get_text (object, "ModelName");
  g_autoptr (JsonNode) doc = NULL;
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (ctx->state,
                                     "SELECT package, doc FROM models"
                                     " WHERE account = ? AND region = ? AND name = ?",
                                     "sss", ctx->account->number, ctx->region, model);

  if (!trestle_practice_next (rows))
    return trestle_practice_sagemaker_missing (ctx, "model", "model", model);
  doc = json_from_string (trestle_practice_column_text (rows, 1), NULL);
  variant->name = get_text (object, "VariantName");
  variant->type = get_text (object, "InstanceType");
  variant->count = json_object_get_int_member_with_default (object, "InitialInstanceCount", 1);
  variant->weight = json_object_get_double_member_with_default (object, "InitialVariantWeight",
                                                                1.0);
  variant->role = g_strdup (get_text (json_node_get_object (doc), "ExecutionRoleArn"));
  return trestle_practice_package_open (ctx, trestle_practice_column_text (rows, 0), TRUE,
                                        &variant->package);
}

static gboolean
check_quota (TrestlePracticeContext *ctx, GArray *variants, const char *type)
{
  gint64 delta = 0;
  gint64 used = trestle_practice_get_int (
      ctx->state, 0,
      "SELECT total (v.count) FROM variants v JOIN endpoints e ON e.account = v.account"
      " AND e.region = v.region AND e.name = v.endpoint"
      " WHERE v.account = ? AND v.region = ? AND v.type = ? AND e.status <> 'Failed'",
      "sss", ctx->account->number, ctx->region, type);

  for (guint i = 0; i < variants->len; i++)
    if (g_str_equal (g_array_index (variants, Variant, i).type, type))
      delta += g_array_index (variants, Variant, i).count;
  return trestle_practice_sagemaker_check_quota (ctx, "endpoint", type, used, delta);
}

static GArray *
read_variants (TrestlePracticeContext *ctx, JsonObject *config)
{
  JsonArray *list = get_array (config, "ProductionVariants");
  g_autoptr (GArray) variants = g_array_new (FALSE, TRUE, sizeof (Variant));

  g_array_set_clear_func (variants, variant_clear);
  for (guint i = 0; i < array_length (list); i++)
    {
      Variant variant = { 0 };

      if (!read_variant (ctx, json_array_get_object_element (list, i), &variant))
        {
          variant_clear (&variant);
          return NULL;
        }
      g_array_append_val (variants, variant);
    }
  for (guint i = 0; i < variants->len; i++)
    if (!check_quota (ctx, variants, g_array_index (variants, Variant, i).type))
      return NULL;
  return g_steal_pointer (&variants);
}

/* One instance stands for all: its container writes the log. */
static void
start_variant (TrestlePracticeContext *ctx,
               const char *endpoint,
               guint position,
               const Variant *variant,
               gint64 due,
               gboolean starts,
               gboolean healthy)
{
  g_autofree char *instance = trestle_practice_world_new_id (ctx->world, "i-", TRESTLE_PRACTICE_HEX,
                                                             17);
  g_autofree char *group = NULL;
  g_autofree char *stream_name = NULL;
  TrestlePracticeStream stream;
  gint64 from = ctx->now + (due - ctx->now) * 6 / 10;

  trestle_practice_run (
      ctx->state,
      "INSERT INTO variants (account, region, endpoint, position, name, type, count,"
      " weight, package, instance, engine)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sssissidsss", ctx->account->number, ctx->region, endpoint, (gint64) position, variant->name,
      variant->type, variant->count, variant->weight, variant->package.name, instance,
      variant->package.engine);
  if (!starts
      || !trestle_practice_role_allows (ctx->world->catalogue, ctx->account->number, variant->role,
                                        "logs:CreateLogStream"))
    return;
  group = g_strconcat ("/aws/sagemaker/Endpoints/", endpoint, NULL);
  stream_name = g_strconcat (variant->name, "/", instance, NULL);
  stream = trestle_practice_stream_open (ctx->state, ctx->account->number, ctx->region, group,
                                         stream_name, from);
  trestle_practice_container_start (
      &stream, *variant->package.engine != '\0' ? variant->package.engine : variant->package.title,
      variant->package.version, from, due, healthy);
}

gboolean
trestle_practice_create_endpoint (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "EndpointName");
  const char *config = trestle_json_string (in, "EndpointConfigName");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "endpoint", name);
  g_autofree char *doc = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GArray) variants = NULL;
  TrestlePracticeFault fault;
  const char *sick = NULL; /* a variant whose container does not answer */
  gint64 due = ctx->now + trestle_practice_world_delay (ctx->world, CREATE_SECONDS);

  if (trestle_practice_sagemaker_exists (ctx, "endpoints", name))
    return trestle_practice_sagemaker_taken (ctx, "endpoint", "endpoint", name);
  doc = trestle_practice_get_text (ctx->state,
                                   "SELECT doc FROM configs"
                                   " WHERE account = ? AND region = ? AND name = ?",
                                   "sss", ctx->account->number, ctx->region, config);
  if (doc == NULL)
    return trestle_practice_sagemaker_missing (ctx, "endpoint configuration", "endpoint-config",
                                               config);
  node = json_from_string (doc, NULL);
  variants = read_variants (ctx, json_node_get_object (node));
  if (variants == NULL)
    return FALSE;
  for (guint i = 0; sick == NULL && i < variants->len; i++)
    if (!g_array_index (variants, Variant, i).package.healthy)
      sick = g_array_index (variants, Variant, i).name;

  trestle_practice_faults_take_outcome (ctx->world->faults, "sagemaker", "CreateEndpoint", &fault);
  if (fault.kind == TRESTLE_PRACTICE_FAULT_CAPACITY)
    reason = g_strdup ("Unable to provision requested ML compute capacity due to"
                       " InsufficientInstanceCapacity error. Please retry using a different ML"
                       " instance type or after some time.");
  else if (fault.kind == TRESTLE_PRACTICE_FAULT_PING || sick != NULL)
    reason = g_strdup_printf ("The primary container for production variant %s did not pass the"
                              " ping health check. Please check CloudWatch logs for this endpoint.",
                              sick != NULL ? sick : g_array_index (variants, Variant, 0).name);
  trestle_practice_run (
      ctx->state,
      "INSERT INTO endpoints (account, region, name, created, modified, config, status, reason,"
      " due, next) VALUES (?, ?, ?, ?, ?, ?, 'Creating', ?, ?, ?)",
      "sssiissis", ctx->account->number, ctx->region, name, ctx->now, ctx->now, config, reason,
      fault.kind == TRESTLE_PRACTICE_FAULT_STUCK ? (gint64) 0 : due,
      reason != NULL ? "Failed" : "InService");
  for (guint i = 0; i < variants->len; i++)
    start_variant (ctx, name, i, &g_array_index (variants, Variant, i), due,
                   fault.kind != TRESTLE_PRACTICE_FAULT_CAPACITY
                       && fault.kind != TRESTLE_PRACTICE_FAULT_STUCK,
                   fault.kind != TRESTLE_PRACTICE_FAULT_PING
                       && g_array_index (variants, Variant, i).package.healthy);
  if (!trestle_practice_sagemaker_tag (ctx, trestle_json_member (in, "Tags"), arn))
    return FALSE;
  put_text (out, "EndpointArn", arn);
  return TRUE;
}
