/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoints.h"

#include <string.h>

#include "domain/trestle-role.h"
#include "services/trestle-iam-service.h"
#include "workbench/trestle-endpoints-private.h"

#define LAST_ROLE "role"

void
trestle_roles_remember (TrestleContext *context, const char *arn)
{
  trestle_store_remember (context->store, context->scope, LAST_ROLE, arn, NULL);
}

/* What the list does not tell is whether a role may do all that a container needs. One that served
 * before does; next come those that SageMaker's console makes, AmazonSageMaker-ExecutionRole-…,
 * and whoever follows its habit. */
static int
rank (TrestleRole *role, const char *last)
{
  g_autofree char *name = g_ascii_strdown (trestle_role_get_name (role), -1);

  if (!trestle_role_get_trusts_sagemaker (role))
    return 3;
  if (g_strcmp0 (trestle_role_get_arn (role), last) == 0)
    return 0;
  return strstr (name, "execution") != NULL ? 1 : 2;
}

static int
compare_roles (gconstpointer a, gconstpointer b, gpointer last)
{
  int order = rank ((gpointer) a, last) - rank ((gpointer) b, last);

  return order != 0 ? order
                    : g_utf8_collate (trestle_role_get_name ((gpointer) a),
                                      trestle_role_get_name ((gpointer) b));
}

static DexFuture *
sort_roles_cb (DexFuture *future, gpointer data)
{
  TrestleContext *context = data;
  g_autofree char *last = trestle_store_recall (context->store, context->scope, LAST_ROLE);

  g_list_store_sort (g_value_get_object (dex_future_get_value (future, NULL)), compare_roles, last);
  return dex_ref (future);
}

static DexFuture *
ask_roles_cb (DexFuture *future, gpointer context)
{
  return trestle_iam_service_list_roles (((TrestleContext *) context)->client);
}

DexFuture *
trestle_endpoints_roles (TrestleEndpoints *self)
{
  TrestleContext *context;
  DexFuture *asked;

  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);

  context = trestle_endpoints_get_context (self);
  asked = dex_future_then (trestle_context_ready (context), ask_roles_cb, g_object_ref (context),
                           g_object_unref);
  return dex_future_then (asked, sort_roles_cb, g_object_ref (context), g_object_unref);
}
