/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-quit-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-watch.h"

struct _TrestleQuitDialog
{
  AdwAlertDialog parent_instance;

  GtkListBox *list;
  GtkWidget *sum_row;
  GtkLabel *sum_label;
  GtkLabel *sum;

  TrestleSession *session;
  GPtrArray *checks; /* (element-type GtkCheckButton), with their endpoint as data */
};

G_DEFINE_FINAL_TYPE (TrestleQuitDialog, trestle_quit_dialog, ADW_TYPE_ALERT_DIALOG)

static TrestleEndpoint *
endpoint_of (GtkWidget *check)
{
  return g_object_get_data (G_OBJECT (check), "endpoint");
}

static guint
count_chosen (TrestleQuitDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->checks->len; i++)
    n += gtk_check_button_get_active (self->checks->pdata[i]);
  return n;
}

/* The button says what it will do. */
static void
update (TrestleQuitDialog *self)
{
  guint n = count_chosen (self);
  g_autofree char *label = NULL;

  if (n == self->checks->len)
    label = g_strdup (_ ("_Delete and Quit"));
  else
    label = g_strdup_printf (_ ("_Delete %u and Quit"), n);
  adw_alert_dialog_set_response_label (ADW_ALERT_DIALOG (self), "delete", label);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "delete", n > 0);
}

/* Returns: (transfer full) (nullable): what @endpoint costs until its delete-by */
static TrestleMoney *
cost_until_end (TrestleEndpoint *endpoint)
{
  const TrestleMoney *hourly = trestle_endpoint_get_hourly (endpoint);
  gint64 left = trestle_endpoint_get_delete_by (endpoint) - trestle_clock_now ();

  if (hourly == NULL || trestle_endpoint_get_delete_by (endpoint) == 0)
    return NULL;
  return trestle_money_scale (hourly, MAX (left, 0) / TRESTLE_SECOND, 3600);
}

static void
add_endpoint (TrestleQuitDialog *self, TrestleEndpoint *endpoint)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *tile = trestle_tile_new (32);
  g_autofree char *hourly = trestle_format_hourly (trestle_endpoint_get_hourly (endpoint));
  g_autoptr (TrestleMoney) rest = cost_until_end (endpoint);
  g_autofree char *subtitle = NULL;
  g_autofree char *name = g_strdup_printf (_ ("Delete %s"), trestle_endpoint_get_name (endpoint));
  GtkWidget *price = gtk_label_new (hourly);

  if (trestle_endpoint_get_delete_by (endpoint) > 0)
    {
      g_autofree char *when = trestle_format_moment (trestle_endpoint_get_delete_by (endpoint));
      g_autofree char *amount = trestle_format_amount (rest);

      subtitle = rest != NULL ? g_strdup_printf (_ ("Deletes itself %s, %s more"), when, amount)
                              : g_strdup_printf (_ ("Deletes itself %s"), when);
    }
  else
    subtitle = g_strdup (_ ("Runs until you delete it"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), trestle_endpoint_get_name (endpoint));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  trestle_tile_set_listing_id (TRESTLE_TILE (tile), trestle_endpoint_get_listing_id (endpoint),
                               trestle_endpoint_get_name (endpoint));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tile);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (check), "endpoint", g_object_ref (endpoint), g_object_unref);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_add_css_class (price, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), price);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->checks, check);
}

static void
fill (TrestleQuitDialog *self)
{
  GListModel *endpoints = G_LIST_MODEL (trestle_session_get_endpoints (self->session));
  g_autoptr (TrestleMoney) hourly = NULL;
  g_autoptr (TrestleMoney) until = NULL;
  g_autoptr (TrestleMoney) day = NULL;
  g_autofree char *price = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *amount = NULL;
  gboolean endless = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);
      g_autoptr (TrestleMoney) rest = NULL;

      if (trestle_endpoint_get_state (endpoint) != TRESTLE_ENDPOINT_STATE_IN_SERVICE
          && trestle_endpoint_get_state (endpoint) != TRESTLE_ENDPOINT_STATE_UPDATING)
        continue;
      add_endpoint (self, endpoint);
      endless = endless || trestle_endpoint_get_delete_by (endpoint) == 0;
      rest = cost_until_end (endpoint);
      if (rest != NULL)
        {
          g_autoptr (TrestleMoney) before = g_steal_pointer (&until);

          until = before != NULL ? trestle_money_add (before, rest, NULL)
                                 : trestle_money_copy (rest);
        }
    }

  g_object_get (endpoints, "hourly", &hourly, NULL);
  price = trestle_format_hourly (hourly);
  heading = g_strdup_printf (g_dngettext (NULL, "%u thing is still running",
                                          "%u things are still running", self->checks->len),
                             self->checks->len);
  if (*price != '\0' && !trestle_money_is_zero (hourly))
    {
      g_autofree char *plain = g_steal_pointer (&heading);

      heading = g_strdup_printf ("%s · %s", plain, price);
    }
  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), heading);

  if (endless && hourly != NULL)
    {
      day = trestle_money_scale (hourly, 24, 1);
      amount = trestle_format_amount (day);
      gtk_label_set_label (self->sum_label, _ ("If left running, a day"));
    }
  else
    {
      amount = trestle_format_amount (until);
      gtk_label_set_label (self->sum_label,
                           self->checks->len == 2   ? _ ("If both are left until then")
                           : self->checks->len == 1 ? _ ("If it is left until then")
                                                    : _ ("If all are left until then"));
    }
  gtk_label_set_label (self->sum, amount);
  gtk_widget_set_visible (self->sum_row, hourly != NULL && !trestle_money_is_zero (hourly));
  update (self);
}

/* --- Leaving -------------------------------------------------------------------------------- */

static void
on_all_deleted (gpointer owner, const GValue *value, const GError *error)
{
  GtkWindow *window = owner;
  GtkApplication *application = gtk_window_get_application (window);

  if (error != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (window), TRUE);
      trestle_shell_problem (GTK_WIDGET (window), _ ("delete what was running"), error);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "win.leave", NULL);
  if (application != NULL)
    g_application_release (G_APPLICATION (application));
}

/* The window goes at once; the program stays until AWS has taken the last deletion. */
static void
delete_and_leave (TrestleQuitDialog *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (self->session);
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < self->checks->len; i++)
    {
      g_autoptr (TrestleTask) task = NULL;

      if (!gtk_check_button_get_active (self->checks->pdata[i]))
        continue;
      task = trestle_endpoints_delete (
          endpoints, trestle_endpoint_get_name (endpoint_of (self->checks->pdata[i])), FALSE);
      g_ptr_array_add (futures, trestle_task_wait (task));
    }
  if (futures->len == 0)
    return;

  g_application_hold (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))));
  trestle_watch (window, NULL, dex_future_allv ((DexFuture **) futures->pdata, futures->len),
                 on_all_deleted);
  gtk_widget_set_visible (window, FALSE);
}

static void
on_response (TrestleQuitDialog *self, const char *response)
{
  if (g_str_equal (response, "leave"))
    gtk_widget_activate_action (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), "win.leave",
                                NULL);
  else if (g_str_equal (response, "delete"))
    delete_and_leave (self);
}

static void
trestle_quit_dialog_dispose (GObject *object)
{
  TrestleQuitDialog *self = TRESTLE_QUIT_DIALOG (object);

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_QUIT_DIALOG);
  G_OBJECT_CLASS (trestle_quit_dialog_parent_class)->dispose (object);
}

static void
trestle_quit_dialog_class_init (TrestleQuitDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_quit_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-quit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitDialog, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitDialog, sum_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitDialog, sum_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitDialog, sum);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
trestle_quit_dialog_init (TrestleQuitDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_quit_dialog_new (TrestleSession *session, const char *argument)
{
  TrestleQuitDialog *self = g_object_new (TRESTLE_TYPE_QUIT_DIALOG, NULL);

  self->session = g_object_ref (session);
  fill (self);
  return GTK_WIDGET (self);
}
