/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-analytics-service.h"

#include "base/trestle-clock.h"
#include "services/trestle-service.h"

#define SERVICE "marketplacecommerceanalytics"
/* It is in this Region alone. */
#define REGION "us-east-1"

DexFuture *
trestle_analytics_service_generate (TrestleAwsClient *client,
                                    const char *set,
                                    gint64 date,
                                    const char *role,
                                    const char *bucket,
                                    const char *prefix,
                                    const char *topic)
{
  JsonObject *input = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), input);
  TrestleAwsCall call = {
    .service = SERVICE,
    .operation = "GenerateDataSet",
    .input = node,
    .region = REGION,
  };

  json_object_set_string_member (input, "dataSetType", set);
  json_object_set_int_member (input, "dataSetPublicationDate", date / TRESTLE_SECOND);
  json_object_set_string_member (input, "roleNameArn", role);
  json_object_set_string_member (input, "destinationS3BucketName", bucket);
  trestle_input_text (input, "destinationS3Prefix", prefix);
  json_object_set_string_member (input, "snsTopicArn", topic);
  json_object_unref (input);
  return trestle_service_call_string_full (client, &call, "dataSetRequestId");
}
