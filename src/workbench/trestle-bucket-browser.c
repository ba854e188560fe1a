/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-bucket-browser.h"

#include <string.h>

#include "base/trestle-future.h"
#include "services/trestle-s3-service.h"
#include "workbench/trestle-parts.h"

struct _TrestleBucketBrowser
{
  GObject parent_instance;

  TrestleContext *context;
  GListStore *items;
  GListModel *buckets; /* all of the account, once they were read */
  char *bucket;
  char *prefix;
  char *region; /* of the bucket; NULL where it is not told */
  char *next;
  guint stamp; /* of the place that is shown */
};

enum
{
  PROP_BUCKET = 1,
  PROP_PREFIX,
  PROP_MORE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void trestle_bucket_browser_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleBucketBrowser,
                               trestle_bucket_browser,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      trestle_bucket_browser_list_init))

/* --- What is there -------------------------------------------------------------------------- */

static GType
trestle_bucket_browser_get_item_type (GListModel *list)
{
  return G_TYPE_OBJECT;
}

static guint
trestle_bucket_browser_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (TRESTLE_BUCKET_BROWSER (list)->items));
}

static gpointer
trestle_bucket_browser_get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (TRESTLE_BUCKET_BROWSER (list)->items), position);
}

static void
trestle_bucket_browser_list_init (GListModelInterface *iface)
{
  iface->get_item_type = trestle_bucket_browser_get_item_type;
  iface->get_n_items = trestle_bucket_browser_get_n_items;
  iface->get_item = trestle_bucket_browser_get_item;
}

const char *
trestle_bucket_browser_get_bucket (TrestleBucketBrowser *self)
{
  g_return_val_if_fail (TRESTLE_IS_BUCKET_BROWSER (self), "");
  return self->bucket;
}

const char *
trestle_bucket_browser_get_prefix (TrestleBucketBrowser *self)
{
  g_return_val_if_fail (TRESTLE_IS_BUCKET_BROWSER (self), "");
  return self->prefix;
}

gboolean
trestle_bucket_browser_get_more (TrestleBucketBrowser *self)
{
  g_return_val_if_fail (TRESTLE_IS_BUCKET_BROWSER (self), FALSE);
  return self->next != NULL;
}

char *
trestle_bucket_browser_dup_folder (TrestleBucketBrowser *self)
{
  const char *end;

  g_return_val_if_fail (TRESTLE_IS_BUCKET_BROWSER (self), NULL);

  end = *self->bucket != '\0' ? strrchr (self->prefix, '/') : NULL;
  return end != NULL ? g_strndup (self->prefix, (gsize) (end + 1 - self->prefix)) : g_strdup ("");
}

const char *
trestle_bucket_browser_get_elsewhere (TrestleBucketBrowser *self)
{
  g_return_val_if_fail (TRESTLE_IS_BUCKET_BROWSER (self), NULL);
  return self->region != NULL && !g_str_equal (self->region, self->context->region) ? self->region
                                                                                    : NULL;
}

char *
trestle_bucket_browser_dup_address (TrestleBucketBrowser *self, gpointer item)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (TRESTLE_IS_BUCKET_BROWSER (self), NULL);

  if (TRESTLE_IS_BUCKET (item))
    return g_strdup_printf ("s3://%s/", trestle_bucket_get_name (item));
  if (*self->bucket == '\0')
    return NULL;
  folder = trestle_bucket_browser_dup_folder (self);
  return g_strdup_printf ("s3://%s/%s", self->bucket,
                          item != NULL ? trestle_stored_object_get_key (item) : folder);
}

/* --- Reading -------------------------------------------------------------------------------- */

typedef struct
{
  TrestleBucketBrowser *browser;
  guint stamp;
  gboolean locate;
} Reading;

static void
reading_free (gpointer data)
{
  g_object_unref (((Reading *) data)->browser);
  g_free (data);
}

static void
set_next (TrestleBucketBrowser *self, const char *next)
{
  g_set_str (&self->next, next != NULL && *next != '\0' ? next : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MORE]);
}

static void
replace (TrestleBucketBrowser *self, GPtrArray *items)
{
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
}

/* Whether the place that was asked for is still the one that is wanted. */
static gboolean
is_wanted (Reading *reading, GError **error)
{
  if (reading->stamp == reading->browser->stamp)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Another place was opened");
  return FALSE;
}

static gboolean
read_buckets (Reading *reading, GError **error)
{
  TrestleBucketBrowser *self = reading->browser;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->buckets == NULL)
    {
      g_autoptr (GListModel) buckets = dex_await_object (
          trestle_s3_service_list_buckets (self->context->client), error);

      if (buckets == NULL || !is_wanted (reading, error))
        return FALSE;
      g_set_object (&self->buckets, buckets);
    }
  for (guint i = 0; i < g_list_model_get_n_items (self->buckets); i++)
    {
      g_autoptr (TrestleBucket) bucket = g_list_model_get_item (self->buckets, i);

      if (g_str_has_prefix (trestle_bucket_get_name (bucket), self->prefix))
        g_ptr_array_add (found, g_steal_pointer (&bucket));
    }
  replace (self, found);
  return TRUE;
}

/* Folders stand before files, also those of a later page. */
static void
take_page (TrestleBucketBrowser *self, TrestleStoredPage *page, gboolean first)
{
  GListModel *const parts[] = { trestle_stored_page_get_folders (page),
                                trestle_stored_page_get_objects (page) };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = first ? 0 : g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint n_folders = 0;

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (self->items), i));
      if (g_str_has_suffix (trestle_stored_object_get_key (all->pdata[i]), "/"))
        n_folders = i + 1;
    }
  for (guint part = 0; part < G_N_ELEMENTS (parts); part++)
    for (guint i = 0; i < g_list_model_get_n_items (parts[part]); i++)
      g_ptr_array_insert (all, part == 0 ? (int) n_folders++ : -1,
                          g_list_model_get_item (parts[part], i));
  replace (self, all);
  set_next (self, trestle_stored_page_get_next (page));
}

static gboolean
read_page (Reading *reading, GError **error)
{
  TrestleBucketBrowser *self = reading->browser;
  g_autoptr (TrestleStoredPage) page = NULL;

  if (reading->locate)
    {
      /* Who may list a bucket need not be allowed to ask where it is. */
      g_autofree char *region = dex_await_string (
          trestle_s3_service_locate (self->context->client, self->bucket), NULL);

      if (!is_wanted (reading, error))
        return FALSE;
      g_set_str (&self->region, region);
    }
  page = dex_await_object (trestle_s3_service_list_page (self->context->client, self->region,
                                                         self->bucket, self->prefix, self->next),
                           error);
  if (page == NULL || !is_wanted (reading, error))
    return FALSE;
  take_page (self, page, self->next == NULL);
  return TRUE;
}

static DexFuture *
read_fiber (gpointer data)
{
  Reading *reading = data;
  TrestleBucketBrowser *self = reading->browser;
  g_autoptr (GError) error = NULL;

  if (dex_await (trestle_context_ready (self->context), &error) && is_wanted (reading, &error)
      && (*self->bucket == '\0' ? read_buckets (reading, &error) : read_page (reading, &error)))
    return dex_future_new_for_boolean (TRUE);
  return trestle_future_error (error);
}

static DexFuture *
start_reading (TrestleBucketBrowser *self, gboolean locate)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->browser = g_object_ref (self);
  reading->stamp = self->stamp;
  reading->locate = locate;
  return trestle_fiber_spawn (read_fiber, reading, reading_free);
}

DexFuture *
trestle_bucket_browser_open (TrestleBucketBrowser *self, const char *bucket, const char *prefix)
{
  g_autofree char *old = NULL;
  g_autofree char *folder = NULL;
  gboolean moved;

  g_return_val_if_fail (TRESTLE_IS_BUCKET_BROWSER (self), NULL);
  g_return_val_if_fail (bucket != NULL && prefix != NULL, NULL);

  self->stamp++;
  old = trestle_bucket_browser_dup_folder (self);
  moved = g_set_str (&self->bucket, bucket);
  g_set_str (&self->prefix, prefix);
  folder = trestle_bucket_browser_dup_folder (self);
  if (moved)
    g_clear_pointer (&self->region, g_free);
  /* what is looked for in the same folder takes the place of what is shown once it is found */
  if (moved || !g_str_equal (old, folder))
    g_list_store_remove_all (self->items);
  set_next (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUCKET]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREFIX]);
  return start_reading (self, self->region == NULL);
}

DexFuture *
trestle_bucket_browser_read_more (TrestleBucketBrowser *self)
{
  g_return_val_if_fail (TRESTLE_IS_BUCKET_BROWSER (self), NULL);

  if (self->next == NULL)
    return dex_future_new_for_boolean (TRUE);
  self->stamp++;
  return start_reading (self, FALSE);
}

/* --- Object --------------------------------------------------------------------------------- */

static void
trestle_bucket_browser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleBucketBrowser *self = TRESTLE_BUCKET_BROWSER (object);

  switch (id)
    {
    case PROP_BUCKET:
      g_value_set_string (value, self->bucket);
      break;
    case PROP_PREFIX:
      g_value_set_string (value, self->prefix);
      break;
    case PROP_MORE:
      g_value_set_boolean (value, self->next != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_bucket_browser_finalize (GObject *object)
{
  TrestleBucketBrowser *self = TRESTLE_BUCKET_BROWSER (object);

  g_clear_object (&self->context);
  g_clear_object (&self->items);
  g_clear_object (&self->buckets);
  g_free (self->bucket);
  g_free (self->prefix);
  g_free (self->region);
  g_free (self->next);
  G_OBJECT_CLASS (trestle_bucket_browser_parent_class)->finalize (object);
}

static void
trestle_bucket_browser_class_init (TrestleBucketBrowserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = trestle_bucket_browser_get_property;
  object_class->finalize = trestle_bucket_browser_finalize;
  properties[PROP_BUCKET] = g_param_spec_string ("bucket", NULL, NULL, "", flags);
  properties[PROP_PREFIX] = g_param_spec_string ("prefix", NULL, NULL, "", flags);
  properties[PROP_MORE] = g_param_spec_boolean ("more", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
on_items_changed (TrestleBucketBrowser *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
trestle_bucket_browser_init (TrestleBucketBrowser *self)
{
  self->bucket = g_strdup ("");
  self->prefix = g_strdup ("");
  self->items = g_list_store_new (G_TYPE_OBJECT);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
}

TrestleBucketBrowser *
trestle_bucket_browser_new (TrestleSession *session)
{
  TrestleBucketBrowser *self;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);

  self = g_object_new (TRESTLE_TYPE_BUCKET_BROWSER, NULL);
  self->context = g_object_ref (trestle_session_get_context (session));
  return self;
}
