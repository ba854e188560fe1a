/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-bucket-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-bucket.h"
#include "domain/trestle-s3-address.h"
#include "domain/trestle-stored-object.h"
#include "packages/trestle-bucket-place.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-bucket-browser.h"

struct _TrestleBucketDialog
{
  AdwDialog parent_instance;

  GtkButton *choose_button;
  TrestleBucketPlace *place;
  GtkEditable *search;
  AdwBanner *elsewhere;
  TrestlePageState *state;
  AdwStatusPage *empty_page;
  GtkWidget *list;
  GtkSingleSelection *selection;
  GtkLabel *address;
  GtkWidget *more_button;

  TrestleBucketBrowser *browser;
  gboolean files;
  gboolean folders;
  gboolean entering; /* the keyboard goes into the list once it is there */
  char *start;       /* the key that was in the field: selected once it is seen */

  DexFuture *reading;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (TrestleBucketDialog, trestle_bucket_dialog, ADW_TYPE_DIALOG)

/* --- What a row says ------------------------------------------------------------------------ */

static gboolean
is_folder (gpointer item)
{
  return TRESTLE_IS_STORED_OBJECT (item)
         && g_str_has_suffix (trestle_stored_object_get_key (item), "/");
}

static char *
name (GObject *row, gpointer item)
{
  if (TRESTLE_IS_BUCKET (item))
    return g_strdup (trestle_bucket_get_name (item));
  return TRESTLE_IS_STORED_OBJECT (item)
             ? trestle_bucket_dup_last (trestle_stored_object_get_key (item))
             : g_strdup ("");
}

static char *
icon (GObject *row, gpointer item)
{
  return g_strdup (TRESTLE_IS_BUCKET (item) ? "drive-multidisk-symbolic"
                   : is_folder (item)       ? "folder-symbolic"
                                            : "text-x-generic-symbolic");
}

static char *
detail (GObject *row, gpointer item)
{
  g_autofree char *size = NULL;
  g_autofree char *moment = NULL;

  if (TRESTLE_IS_BUCKET (item))
    {
      moment = trestle_format_day (trestle_bucket_get_created (item));
      return g_strdup_printf (_ ("Bucket · made %s"), moment);
    }
  if (!TRESTLE_IS_STORED_OBJECT (item))
    return g_strdup ("");
  if (is_folder (item))
    return g_strdup (_ ("Folder"));
  size = g_format_size ((guint64) MAX (0, trestle_stored_object_get_size (item)));
  moment = trestle_format_today (trestle_stored_object_get_modified (item));
  return g_strdup_printf ("%s · %s", size, moment);
}

static char *
spoken (GObject *row, gpointer item)
{
  g_autofree char *first = name (row, item);
  g_autofree char *second = detail (row, item);

  return g_strdup_printf ("%s, %s", first, second);
}

/* --- Where it is ---------------------------------------------------------------------------- */

static gpointer
get_selected (TrestleBucketDialog *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static gboolean
may_choose (TrestleBucketDialog *self, gpointer item)
{
  if (item == NULL)
    return self->folders && *trestle_bucket_browser_get_bucket (self->browser) != '\0';
  return TRESTLE_IS_BUCKET (item) || is_folder (item) ? self->folders : self->files;
}

/* What cannot be chosen can still be opened. */
static void
update_choice (TrestleBucketDialog *self)
{
  gpointer item = get_selected (self);
  g_autofree char *address = NULL;
  gboolean choice, opens;

  if (self->browser == NULL)
    return;
  address = trestle_bucket_browser_dup_address (self->browser, item);
  choice = may_choose (self, item);
  opens = item != NULL && !choice && (TRESTLE_IS_BUCKET (item) || is_folder (item));
  gtk_button_set_label (self->choose_button, opens ? _ ("_Open") : _ ("C_hoose"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose_button), choice || opens);
  gtk_label_set_label (self->address, address != NULL ? address : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->address), address);
}

static void
show_elsewhere (TrestleBucketDialog *self)
{
  const char *region = trestle_bucket_browser_get_elsewhere (self->browser);
  g_autofree char *text = NULL;

  if (region != NULL)
    text = g_strdup_printf (_ ("This bucket is in %s: SageMaker reads from its own Region only"),
                            region);
  adw_banner_set_title (self->elsewhere, text != NULL ? text : "");
  adw_banner_set_revealed (self->elsewhere, text != NULL);
}

static void
show_empty (TrestleBucketDialog *self)
{
  g_autofree char *folder = trestle_bucket_browser_dup_folder (self->browser);
  gboolean searched = strlen (trestle_bucket_browser_get_prefix (self->browser)) > strlen (folder);
  gboolean buckets = *trestle_bucket_browser_get_bucket (self->browser) == '\0';

  adw_status_page_set_title (self->empty_page, searched  ? _ ("Nothing Begins So")
                                               : buckets ? _ ("No Buckets")
                                                         : _ ("Nothing in Here"));
  adw_status_page_set_description (
      self->empty_page,
      searched ? _ ("Large and small letters are different ones.")
      : buckets
          ? _ ("This account has none. One of another account is opened by its address, s3://…")
          : NULL);
}

static void
select_start (TrestleBucketDialog *self)
{
  g_autofree char *start = g_steal_pointer (&self->start);

  for (guint i = 0; start != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->browser));
       i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->browser), i);

      if (TRESTLE_IS_STORED_OBJECT (item)
          && g_strcmp0 (trestle_stored_object_get_key (TRESTLE_STORED_OBJECT (item)), start) == 0)
        gtk_single_selection_set_selected (self->selection, i);
    }
}

static void
on_read (gpointer owner, const GValue *value, const GError *error)
{
  TrestleBucketDialog *self = owner;
  const char *bucket = trestle_bucket_browser_get_bucket (self->browser);
  g_autofree char *what = NULL;

  if (trestle_error_is_cancelled (error))
    return;
  gtk_widget_set_sensitive (self->more_button, TRUE);
  gtk_widget_set_visible (self->more_button,
                          error == NULL && trestle_bucket_browser_get_more (self->browser));
  if (error != NULL)
    {
      what = *bucket != '\0' ? g_strdup_printf (_ ("list the bucket “%s”"), bucket)
                             : g_strdup (_ ("list the buckets"));
      trestle_page_state_fail (self->state, what, error);
    }
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->browser)) == 0)
    {
      show_empty (self);
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_EMPTY);
    }
  else
    {
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
      select_start (self);
      if (self->entering)
        gtk_widget_grab_focus (self->list);
    }
  self->entering = FALSE;
  show_elsewhere (self);
  update_choice (self);
}

static void
look (TrestleBucketDialog *self, const char *bucket, const char *prefix)
{
  trestle_watch (self, &self->reading, trestle_bucket_browser_open (self->browser, bucket, prefix),
                 on_read);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->browser)) == 0)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  gtk_widget_set_visible (self->more_button, FALSE);
  update_choice (self);
}

/* What stands behind the folder in @prefix is what is looked for in it. */
static void
go (TrestleBucketDialog *self, const char *bucket, const char *prefix)
{
  g_autofree char *folder = NULL;

  adw_banner_set_revealed (self->elsewhere, FALSE);
  look (self, bucket, prefix);
  folder = trestle_bucket_browser_dup_folder (self->browser);
  gtk_editable_set_text (self->search, prefix + strlen (folder));
  trestle_bucket_place_show (self->place, bucket, folder);
}

static void
on_go (TrestleBucketDialog *self, const char *bucket, const char *folder)
{
  /* the button that was pressed goes away */
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  go (self, bucket, folder);
}

/* --- What can be done ----------------------------------------------------------------------- */

static void
choose (TrestleBucketDialog *self, gpointer item)
{
  g_autofree char *address = trestle_bucket_browser_dup_address (self->browser, item);

  if (!may_choose (self, item))
    return;
  g_signal_emit (self, chosen_signal, 0, address);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
open_item (TrestleBucketDialog *self, gpointer item)
{
  g_autoptr (GObject) kept = g_object_ref (item); /* it leaves the list */
  g_autofree char *bucket = g_strdup (trestle_bucket_browser_get_bucket (self->browser));

  /* so does the row that has the keyboard; the next list gets it */
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  self->entering = TRUE;
  if (TRESTLE_IS_BUCKET (kept))
    go (self, trestle_bucket_get_name (TRESTLE_BUCKET (kept)), "");
  else if (is_folder (kept))
    go (self, bucket, trestle_stored_object_get_key (TRESTLE_STORED_OBJECT (kept)));
  else
    choose (self, kept);
}

static void
on_activated (TrestleBucketDialog *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    open_item (self, item);
}

static void
on_choose (TrestleBucketDialog *self)
{
  gpointer item = get_selected (self);

  if (item != NULL && !may_choose (self, item))
    open_item (self, item);
  else
    choose (self, item);
}

static void
on_more (TrestleBucketDialog *self)
{
  gtk_widget_set_sensitive (self->more_button, FALSE);
  trestle_watch (self, &self->reading, trestle_bucket_browser_read_more (self->browser), on_read);
}

static void
on_retry (TrestleBucketDialog *self)
{
  g_autofree char *bucket = g_strdup (trestle_bucket_browser_get_bucket (self->browser));
  g_autofree char *prefix = g_strdup (trestle_bucket_browser_get_prefix (self->browser));

  look (self, bucket, prefix);
}

static void
on_search_changed (TrestleBucketDialog *self)
{
  const char *text = gtk_editable_get_text (self->search);
  g_autofree char *bucket = g_strdup (trestle_bucket_browser_get_bucket (self->browser));
  g_autofree char *folder = trestle_bucket_browser_dup_folder (self->browser);
  g_autofree char *prefix = g_strconcat (folder, text, NULL);

  /* an address is gone to once it is all there */
  if (g_str_has_prefix (text, "s3:")
      || g_str_equal (prefix, trestle_bucket_browser_get_prefix (self->browser)))
    return;
  /* with a `/` it is a folder that was typed */
  if (strchr (text, '/') != NULL && *bucket != '\0')
    go (self, bucket, prefix);
  else
    look (self, bucket, prefix);
}

/* An address; of buckets a name, whether it is listed or not; else what was found. */
static void
on_search_activated (TrestleBucketDialog *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->search));
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;
  g_autofree char *named = g_strconcat ("s3://", text, NULL);
  gboolean buckets = *trestle_bucket_browser_get_bucket (self->browser) == '\0';

  g_strstrip (text);
  if (trestle_s3_address_split (text, &bucket, &key)
      || (buckets && *text != '\0' && trestle_s3_address_split (named, &bucket, &key)))
    go (self, bucket, key);
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->browser)) == 1)
    on_activated (self, 0);
  else
    gtk_widget_grab_focus (self->list);
}

static void
up_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TrestleBucketDialog *self = TRESTLE_BUCKET_DIALOG (widget);
  g_autofree char *bucket = g_strdup (trestle_bucket_browser_get_bucket (self->browser));
  g_autofree char *folder = trestle_bucket_browser_dup_folder (self->browser);
  char *end;

  if (*bucket == '\0')
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  if (*folder == '\0')
    {
      go (self, "", "");
      return;
    }
  folder[strlen (folder) - 1] = '\0';
  end = strrchr (folder, '/');
  if (end != NULL)
    end[1] = '\0';
  go (self, bucket, end != NULL ? folder : "");
}

/* --- Object --------------------------------------------------------------------------------- */

static void
trestle_bucket_dialog_dispose (GObject *object)
{
  TrestleBucketDialog *self = TRESTLE_BUCKET_DIALOG (object);

  dex_clear (&self->reading);
  g_clear_object (&self->browser);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_BUCKET_DIALOG);
  g_clear_pointer (&self->start, g_free);
  G_OBJECT_CLASS (trestle_bucket_dialog_parent_class)->dispose (object);
}

static void
trestle_bucket_dialog_class_init (TrestleBucketDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_BUCKET_PLACE);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_bucket_dialog_dispose;
  chosen_signal = g_signal_new ("chosen", TRESTLE_TYPE_BUCKET_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-bucket-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, place);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, search);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, empty_page);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, selection);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, address);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketDialog, more_button);
  gtk_widget_class_bind_template_callback (widget_class, name);
  gtk_widget_class_bind_template_callback (widget_class, icon);
  gtk_widget_class_bind_template_callback (widget_class, detail);
  gtk_widget_class_bind_template_callback (widget_class, spoken);
  gtk_widget_class_bind_template_callback (widget_class, update_choice);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_more);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_install_action (widget_class, "bucket.up", NULL, up_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "bucket.up", NULL);
}

static void
trestle_bucket_dialog_init (TrestleBucketDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_bucket_dialog_new (TrestleSession *session,
                           const char *title,
                           const char *address,
                           gboolean files,
                           gboolean folders)
{
  TrestleBucketDialog *self = g_object_new (TRESTLE_TYPE_BUCKET_DIALOG, "title", title, NULL);
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  self->files = files;
  self->folders = folders;
  self->browser = trestle_bucket_browser_new (session);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->browser));
  if (!trestle_s3_address_split (address, &bucket, &key))
    go (self, "", "");
  else
    {
      char *end = strrchr (key, '/');

      self->start = g_strdup (key);
      if (end != NULL)
        end[1] = '\0';
      go (self, bucket, end != NULL ? key : "");
    }
  return GTK_WIDGET (self);
}
