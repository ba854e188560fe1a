/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-quit-progress.h"

#include <glib/gi18n.h>

#include "endpoints/trestle-task-row.h"

struct _TrestleQuitProgress
{
  AdwAlertDialog parent_instance;

  GtkListBox *list;

  GtkWidget *window; /* (unowned): holds the dialog */
  GPtrArray *deleted;
  GPtrArray *left;
  gboolean ended;
};

G_DEFINE_FINAL_TYPE (TrestleQuitProgress, trestle_quit_progress, ADW_TYPE_ALERT_DIALOG)

/* AWS brings an endpoint up by itself; until it has been asked to, the program is needed. */
static gboolean
needs_us (TrestleTask *task)
{
  GListModel *steps = trestle_task_get_steps (task);
  guint n = g_list_model_get_n_items (steps);
  g_autoptr (TrestleStep) last = n > 0 ? g_list_model_get_item (steps, n - 1) : NULL;

  return trestle_task_get_state (task) == TRESTLE_TASK_STATE_RUNNING
         && (last == NULL || trestle_step_get_state (last) == TRESTLE_TASK_STATE_WAITING);
}

static guint
count_pending (TrestleQuitProgress *self)
{
  guint n = 0;

  for (guint i = 0; i < self->deleted->len; i++)
    n += trestle_task_get_state (self->deleted->pdata[i]) == TRESTLE_TASK_STATE_RUNNING;
  for (guint i = 0; i < self->left->len; i++)
    n += needs_us (self->left->pdata[i]);
  return n;
}

/* A deployment that was stopped ends with an error too, but it is gone. */
static guint
count_failed (TrestleQuitProgress *self)
{
  guint n = 0;

  for (guint i = 0; i < self->deleted->len; i++)
    n += trestle_task_get_state (self->deleted->pdata[i]) == TRESTLE_TASK_STATE_FAILED;
  return n;
}

static void
leave (TrestleQuitProgress *self)
{
  GtkWidget *window = self->window;

  self->ended = TRUE;
  adw_dialog_force_close (ADW_DIALOG (self));
  gtk_widget_activate_action (window, "win.leave", NULL);
}

static void
update (TrestleQuitProgress *self)
{
  guint n_pending = count_pending (self), n_failed = count_failed (self);
  g_autofree char *heading = NULL;

  if (self->ended)
    return;
  if (n_pending == 0 && n_failed == 0)
    {
      leave (self);
      return;
    }
  if (n_pending > 0)
    {
      heading = self->deleted->len > 0
                    ? g_strdup_printf (g_dngettext (NULL, "Deleting %u Thing", "Deleting %u Things",
                                                    self->deleted->len),
                                       self->deleted->len)
                    : g_strdup (_ ("Handing Over to AWS"));
      adw_alert_dialog_set_body (
          ADW_ALERT_DIALOG (self),
          self->deleted->len > 0
              ? _ ("Trestle closes when AWS is done. What is not deleted by then goes on, and costs; it is "
                   "looked after when Trestle runs again.")
              : _ ("Trestle closes as soon as AWS has all that the endpoint needs."));
    }
  else
    {
      heading = g_strdup_printf (g_dngettext (NULL, "%u Thing Could Not Be Deleted",
                                              "%u Things Could Not Be Deleted", n_failed),
                                 n_failed);
      adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self),
                                 _ ("They may go on, and cost, after Trestle is closed."));
      adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "stay", TRUE);
      adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
    }
  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), heading);
}

static void
on_response (TrestleQuitProgress *self, const char *response)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  if (g_str_equal (response, "now"))
    gtk_widget_activate_action (self->window, "win.leave", NULL);
}

static void
on_steps_changed (TrestleQuitProgress *self,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *steps)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, position + i);

      g_signal_connect_object (step, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
}

static void
watch_task (TrestleQuitProgress *self, TrestleTask *task)
{
  GListModel *steps = trestle_task_get_steps (task);
  GtkWidget *row = trestle_task_row_new (task, NULL);

  trestle_task_row_set_passive (TRESTLE_TASK_ROW (row));
  gtk_list_box_append (self->list, row);
  g_signal_connect_object (task, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (steps, "items-changed", G_CALLBACK (on_steps_changed), self,
                           G_CONNECT_SWAPPED);
  on_steps_changed (self, 0, 0, g_list_model_get_n_items (steps), steps);
}

static void
trestle_quit_progress_dispose (GObject *object)
{
  TrestleQuitProgress *self = TRESTLE_QUIT_PROGRESS (object);

  g_clear_pointer (&self->deleted, g_ptr_array_unref);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_QUIT_PROGRESS);
  G_OBJECT_CLASS (trestle_quit_progress_parent_class)->dispose (object);
}

static void
trestle_quit_progress_class_init (TrestleQuitProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_quit_progress_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-quit-progress.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitProgress, list);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
trestle_quit_progress_init (TrestleQuitProgress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
trestle_quit_progress_start (GtkWidget *window, GPtrArray *deleted, GPtrArray *left)
{
  TrestleQuitProgress *self = g_object_ref_sink (g_object_new (TRESTLE_TYPE_QUIT_PROGRESS, NULL));

  self->window = window;
  self->deleted = g_ptr_array_ref (deleted);
  self->left = g_ptr_array_ref (left);
  if (count_pending (self) == 0)
    gtk_widget_activate_action (window, "win.leave", NULL);
  else
    {
      for (guint i = 0; i < deleted->len; i++)
        watch_task (self, deleted->pdata[i]);
      for (guint i = 0; i < left->len; i++)
        watch_task (self, left->pdata[i]);
      adw_dialog_present (ADW_DIALOG (self), window);
      update (self);
    }
  g_object_unref (self);
}
