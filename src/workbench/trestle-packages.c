/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-packages.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-future.h"
#include "services/trestle-ecr-service.h"
#include "services/trestle-package-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-parts.h"

#define PARALLEL 8
#define BUSY_SECONDS 5
#define IDLE_SECONDS 120

struct _TrestlePackages
{
  TrestleRemoteList parent_instance;
};

G_DEFINE_FINAL_TYPE (TrestlePackages, trestle_packages, TRESTLE_TYPE_REMOTE_LIST)

gboolean
trestle_package_is_final (TrestlePackage *self)
{
  const char *status = trestle_package_get_status (self);

  return g_strcmp0 (status, "Completed") == 0 || g_strcmp0 (status, "Failed") == 0;
}

static const char *
get_key (gpointer item)
{
  return trestle_package_get_arn (item);
}

static gboolean
is_same (gpointer a, gpointer b)
{
  JsonNode *one = (JsonNode *) trestle_package_get_document (a);
  JsonNode *other = (JsonNode *) trestle_package_get_document (b);

  if (one == NULL || other == NULL)
    return one == other
           && g_strcmp0 (trestle_package_get_status (a), trestle_package_get_status (b)) == 0;
  return json_node_equal (one, other);
}

/* What does not change any more is not asked for again. */
static gboolean
is_settled (TrestlePackage *known, TrestlePackage *summary)
{
  return known != NULL && trestle_package_is_final (known)
         && trestle_package_get_created (known) == trestle_package_get_created (summary)
         && g_strcmp0 (trestle_package_get_status (known), trestle_package_get_status (summary))
                == 0;
}

/* In full, a few at a time; what went meanwhile, or may not be read, stays as the list has it. */
static void
describe_into (TrestlePackages *self, GListModel *summaries, GListStore *all)
{
  TrestleContext *context = trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self));
  guint n = g_list_model_get_n_items (summaries);

  for (guint start = 0; start < n; start += PARALLEL)
    {
      DexFuture *asked[PARALLEL] = { NULL };
      guint end = MIN (start + PARALLEL, n);

      for (guint i = start; i < end; i++)
        {
          g_autoptr (TrestlePackage) summary = g_list_model_get_item (summaries, i);
          const char *arn = trestle_package_get_arn (summary);
          TrestlePackage *known = trestle_remote_list_find (TRESTLE_REMOTE_LIST (self), arn);

          asked[i - start] = is_settled (known, summary)
                                 ? dex_future_new_for_object (known)
                                 : trestle_package_service_describe (context->client, arn);
        }
      for (guint i = start; i < end; i++)
        {
          g_autoptr (TrestlePackage) full = dex_await_object (asked[i - start], NULL);

          if (full == NULL)
            full = g_list_model_get_item (summaries, i);
          g_list_store_append (all, full);
        }
    }
}

static int
newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 x = trestle_package_get_created ((TrestlePackage *) a);
  gint64 y = trestle_package_get_created ((TrestlePackage *) b);

  return x < y ? 1 : x > y ? -1 : 0;
}

static GListModel *
load (TrestleRemoteList *list, GError **error)
{
  TrestleContext *context = trestle_remote_list_get_context (list);
  g_autoptr (GListStore) all = g_list_store_new (TRESTLE_TYPE_PACKAGE);
  static const TrestleProductKind kinds[] = { TRESTLE_PRODUCT_KIND_MODEL,
                                              TRESTLE_PRODUCT_KIND_ALGORITHM };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GListModel) summaries = dex_await_object (
          trestle_package_service_list (context->client, kinds[i]), error);

      if (summaries == NULL)
        return NULL;
      describe_into (TRESTLE_PACKAGES (list), summaries, all);
    }
  g_list_store_sort (all, newest_first, NULL);
  return G_LIST_MODEL (g_steal_pointer (&all));
}

static guint
get_interval (TrestleRemoteList *list)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestlePackage) package = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (!trestle_package_is_final (package))
        return trestle_context_is_practice (trestle_remote_list_get_context (list)) ? 1
                                                                                    : BUSY_SECONDS;
    }
  return IDLE_SECONDS;
}

static void
trestle_packages_class_init (TrestlePackagesClass *klass)
{
  TrestleRemoteListClass *list_class = TRESTLE_REMOTE_LIST_CLASS (klass);

  list_class->load = load;
  list_class->get_key = get_key;
  list_class->is_same = is_same;
  list_class->get_interval = get_interval;
}

static void
trestle_packages_init (TrestlePackages *self)
{
}

TrestlePackages *
trestle_packages_new (TrestleContext *context)
{
  TrestlePackages *self = g_object_new (TRESTLE_TYPE_PACKAGES, NULL);

  trestle_remote_list_set_context (TRESTLE_REMOTE_LIST (self), context);
  return self;
}

typedef struct
{
  TrestlePackages *packages;
  char *name;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->packages);
  g_free (self->name);
  g_free (self);
}

static Question *
question_new (TrestlePackages *packages, const char *name)
{
  Question *self = g_new0 (Question, 1);

  self->packages = g_object_ref (packages);
  self->name = g_strdup (name);
  return self;
}

/* A name alone may be of either kind. */
static TrestlePackage *
describe_by_name (TrestleContext *context, const char *name, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *algorithm = NULL;
  g_autoptr (TrestleIdentity) identity = NULL;
  TrestlePackage *package = dex_await_object (
      trestle_package_service_describe (context->client, name), &reason);

  if (package != NULL || g_str_has_prefix (name, "arn:")
      || !g_error_matches (reason, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND))
    {
      if (package == NULL)
        g_propagate_error (error, g_steal_pointer (&reason));
      return package;
    }
  identity = dex_await_object (trestle_context_identify (context), error);
  if (identity == NULL)
    return NULL;
  algorithm = g_strdup_printf ("arn:aws:sagemaker:%s:%s:algorithm/%s", context->region,
                               trestle_identity_get_account (identity), name);
  package = dex_await_object (trestle_package_service_describe (context->client, algorithm), NULL);
  if (package == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return package;
}

static DexFuture *
describe_fiber (gpointer data)
{
  Question *self = data;
  TrestleRemoteList *list = TRESTLE_REMOTE_LIST (self->packages);
  TrestleContext *context = trestle_remote_list_get_context (list);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePackage) package = NULL;

  if (dex_await (trestle_context_ready (context), &error))
    package = describe_by_name (context, self->name, &error);
  if (package == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_object (g_steal_pointer (&package));
}

DexFuture *
trestle_packages_describe (TrestlePackages *self, const char *name)
{
  g_return_val_if_fail (TRESTLE_IS_PACKAGES (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return trestle_fiber_spawn (describe_fiber, question_new (self, name), question_free);
}

static int
latest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 x = trestle_container_image_get_pushed ((TrestleContainerImage *) a);
  gint64 y = trestle_container_image_get_pushed ((TrestleContainerImage *) b);

  return x < y ? 1 : x > y ? -1 : 0;
}

static DexFuture *
images_fiber (gpointer data)
{
  TrestleContext *context = trestle_remote_list_get_context (data);
  g_autoptr (GListStore) all = g_list_store_new (TRESTLE_TYPE_CONTAINER_IMAGE);
  g_autoptr (GListModel) repositories = NULL;
  g_autoptr (GError) error = NULL;

  if (dex_await (trestle_context_ready (context), &error))
    repositories = dex_await_object (trestle_ecr_service_list_repositories (context->client),
                                     &error);
  if (repositories == NULL)
    return trestle_future_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (repositories); i++)
    {
      g_autoptr (TrestleContainerImage) repository = g_list_model_get_item (repositories, i);
      g_autoptr (GListModel) images = dex_await_object (
          trestle_ecr_service_list_images (context->client, repository), &error);

      if (images == NULL)
        return trestle_future_error (error);
      g_list_store_sort (G_LIST_STORE (images), latest_first, NULL);
      for (guint j = 0; j < g_list_model_get_n_items (images); j++)
        {
          g_autoptr (TrestleContainerImage) image = g_list_model_get_item (images, j);

          g_list_store_append (all, image);
        }
    }
  return dex_future_new_take_object (g_steal_pointer (&all));
}

DexFuture *
trestle_packages_images (TrestlePackages *self)
{
  g_return_val_if_fail (TRESTLE_IS_PACKAGES (self), NULL);
  return trestle_fiber_spawn (images_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
send_delete (TrestleContext *context, gpointer arn)
{
  return trestle_package_service_delete (context->client, arn);
}

static DexFuture *
deleted_cb (DexFuture *future, gpointer data)
{
  Question *self = data;

  trestle_remote_list_drop (TRESTLE_REMOTE_LIST (self->packages), self->name);
  return dex_future_new_true ();
}

DexFuture *
trestle_packages_delete (TrestlePackages *self, const char *arn)
{
  const char *operation;

  g_return_val_if_fail (TRESTLE_IS_PACKAGES (self), NULL);
  g_return_val_if_fail (arn != NULL, NULL);

  operation = strstr (arn, ":algorithm/") != NULL ? "sagemaker:DeleteAlgorithm"
                                                  : "sagemaker:DeleteModelPackage";
  return dex_future_then (
      trestle_mutation_run (trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self)), operation,
                            arn, NULL, NULL, send_delete, g_strdup (arn), g_free),
      deleted_cb, question_new (self, arn), question_free);
}
