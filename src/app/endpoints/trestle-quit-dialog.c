/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-quit-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "endpoints/trestle-endpoint-words.h"
#include "endpoints/trestle-quit-progress.h"
#include "endpoints/trestle-quit-row.h"
#include "widgets/trestle-format.h"

#define NARROW_WIDTH 460

struct _TrestleQuitDialog
{
  AdwAlertDialog parent_instance;

  GtkListBox *list;
  GtkWidget *sum_row;
  GtkLabel *sum_label;
  GtkLabel *sum;

  TrestleSession *session;
  GtkWidget *window; /* (weak): a dialog that is closed has no root any more */
  GPtrArray *rows;   /* (element-type TrestleQuitRow) (unowned) */
};

G_DEFINE_FINAL_TYPE (TrestleQuitDialog, trestle_quit_dialog, ADW_TYPE_ALERT_DIALOG)

/* --- What costs ----------------------------------------------------------------------------- */

/* What others made in the account is theirs to keep or delete. */
static gboolean
is_ours (TrestleSession *session, TrestleEndpoint *endpoint)
{
  return trestle_endpoint_bills (endpoint)
         && g_strcmp0 (trestle_endpoint_get_session_tag (endpoint),
                       trestle_session_get_tag (session))
                == 0;
}

/* A deployment that has no endpoint in the list yet. */
static gboolean
is_deployment (TrestleSession *session, TrestleTask *task)
{
  return trestle_task_get_plan (task) != NULL
         && trestle_task_get_state (task) == TRESTLE_TASK_STATE_RUNNING
         && !trestle_task_is_stopping (task)
         && trestle_endpoints_find (trestle_session_get_endpoints (session),
                                    trestle_task_get_subject (task))
                == NULL;
}

gboolean
trestle_quit_dialog_is_needed (TrestleSession *session)
{
  GListModel *endpoints = G_LIST_MODEL (trestle_session_get_endpoints (session));
  GListModel *tasks = trestle_session_get_tasks (session);

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      if (is_ours (session, endpoint))
        return TRUE;
    }
  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);

      if (is_deployment (session, task))
        return TRUE;
    }
  return FALSE;
}

/* Adds where the currencies agree. */
static void
add_money (TrestleMoney **sum, TrestleMoney *amount)
{
  g_autoptr (TrestleMoney) taken = amount;
  TrestleMoney *next;

  if (taken == NULL)
    return;
  next = *sum != NULL ? trestle_money_add (*sum, taken, NULL) : trestle_money_copy (taken);
  if (next == NULL)
    return;
  g_clear_pointer (sum, trestle_money_free);
  *sum = next;
}

/* --- Words ---------------------------------------------------------------------------------- */

/* The button says what it will do. */
static void
update_button (TrestleQuitDialog *self)
{
  g_autofree char *label = NULL;
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += trestle_quit_row_get_active (self->rows->pdata[i]);
  label = n == self->rows->len ? g_strdup (_ ("_Delete and Quit"))
                               : g_strdup_printf (_ ("_Delete %u and Quit"), n);
  adw_alert_dialog_set_response_label (ADW_ALERT_DIALOG (self), "delete", label);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "delete", n > 0);
}

/* To each delete-by time; what has none is told by the day. */
static void
update_sum (TrestleQuitDialog *self)
{
  g_autoptr (TrestleMoney) until = NULL;
  g_autoptr (TrestleMoney) daily = NULL;
  gint64 now = trestle_clock_now ();
  guint n = self->rows->len;

  for (guint i = 0; i < n; i++)
    {
      TrestleEndpoint *endpoint = trestle_quit_row_get_endpoint (self->rows->pdata[i]);
      gint64 due = endpoint != NULL ? trestle_endpoint_get_delete_by (endpoint) : 0;

      if (endpoint == NULL)
        continue;
      if (due != 0)
        add_money (&until, trestle_cost_between (trestle_endpoint_get_hourly (endpoint), now, due));
      else
        add_money (&daily, trestle_cost_between (trestle_endpoint_get_hourly (endpoint), now,
                                                 now + TRESTLE_DAY));
    }

  gtk_widget_set_visible (self->sum_row, until != NULL || daily != NULL);
  if (daily != NULL)
    {
      g_autofree char *a_day = trestle_format_amount (daily);
      g_autofree char *then = trestle_format_amount (until);
      g_autofree char *text = until != NULL ? g_strdup_printf (_ ("%s and %s a day"), then, a_day)
                                            : g_strdup_printf (_ ("%s a day"), a_day);

      gtk_label_set_label (self->sum_label,
                           n == 1 ? _ ("If it is left running") : _ ("If all are left running"));
      gtk_label_set_label (self->sum, text);
    }
  else
    {
      g_autofree char *text = trestle_format_amount (until);

      gtk_label_set_label (self->sum_label, n == 1   ? _ ("If it is left until then")
                                            : n == 2 ? _ ("If both are left until then")
                                                     : _ ("If all are left until then"));
      gtk_label_set_label (self->sum, text);
    }
}

static void
update_heading (TrestleQuitDialog *self)
{
  guint n = self->rows->len;
  g_autoptr (TrestleMoney) hourly = NULL;
  g_autofree char *count = g_strdup_printf (
      g_dngettext (NULL, "%u still running", "%u still running", n), n);
  g_autofree char *price = NULL;
  g_autofree char *heading = NULL;

  for (guint i = 0; i < n; i++)
    {
      TrestleEndpoint *endpoint = trestle_quit_row_get_endpoint (self->rows->pdata[i]);
      const TrestleMoney *one = endpoint != NULL ? trestle_endpoint_get_hourly (endpoint) : NULL;

      add_money (&hourly, one != NULL ? trestle_money_copy (one) : NULL);
    }
  price = trestle_format_hourly (hourly);
  heading = *price != '\0' ? g_strdup_printf ("%s · %s", count, price) : g_strdup (count);
  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), heading);
}

static void
add_row (TrestleQuitDialog *self, GtkWidget *row)
{
  g_signal_connect_object (row, "notify::active", G_CALLBACK (update_button), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill (TrestleQuitDialog *self)
{
  GListModel *endpoints = G_LIST_MODEL (trestle_session_get_endpoints (self->session));
  GListModel *tasks = trestle_session_get_tasks (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      if (is_ours (self->session, endpoint))
        add_row (self, trestle_quit_row_new_for_endpoint (endpoint));
    }
  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);

      if (is_deployment (self->session, task))
        add_row (self, trestle_quit_row_new_for_task (task));
    }
  update_heading (self);
  update_sum (self);
  update_button (self);
}

/* --- Leaving -------------------------------------------------------------------------------- */

/* What is being deployed is stopped and undone by its own task; what runs is deleted. */
static TrestleTask *
start_deletion (TrestleQuitDialog *self, const char *name)
{
  TrestleTask *task = trestle_tasks_find_running (self->session, name);

  if (task == NULL)
    return trestle_endpoints_delete (trestle_session_get_endpoints (self->session), name, FALSE);
  trestle_task_stop (task);
  return g_object_ref (task);
}

static void
leave (TrestleQuitDialog *self, gboolean delete)
{
  g_autoptr (GPtrArray) deleted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *name = trestle_quit_row_get_name (self->rows->pdata[i]);
      TrestleTask *task = trestle_tasks_find_deployment (self->session, name);

      if (delete && trestle_quit_row_get_active (self->rows->pdata[i]))
        g_ptr_array_add (deleted, start_deletion (self, name));
      else if (task != NULL && trestle_task_get_state (task) == TRESTLE_TASK_STATE_RUNNING)
        g_ptr_array_add (left, g_object_ref (task));
    }
  trestle_quit_progress_start (self->window, deleted, left);
}

static void
on_response (TrestleQuitDialog *self, const char *response)
{
  if (!g_str_equal (response, "cancel") && self->window != NULL)
    leave (self, g_str_equal (response, "delete"));
}

static void
on_row_activated (TrestleQuitDialog *self, GtkListBoxRow *row)
{
  trestle_quit_row_toggle (TRESTLE_QUIT_ROW (row));
}

/* An alert loses its natural height to a breakpoint of its own, so the window's width decides. */
static void
trestle_quit_dialog_map (GtkWidget *widget)
{
  TrestleQuitDialog *self = TRESTLE_QUIT_DIALOG (widget);
  gboolean narrow;

  g_set_weak_pointer (&self->window, GTK_WIDGET (gtk_widget_get_root (widget)));
  narrow = gtk_widget_get_width (self->window) < NARROW_WIDTH;
  for (guint i = 0; i < self->rows->len; i++)
    trestle_quit_row_set_narrow (self->rows->pdata[i], narrow);
  GTK_WIDGET_CLASS (trestle_quit_dialog_parent_class)->map (widget);
}

static void
trestle_quit_dialog_dispose (GObject *object)
{
  TrestleQuitDialog *self = TRESTLE_QUIT_DIALOG (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_QUIT_DIALOG);
  G_OBJECT_CLASS (trestle_quit_dialog_parent_class)->dispose (object);
}

static void
trestle_quit_dialog_class_init (TrestleQuitDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_quit_dialog_dispose;
  widget_class->map = trestle_quit_dialog_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-quit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitDialog, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitDialog, sum_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitDialog, sum_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitDialog, sum);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
trestle_quit_dialog_init (TrestleQuitDialog *self)
{
  self->rows = g_ptr_array_new ();
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
