/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-attempt.h"

#include "aws/trestle-aws-error.h"
#include "aws/trestle-soup.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"

/* Reading this much JSON takes some milliseconds: more goes to the thread pool. */
#define SMALL (256 * 1024)

/* Errors are short; one that is not is not read to its end. */
#define MAX_ERROR_BODY (1024 * 1024)

void
trestle_aws_attempt_clear (TrestleAwsAttempt *self)
{
  g_clear_pointer (&self->hint, g_free);
  g_clear_error (&self->error);
}

static GError *
new_error (TrestleAwsAttempt *self, TrestleAwsError code, const char *text)
{
  TrestleAwsErrorDetails details = { .status = self->tried.status };

  return trestle_aws_error_new (code, &details, "%s", text);
}

static void
fail (TrestleAwsAttempt *self, TrestleAwsError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
fail (TrestleAwsAttempt *self, TrestleAwsError code, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_clear_error (&self->error);
  self->error = new_error (self, code, text);
}

/* Puts what libsoup, GIO or libdex say into our words, and notes whether trying again may help. */
static void
fail_to_send (TrestleAwsAttempt *self, GError *reason)
{
  g_autoptr (GError) owned = reason;
  const char *host = trestle_aws_exchange_get_host (self->exchange);

  self->tried.broken = TRUE;
  if (g_error_matches (reason, DEX_ERROR, DEX_ERROR_TIMED_OUT))
    {
      self->tried.final = TRUE;
      fail (self, TRESTLE_AWS_ERROR_TIMEOUT, "%s gave no full answer within %u seconds", host,
            MAX (self->exchange->timeout_ms / 1000, 1));
    }
  else if (trestle_error_is_cancelled (reason))
    {
      self->tried.final = TRUE;
      self->error = g_steal_pointer (&owned);
    }
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    {
      self->tried.final = TRUE;
      fail (self, TRESTLE_AWS_ERROR_PROTOCOL, "%s: %s", host, reason->message);
    }
  else if (reason->domain == SOUP_SESSION_ERROR)
    {
      fail (self, TRESTLE_AWS_ERROR_PROTOCOL, "%s did not answer in HTTP: %s", host,
            reason->message);
    }
  else if (reason->domain == G_TLS_ERROR && reason->code != G_TLS_ERROR_EOF)
    {
      self->tried.final = TRUE;
      fail (self, TRESTLE_AWS_ERROR_NETWORK, "There is no trusted connection to %s: %s", host,
            reason->message);
    }
  else
    {
      fail (self, TRESTLE_AWS_ERROR_NETWORK, "%s cannot be reached: %s", host, reason->message);
    }
}

static TrestleAwsHttp *
answer_of (SoupMessage *message)
{
  TrestleAwsHttp *answer = trestle_aws_http_new ();
  SoupMessageHeadersIter iter;
  const char *name, *value;

  answer->status = soup_message_get_status (message);
  if (answer->headers == NULL)
    answer->headers = trestle_aws_headers_new ();
  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    trestle_aws_headers_add (answer->headers, name, value);
  return answer;
}

/* Whether a byte of the request went out. Over HTTP/2 the count comes late, the start does not. */
static gboolean
was_sent (SoupMessage *message)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  if (metrics == NULL)
    return FALSE;
  return soup_message_metrics_get_request_header_bytes_sent (metrics) > 0
         || (soup_message_get_http_version (message) == SOUP_HTTP_2_0
             && soup_message_metrics_get_request_start (metrics) != 0);
}

/* Sends @message; on success the answer is there, with its body or the stream of it. */
static gboolean
exchange_fiber (TrestleAwsAttempt *self, SoupMessage *message)
{
  TrestleAwsExchange *exchange = self->exchange;
  TrestleSoupLimits limits = { self->deadline, self->connect_msec, exchange->max_body };
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  if (exchange->stream)
    {
      stream = dex_await_object (trestle_soup_send (self->session, message, &limits), &error);
      limits.max_body = MAX_ERROR_BODY;
      if (stream != NULL && !SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
        body = dex_await_boxed (trestle_soup_read (stream, &limits), &error);
      else if (stream != NULL)
        exchange->body = g_object_ref (stream);
    }
  else
    {
      body = dex_await_boxed (trestle_soup_send_and_read (self->session, message, &limits), &error);
    }
  self->tried.sent = was_sent (message);
  self->tried.status = error == NULL ? soup_message_get_status (message) : 0;
  if (error != NULL)
    {
      fail_to_send (self, error);
      return FALSE;
    }
  g_clear_pointer (&exchange->answer, trestle_aws_http_free);
  exchange->answer = answer_of (message);
  exchange->answer->body = g_steal_pointer (&body);
  return TRUE;
}

/* A large answer on its way to the thread pool and back; the caller may be gone before it returns. */
typedef struct
{
  const TrestleAwsModel *model;
  const TrestleAwsOperation *operation;
  TrestleAwsHttp *answer;
} Reading;

static void
reading_clear (gpointer data)
{
  g_clear_pointer (&((Reading *) data)->answer, trestle_aws_http_free);
}

static void
reading_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, reading_clear);
}

static DexFuture *
read_fiber (gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  JsonNode *output = trestle_aws_protocol_read_response (reading->model, reading->operation,
                                                         reading->answer, &error);

  if (output == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_boxed (JSON_TYPE_NODE, output);
}

static JsonNode *
read_large_fiber (TrestleAwsExchange *exchange, GError **error)
{
  Reading *reading = g_atomic_rc_box_new0 (Reading);
  JsonNode *output;

  reading->model = exchange->model;
  reading->operation = exchange->operation;
  reading->answer = g_steal_pointer (&exchange->answer);
  output = dex_await_boxed (
      trestle_pool_spawn (read_fiber, g_atomic_rc_box_acquire (reading), reading_unref), error);
  if (!trestle_error_is_cancelled (error ? *error : NULL))
    exchange->answer = g_steal_pointer (&reading->answer);
  reading_unref (reading);
  return output;
}

static gboolean
read_answer_fiber (TrestleAwsAttempt *self)
{
  TrestleAwsExchange *exchange = self->exchange;
  TrestleAwsHttp *answer = exchange->answer;
  const TrestleAwsErrorDetails *details;

  g_clear_pointer (&exchange->output, json_node_unref);
  if (answer->body != NULL && g_bytes_get_size (answer->body) > SMALL)
    exchange->output = read_large_fiber (exchange, &self->error);
  else
    exchange->output = trestle_aws_protocol_read_response (exchange->model, exchange->operation,
                                                           answer, &self->error);
  if (exchange->output != NULL)
    return TRUE;
  details = trestle_aws_error_details (self->error);
  self->tried.code = details ? details->code : NULL;
  if (self->tried.status >= 300 && self->tried.status < 400 && self->tried.code == NULL)
    fail (self, TRESTLE_AWS_ERROR_PROTOCOL,
          "%s answered with a redirection, which a signed call does not follow",
          trestle_aws_exchange_get_host (exchange));
  return FALSE;
}

static gboolean
judge_fetch (TrestleAwsAttempt *self)
{
  guint status = self->tried.status;

  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return TRUE;
  fail (self, trestle_aws_error_classify (NULL, status, NULL), "%s answered %u %s",
        trestle_aws_exchange_get_host (self->exchange), status, soup_status_get_phrase (status));
  return FALSE;
}

static gboolean
open_upload_fiber (TrestleAwsExchange *exchange, GInputStream **upload, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;

  *upload = NULL;
  if (exchange->upload == NULL)
    return TRUE;
  info = dex_await_object (dex_file_query_info (exchange->upload, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT),
                           error);
  if (info == NULL)
    return FALSE;
  exchange->upload_size = (gsize) g_file_info_get_size (info);
  *upload = dex_await_object (dex_file_read (exchange->upload, G_PRIORITY_DEFAULT), error);
  return *upload != NULL;
}

static SoupMessage *
make_message_fiber (TrestleAwsAttempt *self)
{
  TrestleAwsExchange *exchange = self->exchange;
  g_autoptr (TrestleAwsCredentials) credentials = NULL;
  g_autoptr (GInputStream) upload = NULL;
  GError *error = NULL;
  SoupMessage *message = NULL;

  if (exchange->model != NULL)
    credentials = dex_await_boxed (trestle_aws_credentials_provider_get (exchange->credentials),
                                   &error);
  if (error == NULL && dex_await (trestle_aws_exchange_hash (exchange), &error)
      && open_upload_fiber (exchange, &upload, &error))
    message = trestle_aws_exchange_message (exchange, credentials, self->date, upload, &error);
  if (message != NULL)
    return message;
  self->tried.final = TRUE;
  if (error->domain == TRESTLE_AWS_ERROR || trestle_error_is_cancelled (error))
    {
      self->error = error;
      return NULL;
    }
  fail (self, TRESTLE_AWS_ERROR_VALIDATION, "The call cannot be made: %s", error->message);
  g_error_free (error);
  return NULL;
}

gboolean
trestle_aws_attempt_run_fiber (TrestleAwsAttempt *self)
{
  g_autoptr (SoupMessage) message = make_message_fiber (self);
  const char *text;

  g_clear_pointer (&self->exchange->answer, trestle_aws_http_free);
  if (message == NULL || !exchange_fiber (self, message))
    return FALSE;
  text = trestle_aws_headers_get (self->exchange->answer->headers, "x-amz-retry-after");
  self->hint = g_strdup (text);
  text = trestle_aws_headers_get (self->exchange->answer->headers, "date");
  if (!trestle_clock_parse (text, &self->server_date))
    self->server_date = 0;
  return self->exchange->model ? read_answer_fiber (self) : judge_fetch (self);
}
