/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-bench-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-sample.h"
#include "domain/trestle-variant.h"
#include "invoke/trestle-answer-view.h"
#include "invoke/trestle-bench-code.h"
#include "invoke/trestle-files-pane.h"
#include "invoke/trestle-history-pane.h"
#include "invoke/trestle-request-pane.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-code-dialog.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-invoke-flow.h"

#define HISTORY_MAX 500

struct _TrestleBenchPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *state_badge;
  GtkLabel *price_label;
  AdwMultiLayoutView *layouts;
  AdwViewStack *pages;
  TrestlePageState *state;
  TrestleFilesPane *files;
  TrestleRequestPane *request;
  TrestleAnswerView *answer;
  TrestleHistoryPane *history;

  TrestleSession *session;
  char *name;
  char *sample;
  TrestleEndpoint *endpoint;
  TrestlePackage *package;
  TrestleListing *listing;
  GQueue waiting; /* of TrestleFileItem: still to be sent */
  TrestleFileItem *sending;

  DexFuture *describing;
  DexFuture *describing_package;
  DexFuture *finding;
  DexFuture *versions;
  DexFuture *loading; /* of what is selected */
  DexFuture *reading; /* of what is sent next */
  DexFuture *call;
  DexFuture *listing_calls;
  DexFuture *recalling;
};

G_DEFINE_FINAL_TYPE (TrestleBenchPage, trestle_bench_page, ADW_TYPE_NAVIGATION_PAGE)

static void send_next (TrestleBenchPage *self);

static void
update_actions (TrestleBenchPage *self)
{
  gboolean ready = self->endpoint != NULL
                   && (trestle_endpoint_get_state (self->endpoint)
                           == TRESTLE_ENDPOINT_STATE_IN_SERVICE
                       || trestle_endpoint_get_state (self->endpoint)
                              == TRESTLE_ENDPOINT_STATE_UPDATING);
  TrestleFileItem *item = trestle_files_pane_get_selected (self->files);
  gboolean idle = ready && self->sending == NULL && trestle_request_pane_get_valid (self->request);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.send",
                                 idle && item != NULL
                                     && trestle_file_item_get_bytes (item) != NULL);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "bench.send-all",
      idle && g_list_model_get_n_items (trestle_files_pane_get_items (self->files)) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.code", item != NULL);
}

static gboolean
is_narrow (TrestleBenchPage *self)
{
  return g_strcmp0 (adw_multi_layout_view_get_layout_name (self->layouts), "narrow") == 0;
}

static void
on_item_loaded (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBenchPage *self = owner;
  TrestleFileItem *item = trestle_files_pane_get_selected (self->files);

  if (error != NULL)
    {
      trestle_shell_problem (GTK_WIDGET (self), _ ("read the file"), error);
      return;
    }
  trestle_request_pane_set_file (self->request, item);
  update_actions (self);
}

static void
on_file_selected (TrestleBenchPage *self)
{
  TrestleFileItem *item = trestle_files_pane_get_selected (self->files);

  trestle_request_pane_set_file (self->request, item);
  update_actions (self);
  if (item != NULL)
    trestle_watch (self, &self->loading, trestle_file_item_load (item), on_item_loaded);
}

/* --- Sending --- */

static void
on_answered (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBenchPage *self = owner;
  g_autoptr (TrestleFileItem) item = g_steal_pointer (&self->sending);
  TrestleInvocation *invocation;
  gboolean failed;

  if (error != NULL)
    {
      trestle_answer_view_show (self->answer, NULL, NULL);
      trestle_shell_problem (GTK_WIDGET (self), _ ("send the file"), error);
      update_actions (self);
      return;
    }
  invocation = g_value_get_object (value);
  failed = trestle_invocation_get_error_code (invocation) != NULL;
  trestle_file_item_set_mark (item, failed ? "dialog-warning-symbolic" : "object-select-symbolic",
                              failed ? trestle_invocation_get_error_message (invocation)
                                     : _ ("Sent"));
  trestle_answer_view_show (self->answer, invocation, trestle_file_item_get_bytes (item));
  trestle_history_pane_prepend (self->history, invocation);
  trestle_request_pane_set_usual (self->request, trestle_history_pane_get_usual (self->history));
  if (is_narrow (self))
    adw_view_stack_set_visible_child_name (self->pages, "answer");
  send_next (self);
}

static void
send_item (TrestleBenchPage *self, TrestleFileItem *item)
{
  gboolean chosen = item == trestle_files_pane_get_selected (self->files);
  g_autofree char *guess = trestle_request_pane_choose_type (self->request, item);
  const char *type = chosen ? trestle_request_pane_get_content_type (self->request) : guess;
  g_autoptr (TrestleInvokeRequest) request = g_object_new (
      TRESTLE_TYPE_INVOKE_REQUEST, "endpoint", self->name, "bytes",
      trestle_file_item_get_bytes (item), "file-name", trestle_file_item_get_name (item),
      "content-type", type ? type : trestle_file_item_get_content_type (item), "accept",
      trestle_request_pane_get_accept (self->request), "attributes",
      trestle_request_pane_get_attributes (self->request), "variant",
      trestle_request_pane_get_variant (self->request), "package", self->package, NULL);

  trestle_answer_view_wait (self->answer);
  trestle_watch (self, &self->call, trestle_invoke_send (self->session, request), on_answered);
}

static void
on_next_loaded (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBenchPage *self = owner;

  if (error != NULL)
    {
      trestle_file_item_set_mark (self->sending, "dialog-warning-symbolic", error->message);
      g_clear_object (&self->sending);
      send_next (self);
      return;
    }
  send_item (self, self->sending);
}

static void
send_next (TrestleBenchPage *self)
{
  self->sending = g_queue_pop_head (&self->waiting);
  update_actions (self);
  if (self->sending != NULL)
    trestle_watch (self, &self->reading, trestle_file_item_load (self->sending), on_next_loaded);
}

static void
send_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleBenchPage *self = TRESTLE_BENCH_PAGE (widget);
  TrestleFileItem *item = trestle_files_pane_get_selected (self->files);

  if (item == NULL || self->sending != NULL || !trestle_request_pane_get_valid (self->request))
    return;
  g_queue_push_tail (&self->waiting, g_object_ref (item));
  send_next (self);
}

static void
send_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleBenchPage *self = TRESTLE_BENCH_PAGE (widget);
  GListModel *items = trestle_files_pane_get_items (self->files);

  if (self->sending != NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    g_queue_push_tail (&self->waiting, g_list_model_get_item (items, i));
  send_next (self);
}

/* --- History --- */

static void
on_recalled (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBenchPage *self = owner;
  TrestleInvocation *invocation;
  GListModel *items = trestle_files_pane_get_items (self->files);
  GBytes *sent = NULL;

  if (error != NULL)
    {
      trestle_shell_problem (GTK_WIDGET (self), _ ("show the call"), error);
      return;
    }
  invocation = g_value_get_object (value);
  /* What was sent then is shown under the answer where a file of that name and size is still here. */
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (TrestleFileItem) item = g_list_model_get_item (items, i);
      GBytes *bytes = trestle_file_item_get_bytes (item);

      if (bytes != NULL
          && (gint64) g_bytes_get_size (bytes) == trestle_invocation_get_bytes_sent (invocation)
          && g_strcmp0 (trestle_file_item_get_name (item), trestle_invocation_get_file (invocation))
                 == 0)
        sent = bytes;
    }
  trestle_answer_view_show (self->answer, invocation, sent);
  if (is_narrow (self))
    adw_view_stack_set_visible_child_name (self->pages, "answer");
}

static void
on_recall (TrestleBenchPage *self, TrestleInvocation *invocation)
{
  if (self->sending != NULL)
    return;
  if (trestle_invocation_get_id (invocation) == 0)
    trestle_answer_view_show (self->answer, invocation, NULL);
  else
    trestle_watch (self, &self->recalling,
                   trestle_invoke_recall (self->session, trestle_invocation_get_id (invocation)),
                   on_recalled);
}

static void
on_history (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBenchPage *self = owner;

  if (error != NULL)
    {
      trestle_shell_problem (GTK_WIDGET (self), _ ("load the history"), error);
      return;
    }
  trestle_history_pane_set_calls (self->history, g_value_get_object (value));
  trestle_request_pane_set_usual (self->request, trestle_history_pane_get_usual (self->history));
}

/* --- What is sent to --- */

static void
on_versions (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBenchPage *self = owner;
  g_autoptr (TrestleVersion) newest = NULL;
  g_autoptr (GListModel) samples = NULL;

  /* Samples are a kindness: without them one's own files do. */
  if (error != NULL)
    return;
  newest = g_list_model_get_item (g_value_get_object (value), 0);
  trestle_request_pane_set_version (self->request, newest);
  samples = trestle_catalogue_samples (trestle_session_get_catalogue (self->session), self->listing,
                                       newest);
  for (guint i = 0; i < g_list_model_get_n_items (samples); i++)
    {
      g_autoptr (TrestleSample) sample = g_list_model_get_item (samples, i);
      g_autoptr (TrestleFileItem) item = trestle_file_item_new_for_sample (
          self->session, trestle_sample_get_name (sample), trestle_sample_get_url (sample));
      gboolean asked = g_strcmp0 (self->sample, trestle_sample_get_url (sample)) == 0;

      trestle_files_pane_add (self->files, item,
                              asked || trestle_files_pane_get_selected (self->files) == NULL);
    }
  update_actions (self);
}

static void
on_listing (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBenchPage *self = owner;

  if (error != NULL)
    return;
  self->listing = g_value_dup_object (value);
  trestle_watch (
      self, &self->versions,
      trestle_catalogue_versions (trestle_session_get_catalogue (self->session), self->listing),
      on_versions);
}

static void
on_package (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBenchPage *self = owner;

  /* Not subscribed any more, or no right to describe: the guess is sent then. */
  if (error != NULL)
    return;
  self->package = g_value_dup_object (value);
  trestle_request_pane_set_endpoint (self->request, self->endpoint, self->package);
}

/* Where there is no room for badge and price, the subtitle says them. */
static char *
dup_subtitle (TrestleBenchPage *self, const char *type, const char *hourly)
{
  TrestleEndpointState state = trestle_endpoint_get_state (self->endpoint);
  const char *title = trestle_endpoint_get_listing_title (self->endpoint);

  if (is_narrow (self))
    return *hourly != '\0'
               ? g_strdup_printf ("%s · %s", trestle_endpoint_state_word (state), hourly)
               : g_strdup (trestle_endpoint_state_word (state));
  return title && type ? g_strdup_printf ("%s · %s", title, type) : g_strdup (title ? title : type);
}

static void
show_endpoint (TrestleBenchPage *self)
{
  TrestleEndpoint *e = self->endpoint;
  g_autoptr (TrestleVariant) variant = g_list_model_get_item (trestle_endpoint_get_variants (e), 0);
  const char *type = variant ? trestle_variant_get_instance_type (variant) : NULL;
  g_autofree char *hourly = trestle_format_hourly (trestle_endpoint_get_hourly (e));
  g_autofree char *subtitle = dup_subtitle (self, type, hourly);
  g_autofree char *moment = trestle_endpoint_get_delete_by (e) != 0
                                ? trestle_format_moment (trestle_endpoint_get_delete_by (e))
                                : NULL;
  g_autofree char *price = moment ? g_strdup_printf (_ ("%s · deletes itself %s"), hourly, moment)
                                  : g_steal_pointer (&hourly);

  adw_window_title_set_title (self->window_title, trestle_endpoint_get_name (e));
  adw_window_title_set_subtitle (self->window_title, subtitle ? subtitle : "");
  gtk_label_set_label (self->price_label, price);
  trestle_badge_set_endpoint (self->state_badge, trestle_endpoint_get_state (e));
}

/* One bar at the bottom is enough: the switcher takes the place of the meter. */
static void
cover_meter (TrestleBenchPage *self)
{
  trestle_shell_cover_meter (GTK_WIDGET (self),
                             is_narrow (self) && gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
on_layout_changed (TrestleBenchPage *self)
{
  cover_meter (self);
  if (self->endpoint != NULL)
    show_endpoint (self);
}

static gboolean
is_answer (TrestleBenchPage *self, const char *page)
{
  return g_strcmp0 (page, "answer") == 0;
}

static void
trestle_bench_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_bench_page_parent_class)->map (widget);
  cover_meter (TRESTLE_BENCH_PAGE (widget));
}

static void
trestle_bench_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_bench_page_parent_class)->unmap (widget);
  cover_meter (TRESTLE_BENCH_PAGE (widget));
}

static void
on_endpoint (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBenchPage *self = owner;
  gboolean first = self->endpoint == NULL;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("open the workbench"), error);
      return;
    }
  g_set_object (&self->endpoint, g_value_get_object (value));
  show_endpoint (self);
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  update_actions (self);
  if (!first)
    return;
  trestle_request_pane_set_endpoint (self->request, self->endpoint, NULL);
  if (trestle_endpoint_get_package_arn (self->endpoint) != NULL)
    trestle_watch (
        self, &self->describing_package,
        trestle_subscriptions_describe (trestle_session_get_subscriptions (self->session),
                                        trestle_endpoint_get_package_arn (self->endpoint)),
        on_package);
  if (trestle_endpoint_get_listing_id (self->endpoint) != NULL)
    trestle_watch (self, &self->finding,
                   trestle_catalogue_find (trestle_session_get_catalogue (self->session),
                                           trestle_endpoint_get_listing_id (self->endpoint)),
                   on_listing);
}

static void
load (TrestleBenchPage *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  trestle_watch (
      self, &self->describing,
      trestle_endpoints_describe (trestle_session_get_endpoints (self->session), self->name),
      on_endpoint);
  trestle_watch (self, &self->listing_calls,
                 trestle_invoke_history (self->session, self->name, HISTORY_MAX), on_history);
}

static void
on_retry (TrestleBenchPage *self)
{
  load (self);
}

/* The endpoint's state may change while one works: the session's list says so. */
static void
on_endpoints_changed (TrestleBenchPage *self)
{
  TrestleEndpoint *now = trestle_endpoints_find (trestle_session_get_endpoints (self->session),
                                                 self->name);

  if (now == NULL || self->endpoint == NULL)
    return;
  g_set_object (&self->endpoint, now);
  show_endpoint (self);
  update_actions (self);
}

static void
code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleBenchPage *self = TRESTLE_BENCH_PAGE (widget);
  TrestleFileItem *item = trestle_files_pane_get_selected (self->files);
  TrestleBenchCall call = { .endpoint = self->name,
                            .region = trestle_session_get_region (self->session),
                            .file = trestle_file_item_get_name (item),
                            .content_type = trestle_request_pane_get_content_type (self->request),
                            .accept = trestle_request_pane_get_accept (self->request),
                            .attributes = trestle_request_pane_get_attributes (self->request),
                            .variant = trestle_request_pane_get_variant (self->request) };
  g_autofree char *cli = trestle_bench_code_cli (&call);
  g_autofree char *python = trestle_bench_code_python (&call);

  adw_dialog_present (trestle_code_dialog_new (_ ("Send the File"), cli, python), widget);
}

static void
endpoint_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "endpoint", TRESTLE_BENCH_PAGE (widget)->name);
}

static void
logs_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "logs", TRESTLE_BENCH_PAGE (widget)->name);
}

static void
trestle_bench_page_dispose (GObject *object)
{
  TrestleBenchPage *self = TRESTLE_BENCH_PAGE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (trestle_session_get_endpoints (self->session), self);
  /* A call that is under way goes on; only nobody looks at its answer here. */
  dex_clear (&self->describing);
  dex_clear (&self->describing_package);
  dex_clear (&self->finding);
  dex_clear (&self->versions);
  dex_clear (&self->loading);
  dex_clear (&self->reading);
  dex_clear (&self->call);
  dex_clear (&self->listing_calls);
  dex_clear (&self->recalling);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_object (&self->sending);
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_BENCH_PAGE);
  g_clear_object (&self->endpoint);
  g_clear_object (&self->package);
  g_clear_object (&self->listing);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_bench_page_parent_class)->dispose (object);
}

static void
trestle_bench_page_finalize (GObject *object)
{
  TrestleBenchPage *self = TRESTLE_BENCH_PAGE (object);

  g_free (self->name);
  g_free (self->sample);
  G_OBJECT_CLASS (trestle_bench_page_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, TrestleBenchPage, child)

static void
trestle_bench_page_class_init (TrestleBenchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_bench_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = trestle_bench_page_finalize;
  widget_class->map = trestle_bench_page_map;
  widget_class->unmap = trestle_bench_page_unmap;
  g_type_ensure (TRESTLE_TYPE_ANSWER_VIEW);
  g_type_ensure (TRESTLE_TYPE_FILES_PANE);
  g_type_ensure (TRESTLE_TYPE_HISTORY_PANE);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_REQUEST_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/invoke/trestle-bench-page.ui");
  BIND (window_title);
  BIND (state_badge);
  BIND (price_label);
  BIND (layouts);
  BIND (pages);
  BIND (state);
  BIND (files);
  BIND (request);
  BIND (answer);
  BIND (history);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_file_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_recall);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
  gtk_widget_class_bind_template_callback (widget_class, on_layout_changed);
  gtk_widget_class_bind_template_callback (widget_class, is_answer);
  gtk_widget_class_install_action (widget_class, "bench.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "bench.send-all", NULL, send_all_action);
  gtk_widget_class_install_action (widget_class, "bench.code", NULL, code_action);
  gtk_widget_class_install_action (widget_class, "bench.endpoint", NULL, endpoint_action);
  gtk_widget_class_install_action (widget_class, "bench.logs", NULL, logs_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "bench.send",
                                       NULL);
}

static void
trestle_bench_page_init (TrestleBenchPage *self)
{
  g_queue_init (&self->waiting);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_bench_page_new (TrestleSession *session, const char *argument)
{
  TrestleBenchPage *self = g_object_new (TRESTLE_TYPE_BENCH_PAGE, NULL);
  g_auto (GStrv) parts = g_strsplit (argument ? argument : "", "\n", 2);

  self->session = g_object_ref (session);
  self->name = g_strdup (parts[0] ? parts[0] : "");
  self->sample = g_strdup (parts[0] ? parts[1] : NULL);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), self->name);
  adw_window_title_set_title (self->window_title, self->name);
  g_signal_connect_swapped (trestle_session_get_endpoints (session), "items-changed",
                            G_CALLBACK (on_endpoints_changed), self);
  update_actions (self);
  load (self);
  return GTK_WIDGET (self);
}
