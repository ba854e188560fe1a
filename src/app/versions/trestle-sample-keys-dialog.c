/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-sample-keys-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-sample-keys.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-version-samples.h"

struct _TrestleSampleKeysDialog
{
  AdwDialog parent_instance;

  GtkButton *add_button;
  TrestlePageState *state;
  TrestleFindingStrip *strip;
  GtkCheckButton *all;
  GtkListBox *list;

  TrestleSession *session;
  TrestleOpenDraft *open_draft;
  char *path;
  GListModel *keys;  /* those that the list lacks */
  GPtrArray *checks; /* of them, in order; unowned */
  gboolean checking;

  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (TrestleSampleKeysDialog, trestle_sample_keys_dialog, ADW_TYPE_DIALOG)

static TrestleDraft *
get_draft (TrestleSampleKeysDialog *self)
{
  return trestle_open_draft_get_draft (self->open_draft);
}

static guint
count_checked (TrestleSampleKeysDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->checks->len; i++)
    n += gtk_check_button_get_active (self->checks->pdata[i]) ? 1 : 0;
  return n;
}

static void
show_room (TrestleSampleKeysDialog *self, guint n, guint room)
{
  g_autofree char *title = NULL;

  if (n > room)
    title = g_strdup_printf (
        g_dngettext (NULL, "%u more parameter fits", "%u more parameters fit", room), room);
  trestle_finding_strip_set_words (self->strip, TRESTLE_TONE_WARNING, title,
                                   _ ("AWS takes no more than that. Leave some out."));
}

static void
update (TrestleSampleKeysDialog *self)
{
  guint n = count_checked (self);
  guint room = trestle_sample_keys_room (get_draft (self), self->path);
  g_autofree char *label = NULL;

  if (self->checking)
    return;
  self->checking = TRUE;
  gtk_check_button_set_active (self->all, n > 0 && n == self->checks->len);
  gtk_check_button_set_inconsistent (self->all, n > 0 && n < self->checks->len);
  self->checking = FALSE;
  label = n > 0 ? g_strdup_printf (g_dngettext (NULL, "_Add %u", "_Add %u", n), n)
                : g_strdup (_ ("_Add"));
  gtk_button_set_label (self->add_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), n > 0 && n <= room);
  show_room (self, n, room);
}

static void
on_all (TrestleSampleKeysDialog *self)
{
  gboolean active = gtk_check_button_get_active (self->all);

  if (self->checking)
    return;
  self->checking = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i], active);
  self->checking = FALSE;
  update (self);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestleSampleKeysDialog *self = data;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), trestle_sample_key_get_name (item));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), trestle_sample_key_get_constraints (item));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_ptr_array_add (self->checks, check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

static void
on_keys (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSampleKeysDialog *self = owner;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("read the sample"), error);
      return;
    }
  g_clear_object (&self->keys);
  self->keys = trestle_sample_keys_filter (g_value_get_object (value), get_draft (self),
                                           self->path);
  g_ptr_array_set_size (self->checks, 0);
  gtk_list_box_bind_model (self->list, self->keys, create_row, self, NULL);
  trestle_page_state_set_state (self->state,
                                self->checks->len > 0 ? TRESTLE_PAGE_CONTENT : TRESTLE_PAGE_EMPTY);
  update (self);
}

static void
on_retry (TrestleSampleKeysDialog *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  trestle_watch (self, &self->reading,
                 trestle_version_sample_keys (self->session, get_draft (self), self->path),
                 on_keys);
}

static void
on_add (TrestleSampleKeysDialog *self)
{
  g_autoptr (GListStore) chosen = g_list_store_new (TRESTLE_TYPE_SAMPLE_KEY);

  for (guint i = 0; i < self->checks->len; i++)
    {
      g_autoptr (TrestleSampleKey) key = g_list_model_get_item (self->keys, i);

      if (gtk_check_button_get_active (self->checks->pdata[i]))
        g_list_store_append (chosen, key);
    }
  trestle_sample_keys_add (get_draft (self), self->path, G_LIST_MODEL (chosen));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
trestle_sample_keys_dialog_dispose (GObject *object)
{
  TrestleSampleKeysDialog *self = TRESTLE_SAMPLE_KEYS_DIALOG (object);

  dex_clear (&self->reading);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SAMPLE_KEYS_DIALOG);
  g_clear_object (&self->keys);
  g_clear_object (&self->open_draft);
  g_clear_object (&self->session);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (trestle_sample_keys_dialog_parent_class)->dispose (object);
}

static void
trestle_sample_keys_dialog_class_init (TrestleSampleKeysDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_sample_keys_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/versions/trestle-sample-keys-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleKeysDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleKeysDialog, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleKeysDialog, strip);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleKeysDialog, all);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleKeysDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
trestle_sample_keys_dialog_init (TrestleSampleKeysDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
trestle_sample_keys_dialog_new (TrestleSession *session,
                                TrestleOpenDraft *open_draft,
                                const char *path)
{
  TrestleSampleKeysDialog *self = g_object_new (TRESTLE_TYPE_SAMPLE_KEYS_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->open_draft = g_object_ref (open_draft);
  self->path = g_strdup (path);
  on_retry (self);
  return ADW_DIALOG (self);
}
