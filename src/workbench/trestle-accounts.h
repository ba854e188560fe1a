/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "domain/trestle-account.h"

G_BEGIN_DECLS

/** trestle_accounts_list: resolves to a #GListModel of #TrestleAccount: environment, profiles, keyring, the three practice accounts */
DexFuture *trestle_accounts_list (void);

/** trestle_accounts_find: @name: id, profile or name; resolves to #TrestleAccount */
DexFuture *trestle_accounts_find (const char *name);

/** trestle_accounts_default: what AWS tools would use: environment, else AWS_PROFILE or "default"; rejects with %TRESTLE_AWS_ERROR_CREDENTIALS_MISSING */
DexFuture *trestle_accounts_default (const char *profile);

/** trestle_accounts_practice: @role: "buyer", "seller" or "tester"; Returns: (transfer full) */
TrestleAccount *trestle_accounts_practice (const char *role);

/** trestle_accounts_add: keeps keys in the keyring; @token: (nullable); resolves to the #TrestleAccount */
DexFuture *trestle_accounts_add (const char *name,
                                 const char *access_key_id,
                                 const char *secret_access_key,
                                 const char *token,
                                 const char *region);

/** trestle_accounts_remove: forgets keys kept in the keyring; resolves to TRUE */
DexFuture *trestle_accounts_remove (const char *name);

G_END_DECLS
