/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-quotas-service.h"

#include "domain/trestle-quota.h"
#include "services/trestle-service.h"

static gpointer
read_quota (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return g_object_new (TRESTLE_TYPE_QUOTA, "code", trestle_json_string_or (at, "QuotaCode", NULL),
                       "name", trestle_json_string (at, "QuotaName"), "value",
                       trestle_json_double_or (at, "Value", 0), "adjustable",
                       trestle_json_bool_or (at, "Adjustable", FALSE), NULL);
}

DexFuture *
trestle_quotas_service_list (TrestleAwsClient *client)
{
  TrestleServiceList list = {
    .service = "service-quotas",
    .operation = "ListServiceQuotas",
    .token_in = "NextToken",
    .token_out = "NextToken",
    .items = "Quotas",
    .read = read_quota,
  };
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "ServiceCode", "sagemaker");
  json_object_set_int_member (input, "MaxResults", 100);
  return trestle_service_collect (client, &list, input);
}
