/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-s3-address.h"

#include <string.h>

#include "domain/trestle-text.h"

#define SCHEME "s3://"

gboolean
trestle_s3_address_is_valid (const char *text)
{
  return text != NULL
         && trestle_text_matches ("^" SCHEME "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?$", text);
}

gboolean
trestle_s3_address_split (const char *text, char **bucket, char **key)
{
  const char *name;
  gsize length;

  if (!trestle_s3_address_is_valid (text))
    return FALSE;
  name = text + strlen (SCHEME);
  length = strcspn (name, "/");
  *bucket = g_strndup (name, length);
  *key = g_strdup (name[length] == '/' ? name + length + 1 : "");
  return TRUE;
}
