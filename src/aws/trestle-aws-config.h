/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "aws/trestle-aws-credentials.h"

G_BEGIN_DECLS

/**
 * TrestleAwsConfig:
 *
 * What the environment and `~/.aws` say: profile, Region, endpoints, retry settings, CA bundle.
 * Read once and immutable; a second look is a new object. The practice account uses
 * trestle_aws_config_new_fixed(), which reads nothing.
 */
#define TRESTLE_TYPE_AWS_CONFIG (trestle_aws_config_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAwsConfig, trestle_aws_config, TRESTLE, AWS_CONFIG, GObject)

/**
 * trestle_aws_config_new:
 * @profile: (nullable): chosen explicitly; else AWS_DEFAULT_PROFILE, AWS_PROFILE, "default"
 *
 * Returns: (transfer full) (nullable): %TRESTLE_AWS_ERROR_CONFIG names file and line, or the missing profile
 */
TrestleAwsConfig *trestle_aws_config_new (const char *profile, GError **error);

/** trestle_aws_config_new_fixed: one endpoint for all services, nothing else */
TrestleAwsConfig *trestle_aws_config_new_fixed (const char *endpoint, const char *region);

/** trestle_aws_config_is_fixed: Returns: whether it is of trestle_aws_config_new_fixed(): the practice account's */
gboolean trestle_aws_config_is_fixed (TrestleAwsConfig *self);

const char *trestle_aws_config_get_profile (TrestleAwsConfig *self);
/** trestle_aws_config_get_explicit: Returns: whether the profile was chosen by the caller, which switches keys of the environment off */
gboolean trestle_aws_config_get_explicit (TrestleAwsConfig *self);
char **trestle_aws_config_list_profiles (TrestleAwsConfig *self);
/** trestle_aws_config_get_region: Returns: (nullable): AWS_REGION, AWS_DEFAULT_REGION, the profile's */
const char *trestle_aws_config_get_region (TrestleAwsConfig *self);
const char *trestle_aws_config_get_value (TrestleAwsConfig *self, const char *key);
guint trestle_aws_config_get_max_attempts (TrestleAwsConfig *self);
const char *trestle_aws_config_get_ca_bundle (TrestleAwsConfig *self);

/**
 * trestle_aws_config_resolve:
 * @service: name of a wire table
 * @region: where the caller is
 * @signing_region: (out) (transfer full): where the service is ("us-east-1" for Agreement, IAM, Pricing …)
 *
 * Endpoint of @service, by AWS's order: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's
 * services section, its endpoint_url, the table of hosts. `http:` beyond loopback is refused.
 *
 * Returns: (transfer full) (nullable): "https://api.sagemaker.us-east-1.amazonaws.com"; only an
 *   address of one's own may have a path, which goes before the request's
 */
char *trestle_aws_config_resolve (TrestleAwsConfig *self,
                                  const char *service,
                                  const char *region,
                                  char **signing_region,
                                  GError **error);

/** trestle_aws_environment_provider_new: AWS_ACCESS_KEY_ID …; skipped where a profile was chosen explicitly */
TrestleAwsCredentialsProvider *trestle_aws_environment_provider_new (void);

/** trestle_aws_profile_provider_new: static keys of @config's profile, credentials file first */
TrestleAwsCredentialsProvider *trestle_aws_profile_provider_new (TrestleAwsConfig *config);

/** trestle_aws_chain_provider_new: the first of @providers (element-type TrestleAwsCredentialsProvider) that has some; keeps it until 10 min before expiry */
TrestleAwsCredentialsProvider *trestle_aws_chain_provider_new (GPtrArray *providers);

/**
 * trestle_aws_default_provider_new:
 *
 * Returns: (transfer full): the chain AWS's tools use, as far as it goes today: the environment
 *   (unless the profile was chosen explicitly), then the profile's static keys
 */
TrestleAwsCredentialsProvider *trestle_aws_default_provider_new (TrestleAwsConfig *config);

G_END_DECLS
