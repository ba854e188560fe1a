/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-logo-group.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-draft-shop.h"
#include "editor/trestle-logo-file.h"
#include "widgets/trestle-draft-binding.h"
#include "widgets/trestle-draft-entry.h"
#include "widgets/trestle-draft-logo.h"
#include "widgets/trestle-pictures.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-watch.h"

#define PATH "Product.LogoUrl"
#define LARGE 2048

struct _TrestleLogoGroup
{
  AdwPreferencesGroup parent_instance;

  TrestleTile *tile;
  GtkLabel *name;
  GtkLabel *size;
  GtkWidget *choose;
  GtkWidget *crop;

  TrestleSession *session;
  TrestleDraftBinding *binding;
  char *shown; /* where the picture is that is shown */
  DexFuture *load;
  DexFuture *work;
};

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_SESSION,
  PROP_PATH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleLogoGroup, trestle_logo_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_file (TrestleLogoGroup *self)
{
  const char *logo = trestle_draft_binding_get_text (self->binding);

  return *logo != '\0' && strstr (logo, "://") == NULL;
}

static void
on_loaded (gpointer owner, const GValue *value, const GError *error)
{
  TrestleLogoGroup *self = owner;
  GdkTexture *texture = error == NULL ? g_value_get_object (value) : NULL;
  g_autofree char *size = NULL;
  int width, height;

  if (texture == NULL)
    {
      gtk_label_set_label (self->size, _ ("The picture cannot be read"));
      return;
    }
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  size = g_strdup_printf (_ ("%d × %d pixels"), width, height);
  gtk_label_set_label (self->size, size);
  gtk_widget_set_visible (self->crop, is_file (self) && width != height);
}

static void
update (TrestleLogoGroup *self)
{
  TrestleOpenDraft *open_draft = trestle_draft_binding_get_open_draft (self->binding);
  const char *logo = trestle_draft_binding_get_text (self->binding);
  g_autofree char *uri = open_draft != NULL ? trestle_draft_logo_dup_uri (open_draft) : NULL;
  g_autoptr (TrestleListing) listing = NULL;

  if (open_draft == NULL)
    return;
  if (g_strcmp0 (uri, self->shown) == 0 && self->shown != NULL)
    return;
  g_set_str (&self->shown, uri);
  listing = trestle_draft_shop_listing (trestle_open_draft_get_draft (open_draft), NULL, uri);
  trestle_tile_set_listing (self->tile, listing);
  gtk_label_set_label (self->name, *logo != '\0' ? logo : _ ("Drop a picture here"));
  gtk_label_set_label (self->size, "");
  gtk_widget_set_visible (self->crop, FALSE);
  dex_clear (&self->load);
  if (uri != NULL && self->session != NULL)
    trestle_watch (self, &self->load, trestle_pictures_load (self->session, uri, LARGE, LARGE),
                   on_loaded);
}

/* Size, ratio and ground are the linter's to judge, which reads the file. */
static void
on_written (gpointer owner, const GValue *value, const GError *error)
{
  TrestleLogoGroup *self = owner;
  TrestleOpenDraft *open_draft = trestle_draft_binding_get_open_draft (self->binding);

  gtk_widget_set_sensitive (self->choose, TRUE);
  gtk_widget_set_sensitive (self->crop, TRUE);
  if (error != NULL)
    {
      trestle_shell_problem (GTK_WIDGET (self), _ ("take the logo"), error);
      return;
    }
  trestle_draft_binding_set_text (self->binding, g_value_get_string (value));
  trestle_future_report (trestle_open_draft_check (open_draft), "check the logo");
}

static void
begin (TrestleLogoGroup *self, DexFuture *future)
{
  gtk_widget_set_sensitive (self->choose, FALSE);
  gtk_widget_set_sensitive (self->crop, FALSE);
  trestle_watch (self, &self->work, future, on_written);
}

void
trestle_logo_group_take (TrestleLogoGroup *self, GFile *file)
{
  TrestleOpenDraft *open_draft;

  g_return_if_fail (TRESTLE_IS_LOGO_GROUP (self));

  open_draft = trestle_draft_binding_get_open_draft (self->binding);
  if (open_draft != NULL)
    begin (self, trestle_logo_file_import (file, trestle_open_draft_get_path (open_draft)));
}

static void
on_crop (TrestleLogoGroup *self)
{
  TrestleOpenDraft *open_draft = trestle_draft_binding_get_open_draft (self->binding);

  begin (self, trestle_logo_file_crop (trestle_draft_binding_get_text (self->binding),
                                       trestle_open_draft_get_path (open_draft)));
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleLogoGroup) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    trestle_logo_group_take (self, file);
}

static void
on_choose (TrestleLogoGroup *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose a Logo"));
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/gif");
  gtk_file_dialog_set_default_filter (dialog, filter);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, open_cb,
                        g_object_ref (self));
}

static gboolean
on_drop (TrestleLogoGroup *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  trestle_logo_group_take (self, files->data);
  return TRUE;
}

static gboolean
trestle_logo_group_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TRESTLE_LOGO_GROUP (widget)->choose);
}

static void
trestle_logo_group_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleLogoGroup *self = TRESTLE_LOGO_GROUP (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      g_value_set_object (value, trestle_draft_binding_get_open_draft (self->binding));
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_PATH:
      g_value_set_string (value, PATH);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_logo_group_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleLogoGroup *self = TRESTLE_LOGO_GROUP (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      trestle_draft_binding_set_open_draft (self->binding, g_value_get_object (value));
      break;
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      g_clear_pointer (&self->shown, g_free);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_logo_group_dispose (GObject *object)
{
  TrestleLogoGroup *self = TRESTLE_LOGO_GROUP (object);

  dex_clear (&self->load);
  dex_clear (&self->work);
  if (self->binding != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->binding, self);
      trestle_draft_binding_set_open_draft (self->binding, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_LOGO_GROUP);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (trestle_logo_group_parent_class)->dispose (object);
}

static void
trestle_logo_group_finalize (GObject *object)
{
  g_clear_object (&TRESTLE_LOGO_GROUP (object)->binding);
  G_OBJECT_CLASS (trestle_logo_group_parent_class)->finalize (object);
}

static void
trestle_logo_group_class_init (TrestleLogoGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (TRESTLE_TYPE_DRAFT_ENTRY);
  g_type_ensure (TRESTLE_TYPE_TILE);
  object_class->dispose = trestle_logo_group_dispose;
  object_class->finalize = trestle_logo_group_finalize;
  object_class->get_property = trestle_logo_group_get_property;
  object_class->set_property = trestle_logo_group_set_property;
  widget_class->grab_focus = trestle_logo_group_grab_focus;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT, flags);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TRESTLE_TYPE_SESSION,
                                                  flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/editor/trestle-logo-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleLogoGroup, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogoGroup, name);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogoGroup, size);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogoGroup, choose);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogoGroup, crop);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_crop);
}

static void
trestle_logo_group_init (TrestleLogoGroup *self)
{
  GtkDropTarget *target;

  self->binding = trestle_draft_binding_new ();
  trestle_draft_binding_set_path (self->binding, PATH);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->binding, "changed", G_CALLBACK (update), self);
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
