/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-invoke-flow.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "base/trestle-redact.h"
#include "domain/trestle-copy.h"
#include "domain/trestle-limits.h"
#include "media/trestle-content-type.h"
#include "services/trestle-runtime-service.h"
#include "workbench/trestle-endpoint-detail.h"
#include "workbench/trestle-endpoint-memory.h"
#include "workbench/trestle-offers.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-price-table.h"
#include "workbench/trestle-workbench-error.h"

/* So much of a file tells its type. */
#define HEAD 4096

typedef struct
{
  GFile *file;
  char **supported;
} Guess;

static void
guess_free (gpointer data)
{
  Guess *self = data;

  g_object_unref (self->file);
  g_strfreev (self->supported);
  g_free (self);
}

static char *
guess_by (const char *name, GBytes *head, const char *const *supported)
{
  g_autofree char *guess = trestle_content_type_guess (name, head);
  char *chosen = trestle_content_type_choose (guess, supported);

  return chosen != NULL ? chosen : g_steal_pointer (&guess);
}

static DexFuture *
guess_fiber (gpointer data)
{
  Guess *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (self->file);
  g_autoptr (GFileInputStream) stream = g_file_read (self->file, NULL, &error);
  g_autoptr (GBytes) head = NULL;

  if (stream != NULL)
    head = g_input_stream_read_bytes (G_INPUT_STREAM (stream), HEAD, NULL, &error);
  if (head == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_string (guess_by (name, head, (const char *const *) self->supported));
}

DexFuture *
trestle_invoke_guess_type (GFile *file, const char *const *supported)
{
  Guess *guess;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  guess = g_new0 (Guess, 1);
  guess->file = g_object_ref (file);
  guess->supported = g_strdupv ((char **) supported);
  return trestle_pool_spawn (guess_fiber, guess, guess_free);
}

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

static gboolean
check_size (gsize size, GError **error)
{
  g_autofree char *is = NULL;
  g_autofree char *may = NULL;
  const char *route;

  if (size <= (gsize) trestle_limit (TRESTLE_LIMIT_INVOKE_BYTES))
    return TRUE;
  is = g_format_size (size);
  may = g_format_size ((guint64) trestle_limit (TRESTLE_LIMIT_INVOKE_BYTES));
  route = size <= (gsize) trestle_limit (TRESTLE_LIMIT_BATCH_BYTES)
              ? "a batch transform job takes it"
          : size <= (gsize) trestle_limit (TRESTLE_LIMIT_ASYNC_BYTES)
              ? "an asynchronous endpoint takes it"
              : "split it into smaller ones";
  return refuse (error, "The file has %s, and a real-time call takes %s: %s", is, may, route);
}

static gboolean
check_attributes (const char *attributes, GError **error)
{
  gint64 most = trestle_limit (TRESTLE_LIMIT_ATTRIBUTES_CHARS);

  if (attributes == NULL)
    return TRUE;
  if ((gint64) strlen (attributes) > most)
    return refuse (error, "The custom attributes have %zu characters; %d are allowed",
                   strlen (attributes), (int) most);
  for (const char *p = attributes; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      return refuse (error, "The custom attributes may have plain ASCII characters only");
  return TRUE;
}

static gboolean
check_type (TrestleInvokeRequest *request, GError **error)
{
  TrestlePackage *package = trestle_invoke_request_get_package (request);
  const char *const *supported = package != NULL ? trestle_package_get_content_types (package)
                                                 : NULL;
  const char *type = trestle_invoke_request_get_content_type (request);
  g_autofree char *chosen = NULL;
  g_autofree char *list = NULL;

  if (type == NULL || supported == NULL || supported[0] == NULL)
    return TRUE;
  chosen = trestle_content_type_choose (type, supported);
  if (chosen != NULL)
    return TRUE;
  list = g_strjoinv (", ", (char **) supported);
  return refuse (error, "The model does not take %s; it takes %s", type, list);
}

gboolean
trestle_invoke_check (TrestleInvokeRequest *request, gsize size, GError **error)
{
  g_return_val_if_fail (TRESTLE_IS_INVOKE_REQUEST (request), FALSE);

  return check_size (size, error)
         && check_attributes (trestle_invoke_request_get_attributes (request), error)
         && check_type (request, error);
}

typedef struct
{
  TrestleContext *context;
  TrestleInvokeRequest *request;
  GBytes *bytes;
  char *content_type;
  char *file_name;
} Invoke;

static void
invoke_free (gpointer data)
{
  Invoke *self = data;

  g_object_unref (self->context);
  g_object_unref (self->request);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->file_name);
  g_free (self);
}

static gsize
size_of (Invoke *self)
{
  return self->bytes != NULL ? g_bytes_get_size (self->bytes) : 0;
}

typedef struct
{
  GFile *file;
  gsize most;
} Load;

static void
load_free (gpointer data)
{
  g_object_unref (((Load *) data)->file);
  g_free (data);
}

/* Never reads more than can be sent: of a file that is too large its size is enough. */
static DexFuture *
load_fiber (gpointer data)
{
  Load *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (
      self->file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NONE, NULL, &error);
  GBytes *bytes;

  if (info == NULL)
    return trestle_future_error (error);
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
      && g_file_info_get_size (info) > (goffset) self->most)
    {
      check_size ((gsize) g_file_info_get_size (info), &error);
      return trestle_future_error (error);
    }
  bytes = g_file_load_bytes (self->file, NULL, NULL, &error);
  if (bytes == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_boxed (G_TYPE_BYTES, bytes);
}

static gboolean
load (Invoke *self, GError **error)
{
  GFile *file = trestle_invoke_request_get_file (self->request);
  GBytes *given = trestle_invoke_request_get_bytes (self->request);
  Load *job;

  self->file_name = g_strdup (trestle_invoke_request_get_file_name (self->request));
  if (self->file_name == NULL && file != NULL)
    self->file_name = g_file_get_basename (file);
  if (given != NULL || file == NULL)
    {
      self->bytes = given != NULL ? g_bytes_ref (given) : g_bytes_new_static ("", 0);
      return TRUE;
    }
  job = g_new0 (Load, 1);
  job->file = g_object_ref (file);
  job->most = (gsize) trestle_limit (TRESTLE_LIMIT_INVOKE_BYTES);
  self->bytes = dex_await_boxed (trestle_pool_spawn (load_fiber, job, load_free), error);
  return self->bytes != NULL;
}

static void
choose_type (Invoke *self)
{
  TrestlePackage *package = trestle_invoke_request_get_package (self->request);
  const char *given = trestle_invoke_request_get_content_type (self->request);
  const char *const *supported = package != NULL ? trestle_package_get_content_types (package)
                                                 : NULL;
  g_autoptr (GBytes)
      head = g_bytes_new_from_bytes (self->bytes, 0, MIN (size_of (self), (gsize) HEAD));

  self->content_type = given != NULL && *given != '\0'
                           ? g_strdup (given)
                           : guess_by (self->file_name, head, supported);
}

static TrestleRuntimeCall
make_call (Invoke *self)
{
  return (TrestleRuntimeCall) {
    .endpoint = trestle_invoke_request_get_endpoint (self->request),
    .content_type = self->content_type,
    .accept = trestle_invoke_request_get_accept (self->request),
    .attributes = trestle_invoke_request_get_attributes (self->request),
    .variant = trestle_invoke_request_get_variant (self->request),
    .bytes = self->bytes,
    .size = (gint64) size_of (self),
    .file_name = self->file_name,
  };
}

/* Where calls are paid: the price of one, times what the container charged. */
static TrestleMoney *
price_of (Invoke *self, gint64 units)
{
  TrestleContext *context = self->context;
  const char *name = trestle_invoke_request_get_endpoint (self->request);
  TrestleEndpoint *endpoint = NULL;
  g_autoptr (TrestleListing) listing = NULL;
  g_autoptr (GListModel) offers = NULL;
  const TrestleMoney *price = NULL;
  const char *id;

  if (context->endpoints != NULL)
    endpoint = trestle_endpoints_find (context->endpoints, name);
  id = endpoint != NULL ? trestle_endpoint_get_listing_id (endpoint) : NULL;
  if (id == NULL)
    return NULL;
  listing = dex_await_object (trestle_store_find_listing (context->store, context->scope, id),
                              NULL);
  if (listing == NULL || trestle_listing_get_price_hint (listing) == NULL
      || !g_str_has_suffix (trestle_listing_get_price_hint (listing), "/request"))
    return NULL;
  offers = dex_await_object (trestle_offers_list (context, listing), NULL);
  if (offers != NULL)
    price = trestle_price_table_inference (
        trestle_offers_choose (offers, trestle_listing_get_offer_id (listing), TRUE));
  return price != NULL ? trestle_money_scale (price, units, 1) : NULL;
}

/* A history that cannot be written loses the call from the history, not its answer. */
static DexFuture *
keep (Invoke *self, TrestleInvocation *invocation)
{
  TrestleContext *context = self->context;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = dex_await_int64 (trestle_store_put_invocation (context->store, context->scope, invocation),
                        &error);
  if (error != NULL)
    {
      g_warning ("Could not keep the call in the history: %s", error->message);
      return dex_future_new_for_object (invocation);
    }
  return dex_future_new_take_object (trestle_copy_with (invocation, "id", id, NULL));
}

static DexFuture *
refused (Invoke *self, const GError *error)
{
  TrestleRuntimeCall call = make_call (self);
  g_autoptr (TrestleInvocation)
      failed = trestle_runtime_service_failed (&call, error, trestle_clock_now (), 0);
  g_autoptr (TrestleInvocation) invocation = trestle_copy_with (failed, "error-code", "Refused",
                                                                "bytes-sent", (gint64) 0, NULL);

  return keep (self, invocation);
}

static DexFuture *
invoke_fiber (gpointer data)
{
  Invoke *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleInvocation) invocation = NULL;
  g_autoptr (TrestleInvokeRequest) typed = NULL;
  g_autoptr (TrestleMoney) cost = NULL;
  TrestleRuntimeCall call;
  gint64 begun;

  if (!load (self, &error))
    {
      if (!g_error_matches (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT))
        return trestle_future_error (error);
      return refused (self, error);
    }
  choose_type (self);
  typed = trestle_copy_with (self->request, "content-type", self->content_type, NULL);
  if (!trestle_invoke_check (typed, size_of (self), &error))
    return refused (self, error);

  call = make_call (self);
  begun = trestle_clock_now ();
  if (dex_await (trestle_context_ready (self->context), &error))
    invocation = dex_await_object (trestle_runtime_service_invoke (self->context->client, &call),
                                   &error);
  if (invocation == NULL)
    {
      if (trestle_error_is_cancelled (error))
        return trestle_future_error (error);
      invocation = trestle_runtime_service_failed (&call, error, begun,
                                                   trestle_clock_now () - begun);
      /* The endpoint may be another one by now, with another model behind it. */
      trestle_endpoint_memory_forget (self->context,
                                      trestle_invoke_request_get_endpoint (self->request));
      return keep (self, invocation);
    }
  cost = price_of (self, trestle_invocation_get_units (invocation));
  if (cost != NULL)
    {
      g_autoptr (TrestleInvocation) priced = trestle_copy_with (invocation, "cost", cost, NULL);

      return keep (self, priced);
    }
  return keep (self, invocation);
}

DexFuture *
trestle_invoke_send (TrestleSession *session, TrestleInvokeRequest *request)
{
  Invoke *invoke;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);
  g_return_val_if_fail (TRESTLE_IS_INVOKE_REQUEST (request), NULL);
  g_return_val_if_fail (trestle_invoke_request_get_endpoint (request) != NULL, NULL);

  invoke = g_new0 (Invoke, 1);
  invoke->context = g_object_ref (trestle_session_get_context (session));
  invoke->request = g_object_ref (request);
  return trestle_fiber_spawn (invoke_fiber, invoke, invoke_free);
}

DexFuture *
trestle_invoke_history (TrestleSession *session, const char *endpoint, guint limit)
{
  TrestleContext *context;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);

  context = trestle_session_get_context (session);
  return trestle_store_list_invocations (context->store, context->scope, endpoint, limit);
}

DexFuture *
trestle_invoke_recall (TrestleSession *session, gint64 id)
{
  TrestleContext *context;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);

  context = trestle_session_get_context (session);
  return trestle_store_get_invocation (context->store, context->scope, id);
}
