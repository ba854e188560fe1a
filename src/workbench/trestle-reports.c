/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-reports.h"

#include <string.h>

#include "base/trestle-future.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-reports-private.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define BUCKET_FACT "reports-bucket"
#define PREFIX_FACT "reports-prefix"
/* The practice account's own: data/practice/README.md. */
#define PRACTICE_BUCKET "marketplace-feeds-%s"

G_DEFINE_FINAL_TYPE (TrestleReports, trestle_reports, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PARTS,
  PROP_LOADED,
  PROP_BUCKET,
  PROP_PREFIX,
  PROP_TASK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
trestle_reports_finalize (GObject *object)
{
  TrestleReports *self = TRESTLE_REPORTS (object);

  g_clear_object (&self->context);
  g_clear_object (&self->store);
  g_clear_object (&self->parts);
  g_clear_object (&self->task);
  g_free (self->scope);
  g_free (self->bucket);
  g_free (self->prefix);
  G_OBJECT_CLASS (trestle_reports_parent_class)->finalize (object);
}

static void
trestle_reports_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleReports *self = TRESTLE_REPORTS (object);

  switch (id)
    {
    case PROP_PARTS:
      g_value_set_object (value, self->parts);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_BUCKET:
      g_value_set_string (value, self->bucket);
      break;
    case PROP_PREFIX:
      g_value_set_string (value, self->prefix);
      break;
    case PROP_TASK:
      g_value_set_object (value, self->task);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_reports_class_init (TrestleReportsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_reports_finalize;
  object_class->get_property = trestle_reports_get_property;
  properties[PROP_PARTS] = g_param_spec_object ("parts", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_BUCKET] = g_param_spec_string ("bucket", NULL, NULL, NULL, flags);
  properties[PROP_PREFIX] = g_param_spec_string ("prefix", NULL, NULL, NULL, flags);
  properties[PROP_TASK] = g_param_spec_object ("task", NULL, NULL, TRESTLE_TYPE_TASK, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", TRESTLE_TYPE_REPORTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
trestle_reports_init (TrestleReports *self)
{
  self->parts = g_list_store_new (TRESTLE_TYPE_REPORT_PART);
}

/* What an account sells is the same in all Regions. */
static char *
make_scope (const char *scope)
{
  const char *region = strrchr (scope, '/');

  return region != NULL ? g_strndup (scope, (gsize) (region - scope)) : g_strdup (scope);
}

TrestleReports *
trestle_reports_new (TrestleContext *context)
{
  TrestleReports *self = g_object_new (TRESTLE_TYPE_REPORTS, NULL);

  self->context = g_object_ref (context);
  self->scope = make_scope (context->scope);
  self->bucket = trestle_store_recall (context->store, self->scope, BUCKET_FACT);
  self->prefix = trestle_store_recall (context->store, self->scope, PREFIX_FACT);
  return self;
}

/* One for all sessions of the process. */
gboolean
trestle_reports_open (TrestleReports *self, GError **error)
{
  static GWeakRef ref;

  if (self->store == NULL)
    {
      self->store = g_weak_ref_get (&ref);
      if (self->store == NULL)
        {
          self->store = trestle_report_store_open (NULL, error);
          g_weak_ref_set (&ref, self->store);
        }
    }
  return self->store != NULL;
}

GListModel *
trestle_reports_get_parts (TrestleReports *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  return G_LIST_MODEL (self->parts);
}

gboolean
trestle_reports_is_loaded (TrestleReports *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), FALSE);
  return self->loaded;
}

gint64
trestle_reports_get_read (TrestleReports *self)
{
  gint64 read = 0;

  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), 0);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->parts)); i++)
    {
      g_autoptr (TrestleReportPart) part = g_list_model_get_item (G_LIST_MODEL (self->parts), i);

      read = MAX (read, trestle_report_part_get_read (part));
    }
  return read;
}

const char *
trestle_reports_get_notice (TrestleReports *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  return self->store != NULL ? trestle_report_store_get_notice (self->store) : NULL;
}

const char *
trestle_reports_get_bucket (TrestleReports *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  return self->bucket;
}

const char *
trestle_reports_get_prefix (TrestleReports *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  return self->prefix;
}

TrestleTask *
trestle_reports_get_task (TrestleReports *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  return self->task;
}

void
trestle_reports_set_task (TrestleReports *self, TrestleTask *task)
{
  if (g_set_object (&self->task, task))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TASK]);
}

/* S3's rules: 3 to 63 of a–z, 0–9, dots and dashes, a letter or digit at both ends. */
static gboolean
is_bucket_name (const char *name)
{
  gsize length = strlen (name);

  return length >= 3 && length <= 63
         && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == length
         && g_ascii_isalnum (name[0]) && g_ascii_isalnum (name[length - 1])
         && strstr (name, "..") == NULL;
}

gboolean
trestle_reports_set_bucket (TrestleReports *self,
                            const char *bucket,
                            const char *prefix,
                            GError **error)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), FALSE);

  bucket = bucket != NULL && *bucket != '\0' ? bucket : NULL;
  prefix = prefix != NULL && *prefix != '\0' ? prefix : NULL;
  if (bucket != NULL && !is_bucket_name (bucket))
    {
      g_set_error (
          error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
          _ ("“%s” cannot be the name of a bucket: 3 to 63 small letters, digits, dots and "
             "dashes"),
          bucket);
      return FALSE;
    }
  if (!trestle_store_remember (self->context->store, self->scope, BUCKET_FACT, bucket, error)
      || !trestle_store_remember (self->context->store, self->scope, PREFIX_FACT, prefix, error))
    return FALSE;
  if (g_set_str (&self->bucket, bucket))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUCKET]);
  if (g_set_str (&self->prefix, prefix))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREFIX]);
  return TRUE;
}

typedef struct
{
  TrestleReports *reports;
  gboolean changed;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_object_unref (self->reports);
  g_free (self);
}

static DexFuture *
parts_cb (DexFuture *future, gpointer data)
{
  Reading *reading = data;
  TrestleReports *self = reading->reports;
  GListModel *list = g_value_get_object (dex_future_get_value (future, NULL));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (items, g_list_model_get_item (list, i));
  g_list_store_splice (self->parts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->parts)),
                       items->pdata, items->len);
  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
  if (reading->changed)
    g_signal_emit (self, changed_signal, 0);
  return dex_future_new_true ();
}

DexFuture *
trestle_reports_read_parts (TrestleReports *self, gboolean changed)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->reports = g_object_ref (self);
  reading->changed = changed;
  return dex_future_then (trestle_report_store_list (self->store, self->scope), parts_cb, reading,
                          reading_free);
}

static DexFuture *
load_fiber (gpointer data)
{
  TrestleReports *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleIdentity) identity = NULL;

  if (!trestle_reports_open (self, &error)
      || !dex_await (trestle_reports_read_parts (self, FALSE), &error))
    return trestle_future_error (error);
  if (self->bucket != NULL || !trestle_context_is_practice (self->context))
    return dex_future_new_true ();
  identity = dex_await_object (trestle_context_identify (self->context), NULL);
  if (identity != NULL && self->bucket == NULL)
    {
      self->bucket = g_strdup_printf (PRACTICE_BUCKET, trestle_identity_get_account (identity));
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUCKET]);
    }
  return dex_future_new_true ();
}

DexFuture *
trestle_reports_load (TrestleReports *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  return trestle_fiber_spawn (load_fiber, g_object_ref (self), g_object_unref);
}

/* What cannot be asked is the caller's mistake, not the store's. */
static DexFuture *
refused_cb (DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (g_error_matches (error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_INPUT))
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT, "%s",
                                  error->message);
  return trestle_future_error (error);
}

DexFuture *
trestle_reports_query (TrestleReports *self, TrestleReportQuery *query)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_REPORT_QUERY (query), NULL);

  if (!trestle_reports_open (self, &error))
    return trestle_future_error (error);
  return dex_future_catch (trestle_report_store_query (self->store, self->scope, query), refused_cb,
                           NULL, NULL);
}

static DexFuture *
forgotten_cb (DexFuture *future, gpointer data)
{
  return trestle_reports_read_parts (data, TRUE);
}

DexFuture *
trestle_reports_forget (TrestleReports *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);

  if (!trestle_reports_open (self, &error))
    return trestle_future_error (error);
  return dex_future_then (trestle_report_store_forget (self->store, self->scope), forgotten_cb,
                          g_object_ref (self), g_object_unref);
}
