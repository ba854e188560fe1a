/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "domain/trestle-container-result.h"

G_BEGIN_DECLS

/* The last check of each container, a JSON file each in the folder `checks` of Trestle's data. */

/** trestle_check_store_save: keeps @result in place of an earlier one of the same target; resolves to TRUE; rejects with GIO's error */
DexFuture *trestle_check_store_save (TrestleContainerResult *result);

/**
 * trestle_check_store_load:
 * @target: an image, an archive or an address
 *
 * Returns: (transfer full): resolves to the #TrestleContainerResult; rejects with %G_IO_ERROR_NOT_FOUND
 *   where there was no check, %TRESTLE_JSON_ERROR where its file is broken
 */
DexFuture *trestle_check_store_load (const char *target);

G_END_DECLS
