/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-logs-service.h"

#include "base/trestle-clock.h"
#include "domain/trestle-log-event.h"
#include "domain/trestle-values.h"

#define SERVICE "logs"
#define MSEC 1000

/* Pages of a long search are many and may be empty. */
#define MAX_LOG_PAGES 20000

typedef struct
{
  char *group;
  TrestleServicePage page;
  gpointer data;
  GDestroyNotify destroy;
} Filter;

static void
filter_free (gpointer data)
{
  Filter *self = data;

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self->group);
  g_free (self);
}

static gboolean
filter_page (GListModel *items, gpointer data)
{
  Filter *self = data;

  return self->page == NULL || self->page (items, self->data);
}

static gpointer
read_event (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  Filter *self = data;
  const char *message = trestle_json_string_or (at, "message", "");
  const char *stream = trestle_json_string_or (at, "logStreamName", NULL);
  gint64 when = trestle_json_int_or (at, "timestamp", 0);
  g_autofree char *id = g_strdup (trestle_json_string_or (at, "eventId", NULL));

  if (id == NULL)
    id = g_strdup_printf ("%s/%" G_GINT64_FORMAT "/%08x", stream ? stream : "", when,
                          g_str_hash (message));
  return g_object_new (TRESTLE_TYPE_LOG_EVENT, "id", id, "group", self->group, "stream", stream,
                       "when", when * MSEC, "ingested",
                       trestle_json_int_or (at, "ingestionTime", when) * MSEC, "message", message,
                       "level", trestle_log_level_guess (message), NULL);
}

DexFuture *
trestle_logs_service_filter (TrestleAwsClient *client,
                             const char *group,
                             gint64 since,
                             gint64 until,
                             const char *pattern,
                             guint limit,
                             TrestleServicePage page,
                             gpointer data,
                             GDestroyNotify destroy)
{
  Filter *filter = g_new0 (Filter, 1);
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "FilterLogEvents",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "events",
    .max_pages = MAX_LOG_PAGES,
    .read = read_event,
    .page = filter_page,
    .data = filter,
    .destroy = filter_free,
  };
  JsonObject *input = json_object_new ();

  filter->group = g_strdup (group);
  filter->page = page;
  filter->data = data;
  filter->destroy = destroy;
  json_object_set_string_member (input, "logGroupName", group);
  if (since > 0)
    json_object_set_int_member (input, "startTime", since / MSEC);
  if (until > 0)
    json_object_set_int_member (input, "endTime", until / MSEC);
  if (pattern != NULL && *pattern != '\0')
    json_object_set_string_member (input, "filterPattern", pattern);
  if (limit > 0)
    json_object_set_int_member (input, "limit", limit);
  return trestle_service_collect (client, &list, input);
}

static gpointer
read_group (TrestleJson at, TrestleAwsReply *reply, gpointer names)
{
  g_ptr_array_add (names, g_strdup (trestle_json_string (at, "logGroupName")));
  return NULL;
}

static DexFuture *
give_names (DexFuture *future, gpointer data)
{
  GPtrArray *names = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < names->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (names, i));
  return dex_future_new_take_boxed (G_TYPE_STRV, g_strv_builder_end (builder));
}

DexFuture *
trestle_logs_service_groups (TrestleAwsClient *client, const char *prefix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "DescribeLogGroups",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "logGroups",
    .read = read_group,
    .data = g_ptr_array_ref (names),
    .destroy = (GDestroyNotify) g_ptr_array_unref,
  };
  JsonObject *input = json_object_new ();

  trestle_input_text (input, "logGroupNamePrefix", prefix);
  json_object_set_int_member (input, "limit", 50);
  return dex_future_then (trestle_service_collect (client, &list, input), give_names, names,
                          (GDestroyNotify) g_ptr_array_unref);
}
