/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "base/trestle-future.h"
#include "domain/trestle-role.h"
#include "domain/trestle-stored-object.h"
#include "services/trestle-iam-service.h"
#include "services/trestle-s3-service.h"
#include "workbench/trestle-reports-private.h"

#define ROLE_FACT "reports-role"
#define TOPIC_FACT "reports-topic"
/* What enrolling makes. */
#define ROLE "arn:aws:iam::%s:role/MarketplaceCommerceAnalyticsRole"
#define PRACTICE_TOPIC "arn:aws:sns:us-east-1:%s:reports"

static char *
recall (TrestleReports *self, const char *fact)
{
  return trestle_store_recall (self->context->store, self->scope, fact);
}

static const char *
choose (const char *asked, const char *otherwise)
{
  return asked != NULL && *asked != '\0' ? asked : otherwise;
}

TrestleReportTarget *
trestle_reports_complete_target (TrestleReports *self, TrestleReportTarget *asked, GError **error)
{
  g_autoptr (TrestleReportTarget) none = NULL;
  g_autoptr (TrestleIdentity) identity = NULL;
  g_autofree char *role = recall (self, ROLE_FACT);
  g_autofree char *topic = recall (self, TOPIC_FACT);
  const char *bucket, *prefix;

  if (!dex_await (trestle_reports_load (self), error))
    return NULL;
  identity = dex_await_object (trestle_context_identify (self->context), error);
  if (identity == NULL)
    return NULL;
  if (asked == NULL)
    asked = none = g_object_new (TRESTLE_TYPE_REPORT_TARGET, NULL);
  if (role == NULL)
    role = g_strdup_printf (ROLE, trestle_identity_get_account (identity));
  if (topic == NULL && trestle_context_is_practice (self->context))
    topic = g_strdup_printf (PRACTICE_TOPIC, trestle_identity_get_account (identity));
  /* The prefix belongs to the bucket. */
  bucket = choose (trestle_report_target_get_bucket (asked), self->bucket);
  prefix = g_strcmp0 (bucket, self->bucket) == 0 ? self->prefix : NULL;
  if (trestle_report_target_get_prefix (asked) != NULL)
    prefix = trestle_report_target_get_prefix (asked);
  return g_object_new (TRESTLE_TYPE_REPORT_TARGET, "bucket", bucket, "prefix", prefix, "role",
                       choose (trestle_report_target_get_role (asked), role), "topic",
                       choose (trestle_report_target_get_topic (asked), topic), NULL);
}

void
trestle_reports_keep_target (TrestleReports *self, TrestleReportTarget *target)
{
  trestle_store_remember (self->context->store, self->scope, ROLE_FACT,
                          trestle_report_target_get_role (target), NULL);
  trestle_store_remember (self->context->store, self->scope, TOPIC_FACT,
                          trestle_report_target_get_topic (target), NULL);
}

static GStrv
list_buckets (TrestleReports *self)
{
  g_autoptr (GListModel)
      list = dex_await_object (trestle_s3_service_list_buckets (self->context->client), NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TrestleBucket) bucket = g_list_model_get_item (list, i);

      g_strv_builder_add (names, trestle_bucket_get_name (bucket));
    }
  return g_strv_builder_end (names);
}

static GStrv
list_roles (TrestleReports *self)
{
  g_autoptr (GListModel)
      list = dex_await_object (trestle_iam_service_list_roles (self->context->client), NULL);
  g_autoptr (GStrvBuilder) arns = g_strv_builder_new ();

  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TrestleRole) role = g_list_model_get_item (list, i);

      if (trestle_role_get_trusts_marketplace (role))
        g_strv_builder_add (arns, trestle_role_get_arn (role));
    }
  return g_strv_builder_end (arns);
}

static DexFuture *
suggest_fiber (gpointer data)
{
  TrestleReports *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleReportTarget) target = trestle_reports_complete_target (self, NULL, &error);
  g_auto (GStrv) buckets = NULL;
  g_auto (GStrv) roles = NULL;
  const char *role;

  if (target == NULL)
    return trestle_future_error (error);
  buckets = list_buckets (self);
  roles = list_roles (self);
  role = trestle_report_target_get_role (target);
  if (roles[0] != NULL && !g_strv_contains ((const char *const *) roles, role))
    role = roles[0];
  return dex_future_new_take_object (g_object_new (
      TRESTLE_TYPE_REPORT_TARGET, "bucket",
      choose (trestle_report_target_get_bucket (target), buckets[0]), "prefix",
      trestle_report_target_get_prefix (target), "role", role, "topic",
      trestle_report_target_get_topic (target), "buckets", buckets, "roles", roles, NULL));
}

DexFuture *
trestle_reports_suggest_target (TrestleReports *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  return trestle_fiber_spawn (suggest_fiber, g_object_ref (self), g_object_unref);
}
