/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-keeper.h"

#include "base/trestle-clock.h"
#include "widgets/trestle-watch.h"

/* How often what is past its delete-by is looked for. */
#define ENFORCE_SECONDS 20

struct _TrestleKeeper
{
  GObject parent_instance;

  TrestleSession *session;
  DexFuture *enforce;
  guint source;
};

static guint deleted_signal;

G_DEFINE_FINAL_TYPE (TrestleKeeper, trestle_keeper, G_TYPE_OBJECT)

static void
on_enforced (gpointer owner, const GValue *value, const GError *error)
{
  int n = error == NULL ? g_value_get_int (value) : 0;

  if (error != NULL)
    g_message ("Could not enforce delete-by: %s", error->message);
  if (n > 0)
    g_signal_emit (owner, deleted_signal, 0, (guint) n);
}

static gboolean
on_time (gpointer data)
{
  TrestleKeeper *self = data;
  GListModel *endpoints = G_LIST_MODEL (trestle_session_get_endpoints (self->session));
  gint64 now = trestle_clock_now ();

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);
      gint64 delete_by = trestle_endpoint_get_delete_by (endpoint);

      if (delete_by > 0 && delete_by < now)
        {
          trestle_watch (self, &self->enforce,
                         trestle_endpoints_enforce (TRESTLE_ENDPOINTS (endpoints)), on_enforced);
          break;
        }
    }
  return G_SOURCE_CONTINUE;
}

static void
trestle_keeper_dispose (GObject *object)
{
  TrestleKeeper *self = TRESTLE_KEEPER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  dex_clear (&self->enforce);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_keeper_parent_class)->dispose (object);
}

static void
trestle_keeper_class_init (TrestleKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trestle_keeper_dispose;
  deleted_signal = g_signal_new ("deleted", TRESTLE_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
trestle_keeper_init (TrestleKeeper *self)
{
}

TrestleKeeper *
trestle_keeper_new (TrestleSession *session)
{
  TrestleKeeper *self = g_object_new (TRESTLE_TYPE_KEEPER, NULL);

  self->session = g_object_ref (session);
  self->source = g_timeout_add_seconds (ENFORCE_SECONDS, on_time, self);
  return self;
}
