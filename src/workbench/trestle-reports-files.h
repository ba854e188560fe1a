/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "domain/trestle-stored-object.h"
#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/* Of the workbench alone: what reading feeds needs of folders. */

/**
 * trestle_reports_list_files:
 * @root: a folder, or one file
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleStoredObject: the CSV files below @root, with paths
 *   below it as keys ("" for a file); links are not followed
 */
DexFuture *trestle_reports_list_files (GFile *root);

/** trestle_reports_new_file: Returns: (transfer full): a name in the cache that nobody has */
GFile *trestle_reports_new_file (void);

/** TrestleReportsSaving: an object of S3 that is to be written into a file */
typedef struct
{
  TrestleContext *context;
  char *region;
  char *bucket;
  TrestleStoredObject *object;
  GFile *file;
} TrestleReportsSaving;

TrestleReportsSaving *trestle_reports_saving_new (TrestleContext *context,
                                                  const char *region,
                                                  const char *bucket,
                                                  TrestleStoredObject *object);
void trestle_reports_saving_free (gpointer self);

G_END_DECLS
