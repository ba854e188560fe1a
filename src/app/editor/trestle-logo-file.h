/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* A logo as a file beside its draft. No widgets. */

/**
 * trestle_logo_file_import:
 * @source: a picture from anywhere
 * @draft_path: the draft's file
 *
 * Copies @source beside the draft, under a name that no other file there has, unless it is there already.
 *
 * Returns: (transfer full): resolves to its name (string), as a draft has it; rejects where it is no
 *   picture or cannot be copied
 */
DexFuture *trestle_logo_file_import (GFile *source, const char *draft_path);

/**
 * trestle_logo_file_crop:
 * @name: the logo's file beside the draft
 *
 * Cuts the middle square out of it, scales that to what a logo may have at most, and writes it as a
 * PNG beside the draft; the file itself stays.
 *
 * Returns: (transfer full): resolves to the new file's name (string)
 */
DexFuture *trestle_logo_file_crop (const char *name, const char *draft_path);

G_END_DECLS
