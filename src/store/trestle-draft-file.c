/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-draft-file.h"

#include "base/trestle-future.h"
#include "store/trestle-draft-io.h"
#include "store/trestle-draft-store-private.h"
#include "store/trestle-yaml.h"

/* From the first change that is not saved: with what writing takes, within a second. */
#define SAVE_AFTER_MSEC 500

/* After a failure: a disk may be full for a while. */
#define SAVE_AGAIN_SECONDS 5

/* Editors touch a file several times when they save it. */
#define LOOK_AFTER_MSEC 100

struct _TrestleDraftFile
{
  GObject parent_instance;

  TrestleDraftStore *store;
  char *name;
  char *path;
  TrestleDraft *draft;
  char *known; /* what the file holds, as far as we know */
  GFileMonitor *monitor;
  guint save_source;
  guint look_source;
  DexFuture *saving;    /* nullable: the fiber that writes */
  gboolean unsaved;     /* it has changes that are not being written either */
  gboolean look_missed; /* the file changed while we were busy */
  gboolean reloading;   /* the change of the draft is not a person's */
  char *problem;
};

G_DEFINE_FINAL_TYPE (TrestleDraftFile, trestle_draft_file, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SAVED,
  PROP_PROBLEM,
  N_PROPS,
};

enum
{
  RELOADED,
  DISPLACED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* One writing, done on the pool with what only it has. */
typedef struct
{
  TrestleDraftStore *store;
  char *name;
  char *text;
  char *known;
  char *displaced;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_object_unref (writing->store);
  g_free (writing->name);
  g_free (writing->text);
  g_free (writing->known);
  g_free (writing->displaced);
  g_free (writing);
}

static void
set_problem (TrestleDraftFile *self, const char *problem)
{
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static DexFuture *
write_fiber (gpointer data)
{
  Writing *writing = data;
  GError *error = NULL;

  if (!trestle_draft_store_save_text (writing->store, writing->name, writing->text, writing->known,
                                      &writing->displaced, &error))
    return trestle_future_error (error);
  return dex_future_new_take_string (
      writing->displaced != NULL ? g_steal_pointer (&writing->displaced) : g_strdup (""));
}

/* Writes what the draft is now. */
static gboolean
write_once (TrestleDraftFile *self, GError **error)
{
  g_autofree char *text = trestle_yaml_write (trestle_draft_get_root (self->draft), error);
  g_autofree char *displaced = NULL;
  g_autoptr (GError) reason = NULL;
  Writing *writing;

  if (text == NULL)
    return FALSE;
  writing = g_new0 (Writing, 1);
  writing->store = g_object_ref (self->store);
  writing->name = g_strdup (self->name);
  writing->text = g_strdup (text);
  writing->known = g_strdup (self->known);
  self->unsaved = FALSE;
  displaced = dex_await_string (trestle_pool_spawn (write_fiber, writing, writing_free), &reason);
  if (displaced == NULL)
    {
      self->unsaved = TRUE;
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  g_set_str (&self->known, text);
  if (*displaced != '\0')
    g_signal_emit (self, signals[DISPLACED], 0, displaced);
  return TRUE;
}

static gboolean on_save_time (gpointer data);
static void look_soon (TrestleDraftFile *self);

static DexFuture *
save_fiber (gpointer data)
{
  g_autoptr (TrestleDraftFile) self = g_object_ref (data);
  GError *error = NULL;

  /* what is typed while writing is written after */
  while (self->unsaved && write_once (self, &error))
    ;
  set_problem (self, error != NULL ? error->message : NULL);
  dex_clear (&self->saving);
  if (error != NULL && self->save_source == 0)
    self->save_source = g_timeout_add_seconds (SAVE_AGAIN_SECONDS, on_save_time, self);
  if (self->look_missed)
    look_soon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED]);
  return error != NULL ? trestle_future_error (error) : dex_future_new_true ();
}

DexFuture *
trestle_draft_file_save (TrestleDraftFile *self)
{
  DexFuture *saving;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_FILE (self), NULL);
  g_clear_handle_id (&self->save_source, g_source_remove);
  if (self->saving != NULL)
    return dex_ref (self->saving);
  saving = trestle_fiber_spawn (save_fiber, g_object_ref (self), g_object_unref);
  if (dex_future_is_pending (saving))
    self->saving = dex_ref (saving);
  return saving;
}

static gboolean
on_save_time (gpointer data)
{
  TrestleDraftFile *self = data;

  self->save_source = 0;
  trestle_future_report (trestle_draft_file_save (self), "save the draft");
  return G_SOURCE_REMOVE;
}

static void
on_draft_changed (TrestleDraft *draft, const char *path, TrestleDraftFile *self)
{
  if (self->reloading)
    return;
  self->unsaved = TRUE;
  if (self->save_source == 0)
    self->save_source = g_timeout_add (SAVE_AFTER_MSEC, on_save_time, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED]);
}

/* The file holds something else than we wrote or read; nothing of ours waits to be saved. */
static void
take_in (TrestleDraftFile *self, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleDraft) other = trestle_draft_parse (self->path, text, length, NULL, &error);

  /* someone is in the middle of it, perhaps: the draft stays, and says why it does not follow */
  set_problem (self, error != NULL ? error->message : NULL);
  if (other == NULL)
    return;
  if (!trestle_draft_store_keep_text (self->store, self->name, self->known, &error))
    g_warning ("The draft “%s” is not in its history: %s", self->name, error->message);
  g_set_str (&self->known, text);
  self->reloading = TRUE;
  trestle_draft_replace (self->draft, trestle_draft_get_root (other));
  self->reloading = FALSE;
  g_signal_emit (self, signals[RELOADED], 0);
}

static gboolean
on_look_time (gpointer data)
{
  TrestleDraftFile *self = data;
  g_autofree char *text = NULL;
  gsize length;

  self->look_source = 0;
  /* what is not saved yet meets the other's text when it is written */
  self->look_missed = self->unsaved || self->saving != NULL;
  if (self->look_missed)
    return G_SOURCE_REMOVE;
  text = trestle_draft_read_text (self->path, &length, NULL);
  if (text != NULL && !g_str_equal (text, self->known))
    take_in (self, text, length);
  else if (text != NULL)
    set_problem (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
look_soon (TrestleDraftFile *self)
{
  if (self->look_source == 0)
    self->look_source = g_timeout_add (LOOK_AFTER_MSEC, on_look_time, self);
}

static void
on_file_changed (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other,
                 GFileMonitorEvent event,
                 TrestleDraftFile *self)
{
  look_soon (self);
}

/* The last resort: whoever owned it did not wait for trestle_draft_file_save(). */
static void
save_at_last (TrestleDraftFile *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = trestle_yaml_write (trestle_draft_get_root (self->draft), &error);

  if (text == NULL
      || !trestle_draft_store_save_text (self->store, self->name, text, self->known, NULL, &error))
    g_warning ("The draft “%s” was not saved: %s", self->name, error->message);
}

static void
trestle_draft_file_dispose (GObject *object)
{
  TrestleDraftFile *self = TRESTLE_DRAFT_FILE (object);

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_handle_id (&self->look_source, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  if (self->unsaved)
    save_at_last (self);
  self->unsaved = FALSE;
  dex_clear (&self->saving);
  G_OBJECT_CLASS (trestle_draft_file_parent_class)->dispose (object);
}

static void
trestle_draft_file_finalize (GObject *object)
{
  TrestleDraftFile *self = TRESTLE_DRAFT_FILE (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->store);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->known, g_free);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (trestle_draft_file_parent_class)->finalize (object);
}

static void
trestle_draft_file_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleDraftFile *self = TRESTLE_DRAFT_FILE (object);

  switch (id)
    {
    case PROP_SAVED:
      g_value_set_boolean (value, trestle_draft_file_get_saved (self));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_file_class_init (TrestleDraftFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = trestle_draft_file_dispose;
  object_class->finalize = trestle_draft_file_finalize;
  object_class->get_property = trestle_draft_file_get_property;
  properties[PROP_SAVED] = g_param_spec_boolean ("saved", NULL, NULL, TRUE,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                     | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                      | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[RELOADED] = g_signal_new ("reloaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISPLACED] = g_signal_new ("displaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
trestle_draft_file_init (TrestleDraftFile *self)
{
}

TrestleDraftFile *
trestle_draft_file_open (TrestleDraftStore *store, const char *name, GError **error)
{
  g_autoptr (TrestleDraftFile) self = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (TrestleDraft) draft = NULL;
  g_autoptr (GFile) file = NULL;
  gsize length;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (store), NULL);
  if (!trestle_draft_store_check_name (name, error))
    return NULL;
  path = trestle_draft_store_path_of (store, name);
  text = trestle_draft_read_text (path, &length, error);
  draft = text != NULL ? trestle_draft_parse (path, text, length, NULL, error) : NULL;
  if (draft == NULL)
    return NULL;
  self = g_object_new (TRESTLE_TYPE_DRAFT_FILE, NULL);
  self->store = g_object_ref (store);
  self->name = g_strdup (name);
  self->draft = g_steal_pointer (&draft);
  self->known = g_steal_pointer (&text);
  g_signal_connect (self->draft, "changed", G_CALLBACK (on_draft_changed), self);
  file = g_file_new_for_path (path);
  self->path = g_steal_pointer (&path);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_file_changed), self);
  return g_steal_pointer (&self);
}

TrestleDraft *
trestle_draft_file_get_draft (TrestleDraftFile *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_FILE (self), NULL);
  return self->draft;
}

const char *
trestle_draft_file_get_name (TrestleDraftFile *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_FILE (self), NULL);
  return self->name;
}

gboolean
trestle_draft_file_get_saved (TrestleDraftFile *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_FILE (self), FALSE);
  return !self->unsaved && self->saving == NULL;
}

const char *
trestle_draft_file_get_problem (TrestleDraftFile *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_FILE (self), NULL);
  return self->problem;
}
