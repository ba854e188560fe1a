/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-packages.h"
#include "practice/trestle-practice-sagemaker.h"

void
trestle_practice_package_clear (TrestlePracticePackage *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->engine, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->types, json_array_unref);
  g_clear_pointer (&self->batch_types, json_array_unref);
}

static void
open_own (TrestlePracticePackage *self, JsonObject *package)
{
  const TrestlePracticeImage *image = trestle_practice_packages_get_image (package);
  JsonObject *inference = get_object (package, "InferenceSpecification");
  JsonArray *types = get_array (inference, "SupportedRealtimeInferenceInstanceTypes");
  JsonArray *batch_types = get_array (inference, "SupportedTransformInstanceTypes");

  self->name = g_strdup (get_text (package, "ModelPackageArn"));
  self->engine = g_strdup (image != NULL ? image->engine : "");
  self->title = g_strdup (get_text (package, "ModelPackageName"));
  self->version = g_strdup (image != NULL ? image->tag : "");
  self->types = types != NULL ? json_array_ref (types) : NULL;
  self->batch_types = batch_types != NULL ? json_array_ref (batch_types) : NULL;
  self->own = TRUE;
  self->healthy = image == NULL || image->healthy;
}

static void
open_bought (TrestlePracticePackage *self, const TrestlePracticeVersion *version)
{
  JsonObject *instances = trestle_practice_version_get (version, "instances");
  JsonArray *types = get_array (instances, "realtime");
  JsonArray *batch_types = get_array (instances, "batch");

  self->name = g_strdup (version->resource);
  self->engine = g_strdup (version->engine);
  self->title = g_strdup (version->listing->title);
  self->version = g_strdup (get_text (version->object, "version"));
  self->types = types != NULL ? json_array_ref (types) : NULL;
  self->batch_types = batch_types != NULL ? json_array_ref (batch_types) : NULL;
  self->healthy = TRUE;
}

gboolean
trestle_practice_package_open (TrestlePracticeContext *ctx,
                               const char *package,
                               gboolean entitled,
                               TrestlePracticePackage *self)
{
  g_autofree char *arn = trestle_practice_packages_dup_arn (ctx->region, package);
  g_autofree char *own = trestle_practice_packages_dup_own_arn (ctx->account->number, ctx->region,
                                                                "model-package", arn);
  g_autoptr (JsonObject) found = own ? trestle_practice_packages_find (ctx->state, own) : NULL;
  const TrestlePracticeVersion *version;

  if (found != NULL)
    {
      if (!g_str_equal (get_text (found, "ModelPackageStatus"), "Completed"))
        return trestle_practice_invalid (ctx, "ModelPackage %s is not in Completed status.", own);
      open_own (self, found);
      return TRUE;
    }
  version = entitled
                ? trestle_practice_sagemaker_find_package (ctx, arn)
                : trestle_practice_catalogue_find_arn (ctx->world->catalogue, arn, ctx->region);
  if (version == NULL && entitled)
    return FALSE;
  if (version == NULL || version->listing->algorithm)
    return trestle_practice_invalid (ctx, "ModelPackage %s does not exist.", arn);
  open_bought (self, version);
  return TRUE;
}
