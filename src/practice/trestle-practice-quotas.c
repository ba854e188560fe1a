/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-context.h"

static const struct
{
  const char *member; /* in the catalogue */
  const char *words;
} uses[] = {
  { "endpoint", "for endpoint usage" },
  { "transform", "for transform job usage" },
  { "training", "for training job usage" },
};

/* Codes that are known from the real service; the others follow from the name. */
static char *
dup_code (const char *name)
{
  static const char *const known[][2] = {
    { "ml.m5.xlarge for endpoint usage", "L-2F737F8D" },
    { "ml.g5.4xlarge for endpoint usage", "L-C1B9A48D" },
    { "ml.g5.8xlarge for endpoint usage", "L-065D610E" },
    { "ml.g5.48xlarge for endpoint usage", "L-0100B823" },
    { "ml.g4dn.12xlarge for endpoint usage", "L-07BEB181" },
    { "ml.c5.xlarge for transform job usage", "L-09C9B23C" },
  };
  g_autofree char *tail = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i][0], name))
      return g_strdup (known[i][1]);
  tail = trestle_practice_derive (name, "0123456789ABCDEF", 8);
  return g_strconcat ("L-", tail, NULL);
}

static void
put_quota (TrestlePracticeContext *ctx,
           JsonBuilder *out,
           const char *name,
           const char *code,
           gint64 value)
{
  g_autofree char *arn = g_strdup_printf ("arn:aws:servicequotas:%s:%s:sagemaker/%s", ctx->region,
                                          ctx->account->number, code);

  open_object (out, NULL);
  put_text (out, "ServiceCode", "sagemaker");
  put_text (out, "ServiceName", "Amazon SageMaker");
  put_text (out, "QuotaArn", arn);
  put_text (out, "QuotaCode", code);
  put_text (out, "QuotaName", name);
  put_double (out, "Value", (double) value);
  put_text (out, "Unit", "None");
  put_bool (out, "Adjustable", TRUE);
  put_bool (out, "GlobalQuota", FALSE);
  put_text (out, "QuotaAppliedAtLevel", "ACCOUNT");
  close_object (out);
}

static gboolean
list_service_quotas (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  JsonArray *instances = trestle_practice_catalogue_get_instances (ctx->world->catalogue);
  const char *wanted = trestle_json_string_or (in, "QuotaCode", NULL);
  const char *level = trestle_json_string_or (in, "QuotaAppliedAtLevel", "ACCOUNT");
  g_autofree char *scope = trestle_practice_scope ("ListServiceQuotas", in);
  gint64 max = trestle_json_int_or (in, "MaxResults", 100);
  gint64 offset, seen = 0;

  if (g_strcmp0 (trestle_json_string (in, "ServiceCode"), "sagemaker") != 0)
    return trestle_practice_fail (ctx, "NoSuchResourceException", 400,
                                  "The request failed because the specified service does not"
                                  " exist.");
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "NextToken", NULL), scope,
                                   &offset))
    return trestle_practice_fail (ctx, "InvalidPaginationTokenException", 400,
                                  "Invalid pagination token provided.");
  open_array (out, "Quotas");
  for (guint i = 0; i < array_length (instances); i++)
    for (guint u = 0; u < G_N_ELEMENTS (uses); u++)
      {
        JsonObject *instance = json_array_get_object_element (instances, i);
        JsonObject *quotas = get_object (instance, "quota");
        g_autofree char *name = g_strdup_printf ("%s %s", get_text (instance, "type"),
                                                 uses[u].words);
        g_autofree char *code = dup_code (name);

        if (quotas == NULL || (wanted != NULL && !g_str_equal (wanted, code))
            || g_str_equal (level, "RESOURCE") || seen++ < offset || seen > offset + max)
          continue;
        put_quota (ctx, out, name, code,
                   json_object_get_int_member_with_default (quotas, uses[u].member, 0));
      }
  close_array (out);
  if (seen > offset + max)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, offset + max);

      put_text (out, "NextToken", token);
    }
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_quota_routes[] = {
  { "service-quotas", "ListServiceQuotas", list_service_quotas },
  { NULL },
};
