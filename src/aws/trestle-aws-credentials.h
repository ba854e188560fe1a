/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * TrestleAwsCredentials:
 *
 * One immutable set of keys. The secret and the token are known to trestle_redact() from the moment
 * the set is made.
 */
typedef struct _TrestleAwsCredentials TrestleAwsCredentials;

#define TRESTLE_TYPE_AWS_CREDENTIALS (trestle_aws_credentials_get_type ())
GType trestle_aws_credentials_get_type (void) G_GNUC_CONST;

/**
 * trestle_aws_credentials_new:
 * @token: (nullable): session token
 * @expires: UTC microseconds, 0 for keys that do not expire
 * @source: where they come from, for people: "environment", "profile work", "keyring"
 */
TrestleAwsCredentials *trestle_aws_credentials_new (const char *access_key_id,
                                                    const char *secret_access_key,
                                                    const char *token,
                                                    gint64 expires,
                                                    const char *source);
TrestleAwsCredentials *trestle_aws_credentials_ref (TrestleAwsCredentials *self);
void trestle_aws_credentials_unref (TrestleAwsCredentials *self);
const char *trestle_aws_credentials_get_access_key_id (TrestleAwsCredentials *self);
const char *trestle_aws_credentials_get_secret_access_key (TrestleAwsCredentials *self);
const char *trestle_aws_credentials_get_token (TrestleAwsCredentials *self);
gint64 trestle_aws_credentials_get_expires (TrestleAwsCredentials *self);
const char *trestle_aws_credentials_get_source (TrestleAwsCredentials *self);

#define TRESTLE_TYPE_AWS_CREDENTIALS_PROVIDER (trestle_aws_credentials_provider_get_type ())
G_DECLARE_INTERFACE (TrestleAwsCredentialsProvider,
                     trestle_aws_credentials_provider,
                     TRESTLE,
                     AWS_CREDENTIALS_PROVIDER,
                     GObject)

/**
 * TrestleAwsCredentialsProviderInterface:
 * @get: resolves to #TrestleAwsCredentials (boxed), or rejects with
 *   %TRESTLE_AWS_ERROR_CREDENTIALS_MISSING where this provider has none (a chain goes on), with any
 *   other code where it is broken (a chain stops)
 */
struct _TrestleAwsCredentialsProviderInterface
{
  GTypeInterface parent_iface;

  DexFuture *(*get) (TrestleAwsCredentialsProvider *self);
};

DexFuture *trestle_aws_credentials_provider_get (TrestleAwsCredentialsProvider *self);

/** trestle_aws_static_provider_new: always @credentials */
TrestleAwsCredentialsProvider *trestle_aws_static_provider_new (TrestleAwsCredentials *credentials);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsCredentials, trestle_aws_credentials_unref)

G_END_DECLS
