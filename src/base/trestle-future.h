/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * TRESTLE_FIBER_STACK:
 *
 * Stack of fibers that call into libraries with deep stacks of their own (GTK layout, GStreamer,
 * SQLite, GIO modules). Others pass 0 for libdex's pooled default.
 */
#define TRESTLE_FIBER_STACK (512 * 1024)

/*
 * Waiting in a fiber, as libdex has it, and besides for the caller to lose interest: then a wait ends
 * with %DEX_ERROR_FIBER_CANCELLED. Whatever awaits has to do so through these, or another fiber's
 * interest is looked at; why is told in trestle-future.c.
 */
gboolean trestle_await (DexFuture *future, GError **error);
gboolean trestle_await_boolean (DexFuture *future, GError **error);
gpointer trestle_await_boxed (DexFuture *future, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int trestle_await_int (DexFuture *future, GError **error);
gint64 trestle_await_int64 (DexFuture *future, GError **error);
gpointer trestle_await_object (DexFuture *future, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *trestle_await_string (DexFuture *future, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#define dex_await(future, error) trestle_await (future, error)
#define dex_await_boolean(future, error) trestle_await_boolean (future, error)
#define dex_await_boxed(future, error) trestle_await_boxed (future, error)
#define dex_await_int(future, error) trestle_await_int (future, error)
#define dex_await_int64(future, error) trestle_await_int64 (future, error)
#define dex_await_object(future, error) trestle_await_object (future, error)
#define dex_await_string(future, error) trestle_await_string (future, error)

/**
 * trestle_fiber_spawn:
 * @func: the body
 * @data: (nullable): its argument
 * @destroy: (nullable): frees @data when the fiber ends
 *
 * Runs @func as a fiber on the main thread.
 *
 * Returns: (transfer full): what @func returns
 */
DexFuture *trestle_fiber_spawn (DexFiberFunc func, gpointer data, GDestroyNotify destroy);

/**
 * trestle_pool_spawn:
 * @func: the body; it may block and must touch only what @data owns
 * @data: (nullable): its argument
 * @destroy: (nullable): frees @data when the fiber ends
 *
 * Runs @func on the thread pool: hashing, parsing of large texts, pictures, SQLite.
 *
 * Returns: (transfer full): what @func returns
 */
DexFuture *trestle_pool_spawn (DexFiberFunc func, gpointer data, GDestroyNotify destroy);

/**
 * trestle_future_report:
 * @future: (transfer full): a future nobody waits for
 * @what: (not nullable): what was being done, for the log: "refresh the catalogue"
 *
 * Lets @future run to its end on its own. A rejection other than a cancellation is logged as a
 * warning; this takes the place of a bare dex_future_disown().
 */
void trestle_future_report (DexFuture *future, const char *what);

/**
 * trestle_future_with_timeout:
 * @future: (transfer full): what is waited for
 * @msec: milliseconds
 * @what: what is being waited for, for the error's text
 *
 * Returns: (transfer full): @future, or a rejection with %G_IO_ERROR_TIMED_OUT when @msec pass first
 */
DexFuture *trestle_future_with_timeout (DexFuture *future, guint msec, const char *what);

/**
 * trestle_future_error:
 * @error: (transfer full): the reason
 *
 * Returns: (transfer full): a future rejected with @error
 */
#define trestle_future_error(error) dex_future_new_for_error (g_steal_pointer (&(error)))

/**
 * trestle_future_is_cancelled:
 * @error: (nullable): an error
 *
 * Returns: whether @error only says that the caller lost interest
 */
gboolean trestle_error_is_cancelled (const GError *error);

/**
 * trestle_await_run:
 * @future: (transfer full): what to wait for
 * @error: return location
 *
 * For programs' main functions and tests: runs the default main context until @future is done.
 * Never called from library code or from a fiber.
 *
 * Returns: (transfer full) (nullable): the finished future, or %NULL with @error set
 */
DexFuture *trestle_await_run (DexFuture *future, GError **error);

G_END_DECLS
