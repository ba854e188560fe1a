/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-edit.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-draft-info.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

#define FIELD_KEY "trestle-edit-field"

void
trestle_edit_draft (GtkWidget *widget, const char *name, const char *field)
{
  g_autofree char *argument = field != NULL && *field != '\0'
                                  ? g_strconcat (name, "\n", field, NULL)
                                  : g_strdup (name);

  trestle_shell_open (widget, "editor", argument);
}

typedef struct
{
  TrestleSession *session;
  char *product_id;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *self = data;

  g_object_unref (self->session);
  g_free (self->product_id);
  g_free (self);
}

static DexFuture *
import_cb (DexFuture *future, gpointer drafts)
{
  return trestle_drafts_import_product (drafts,
                                        g_value_get_object (dex_future_get_value (future, NULL)));
}

/* The folder has been read, or cannot be; then making a draft says why. */
static DexFuture *
listed_cb (DexFuture *future, gpointer data)
{
  Wanted *wanted = data;
  TrestleDrafts *drafts = trestle_session_get_drafts (wanted->session);
  g_autoptr (TrestleDraftInfo) draft = trestle_drafts_find (drafts, wanted->product_id);

  if (draft != NULL)
    return dex_future_new_take_string (g_strdup (trestle_draft_info_get_name (draft)));
  return dex_future_then (
      trestle_own_products_describe (trestle_session_get_own_products (wanted->session),
                                     wanted->product_id),
      import_cb, g_object_ref (drafts), g_object_unref);
}

static void
on_imported (gpointer owner, const GValue *value, const GError *error)
{
  g_autofree char *field = g_object_steal_data (owner, FIELD_KEY);

  if (error != NULL)
    trestle_shell_problem (owner, _ ("make a draft of the listing"), error);
  else
    trestle_edit_draft (owner, g_value_get_string (value), field);
}

void
trestle_edit_product (GtkWidget *widget, const char *product_id, const char *field)
{
  TrestleSession *session = trestle_shell_get_session (widget);
  TrestleDrafts *drafts;
  g_autoptr (TrestleDraftInfo) draft = NULL;
  Wanted *wanted;

  if (session == NULL)
    return;
  drafts = trestle_session_get_drafts (session);
  draft = trestle_drafts_find (drafts, product_id);
  if (draft != NULL)
    {
      trestle_edit_draft (widget, trestle_draft_info_get_name (draft), field);
      return;
    }
  wanted = g_new0 (Wanted, 1);
  wanted->session = g_object_ref (session);
  wanted->product_id = g_strdup (product_id);
  g_object_set_data_full (G_OBJECT (widget), FIELD_KEY, g_strdup (field), g_free);
  trestle_watch (
      widget, NULL,
      dex_future_finally (trestle_drafts_refresh (drafts), listed_cb, wanted, wanted_free),
      on_imported);
}

typedef struct
{
  GtkWidget *widget;
  char *draft;
} Export;

static void
on_exported (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("export the draft"), error);
  else
    trestle_shell_toast (owner,
                         _ ("The draft is exported, with the files that it names beside it"));
}

static void
on_place_chosen (GObject *dialog, GAsyncResult *result, gpointer data)
{
  g_autofree Export *export = data;
  g_autoptr (GtkWidget) widget = export->widget;
  g_autofree char *draft = export->draft;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (dialog), result, &error);
  TrestleSession *session = trestle_shell_get_session (widget);

  if (file != NULL && g_file_peek_path (file) != NULL && session != NULL)
    trestle_watch (widget, NULL,
                   trestle_drafts_export (trestle_session_get_drafts (session), draft,
                                          g_file_peek_path (file)),
                   on_exported);
  else if (file == NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    trestle_shell_problem (widget, _ ("export the draft"), error);
}

void
trestle_edit_export (GtkWidget *widget, const char *draft)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *base = g_path_get_basename (draft);
  g_autofree char *name = g_str_has_suffix (base, ".yaml") ? g_strdup (base)
                                                           : g_strconcat (base, ".yaml", NULL);
  Export *export = g_new0 (Export, 1);

  export->widget = g_object_ref (widget);
  export->draft = g_strdup (draft);
  gtk_file_dialog_set_title (dialog, _ ("Export Draft"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, on_place_chosen,
                        export);
}
