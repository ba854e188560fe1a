/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-subscribe-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "product/trestle-arn-view.h"
#include "product/trestle-eula-view.h"
#include "product/trestle-offer-text.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-code-dialog.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-timeline.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleSubscribeDialog
{
  AdwDialog parent_instance;

  AdwWindowTitle *title;
  GtkButton *cancel_button;
  GtkStack *stack;
  TrestlePageState *state;
  TrestleTile *tile;
  GtkLabel *name;
  GtkLabel *publisher;
  GtkListBox *offers;
  TrestlePageState *quote_state;
  GtkLabel *today_amount;
  GtkWidget *trial_row;
  GtkLabel *trial_amount;
  GtkWidget *later_row;
  GtkLabel *later_amount;
  TrestleEulaView *eula;
  GtkCheckButton *accept_check;
  GtkLabel *accept_label;
  TrestleTimeline *timeline;
  GtkLabel *outcome;
  TrestleArnView *arn;
  GtkWidget *bottom;
  GtkButton *accept_button;
  GtkLabel *bottom_note;

  TrestleSession *session;
  char *wanted;
  TrestleListing *listing;
  GListModel *offer_list;
  TrestleOffer *offer;
  TrestleQuote *quote;
  TrestleTask *task;
  gboolean done; /* the button leads on to deploying */
  DexFuture *find;
  DexFuture *load;
  DexFuture *ask;
  DexFuture *wait;
};

G_DEFINE_FINAL_TYPE (TrestleSubscribeDialog, trestle_subscribe_dialog, ADW_TYPE_DIALOG)

static void
update_button (TrestleSubscribeDialog *self)
{
  g_autofree char *amount = NULL;
  g_autofree char *label = NULL;

  if (self->quote != NULL)
    amount = trestle_format_amount (trestle_quote_get_total (self->quote));
  label = amount != NULL ? g_strdup_printf (_ ("Accept · %s today"), amount)
                         : g_strdup (_ ("Accept"));
  gtk_button_set_label (self->accept_button, label);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "subscribe.accept",
                                 self->done
                                     || (self->quote != NULL && self->task == NULL
                                         && gtk_check_button_get_active (self->accept_check)));
}

static void
on_accept_toggled (TrestleSubscribeDialog *self)
{
  update_button (self);
}

/* --- Quote ---------------------------------------------------------------------------------- */

static void
show_quote (TrestleSubscribeDialog *self)
{
  int trial = trestle_quote_get_trial (self->quote) ? trestle_offer_trial_days (self->offer) : 0;
  g_autofree char *end = trestle_format_day (trestle_clock_now () + trial * TRESTLE_DAY);
  g_autofree char *total = trestle_format_amount (trestle_quote_get_total (self->quote));
  g_autofree char *range = trestle_offer_price_range (self->offer);
  g_autofree char *until = g_strdup_printf (_ ("Until %s"), end);
  g_autofree char *from = g_strdup_printf (_ ("From %s"), end);
  g_autoptr (TrestleMoney) nothing = trestle_money_zero (
      trestle_money_get_currency (trestle_quote_get_total (self->quote)));
  g_autofree char *zero = trestle_format_hourly (nothing);

  gtk_label_set_label (self->today_amount, total);
  gtk_widget_set_visible (self->trial_row, trial > 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trial_row), until);
  gtk_label_set_label (self->trial_amount, zero);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->later_row),
                                 trial > 0 ? from : _ ("While It Runs"));
  gtk_label_set_label (self->later_amount, range);
  trestle_page_state_set_state (self->quote_state, TRESTLE_PAGE_CONTENT);
}

static void
on_quoted (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSubscribeDialog *self = owner;

  if (error != NULL)
    {
      trestle_page_state_fail (self->quote_state, _ ("get a quote"), error);
      return;
    }
  g_set_object (&self->quote, g_value_get_object (value));
  show_quote (self);
  update_button (self);
}

static void
ask_for_quote (TrestleSubscribeDialog *self)
{
  g_clear_object (&self->quote);
  update_button (self);
  trestle_page_state_set_state (self->quote_state, TRESTLE_PAGE_LOADING);
  trestle_watch (self, &self->ask,
                 trestle_subscriptions_quote (trestle_session_get_subscriptions (self->session),
                                              self->listing, self->offer),
                 on_quoted);
}

static void
on_quote_retry (TrestleSubscribeDialog *self)
{
  ask_for_quote (self);
}

/* --- Offers --------------------------------------------------------------------------------- */

static void
choose_offer (TrestleSubscribeDialog *self, TrestleOffer *offer)
{
  const char *refund = trestle_offer_refund_policy (offer);
  g_autofree char *label = refund != NULL
                               ? g_strdup_printf (
                                     _ ("I accept the licence agreement and the refund policy: %s"),
                                     refund)
                               : g_strdup (_ ("I accept the licence agreement"));

  g_set_object (&self->offer, offer);
  gtk_label_set_label (self->accept_label, label);
  trestle_eula_view_set_offer (self->eula, self->session, offer);
  ask_for_quote (self);
}

static void
on_offer_toggled (TrestleSubscribeDialog *self, GtkCheckButton *check)
{
  if (gtk_check_button_get_active (check))
    choose_offer (self, g_object_get_data (G_OBJECT (check), "offer"));
}

static void
add_offer (TrestleSubscribeDialog *self,
           TrestleOffer *offer,
           TrestleOffer *public_offer,
           GtkCheckButton *group)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *subtitle = trestle_offer_describe (offer);
  g_autofree char *title = NULL;
  g_autofree char *badge = NULL;
  int discount = 0;

  if (!trestle_offer_get_private (offer))
    title = g_strdup (_ ("Public offer"));
  else if (trestle_offer_get_seller (offer) != NULL)
    title = g_strdup_printf (_ ("Private offer from %s"), trestle_offer_get_seller (offer));
  else
    title = g_strdup (_ ("Private offer"));

  if (trestle_offer_get_private (offer) && public_offer != NULL)
    discount = trestle_offer_discount (offer, public_offer);
  if (discount > 0)
    badge = g_strdup_printf (_ ("−%d %%"), discount);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (badge != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               trestle_badge_new (badge, TRESTLE_TONE_SUCCESS));
  else if (trestle_offer_trial_days (offer) > 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               trestle_badge_new (_ ("Free trial"), TRESTLE_TONE_ACCENT));

  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (check), "offer", g_object_ref (offer), g_object_unref);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_offer_toggled), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_list_box_append (self->offers, row);
  if (group == NULL)
    g_object_set_data (G_OBJECT (self->offers), "group", check);
}

static void
on_offers (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSubscribeDialog *self = owner;
  TrestleOffer *public_offer = NULL;
  GtkCheckButton *first = NULL;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("load the offers"), error);
      return;
    }

  g_set_object (&self->offer_list, g_value_get_object (value));
  gtk_list_box_remove_all (self->offers);
  for (guint i = 0; i < g_list_model_get_n_items (self->offer_list); i++)
    {
      g_autoptr (TrestleOffer) offer = g_list_model_get_item (self->offer_list, i);

      if (!trestle_offer_get_private (offer))
        public_offer = offer; /* the list holds it */
    }
  for (guint i = 0; i < g_list_model_get_n_items (self->offer_list); i++)
    {
      g_autoptr (TrestleOffer) offer = g_list_model_get_item (self->offer_list, i);

      add_offer (self, offer, public_offer, first);
      first = g_object_get_data (G_OBJECT (self->offers), "group");
    }
  if (first == NULL)
    {
      g_autoptr (GError)
          none = g_error_new (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                              _ ("There is no offer for this account at present."));

      trestle_page_state_fail (self->state, _ ("find an offer"), none);
      return;
    }
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  gtk_check_button_set_active (first, TRUE);
}

static void
on_found (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSubscribeDialog *self = owner;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("find the product"), error);
      return;
    }
  g_set_object (&self->listing, g_value_get_object (value));
  trestle_tile_set_listing (self->tile, self->listing);
  gtk_label_set_label (self->name, trestle_listing_get_title (self->listing));
  gtk_label_set_label (self->publisher, trestle_listing_get_publisher (self->listing));
  trestle_watch (
      self, &self->load,
      trestle_catalogue_offers (trestle_session_get_catalogue (self->session), self->listing),
      on_offers);
}

static void
on_retry (TrestleSubscribeDialog *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  trestle_watch (
      self, &self->find,
      trestle_catalogue_find (trestle_session_get_catalogue (self->session), self->wanted),
      on_found);
}

/* --- Acceptance ----------------------------------------------------------------------------- */

static void
finish (TrestleSubscribeDialog *self, const char *text)
{
  self->done = TRUE;
  gtk_label_set_label (self->outcome, text);
  gtk_widget_set_visible (GTK_WIDGET (self->arn), FALSE);
  gtk_widget_set_visible (self->bottom, TRUE);
  update_button (self);
  gtk_button_set_label (self->accept_button, _ ("Deploy…"));
  gtk_label_set_label (self->bottom_note, _ ("Nothing runs yet, so nothing is billed."));
  gtk_button_set_label (self->cancel_button, _ ("_Close"));
  gtk_widget_grab_focus (GTK_WIDGET (self->accept_button));
}

static void
on_proved (TrestleSubscribeDialog *self, TrestlePackage *package)
{
  finish (self, _ ("Subscribed. The package is known for this Region."));
}

static void
on_task_done (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSubscribeDialog *self = owner;
  TrestleSubscription *subscription;

  gtk_button_set_label (self->cancel_button, _ ("_Close"));
  if (error != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (_ ("subscribe"), error);
      g_autofree char *text = g_strdup_printf ("%s\n%s", problem->title, problem->body);

      gtk_label_set_label (self->outcome, text);
      return;
    }

  subscription = G_VALUE_HOLDS_OBJECT (value) ? g_value_get_object (value) : NULL;
  if (trestle_listing_get_kind (self->listing) == TRESTLE_PRODUCT_KIND_ALGORITHM)
    {
      gtk_label_set_label (self->outcome,
                           _ ("Subscribed. Training comes in a later version of Trestle."));
      return;
    }
  if (subscription != NULL && trestle_subscription_get_package_arn (subscription) != NULL)
    {
      finish (self, _ ("Subscribed. The package is known for this Region."));
      return;
    }
  gtk_label_set_label (
      self->outcome,
      _ ("Subscribed. One thing is left, for which AWS has no programming interface:"));
  trestle_arn_view_set_listing (self->arn, self->session, self->listing);
  gtk_widget_set_visible (GTK_WIDGET (self->arn), TRUE);
}

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleSubscribeDialog *self = TRESTLE_SUBSCRIBE_DIALOG (widget);

  if (self->done)
    {
      trestle_shell_open (widget, "deploy", trestle_listing_get_id (self->listing));
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }

  self->task = trestle_subscriptions_accept (trestle_session_get_subscriptions (self->session),
                                             self->listing, self->quote);
  trestle_timeline_set_task (self->timeline, self->task);
  gtk_stack_set_visible_child_name (self->stack, "steps");
  /* The button that was pressed goes away, and the focus would be nowhere. */
  gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));
  gtk_widget_set_visible (self->bottom, FALSE);
  /* It goes on without the dialog; Subscriptions will show it. */
  gtk_button_set_label (self->cancel_button, _ ("_Close"));
  trestle_watch (self, &self->wait, trestle_task_wait (self->task), on_task_done);
  update_button (self);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleSubscribeDialog *self = TRESTLE_SUBSCRIBE_DIALOG (widget);
  g_autofree char *cli = NULL;
  g_autofree char *python = NULL;

  if (self->offer == NULL)
    return;
  cli = trestle_offer_to_code (self->offer, trestle_listing_get_slug (self->listing), "cli");
  python = trestle_offer_to_code (self->offer, trestle_listing_get_slug (self->listing), "python");
  adw_dialog_present (
      trestle_code_dialog_new (trestle_listing_get_title (self->listing), cli, python), widget);
}

static void
trestle_subscribe_dialog_dispose (GObject *object)
{
  TrestleSubscribeDialog *self = TRESTLE_SUBSCRIBE_DIALOG (object);

  dex_clear (&self->find);
  dex_clear (&self->load);
  dex_clear (&self->ask);
  dex_clear (&self->wait);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SUBSCRIBE_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->listing);
  g_clear_object (&self->offer_list);
  g_clear_object (&self->offer);
  g_clear_object (&self->quote);
  g_clear_object (&self->task);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (trestle_subscribe_dialog_parent_class)->dispose (object);
}

static void
trestle_subscribe_dialog_class_init (TrestleSubscribeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_ARN_VIEW);
  g_type_ensure (TRESTLE_TYPE_EULA_VIEW);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_TILE);
  g_type_ensure (TRESTLE_TYPE_TIMELINE);

  G_OBJECT_CLASS (klass)->dispose = trestle_subscribe_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/product/trestle-subscribe-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, publisher);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, offers);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, quote_state);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, today_amount);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, trial_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, trial_amount);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, later_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, later_amount);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, eula);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, accept_check);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, accept_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, timeline);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, outcome);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, arn);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, bottom);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscribeDialog, bottom_note);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_quote_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_accept_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_proved);
  gtk_widget_class_install_action (widget_class, "subscribe.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "subscribe.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "page.code", NULL, code_action);
}

static void
trestle_subscribe_dialog_init (TrestleSubscribeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_button (self);
}

GtkWidget *
trestle_subscribe_dialog_new (TrestleSession *session, const char *name)
{
  TrestleSubscribeDialog *self = g_object_new (TRESTLE_TYPE_SUBSCRIBE_DIALOG, NULL);
  TrestleAccount *account = trestle_session_get_account (session);
  g_autofree char *number = trestle_format_account (trestle_account_get_number (account));
  g_autofree char *subtitle = g_strdup_printf (
      *number != '\0' ? "%s · %s · %s" : "%s%s · %s",
      trestle_session_is_practice (session) ? _ ("Practice") : trestle_account_get_name (account),
      number, trestle_session_get_region (session));

  adw_window_title_set_subtitle (self->title, subtitle);
  self->session = g_object_ref (session);
  self->wanted = g_strdup (name);
  on_retry (self);
  return GTK_WIDGET (self);
}
