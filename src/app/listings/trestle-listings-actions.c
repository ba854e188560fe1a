/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-listings-actions.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-entity-draft.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-edit.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

/* What a row's menu names: "draft:NAME", or a product's identifier. */
#define DRAFT_PREFIX "draft:"

static TrestleDrafts *
get_drafts (GtkWidget *page)
{
  return trestle_session_get_drafts (trestle_shell_get_session (page));
}

static void
on_made (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("make a draft"), error);
  else
    trestle_edit_draft (owner, g_value_get_string (value), NULL);
}

static void
on_imported (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("import the draft"), error);
  else
    trestle_edit_draft (owner, g_value_get_string (value), NULL);
}

static void
new_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  trestle_watch (page, NULL, trestle_drafts_create (get_drafts (page), NULL, NULL), on_made);
}

static void
edit_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  const char *which = g_variant_get_string (parameter, NULL);

  if (g_str_has_prefix (which, DRAFT_PREFIX))
    trestle_edit_draft (page, which + strlen (DRAFT_PREFIX), NULL);
  else
    trestle_edit_product (page, which, NULL);
}

static void
publish_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  trestle_shell_open (page, "publish", g_variant_get_string (parameter, NULL));
}

static void
show_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  TrestleOwnProducts *products = trestle_session_get_own_products (
      trestle_shell_get_session (page));
  TrestleOwnProduct *product = trestle_remote_list_find (TRESTLE_REMOTE_LIST (products),
                                                         g_variant_get_string (parameter, NULL));

  /* Buyers know it by another identifier, but by the same name. */
  if (product != NULL)
    trestle_shell_open (page, "product", trestle_own_product_get_slug (product));
}

static void
copy_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  trestle_shell_copy (page, g_variant_get_string (parameter, NULL), _ ("Identifier copied"));
}

static void
on_duplicated (gpointer owner, const GValue *value, const GError *error)
{
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      trestle_shell_problem (owner, _ ("duplicate the listing"), error);
      return;
    }
  text = g_strdup_printf (_ ("“%s” is a draft of its own now"), g_value_get_string (value));
  trestle_shell_toast (owner, text);
}

/* The draft of a product that has none: what it is at AWS, without what AWS gave it. */
static DexFuture *
copy_product_cb (DexFuture *future, gpointer drafts)
{
  TrestleOwnProduct *product = g_value_get_object (dex_future_get_value (future, NULL));
  TrestleEntity *entity = trestle_own_product_get_product (product);
  TrestleEntity *offer = trestle_own_product_get_offer (product);
  g_autoptr (TrestleDraft) draft = trestle_entity_draft_new (
      (JsonNode *) trestle_entity_get_document (entity), NULL,
      offer != NULL ? (JsonNode *) trestle_entity_get_document (offer) : NULL, NULL);

  trestle_entity_draft_forget (draft);
  return trestle_drafts_create (drafts, NULL, draft);
}

static void
duplicate_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  const char *which = g_variant_get_string (parameter, NULL);
  TrestleSession *session = trestle_shell_get_session (page);
  TrestleDrafts *drafts = trestle_session_get_drafts (session);
  DexFuture *future;

  if (g_str_has_prefix (which, DRAFT_PREFIX))
    future = trestle_drafts_duplicate (drafts, which + strlen (DRAFT_PREFIX));
  else
    future = dex_future_then (
        trestle_own_products_describe (trestle_session_get_own_products (session), which),
        copy_product_cb, g_object_ref (drafts), g_object_unref);
  trestle_watch (page, NULL, future, on_duplicated);
}

static void
export_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  trestle_edit_export (page, g_variant_get_string (parameter, NULL));
}

static void
on_removed (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("delete the draft"), error);
  else
    trestle_shell_toast (owner, _ ("The draft is deleted; its history is kept"));
}

typedef struct
{
  TrestleDrafts *drafts;
  char *name;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->drafts);
  g_free (removal->name);
  g_free (removal);
}

static DexFuture *
remove_cb (DexFuture *future, gpointer data)
{
  Removal *removal = data;

  return trestle_drafts_remove (removal->drafts, removal->name);
}

static void
on_removal_ended (gpointer owner, const GValue *value, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    on_removed (owner, value, error);
}

static void
delete_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  const char *draft = g_variant_get_string (parameter, NULL);
  g_autofree char *heading = g_strdup_printf (_ ("Delete the Draft “%s”?"), draft);
  Removal *removal = g_new0 (Removal, 1);

  removal->drafts = g_object_ref (get_drafts (page));
  removal->name = g_strdup (draft);
  trestle_watch (page, NULL,
                 dex_future_then (
                     trestle_ask_to (
                         page, heading,
                         _ ("What is at AWS stays as it is. The last state of the draft is kept in "
                            "its history."),
                         _ ("_Delete Draft"), TRUE),
                     remove_cb, removal, removal_free),
                 on_removal_ended);
}

static void
on_file_chosen (GObject *dialog, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (dialog), result, &error);

  if (file != NULL && g_file_peek_path (file) != NULL && trestle_shell_get_session (page) != NULL)
    trestle_watch (page, NULL,
                   trestle_drafts_import_file (get_drafts (page), g_file_peek_path (file)),
                   on_imported);
  else if (file == NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    trestle_shell_problem (page, _ ("open the file"), error);
}

static void
import_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Drafts"));
  gtk_file_filter_add_suffix (filter, "yaml");
  gtk_file_filter_add_suffix (filter, "yml");
  gtk_file_dialog_set_title (dialog, _ ("Import Draft"));
  gtk_file_dialog_set_default_filter (dialog, filter);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (page)), NULL, on_file_chosen,
                        g_object_ref (page));
}

static void
folder_action (GtkWidget *page, const char *name, GVariant *parameter)
{
  const char *folder = trestle_drafts_get_folder (get_drafts (page));
  g_autoptr (GFile) file = folder != NULL ? g_file_new_for_path (folder) : NULL;
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  if (file != NULL)
    gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (page)), NULL, NULL, NULL);
  else
    trestle_shell_toast (page, _ ("The folder of drafts cannot be used"));
}

void
trestle_listings_actions_install (GtkWidgetClass *page_class)
{
  const struct
  {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc func;
  } actions[] = {
    { "listings.new", NULL, new_action },        { "listings.edit", "s", edit_action },
    { "listings.publish", "s", publish_action }, { "listings.show", "s", show_action },
    { "listings.copy", "s", copy_action },       { "listings.duplicate", "s", duplicate_action },
    { "listings.delete", "s", delete_action },   { "listings.import", NULL, import_action },
    { "listings.export", "s", export_action },   { "listings.folder", NULL, folder_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (page_class, actions[i].name, actions[i].type, actions[i].func);
}
