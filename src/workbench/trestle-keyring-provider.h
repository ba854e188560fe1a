/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-credentials.h"

G_BEGIN_DECLS

#define TRESTLE_TYPE_KEYRING_PROVIDER (trestle_keyring_provider_get_type ())
G_DECLARE_FINAL_TYPE (TrestleKeyringProvider,
                      trestle_keyring_provider,
                      TRESTLE,
                      KEYRING_PROVIDER,
                      GObject)

/** trestle_keyring_provider_new: keys that the keyring holds under @name */
TrestleAwsCredentialsProvider *trestle_keyring_provider_new (const char *name);

G_END_DECLS
