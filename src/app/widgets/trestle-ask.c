/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-ask.h"

#include <glib/gi18n.h>

static void
on_response (AdwAlertDialog *dialog, const char *response, DexPromise *promise)
{
  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_string (promise, g_strdup (response));
}

static void
promise_unref (gpointer data, GClosure *closure)
{
  DexPromise *promise = data;

  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_reject (promise, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed"));
  dex_unref (promise);
}

DexFuture *
trestle_ask (AdwAlertDialog *dialog, GtkWidget *parent)
{
  DexPromise *promise = dex_promise_new ();

  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), dex_ref (promise),
                         promise_unref, 0);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
  return DEX_FUTURE (promise);
}

static DexFuture *
only_do (DexFuture *future, gpointer data)
{
  const GValue *response = dex_future_get_value (future, NULL);

  if (g_str_equal (g_value_get_string (response), "do"))
    return dex_future_new_true ();
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed");
}

DexFuture *
trestle_ask_to (GtkWidget *parent,
                const char *heading,
                const char *body,
                const char *verb,
                gboolean destructive)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "do", verb, NULL);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_response_appearance (
      dialog, "do", destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  /* Enter is pressed too often. */
  adw_alert_dialog_set_default_response (dialog, destructive ? "cancel" : "do");
  return dex_future_then (trestle_ask (dialog, parent), only_do, NULL, NULL);
}
