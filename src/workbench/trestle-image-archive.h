/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "domain/trestle-image-facts.h"

G_BEGIN_DECLS

/**
 * trestle_image_archive_read:
 * @path: what `docker save` or `podman save` wrote, or an OCI layout: an archive or a folder
 * @cancellable: (nullable): ends it
 *
 * Reads manifests, configurations and every layer, without running anything.
 *
 * Returns: (transfer full): resolves to #TrestleImageFacts (boxed); rejects with
 *   %TRESTLE_WORKBENCH_ERROR_INPUT where it is no image, or is broken
 */
DexFuture *trestle_image_archive_read (const char *path, GCancellable *cancellable);

/**
 * trestle_model_archive_read:
 * @path: `model.tar.gz`
 *
 * Returns: (transfer full): resolves to #TrestleImageFacts (boxed), of which "strays" are looked at
 */
DexFuture *trestle_model_archive_read (const char *path, GCancellable *cancellable);

G_END_DECLS
