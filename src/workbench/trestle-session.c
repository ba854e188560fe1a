/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-session.h"

#include "base/trestle-future.h"
#include "workbench/trestle-context.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-recovery.h"

struct _TrestleSession
{
  GObject parent_instance;

  TrestleContext *context;
  TrestleCatalogue *catalogue;
  TrestleSubscriptions *subscriptions;
  TrestleEndpoints *endpoints;
  TrestleDrafts *drafts;
  TrestleOwnProducts *own_products;
  TrestlePackages *packages;
  TrestleReports *reports;
  TrestleRequests *requests;
};

G_DEFINE_FINAL_TYPE (TrestleSession, trestle_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_REGION,
  PROP_IDENTITY,
  PROP_TASKS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
trestle_session_finalize (GObject *object)
{
  TrestleSession *self = TRESTLE_SESSION (object);

  g_clear_object (&self->catalogue);
  g_clear_object (&self->subscriptions);
  g_clear_object (&self->endpoints);
  g_clear_object (&self->drafts);
  g_clear_object (&self->own_products);
  g_clear_object (&self->packages);
  g_clear_object (&self->reports);
  g_clear_object (&self->requests);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (trestle_session_parent_class)->finalize (object);
}

static void
trestle_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleSession *self = TRESTLE_SESSION (object);

  switch (id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->context->account);
      break;
    case PROP_REGION:
      g_value_set_string (value, self->context->region);
      break;
    case PROP_IDENTITY:
      g_value_set_object (value, self->context->identity);
      break;
    case PROP_TASKS:
      g_value_set_object (value, self->context->tasks);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_session_class_init (TrestleSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_session_finalize;
  object_class->get_property = trestle_session_get_property;
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, TRESTLE_TYPE_ACCOUNT,
                                                  flags);
  properties[PROP_REGION] = g_param_spec_string ("region", NULL, NULL, NULL, flags);
  properties[PROP_IDENTITY] = g_param_spec_object ("identity", NULL, NULL, TRESTLE_TYPE_IDENTITY,
                                                   flags);
  properties[PROP_TASKS] = g_param_spec_object ("tasks", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_session_init (TrestleSession *self)
{
}

static DexFuture *
opened_cb (DexFuture *future, gpointer data)
{
  g_autoptr (TrestleSession) self = g_object_new (TRESTLE_TYPE_SESSION, NULL);

  self->context = g_value_dup_object (dex_future_get_value (future, NULL));
  self->catalogue = trestle_catalogue_new (self->context);
  self->subscriptions = trestle_subscriptions_new (self->context);
  self->endpoints = trestle_endpoints_new (self->context);
  self->drafts = trestle_drafts_new (self->context);
  self->own_products = trestle_own_products_new (self->context);
  self->packages = trestle_packages_new (self->context);
  self->reports = trestle_reports_new (self->context);
  self->requests = trestle_requests_new (self->context);
  g_set_weak_pointer (&self->context->catalogue, self->catalogue);
  g_set_weak_pointer (&self->context->subscriptions, self->subscriptions);
  g_set_weak_pointer (&self->context->endpoints, self->endpoints);
  g_set_weak_pointer (&self->context->requests, self->requests);
  return dex_future_new_take_object (g_steal_pointer (&self));
}

DexFuture *
trestle_session_open (TrestleAccount *account, const char *region)
{
  g_return_val_if_fail (TRESTLE_IS_ACCOUNT (account), NULL);

  return dex_future_then (trestle_context_open (account, region), opened_cb, NULL, NULL);
}

/** trestle_session_get_account: Returns: (transfer none): whose session it is */
TrestleAccount *
trestle_session_get_account (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->context->account;
}

const char *
trestle_session_get_region (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->context->region;
}

/** trestle_session_get_identity: Returns: (transfer none) (nullable): once trestle_session_identify() is done */
TrestleIdentity *
trestle_session_get_identity (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->context->identity;
}

gboolean
trestle_session_is_practice (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), FALSE);
  return trestle_context_is_practice (self->context);
}

/** trestle_session_get_client: Returns: (transfer none): the client of the moment; do not keep it */
TrestleAwsClient *
trestle_session_get_client (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->context->client;
}

/** trestle_session_get_store: Returns: (transfer none): shared by all sessions of this process */
TrestleStore *
trestle_session_get_store (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->context->store;
}

/** trestle_session_get_tasks: Returns: (transfer none): a #GListModel of #TrestleTask, newest first */
GListModel *
trestle_session_get_tasks (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->context->tasks);
}

const char *
trestle_session_get_tag (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->context->tag;
}

/** trestle_session_get_catalogue: Returns: (transfer none): its listings */
TrestleCatalogue *
trestle_session_get_catalogue (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->catalogue;
}

/** trestle_session_get_subscriptions: Returns: (transfer none): its subscriptions */
TrestleSubscriptions *
trestle_session_get_subscriptions (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->subscriptions;
}

/** trestle_session_get_endpoints: Returns: (transfer none): its endpoints */
TrestleEndpoints *
trestle_session_get_endpoints (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->endpoints;
}

/** trestle_session_get_drafts: Returns: (transfer none): drafts of its listings */
TrestleDrafts *
trestle_session_get_drafts (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->drafts;
}

/** trestle_session_get_own_products: Returns: (transfer none): what it sells */
TrestleOwnProducts *
trestle_session_get_own_products (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->own_products;
}

/** trestle_session_get_packages: Returns: (transfer none): its own model packages and algorithms */
TrestlePackages *
trestle_session_get_packages (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->packages;
}

/** trestle_session_get_reports: Returns: (transfer none): what it earns */
TrestleReports *
trestle_session_get_reports (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->reports;
}

/** trestle_session_get_requests: Returns: (transfer none): its change sets */
TrestleRequests *
trestle_session_get_requests (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->requests;
}

/* For the room: what the parts share. */
TrestleContext *
trestle_session_get_context (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return self->context;
}

static DexFuture *
identified_cb (DexFuture *future, gpointer data)
{
  g_object_notify_by_pspec (data, properties[PROP_IDENTITY]);
  return dex_ref (future);
}

DexFuture *
trestle_session_identify (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);

  if (self->context->identity != NULL)
    return dex_future_new_for_object (self->context->identity);
  return dex_future_then (trestle_context_identify (self->context), identified_cb,
                          g_object_ref (self), g_object_unref);
}

static DexFuture *
recover_fiber (gpointer data)
{
  TrestleSession *self = data;
  g_autoptr (GError) error = NULL;
  int settled = dex_await_int (trestle_recovery_run (self->context), &error);

  if (error != NULL)
    return trestle_future_error (error);
  dex_await_int (trestle_endpoints_enforce (self->endpoints), &error);
  if (error != NULL)
    return trestle_future_error (error);
  return dex_future_new_for_int (settled);
}

DexFuture *
trestle_session_recover (TrestleSession *self)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (self), NULL);
  return trestle_fiber_spawn (recover_fiber, g_object_ref (self), g_object_unref);
}

void
trestle_session_add_task (TrestleSession *self, TrestleTask *task)
{
  g_return_if_fail (TRESTLE_IS_SESSION (self));
  g_return_if_fail (TRESTLE_IS_TASK (task));
  trestle_context_add_task (self->context, task);
}
