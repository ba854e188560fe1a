/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-file-item.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "media/trestle-content-type.h"
#include "media/trestle-picture.h"
#include "widgets/trestle-watch.h"

/* Above the largest route (asynchronous calls from S3 aside) nothing is read into memory. */
#define MAX_BYTES (128 * 1024 * 1024)
#define THUMBNAIL_WIDTH 88
#define THUMBNAIL_HEIGHT 64

struct _TrestleFileItem
{
  GObject parent_instance;

  char *name;
  char *url;
  GFile *file;
  TrestleSession *session;
  GBytes *bytes;
  char *content_type;
  GdkTexture *thumbnail;
  char *mark;
  char *mark_text;
  DexFuture *loading;
  DexFuture *decoding;
};

G_DEFINE_FINAL_TYPE (TrestleFileItem, trestle_file_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_FACTS,
  PROP_ICON_NAME,
  PROP_THUMBNAIL,
  PROP_MARK,
  PROP_MARK_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
dup_facts (TrestleFileItem *self)
{
  g_autofree char *size = self->bytes ? g_format_size (g_bytes_get_size (self->bytes)) : NULL;

  if (self->url != NULL)
    return size ? g_strdup_printf (_ ("%s · sample"), size) : g_strdup (_ ("sample"));
  if (self->file == NULL)
    return size ? g_strdup_printf (_ ("%s · clipboard"), size) : g_strdup (_ ("clipboard"));
  return size ? g_steal_pointer (&size) : g_strdup ("");
}

static const char *
get_icon_name (TrestleFileItem *self)
{
  switch (trestle_content_type_get_family (self->content_type))
    {
    case TRESTLE_CONTENT_PICTURE:
      return "image-x-generic-symbolic";
    case TRESTLE_CONTENT_SOUND:
      return "audio-x-generic-symbolic";
    case TRESTLE_CONTENT_VIDEO:
      return "video-x-generic-symbolic";
    case TRESTLE_CONTENT_TABLE:
      return "x-office-spreadsheet-symbolic";
    case TRESTLE_CONTENT_JSON:
    case TRESTLE_CONTENT_TEXT:
      return "text-x-generic-symbolic";
    case TRESTLE_CONTENT_BINARY:
    default:
      return "package-x-generic-symbolic";
    }
}

TrestleFileItem *
trestle_file_item_new_for_file (GFile *file)
{
  TrestleFileItem *self = g_object_new (TRESTLE_TYPE_FILE_ITEM, NULL);

  self->file = g_object_ref (file);
  self->name = g_file_get_basename (file);
  self->content_type = trestle_content_type_guess (self->name, NULL);
  return self;
}

TrestleFileItem *
trestle_file_item_new_for_bytes (const char *name, GBytes *bytes)
{
  TrestleFileItem *self = g_object_new (TRESTLE_TYPE_FILE_ITEM, NULL);

  self->name = g_strdup (name);
  self->bytes = g_bytes_ref (bytes);
  self->content_type = trestle_content_type_guess (name, bytes);
  return self;
}

TrestleFileItem *
trestle_file_item_new_for_sample (TrestleSession *session, const char *name, const char *url)
{
  TrestleFileItem *self = g_object_new (TRESTLE_TYPE_FILE_ITEM, NULL);

  self->session = g_object_ref (session);
  self->name = g_strdup (name);
  self->url = g_strdup (url);
  self->content_type = trestle_content_type_guess (name, NULL);
  return self;
}

static void
on_decoded (gpointer owner, const GValue *value, const GError *error)
{
  TrestleFileItem *self = owner;
  const TrestlePicture *picture;

  if (error != NULL)
    return;
  picture = g_value_get_boxed (value);
  g_clear_object (&self->thumbnail);
  self->thumbnail = gdk_memory_texture_new (picture->width, picture->height, GDK_MEMORY_R8G8B8A8,
                                            picture->rgba, picture->stride);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THUMBNAIL]);
}

static DexFuture *
loaded_then (DexFuture *future, gpointer data)
{
  TrestleFileItem *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = g_value_dup_boxed (dex_future_get_value (future, NULL));
  g_free (self->content_type);
  self->content_type = trestle_content_type_guess (self->name, self->bytes);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FACTS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON_NAME]);
  if (trestle_content_type_get_family (self->content_type) == TRESTLE_CONTENT_PICTURE)
    trestle_watch (self, &self->decoding,
                   trestle_picture_decode (self->bytes, THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT),
                   on_decoded);
  return dex_ref (future);
}

static DexFuture *
read_fiber (gpointer data)
{
  GFile *file = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = NULL;
  GBytes *bytes;

  info = dex_await_object (dex_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT),
                           &error);
  if (info == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (g_file_info_get_size (info) > MAX_BYTES)
    {
      g_autofree char *size = g_format_size ((guint64) g_file_info_get_size (info));

      return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                    _ ("The file is %s, more than any endpoint takes"), size);
    }
  bytes = dex_await_boxed (dex_file_load_contents_bytes (file), &error);
  if (bytes == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (G_TYPE_BYTES, bytes);
}

DexFuture *
trestle_file_item_load (TrestleFileItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_FILE_ITEM (self), NULL);

  /* Bytes that were given at once have no picture yet. */
  if (self->bytes != NULL && self->loading == NULL)
    self->loading = dex_future_then (
        dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_ref (self->bytes)), loaded_then,
        g_object_ref (self), g_object_unref);
  if (self->loading == NULL || dex_future_is_rejected (self->loading))
    {
      DexFuture *read = self->url != NULL
                            ? trestle_session_fetch (self->session, self->url, MAX_BYTES)
                            : trestle_fiber_spawn (read_fiber, g_object_ref (self->file),
                                                   g_object_unref);

      dex_clear (&self->loading);
      self->loading = dex_future_then (read, loaded_then, g_object_ref (self), g_object_unref);
    }
  return dex_ref (self->loading);
}

GBytes *
trestle_file_item_get_bytes (TrestleFileItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_FILE_ITEM (self), NULL);
  return self->bytes;
}

const char *
trestle_file_item_get_name (TrestleFileItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_FILE_ITEM (self), NULL);
  return self->name;
}

const char *
trestle_file_item_get_content_type (TrestleFileItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_FILE_ITEM (self), NULL);
  return self->content_type;
}

void
trestle_file_item_set_mark (TrestleFileItem *self, const char *icon_name, const char *text)
{
  g_return_if_fail (TRESTLE_IS_FILE_ITEM (self));

  if (g_set_str (&self->mark, icon_name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARK]);
  if (g_set_str (&self->mark_text, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARK_TEXT]);
}

static void
trestle_file_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleFileItem *self = TRESTLE_FILE_ITEM (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_FACTS:
      g_value_take_string (value, dup_facts (self));
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, get_icon_name (self));
      break;
    case PROP_THUMBNAIL:
      g_value_set_object (value, self->thumbnail);
      break;
    case PROP_MARK:
      g_value_set_string (value, self->mark);
      break;
    case PROP_MARK_TEXT:
      g_value_set_string (value, self->mark_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_file_item_dispose (GObject *object)
{
  TrestleFileItem *self = TRESTLE_FILE_ITEM (object);

  dex_clear (&self->loading);
  dex_clear (&self->decoding);
  g_clear_object (&self->session);
  g_clear_object (&self->file);
  g_clear_object (&self->thumbnail);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  G_OBJECT_CLASS (trestle_file_item_parent_class)->dispose (object);
}

static void
trestle_file_item_finalize (GObject *object)
{
  TrestleFileItem *self = TRESTLE_FILE_ITEM (object);

  g_free (self->name);
  g_free (self->url);
  g_free (self->content_type);
  g_free (self->mark);
  g_free (self->mark_text);
  G_OBJECT_CLASS (trestle_file_item_parent_class)->finalize (object);
}

static void
trestle_file_item_class_init (TrestleFileItemClass *klass)
{
  static const char *const names[] = {
    [PROP_NAME] = "name",           [PROP_FACTS] = "facts", [PROP_ICON_NAME] = "icon-name",
    [PROP_THUMBNAIL] = "thumbnail", [PROP_MARK] = "mark",   [PROP_MARK_TEXT] = "mark-text"
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = trestle_file_item_get_property;
  object_class->dispose = trestle_file_item_dispose;
  object_class->finalize = trestle_file_item_finalize;
  for (guint i = PROP_NAME; i < N_PROPS; i++)
    properties[i] = i == PROP_THUMBNAIL
                        ? g_param_spec_object (names[i], NULL, NULL, GDK_TYPE_PAINTABLE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)
                        : g_param_spec_string (names[i], NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_file_item_init (TrestleFileItem *self)
{
}
