/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-context.h"
#include "practice/trestle-practice-registry.h"

#define PAGE 100
#define DAY (24 * 3600 * TRESTLE_SECOND)
/* Repositories are older than the account's first start, and their images a little younger. */
#define REPOSITORY_DAYS 150
#define IMAGE_DAYS 149
#define SCAN_SECONDS 5.0

static gboolean
check_registry (TrestlePracticeContext *ctx, TrestleJson in)
{
  const char *registry = trestle_json_string_or (in, "registryId", ctx->account->number);

  if (g_str_equal (registry, ctx->account->number))
    return TRUE;
  return trestle_practice_fail (ctx, "AccessDeniedException", 400,
                                "User: %s is not authorized to perform this action on a resource of"
                                " registry %s because no resource-based policy allows it",
                                ctx->account->arn, registry);
}

static gboolean
fail_repository (TrestlePracticeContext *ctx, const char *name)
{
  return trestle_practice_fail (ctx, "RepositoryNotFoundException", 400,
                                "The repository with name '%s' does not exist in the registry with"
                                " id '%s'",
                                name, ctx->account->number);
}

static gint64
get_epoch (TrestlePracticeContext *ctx)
{
  return trestle_practice_get_int (ctx->state, ctx->now,
                                   "SELECT value FROM meta WHERE key = 'created'", NULL);
}

static void
put_repository (TrestlePracticeContext *ctx, JsonBuilder *out, const char *name)
{
  g_autofree char *arn = g_strdup_printf ("arn:aws:ecr:%s:%s:repository/%s", ctx->region,
                                          ctx->account->number, name);
  g_autofree char *uri = g_strdup_printf ("%s.dkr.ecr.%s.amazonaws.com/%s", ctx->account->number,
                                          ctx->region, name);

  open_object (out, NULL);
  put_text (out, "repositoryArn", arn);
  put_text (out, "registryId", ctx->account->number);
  put_text (out, "repositoryName", name);
  put_text (out, "repositoryUri", uri);
  put_time (out, "createdAt", get_epoch (ctx) - REPOSITORY_DAYS * DAY);
  put_text (out, "imageTagMutability", "MUTABLE");
  open_object (out, "imageScanningConfiguration");
  put_bool (out, "scanOnPush", TRUE);
  close_object (out);
  open_object (out, "encryptionConfiguration");
  put_text (out, "encryptionType", "AES256");
  close_object (out);
  close_object (out);
}

/* Our list has one image in each repository. */
static const TrestlePracticeImage *
find_repository (TrestlePracticeContext *ctx, const char *name)
{
  guint n;
  const TrestlePracticeImage *images = trestle_practice_registry_images (ctx->account->number, &n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (images[i].repository, name))
      return &images[i];
  fail_repository (ctx, name);
  return NULL;
}

static gboolean
open_page (TrestlePracticeContext *ctx,
           TrestleJson in,
           const char *list,
           const char *scope,
           gint64 *offset,
           gint64 *max)
{
  const char *token = trestle_json_string_or (in, "nextToken", NULL);
  gboolean named = trestle_json_length (trestle_json_member (in, list)) > 0;

  *max = trestle_json_int_or (in, "maxResults", PAGE);
  if (named && (token != NULL || trestle_json_exists (trestle_json_member (in, "maxResults"))))
    return trestle_practice_fail (ctx, "InvalidParameterException", 400,
                                  "Invalid parameter: maxResults and nextToken cannot be used"
                                  " together with %s",
                                  list);
  if (trestle_practice_page_open (ctx, token, scope, offset))
    return TRUE;
  return trestle_practice_fail (ctx, "InvalidParameterException", 400,
                                "Invalid parameter at 'nextToken': it is not of this request");
}

static void
end_page (TrestlePracticeContext *ctx, JsonBuilder *out, const char *scope, gint64 next, gint64 all)
{
  g_autofree char *token = next < all ? trestle_practice_page_token (ctx, scope, next) : NULL;

  put_text (out, "nextToken", token);
}

static gboolean
describe_repositories (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  TrestleJson names = trestle_json_member (in, "repositoryNames");
  g_autofree char *scope = trestle_practice_scope ("DescribeRepositories", in);
  guint n;
  const TrestlePracticeImage *images = trestle_practice_registry_images (ctx->account->number, &n);
  gint64 offset, max;

  if (!check_registry (ctx, in) || !open_page (ctx, in, "repositoryNames", scope, &offset, &max))
    return FALSE;
  open_array (out, "repositories");
  for (guint i = 0; i < trestle_json_length (names); i++)
    {
      const TrestlePracticeImage *image = find_repository (
          ctx, trestle_json_self_string (trestle_json_element (names, i)));

      if (image == NULL)
        return FALSE;
      put_repository (ctx, out, image->repository);
    }
  if (trestle_json_length (names) == 0)
    for (gint64 i = offset; i < MIN (offset + max, n); i++)
      put_repository (ctx, out, images[i].repository);
  close_array (out);
  if (trestle_json_length (names) == 0)
    end_page (ctx, out, scope, offset + max, n);
  return TRUE;
}

static void
put_count (JsonBuilder *out, const char *severity, guint count)
{
  if (count > 0)
    put_int (out, severity, count);
}

static void
put_scan (TrestlePracticeContext *ctx, JsonBuilder *out, const TrestlePracticeImage *image)
{
  gint64 done = get_epoch (ctx) + trestle_practice_world_delay (ctx->world, SCAN_SECONDS);

  open_object (out, "imageScanStatus");
  put_text (out, "status", done > ctx->now ? "IN_PROGRESS" : "COMPLETE");
  if (done <= ctx->now)
    put_text (out, "description", "The scan was completed successfully.");
  close_object (out);
  if (done > ctx->now)
    return;
  open_object (out, "imageScanFindingsSummary");
  put_time (out, "imageScanCompletedAt", done);
  put_time (out, "vulnerabilitySourceUpdatedAt", done - DAY);
  open_object (out, "findingSeverityCounts");
  put_count (out, "CRITICAL", image->critical);
  put_count (out, "HIGH", image->high);
  put_count (out, "MEDIUM", image->medium);
  put_count (out, "LOW", image->low);
  close_object (out);
  close_object (out);
}

static void
put_image (TrestlePracticeContext *ctx, JsonBuilder *out, const TrestlePracticeImage *image)
{
  g_autofree char *digest = trestle_practice_registry_dup_digest (ctx->account->number,
                                                                  image->repository, image->tag);

  open_object (out, NULL);
  put_text (out, "registryId", ctx->account->number);
  put_text (out, "repositoryName", image->repository);
  put_text (out, "imageDigest", digest);
  open_array (out, "imageTags");
  json_builder_add_string_value (out, image->tag);
  close_array (out);
  put_int (out, "imageSizeInBytes", image->size);
  put_time (out, "imagePushedAt", get_epoch (ctx) - IMAGE_DAYS * DAY);
  put_scan (ctx, out, image);
  put_text (out, "imageManifestMediaType", "application/vnd.docker.distribution.manifest.v2+json");
  put_text (out, "artifactMediaType", "application/vnd.docker.container.image.v1+json");
  put_text (out, "imageStatus", "ACTIVE");
  close_object (out);
}

static gboolean
check_image (TrestlePracticeContext *ctx, const TrestlePracticeImage *image, TrestleJson id)
{
  const char *tag = trestle_json_string_or (id, "imageTag", NULL);
  const char *digest = trestle_json_string_or (id, "imageDigest", NULL);
  g_autofree char *own = trestle_practice_registry_dup_digest (ctx->account->number,
                                                               image->repository, image->tag);

  if (tag == NULL && digest == NULL)
    return trestle_practice_fail (ctx, "InvalidParameterException", 400,
                                  "Invalid parameter at 'imageIds': an image identifier must have"
                                  " either a tag or a digest");
  if ((tag == NULL || g_str_equal (tag, image->tag))
      && (digest == NULL || g_str_equal (digest, own)))
    return TRUE;
  return trestle_practice_fail (
      ctx, "ImageNotFoundException", 400,
      "The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the"
      " repository with name '%s' in the registry with id '%s'",
      digest != NULL ? digest : "null", tag != NULL ? tag : "null", image->repository,
      ctx->account->number);
}

static gboolean
passes (TrestleJson filter)
{
  return !g_str_equal (trestle_json_string_or (filter, "tagStatus", "ANY"), "UNTAGGED")
         && (g_str_equal (trestle_json_string_or (filter, "imageStatus", "ANY"), "ANY")
             || g_str_equal (trestle_json_string_or (filter, "imageStatus", "ANY"), "ACTIVE"));
}

static gboolean
describe_images (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  TrestleJson ids = trestle_json_member (in, "imageIds");
  TrestleJson filter = trestle_json_member (in, "filter");
  g_autofree char *scope = trestle_practice_scope ("DescribeImages", in);
  const TrestlePracticeImage *image;
  gint64 offset, max;

  if (!check_registry (ctx, in) || !open_page (ctx, in, "imageIds", scope, &offset, &max))
    return FALSE;
  image = find_repository (ctx, trestle_json_string (in, "repositoryName"));
  if (image == NULL)
    return FALSE;
  for (guint i = 0; i < trestle_json_length (ids); i++)
    if (!check_image (ctx, image, trestle_json_element (ids, i)))
      return FALSE;
  open_array (out, "imageDetails");
  if (offset == 0 && passes (filter))
    put_image (ctx, out, image);
  close_array (out);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_ecr_routes[] = {
  { "ecr", "DescribeRepositories", describe_repositories },
  { "ecr", "DescribeImages", describe_images },
  { NULL },
};
