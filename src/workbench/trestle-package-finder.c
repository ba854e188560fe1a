/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-subscriptions.h"

#include <string.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-future.h"
#include "services/trestle-agreement-service.h"
#include "services/trestle-package-service.h"
#include "workbench/trestle-fetch.h"
#include "workbench/trestle-package-memory.h"
#include "workbench/trestle-subscriptions-private.h"
#include "workbench/trestle-workbench-error.h"

#define CONSOLE "https://us-east-1.console.aws.amazon.com/marketplace/subscriptions"
#define MAX_PAGE (1024 * 1024)

typedef struct
{
  TrestleSubscriptions *subscriptions;
  TrestleContext *context;
  TrestleListing *listing;
  TrestleVersion *version;
  char *arn;
} Finding;

static Finding *
finding_new (TrestleSubscriptions *subscriptions,
             TrestleListing *listing,
             TrestleVersion *version,
             const char *arn)
{
  Finding *self = g_new0 (Finding, 1);

  self->subscriptions = g_object_ref (subscriptions);
  self->context = trestle_subscriptions_get_context (subscriptions);
  g_set_object (&self->listing, listing);
  g_set_object (&self->version, version);
  self->arn = arn != NULL ? g_strstrip (g_strdup (arn)) : NULL;
  return self;
}

static void
finding_free (gpointer data)
{
  Finding *self = data;

  g_object_unref (self->subscriptions);
  g_clear_object (&self->listing);
  g_clear_object (&self->version);
  g_free (self->arn);
  g_free (self);
}

char *
trestle_subscriptions_dup_configure_uri (TrestleSubscriptions *self, TrestleListing *listing)
{
  TrestleContext *context;
  const TrestlePracticeKeys *keys;
  const char *role;

  g_return_val_if_fail (TRESTLE_IS_SUBSCRIPTIONS (self), NULL);

  context = trestle_subscriptions_get_context (self);
  if (!trestle_context_is_practice (context))
    return g_strdup (CONSOLE);
  role = trestle_account_get_role (context->account);
  keys = trestle_practice_handle_keys (context->practice, role != NULL ? role : "buyer");
  return g_strdup_printf ("%s/configure/%s/%s", context->practice->endpoint,
                          keys != NULL ? keys->account : "",
                          listing != NULL ? trestle_listing_get_product_id (listing) : "");
}

/* Packages do not change; one that was described once is good for the session. */
static TrestlePackage *
describe (TrestleContext *context, const char *arn, GError **error)
{
  g_autofree char *key = g_strdup_printf ("package/%s", arn);
  TrestlePackage *package = g_hash_table_lookup (context->facts, key);

  if (package != NULL)
    return g_object_ref (package);
  package = dex_await_object (trestle_package_service_describe (context->client, arn), error);
  if (package != NULL)
    g_hash_table_replace (context->facts, g_steal_pointer (&key), g_object_ref (package));
  return package;
}

static GError *
not_subscribed (Finding *self)
{
  return g_error_new (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_SUBSCRIBED,
                      "This account is not subscribed to “%s”",
                      trestle_listing_get_title (self->listing));
}

static char *
attribute (const char *tag, const char *name)
{
  g_autofree char *start = g_strdup_printf ("%s=\"", name);
  const char *found = strstr (tag, start);
  const char *end;

  if (found == NULL)
    return NULL;
  found += strlen (start);
  end = strchr (found, '"');
  return end != NULL ? g_strndup (found, (gsize) (end - found)) : NULL;
}

char *
trestle_subscriptions_read_configure (const char *page,
                                      const char *region,
                                      const char *option,
                                      char **version)
{
  for (const char *at = strstr (page, "data-arn="); at != NULL; at = strstr (at + 1, "data-arn="))
    {
      g_autofree char *tag = g_strndup (at, strcspn (at, ">"));
      g_autofree char *arn = attribute (tag, "data-arn");
      g_autofree char *where = attribute (tag, "data-region");
      g_autofree char *which = attribute (tag, "data-option");

      if (arn != NULL && g_strcmp0 (where, region) == 0
          && (option == NULL || g_strcmp0 (which, option) == 0))
        {
          *version = attribute (tag, "data-version");
          return g_steal_pointer (&arn);
        }
    }
  return NULL;
}

/* The practice account's page is read as a person would read it; its newest version stands first. */
static char *
read_page (Finding *self, char **version, GError **error)
{
  g_autofree char *uri = trestle_subscriptions_dup_configure_uri (self->subscriptions,
                                                                  self->listing);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *page = NULL;
  char *arn;

  bytes = dex_await_boxed (trestle_fetch (self->context, uri, MAX_PAGE), &reason);
  if (bytes == NULL)
    {
      if (g_error_matches (reason, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED))
        g_propagate_error (error, not_subscribed (self));
      else
        g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  arn = trestle_subscriptions_read_configure (
      page, self->context->region,
      self->version != NULL ? trestle_version_get_id (self->version) : NULL, version);
  if (arn == NULL)
    g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                 "The Configure page of “%s” names no ARN for %s",
                 trestle_listing_get_title (self->listing), self->context->region);
  return arn;
}

/* Why there is no ARN: not bought, or bought and never told. */
static GError *
explain (Finding *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) agreements = NULL;
  g_autofree char *uri = NULL;

  agreements = dex_await_object (
      trestle_agreement_service_search (self->context->client,
                                        trestle_listing_get_product_id (self->listing), "ACTIVE"),
      &error);
  if (agreements == NULL)
    return g_steal_pointer (&error);
  if (g_list_model_get_n_items (agreements) == 0)
    return not_subscribed (self);
  uri = trestle_subscriptions_dup_configure_uri (self->subscriptions, self->listing);
  return g_error_new (
      TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_ARN_NEEDED,
      "AWS does not tell programs the ARN of “%s” in %s; its Configure page does: %s",
      trestle_listing_get_title (self->listing), self->context->region, uri);
}

static DexFuture *
find_fiber (gpointer data)
{
  Finding *self = data;
  TrestleContext *context = self->context;
  const char *product = trestle_listing_get_product_id (self->listing);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePackage) package = NULL;
  g_autofree char *arn = NULL;
  g_autofree char *title = NULL;

  if (!dex_await (trestle_context_ready (context), &error))
    return trestle_future_error (error);
  arn = product != NULL ? trestle_package_memory_recall (context, product, self->version) : NULL;
  if (arn == NULL && trestle_context_is_practice (context))
    arn = read_page (self, &title, &error);
  else if (arn == NULL)
    error = explain (self);
  if (arn == NULL)
    return trestle_future_error (error);
  package = describe (context, arn, &error);
  if (package == NULL)
    {
      if (error->domain == TRESTLE_AWS_ERROR && strstr (error->message, "not subscribed") != NULL)
        return dex_future_new_for_error (not_subscribed (self));
      return trestle_future_error (error);
    }
  if (title == NULL)
    title = self->version != NULL ? g_strdup (trestle_version_get_title (self->version))
                                  : trestle_package_memory_version (context, product);
  trestle_package_memory_keep (
      context, product, self->version != NULL ? trestle_version_get_id (self->version) : NULL,
      title, trestle_listing_get_id (self->listing), package);
  return dex_future_new_take_object (g_steal_pointer (&package));
}

DexFuture *
trestle_subscriptions_package (TrestleSubscriptions *self,
                               TrestleListing *listing,
                               TrestleVersion *version)
{
  g_return_val_if_fail (TRESTLE_IS_SUBSCRIPTIONS (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_LISTING (listing), NULL);
  return trestle_fiber_spawn (find_fiber, finding_new (self, listing, version, NULL), finding_free);
}

gboolean
trestle_subscriptions_check_arn (const char *arn, const char *region, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (arn, ":", 6);

  if (g_strv_length (parts) != 6 || !g_str_equal (parts[0], "arn")
      || !g_str_equal (parts[2], "sagemaker")
      || (!g_str_has_prefix (parts[5], "model-package/")
          && !g_str_has_prefix (parts[5], "algorithm/")))
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                   "“%s” is no ARN of a model package or algorithm; it should look like "
                   "arn:aws:sagemaker:%s:…:model-package/…",
                   arn, region);
      return FALSE;
    }
  if (!g_str_equal (parts[3], region))
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                   "That ARN is for %s, and this session works in %s; choose %s on the Configure "
                   "page, and copy again",
                   parts[3], region, region);
      return FALSE;
    }
  return TRUE;
}

static DexFuture *
prove_fiber (gpointer data)
{
  Finding *self = data;
  TrestleContext *context = self->context;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePackage) package = NULL;
  TrestleSubscription *known;

  if (!trestle_subscriptions_check_arn (self->arn, context->region, &error)
      || !dex_await (trestle_context_ready (context), &error))
    return trestle_future_error (error);
  package = describe (context, self->arn, &error);
  if (package == NULL)
    return trestle_future_error (error);
  if (self->listing == NULL)
    return dex_future_new_take_object (g_steal_pointer (&package));
  trestle_package_memory_keep (
      context, trestle_listing_get_product_id (self->listing),
      self->version != NULL ? trestle_version_get_id (self->version) : NULL,
      self->version != NULL ? trestle_version_get_title (self->version) : NULL,
      trestle_listing_get_id (self->listing), package);
  known = trestle_subscriptions_find (self->subscriptions,
                                      trestle_listing_get_product_id (self->listing));
  if (known != NULL)
    {
      g_autoptr (TrestleAgreement)
          agreement = g_object_ref (trestle_subscription_get_agreement (known));
      g_autoptr (TrestleSubscription)
          fresh = trestle_subscriptions_adopt (self->subscriptions, agreement);
    }
  return dex_future_new_take_object (g_steal_pointer (&package));
}

DexFuture *
trestle_subscriptions_prove (TrestleSubscriptions *self,
                             TrestleListing *listing,
                             TrestleVersion *version,
                             const char *arn)
{
  g_return_val_if_fail (TRESTLE_IS_SUBSCRIPTIONS (self), NULL);
  g_return_val_if_fail (arn != NULL, NULL);
  return trestle_fiber_spawn (prove_fiber, finding_new (self, listing, version, arn), finding_free);
}

DexFuture *
trestle_subscriptions_describe (TrestleSubscriptions *self, const char *arn)
{
  return trestle_subscriptions_prove (self, NULL, NULL, arn);
}
