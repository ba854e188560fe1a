/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-endpoint-page.h"

#include <glib/gi18n.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "domain/trestle-variant.h"
#include "endpoints/trestle-call-stats.h"
#include "endpoints/trestle-calls-panel.h"
#include "endpoints/trestle-endpoint-details.h"
#include "endpoints/trestle-endpoint-words.h"
#include "endpoints/trestle-figure-card.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-code-dialog.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-log-card.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-watch.h"

#define FIGURES_SECONDS 10
/* An endpoint under load writes a lot; the Logs page has the rest. */
#define LOG_TIME (3 * TRESTLE_HOUR)
#define SOON (15 * TRESTLE_MINUTE)

struct _TrestleEndpointPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  TrestlePageState *state;
  TrestleTile *tile;
  GtkLabel *heading;
  GtkWidget *dot;
  GtkLabel *subheading;
  GtkRevealer *notice_revealer;
  GtkLabel *notice_text;
  TrestleFigureCard *cost;
  TrestleFigureCard *now;
  TrestleFigureCard *calls;
  TrestleFigureCard *latency;
  TrestleCallsPanel *calls_panel;
  TrestleEndpointDetails *details;
  TrestleLogCard *log;

  TrestleSession *session;
  char *name;
  TrestleEndpoint *endpoint;
  char *notice; /* the one shown, or closed */
  gboolean keep_model;
  gboolean had_log;
  guint tick;
  DexFuture *describe;
  DexFuture *ask;
};

G_DEFINE_FINAL_TYPE (TrestleEndpointPage, trestle_endpoint_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- Figures -------------------------------------------------------------------------------- */

/* Returns: (transfer full): "$2.01 software + $2.21 infrastr." */
static char *
dup_parts (TrestleEndpoint *endpoint)
{
  const TrestleMoney *so_far = trestle_endpoint_get_so_far (endpoint);
  g_autoptr (TrestleMoney) software = trestle_cost_between (
      trestle_endpoint_get_software_hourly (endpoint), trestle_endpoint_get_created (endpoint),
      trestle_clock_now ());
  g_autoptr (TrestleMoney) minus = NULL;
  g_autoptr (TrestleMoney) infrastructure = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (so_far == NULL || software == NULL)
    return g_strdup (_ ("an estimate"));
  if (trestle_money_is_zero (software))
    return g_strdup (_ ("infrastructure alone"));
  minus = trestle_money_scale (software, -1, 1);
  infrastructure = trestle_money_add (so_far, minus, NULL);
  a = trestle_format_amount (software);
  b = trestle_format_amount (infrastructure);
  return g_strdup_printf (_ ("%s software + %s infrastr."), a, b);
}

static void
update_cost (TrestleEndpointPage *self)
{
  g_autofree char *so_far = trestle_format_amount (trestle_endpoint_get_so_far (self->endpoint));
  g_autofree char *price = trestle_format_hourly (trestle_endpoint_get_hourly (self->endpoint));
  g_autofree char *parts = dup_parts (self->endpoint);
  g_autofree char *due = trestle_endpoint_dup_due (self->endpoint);

  trestle_figure_card_set (self->cost, so_far, parts);
  trestle_figure_card_set (self->now, *price != '\0' ? price : "–",
                           due != NULL ? due : _ ("until you delete it"));
}

static char *
format_latency (gint64 usec)
{
  return usec < 10 * 1000        ? g_strdup_printf (_ ("%.1f ms"), (double) usec / 1000)
         : usec < TRESTLE_SECOND ? g_strdup_printf (_ ("%d ms"), (int) (usec / 1000))
                                 : g_strdup_printf (_ ("%.2f s"), (double) usec / TRESTLE_SECOND);
}

static gint64
midnight (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime)
      day = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                   g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix_usec (day);
}

static void
on_calls_changed (TrestleEndpointPage *self)
{
  gint64 since = MAX (midnight (), trestle_endpoint_get_created (self->endpoint));
  TrestleCallStats stats;
  g_autofree char *count = NULL;
  g_autofree char *note = NULL;

  trestle_call_stats_count (trestle_calls_panel_get_calls (self->calls_panel), since, &stats);
  count = trestle_format_count (stats.n_calls);
  if (stats.n_failed > 0)
    note = g_strdup_printf (_ ("%u failed, %.1f %%"), stats.n_failed,
                            stats.n_failed * 100. / stats.n_calls);
  else
    note = g_strdup (stats.n_calls > 0 ? _ ("none failed") : _ ("the workbench sends them"));
  trestle_figure_card_set (self->calls, count, note);

  if (stats.p50 > 0)
    {
      g_autofree char *median = format_latency (stats.p50);
      g_autofree char *high = format_latency (stats.p99);
      g_autofree char *p99 = g_strdup_printf (_ ("p99 %s"), high);

      trestle_figure_card_set (self->latency, median, p99);
    }
  else
    trestle_figure_card_set (self->latency, "–", _ ("no answer today"));
}

/* --- State ---------------------------------------------------------------------------------- */

static void
update_notice (TrestleEndpointPage *self)
{
  const char *reason = trestle_endpoint_get_failure_reason (self->endpoint);
  gint64 left = trestle_endpoint_get_delete_by (self->endpoint) - trestle_clock_now ();
  g_autofree char *text = NULL;

  if (trestle_endpoint_get_state (self->endpoint) == TRESTLE_ENDPOINT_STATE_FAILED)
    text = reason != NULL ? g_strdup_printf (_ ("AWS says: %s"), reason)
                          : g_strdup (_ ("AWS gives no reason."));
  else if (trestle_endpoint_get_state (self->endpoint) == TRESTLE_ENDPOINT_STATE_DELETING)
    text = g_strdup (_ ("It is being deleted. Billing ends with it."));
  else if (trestle_endpoint_get_delete_by (self->endpoint) > 0 && left < SOON)
    {
      g_autofree char *when = trestle_format_moment (
          trestle_endpoint_get_delete_by (self->endpoint));

      text = g_strdup_printf (_ ("It is deleted soon, at %s."), when);
    }

  if (g_strcmp0 (self->notice, text) == 0)
    return;
  g_set_str (&self->notice, text);
  if (text != NULL)
    gtk_label_set_label (self->notice_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->notice_revealer), text != NULL);
  gtk_revealer_set_reveal_child (self->notice_revealer, text != NULL);
}

static void
update_head (TrestleEndpointPage *self)
{
  TrestleEndpointState state = trestle_endpoint_get_state (self->endpoint);
  GListModel *variants = trestle_endpoint_get_variants (self->endpoint);
  g_autoptr (TrestleVariant) variant = variants != NULL ? g_list_model_get_item (variants, 0)
                                                        : NULL;
  g_autofree char *since = trestle_format_moment (trestle_endpoint_get_created (self->endpoint));
  g_autofree char *subtitle = NULL;
  const char *dot_classes[] = { "state-dot",
                                trestle_tone_class (trestle_endpoint_state_tone (state)), NULL };
  const char *title = trestle_endpoint_get_listing_title (self->endpoint);
  gboolean settled = state == TRESTLE_ENDPOINT_STATE_IN_SERVICE
                     || state == TRESTLE_ENDPOINT_STATE_FAILED;

  if (variant != NULL)
    subtitle = g_strdup_printf (
        _ ("Since %s · %d × %s · %s"), since, (int) trestle_variant_get_desired_count (variant),
        trestle_variant_get_instance_type (variant), trestle_variant_get_name (variant));
  else
    subtitle = g_strdup_printf (_ ("Since %s"), since);
  gtk_label_set_label (self->heading, trestle_endpoint_state_word (state));
  gtk_label_set_label (self->subheading, subtitle);
  gtk_widget_set_css_classes (self->dot, dot_classes);
  adw_window_title_set_subtitle (self->window_title, title != NULL ? title : "");
  trestle_tile_set_listing_id (self->tile, trestle_endpoint_get_listing_id (self->endpoint),
                               title != NULL ? title : self->name);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "endpoint.delete", settled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "endpoint.pause",
                                 state == TRESTLE_ENDPOINT_STATE_IN_SERVICE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "endpoint.bench",
                                 state == TRESTLE_ENDPOINT_STATE_IN_SERVICE
                                     || state == TRESTLE_ENDPOINT_STATE_UPDATING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "endpoint.product",
                                 trestle_endpoint_get_listing_id (self->endpoint) != NULL);
}

static void
set_endpoint (TrestleEndpointPage *self, TrestleEndpoint *endpoint)
{
  g_set_object (&self->endpoint, endpoint);
  if (endpoint == NULL)
    {
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_EMPTY);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "endpoint.delete", FALSE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "endpoint.pause", FALSE);
      return;
    }
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  update_head (self);
  update_notice (self);
  update_cost (self);
  trestle_calls_panel_load (self->calls_panel, self->session, self->name,
                            trestle_endpoint_get_created (endpoint));
  trestle_endpoint_details_set_endpoint (self->details, self->session, endpoint);
  if (!self->had_log)
    {
      self->had_log = TRUE;
      trestle_log_card_set_endpoint (
          self->log, self->session, self->name,
          MAX (trestle_endpoint_get_created (endpoint), trestle_clock_now () - LOG_TIME));
    }
}

static void
on_described (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointPage *self = owner;

  if (g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND))
    set_endpoint (self, NULL);
  else if (error != NULL && self->endpoint == NULL)
    trestle_page_state_fail (self->state, _ ("load the endpoint"), error);
  else if (error != NULL)
    g_message ("Could not refresh %s: %s", self->name, error->message);
  else
    set_endpoint (self, g_value_get_object (value));
}

static void
load (TrestleEndpointPage *self)
{
  trestle_watch (
      self, &self->describe,
      trestle_endpoints_describe (trestle_session_get_endpoints (self->session), self->name),
      on_described);
}

static void
on_retry (TrestleEndpointPage *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  load (self);
}

/* What is known here; AWS is asked by the session's list. */
static gboolean
on_tick (gpointer data)
{
  TrestleEndpointPage *self = data;

  if (self->endpoint != NULL)
    {
      update_notice (self);
      trestle_calls_panel_load (self->calls_panel, self->session, self->name,
                                trestle_endpoint_get_created (self->endpoint));
    }
  return G_SOURCE_CONTINUE;
}

/* The list refreshes by itself; what it has learnt is shown here as well. */
static void
on_list_changed (TrestleEndpointPage *self)
{
  TrestleEndpoint *endpoint = trestle_endpoints_find (trestle_session_get_endpoints (self->session),
                                                      self->name);

  if (endpoint != NULL && self->endpoint != NULL)
    set_endpoint (self, endpoint);
}

/* --- Actions -------------------------------------------------------------------------------- */

/* A configuration that another endpoint uses goes with the model that it runs: one of them says it. */
static void
tell_kept (TrestleEndpointPage *self, GListModel *kept)
{
  guint n = g_list_model_get_n_items (kept);
  g_autoptr (TrestleLeftover) part = n > 0 ? g_list_model_get_item (kept, n - 1) : NULL;
  g_autofree char *text = NULL;

  if (part == NULL)
    return;
  text = g_strdup_printf (_ ("The model is kept: “%s” uses it"),
                          trestle_leftover_get_used_by (part));
  trestle_shell_toast (GTK_WIDGET (self), text);
}

static void
on_deleted (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointPage *self = owner;
  g_autofree char *what = g_strdup_printf (_ ("delete “%s”"), self->name);

  if (error != NULL)
    {
      trestle_shell_problem (GTK_WIDGET (self), what, error);
      load (self);
    }
  else
    {
      set_endpoint (self, NULL);
      tell_kept (self, g_value_get_object (value));
    }
}

static void
on_delete_confirmed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointPage *self = owner;
  g_autoptr (TrestleTask) task = NULL;

  if (error != NULL)
    return;
  task = trestle_endpoints_delete (trestle_session_get_endpoints (self->session), self->name,
                                   self->keep_model);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "endpoint.delete", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "endpoint.pause", FALSE);
  trestle_shell_toast (GTK_WIDGET (self), self->keep_model ? _ ("Pausing…") : _ ("Deleting…"));
  trestle_watch (self, NULL, trestle_task_wait (task), on_deleted);
}

static void
ask_to_delete (TrestleEndpointPage *self, gboolean keep_model)
{
  g_autofree char *hourly = trestle_format_hourly (trestle_endpoint_get_hourly (self->endpoint));
  g_autofree char *saves = *hourly != '\0' ? g_strdup_printf (_ ("This saves %s. "), hourly)
                                           : g_strdup ("");
  g_autofree char *heading = g_strdup_printf (keep_model ? _ ("Pause “%s”?") : _ ("Delete “%s”?"),
                                              self->name);
  g_autofree char *body = g_strconcat (
      saves,
      keep_model
          ? _ ("The endpoint is deleted and billing ends. Model and configuration are kept, at no cost, so that "
               "it can be started again.")
          : _ ("The endpoint, its configuration and its model are deleted. The log stays."),
      NULL);

  self->keep_model = keep_model;
  trestle_watch (self, &self->ask,
                 trestle_ask_to (GTK_WIDGET (self), heading, body,
                                 keep_model ? _ ("_Pause") : _ ("_Delete"), TRUE),
                 on_delete_confirmed);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_to_delete (TRESTLE_ENDPOINT_PAGE (widget), FALSE);
}

static void
pause_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_to_delete (TRESTLE_ENDPOINT_PAGE (widget), TRUE);
}

static void
bench_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "bench", TRESTLE_ENDPOINT_PAGE (widget)->name);
}

static void
logs_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "logs", TRESTLE_ENDPOINT_PAGE (widget)->name);
}

static void
product_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "product",
                      trestle_endpoint_get_listing_id (TRESTLE_ENDPOINT_PAGE (widget)->endpoint));
}

static void
copy_arn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEndpointPage *self = TRESTLE_ENDPOINT_PAGE (widget);

  if (self->endpoint != NULL)
    trestle_shell_copy (widget, trestle_endpoint_get_arn (self->endpoint), _ ("ARN copied"));
}

static void
close_notice_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_revealer_set_reveal_child (TRESTLE_ENDPOINT_PAGE (widget)->notice_revealer, FALSE);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  load (TRESTLE_ENDPOINT_PAGE (widget));
}

static void
code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEndpointPage *self = TRESTLE_ENDPOINT_PAGE (widget);
  const char *region = trestle_session_get_region (self->session);
  g_autofree char *cli = g_strdup_printf (
      "# with Trestle\n"
      "trestle-cli endpoint %s\n"
      "trestle-cli delete-endpoint %s\n\n"
      "# with the AWS CLI\n"
      "aws sagemaker describe-endpoint --region %s --endpoint-name %s\n"
      "aws sagemaker delete-endpoint --region %s --endpoint-name %s\n",
      self->name, self->name, region, self->name, region, self->name);
  g_autofree char *python = g_strdup_printf (
      "import boto3\n\n"
      "sagemaker = boto3.client(\"sagemaker\", region_name=\"%s\")\n"
      "print(sagemaker.describe_endpoint(EndpointName=\"%s\"))\n"
      "# sagemaker.delete_endpoint(EndpointName=\"%s\")\n",
      region, self->name, self->name);

  adw_dialog_present (trestle_code_dialog_new (self->name, cli, python), widget);
}

static void
trestle_endpoint_page_map (GtkWidget *widget)
{
  TrestleEndpointPage *self = TRESTLE_ENDPOINT_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_endpoint_page_parent_class)->map (widget);
  trestle_remote_list_watch (TRESTLE_REMOTE_LIST (trestle_session_get_endpoints (self->session)));
  load (self);
  self->tick = g_timeout_add_seconds (FIGURES_SECONDS, on_tick, self);
}

static void
trestle_endpoint_page_unmap (GtkWidget *widget)
{
  TrestleEndpointPage *self = TRESTLE_ENDPOINT_PAGE (widget);

  trestle_remote_list_unwatch (TRESTLE_REMOTE_LIST (trestle_session_get_endpoints (self->session)));
  g_clear_handle_id (&self->tick, g_source_remove);
  GTK_WIDGET_CLASS (trestle_endpoint_page_parent_class)->unmap (widget);
}

static void
trestle_endpoint_page_dispose (GObject *object)
{
  TrestleEndpointPage *self = TRESTLE_ENDPOINT_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  dex_clear (&self->describe);
  dex_clear (&self->ask);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_ENDPOINT_PAGE);
  g_clear_object (&self->endpoint);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->notice, g_free);
  G_OBJECT_CLASS (trestle_endpoint_page_parent_class)->dispose (object);
}

static void
trestle_endpoint_page_class_init (TrestleEndpointPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_CALLS_PANEL);
  g_type_ensure (TRESTLE_TYPE_ENDPOINT_DETAILS);
  g_type_ensure (TRESTLE_TYPE_FIGURE_CARD);
  g_type_ensure (TRESTLE_TYPE_LOG_CARD);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_TILE);
  G_OBJECT_CLASS (klass)->dispose = trestle_endpoint_page_dispose;
  widget_class->map = trestle_endpoint_page_map;
  widget_class->unmap = trestle_endpoint_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-endpoint-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, dot);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, subheading);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, cost);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, now);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, calls);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, latency);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, calls_panel);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, details);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointPage, log);
  gtk_widget_class_bind_template_callback (widget_class, on_calls_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_install_action (widget_class, "endpoint.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "endpoint.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "endpoint.bench", NULL, bench_action);
  gtk_widget_class_install_action (widget_class, "endpoint.logs", NULL, logs_action);
  gtk_widget_class_install_action (widget_class, "endpoint.product", NULL, product_action);
  gtk_widget_class_install_action (widget_class, "endpoint.copy-arn", NULL, copy_arn_action);
  gtk_widget_class_install_action (widget_class, "endpoint.close-notice", NULL,
                                   close_notice_action);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.code", NULL, code_action);
}

static void
trestle_endpoint_page_init (TrestleEndpointPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_endpoint_page_new (TrestleSession *session, const char *name)
{
  TrestleEndpointPage *self = g_object_new (TRESTLE_TYPE_ENDPOINT_PAGE, "title", name, NULL);
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);
  TrestleEndpoint *known;

  self->session = g_object_ref (session);
  self->name = g_strdup (name);
  adw_window_title_set_title (self->window_title, name);
  known = trestle_endpoints_find (endpoints, name);
  if (known != NULL)
    set_endpoint (self, known);
  g_signal_connect_object (endpoints, "items-changed", G_CALLBACK (on_list_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
