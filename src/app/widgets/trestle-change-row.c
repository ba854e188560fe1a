/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-change-row.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-change-fault.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-change-detail.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

struct _TrestleChangeRow
{
  AdwExpanderRow parent_instance;

  GtkImage *icon;
  GtkWidget *badge;
  GtkLabel *failure_label;
  GtkBox *details;
  GtkWidget *spinner;
  GtkLabel *id_label;
  GtkWidget *cancel_button;

  TrestleSession *session;
  TrestleChangeRequest *request;
  DexFuture *describing;
  DexFuture *ask;
};

G_DEFINE_FINAL_TYPE (TrestleChangeRow, trestle_change_row, ADW_TYPE_EXPANDER_ROW)

static GListModel *
get_products (TrestleChangeRow *self)
{
  return G_LIST_MODEL (trestle_session_get_own_products (self->session));
}

static void
fill_details (TrestleChangeRow *self)
{
  GListModel *changes = trestle_change_request_get_changes (self->request);
  const char *product = trestle_change_words_product (self->request, get_products (self));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->details))) != NULL)
    gtk_box_remove (self->details, child);
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);

      gtk_box_append (self->details, trestle_change_detail_new (change, product));
    }
}

TrestleChangeRequest *
trestle_change_row_get_request (TrestleChangeRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_CHANGE_ROW (self), NULL);
  return self->request;
}

void
trestle_change_row_tick (TrestleChangeRow *self)
{
  g_autofree char *touches = NULL;
  g_autofree char *age = NULL;
  g_autofree char *subtitle = NULL;

  g_return_if_fail (TRESTLE_IS_CHANGE_ROW (self));

  touches = trestle_change_words_touches (self->request, get_products (self));
  age = trestle_change_words_age (self->request);
  subtitle = *touches != '\0' ? g_strdup_printf ("%s · %s", touches, age) : g_steal_pointer (&age);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static void
update (TrestleChangeRow *self)
{
  const char *status = trestle_change_request_get_status (self->request);
  g_autofree char *title = trestle_change_words_title (self->request);
  g_autofree char *spoken = NULL;
  g_autofree char *failure = NULL;
  gboolean failed = g_strcmp0 (status, "FAILED") == 0;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  spoken = g_strdup_printf ("%s, %s", title, trestle_change_words_state (self->request));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_image_set_from_icon_name (self->icon, trestle_change_words_icon (self->request));
  trestle_tone_set (GTK_WIDGET (self->icon), trestle_change_words_tone (self->request));
  trestle_badge_set (self->badge, trestle_change_words_state (self->request),
                     trestle_change_words_tone (self->request));
  trestle_change_row_tick (self);

  if (failed)
    failure = g_strdup (_ ("AWS did not accept it, and nothing of it was applied."));
  else if (trestle_change_request_is_open (self->request)
           && trestle_change_request_is_review (self->request))
    failure = g_strdup (_ ("People at AWS review it; that takes days, sometimes weeks."));
  else if (trestle_change_request_is_open (self->request))
    failure = g_strdup (
        _ ("While it runs nothing else can be changed on what it touches. Usually 20 to 60 min."));
  gtk_label_set_label (self->failure_label, failure != NULL ? failure : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure_label), failure != NULL);
  gtk_label_set_label (self->id_label, trestle_change_request_get_id (self->request));
  gtk_widget_set_visible (self->cancel_button, g_strcmp0 (status, "PREPARING") == 0);
  fill_details (self);
  gtk_widget_set_visible (self->spinner, self->describing != NULL);
}

static void
set_request (TrestleChangeRow *self, TrestleChangeRequest *request)
{
  if (g_set_object (&self->request, request))
    update (self);
}

static void
on_described (gpointer owner, const GValue *value, const GError *error)
{
  TrestleChangeRow *self = owner;

  if (error != NULL)
    {
      gtk_widget_set_visible (self->spinner, FALSE);
      trestle_shell_problem (owner, _ ("read the change set"), error);
      return;
    }
  set_request (self, g_value_get_object (value));
  gtk_widget_set_visible (self->spinner, FALSE);
}

static void
on_expanded (TrestleChangeRow *self)
{
  if (self->request == NULL || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self))
      || self->describing != NULL
      || g_list_model_get_n_items (trestle_change_request_get_changes (self->request)) > 0)
    return;
  trestle_watch (self, &self->describing,
                 trestle_requests_describe (trestle_session_get_requests (self->session),
                                            trestle_change_request_get_id (self->request)),
                 on_described);
  gtk_widget_set_visible (self->spinner, TRUE);
}

/* All that AWS said, for whoever is asked for help. */
static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleChangeRow *self = TRESTLE_CHANGE_ROW (widget);
  GListModel *changes = trestle_change_request_get_changes (self->request);
  const char *failure = trestle_change_request_get_failure (self->request);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n%s\n%s\n",
                          trestle_change_request_get_name (self->request) != NULL
                              ? trestle_change_request_get_name (self->request)
                              : "",
                          trestle_change_request_get_id (self->request),
                          trestle_change_request_get_status (self->request));
  if (failure != NULL)
    g_string_append_printf (text, "%s\n", failure);
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);
      GListModel *faults = trestle_submitted_change_get_faults (change);

      g_string_append_printf (text, "%s\n", trestle_submitted_change_get_change_type (change));
      for (guint j = 0; j < g_list_model_get_n_items (faults); j++)
        {
          g_autoptr (TrestleChangeFault) fault = g_list_model_get_item (faults, j);

          g_string_append_printf (text, "  %s: %s\n", trestle_change_fault_get_code (fault),
                                  trestle_change_fault_get_message (fault));
        }
    }
  trestle_shell_copy (widget, text->str, _ ("Details copied"));
}

static void
on_cancelled (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("cancel the change set"), error);
}

static void
on_asked (gpointer owner, const GValue *value, const GError *error)
{
  TrestleChangeRow *self = owner;

  if (error != NULL || g_strcmp0 (g_value_get_string (value), "do") != 0)
    return;
  trestle_watch (self, NULL,
                 trestle_requests_cancel (trestle_session_get_requests (self->session),
                                          trestle_change_request_get_id (self->request)),
                 on_cancelled);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleChangeRow *self = TRESTLE_CHANGE_ROW (widget);
  g_autofree char *title = trestle_change_words_title (self->request);
  g_autofree char *heading = g_strdup_printf (_ ("Cancel “%s”?"), title);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      heading, _ ("Nothing of it has been applied yet. It has to be submitted "
                  "anew if you still want it.")));

  /* two buttons that both say Cancel would leave people guessing */
  adw_alert_dialog_add_responses (dialog, "keep", _ ("_Keep It"), "do", _ ("_Cancel Change Set"),
                                  NULL);
  adw_alert_dialog_set_close_response (dialog, "keep");
  adw_alert_dialog_set_default_response (dialog, "keep");
  adw_alert_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  trestle_watch_person (self, &self->ask, trestle_ask (dialog, widget), on_asked);
}

static void
trestle_change_row_dispose (GObject *object)
{
  TrestleChangeRow *self = TRESTLE_CHANGE_ROW (object);

  dex_clear (&self->describing);
  dex_clear (&self->ask);
  g_clear_object (&self->request);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_CHANGE_ROW);
  G_OBJECT_CLASS (trestle_change_row_parent_class)->dispose (object);
}

static void
trestle_change_row_class_init (TrestleChangeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_change_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-change-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeRow, badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeRow, failure_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeRow, details);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeRow, id_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeRow, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, on_expanded);
  gtk_widget_class_install_action (widget_class, "change.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "change.cancel", NULL, cancel_action);
}

static void
trestle_change_row_init (TrestleChangeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_change_row_new (TrestleSession *session, TrestleChangeRequest *request)
{
  TrestleChangeRow *self = g_object_new (TRESTLE_TYPE_CHANGE_ROW, NULL);

  self->session = g_object_ref (session);
  set_request (self, request);
  return GTK_WIDGET (self);
}

void
trestle_change_rows_sync (GtkListBox *list, TrestleSession *session, GPtrArray *requests)
{
  GListModel *all = G_LIST_MODEL (trestle_session_get_requests (session));
  GtkListBoxRow *row;

  for (guint i = 0; i < requests->len; i++)
    {
      TrestleChangeRequest *request = g_ptr_array_index (requests, i);

      row = gtk_list_box_get_row_at_index (list, (int) i);
      if (row != NULL
          && g_strcmp0 (trestle_change_request_get_id (TRESTLE_CHANGE_ROW (row)->request),
                        trestle_change_request_get_id (request))
                 == 0)
        {
          set_request (TRESTLE_CHANGE_ROW (row), request);
          trestle_change_row_tick (TRESTLE_CHANGE_ROW (row));
          continue;
        }
      row = GTK_LIST_BOX_ROW (trestle_change_row_new (session, request));
      gtk_list_box_insert (list, GTK_WIDGET (row), (int) i);
      /* What failed and stands is opened: it wants something. */
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row),
                                     trestle_change_words_stands (all, request));
    }
  while ((row = gtk_list_box_get_row_at_index (list, (int) requests->len)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}
