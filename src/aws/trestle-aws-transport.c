/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-transport-private.h"

#include <libsoup/soup.h>

#include "aws/trestle-aws-attempt.h"
#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-rates.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "trestle-config.h"

#define CONNECTIONS 48
#define CONNECTIONS_PER_HOST 24

/* Shorter than AWS's own, so that a connection is hardly ever used as AWS closes it. */
#define IDLE_SECONDS 30

#define CONNECT_MSEC (10 * 1000)
#define FETCH_MSEC (60 * 1000)
#define FETCH_ATTEMPTS 3

/* From this far on a clock is wrong: AWS refuses signatures that are 5 minutes off. */
#define SKEW (5 * TRESTLE_MINUTE)

struct _TrestleAwsTransport
{
  GObject parent_instance;

  SoupSession *session;
  GHashTable *offsets; /* host → gint64 *: microseconds to add to this computer's time */
  TrestleAwsRates *rates;
  guint quota;
  guint connect_msec;
  TrestleAwsDelay delay;
  gpointer delay_data;
};

G_DEFINE_FINAL_TYPE (TrestleAwsTransport, trestle_aws_transport, G_TYPE_OBJECT)

static DexFuture *
wait_for (gint64 usec, gpointer data)
{
  return dex_timeout_new_usec (usec);
}

static void
trestle_aws_transport_finalize (GObject *object)
{
  TrestleAwsTransport *self = TRESTLE_AWS_TRANSPORT (object);

  g_clear_object (&self->session);
  g_hash_table_unref (self->offsets);
  trestle_aws_rates_free (self->rates);
  G_OBJECT_CLASS (trestle_aws_transport_parent_class)->finalize (object);
}

static void
trestle_aws_transport_class_init (TrestleAwsTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_aws_transport_finalize;
}

static void
trestle_aws_transport_init (TrestleAwsTransport *self)
{
  self->offsets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rates = trestle_aws_rates_new ();
  self->quota = TRESTLE_AWS_RETRY_CAPACITY;
  self->connect_msec = CONNECT_MSEC;
  self->delay = wait_for;
}

TrestleAwsTransport *
trestle_aws_transport_new (const char *ca_bundle, GError **error)
{
  g_autoptr (TrestleAwsTransport) self = g_object_new (TRESTLE_TYPE_AWS_TRANSPORT, NULL);
  g_autoptr (GTlsDatabase) authorities = NULL;
  g_autoptr (GError) reason = NULL;

  if (ca_bundle != NULL)
    authorities = g_tls_file_database_new (ca_bundle, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL,
                                                       "The CA bundle %s cannot be used: %s",
                                                       ca_bundle, reason->message));
      return NULL;
    }
  /* No timeout of libsoup's: a call has one deadline, whatever the bytes do. */
  self->session = soup_session_new_with_options (
      "max-conns", CONNECTIONS, "max-conns-per-host", CONNECTIONS_PER_HOST, "idle-timeout",
      IDLE_SECONDS, "timeout", 0, "user-agent", "Trestle/" TRESTLE_VERSION, NULL);
  /* No compressed answers, for sizes are measured and limited on the wire, and none of HTTP's own
   * ways to sign in. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  /* Without a bundle the session reads the system's authorities, once, when it first needs them. */
  if (authorities != NULL)
    soup_session_set_tls_database (self->session, authorities);
  return g_steal_pointer (&self);
}

gint64
trestle_aws_transport_get_clock_offset (TrestleAwsTransport *self, const char *host)
{
  const gint64 *offset = g_hash_table_lookup (self->offsets, host);

  return offset ? *offset : 0;
}

/* Compares with the clock of an answer; returns whether the correction changed. */
static gboolean
correct_clock (TrestleAwsTransport *self, const char *host, gint64 server_date)
{
  gint64 now = trestle_clock_now ();
  gint64 corrected = now + trestle_aws_transport_get_clock_offset (self, host);
  gint64 offset = server_date - now;

  if (server_date == 0 || ABS (server_date - corrected) < SKEW)
    return FALSE;
  g_message ("This computer's clock and that of %s are %" G_GINT64_FORMAT " minutes apart", host,
             ABS (offset) / TRESTLE_MINUTE);
  g_hash_table_replace (self->offsets, g_strdup (host), g_memdup2 (&offset, sizeof offset));
  return TRUE;
}

/* One call on its way. */
typedef struct
{
  TrestleAwsTransport *transport;
  TrestleAwsExchange *exchange;
  gint64 start; /* of the first try; 0 before it */
  gint64 deadline;
  gboolean skew_tried;
  gboolean may_have_arrived;
  guint retries;
  guint taken; /* tokens of the last retry */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->transport);
  g_clear_pointer (&call->exchange, trestle_aws_exchange_unref);
  g_free (call);
}

/* Whether this failed try may have done at AWS what it asked for. An error that AWS states in so
 * many words says that it did not; a broken connection, a failure inside AWS and an answer that
 * cannot be read say nothing. */
static gboolean
may_have_arrived (const TrestleAwsAttempt *attempt)
{
  const TrestleAwsTry *tried = &attempt->tried;

  if (!tried->sent || trestle_aws_retry_is_throttling (tried->code))
    return FALSE;
  return tried->broken || tried->status >= 500 || tried->status < 300;
}

/* The error as callers see it: with the call's name and what is known about its fate. */
static GError *
final_error (Call *call, const TrestleAwsAttempt *attempt)
{
  const TrestleAwsErrorDetails *known = trestle_aws_error_details (attempt->error);
  const TrestleAwsModel *model = call->exchange->model;
  TrestleAwsErrorDetails details = { 0 };
  gint64 offset = trestle_aws_transport_get_clock_offset (
      call->transport, trestle_aws_exchange_get_host (call->exchange));

  if (known == NULL)
    return g_error_copy (attempt->error);
  details = *known;
  if (details.service == NULL && model != NULL)
    details.service = (char *) trestle_aws_model_get_service (model);
  if (details.operation == NULL && model != NULL)
    details.operation = (char *) call->exchange->operation->name;
  details.may_have_arrived = call->may_have_arrived;
  if (attempt->error->code == TRESTLE_AWS_ERROR_CLOCK_SKEW && offset != 0)
    return trestle_aws_error_new (TRESTLE_AWS_ERROR_CLOCK_SKEW, &details,
                                  "%s (this computer's clock is %" G_GINT64_FORMAT " minutes off)",
                                  attempt->error->message, ABS (offset) / TRESTLE_MINUTE);
  return trestle_aws_error_new ((TrestleAwsError) attempt->error->code, &details, "%s",
                                attempt->error->message);
}

/* How many such calls AWS takes in a second; 0 where it names no rate. */
static guint
find_rate (const TrestleAwsExchange *exchange)
{
  return exchange->model != NULL
             ? trestle_aws_rate_find (trestle_aws_model_get_service (exchange->model),
                                      exchange->operation->name, exchange->signing_region,
                                      exchange->practice)
             : 0;
}

/* Waits before another try; FALSE where there is none. */
static gboolean
wait_fiber (Call *call, TrestleAwsAttempt *attempt)
{
  TrestleAwsExchange *exchange = call->exchange;
  TrestleAwsTransport *self = call->transport;
  TrestleAwsRetry kind = trestle_aws_retry_judge (trestle_aws_exchange_get_replay (exchange),
                                                  &attempt->tried);
  g_autoptr (GError) error = NULL;
  gint64 delay;

  if (kind == TRESTLE_AWS_RETRY_NO || call->retries + 1 >= exchange->max_attempts)
    return FALSE;
  delay = trestle_aws_retry_delay (kind, call->retries, g_random_double (), attempt->hint);
  /* Somebody else asks with the same keys: no place comes free before the next one is due. */
  if (kind == TRESTLE_AWS_RETRY_THROTTLED && find_rate (exchange) > 0)
    delay = MAX (delay, G_USEC_PER_SEC / find_rate (exchange));
  if (g_get_monotonic_time () + delay >= call->deadline)
    return FALSE;
  call->taken = trestle_aws_retry_take (&self->quota, kind);
  if (call->taken == 0)
    return FALSE;
  call->retries++;
  dex_await (self->delay (delay, self->delay_data), &error);
  if (!trestle_error_is_cancelled (error))
    return TRUE;
  g_clear_error (&attempt->error);
  attempt->error = g_steal_pointer (&error);
  return FALSE;
}

/* Waits until AWS takes another call of this kind, counted by the keys that it is signed with. What waits
 * here has not begun: its time does not run yet. */
static gboolean
admit_fiber (Call *call, GError **error)
{
  TrestleAwsExchange *exchange = call->exchange;
  guint rate = find_rate (exchange);
  g_autoptr (TrestleAwsCredentials) keys = NULL;

  if (rate > 0)
    keys = dex_await_boxed (trestle_aws_credentials_provider_get (exchange->credentials), NULL);
  /* without keys the try itself says why there are none */
  if (keys != NULL
      && !dex_await (trestle_aws_rates_wait (call->transport->rates, rate,
                                             trestle_aws_credentials_get_access_key_id (keys),
                                             exchange->signing_region,
                                             trestle_aws_model_get_service (exchange->model),
                                             exchange->operation->name),
                     error))
    return FALSE;
  if (call->start == 0)
    {
      call->start = g_get_monotonic_time ();
      call->deadline = call->start + (gint64) exchange->timeout_ms * 1000;
    }
  return TRUE;
}

static gboolean
try_fiber (Call *call, GError **error)
{
  TrestleAwsTransport *self = call->transport;
  TrestleAwsExchange *exchange = call->exchange;
  const char *host = trestle_aws_exchange_get_host (exchange);
  g_auto (TrestleAwsAttempt) attempt = {
    .exchange = exchange,
    .session = self->session,
    .date = trestle_clock_now () + trestle_aws_transport_get_clock_offset (self, host),
    .deadline = call->deadline,
    .connect_msec = self->connect_msec,
  };
  gboolean corrected;

  exchange->attempts++;
  if (trestle_aws_attempt_run_fiber (&attempt))
    {
      correct_clock (self, host, attempt.server_date);
      trestle_aws_retry_refund (&self->quota, call->taken);
      return TRUE;
    }
  call->may_have_arrived |= may_have_arrived (&attempt);
  corrected = exchange->model != NULL && correct_clock (self, host, attempt.server_date);
  if (corrected && !call->skew_tried
      && trestle_aws_retry_is_skew (attempt.tried.code, attempt.tried.status))
    {
      /* AWS refused the date: once more with the right one, beside the counted tries. */
      call->skew_tried = TRUE;
      return FALSE;
    }
  if (!wait_fiber (call, &attempt))
    *error = final_error (call, &attempt);
  return FALSE;
}

static DexFuture *
send_fiber (gpointer data)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  while (!done && error == NULL)
    done = admit_fiber (call, &error) && try_fiber (call, &error);
  if (call->start != 0)
    call->exchange->latency = g_get_monotonic_time () - call->start;
  if (error != NULL)
    return trestle_future_error (error);
  return dex_future_new_true ();
}

static DexFuture *
pass_cb (DexFuture *future, gpointer data)
{
  return NULL;
}

DexFuture *
trestle_aws_transport_send (TrestleAwsTransport *self, TrestleAwsExchange *exchange)
{
  Call *call = g_new0 (Call, 1);

  call->transport = g_object_ref (self);
  call->exchange = trestle_aws_exchange_ref (exchange);
  /* The wrapper is what ends the fiber when the caller drops it. */
  return dex_future_then (trestle_fiber_spawn (send_fiber, call, call_free), pass_cb, NULL, NULL);
}

static DexFuture *
fetched_cb (DexFuture *future, gpointer data)
{
  TrestleAwsExchange *exchange = data;

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_ref (exchange->answer->body));
}

DexFuture *
trestle_aws_transport_fetch (TrestleAwsTransport *self, const char *uri, gsize max_body)
{
  g_autoptr (GUri) address = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (TrestleAwsExchange) exchange = NULL;
  TrestleAwsHttp *request;

  if (address == NULL || g_uri_get_host (address) == NULL
      || !(g_str_equal (g_uri_get_scheme (address), "https")
           || g_str_equal (g_uri_get_scheme (address), "http")))
    return dex_future_new_reject (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_VALIDATION,
                                  "“%s” is not an address of the web", uri);
  request = trestle_aws_http_new ();
  g_free (request->method);
  request->method = g_strdup ("GET");
  request->query = g_strdup (g_uri_get_query (address));
  if (request->headers == NULL)
    request->headers = trestle_aws_headers_new ();
  exchange = trestle_aws_exchange_new (uri, request);
  exchange->timeout_ms = FETCH_MSEC;
  exchange->max_attempts = FETCH_ATTEMPTS;
  exchange->max_body = max_body;
  return dex_future_then (trestle_aws_transport_send (self, exchange), fetched_cb,
                          trestle_aws_exchange_ref (exchange),
                          (GDestroyNotify) trestle_aws_exchange_unref);
}

void
trestle_aws_transport_set_delay (TrestleAwsTransport *self, TrestleAwsDelay delay, gpointer data)
{
  self->delay = delay;
  self->delay_data = data;
}

guint
trestle_aws_transport_get_quota (TrestleAwsTransport *self)
{
  return self->quota;
}

void
trestle_aws_transport_set_connect_timeout (TrestleAwsTransport *self, guint msec)
{
  self->connect_msec = msec;
}
