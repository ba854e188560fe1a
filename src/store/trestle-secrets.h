/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "domain/trestle-account.h"

G_BEGIN_DECLS

/* Keys of AWS accounts in the keyring (libsecret), schema `dev.trestle.Trestle.Account`. */

/** trestle_secrets_store: one item per @name, a later one takes the place of an earlier; the secret text is JSON with secret key and token; resolves to TRUE */
DexFuture *trestle_secrets_store (const char *name,
                                  const char *access_key_id,
                                  const char *secret_access_key,
                                  const char *token,
                                  const char *region);

typedef struct
{
  char *name, *access_key_id, *secret_access_key, *token, *region;
} TrestleSecret;

#define TRESTLE_TYPE_SECRET (trestle_secret_get_type ())
GType trestle_secret_get_type (void) G_GNUC_CONST;
TrestleSecret *trestle_secret_copy (const TrestleSecret *self);
void trestle_secret_free (TrestleSecret *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleSecret, trestle_secret_free)

/** trestle_secrets_lookup: resolves to #TrestleSecret (boxed); %G_IO_ERROR_NOT_FOUND */
DexFuture *trestle_secrets_lookup (const char *name);
/** trestle_secrets_list: resolves to a #GListModel of keyring #TrestleAccount (no secrets are read) */
DexFuture *trestle_secrets_list (void);
/** trestle_secrets_remove: resolves to TRUE; %G_IO_ERROR_NOT_FOUND */
DexFuture *trestle_secrets_remove (const char *name);

G_END_DECLS
