/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-ecr-service.h"

#include "services/trestle-service.h"

#define SERVICE "ecr"

static gpointer
read_repository (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return g_object_new (TRESTLE_TYPE_CONTAINER_IMAGE, "repository",
                       trestle_json_string (at, "repositoryName"), "uri",
                       trestle_json_string (at, "repositoryUri"), NULL);
}

DexFuture *
trestle_ecr_service_list_repositories (TrestleAwsClient *client)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "DescribeRepositories",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "repositories",
    .read = read_repository,
  };
  JsonObject *input = json_object_new ();

  json_object_set_int_member (input, "maxResults", 1000);
  return trestle_service_collect (client, &list, input);
}

static gpointer
read_image (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  const char *address = trestle_container_image_get_uri (data);
  const char *digest = trestle_json_string (at, "imageDigest");
  g_auto (GStrv) tags = trestle_json_dup_strv (at, "imageTags");
  TrestleJson summary = trestle_json_member (at, "imageScanFindingsSummary");
  TrestleJson counts = trestle_json_member (summary, "findingSeverityCounts");
  gboolean scanned = trestle_json_exists (counts);
  g_autofree char *uri = tags[0] != NULL ? g_strconcat (address, ":", tags[0], NULL)
                                         : g_strconcat (address, "@", digest, NULL);

  return g_object_new (
      TRESTLE_TYPE_CONTAINER_IMAGE, "repository", trestle_container_image_get_repository (data),
      "uri", uri, "tag", tags[0], "digest", digest, "size",
      trestle_json_int_or (at, "imageSizeInBytes", 0), "pushed",
      trestle_json_time_or (at, "imagePushedAt", 0), "scan",
      trestle_json_string_or (trestle_json_member (at, "imageScanStatus"), "status", NULL),
      "scanned", trestle_json_time_or (summary, "imageScanCompletedAt", 0), "critical",
      scanned ? trestle_json_int_or (counts, "CRITICAL", 0) : (gint64) -1, "high",
      scanned ? trestle_json_int_or (counts, "HIGH", 0) : (gint64) -1, NULL);
}

DexFuture *
trestle_ecr_service_list_images (TrestleAwsClient *client, TrestleContainerImage *repository)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "DescribeImages",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "imageDetails",
    .read = read_image,
    .data = g_object_ref (repository),
    .destroy = g_object_unref,
  };
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "repositoryName",
                                 trestle_container_image_get_repository (repository));
  json_object_set_int_member (input, "maxResults", 1000);
  return trestle_service_collect (client, &list, input);
}
