/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-draft-logo.h"

char *
trestle_draft_logo_dup_uri (TrestleOpenDraft *open_draft)
{
  const char *logo;
  g_autofree char *folder = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *uri = NULL;

  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (open_draft), NULL);

  logo = trestle_draft_get_text (trestle_open_draft_get_draft (open_draft), "Product.LogoUrl");
  if (*logo == '\0' || strstr (logo, "://") != NULL)
    return *logo != '\0' ? g_strdup (logo) : NULL;
  folder = g_path_get_dirname (trestle_open_draft_get_path (open_draft));
  file = g_file_new_build_filename (folder, logo, NULL);
  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                            G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info == NULL)
    return NULL;
  uri = g_file_get_uri (file);
  /* The part after # changes with the file. */
  return g_strdup_printf (
      "%s#%" G_GUINT64_FORMAT ".%u", uri,
      g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED),
      g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC));
}
