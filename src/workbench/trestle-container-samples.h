/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/** TrestleContainerSample: a file that is sent; "body" is the whole of it */
typedef struct
{
  char *name;
  char *type;
  GBytes *body;
} TrestleContainerSample;

void trestle_container_sample_free (gpointer sample);

/**
 * trestle_container_samples_read:
 * @folder: a folder of sample inputs, or one file
 * @types: (nullable): what the container takes
 *
 * Reads the files of @folder by name, hidden ones and folders left out, and finds out their types as
 * a call from the Bench does. What fits none of @types is left out too.
 *
 * Returns: (transfer full): resolves to a #GPtrArray (boxed) of #TrestleContainerSample; rejects with
 *   %TRESTLE_WORKBENCH_ERROR_INPUT where there is none, or one is larger than a call may be
 */
DexFuture *trestle_container_samples_read (const char *folder, const char *const *types);

G_END_DECLS
