/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-store-private.h"

/* A list brings answers up to this along, so that a word can be said of them. */
#define SMALL_BODY "4096"

/* Longer answers are kept by the one who asked, in a file. */
#define MAX_BODY (1024 * 1024)

#define COLUMNS                                                                                    \
  "id, endpoint, variant, file, request_type, accept, attributes, status, content_type, "          \
  "bytes_sent, bytes_received, latency, attempts, request_id, error_code, error_message, "         \
  "log_stream_arn, at, units, cost, currency"

static DexFuture *
put_job (TrestleStoreJob *job, sqlite3 *db)
{
  TrestleInvocation *v = TRESTLE_INVOCATION (job->object);
  GBytes *body = trestle_invocation_get_body (v);
  const TrestleMoney *cost = trestle_invocation_get_cost (v);
  g_autofree char *amount = cost ? trestle_money_to_string (cost) : NULL;
  g_autoptr (GError) error = NULL;

  if (body != NULL && g_bytes_get_size (body) > MAX_BODY)
    body = NULL;
  if (!trestle_database_run (
          db, &error,
          "INSERT INTO invocation (scope, endpoint, variant, file, request_type, accept, "
          "attributes, status, content_type, bytes_sent, bytes_received, latency, attempts, "
          "request_id, error_code, error_message, log_stream_arn, at, units, cost, currency, body) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          "sssssssisiiiissssiissb", job->scope, trestle_invocation_get_endpoint (v),
          trestle_invocation_get_variant (v), trestle_invocation_get_file (v),
          trestle_invocation_get_request_type (v), trestle_invocation_get_accept (v),
          trestle_invocation_get_attributes (v), trestle_invocation_get_status (v),
          trestle_invocation_get_content_type (v), trestle_invocation_get_bytes_sent (v),
          trestle_invocation_get_bytes_received (v), trestle_invocation_get_latency (v),
          trestle_invocation_get_attempts (v), trestle_invocation_get_request_id (v),
          trestle_invocation_get_error_code (v), trestle_invocation_get_error_message (v),
          trestle_invocation_get_log_stream_arn (v), trestle_invocation_get_when (v),
          trestle_invocation_get_units (v), amount, cost ? trestle_money_get_currency (cost) : NULL,
          body))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_int64 (sqlite3_last_insert_rowid (db));
}

DexFuture *
trestle_store_put_invocation (TrestleStore *self, const char *scope, TrestleInvocation *invocation)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope, NULL);
  return trestle_store_job ((TrestleStoreJob) { .store = g_object_ref (self),
                                                .scope = g_strdup (scope),
                                                .object = G_OBJECT (g_object_ref (invocation)) },
                            put_job);
}

/* @stmt stands on a row of COLUMNS and the body after them. */
static TrestleInvocation *
read_row (TrestleStatement *stmt)
{
  g_autoptr (TrestleMoney) cost = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (trestle_statement_text (stmt, 19) != NULL)
    cost = trestle_money_parse (trestle_statement_text (stmt, 19),
                                trestle_statement_text (stmt, 20), NULL);
  if (sqlite3_column_type (stmt, 21) != SQLITE_NULL)
    bytes = g_bytes_new (sqlite3_column_blob (stmt, 21), (gsize) sqlite3_column_bytes (stmt, 21));
  return g_object_new (
      TRESTLE_TYPE_INVOCATION, "id", (gint64) sqlite3_column_int64 (stmt, 0), "endpoint",
      trestle_statement_text (stmt, 1), "variant", trestle_statement_text (stmt, 2), "file",
      trestle_statement_text (stmt, 3), "request-type", trestle_statement_text (stmt, 4), "accept",
      trestle_statement_text (stmt, 5), "attributes", trestle_statement_text (stmt, 6), "status",
      (gint64) sqlite3_column_int64 (stmt, 7), "content-type", trestle_statement_text (stmt, 8),
      "bytes-sent", (gint64) sqlite3_column_int64 (stmt, 9), "bytes-received",
      (gint64) sqlite3_column_int64 (stmt, 10), "latency", (gint64) sqlite3_column_int64 (stmt, 11),
      "attempts", (gint64) sqlite3_column_int64 (stmt, 12), "request-id",
      trestle_statement_text (stmt, 13), "error-code", trestle_statement_text (stmt, 14),
      "error-message", trestle_statement_text (stmt, 15), "log-stream-arn",
      trestle_statement_text (stmt, 16), "when", (gint64) sqlite3_column_int64 (stmt, 17), "units",
      (gint64) sqlite3_column_int64 (stmt, 18), "cost", cost, "body", bytes, NULL);
}

static DexFuture *
list_job (TrestleStoreJob *job, sqlite3 *db)
{
  g_autoptr (GListStore) list = g_list_store_new (TRESTLE_TYPE_INVOCATION);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleStatement) stmt = trestle_database_prepare (
      db, &error,
      "SELECT " COLUMNS ", CASE WHEN length (body) <= " SMALL_BODY " THEN body END "
      "FROM invocation WHERE scope = ? AND (?2 IS NULL OR endpoint = ?2) "
      "ORDER BY at DESC, id DESC LIMIT ?3",
      "ssi", job->scope, job->text, job->number);

  while (error == NULL && trestle_statement_next (stmt, &error))
    g_ptr_array_add (rows, read_row (stmt));
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_list_store_splice (list, 0, 0, rows->pdata, rows->len);
  return dex_future_new_take_object (g_steal_pointer (&list));
}

DexFuture *
trestle_store_list_invocations (TrestleStore *self,
                                const char *scope,
                                const char *endpoint,
                                guint limit)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope, NULL);
  return trestle_store_job ((TrestleStoreJob) { .store = g_object_ref (self),
                                                .scope = g_strdup (scope),
                                                .text = g_strdup (endpoint),
                                                .number = limit },
                            list_job);
}

static DexFuture *
get_job (TrestleStoreJob *job, sqlite3 *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleStatement) stmt = trestle_database_prepare (
      db, &error, "SELECT " COLUMNS ", body FROM invocation WHERE scope = ? AND id = ?", "si",
      job->scope, job->number);

  if (error == NULL && trestle_statement_next (stmt, &error))
    return dex_future_new_take_object (read_row (stmt));
  if (error == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         "This call is not in the history any more");
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
trestle_store_get_invocation (TrestleStore *self, const char *scope, gint64 id)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope, NULL);
  return trestle_store_job (
      (TrestleStoreJob) { .store = g_object_ref (self), .scope = g_strdup (scope), .number = id },
      get_job);
}
