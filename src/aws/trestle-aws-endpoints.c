/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-endpoints.h"

#include <gio/gio.h>

#include "aws/trestle-aws-error.h"

/* Where a service that is not in all Regions is asked. */
typedef enum
{
  EVERYWHERE,
  GLOBAL,    /* one place, us-east-1 */
  DISCOVERY, /* us-east-1, us-west-2, eu-west-1 */
  PRICING,   /* us-east-1, eu-central-1, ap-south-1 */
} Spread;

typedef struct
{
  const char *service;
  const char *id;
  const char *host; /* %s: the Region */
  Spread spread;
} Host;

/* By botocore's endpoint rules of August 2026. */
static const Host hosts[] = {
  { "sts", "STS", "sts.%s.amazonaws.com", EVERYWHERE },
  { "marketplace-discovery", "Marketplace Discovery", "discovery-marketplace.%s.api.aws",
    DISCOVERY },
  { "marketplace-agreement", "Marketplace Agreement", "agreement-marketplace.%s.amazonaws.com",
    GLOBAL },
  { "sagemaker", "SageMaker", "api.sagemaker.%s.amazonaws.com", EVERYWHERE },
  { "sagemaker-runtime", "SageMaker Runtime", "runtime.sagemaker.%s.amazonaws.com", EVERYWHERE },
  { "logs", "CloudWatch Logs", "logs.%s.amazonaws.com", EVERYWHERE },
  { "iam", "IAM", "iam.amazonaws.com", GLOBAL },
  { "pricing", "Pricing", "api.pricing.%s.amazonaws.com", PRICING },
  { "service-quotas", "Service Quotas", "servicequotas.%s.amazonaws.com", EVERYWHERE },
  { "s3", "S3", "s3.%s.amazonaws.com", EVERYWHERE },
  { "marketplace-catalog", "Marketplace Catalog", "catalog.marketplace.%s.amazonaws.com", GLOBAL },
  { "ecr", "ECR", "api.ecr.%s.amazonaws.com", EVERYWHERE },
  { "marketplacecommerceanalytics", "Marketplace Commerce Analytics",
    "marketplacecommerceanalytics.%s.amazonaws.com", GLOBAL },
};

static const Host *
find_host (const char *service)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (g_str_equal (hosts[i].service, service))
      return &hosts[i];
  g_error ("No service is called %s", service);
}

char *
trestle_aws_endpoint_variable (const char *service)
{
  g_autofree char *name = g_ascii_strup (find_host (service)->id, -1);

  return g_strdup (g_strdelimit (name, " ", '_'));
}

char *
trestle_aws_endpoint_signing_region (const char *service, const char *region)
{
  switch (find_host (service)->spread)
    {
    case GLOBAL:
      return g_strdup ("us-east-1");
    case DISCOVERY:
      if (g_str_equal (region, "us-west-2") || g_str_equal (region, "eu-west-1"))
        return g_strdup (region);
      return g_strdup ("us-east-1");
    case PRICING:
      if (g_str_has_prefix (region, "eu-") || g_str_has_prefix (region, "af-")
          || g_str_has_prefix (region, "il-"))
        return g_strdup ("eu-central-1");
      if (g_str_has_prefix (region, "ap-") || g_str_has_prefix (region, "me-"))
        return g_strdup ("ap-south-1");
      return g_strdup ("us-east-1");
    case EVERYWHERE:
    default:
      return g_strdup (region);
    }
}

/* A Region becomes a part of a host's name: nothing that could change the host gets through. */
static gboolean
is_region (const char *region)
{
  gsize length = 0;

  for (; region[length] != '\0'; length++)
    if (!g_ascii_islower (region[length]) && !g_ascii_isdigit (region[length])
        && !(region[length] == '-' && length > 0))
      return FALSE;
  return length >= 3 && length <= 32 && region[length - 1] != '-';
}

char *
trestle_aws_endpoint_default (const char *service,
                              const char *region,
                              char **signing_region,
                              GError **error)
{
  const Host *host = find_host (service);
  g_autofree char *place = NULL;
  g_autofree char *name = NULL;

  if (!is_region (region))
    {
      g_propagate_error (error, trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL,
                                                       "“%s” is not the name of a Region", region));
      return NULL;
    }
  place = trestle_aws_endpoint_signing_region (service, region);
  name = g_strdup_printf (host->host, place);
  *signing_region = g_steal_pointer (&place);
  return g_strconcat ("https://", name, NULL);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

char *
trestle_aws_endpoint_check (const char *address, const char *where, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED_PATH, NULL);
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  const char *reason = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    reason = "is not an address";
  else if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
           || g_uri_get_fragment (uri) != NULL)
    reason = "has more than a host and a path";
  else if (g_str_equal (g_uri_get_scheme (uri), "http"))
    reason = is_loopback (g_uri_get_host (uri)) ? NULL
                                                : "is http:// to another computer; use https://";
  else if (!g_str_equal (g_uri_get_scheme (uri), "https"))
    reason = "is neither https:// nor http://";
  if (reason != NULL)
    {
      g_propagate_error (error, trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL,
                                                       "The endpoint of %s %s", where, reason));
      return NULL;
    }
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  path = g_strdup (g_uri_get_path (uri));
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  return g_uri_join (G_URI_FLAGS_ENCODED_PATH, g_uri_get_scheme (uri), NULL, host,
                     g_uri_get_port (uri), path, NULL, NULL);
}
