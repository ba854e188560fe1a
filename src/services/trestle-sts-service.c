/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-sts-service.h"

#include <string.h>

#include "services/trestle-service.h"

static gpointer
read_identity (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  const char *arn = trestle_json_string (at, "Arn");
  const char *slash = strrchr (arn, '/');
  const char *colon = strrchr (arn, ':');

  return g_object_new (TRESTLE_TYPE_IDENTITY, "account", trestle_json_string (at, "Account"), "arn",
                       arn, "user-id", trestle_json_string_or (at, "UserId", NULL), "name",
                       slash   ? slash + 1
                       : colon ? colon + 1
                               : arn,
                       NULL);
}

DexFuture *
trestle_sts_service_identify (TrestleAwsClient *client)
{
  return trestle_service_call (client, "sts", "GetCallerIdentity", NULL, read_identity, NULL, NULL);
}
