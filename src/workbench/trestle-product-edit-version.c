/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-product-edit.h"

#include "base/trestle-future.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define ROLE_KEY "seller/access-role"

typedef struct
{
  TrestleProductEdit *edit;
  TrestleContext *context;
  TrestlePackages *packages;
  char *package;
  char *like;
  char *role;
} Adding;

static void
adding_free (gpointer data)
{
  Adding *self = data;

  g_object_unref (self->edit);
  g_object_unref (self->context);
  g_object_unref (self->packages);
  g_free (self->package);
  g_free (self->like);
  g_free (self->role);
  g_free (self);
}

/* AWS does not tell the role of a version that is there, so it is kept here. */
static char *
choose_role (Adding *self, GError **error)
{
  TrestleContext *context = self->context;
  g_autofree char *last = NULL;

  if (self->role != NULL)
    {
      trestle_store_remember (context->store, context->scope, ROLE_KEY, self->role, NULL);
      return g_strdup (self->role);
    }
  last = trestle_store_recall (context->store, context->scope, ROLE_KEY);
  if (last != NULL)
    return g_steal_pointer (&last);
  if (trestle_context_is_practice (context))
    {
      g_autoptr (TrestleIdentity)
          identity = dex_await_object (trestle_context_identify (context), error);

      if (identity == NULL)
        return NULL;
      return g_strdup_printf ("arn:aws:iam::%s:role/MarketplaceAccess",
                              trestle_identity_get_account (identity));
    }
  g_set_error_literal (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NO_ROLE,
                       _ ("Say by which role AWS Marketplace may read the package"));
  return NULL;
}

/* The newest version that buyers can choose; else the newest; -1: none */
static int
find_newest (TrestleDraft *draft)
{
  int n = (int) trestle_draft_get_length (draft, "Versions");

  for (int i = n - 1; i >= 0; i--)
    {
      g_autofree char *restricted = g_strdup_printf ("Versions[%d].Restricted", i);

      if (!trestle_draft_get_bool (draft, restricted))
        return i;
    }
  return n - 1;
}

static void
recommend (TrestleDraft *draft, guint index, const char *member, const char *const *types)
{
  g_autofree char *path = g_strdup_printf ("Versions[%u].RecommendedInstanceTypes.%s", index,
                                           member);

  if (types != NULL && g_strv_contains (types, trestle_draft_get_text (draft, path)))
    return;
  trestle_draft_set_text (draft, path, types != NULL ? types[0] : NULL);
}

static DexFuture *
add_fiber (gpointer data)
{
  static const char *const own[] = { "Id",
                                     "DeliveryOptionId",
                                     "Restricted",
                                     "VersionTitle",
                                     "ReleaseNotes",
                                     "SageMakerModelPackageArn",
                                     "SageMakerAlgorithmArn",
                                     "AccessRoleArn" };
  Adding *self = data;
  TrestleDraft *draft = trestle_product_edit_get_draft (self->edit);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePackage) package = dex_await_object (
      trestle_packages_describe (self->packages, self->package), &error);
  g_autofree char *role = package != NULL ? choose_role (self, &error) : NULL;
  g_autofree char *other = NULL;
  g_autofree char *arn_path = NULL;
  g_autofree char *role_path = NULL;
  gboolean model;
  JsonNode *node;
  JsonObject *version;
  guint index;
  int like;

  if (role == NULL)
    return trestle_future_error (error);
  model = trestle_package_get_kind (package) == TRESTLE_PRODUCT_KIND_MODEL;
  like = self->like != NULL ? trestle_product_edit_find_version (self->edit, self->like)
                            : find_newest (draft);
  if (self->like != NULL && like < 0)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                                  _ ("There is no version “%s”"), self->like);
  other = g_strdup_printf ("Versions[%d]", like);
  node = like >= 0 ? trestle_draft_dup_node (trestle_draft_get (draft, other))
                   : json_node_init_object (json_node_alloc (), json_object_new ());
  version = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    json_object_remove_member (version, own[i]);
  index = trestle_draft_get_length (draft, "Versions");
  trestle_draft_insert (draft, "Versions", index, node);
  arn_path = g_strdup_printf ("Versions[%u].%s", index,
                              model ? "SageMakerModelPackageArn" : "SageMakerAlgorithmArn");
  role_path = g_strdup_printf ("Versions[%u].AccessRoleArn", index);
  trestle_draft_set_text (draft, arn_path, trestle_package_get_arn (package));
  trestle_draft_set_text (draft, role_path, role);
  recommend (draft, index, "RealtimeInference", trestle_package_get_realtime_types (package));
  recommend (draft, index, "BatchTransform", trestle_package_get_transform_types (package));
  recommend (draft, index, "Training", model ? NULL : trestle_package_get_training_types (package));
  return dex_future_new_for_int ((int) index);
}

DexFuture *
trestle_product_edit_add_version (TrestleProductEdit *self,
                                  const char *package,
                                  const char *like,
                                  const char *role)
{
  Adding *adding;

  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), NULL);
  g_return_val_if_fail (package != NULL, NULL);

  adding = g_new0 (Adding, 1);
  adding->edit = g_object_ref (self);
  adding->context = g_object_ref (trestle_product_edit_get_context (self));
  adding->packages = trestle_packages_new (adding->context);
  adding->package = g_strdup (package);
  adding->like = g_strdup (like);
  adding->role = g_strdup (role);
  return trestle_fiber_spawn (add_fiber, adding, adding_free);
}
