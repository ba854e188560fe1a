/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include <string.h>

#include "base/trestle-future.h"
#include "store/trestle-check-store.h"
#include "workbench/trestle-container-run.h"

/* What earlier checks found. */

DexFuture *
trestle_container_recall (const char *target)
{
  return trestle_check_store_load (target);
}

typedef struct
{
  TrestlePackages *packages;
  char *arn;
} Recall;

static void
recall_free (gpointer data)
{
  Recall *self = data;

  g_object_unref (self->packages);
  g_free (self->arn);
  g_free (self);
}

/* Before it was pushed the image had a shorter name. */
static TrestleContainerResult *
find_check (const char *image)
{
  const char *slash = strchr (image, '/');
  const char *local = slash != NULL ? slash + 1 : image;
  g_autofree char *podman = g_strconcat ("localhost/", local, NULL);
  const char *const names[] = { image, local, podman };
  g_autoptr (TrestleContainerResult) newest = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TrestleContainerResult)
          result = dex_await_object (trestle_check_store_load (names[i]), NULL);

      if (result != NULL
          && (newest == NULL
              || trestle_container_result_get_started (result)
                     > trestle_container_result_get_started (newest)))
        g_set_object (&newest, result);
    }
  return g_steal_pointer (&newest);
}

static DexFuture *
recall_fiber (gpointer data)
{
  Recall *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePackage)
      package = dex_await_object (trestle_packages_describe (self->packages, self->arn), &error);
  const char *image = package != NULL ? trestle_package_get_image (package) : NULL;
  TrestleContainerResult *result;

  if (package == NULL)
    return trestle_future_error (error);
  result = image != NULL ? find_check (image) : NULL;
  if (result != NULL)
    return dex_future_new_take_object (result);
  /* Nobody checked it; what could be checked is told all the same. */
  return dex_future_new_take_object (
      g_object_new (TRESTLE_TYPE_CONTAINER_RESULT, "target", image, NULL));
}

DexFuture *
trestle_container_recall_package (TrestlePackages *packages, const char *arn)
{
  Recall *self = g_new0 (Recall, 1);

  self->packages = g_object_ref (packages);
  self->arn = g_strdup (arn);
  return trestle_fiber_spawn (recall_fiber, self, recall_free);
}
