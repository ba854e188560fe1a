/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoints.h"

#include "domain/trestle-role.h"
#include "services/trestle-iam-service.h"
#include "workbench/trestle-parts.h"

static int
compare_roles (gconstpointer a, gconstpointer b, gpointer data)
{
  int order = trestle_role_get_trusts_sagemaker ((gpointer) b)
              - trestle_role_get_trusts_sagemaker ((gpointer) a);

  return order != 0 ? order
                    : g_utf8_collate (trestle_role_get_name ((gpointer) a),
                                      trestle_role_get_name ((gpointer) b));
}

static DexFuture *
sort_roles_cb (DexFuture *future, gpointer data)
{
  g_list_store_sort (g_value_get_object (dex_future_get_value (future, NULL)), compare_roles, NULL);
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
  DexFuture *asked;

  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);

  asked = dex_future_then (trestle_context_ready (trestle_endpoints_get_context (self)),
                           ask_roles_cb, g_object_ref (trestle_endpoints_get_context (self)),
                           g_object_unref);
  return dex_future_then (asked, sort_roles_cb, NULL, NULL);
}
